package members

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// The room that is not in a column.
const (
	gutter   = 2 // the mark of the chosen row
	leastGap = 2
	mostGap  = 4
)

// longestSymbol is the room that a symbol gets at most.
const longestSymbol = 8

// table is the rows of a view in columns. Its columns depend on all rows and
// not on those in sight, so that nothing moves sideways while one scrolls.
type table struct {
	th      *theme.Theme
	view    *View
	state   panel.MembersState
	find    needle
	columns []column // those that have room
	inWords bool     // flags are written in words
	gap, w  int
}

func newTable(th *theme.Theme, v *View, s panel.MembersState, w int) *table {
	t := &table{th: th, view: v, state: s, find: newNeedle(s.Search), columns: columns(v.window), gap: leastGap, w: w}
	for i := range t.columns {
		t.measure(i)
	}
	for fits := false; !fits; {
		fits = t.total() <= w || !t.narrow() && !t.leaveOut()
	}
	t.fill()
	return t
}

// measure finds the width of a column. Names may be cut, everything else is not.
func (t *table) measure(i int) {
	c := &t.columns[i]
	const mark = 1 // of the order: each has room for it, so that none moves the others
	if c.sortedBy(t.state.Sort, t.view.window) {
		c.rank = min(c.rank, 1)
	}
	c.width = max(c.width, len(c.head)+mark)
	switch c.is {
	case panel.ColumnSymbol:
		c.width = max(c.width, min(t.view.widest.symbol, longestSymbol))
	case panel.ColumnName:
		c.width = max(c.width, min(t.view.widest.name, easyName))
	case panel.ColumnFlags:
		c.width = max(c.width, t.view.widest.flagSign)
	default:
		for _, place := range t.view.widest.numbers[i] {
			if place >= 0 {
				c.width = max(c.width, draw.Width(t.cell(*c, &t.view.snap.Members[place]).Text))
			}
		}
	}
}

func (t *table) total() int {
	sum := gutter + t.gap*(len(t.columns)-1)
	for i := range t.columns {
		sum += t.columns[i].width
	}
	return sum
}

// narrow cuts the names short once the columns for more room are gone; false
// where there is nothing to cut.
func (t *table) narrow() bool {
	if slices.ContainsFunc(t.columns, func(c column) bool { return c.rank >= extraRank }) {
		return false
	}
	for i := range t.columns {
		if c := &t.columns[i]; c.is == panel.ColumnName && c.width > narrowName {
			c.width = max(c.width-(t.total()-t.w), narrowName)
			return true
		}
	}
	return false
}

// leaveOut takes out the column of the highest rank, of several the last one.
func (t *table) leaveOut() bool {
	out, highest := -1, 1
	for i := range t.columns {
		if rank := t.columns[i].rank; rank >= highest {
			out, highest = i, rank
		}
	}
	if out < 0 {
		return false
	}
	t.columns = append(t.columns[:out], t.columns[out+1:]...)
	return true
}

// fill gives what room is left to the words: first the names, then the flags,
// then it moves the columns apart.
func (t *table) fill() {
	const longestName = 34
	widen := func(is panel.MembersColumn, to int) (widened bool) {
		for i := range t.columns {
			c := &t.columns[i]
			if left := t.w - t.total(); c.is == is && left > 0 {
				c.width = max(c.width, min(to, c.width+left))
				return c.width >= to
			}
		}
		return false
	}
	widen(panel.ColumnName, min(t.view.widest.name, longestName))
	const roomyWords = 24
	if words := min(t.view.widest.flagWords, roomyWords); words > 0 && t.wordsFit(words) {
		t.inWords = widen(panel.ColumnFlags, words)
	}
	if spaces := len(t.columns) - 1; spaces > 0 {
		if left := t.w - t.total(); left > 0 {
			t.gap = min(t.gap+left/spaces, mostGap)
		}
	}
}

// wordsFit tells that the column of the flags can be made so wide.
func (t *table) wordsFit(width int) bool {
	for i := range t.columns {
		if c := &t.columns[i]; c.is == panel.ColumnFlags {
			return t.total()+width-c.width <= t.w
		}
	}
	return false
}

