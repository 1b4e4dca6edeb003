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
	of       map[seed]drawn
}

// drawn is the intervals of one spread.
type drawn struct {
	names, sectors [2]num.Figure // by what is drawn
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
	sectors       []stats.Cluster
}

// interval gives a spread the 95 % interval of the difference of its groups'
// means. Intervals that have to be drawn are put off, to be drawn together.
func (b *builder) interval(s *Spread, from seed, w session.Window, first, second *summary) {
	if b.method == CIBootstrap {
		r := resampled{spread: s, from: from}
		if _, known := b.kept.of[from]; !known {
			r.first, r.second = slices.Clone(first.returns), slices.Clone(second.returns)
			r.sectors = b.clusters(w, first.ids, second.ids)
		}
		b.resampled = append(b.resampled, r)
		return
	}
	if _, low, high, ok := stats.Welch(first.returns, second.returns); ok {
		s.CI, s.CIMethod = [2]num.Figure{num.Percent(low), num.Percent(high)}, CIWelch
	}
}

// clusters is the returns of two groups by sector, in the order in which the
// sectors first occur.
func (b *builder) clusters(w session.Window, first, second []ID) []stats.Cluster {
	var clusters []stats.Cluster
	place := map[int]int{}
	for side, ids := range [...][]ID{first, second} {
		for _, id := range ids {
			if b.names[id].is&isValid == 0 {
				continue
			}
			i, known := place[b.m.book.sectors[id]]
			if !known {
				i = len(clusters)
				place[b.m.book.sectors[id]] = i
				clusters = append(clusters, stats.Cluster{})
			}
			mean := &clusters[i].A
			if side == 1 {
				mean = &clusters[i].B
			}
			mean.Sum += int64(b.m.names[id].ret[w])
			mean.N++
		}
	}
	return clusters
}

// drawIntervals draws the intervals that were put off and are not known yet.
func (b *builder) drawIntervals() {
	found := make([]drawn, len(b.resampled))
	parallel(len(found), func(i int) {
		r := &b.resampled[i]
		if low, high, ok := stats.Bootstrap(r.first, r.second, uint64(r.from), draws); ok {
			found[i].names = [2]num.Figure{num.Percent(low), num.Percent(high)}
		}
		if low, high, ok := stats.ClusterBootstrap(r.sectors, uint64(r.from), draws); ok {
			found[i].sectors = [2]num.Figure{num.Percent(low), num.Percent(high)}
		}
	})
	for i := range b.resampled {
		r := &b.resampled[i]
		if _, known := b.kept.of[r.from]; !known {
			b.kept.of[r.from] = found[i]
		}
		kept := b.kept.of[r.from]
		r.spread.CI, r.spread.SectorCI = kept.names, kept.sectors
		if r.spread.CI[0].Known() {
			r.spread.CIMethod = CIBootstrap
		}
	}
}

// keptIntervals are the intervals of a query that still hold.
func (m *Market) keptIntervals(q Query) *intervals {
	q = q.grouping()
	kept := m.intervals[q]
	if kept == nil || kept.revision != m.revision {
		kept = &intervals{revision: m.revision, of: map[seed]drawn{}}
		m.intervals[q] = kept
	}
	return kept
}
