package calendar

import (
	"slices"

	"gyre/model"
	"gyre/model/session"
)

// near is how many events on either side of now are looked at: a calendar may
// have thousands.
const near = 100

// nextOf is n of the events to come, in their order: the very next one, then
// the important ones, those at the minute of another last, then the others. In
// a few rows the next one does not go before what is important.
func nextOf(coming []model.CalendarEntry, n int) []model.CalendarEntry {
	const few = 3
	coming = coming[:min(len(coming), near)]
	next := -1
	if n > few {
		next = theNext(coming)
	}
	return choose(coming, n, func(i int) int {
		e := &coming[i]
		same := i > 0 && coming[i-1].At.Equal(e.At) && coming[i-1].Importance >= important
		switch {
		case i == next:
			return 0
		case e.Importance >= important && !same:
			return 1
		case e.Importance >= important:
			return 2
		case e.Importance == important-1:
			return 3
		}
		return 4
	})
}

// theNext is the most important event of the next minute that has any; -1
// where nothing is to come.
func theNext(coming []model.CalendarEntry) int {
	next := -1
	for i := range coming {
		if !coming[i].At.Equal(coming[0].At) {
			break
		}
		if next < 0 || coming[i].Importance > coming[next].Importance {
			next = i
		}
	}
	return next
}

// lastOf is the n events of the past that are worth most, in their order: the
// important ones of the last day that had any, then the newest.
func lastOf(past []model.CalendarEntry, n int) []model.CalendarEntry {
	if len(past) == 0 {
		return nil
	}
	day := session.DateOf(past[len(past)-1].At)
	newestFirst := slices.Clone(past[max(len(past)-near, 0):])
	slices.Reverse(newestFirst)
	chosen := choose(newestFirst, n, func(i int) int {
		if newestFirst[i].Importance >= important && session.DateOf(newestFirst[i].At) == day {
			return 0
		}
		return 1
	})
	slices.Reverse(chosen)
	return chosen
}

// choose is at most n of all in their order: those of rank 0 first, then those
// of rank 1 and so on, and within a rank whatever comes first.
func choose(all []model.CalendarEntry, n int, rank func(i int) int) []model.CalendarEntry {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(a) - rank(b) })
	taken := order[:min(max(n, 0), len(order))]
	slices.Sort(taken)
	chosen := make([]model.CalendarEntry, 0, len(taken))
	for _, i := range taken {
		chosen = append(chosen, all[i])
	}
	return chosen
}
