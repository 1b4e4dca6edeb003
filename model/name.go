package model

import (
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// state is what is true of a name in the session shown.
type state uint8

const (
	stateValid    state = 1 << iota // it has a price in this session, or is rightly frozen
	statePrinted                    // it has traded in this session
	stateHalted                     // trading is halted
	stateEnded                      // a merger or delisting holds it flat
	stateOfficial                   // the official close is in
	stateHeld                       // a print waits for confirmation
)

// stateFrozen are the reasons for which quotes of a name are not taken.
const stateFrozen = stateHalted | stateEnded | stateOfficial

// slots are the running sums a name counts in, in one window: its size bucket,
// its leverage bucket in the Russell 2000 and the one in the micro caps.
type slots [3]uint8

// Places of the running sums.
const (
	slotSize     = 0 // and 3 more
	slotLeverage = 4 // three for each universe
	slotNone     = slotLeverage + leverageBuckets*universeCount
	slotCount    = 16 // a power of two, so that a masked index needs no bounds check
)

// name is one instrument in the session shown.
type name struct {
	last   num.Price // 0 until it is valid
	at     int64     // of the last trade, in Unix nanoseconds; 0 without one
	volume int64
	low    num.Price // a print below low or above high is held back until confirmed
	high   num.Price
	bases  [session.WindowCount]num.Price // in the shares of the session shown; 0: none
	ret    [session.WindowCount]num.Return
	slots  [session.WindowCount]slots
	recent prints
	state  state
	slow   bool // trades so seldom that its last trade may be an hour old
}

// recentPrints is how many prints a suspect one is compared with.
const recentPrints = 5

// prints are the last prints of a name that were taken.
type prints struct {
	price [recentPrints]num.Price
	count uint8
	next  uint8 // where the next one goes
}

// push adds the newest print; the oldest gives way.
func (r *prints) push(p num.Price) {
	r.price[r.next] = p
	if r.next++; r.next == recentPrints {
		r.next = 0
	}
	if r.count < recentPrints {
		r.count++
	}
}

// newest is the last print, 0 where there is none.
func (r *prints) newest() num.Price {
	if r.count == 0 {
		return 0
	}
	return r.price[(r.next+recentPrints-1)%recentPrints]
}

// drop forgets the newest print.
func (r *prints) drop() {
	if r.count > 0 {
		r.count--
		r.next = (r.next + recentPrints - 1) % recentPrints
	}
}

// sorted is the prints in ascending order, in buffer.
func (r *prints) sorted(buffer *[recentPrints]num.Price) []num.Price {
	work := buffer[:0]
	for i := range r.count {
		work = append(work, r.price[(r.next+recentPrints-1-i)%recentPrints])
	}
	slices.Sort(work)
	return work
}

// median is the middle print, the mean of the two middle ones where the count
// is even, and 0 where there is none.
func (r *prints) median() num.Price {
	if r.count == recentPrints {
		return medianOfFive(&r.price)
	}
	if r.count == 0 {
		return 0
	}
	var buffer [recentPrints]num.Price
	work := r.sorted(&buffer)
	return (work[(len(work)-1)/2] + work[len(work)/2]) / 2
}

// medianOfFive finds the middle of five by six comparisons without a branch:
// it runs on every single trade.
func medianOfFive(p *[recentPrints]num.Price) num.Price {
	a, b := min(p[0], p[1]), max(p[0], p[1])
	c, d := min(p[2], p[3]), max(p[2], p[3])
	// The smallest and the largest of the four cannot be the middle of five.
	low, high := max(a, c), min(b, d)
	return max(min(low, high), min(max(low, high), p[4]))
}
