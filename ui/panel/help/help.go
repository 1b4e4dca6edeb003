// Package help is the page that lists every key, and says what the signs on
// the screen mean.
package help

import (
	"fmt"
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

// The least page that has a frame.
const (
	framedWidth  = 40
	framedHeight = 6
)

// Render draws the page into exactly w by h cells: a box in the middle, with
// the keys in as few columns as there are lines for and what the signs mean.
// Where they do not all fit, the page scrolls, so that no word of it is lost.
func Render(in panel.Input, keys Keys, w, h int) draw.Block {
	th := in.Theme
	body := arrange(in, keys, w-frameWidth, h-frameHeight)
	e := extent(body, w, h)
	first := e.Top(0, in.State.HelpRow)
	last := min(first+e.Height, e.Rows)
	body = body[first:last]
	if !framed(w, h) {
		return draw.Pad(th, body, w, h)
	}
	frame := draw.Frame{Title: title, Context: closes, Focused: true}
	if last-first < e.Rows {
		frame.Context = fmt.Sprintf("↑ ↓ %d–%d of %d · %s", first+1, last, e.Rows, closes)
	}
	width := min(max(widest(body), draw.Width(title+frame.Context)+titleGap)+frameWidth, w)
	return centred(th, draw.Box(th, frame, body, width, len(body)+frameHeight), width, w, h)
}

// Extent is how many lines the page has, and how many of them w by h cells show.
func Extent(in panel.Input, keys Keys, w, h int) panel.Extent {
	return extent(arrange(in, keys, w-frameWidth, h-frameHeight), w, h)
}

func extent(body draw.Block, w, h int) panel.Extent {
	if framed(w, h) {
		h -= frameHeight
	}
	return panel.Extent{Rows: len(body), Height: max(h, 0)}
}

// framed tells whether the page has room for a frame.
func framed(w, h int) bool { return w >= framedWidth && h >= framedHeight }

// arrange is the first of several arrangements that fits into w by h cells.
// Where none does, it is the shortest that is not too wide, or else the
// narrowest.
func arrange(in panel.Input, keys Keys, w, h int) draw.Block {
	var groups [][]entry
	for _, group := range keys.FullHelp() {
		groups = append(groups, bound(group))
	}
	left, right := halves(groups)
	figures, marks := figures(), marks(in.Theme)
	one := column(in, append(slices.Clone(groups), figures, marks)...)
	options := []draw.Block{
		beside(column(in, groups...), column(in, figures, marks)),
		beside(beside(column(in, left...), column(in, right...)), column(in, figures, marks)),
		one,
		beside(column(in, append(slices.Clone(left), marks)...), column(in, append(slices.Clone(right), figures)...)),
		beside(column(in, left...), column(in, append(slices.Clone(right), figures, marks)...)),
		beside(column(in, append(slices.Clone(left), figures, marks)...), column(in, right...)),
	}
	shortest := one
	for _, body := range options {
		switch {
		case widest(body) > w:
		case len(body) <= h:
			return body
		case len(body) < len(shortest):
			shortest = body
		}
	}
	return shortest
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

// entry is a key or a sign, and what it does or means.
type entry struct{ label, words string }

func bound(group []key.Binding) []entry {
	all := make([]entry, len(group))
	for i, b := range group {
		all[i] = entry{b.Help().Key, b.Help().Desc}
	}
	return all
}

// figures are what says how sure a spread is.
func figures() []entry {
	return []entry{
		{"z0", "spread, in sigmas of its own history"},
		{"z", "the same, from its own median"},
		{"t", "Welch's t of the two means"},
		{"●●●●", "one each: interval without zero,"},
		{"", "mean and median agree, 90 % priced,"},
		{"", "|z0| of 1.5 or more"},
		{"CI", "95 % interval of the mean spread, pp"},
	}
}

// marks are the other signs and words that a reader may not know.
func marks(th *theme.Theme) []entry {
	return []entry{
		{th.Glyph.Star, "chart: a release with three stars"},
		{th.Glyph.Dash + th.Glyph.Dash, "chart: the forecast range"},
		{"≠", "mean and median differ in sign"},
		{"~", "old: the source is silent"},
		{"up", "share of names that rise"},
		{"$vol", "share of the turnover"},
		{">50d", "share above their 50-day mean"},
		{"H−L", "high minus low debt/EV, pp"},
		{"neutral", "the same within each sector"},
		{"D/EV", "debt over enterprise value"},
		{"EV≤0", "cash above cap and debt: no D/EV"},
		{"fin", "financial or real estate company"},
	}
}

// column puts groups below each other, their labels aligned, all lines of one
// width.
func column(in panel.Input, groups ...[]entry) draw.Block {
	th := in.Theme
	label, words := 0, 0
	for _, group := range groups {
		for _, e := range group {
			label, words = max(label, draw.Width(th.Say(e.label))), max(words, draw.Width(th.Say(e.words)))
		}
	}
	var block draw.Block
	for i, group := range groups {
		if i > 0 {
			block = append(block, draw.Spaces(label+labelGap+words))
		}
		for _, e := range group {
			block = append(block, draw.Fit(th, th.Paint(theme.Strong, th.Say(e.label)), label+labelGap)+
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
