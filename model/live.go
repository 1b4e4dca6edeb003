package model

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// live is what every group asks of a name at the moment of a snapshot.
type live struct {
	turnover num.Dollars
	is       condition
}

// condition is what is true of a name at the moment of a snapshot.
type condition uint8

const (
	isValid condition = 1 << iota
	isStale
	isFrozen
	hasMean20
	isAbove20
	hasMean50
	isAbove50
)

// How old a last trade may be while the session runs.
const (
	staleAfter     = 15 * time.Minute
	staleAfterSlow = 60 * time.Minute
)

// scratch is working memory that snapshots share.
type scratch struct {
	live    []live
	returns [slotCount][]num.Return
	caps    []num.Dollars
	work    []num.Return
}

// look works out what is true of every name at now. After the close nothing
// becomes older than it was then.
func (m *Market) look(now time.Time) []live {
	if len(m.scratch.live) != len(m.names) {
		m.scratch.live = make([]live, len(m.names))
	}
	limit := min(now.Add(-m.source.reset.Delay).UnixNano(), m.closes)
	average := &m.frame.average
	for i := range m.names {
		n := &m.names[i]
		l := live{}
		if n.state&stateValid != 0 {
			l.turnover = num.Cap(n.volume, n.last)
			l.is = isValid
			patience := staleAfter
			if n.slow {
				patience = staleAfterSlow
			}
			switch {
			case n.state&(stateHalted|stateEnded) != 0:
				l.is |= isFrozen
			case limit-n.at > int64(patience):
				l.is |= isStale
			}
			if sum := average.sum19[i]; sum > 0 {
				l.is |= hasMean20 | when(above(n.last, sum, shortMean), isAbove20)
			}
			if sum := average.sum49[i]; sum > 0 {
				l.is |= hasMean50 | when(above(n.last, sum, longMean), isAbove50)
			}
		}
		m.scratch.live[i] = l
	}
	return m.scratch.live
}

func when(b bool, c condition) condition {
	if b {
		return c
	}
	return 0
}

// coverage counts one universe in the session shown.
func (m *Market) coverage(universe int, names []live) Coverage {
	c := Coverage{Universe: universeName(universe), Members: len(m.frame.members[universe])}
	var covered, total num.Dollars
	for _, id := range m.frame.members[universe] {
		worth := m.frame.lastCap(id)
		total += worth
		is := names[id].is
		if is&isValid == 0 {
			c.Invalid++
			continue
		}
		c.Valid++
		covered += worth
		c.Stale += one(is&isStale != 0)
		c.Halted += one(is&isFrozen != 0)
	}
	c.Pct = num.Share(c.Valid, c.Members, 2)
	c.CapPct = num.Share(covered, total, 2)
	return c
}

// lastCap is a company's market cap at the latest base that has one: a name
// that has long stopped trading must not vanish from what is missing.
func (f *frame) lastCap(id ID) num.Dollars {
	for w := range f.windows {
		if caps := f.windows[w].caps; caps != nil && caps[id] > 0 {
			return caps[id]
		}
	}
	return 0
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// quality is the trust line.
func (m *Market) quality(names []live) Quality {
	q := Quality{
		Rejected:  m.today.rejected,
		Late:      m.today.late,
		Skipped:   m.book.ref.Skipped,
		Incidents: append([]Incident(nil), m.today.incidents...),
		Heaviest:  m.heaviest(),
	}
	for _, id := range m.frame.anyMember {
		is := names[id].is
		q.Unprinted += one(is&isValid == 0)
		q.Stale += one(is&isStale != 0)
		q.Halted += one(is&isFrozen != 0)
	}
	return q
}

// heaviest is the companies that weigh most in the index, as they stood at the
// previous close.
func (m *Market) heaviest() []Heavy {
	const most = 10
	st := m.frame.windows[session.Day].standing
	if st == nil {
		return nil
	}
	all := make([]Heavy, 0, most)
	for _, id := range st.order[:min(most, len(st.order))] {
		all = append(all, Heavy{Symbol: m.symbol(id), Halted: m.names[id].state&stateHalted != 0})
	}
	return all
}
