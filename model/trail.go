package model

import (
	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// trailLength is how many earlier sessions a spread is compared with.
const trailLength = 60

// trail is the earlier values of the three spreads over one number of
// sessions, ascending: the spread of the means over so many sessions ending on
// each of the last 60, ranked at the beginning of each.
type trail struct {
	size     pastSpreads
	leverage [universeCount]pastSpreads
}

// pastSpreads are the values of one spread and the sessions on which they end.
type pastSpreads struct {
	on     []session.Date
	values []num.Return
}

func (p *pastSpreads) add(on session.Date, v num.Return) {
	p.on, p.values = append(p.on, on), append(p.values, v)
}

// trailKey names one value of a spread's history that a reference may hold.
type trailKey struct {
	date     session.Date
	axis     Axis
	universe string
	sessions int
}

// trailOver is the trail over a number of sessions, worked out when it is first
// asked for.
func (f *frame) trailOver(sessions int) *trail {
	t, ok := f.trails[sessions]
	if !ok {
		t = f.newTrail(sessions)
		f.trails[sessions] = t
	}
	return t
}

// span is one value of a trail: from the close of one session to that of another.
type span struct {
	begin, end session.Session
	begins     bool // the calendar reaches back to begin
}

func (f *frame) newTrail(sessions int) *trail {
	cal := f.standings.book.cal
	var spans []span
	var begins []session.Session
	for back := trailLength; back >= 1; back-- {
		if end, ok := cal.Offset(f.session.Date, -back); ok {
			s := span{end: end}
			s.begin, s.begins = cal.Offset(end.Date, -sessions)
			spans, begins = append(spans, s), append(begins, s.begin)
		}
	}
	f.standings.prepare(begins)
	t := &trail{}
	for _, s := range spans {
		var st *standing
		column, closed := columnOn(f.columns, s.end.Date)
		if s.begins && closed {
			st, _ = f.standings.on(s.begin)
		}
		key := trailKey{s.end.Date, AxisSize, universeName(inRUT), sessions}
		small, large := st.extremes()
		f.follow(&t.size, key, st, column, small, large)
		for u := range t.leverage {
			key = trailKey{s.end.Date, AxisLeverage, universeName(u), sessions}
			low, high := st.lowHigh(u)
			f.follow(&t.leverage[u], key, st, column, high, low)
		}
	}
	return t
}

// follow adds the next value of a trail, the mean return of a less that of b.
// Where closes do not reach back the reference's own value stands in; without
// either there is none.
func (f *frame) follow(past *pastSpreads, key trailKey, st *standing, column int, a, b []ID) {
	if st != nil {
		if v, ok := f.spreadBetween(st, column, a, b); ok {
			past.add(key.date, v)
			return
		}
	}
	if v, given := f.standings.book.spreads[key]; given {
		past.add(key.date, v)
	}
}

// spreadBetween is the mean return of a less that of b from a standing's close
// to that of a later column.
func (f *frame) spreadBetween(st *standing, column int, a, b []ID) (num.Return, bool) {
	first, second := f.meanBetween(st, column, a), f.meanBetween(st, column, b)
	return first.Return() - second.Return(), first.Known() && second.Known()
}

// meanBetween is the mean return of companies between a standing's close and
// that of a later column.
func (f *frame) meanBetween(st *standing, column int, ids []ID) num.Mean {
	var mean num.Mean
	b, from, to := f.standings.book, &f.columns[st.column], &f.columns[column]
	for _, id := range ids {
		base, p := from.raw(id), to.raw(id)
		if len(b.actions[id]) > 0 {
			base = b.carry(id, base, from.Date, to.Date)
			p = b.closeAt(f.columns, column, id)
		}
		if r, ok := num.Change(p, base); ok {
			mean.Sum += int64(r)
			mean.N++
		}
	}
	return mean
}

// extremes is the smallest and the largest size bucket.
func (st *standing) extremes() (small, large []ID) {
	if st == nil {
		return nil, nil
	}
	parts := stats.SizeGroups(len(st.order))
	if parts == 0 {
		return nil, nil
	}
	buckets := cut(st.order, parts)
	return buckets[parts-1], buckets[0]
}

// lowHigh is the low and the high leverage bucket of a universe.
func (st *standing) lowHigh(universe int) (low, high []ID) {
	if st == nil {
		return nil, nil
	}
	return st.leverage[universe].of[LeverageLow], st.leverage[universe].of[LeverageHigh]
}
