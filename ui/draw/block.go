// Package draw builds the screen out of blocks: rectangles of text whose every
// line is exactly as wide as it says, whatever escape sequences and wide
// characters are in it. Everything here is pure and cheap; nothing here asks
// Lip Gloss to render.
package draw

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gyre/ui/theme"
)

// Block is a rectangle: h lines of exactly w cells each.
type Block []string

// String is the block as one text, its lines joined by newlines.
func (b Block) String() string { return strings.Join(b, "\n") }

// Width is the number of cells that s takes on the screen.
func Width(s string) int {
	w := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c <= '~' { // nearly all there is
			i, w = i+1, w+1
			continue
		}
		step, cells := plainStep(s[i:])
		if step == 0 {
			return ansi.StringWidth(s)
		}
		i, w = i+step, w+cells
	}
	return w
}

// Spaces is n blank cells, "" where n is negative.
func Spaces(n int) string {
	const blank = "                                                                                "
	switch {
	case n <= 0:
		return ""
	case n <= len(blank):
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Cut shortens s to at most w cells, with an ellipsis where something is lost.
func Cut(th *theme.Theme, s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, th.Glyph.Ellipsis)
}

// Fit makes s exactly w cells wide: cut with an ellipsis, or padded at its right.
func Fit(th *theme.Theme, s string, w int) string {
	s, blanks := fit(th, s, w)
	return s + Spaces(blanks)
}

// FitRight is Fit with the padding at the left.
func FitRight(th *theme.Theme, s string, w int) string {
	s, blanks := fit(th, s, w)
	return Spaces(blanks) + s
}

// fit is s, cut where it must be, and how many cells are then left of w.
func fit(th *theme.Theme, s string, w int) (text string, blanks int) {
	if blanks = w - Width(s); blanks >= 0 {
		return s, blanks
	}
	s = Cut(th, s, w)
	return s, w - Width(s)
}

// Spread puts left and right at the two ends of w cells. Where they do not
// both fit, right goes first.
func Spread(th *theme.Theme, left, right string, w int) string {
	gap := w - Width(left) - Width(right)
	if gap < 1 {
		return Fit(th, left, w)
	}
	return left + Spaces(gap) + right
}

// Blank is an empty block.
func Blank(w, h int) Block {
	b := make(Block, max(h, 0))
	for i := range b {
		b[i] = Spaces(w)
	}
	return b
}

// Pad makes any lines a block of exactly w by h: cut, or filled with blanks at
// the right and below.
func Pad(th *theme.Theme, lines Block, w, h int) Block {
	b := make(Block, max(h, 0))
	for i := range b {
		if i < len(lines) {
			b[i] = Fit(th, lines[i], w)
		} else {
			b[i] = Spaces(w)
		}
	}
	return b
}

// Stack puts blocks of one width on top of each other.
func Stack(blocks ...Block) Block {
	n := 0
	for _, b := range blocks {
		n += len(b)
	}
	all := make(Block, 0, n)
	for _, b := range blocks {
		all = append(all, b...)
	}
	return all
}

// Beside puts blocks next to each other. A block that is shorter than the
// highest is filled with blanks of its first line's width.
func Beside(blocks ...Block) Block {
	h := 0
	for _, b := range blocks {
		h = max(h, len(b))
	}
	all := make(Block, h)
	var line strings.Builder
	for i := range all {
		line.Reset()
		for _, b := range blocks {
			switch {
			case i < len(b):
				line.WriteString(b[i])
			case len(b) > 0:
				line.WriteString(Spaces(Width(b[0])))
			}
		}
		all[i] = line.String()
	}
	return all
}
