package model

import (
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// adoptCloses takes the closes of the session shown from the reference: the
// clock starts after its close, where they are known.
func (m *Market) adoptCloses() {
	s := m.frame.session
	for i := range m.book.ref.Closes {
		c := &m.book.ref.Closes[i]
		if c.Date != s.Date {
			continue
		}
		for id := range m.names {
			if p := c.raw(ID(id)); p > 0 {
				m.setOfficial(ID(id), p, c.volume(ID(id)))
			}
		}
	}
	for i := range m.indices {
		if day, ok := dayOn(m.book.ref.Indices[i].Days, s.Date); ok && day.Close > 0 && day.Close <= num.MaxPrice {
			m.indices[i].official = true
			m.indices[i].print(day.Close, s.Closes, false)
		}
	}
}

// dayOn is an index's day on date d.
func dayOn(days []IndexDay, d session.Date) (IndexDay, bool) {
	for i := len(days) - 1; i >= 0; i-- {
		if days[i].Date == d {
			return days[i], true
		}
	}
	return IndexDay{}, false
}

// seen is what the market saw of sessions that the reference does not have.
type seen struct {
	closes []CloseColumn
	days   [][]IndexDay
}

// keepCloses remembers how the session that ends has closed.
func (m *Market) keepCloses() {
	if m.frame == nil {
		return
	}
	date := m.frame.session.Date
	c := CloseColumn{Date: date, Price: make([]num.Price, len(m.names)), Volume: make([]int64, len(m.names))}
	traded := false
	for i := range m.names {
		if n := &m.names[i]; n.state&stateEnded == 0 && n.last > 0 {
			c.Price[i], c.Volume[i] = n.last, n.volume
			traded = traded || n.state&statePrinted != 0
		}
	}
	given := slices.ContainsFunc(m.book.ref.Closes, func(c CloseColumn) bool { return c.Date == date })
	if traded && !given {
		m.seen.closes = append(m.seen.closes, c)
	}
	for i := range m.indices {
		if x := &m.indices[i]; x.level > 0 {
			m.seen.days[i] = append(m.seen.days[i], IndexDay{Date: date, Open: x.open, High: x.high, Low: x.low, Close: x.level})
		}
	}
}

// closed tells whether the session shown is over at t.
func (m *Market) closed(t time.Time) bool { return !t.Before(m.frame.session.Closes) }
