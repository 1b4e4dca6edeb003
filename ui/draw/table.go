package draw

import (
	"strings"

	"gyre/ui/theme"
)

// Align says where a cell's text stands in its column.
type Align uint8

// The alignments.
const (
	Left    Align = iota
	Right         //
	Decimal       // numbers on the decimal point, everything else at the right
)

// Column is one column of a table.
type Column struct {
	Align Align
	Min   int // least width: numbers may grow by a digit without anything moving
	Rank  int // where the room is short, the highest rank is left out first; 0 always stays
}

// Cell is one text of a table, and what it is.
type Cell struct {
	Text string
	Role theme.Role
}

// Table lays out rows in columns. A row may have fewer cells than there are columns.
type Table struct {
	Columns []Column
	Head    []Cell // a first line of heads; nil: none
	Rows    [][]Cell
}

// The room between two columns.
const (
	minGap = 2
	maxGap = 4
)

// Draw lays the table out in lines of exactly w cells.
func (t Table) Draw(th *theme.Theme, w int) Block {
	g := t.grid(w)
	lines := make(Block, 0, len(t.Rows)+1)
	if t.Head != nil {
		lines = append(lines, g.line(th, t.Head, true))
	}
	for _, row := range t.Rows {
		lines = append(lines, g.line(th, row, false))
	}
	return lines
}

// grid is where the columns of a table stand.
type grid struct {
	columns   []Column
	widths    []int
	fractions []int // width of the longest fraction with its point, in a Decimal column
	used      []int // the columns that have room
	gap, w    int
}

func (t Table) grid(w int) grid {
	n := len(t.Columns)
	g := grid{columns: t.Columns, widths: make([]int, n), fractions: make([]int, n), used: make([]int, n), gap: minGap, w: w}
	for c := range t.Columns {
		g.measure(t, c)
		g.used[c] = c
	}
	for g.total()+minGap*(len(g.used)-1) > w {
		if !g.leaveOut() {
			break
		}
	}
	if spaces := len(g.used) - 1; spaces > 0 {
		g.gap = min(max((w-g.total())/spaces, minGap), maxGap)
	}
	return g
}

// measure finds the width of column c.
func (g *grid) measure(t Table, c int) {
	width, whole := t.Columns[c].Min, 0
	if c < len(t.Head) {
		width = max(width, Width(t.Head[c].Text))
	}
	for _, row := range t.Rows {
		if c >= len(row) {
			continue
		}
		w, f := Width(row[c].Text), fractionWidth(row[c].Text)
		if t.Columns[c].Align == Decimal && isNumber(row[c].Text) {
			whole, g.fractions[c] = max(whole, w-f), max(g.fractions[c], f)
		} else {
			width = max(width, w)
		}
	}
	g.widths[c] = max(width, whole+g.fractions[c])
}

// leaveOut takes out the column of the highest rank, of several the last one;
// false where only columns that always stay are left.
func (g *grid) leaveOut() bool {
	out, highest := -1, 1
	for i, c := range g.used {
		if rank := g.columns[c].Rank; rank >= highest {
			out, highest = i, rank
		}
	}
	if out < 0 {
		return false
	}
	g.used = append(g.used[:out], g.used[out+1:]...)
	return true
}

func (g *grid) total() int {
	sum := 0
	for _, c := range g.used {
		sum += g.widths[c]
	}
	return sum
}

// line draws one row. A head is a word even where it starts with a digit, as
// "1D" does, so it stands at the right of numbers.
func (g *grid) line(th *theme.Theme, row []Cell, head bool) string {
	var b strings.Builder
	b.Grow(4 * max(g.w, 0)) // most cells are painted
	cells := 0
	for n, c := range g.used {
		if n > 0 {
			b.WriteString(Spaces(g.gap))
			cells += g.gap
		}
		var cell Cell
		if c < len(row) {
			cell = row[c]
		}
		before, after := 0, g.widths[c]-Width(cell.Text)
		switch align := g.columns[c].Align; {
		case align == Decimal && !head && isNumber(cell.Text):
			tail := g.fractions[c] - fractionWidth(cell.Text)
			before, after = after-tail, tail
		case align != Left:
			before, after = after, 0
		}
		b.WriteString(Spaces(before))
		th.Write(&b, cell.Role, cell.Text)
		b.WriteString(Spaces(after))
		cells += g.widths[c]
	}
	if cells > g.w {
		return Fit(th, b.String(), g.w)
	}
	b.WriteString(Spaces(g.w - cells))
	return b.String()
}

// isNumber tells that a text starts as numbers do.
func isNumber(s string) bool {
	s = strings.TrimPrefix(strings.TrimLeft(s, "+-"), "−")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// fractionWidth is the width of what follows the whole part, from the point on.
func fractionWidth(s string) int {
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		return Width(s[i:])
	}
	return 0
}
