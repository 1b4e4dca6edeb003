// Package help is the page that lists every key, and says what the signs on
// the screen mean.
package help

import (
	"math"
	"slices"

	"charm.land/bubbles/v2/key"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Keys are the keys to list, in groups.
type Keys interface {
	FullHelp() [][]key.Binding
}

// The words in the frame.
const (
	title  = "Keys"
	closes = "? or esc closes"
)

// Room between a label and its words, between two columns, between the words
// in the frame, and for the frame itself.
const (
	labelGap    = 3
	columnGap   = 5
	titleGap    = 6
	frameWidth  = 4
	frameHeight = 2
)

// Render draws the page into exactly w by h cells: a box in the middle. Where
// there is not enough room the signs go first, then the keys stand in two
// columns, then the frame goes.
func Render(in panel.Input, keys Keys, w, h int) draw.Block {
	th := in.Theme
	body := arrange(in, keys, w-frameWidth, h-frameHeight)
	width := min(max(widest(body), draw.Width(title+closes)+titleGap)+frameWidth, w)
	height := len(body) + frameHeight
	if height > h {
		return draw.Pad(th, body, w, h)
	}
	frame := draw.Frame{Title: title, Context: closes, Focused: true}
	return centred(th, draw.Box(th, frame, body, width, height), width, w, h)
}

// arrange is the first of several arrangements that fits into w by h cells,
// the last one where none does.
func arrange(in panel.Input, keys Keys, w, h int) draw.Block {
	var groups [][]entry
	for _, group := range keys.FullHelp() {
		groups = append(groups, bound(group))
	}
	left, right := halves(groups)
	one := column(in, groups...)
	both := beside(column(in, left...), column(in, right...))
	options := []draw.Block{
		beside(one, column(in, signs())),
		beside(both, column(in, signs())),
		column(in, append(slices.Clone(groups), signs())...),
		beside(column(in, left...), column(in, append(slices.Clone(right), signs())...)),
		beside(column(in, append(slices.Clone(left), signs())...), column(in, right...)),
		one,
		both,
	}
	for _, body := range options {
		if len(body) <= h && widest(body) <= w {
			return body
		}
	}
	if body := flow(in, groups, w, h); len(body) <= h {
		return body
	}
	return flow(in, groups, w+frameWidth, h+frameHeight)
}

// halves splits groups into two columns of about the same length.
func halves(groups [][]entry) (left, right [][]entry) {
	best, split := math.MaxInt, len(groups)
	for i := 1; i < len(groups); i++ {
		if longer := max(lines(groups[:i]), lines(groups[i:])); longer < best {
			best, split = longer, i
		}
	}
	return groups[:split], groups[split:]
}

// lines is how many lines groups take below each other.
func lines(groups [][]entry) int {
	n := len(groups) - 1
	for _, g := range groups {
		n += len(g)
	}
	return n
}

// flow puts the keys into as few columns as hold them all, without room
// between the groups; their words are cut.
func flow(in panel.Input, groups [][]entry, w, h int) draw.Block {
	const gap, narrowest = 2, 18
	var all []entry
	for _, g := range groups {
		all = append(all, g...)
	}
	columns := 1
	for columns*max(h, 1) < len(all) && (w+gap)/(columns+1) >= narrowest+gap {
		columns++
	}
	rows := (len(all) + columns - 1) / columns
	width := (w - gap*(columns-1)) / columns
	var blocks []draw.Block
	for len(all) > 0 {
		n := min(rows, len(all))
		if len(blocks) > 0 {
			blocks = append(blocks, draw.Blank(gap, 1))
		}
		blocks = append(blocks, table(in, gap, width, all[:n]))
		all = all[n:]
	}
	return draw.Beside(blocks...)
}

// entry is a key or a sign, and what it does or means.
type entry struct{ label, words string }

func bound(group []key.Binding) []entry {
	all := make([]entry, len(group))
	for i, b := range group {
		all[i] = entry{b.Help().Key, b.Help().Desc}
	}
	return all
}

// signs are what a reader may not know.
func signs() []entry {
	return []entry{
		{"z0", "spread, in sigmas of its own history"},
		{"●●●●", "one each: interval without zero,"},
		{"", "mean and median agree, 90 % priced,"},
		{"", "|z0| of 1.5 or more"},
		{"CI", "95 % interval of the mean spread, pp"},
		{"≠", "mean and median differ in sign"},
		{"~", "old: the source is silent"},
		{"up", "share of names that rise"},
		{"$vol", "share of the turnover"},
		{">50d", "share above their 50-day mean"},
		{"H−L", "high minus low debt/EV, pp"},
		{"neutral", "the same within each sector"},
	}
}

// column puts groups below each other, their labels aligned, all lines of one
// width.
func column(in panel.Input, groups ...[]entry) draw.Block {
	return table(in, labelGap, math.MaxInt, groups...)
}

// table is column with so many cells between a label and its words, and at
// most w cells wide.
func table(in panel.Input, gap, w int, groups ...[]entry) draw.Block {
	th := in.Theme
	label, words := 0, 0
	for _, group := range groups {
		for _, e := range group {
			label, words = max(label, draw.Width(th.Say(e.label))), max(words, draw.Width(th.Say(e.words)))
		}
	}
	label = min(label, max(w-gap, 0))
	words = min(words, max(w-gap-label, 0))
	var block draw.Block
	for i, group := range groups {
		if i > 0 {
			block = append(block, draw.Spaces(label+gap+words))
		}
		for _, e := range group {
			block = append(block, draw.Fit(th, th.Paint(theme.Strong, th.Say(e.label)), label+gap)+
				draw.Fit(th, th.Paint(theme.Dim, th.Say(e.words)), words))
		}
	}
	return block
}

// beside puts two columns next to each other.
func beside(left, right draw.Block) draw.Block {
	if len(right) == 0 {
		return left
	}
	gap := draw.Blank(columnGap, 1)
	return draw.Beside(left, gap, right)
}

func widest(block draw.Block) int {
	width := 0
	for _, line := range block {
		width = max(width, draw.Width(line))
	}
	return width
}

// centred puts a box of the given width in the middle of w by h cells, a
// little above it.
func centred(th *theme.Theme, box draw.Block, width, w, h int) draw.Block {
	left, top := (w-width)/2, (h-len(box))/3
	page := make(draw.Block, 0, h)
	for range top {
		page = append(page, "")
	}
	for _, line := range box {
		page = append(page, draw.Spaces(left)+line)
	}
	return draw.Pad(th, page, w, h)
}
