package model

import (
	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// line is one listed line of the Russell 2000 and its weight at a base.
type line struct {
	id     ID
	weight num.Dollars
}

// linesOn is the lines that were members of the Russell 2000 at the close of
// columns[column]: each share class by itself, with its index shares where they
// are given, else all its shares.
func (b *book) linesOn(columns []CloseColumn, column int, on session.Session) []line {
	var lines []line
	for i := range b.members[inRUT] {
		row := &b.members[inRUT][i]
		if row.From > on.Date || row.To != 0 && row.To <= on.Date || b.ended(row.ID, on.Date) {
			continue
		}
		shares := b.splitShares(row.ID, row.Quantity, row.From.Time(), on.Date)
		if row.Quantity <= 0 {
			shares = b.sharesAt(row.ID, on.Closes, on.Date)
		}
		if weight := num.Cap(shares, columns[column].raw(row.ID)); weight > 0 {
			lines = append(lines, line{id: row.ID, weight: weight})
		}
	}
	return lines
}

// reconcile compares what the members of the Russell 2000 imply with the
// printed index, over every window.
func (b *builder) reconcile() {
	for _, w := range session.Windows() {
		if !b.query.wants(w) {
			continue
		}
		implied, known := b.implied(w)
		printed, ok := b.printed(w)
		b.snap.Size.Recon[w] = reconcile(implied, printed, known && ok)
	}
}

// implied is the weighted mean return over w of the lines that have a price.
func (b *builder) implied(w session.Window) (num.Return, bool) {
	lines := b.m.frame.windows[w].lines
	returns := make([]num.Return, 0, len(lines))
	weights := make([]num.Dollars, 0, len(lines))
	for _, l := range lines {
		if n := &b.m.names[l.id]; n.state&stateValid != 0 && n.bases[w] > 0 {
			returns, weights = append(returns, n.ret[w]), append(weights, l.weight)
		}
	}
	return stats.WeightedMean(returns, weights)
}

// printed is the return of the printed Russell 2000 over w.
func (b *builder) printed(w session.Window) (num.Return, bool) {
	for i := range b.m.frame.series {
		s := &b.m.frame.series[i]
		if s.Symbol != universeName(inRUT) {
			continue
		}
		day, ok := dayOn(s.Days, b.m.frame.windows[w].base.Date)
		if !ok {
			return 0, false
		}
		return num.Change(b.m.indices[i].level, day.Close)
	}
	return 0, false
}
