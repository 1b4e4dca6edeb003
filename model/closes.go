package model

import (
	"cmp"
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// columnsBefore is the closes of the sessions before d, ascending: the
// reference's, and for a session that the reference does not have what the
// market saw itself. Columns on dates that are no sessions are left out, as
// nobody could say when they became known.
func (b *book) columnsBefore(d session.Date, seen []CloseColumn) []CloseColumn {
	var columns []CloseColumn
	for _, c := range b.ref.Closes {
		if _, listed := b.cal.On(c.Date); listed && c.Date < d {
			columns = append(columns, c)
		}
	}
	byDate := func(x, y CloseColumn) int { return cmp.Compare(x.Date, y.Date) }
	slices.SortStableFunc(columns, byDate)
	columns = slices.CompactFunc(columns, func(x, y CloseColumn) bool { return x.Date == y.Date })
	for _, c := range seen {
		if i, found := slices.BinarySearchFunc(columns, c, byDate); !found && c.Date < d {
			columns = slices.Insert(columns, i, c)
		}
	}
	return columns
}

// columnOn is the place of date d among columns.
func columnOn(columns []CloseColumn, d session.Date) (int, bool) {
	return slices.BinarySearchFunc(columns, d, func(c CloseColumn, d session.Date) int { return cmp.Compare(c.Date, d) })
}

// raw is the close of id in the column, 0 where it has none.
func (c *CloseColumn) raw(id ID) num.Price {
	if int(id) >= len(c.Price) || c.Price[id] < 0 || c.Price[id] > num.MaxPrice {
		return 0
	}
	return c.Price[id]
}

// volume is the shares of id traded in the column's session.
func (c *CloseColumn) volume(id ID) int64 {
	if int(id) >= len(c.Volume) {
		return 0
	}
	return c.Volume[id]
}

// closeAt is the close of id in columns[i]; a name that a merger or delisting
// has ended is held where that left it.
func (b *book) closeAt(columns []CloseColumn, i int, id ID) num.Price {
	if len(b.actions[id]) > 0 {
		if a, ok := b.ending(id, columns[i].Date); ok {
			return b.held(columns[:i], id, a, columns[i].Date)
		}
	}
	return columns[i].raw(id)
}

// held is the price of a name on date d after a merger or delisting: the deal's
// cash where it is given, else the last close before it. It is 0 where neither
// is known; a total loss is never assumed.
func (b *book) held(columns []CloseColumn, id ID, end *Action, d session.Date) num.Price {
	if end.Kind == ActionCashMerger && end.Amount > 0 {
		return b.carry(id, end.Amount, end.ExDate, d)
	}
	for i := len(columns) - 1; i >= 0; i-- {
		if p := columns[i].raw(id); p > 0 && columns[i].Date < end.ExDate {
			return b.carry(id, p, columns[i].Date, d)
		}
	}
	return 0
}

// companyCap is the market cap of a company at the close of columns[i], all
// share classes together; 0 where the primary line has no price or no share
// count known by then.
func (b *book) companyCap(columns []CloseColumn, i int, on session.Session, company ID) num.Dollars {
	d := on.Date
	total := num.Cap(b.sharesAt(company, on.Closes, d), columns[i].raw(company))
	if total == 0 {
		return 0
	}
	for _, class := range b.classes[company] {
		total += num.Cap(b.sharesAt(class, on.Closes, d), columns[i].raw(class))
	}
	return total.Bounded()
}
