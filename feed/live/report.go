package live

import (
	"cmp"
	"slices"

	"gyre/model"
	"gyre/model/num"
)

// Report is what has been counted so far.
func (b *Board) Report() Report {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.counts
	for i := range b.names {
		id := model.ID(i)
		last, previous := b.names[i].last.price, b.previousClose(id)
		if s, ok := suspect(last, previous); ok && !b.acts(id, b.day.Date) {
			s.Symbol = b.universe.Symbol(id)
			r.Suspects = append(r.Suspects, s)
		}
	}
	slices.SortFunc(r.Suspects, func(x, y Suspect) int { return cmp.Compare(x.Symbol, y.Symbol) })
	return r
}

// A price may be a split away from the previous close where it has changed by
// more than suspectChange percent, to within suspectOff percent of a whole
// multiple or part of it.
const (
	suspectChange = 60
	suspectOff    = 5
)

// suspect tells whether a price looks like the previous close after a split.
func suspect(last, previous num.Price) (Suspect, bool) {
	if last <= 0 || previous <= 0 {
		return Suspect{}, false
	}
	change := max(last-previous, previous-last)
	high, low := max(last, previous), min(last, previous)
	ratio := (high + low/2) / low
	off := max(high-ratio*low, ratio*low-high)
	if ratio < 2 || change*100 <= previous*suspectChange || off*100 > ratio*low*suspectOff {
		return Suspect{}, false
	}
	if last > previous {
		return Suspect{New: 1, Old: int64(ratio)}, true
	}
	return Suspect{New: int64(ratio), Old: 1}, true
}
