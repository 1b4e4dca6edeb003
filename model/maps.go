package model

import (
	"gyre/model/num"
	"gyre/model/rotation"
	"gyre/model/session"
	"gyre/model/stats"
)

// Map is the rotation map against one benchmark: trend and momentum of each
// group's relative strength, both around 100.
type Map struct {
	Benchmark string // symbol of a printed index
	Trails    []Trail
}

// Trail is one group's way over the map.
type Trail struct {
	Group  string     // RUT, RMICRO, SPX, Q1 …, low, high
	Points []MapPoint // oldest first; the newest is now
}

// MapPoint is where a group stood after one session.
type MapPoint struct {
	Date            session.Date
	Trend, Momentum num.Figure // two decimals
	Quadrant        rotation.Quadrant
}

// trailPoints is how many sessions of its way a group shows at most.
const trailPoints = 20

// benchmarks are the printed indices that the map can be drawn against.
func benchmarks() []string { return []string{"SPX", universeName(inRUT)} }

// maps is the rotation map against each benchmark that there is. A point rests
// on closes up to its own session only, so that it never moves afterwards.
func (b *builder) maps() []Map {
	paths := b.paths()
	var all []Map
	for _, symbol := range benchmarks() {
		var against *path
		for i := range paths {
			if paths[i].group == symbol {
				against = &paths[i]
			}
		}
		if against == nil {
			continue
		}
		m := Map{Benchmark: symbol}
		for i := range paths {
			if paths[i].group != symbol {
				m.Trails = append(m.Trails, trailAgainst(&paths[i], against))
			}
		}
		all = append(all, m)
	}
	return all
}

// path is the level of an index or of a group at each session's close and now;
// 0 where it has none.
type path struct {
	group  string
	on     []session.Date
	levels []float64
}

// trailAgainst is a group's way on the map; without points where its history
// is too short.
func trailAgainst(p, benchmark *path) Trail {
	t := Trail{Group: p.group}
	var ratio []float64
	var on []session.Date
	for i, level := range p.levels {
		if level > 0 && benchmark.levels[i] > 0 {
			ratio, on = append(ratio, 100*level/benchmark.levels[i]), append(on, p.on[i])
		} else {
			ratio, on = ratio[:0], on[:0] // a gap: what follows stands alone
		}
	}
	points, err := rotation.Trail(ratio, min(trailPoints, len(ratio)-rotation.Needed+1))
	if err != nil {
		return t // too few closes, or a ratio that never moved: no way to draw
	}
	on = on[len(on)-len(points):]
	for i, q := range points {
		t.Points = append(t.Points, MapPoint{
			Date: on[i], Quadrant: q.Quadrant(),
			Trend: num.FigureFromFloat(q.Trend, 2), Momentum: num.FigureFromFloat(q.Momentum, 2),
		})
	}
	return t
}

// paths is the levels of the printed indices and of the groups: the micro caps,
// the size buckets, and low and high debt/EV in the Russell 2000.
func (b *builder) paths() []path {
	f := b.m.frame
	on := make([]session.Date, 0, len(f.columns)+1)
	for _, c := range f.columns {
		on = append(on, c.Date)
	}
	on = append(on, f.session.Date)
	var all []path
	for i := range f.series {
		all = append(all, path{group: f.series[i].Symbol, on: on, levels: b.indexLevels(i, on)})
	}
	for _, g := range chainedGroups() {
		all = append(all, path{group: g.name, on: on, levels: b.chain(g, on)})
	}
	return all
}

// indexLevels is a printed index on each of the dates, the last of them now.
func (b *builder) indexLevels(i int, on []session.Date) []float64 {
	levels := make([]float64, len(on))
	for j, d := range on[:len(on)-1] {
		if day, ok := dayOn(b.m.frame.series[i].Days, d); ok {
			levels[j] = day.Close.Float()
		}
	}
	levels[len(on)-1] = b.m.indices[i].level.Float()
	return levels
}

// chained is a group that is formed anew at each month's end.
type chained struct {
	name string
	form func(st *standing) []ID
}

// chainedGroups are the groups of the map.
func chainedGroups() []chained {
	groups := []chained{{universeName(inMicro), func(st *standing) []ID { return st.members[inMicro] }}}
	for q, name := range [...]string{"Q1", "Q2", "Q3", "Q4"} {
		groups = append(groups, chained{name, func(st *standing) []ID {
			if stats.SizeGroups(len(st.order)) != 4 {
				return nil
			}
			return cut(st.order, 4)[q]
		}})
	}
	return append(groups,
		chained{"low", func(st *standing) []ID { return st.leverage[inRUT].of[LeverageLow] }},
		chained{"high", func(st *standing) []ID { return st.leverage[inRUT].of[LeverageHigh] }},
	)
}

// chain is a group's level at each close and now, 100 at the first close: the
// mean return of its names since the last month's end, on top of the level
// there. The names are those of that month's end, so that no later session
// changes an earlier level.
func (b *builder) chain(g chained, on []session.Date) []float64 {
	levels := make([]float64, len(on))
	if len(on) < 2 {
		return levels
	}
	levels[0] = 100
	base, ids := 0, b.formed(g, 0)
	for i := 1; i < len(on); i++ {
		if !sameMonth(on[i-1], on[i]) {
			base, ids = i-1, b.formed(g, i-1)
		}
		mean := b.meanSince(base, ids)
		if i < len(on)-1 {
			mean = b.m.frame.meanBetween(&standing{column: base}, i, ids)
		}
		if mean.Known() {
			levels[i] = levels[base] * (1 + mean.Return().Float())
		}
	}
	return levels
}

// formed is the names of a group at the close of a column.
func (b *builder) formed(g chained, column int) []ID {
	at, ok := b.m.book.cal.On(b.m.frame.columns[column].Date)
	if !ok {
		return nil
	}
	st, ok := b.m.frame.standings.on(at)
	if !ok {
		return nil
	}
	return g.form(st)
}

// meanSince is the mean return of the names that have a price now, since the
// close of a column.
func (b *builder) meanSince(column int, ids []ID) num.Mean {
	var mean num.Mean
	f := b.m.frame
	for _, id := range ids {
		if b.names[id].is&isValid == 0 {
			continue
		}
		base := b.m.book.carry(id, b.m.book.closeAt(f.columns, column, id), f.columns[column].Date, f.session.Date)
		if r, ok := num.Change(b.m.names[id].last, base); ok {
			mean.Sum += int64(r)
			mean.N++
		}
	}
	return mean
}
