package members

import (
	"cmp"
	"slices"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
)

// Select is the companies that a state shows, as places in all, in the order
// of its column over window w. Companies without a value in that column come
// last whichever way it is sorted; ties go by symbol, then by place. The
// cursor plays no part.
func Select(all []model.Member, s panel.MembersState, w session.Window) []int32 {
	found := newSearch(s.Search)
	rows := make([]int32, 0, len(all))
	for i := range all {
		if s.Group.Has(&all[i], w) && found.finds(&all[i]) {
			rows = append(rows, int32(i))
		}
	}
	if text := textOf(s.Sort); text != nil {
		return ordered(all, rows, s.Ascending, func(m *model.Member) (string, bool) { return text(m), text(m) != "" })
	}
	return ordered(all, rows, s.Ascending, func(m *model.Member) (float64, bool) { return valueOf(m, s.Sort, w) })
}

// entry is a row with the value it is sorted by, taken out once because a
// company is large.
type entry[K cmp.Ordered] struct {
	key    K
	known  bool
	symbol string
	place  int32
}

// ordered sorts rows by key.
func ordered[K cmp.Ordered](all []model.Member, rows []int32, ascending bool, key func(*model.Member) (K, bool)) []int32 {
	entries := make([]entry[K], len(rows))
	for i, place := range rows {
		e := entry[K]{symbol: all[place].Symbol, place: place}
		e.key, e.known = key(&all[place])
		entries[i] = e
	}
	slices.SortFunc(entries, func(a, b entry[K]) int {
		if a.known != b.known {
			if a.known {
				return -1
			}
			return 1
		}
		if a.known && a.key != b.key {
			if (a.key < b.key) == ascending {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.symbol, b.symbol), cmp.Compare(a.place, b.place))
	})
	for i := range entries {
		rows[i] = entries[i].place
	}
	return rows
}

// textOf is what a column of words says of a company; nil for other columns.
func textOf(c panel.MembersColumn) func(*model.Member) string {
	switch c {
	case panel.ColumnSymbol:
		return func(m *model.Member) string { return m.Symbol }
	case panel.ColumnName:
		return func(m *model.Member) string { return m.Name }
	case panel.ColumnSector:
		return func(m *model.Member) string { return m.Sector }
	default:
		return nil
	}
}

// valueOf is the value of a column of numbers, exact in a float; false where
// there is none. A contribution is the return divided by the number of names,
// which is the same for all of them.
func valueOf(m *model.Member, c panel.MembersColumn, w session.Window) (float64, bool) {
	switch c {
	case panel.ColumnRank:
		return float64(m.Rank[w]), m.Rank[w] > 0
	case panel.ColumnCap:
		return float64(m.Cap[w]), m.Cap[w] > 0
	case panel.ColumnPrice:
		return float64(m.Price), m.Price > 0
	case panel.ColumnDay:
		return float64(m.Return[session.Day]), m.HasReturn[session.Day]
	case panel.ColumnContribution, panel.ColumnWindow:
		return float64(m.Return[w]), m.HasReturn[w]
	case panel.ColumnDebtEV:
		return m.DebtEV[w].Float(), m.DebtEV[w].Known()
	case panel.ColumnTurnover:
		return float64(m.Turnover), m.Turnover > 0 || m.Price > 0
	case panel.ColumnFlags:
		return float64(seriousness(m)), true
	default:
		return 0, false
	}
}

// seriousness orders companies by their first flag, then by their second, and so on.
func seriousness(m *model.Member) int {
	all := 0
	for _, flag := range say.Flags() {
		all <<= 1
		if m.Flags&flag.Is != 0 {
			all++
		}
	}
	return all
}
