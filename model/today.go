package model

import (
	"strconv"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// today is what has been counted and sampled in the session shown.
type today struct {
	since     time.Time // from when the session was watched, where that is late; else zero
	mark      time.Time // when the clock next has something to do; zero: nothing more
	rejected  int
	late      int
	incidents []Incident
	samples   []sample
	fixings   []fixing // ascending by time
}

// sample is every name's price at one moment, 0 where it had none.
type sample struct {
	at     time.Time
	prices []num.Price
}

// maxIncidents is how many incidents a reader can still take in.
const maxIncidents = 32

// note keeps an incident; the oldest gives way.
func (m *Market) note(i Incident) {
	m.revision++
	i.At = i.At.In(session.Zone())
	if len(m.today.incidents) == maxIncidents {
		copy(m.today.incidents, m.today.incidents[1:])
		m.today.incidents = m.today.incidents[:maxIncidents-1]
	}
	m.today.incidents = append(m.today.incidents, i)
}

// sample keeps the prices and index levels of one moment for the charts.
func (m *Market) sample(at time.Time) {
	m.today.samples = append(m.today.samples, sample{at: at, prices: m.lastPrices()})
	for i := range m.indices {
		m.indices[i].sample(at)
	}
}

// lastPrices is every name's price, 0 where it has none.
func (m *Market) lastPrices() []num.Price {
	prices := make([]num.Price, len(m.names))
	for i := range m.names {
		prices[i] = m.names[i].last
	}
	return prices
}

// countLate counts the members that have no price half a minute after the open.
func (m *Market) countLate(at time.Time) {
	m.today.late = m.eachMember(func(n *name) bool { return n.state&stateValid == 0 })
	if m.today.late > 0 {
		m.note(Incident{At: at, Kind: IncidentLateOpen, Detail: strconv.Itoa(m.today.late) + " not printed", Count: m.today.late})
	}
}

// eachMember counts the members of any universe that are something.
func (m *Market) eachMember(is func(n *name) bool) int {
	count := 0
	for _, id := range m.frame.anyMember {
		if is(&m.names[id]) {
			count++
		}
	}
	return count
}

// symbol is what a name is called in the session shown.
func (m *Market) symbol(id ID) string { return m.book.symbolOn(id, m.frame.session.Date) }
