package studio

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
)

// mender works out what brings a terminal from one frame to another row by row.
// It reads the rows that differ, of both, and remembers nothing: unlike a
// painter it needs no cells for a whole screen.
type mender struct {
	before, after canvas // of one row
	out           bytes.Buffer
	profile       colorprofile.Profile
	size          ui.Size
	style         uv.Style // of the last cell, before it was converted
	pen           uv.Style // what the terminal draws with
}

// mend is what brings a terminal from one frame to another of the same size.
func (m *mender) mend(changed []change, size ui.Size, profile colorprofile.Profile) []byte {
	m.out.Reset()
	m.size, m.profile, m.style, m.pen = size, profile, uv.Style{}, uv.Style{}
	one := ui.Size{W: size.W, H: 1}
	m.before.fit(one)
	m.after.fit(one)
	for _, c := range changed {
		m.row(c.y, m.before.row(c.before), m.after.row(c.after))
	}
	if m.out.Len() == 0 {
		return nil // they differ in how they are written only
	}
	m.use(uv.Style{})
	m.out.WriteString(ansi.CursorHomePosition)
	return bytes.Clone(m.out.Bytes())
}

// gap is how many cells that stay are rather sent again than jumped over.
const gap = 4

// row sends what is different in a row.
func (m *mender) row(y int, before, after uv.Line) {
	if odd(before) || odd(after) {
		m.anew(y, before, after)
		return
	}
	blank := len(after) // from there on to the end
	for blank > 0 && isBlank(&after[blank-1]) {
		blank--
	}
	at := -1 // where the cursor is, in this row
	for x := 0; x < len(after); x++ {
		if after[x].Equal(&before[x]) {
			continue
		}
		switch {
		case at < 0:
			m.out.WriteString(ansi.CursorPosition(x+1, y+1))
		case x-at > gap:
			m.out.WriteString(ansi.CursorForward(x - at))
		default:
			x = at
		}
		if x >= blank {
			m.use(uv.Style{})
			m.out.WriteString(ansi.EraseLineRight)
			return
		}
		m.cell(x, y, &after[x])
		at = x + 1
	}
}

// anew sends a whole row in which a terminal may take a character for wider or
// narrower than we do, so that each stands where it belongs all the same.
func (m *mender) anew(y int, before, after uv.Line) {
	same := true
	for x := range after {
		same = same && after[x].Equal(&before[x])
	}
	if same {
		return
	}
	m.use(uv.Style{})
	m.out.WriteString(ansi.CursorPosition(1, y+1) + ansi.EraseLineRight)
	for x := range after {
		if after[x].Width == 0 { // the rest of a wide one
			continue
		}
		m.cell(x, y, &after[x])
		if isOdd(&after[x]) && x+after[x].Width < len(after) {
			m.out.WriteString(ansi.CursorHorizontalAbsolute(x + after[x].Width + 1))
		}
	}
}

// cell sends one cell, where the cursor is.
func (m *mender) cell(x, y int, c *uv.Cell) {
	if !c.Style.Equal(&m.style) {
		m.use(c.Style)
	}
	// Terminals that wrap at once would scroll the screen.
	corner := y == m.size.H-1 && x+c.Width >= m.size.W
	if corner {
		m.out.WriteString(ansi.ResetModeAutoWrap)
	}
	m.out.WriteString(c.Content)
	if corner {
		m.out.WriteString(ansi.SetModeAutoWrap)
	}
}

// use lets the terminal draw with a style, or what it has that is like it.
func (m *mender) use(style uv.Style) {
	m.style = style
	next := uv.ConvertStyle(style, m.profile)
	if next.Equal(&m.pen) {
		return
	}
	change := next.Diff(&m.pen)
	if next.IsZero() {
		change = ansi.ResetStyle
	}
	m.out.WriteString(change)
	m.pen = next
}

func isBlank(c *uv.Cell) bool { return c.Content == " " && c.Style.IsZero() }

// odd tells whether a row has a cell that is odd.
func odd(row uv.Line) bool {
	for x := range row {
		if isOdd(&row[x]) {
			return true
		}
	}
	return false
}

// isOdd tells whether terminals may disagree about how wide a cell is.
func isOdd(c *uv.Cell) bool {
	switch {
	case c.Width != 1:
		return true
	case len(c.Content) == 1:
		return false
	}
	return utf8.RuneCountInString(c.Content) != 1 || ansi.StringWidth(c.Content) != ansi.StringWidthWc(c.Content)
}

// change is a row that differs between two frames.
type change struct {
	y             int
	before, after string
}

// mostMoved is how many rows, of those that change, may have moved: more of them
// are better scrolled, which a painter can tell a terminal.
const mostMoved = 0.25

// changes are the rows that differ between two frames of a size; ok is false where
// they are not to be mended.
func changes(from, to *Frame) (changed []change, ok bool) {
	before, after := strings.Split(from.Text, "\n"), strings.Split(to.Text, "\n")
	if len(before) != to.Size.H || len(after) != to.Size.H {
		return nil, false
	}
	for y := range after {
		if before[y] != after[y] {
			changed = append(changed, change{y, before[y], after[y]})
		}
	}
	were := make(map[string]bool, len(changed))
	for _, c := range changed {
		were[c.before] = c.before != ""
	}
	moved := 0
	for _, c := range changed {
		if were[c.after] {
			moved++
		}
	}
	return changed, moved <= int(mostMoved*float64(to.Size.H))
}
