package sim

import "gyre/model/num"

// Of a hundred names, how many print at the opening bell, and how many of the
// others within the first minutes. Names that are thin open later.
const (
	opensAtBell, opensAtBellThin = 90, 39
	opensSoon, opensSoonThin     = 100, 96
	soon, soonThin               = 5, 14 // minutes
	atLast                       = 30    // minute by which every name has opened
)

// busyTurnover is the turnover of a session, in money, of a name that prints
// every minute. Others print as often as their turnover is smaller.
const busyTurnover = 10_000_000

// quietest is the smallest chance of a print in a minute, of 256.
const quietest = 24

// first is the minute of the first print. The random numbers it uses are the
// same whatever the bar says.
func (b *Bar) first(minutes int, d *draw) int {
	chance, when := d.below(100), d.next()
	bell, early, within := opensAtBell, opensSoon, soon
	if b.Thin {
		bell, early, within = opensAtBellThin, opensSoonThin, soonThin
	}
	var m int
	switch {
	case b.First > 0:
		m = b.First
	case chance < bell:
		m = 0
	case chance < early:
		m = 1 + int(when%uint64(within))
	default:
		m = within + 1 + int(when%uint64(atLast-within))
	}
	return min(m, minutes-1)
}

// last is the minute of the last print.
func (b *Bar) last(minutes int) int {
	if b.Last > 0 {
		return min(b.Last, minutes)
	}
	return minutes
}

// chance is the name's chance of a print in a minute, of 256.
func (b *Bar) chance() uint64 {
	turnover := float64(b.Volume) * float64(b.Close) / float64(num.PriceScale)
	return max(uint64(min(turnover/busyTurnover, 1)*256), quietest)
}

// schedule chooses the minutes in which the name prints: the first and the
// last, two between them for the extremes, and others by chance, with no
// silence longer than the name may keep.
func (w *walker) schedule(b *Bar, first, last int, d *draw) {
	gap, chance := maxGap, b.chance()
	if b.Thin {
		gap = maxGapThin
	}
	third, twoThirds := first+(last-first)/3, first+(last-first)*2/3
	w.printed = append(w.printed[:0], first)
	latest := first
	for m := first + 1; m < last; m++ {
		if d.next()>>56 < chance || m-latest >= gap || m == third || m == twoThirds {
			w.printed = append(w.printed, m)
			latest = m
		}
	}
	if last > first {
		w.printed = append(w.printed, last)
	}
}
