package model

import "gyre/model/session"

// halt takes in that trading in a name has stopped, or goes on. While it is
// stopped the name keeps its last price and counts with it: that is its true
// return so far. A name that was halted before the open keeps the previous
// close; one that has never had a price has none.
func (m *Market) halt(u *Update) {
	if !m.book.knows(u.ID) || m.frame == nil {
		return
	}
	at := u.At.UnixNano()
	halted := u.Kind == KindHalt
	if at > m.closes {
		// The session shown is over and stays as it ended.
		if m.laterHalts == nil {
			m.laterHalts = map[ID]bool{}
		}
		m.laterHalts[u.ID] = halted
		return
	}
	n := &m.names[u.ID]
	if halted == (n.state&stateHalted != 0) || n.state&stateEnded != 0 {
		return
	}
	m.revision++
	incident := Incident{At: u.At, Kind: IncidentResume, Symbol: m.symbol(u.ID), Detail: u.Text}
	if halted {
		incident.Kind = IncidentHalt
		n.state |= stateHalted
		m.release(n, u.ID)
		if prev := n.bases[session.Day]; at <= m.opens && prev > 0 && n.state&stateValid == 0 {
			m.take(n, prev)
		}
	} else {
		n.state &^= stateHalted
	}
	m.note(incident)
}
