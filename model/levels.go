package model

import (
	"time"

	"gyre/model/num"
)

// indexState is one printed index in the session shown.
type indexState struct {
	level           num.Price // 0 until it prints
	at              time.Time
	official        bool
	open, high, low num.Price
	path            []pathPoint
	held            heldPrint
}

// pathPoint is the level of an index at one moment of the session.
type pathPoint struct {
	at    time.Time
	value float64
}

// indexLevel takes in a level of a printed index.
func (m *Market) indexLevel(u *Update) {
	if u.ID < 0 || int(u.ID) >= len(m.indices) || u.Price <= 0 || u.Price > num.MaxPrice || m.frame == nil {
		return
	}
	i, at := &m.indices[u.ID], u.At.UnixNano()
	official := u.Flags&FlagOfficial != 0
	switch {
	case u.Flags&FlagExtended != 0, at < m.opens, i.official && !official:
	case official:
		if at >= m.closes && m.closesWell(i, u) {
			i.official = true
			i.print(u.Price, u.At, false)
			m.revision++
		}
	case at <= m.closes && !u.At.Before(i.at) && m.believes(i, u):
		i.print(u.Price, u.At, at <= m.opens+int64(openingTime))
		m.anyPrint = true
		m.revision++
	}
}

// openingTime is how long after the open the first level of an index counts as
// its open.
const openingTime = time.Minute

// print takes a level. Where the first one of a session is no opening one, as
// for who joins in the middle, or is the official close, nobody has seen the
// open, and perhaps not the high and the low, which all stay 0.
func (i *indexState) print(level num.Price, at time.Time, opening bool) {
	if i.level == 0 && opening {
		i.open, i.high, i.low = level, level, level
	}
	i.level, i.at = level, at
	if i.open > 0 {
		i.high, i.low = max(i.high, level), min(i.low, level)
	}
}

// sample keeps the level for the chart.
func (i *indexState) sample(at time.Time) {
	if i.level > 0 {
		i.path = append(i.path, pathPoint{at: at, value: i.level.Float()})
	}
}
