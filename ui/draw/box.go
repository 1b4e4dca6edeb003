package draw

import (
	"strings"

	"gyre/ui/theme"
)

// Frame is what stands in a panel's border.
type Frame struct {
	Title   string
	Context string // at the right, painted by the caller or plain (then dim)
	Focused bool
}

// The smallest box that still has a border.
const (
	minBoxWidth  = 8
	minBoxHeight = 3
)

// Inner is the room for the body of a box of w by h cells. A box too small
// for a border is all body.
func Inner(w, h int) (innerWidth, innerHeight int) {
	if w < minBoxWidth || h < minBoxHeight {
		return max(w, 0), max(h, 0)
	}
	return w - 4, h - 2
}

// Box draws a panel of exactly w by h cells: a rounded border with the title
// and the context in it, and the body cut or padded to Inner(w, h).
func Box(th *theme.Theme, f Frame, body Block, w, h int) Block {
	innerWidth, innerHeight := Inner(w, h)
	if innerWidth == w || innerHeight == h {
		return Pad(th, body, w, h)
	}
	role := theme.Border
	if f.Focused {
		role = theme.BorderFocus
	}
	g := &th.Glyph
	side := th.Paint(role, g.Vertical)
	left, right := side+" ", " "+side
	box := make(Block, 0, h)
	box = append(box, topBorder(th, f, role, w))
	for i := range innerHeight {
		line, blanks := "", innerWidth
		if i < len(body) {
			line, blanks = fit(th, body[i], innerWidth)
		}
		box = append(box, left+line+Spaces(blanks)+right)
	}
	bottom := g.BottomLeft + strings.Repeat(g.Horizontal, w-2) + g.BottomRight
	return append(box, th.Paint(role, bottom))
}

// topBorder is "╭─ Title ──── context ─╮". Where there is not enough room for
// both, the context goes first: the title says what the panel is.
func topBorder(th *theme.Theme, f Frame, role theme.Role, w int) string {
	g := &th.Glyph
	const ends = 6 // both corners with the line and the blank beside them
	title := Cut(th, th.Say(f.Title), w-ends)
	context := f.Context
	if !strings.Contains(context, "\x1b") {
		context = th.Paint(theme.Dim, th.Say(context))
	}
	room := w - ends - Width(title)
	const leastLine, leastContext = 3, 4 // the line in between, with a blank at either side
	if full := Width(context); full > room-leastLine {
		context = Cut(th, context, room-leastLine)
		if Width(context) < leastContext {
			context = ""
		}
	}
	var b strings.Builder
	b.Grow(4 * w)
	th.Write(&b, role, g.TopLeft+g.Horizontal)
	b.WriteByte(' ')
	th.Write(&b, theme.Strong, title)
	b.WriteByte(' ')
	if context == "" {
		th.Write(&b, role, strings.Repeat(g.Horizontal, room+1)+g.TopRight)
		return b.String()
	}
	th.Write(&b, role, strings.Repeat(g.Horizontal, room-Width(context)-2))
	b.WriteByte(' ')
	b.WriteString(context)
	b.WriteByte(' ')
	th.Write(&b, role, g.Horizontal+g.TopRight)
	return b.String()
}
