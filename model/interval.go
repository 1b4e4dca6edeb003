package model

import (
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// intervals are the bootstrapped intervals of one query at one state of the
// data. They are kept, as a closed market asks for the same ones again.
type intervals struct {
	revision uint64
	of       map[seed][2]num.Figure
}

// seed is what the draws of one interval begin from: equal seeds draw alike.
type seed uint64

func seedOf(d session.Date, w session.Window, axis Axis, universe int) seed {
	return seed(d)<<16 | seed(w)<<8 | seed(axis)<<4 | seed(universe)
}

const (
	draws      = 2000
	resampling = 30 * time.Minute
)

// intervalMethod is where intervals come from at now: the bootstrap is drawn
// once the session is over and every half hour of market time while it runs,
// whoever looks and however often.
func intervalMethod(s session.Session, now time.Time) CIMethod {
	if !now.Before(s.Closes) || now.Truncate(time.Second).Sub(s.Opens)%resampling == 0 {
		return CIBootstrap
	}
	return CIWelch
}

// resampled is two groups whose difference waits for its interval.
type resampled struct {
	spread        *Spread
	from          seed
	first, second []num.Return
}

// interval gives a spread the 95 % interval of the difference of its groups'
// means. Intervals that have to be drawn are put off, to be drawn together.
func (b *builder) interval(s *Spread, from seed, first, second []num.Return) {
	if b.method == CIBootstrap {
		r := resampled{spread: s, from: from}
		if _, drawn := b.kept.of[from]; !drawn {
			r.first, r.second = slices.Clone(first), slices.Clone(second)
		}
		b.resampled = append(b.resampled, r)
		return
	}
	if _, low, high, ok := stats.Welch(first, second); ok {
		s.CI, s.CIMethod = [2]num.Figure{num.Percent(low), num.Percent(high)}, CIWelch
	}
}

// drawIntervals draws the intervals that were put off and are not known yet.
func (b *builder) drawIntervals() {
	drawn := make([][2]num.Figure, len(b.resampled))
	parallel(len(drawn), func(i int) {
		r := &b.resampled[i]
		if low, high, ok := stats.Bootstrap(r.first, r.second, uint64(r.from), draws); ok {
			drawn[i] = [2]num.Figure{num.Percent(low), num.Percent(high)}
		}
	})
	for i := range b.resampled {
		r := &b.resampled[i]
		if _, known := b.kept.of[r.from]; !known {
			b.kept.of[r.from] = drawn[i]
		}
		if r.spread.CI = b.kept.of[r.from]; r.spread.CI[0].Known() {
			r.spread.CIMethod = CIBootstrap
		}
	}
}

// keptIntervals are the intervals of a query that still hold.
func (m *Market) keptIntervals(q Query) *intervals {
	q = q.grouping()
	kept := m.intervals[q]
	if kept == nil || kept.revision != m.revision {
		kept = &intervals{revision: m.revision, of: map[seed][2]num.Figure{}}
		m.intervals[q] = kept
	}
	return kept
}
