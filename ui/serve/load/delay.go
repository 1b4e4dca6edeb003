package main

import (
	"slices"
	"time"
)

// delays is how much later than the first of them each viewer has read a frame:
// all read the same frames at nearly the same time, and then none for at least
// quiet.
// What comes in pieces counts by its last piece. The time from the snapshot to
// the first viewer, in which its frame is drawn, is not in it.
func delays(came [][]time.Time, quiet time.Duration) []time.Duration {
	type arrival struct {
		viewer int
		at     time.Time
	}
	var all []arrival
	for i, times := range came {
		for _, t := range times {
			all = append(all, arrival{i, t})
		}
	}
	slices.SortFunc(all, func(a, b arrival) int { return a.at.Compare(b.at) })
	var late []time.Duration
	for from := 0; from < len(all); {
		last := map[int]time.Time{}
		to := from
		for ; to < len(all) && (to == from || all[to].at.Sub(all[to-1].at) < quiet); to++ {
			last[all[to].viewer] = all[to].at
		}
		for _, at := range last {
			late = append(late, at.Sub(all[from].at))
		}
		from = to
	}
	slices.Sort(late)
	return late
}

// percentile is the part of sorted values that lies below: 0.5 is the median.
func percentile(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)]
}
