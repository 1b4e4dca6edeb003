package model

import (
	"fmt"
	"math"
	"slices"

	"gyre/model/num"
)

// A print is suspect when its distance from the median of the last prints, as
// |ln p/median|, is more than maxJump and more than maxMADs times their own
// median absolute deviation. Within sureJump of the median it never is, which
// spares almost every print the logarithms: ln 1.095 and -ln 0.905 are both
// below maxJump.
const (
	maxMADs  = 8
	maxJump  = 0.10
	sureJump = 95 // thousandths
)

// confirmations is how many further prints have to agree with a suspect one
// before it is believed. A rule that asks for them within seconds would never
// believe a name that trades once a minute, so they may come at any time; one
// ordinary print in between is what tells a bad tick from a real move.
const confirmations = 2

// heldPrint is a suspect print that waits for confirmation.
type heldPrint struct {
	price    num.Price
	volume   int64
	at       int64
	seen     int // prints that agree, the first included
	rejected int // of them, how many were counted as rejected
}

// plausible tells whether a quote may be taken without being confirmed.
func (n *name) plausible(u *Update) bool {
	return u.Price >= n.low && u.Price <= n.high && (u.Flags&FlagBar != 0 || n.usual(u.Price))
}

// usual tells whether a print lies where the last prints lie.
func (n *name) usual(p num.Price) bool {
	median := n.recent.median()
	distance := max(p-median, median-p)
	if median == 0 || distance*1000 <= median*sureJump {
		return true
	}
	jump, mad := n.recent.jump(p, median)
	return jump <= max(maxJump, maxMADs*mad)
}

// jump is |ln p/median| and the median absolute deviation of the same measure
// over the last prints.
func (r *prints) jump(p, median num.Price) (jump, mad float64) {
	var buffer [recentPrints]num.Price
	work := r.sorted(&buffer)
	deviations := make([]float64, len(work))
	for i, q := range work {
		deviations[i] = math.Abs(math.Log(q.Float() / median.Float()))
	}
	slices.Sort(deviations)
	half := len(deviations) / 2
	return math.Abs(math.Log(p.Float() / median.Float())), (deviations[(len(deviations)-1)/2] + deviations[half]) / 2
}

// confirmed decides about a quote that is suspect or comes while one is held.
// It tells whether the quote is to be taken.
func (m *Market) confirmed(n *name, u *Update) bool {
	if u.Price <= 0 {
		return false
	}
	if n.plausible(u) {
		m.release(n, u.ID)
		return true
	}
	at := u.At.UnixNano()
	h, waiting := m.quarantine[u.ID]
	if waiting && h.at == at && h.price == u.Price && h.volume == u.Volume {
		return false // told twice
	}
	if waiting && !agree(h.price, u.Price) {
		h = heldPrint{}
	}
	gap := u.Price < n.low || u.Price > n.high
	if h.seen == 0 {
		m.note(Incident{At: u.At, Kind: suspectKind(gap), Symbol: m.symbol(u.ID), Detail: n.suspectText(u.Price, gap)})
	}
	h.seen++
	if h.seen > confirmations && u.Price <= n.limit() {
		m.today.rejected -= h.rejected
		m.release(n, u.ID)
		n.recent = prints{}
		if gap {
			n.low, n.high = 1, n.limit() // it trades there now; the previous close says no more
		}
		return true
	}
	if !gap {
		h.rejected++
		m.today.rejected++
	}
	h.price, h.volume, h.at = u.Price, u.Volume, at
	if m.quarantine == nil {
		m.quarantine = map[ID]heldPrint{}
	}
	m.quarantine[u.ID] = h
	n.state |= stateHeld
	m.revision++
	return false
}

// release forgets a print that was held.
func (m *Market) release(n *name, id ID) {
	delete(m.quarantine, id)
	n.state &^= stateHeld
}

// agree tells whether two prints are within 10 % of each other.
func agree(p, q num.Price) bool { return max(p, q)/11 <= min(p, q)/10 }

func suspectKind(gap bool) IncidentKind {
	if gap {
		return IncidentQuarantine
	}
	return IncidentRejected
}

// suspectText says how far off a print is: "0.41 (8.9 MAD)" from the last
// prints, "0.41 (-68 %)" from the previous close or from prints that were all alike.
func (n *name) suspectText(p num.Price, gap bool) string {
	reference := n.bases[0]
	if !gap {
		reference = n.recent.median()
		if jump, mad := n.recent.jump(p, reference); mad > 0 {
			return fmt.Sprintf("%s (%.1f MAD)", priceText(p), jump/mad)
		}
	}
	if r, ok := num.Change(p, reference); ok {
		return fmt.Sprintf("%s (%+.0f %%)", priceText(p), 100*r.Float())
	}
	return priceText(p)
}

// priceText is a price with two decimals, or as many more as it has.
func priceText(p num.Price) string {
	const cent = num.PriceScale / 100
	if p%cent == 0 {
		return p.Decimal().StringFixed(2)
	}
	return p.Decimal().String()
}

func correctionText(cancelled, now num.Price) string {
	if now == 0 {
		return priceText(cancelled) + " cancelled"
	}
	return priceText(cancelled) + " now " + priceText(now)
}