// heads is the line above the rows, with the mark of the order.
func (t *table) heads() string {
	var b strings.Builder
	b.WriteString(draw.Spaces(gutter))
	mark := t.th.Glyph.Down
	if t.state.Ascending {
		mark = t.th.Glyph.Up
	}
	for i, c := range t.columns {
		if i > 0 {
			b.WriteString(draw.Spaces(t.gap))
		}
		text, role := c.head, theme.Dim
		if c.is == panel.ColumnWindow && c.window == t.view.window {
			role = theme.AccentStrong
		}
		if c.sortedBy(t.state.Sort, t.view.window) {
			text, role = text+mark, theme.AccentStrong
		}
		painted := t.th.Paint(role, text)
		if c.left {
			b.WriteString(painted)
		}
		b.WriteString(draw.Spaces(c.width - draw.Width(text)))
		if !c.left {
			b.WriteString(painted)
		}
	}
	return draw.Fit(t.th, b.String(), t.w)
}

// row draws a company. The chosen row is one bar with a mark before it: what
// colours say elsewhere, signs and words say too.
func (t *table) row(m *model.Member, chosen bool) string {
	p := pen{th: t.th, bar: chosen}
	b := &p.Builder
	b.Grow(4 * max(t.w, 0)) // most cells are painted
	if chosen {
		b.WriteString(t.th.Prefix(theme.Selected))
		b.WriteString(t.th.Glyph.Play)
		b.WriteByte(' ')
	} else {
		b.WriteString(draw.Spaces(gutter))
	}
	cells := gutter
	for i, c := range t.columns {
		if i > 0 {
			b.WriteString(draw.Spaces(t.gap))
			cells += t.gap
		}
		cell := t.cell(c, m)
		if c.left {
			cell.Text = draw.Cut(t.th, cell.Text, c.width)
		}
		blanks := draw.Spaces(c.width - draw.Width(cell.Text))
		if !c.left {
			b.WriteString(blanks)
		}
		p.paint(cell, t.matches(c, m))
		if c.left {
			b.WriteString(blanks)
		}
		cells += c.width
	}
	b.WriteString(draw.Spaces(t.w - cells))
	if chosen {
		b.WriteString(t.th.Reset())
	}
	if cells > t.w {
		return draw.Fit(t.th, b.String(), t.w)
	}
	return b.String()
}

// matches is what to mark in a cell: the search, or the whole of a sector's
// code where the search is in the sector's name; nil for nothing.
func (t *table) matches(c column, m *model.Member) needle {
	switch {
	case len(t.find) == 0:
		return nil
	case c.is == panel.ColumnSymbol || c.is == panel.ColumnName:
		return t.find
	case c.is == panel.ColumnSector:
		if name := say.Sector(m.Sector); name != m.Sector {
			if _, _, ok := t.find.find(name); ok {
				return newNeedle(m.Sector)
			}
		}
		return t.find
	}
	return nil
}

// pen writes a row, in a bar of one colour or each cell in its own.
type pen struct {
	strings.Builder

	th  *theme.Theme
	bar bool
}

// paint writes a cell, and marks in it what the search has found.
func (p *pen) paint(cell draw.Cell, found needle) {
	from, to, ok := found.find(cell.Text)
	if !ok {
		p.run(cell.Role, cell.Text)
		return
	}
	p.run(cell.Role, cell.Text[:from])
	if p.bar { // the find interrupts it
		p.WriteString(p.th.Reset())
		p.WriteString(p.th.Paint(theme.Changed, cell.Text[from:to]))
		p.WriteString(p.th.Prefix(theme.Selected))
	} else {
		p.WriteString(p.th.Paint(theme.AccentStrong, cell.Text[from:to]))
	}
	p.run(cell.Role, cell.Text[to:])
}

// run writes a text in the bar, or as the theme paints it.
func (p *pen) run(role theme.Role, text string) {
	if p.bar {
		p.WriteString(text)
		return
	}
	p.th.Write(&p.Builder, role, text)
}
