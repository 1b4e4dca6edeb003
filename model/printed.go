package model

import (
	"cmp"
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// seriesBefore is the printed indices with their days before d: the
// reference's, and those the market saw itself. Days without a close are left
// out.
func (b *book) seriesBefore(d session.Date, seen [][]IndexDay) []IndexSeries {
	all := make([]IndexSeries, len(b.ref.Indices))
	for i := range all {
		given := &b.ref.Indices[i]
		all[i] = IndexSeries{Symbol: given.Symbol, Name: given.Name}
		for _, day := range slices.Concat(given.Days, seen[i]) {
			if day.Date < d && day.Close > 0 && day.Close <= num.MaxPrice {
				all[i].Days = append(all[i].Days, day)
			}
		}
		slices.SortStableFunc(all[i].Days, func(x, y IndexDay) int { return cmp.Compare(x.Date, y.Date) })
		all[i].Days = slices.CompactFunc(all[i].Days, func(x, y IndexDay) bool { return x.Date == y.Date })
	}
	return all
}

// indices fills the printed indices and their pair.
func (b *builder) indices() {
	m := b.m
	for i := range m.indices {
		b.snap.Indices = append(b.snap.Indices, buildIndex(m.indexInput(i, b)))
	}
	first, second, ok := m.pair()
	if !ok {
		return
	}
	in := pairInput{
		a: &m.frame.series[first], aLevel: m.indices[first].level,
		b: &m.frame.series[second], bLevel: m.indices[second].level,
		shown:   m.frame.session.Date,
		elapsed: m.frame.session.Elapsed(b.now),
		closed:  m.closed(b.now),
	}
	in.bases, in.sessions = m.frame.spans()
	b.snap.Pair, b.pairZ0 = buildPair(in)
}

// spans is the base dates and the lengths of the windows.
func (f *frame) spans() (bases PerWindow[session.Date], sessions PerWindow[int]) {
	for w := range f.windows {
		bases[w], sessions[w] = f.windows[w].base.Date, f.windows[w].sessions
	}
	return bases, sessions
}

// indexInput is what is known of a printed index. Once its official close is
// in, so are the official open, high and low.
func (m *Market) indexInput(i int, b *builder) indexInput {
	x := &m.indices[i]
	in := indexInput{
		series: &m.frame.series[i],
		cal:    m.book.cal,
		shown:  m.frame.session,
		now:    b.now,
		level:  x.level, at: x.at.In(session.Zone()), official: x.official,
		open: x.open, high: x.high, low: x.low,
		path:   x.path,
		ranges: m.book.ref.Ranges,
		brief:  !b.query.charts(),
	}
	if x.level == 0 {
		in.at = x.at
	}
	in.bases, _ = m.frame.spans()
	if !x.official {
		return in
	}
	if day, ok := dayOn(m.book.ref.Indices[i].Days, m.frame.session.Date); ok && day.High > 0 && day.Low > 0 {
		in.open, in.high, in.low = day.Open, day.High, day.Low
	}
	return in
}

// pair is the two indices that are compared: the Russell 2000 with the S&P 500
// where both are there, else the first two.
func (m *Market) pair() (first, second int, ok bool) {
	find := func(symbol string) int {
		return slices.IndexFunc(m.frame.series, func(s IndexSeries) bool { return s.Symbol == symbol })
	}
	first, second = find(universeName(inRUT)), find("SPX")
	if first >= 0 && second >= 0 {
		return first, second, true
	}
	return 0, 1, len(m.frame.series) > 1
}

// hasClose tells whether a printed index has a close on date d.
func (f *frame) hasClose(d session.Date) bool {
	return slices.ContainsFunc(f.series, func(s IndexSeries) bool {
		_, ok := dayOn(s.Days, d)
		return ok
	})
}
