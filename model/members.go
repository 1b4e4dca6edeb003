package model

import (
	"slices"
	"time"

	"gyre/model/session"
)

// members is every company of the universes, and those that were ranked at a
// base and have left since, ascending by ID.
func (b *builder) members() []Member {
	rows := slices.Clone(b.m.groupings.rows(b.m, b.query, b.size, b.lever))
	for i := range rows {
		b.quoteMember(&rows[i])
	}
	return rows
}

// quoteMember fills what changes with every trade.
func (b *builder) quoteMember(row *Member) {
	n, l := &b.m.names[row.ID], &b.names[row.ID]
	row.Price, row.Turnover = n.last, l.turnover
	if n.at != 0 {
		row.At = time.Unix(0, n.at).In(session.Zone())
	}
	switch {
	case l.is&isValid == 0:
		row.Flags |= MemberInvalid
	case n.state&stateEnded != 0:
		row.Flags |= MemberEnded
	case l.is&isFrozen != 0:
		row.Flags |= MemberHalted
	case l.is&isStale != 0:
		row.Flags |= MemberStale
	}
	for w := range row.Return {
		row.Return[w] = n.ret[w]
		row.HasReturn[w] = l.is&isValid != 0 && n.bases[w] > 0
	}
}

// rows is what of the members stays as it is for the session. Rows that rank
// by today's prices are worked out anew.
func (g *groupings) rows(m *Market, q Query, size *sizeGroups, lever *[universeCount]leverageGroups) []Member {
	q = q.grouping()
	if known, ok := g.members[q]; ok {
		return known
	}
	rows, place := newRows(m, size, lever)
	for w := range session.WindowCount {
		rank := int32(0)
		for bucket, ids := range size.of[w] {
			for _, id := range ids {
				rank++
				rows[place[id]].Rank[w], rows[place[id]].Quartile[w] = rank, int8(bucket)
			}
		}
		for u := range universeCount {
			for bucket, ids := range lever[u].of[w] {
				for _, id := range ids {
					rows[place[id]].Third[w][u] = int8(bucket)
				}
			}
		}
	}
	if !size.lookAhead {
		g.members[q] = rows
	}
	return rows
}

// newRows is a row for every company that is a member or in a group, and the
// place of each company's row.
func newRows(m *Market, size *sizeGroups, lever *[universeCount]leverageGroups) ([]Member, map[ID]int) {
	ids := slices.Clone(m.frame.anyMember)
	for w := range session.WindowCount {
		for _, group := range size.of[w] {
			ids = append(ids, group...)
		}
		for u := range universeCount {
			for _, group := range lever[u].of[w] {
				ids = append(ids, group...)
			}
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rows, place := make([]Member, len(ids)), make(map[ID]int, len(ids))
	for i, id := range ids {
		rows[i], place[id] = m.newMember(id), i
	}
	return rows, place
}

// newMember is a row before it is put into groups.
func (m *Market) newMember(id ID) Member {
	line := &m.book.ref.Instruments[id]
	row := Member{ID: id, Key: line.Key, Symbol: m.symbol(id), Name: line.Name, Sector: line.Sector}
	_, row.InMicro = slices.BinarySearch(m.frame.members[inMicro], id)
	if Financial(line.Sector) {
		row.Flags |= MemberFinancial
	}
	for w := range row.Quartile {
		row.Quartile[w], row.Third[w] = NoBucket, [2]int8{NoBucket, NoBucket}
		win := &m.frame.windows[w]
		if !win.known() {
			continue
		}
		row.Cap[w] = win.caps[id]
		bridge := m.book.bridge(id, win.base, win.caps[id])
		row.DebtEV[w] = bridge.DebtEV
		if session.Window(w) == session.Day {
			row.Flags |= bridge.flags()
		}
	}
	for _, a := range m.book.actions[id] {
		if a.ExDate > m.frame.oldestBase() && a.ExDate <= m.frame.session.Date && adjusts(a.Kind) {
			row.Flags |= MemberAdjusted
		}
	}
	return row
}

// adjusts tells whether an action changes earlier prices.
func adjusts(k ActionKind) bool {
	return k == ActionSplit || k == ActionSpecial || k == ActionSpinOff
}

// oldestBase is the earliest base of any window.
func (f *frame) oldestBase() session.Date {
	oldest := f.session.Date
	for w := range f.windows {
		if f.windows[w].known() {
			oldest = min(oldest, f.windows[w].base.Date)
		}
	}
	return oldest
}

// grouping is the part of a query that decides who is in which group.
func (q Query) grouping() Query { return Query{Rank: q.Rank, Financials: q.Financials} }
