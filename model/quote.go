package model

import (
	"gyre/model/num"
	"gyre/model/session"
)

// quote takes in a trade or an aggregate of trades. It is the path that every
// print of every name takes: constant work and no allocation.
func (m *Market) quote(u *Update) {
	if uint(u.ID) >= uint(len(m.names)) {
		return
	}
	at := u.At.UnixNano()
	m.hear(at)
	if at >= m.wake {
		m.settle()
		m.advance(u.At, false)
	}
	n := &m.names[u.ID]
	if at < m.opens || at > m.closes || u.Flags&FlagExtended != 0 {
		return // regular statistics know the regular session only
	}
	if u.Flags&FlagNoLast != 0 {
		n.volume = max(n.volume, u.Volume)
		return
	}
	if n.state&stateFrozen != 0 || at < n.at || at == n.at && u.Price == n.last && u.Volume == n.volume {
		return // frozen, out of order, or told twice
	}
	if (n.state&stateHeld != 0 || !n.plausible(u)) && !m.confirmed(n, u) {
		return
	}
	n.at = at
	n.volume = max(n.volume, u.Volume)
	n.state |= statePrinted
	n.recent.push(u.Price)
	m.anyPrint = true
	m.take(n, u.Price)
}

// take makes p the price of a name and carries the change of its returns into
// the running sums. A window for which the name has no base has the return 0
// and counts nowhere.
func (m *Market) take(n *name, p num.Price) {
	if n.state&stateValid == 0 {
		n.state |= stateValid
		m.count(n, +1)
	}
	n.last = p
	m.revision++
	var base num.Price
	var r num.Return
	for w := range session.WindowCount {
		if n.bases[w] != base { // windows often share a base: on a Monday the day and the week
			base = n.bases[w]
			r, _ = num.Change(p, base)
		}
		delta := int64(r - n.ret[w])
		n.ret[w] = r
		in, sums := &n.slots[w], &m.sums[w]
		sums[in[0]%slotCount] += delta
		sums[in[1]%slotCount] += delta
		sums[in[2]%slotCount] += delta
	}
}

// withdraw takes the price of a valid name back: it has none in this session
// any more.
func (m *Market) withdraw(n *name) {
	for w := range session.WindowCount {
		for _, slot := range n.slots[w] {
			m.sums[w][slot%slotCount] -= int64(n.ret[w])
		}
	}
	m.count(n, -1)
	n.state &^= stateValid | statePrinted
	n.last, n.at, n.ret = 0, 0, [session.WindowCount]num.Return{}
	m.revision++
}

// count adds a name to the counts of its groups, or takes it off.
func (m *Market) count(n *name, by int32) {
	for w := range session.WindowCount {
		for _, slot := range n.slots[w] {
			m.counts[w][slot%slotCount] += by
		}
	}
}

// officialClose takes in the closing auction's print, which is final: it
// stands where trading was halted too, and no later trade changes it.
func (m *Market) officialClose(u *Update) {
	at := u.At.UnixNano()
	if m.book.knows(u.ID) && m.frame != nil && at >= m.closes {
		m.setOfficial(u.ID, u.Price, u.Volume)
	}
}

func (m *Market) setOfficial(id ID, p num.Price, volume int64) {
	n := &m.names[id]
	if n.state&stateEnded != 0 || p <= 0 || p > n.limit() {
		return
	}
	if (p < n.low || p > n.high) && n.state&stateOfficial == 0 {
		m.note(Incident{At: m.frame.session.Closes, Kind: IncidentQuarantine, Symbol: m.symbol(id), Detail: priceText(p) + ", official"})
	}
	n.state |= stateOfficial | statePrinted
	n.at = m.closes
	n.volume = max(n.volume, volume)
	m.take(n, p)
}

// limit is the highest price with a return in every window.
func (n *name) limit() num.Price {
	limit := num.MaxPrice
	for _, base := range n.bases {
		if base > 0 && base < limit/maxMultiple {
			limit = base * maxMultiple
		}
	}
	return limit
}

// maxMultiple is num.MaxReturn as a multiple of the base.
const maxMultiple = num.Price(num.MaxReturn / num.ReturnScale)

// cancel takes a trade back. Where it was the last price, what replaces it or
// the trade before it is the last price again; a name that has not traded
// otherwise has no price. A halted name keeps what it was frozen at.
func (m *Market) cancel(u *Update) {
	at := u.At.UnixNano()
	if !m.book.knows(u.ID) || m.frame == nil || at < m.opens {
		return
	}
	n := &m.names[u.ID]
	if h, waiting := m.quarantine[u.ID]; waiting && h.price == u.Price {
		m.release(n, u.ID)
		return
	}
	if n.state&(stateFrozen|statePrinted|stateValid) != statePrinted|stateValid || n.last != u.Price {
		return
	}
	n.recent.drop()
	p := n.recent.newest()
	if p > n.limit() {
		p = 0 // an action learned since left a base against which it is no price
	}
	if c, ok := u.Payload.(*Correction); ok && c != nil && c.Price > 0 && c.Price <= n.limit() {
		p = c.Price
		n.recent.push(p)
	}
	m.note(Incident{At: u.At, Kind: IncidentCorrection, Symbol: m.symbol(u.ID), Detail: correctionText(u.Price, p)})
	if p == 0 {
		m.withdraw(n)
		return
	}
	m.take(n, p)
}
