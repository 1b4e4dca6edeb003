package model

import (
	"gyre/model/num"
	"gyre/model/session"
)

// open shows session s from its open on. Everything that is counted by session
// starts at zero.
func (m *Market) open(s session.Session) {
	m.frame = m.nextFrame(s)
	m.opens, m.closes = s.Opens.UnixNano(), s.Closes.UnixNano()
	m.today, m.quarantine, m.anyPrint = today{}, nil, false
	for i := range m.indices {
		m.indices[i] = indexState{}
	}
	halted := func(id ID) bool {
		if later, told := m.laterHalts[id]; told {
			return later
		}
		return m.names[id].state&stateHalted != 0
	}
	for i := range m.names {
		n := name{}
		if halted(ID(i)) {
			n.state = stateHalted | stateValid // it keeps the previous close
		}
		m.names[i] = n
	}
	m.laterHalts = nil
	m.arrange()
	m.noteActions(s)
}

// nextFrame is the frame of session s: one that is still there from before a
// reset, else a new one that builds on what was worked out already.
func (m *Market) nextFrame(s session.Session) *frame {
	last := m.frame
	if last == nil {
		last = m.worked
	}
	m.worked = nil
	switch {
	case last == nil:
		return newFrame(m.book, s, &m.seen, map[session.Date]*standing{})
	case last.session.Date == s.Date:
		return last
	default:
		return newFrame(m.book, s, &m.seen, last.standings.known)
	}
}

// arrange gives every name its bases and its groups, and counts those in that
// have a price. The bounds of a name stay where its previous close does: prints
// may have moved them.
func (m *Market) arrange() {
	m.groupings = newGroupings(m.frame)
	m.intervals = map[Query]*intervals{}
	m.sums = [session.WindowCount][slotCount]int64{}
	m.counts = [session.WindowCount][slotCount]int32{}
	m.revision++
	for i := range m.names {
		m.rebase(ID(i))
		for _, w := range session.Windows() {
			m.names[i].slots[w] = slots{slotNone, slotNone + 1, slotNone + 2} // three, as adding thrice to one place is slow
		}
	}
	m.assign()
	for i := range m.names {
		m.reprice(ID(i))
	}
}

// rebase gives a name its bases.
func (m *Market) rebase(id ID) {
	n := &m.names[id]
	previous := n.bases[session.Day]
	for _, w := range session.Windows() {
		n.bases[w] = m.frame.baseOf(m.book, w, id)
	}
	if n.high == 0 || n.bases[session.Day] != previous {
		n.setBounds()
	}
	n.high = min(n.high, n.limit())
}

// reprice counts a name in its groups with the price it has: what a merger or
// delisting left it, the last print, or, where there is none yet, the previous
// close of one halted before the open.
func (m *Market) reprice(id ID) {
	n := &m.names[id]
	p := n.last
	end, ended := m.book.ending(id, m.frame.session.Date)
	switch {
	case ended:
		n.state = stateEnded
		p = m.book.held(m.frame.columns, id, end, m.frame.session.Date)
	case n.state&(statePrinted|stateValid) == stateValid:
		p = n.bases[session.Day]
	}
	n.state &^= stateValid
	n.last, n.ret = 0, [session.WindowCount]num.Return{}
	if p > 0 && p <= n.limit() {
		m.take(n, p)
	}
}

// setBounds sets the prices between which a print needs no confirmation: half
// and one and a half times the previous close, where there is one.
func (n *name) setBounds() {
	n.low, n.high = 1, n.limit()
	if prev := n.bases[session.Day]; prev > 0 {
		n.low, n.high = (prev+1)/2, min(prev/2*3+prev%2, n.high)
	}
}

// assign puts the members into the running sums of the default view, and tells
// which of them trade seldom: the smallest quarter and the micro caps.
func (m *Market) assign() {
	for i := range m.names {
		m.names[i].slow = false
	}
	for _, id := range m.frame.members[inMicro] {
		m.names[id].slow = true
	}
	size := m.groupings.size(m, RankBase, m.frame.session.Opens)
	leverage := m.groupings.leverage(m, false)
	if quarters := size.of[session.Day]; len(quarters) == 4 {
		for _, id := range quarters[3] {
			m.names[id].slow = true
		}
	}
	for w := range session.WindowCount {
		for b, ids := range size.of[w] {
			for _, id := range ids {
				m.names[id].slots[w][0] = uint8(slotSize + b)
			}
		}
		for u := range universeCount {
			for b, ids := range leverage[u].of[w] {
				for _, id := range ids {
					m.names[id].slots[w][1+u] = uint8(slotOfLeverage(u, b))
				}
			}
		}
	}
}

func slotOfLeverage(universe, bucket int) int {
	return slotLeverage + leverageBuckets*universe + bucket
}
