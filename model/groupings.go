package model

import (
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// sizeGroups is who is in which size bucket, by one rank policy.
type sizeGroups struct {
	parts     int
	of        PerWindow[[][]ID] // largest first; nil where there are too few companies
	rankedOn  PerWindow[session.Date]
	lookAhead bool
	running   bool // the running sums belong to these groups
}

// leverageGroups is who is in which leverage bucket of one universe.
type leverageGroups struct {
	of       PerWindow[[leverageBuckets][]ID]
	excluded PerWindow[Excluded]
	age      PerWindow[num.Figure]
	running  bool
}

// groupings are the groups of the session shown, by what a query may choose.
type groupings struct {
	frame     *frame
	sizes     map[RankPolicy]*sizeGroups
	leverages map[bool]*[universeCount]leverageGroups
	lines     map[Query]*curves
	members   map[Query][]Member // the part of a row that does not change in a session
}

func newGroupings(f *frame) groupings {
	return groupings{frame: f, sizes: map[RankPolicy]*sizeGroups{}, leverages: map[bool]*[universeCount]leverageGroups{}, lines: map[Query]*curves{}, members: map[Query][]Member{}}
}

// size is the size buckets by a rank policy. All but the ranking by today's
// prices stay as they are for the whole session.
func (g *groupings) size(m *Market, rank RankPolicy, now time.Time) *sizeGroups {
	if known, ok := g.sizes[rank]; ok {
		return known
	}
	groups := g.newSize(m, rank, now)
	if !groups.lookAhead {
		g.sizes[rank] = groups
	}
	return groups
}

func (g *groupings) newSize(m *Market, rank RankPolicy, now time.Time) *sizeGroups {
	var orders PerWindow[[]ID]
	groups := &sizeGroups{running: rank == RankBase}
	var one *standing
	switch rank {
	case RankMonth:
		one = g.frame.windows[session.MonthToDate].standing
	case RankRecon:
		one = g.frame.reconstitution()
	case RankNow:
		orders = perWindow(m.orderNow(now))
		groups.lookAhead = true
	default:
	}
	for w := range orders {
		win := &g.frame.windows[w]
		if !win.known() {
			orders[w] = nil
			continue
		}
		switch {
		case groups.lookAhead:
			groups.rankedOn[w] = g.frame.session.Date
		case one != nil:
			orders[w], groups.rankedOn[w] = one.order, one.on.Date
		default: // also where the dataset does not reach back to the policy's date
			orders[w], groups.rankedOn[w] = win.standing.order, win.base.Date
		}
		orders[w] = withBase(m, orders[w], w)
	}
	groups.cut(orders)
	return groups
}

// cut makes as many parts of every order as the shortest that has any allows,
// so that a bucket means the same in all windows.
func (g *sizeGroups) cut(orders PerWindow[[]ID]) {
	for _, order := range orders {
		if parts := stats.SizeGroups(len(order)); parts > 0 && (g.parts == 0 || parts < g.parts) {
			g.parts = parts
		}
	}
	for w, order := range orders {
		if stats.SizeGroups(len(order)) > 0 {
			g.of[w] = cut(order, g.parts)
		}
	}
}

// withBase is those of the companies that have a price at a window's base.
func withBase(m *Market, companies []ID, w int) []ID {
	based := make([]ID, 0, len(companies))
	for _, id := range companies {
		if m.names[id].bases[w] > 0 {
			based = append(based, id)
		}
	}
	return based
}

// orderNow is today's members by today's market cap: shares known by now at
// the last price, or at the previous close where there is none yet.
func (m *Market) orderNow(now time.Time) []ID {
	caps := make([]num.Dollars, len(m.names))
	value := func(id ID) num.Dollars {
		p := m.names[id].last
		if p == 0 {
			p = m.names[id].bases[session.Day]
		}
		return num.Cap(m.book.sharesAt(id, now, m.frame.session.Date), p)
	}
	for _, id := range m.frame.members[inRUT] {
		if caps[id] = value(id); caps[id] == 0 {
			continue
		}
		for _, class := range m.book.classes[id] {
			caps[id] += value(class)
		}
	}
	return m.book.sizeOrder(m.frame.members[inRUT], caps)
}

// manyChanges is how many names change when an index is made anew, rather than
// one of them replaced.
const manyChanges = 50

// reconstitution is the standing before the newest date on which the Russell
// 2000 changed by many names, nil where there was none or there are no closes.
func (f *frame) reconstitution() *standing {
	changes := map[session.Date]int{}
	rows := f.standings.book.members[inRUT]
	for i, row := range rows {
		if i == 0 || rows[i-1].ID != row.ID || rows[i-1].To != row.From {
			changes[row.From]++
		}
		if row.To != 0 && (i+1 == len(rows) || rows[i+1].ID != row.ID || rows[i+1].From != row.To) {
			changes[row.To]++
		}
	}
	var newest session.Date
	for d, count := range changes {
		if count > manyChanges && d <= f.session.Date {
			newest = max(newest, d)
		}
	}
	before, ok := f.standings.book.cal.Before(newest)
	if newest == 0 || !ok {
		return nil
	}
	st, ok := f.standings.on(before)
	if !ok {
		return nil
	}
	// The new members are ranked at the last close before they took their seats.
	ranked := *st
	members := f.standings.book.membersOn(inRUT, newest)
	caps := slices.Clone(st.caps)
	for _, id := range members {
		if caps[id] == 0 {
			caps[id] = f.standings.book.companyCap(f.columns, st.column, st.on, id)
		}
	}
	ranked.order = f.standings.book.sizeOrder(members, caps)
	return &ranked
}

func perWindow[T any](v T) (all PerWindow[T]) {
	for w := range all {
		all[w] = v
	}
	return all
}

// leverage is the leverage buckets of both universes.
func (g *groupings) leverage(m *Market, financials bool) *[universeCount]leverageGroups {
	if known, ok := g.leverages[financials]; ok {
		return known
	}
	groups := &[universeCount]leverageGroups{}
	for u := range groups {
		groups[u].running = !financials
		for w := range g.frame.windows {
			win := &g.frame.windows[w]
			if !win.known() {
				continue
			}
			t := win.standing.leverage[u]
			if financials {
				t = m.book.thirds(win.standing.members[u], win.caps, win.base.Closes, true)
			}
			for b := range t.of {
				groups[u].of[w][b] = withBase(m, t.of[b], w)
			}
			groups[u].excluded[w], groups[u].age[w] = t.excluded, t.age
		}
	}
	g.leverages[financials] = groups
	return groups
}

// curves is the lines of a query's groups up to the last sample of today.
func (g *groupings) curves(m *Market, q Query, size *sizeGroups, leverage *[universeCount]leverageGroups) *curves {
	q = q.grouping()
	lines, ok := g.lines[q]
	if !ok || size.lookAhead {
		lines = g.frame.newCurves(size, leverage)
		g.lines[q] = lines
	}
	lines.extend(m)
	return lines
}
