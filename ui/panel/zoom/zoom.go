// Package zoom lays out a panel that has the whole screen: a picture across
// the top, sections in columns below it, and further pages for what does not
// fit.
package zoom

import (
	"strconv"
	"strings"

	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Section is one part of a view: a heading, and a body of Least to Most lines.
type Section struct {
	Title       string // "": no heading
	Note        string // at the heading's right end; dim where it is not painted
	Least, Most int
	Whole       bool                      // the hero gives way so that all of its lines are shown, where that is enough
	Draw        func(w, h int) draw.Block // the body in w by h cells; what it draws is cut or padded
}

// Fixed is a section that knows its lines.
func Fixed(title, note string, lines draw.Block) Section {
	return Section{
		Title: title, Note: note, Least: len(lines), Most: len(lines),
		Draw: func(int, int) draw.Block { return lines },
	}
}

// head is the lines of a section's heading.
func (s Section) head() int {
	if s.Title == "" {
		return 0
	}
	return 1
}

// View is a whole zoomed view. The sections come in the order of their
// importance.
type View struct {
	Frame    draw.Frame
	Hero     Section // across the top of the first page; without Draw there is none
	Sections []Section
}

// The measures of the layout.
const (
	Gap         = 3  // between two columns
	columnWidth = 52 // what a column has at least
	mostColumns = 3
)

// Columns is how many columns a body of w cells has, and the width of the
// narrowest of them: sections are made for it.
func Columns(w int) (n, width int) {
	n = min(max((w+Gap)/(columnWidth+Gap), 1), mostColumns)
	return n, max((w-Gap*(n-1))/n, 0)
}

// Draw draws the page that the viewer has turned to into exactly w by h cells.
func (v View) Draw(in panel.Input, w, h int) draw.Block {
	innerWidth, innerHeight := in.Inner(w, h)
	b := book{th: in.Theme, sections: v.Sections, w: innerWidth, h: innerHeight}
	b.hero(v.Hero)
	b.turn()
	page := wrap(in.State.Zoom.Page, len(b.pages))
	frame := v.Frame
	if len(b.pages) > 1 {
		frame.Context = withPage(in.Theme, frame.Context, page, len(b.pages))
	}
	return in.Box(frame, b.draw(page, v.Hero), w, h)
}

// withPage adds "page 1/3" to a context.
func withPage(th *theme.Theme, context string, page, pages int) string {
	text := "page " + strconv.Itoa(page+1) + "/" + strconv.Itoa(pages)
	if context == "" {
		return text
	}
	if !strings.Contains(context, "\x1b") {
		context = th.Paint(theme.Dim, th.Say(context))
	}
	return context + th.Paint(theme.Dim, th.Say(" · "+text))
}

// wrap brings any page to one of n.
func wrap(page, n int) int {
	if n < 1 {
		return 0
	}
	return (page%n + n) % n
}

// heading is a section's title with its note.
func heading(th *theme.Theme, s Section, w int) string {
	title := th.Paint(theme.Strong, draw.Cut(th, th.Say(s.Title), w))
	note := s.Note
	if note != "" && !strings.Contains(note, "\x1b") {
		note = th.Paint(theme.Dim, th.Say(note))
	}
	return draw.Fit(th, draw.Spread(th, title, note, w), w)
}

// Asking is the body of a section whose figures are on their way.
func Asking(th *theme.Theme) draw.Block {
	return draw.Block{th.Paint(theme.Dim, th.Say("asking …"))}
}

// Signed is a figure as a cell in the colour of its sign.
func Signed(th *theme.Theme, f num.Figure) draw.Cell {
	return draw.Cell{Text: draw.SignedText(th, f), Role: draw.SignRole(th, f)}
}

// Level is a figure without a sign as a cell.
func Level(th *theme.Theme, f num.Figure, role theme.Role) draw.Cell {
	if !f.Known() {
		role = theme.Dim
	}
	return draw.Cell{Text: draw.LevelText(th, f), Role: role}
}

// Dim is a cell of context.
func Dim(text string) draw.Cell { return draw.Cell{Text: text, Role: theme.Dim} }
