// Package glass is a terminal for tests: it shows what a terminal would show
// that was sent the same bytes, and notes what it does not know.
package glass

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Glass is a terminal of a fixed size.
type Glass struct {
	Unknown []string // sequences that are not understood

	w, h        int
	x, y        int
	top, bottom int // of what scrolls, bottom excluded
	cells       [][]cell
	pen         style
	parser      *ansi.Parser
	last        rune
	insert      bool // what is printed moves the rest of its row on
}

type cell struct {
	r rune
	style
}

// style is how a cell looks.
type style struct {
	fore, back                                          string
	bold, faint, italic, underline, reverse, strikethru bool
}

// New is a terminal that is all blank.
func New(w, h int) *Glass {
	g := &Glass{w: w, h: h, bottom: h, parser: ansi.NewParser()}
	for range h {
		g.cells = append(g.cells, g.blank(w))
	}
	g.parser.SetHandler(ansi.Handler{
		Print: g.print, Execute: g.control, HandleCsi: g.csi,
		HandleEsc: func(c ansi.Cmd) { g.escape(c) },
		HandleOsc: func(c int, data []byte) { g.odd("OSC %d %q", c, data) },
		HandleDcs: func(c ansi.Cmd, _ ansi.Params, data []byte) { g.odd("DCS %c %q", c.Final(), data) },
		HandleApc: func(data []byte) { g.odd("APC %q", data) },
		HandlePm:  func(data []byte) { g.odd("PM %q", data) },
		HandleSos: func(data []byte) { g.odd("SOS %q", data) },
	})
	return g
}

// Write shows b.
func (g *Glass) Write(b []byte) (int, error) {
	g.parser.Parse(b)
	return len(b), nil
}

// Text is what is shown, a line for every row.
func (g *Glass) Text() string {
	var text strings.Builder
	for _, row := range g.cells {
		for _, c := range row {
			text.WriteRune(c.r)
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// Look is every cell with how it looks: two terminals that look the same have
// the same.
func (g *Glass) Look() string {
	var text strings.Builder
	for _, row := range g.cells {
		for _, c := range row {
			if c.r == ' ' { // only what can be seen of it
				c.style = style{back: c.back, underline: c.underline, reverse: c.reverse}
			}
			fmt.Fprintf(&text, "%c%v", c.r, c.style)
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// Home tells whether the cursor is in the corner and no colour is set.
func (g *Glass) Home() bool { return g.x == 0 && g.y == 0 && g.pen == style{} && !g.insert }

func (g *Glass) odd(format string, args ...any) {
	g.Unknown = append(g.Unknown, fmt.Sprintf(format, args...))
}

// blank is some cells erased with the pen's background.
func (g *Glass) blank(n int) []cell {
	return slices.Repeat([]cell{{' ', style{back: g.pen.back}}}, n)
}

func (g *Glass) print(r rune) {
	if g.x >= g.w { // the line is full: it goes on in the next one
		g.x = 0
		g.feed()
	}
	if g.insert {
		g.cells[g.y] = slices.Insert(g.cells[g.y], g.x, cell{})[:g.w]
	}
	g.cells[g.y][g.x] = cell{r, g.pen}
	g.x++
	g.last = r
}

func (g *Glass) control(b byte) {
	switch b {
	case '\r':
		g.x = 0
	case '\n':
		g.feed()
	case '\b':
		g.x = max(min(g.x, g.w-1)-1, 0)
	case '\a':
	default:
		g.odd("control %#x", b)
	}
}

func (g *Glass) feed() {
	if g.y == g.bottom-1 {
		g.scroll(g.top, 1)
		return
	}
	g.y = min(g.y+1, g.h-1)
}

// scroll moves the rows from a row on up by n, or down where n is negative.
func (g *Glass) scroll(from, n int) {
	rows := g.cells[from:g.bottom]
	for ; n > 0; n-- {
		copy(rows, rows[1:])
		rows[len(rows)-1] = g.blank(g.w)
	}
	for ; n < 0; n++ {
		copy(rows[1:], rows)
		rows[0] = g.blank(g.w)
	}
}

func (g *Glass) escape(c ansi.Cmd) {
	if c.Final() == 'M' { // reverse index
		if g.y == g.top {
			g.scroll(g.top, -1)
			return
		}
		g.y = max(g.y-1, 0)
		return
	}
	g.odd("ESC %c", c.Final())
}

func (g *Glass) csi(c ansi.Cmd, params ansi.Params) {
	n, _, _ := params.Param(0, 1)
	n = max(n, 1)
	x := min(g.x, g.w-1)
	row := g.cells[g.y]
	if c.Prefix() != 0 {
		if c.Prefix() != '?' || !strings.ContainsRune("hl", rune(c.Final())) {
			g.odd("CSI %c %c", c.Prefix(), c.Final())
		}
		return // a mode: the screen is the same
	}
	if g.move(c.Final(), n, x, params) {
		return
	}
	switch c.Final() {
	case 'J', 'K':
		g.erase(c.Final(), x, params)
	case 'X':
		copy(row[x:], g.blank(min(n, g.w-x)))
	case '@':
		g.cells[g.y] = slices.Insert(row, x, g.blank(n)...)[:g.w]
	case 'P':
		n = min(n, g.w-x)
		g.cells[g.y] = append(slices.Delete(row, x, x+n), g.blank(n)...)
	case 'L':
		g.scroll(g.y, -n)
	case 'M':
		g.scroll(g.y, n)
	case 'S':
		g.scroll(g.top, n)
	case 'T':
		g.scroll(g.top, -n)
	case 'b':
		for range n {
			g.print(g.last)
		}
	case 'm':
		g.paint(params)
	case 'h', 'l':
		if n != 4 {
			g.odd("mode %d", n)
		}
		g.insert = c.Final() == 'h'
	default:
		g.odd("CSI %c", c.Final())
	}
}

// move moves the cursor, if that is what a sequence does.
func (g *Glass) move(final byte, n, x int, params ansi.Params) bool {
	switch final {
	case 'A':
		g.x, g.y = x, max(g.y-n, 0)
	case 'B':
		g.x, g.y = x, min(g.y+n, g.h-1)
	case 'C':
		g.x = min(x+n, g.w-1)
	case 'D':
		g.x = max(x-n, 0)
	case 'G', '`':
		g.x = min(n, g.w) - 1
	case 'd':
		g.x, g.y = x, min(n, g.h)-1
	case 'H':
		column, _, _ := params.Param(1, 1)
		g.x, g.y = min(max(column, 1), g.w)-1, min(n, g.h)-1
	case 'r':
		bottom, _, _ := params.Param(1, g.h)
		g.top, g.bottom, g.x, g.y = min(n, g.h)-1, min(bottom, g.h), 0, 0
	default:
		return false
	}
	return true
}

// erase erases in the display (J) or the line (K).
func (g *Glass) erase(what byte, x int, params ansi.Params) {
	how, _, _ := params.Param(0, 0)
	row := g.cells[g.y]
	switch how {
	case 0:
		copy(row[x:], g.blank(g.w))
	case 1:
		copy(row[:x+1], g.blank(g.w))
	default:
		copy(row, g.blank(g.w))
	}
	if what == 'K' {
		return
	}
	for y := range g.h {
		if how == 2 || how == 0 && y > g.y || how == 1 && y < g.y {
			g.cells[y] = g.blank(g.w)
		}
	}
}

// paint sets the pen (SGR).
func (g *Glass) paint(params ansi.Params) {
	if len(params) == 0 {
		g.pen = style{}
	}
	for i := 0; i < len(params); i++ {
		switch p := params[i].Param(0); {
		case p == 38 || p == 48:
			used := 3
			if kind, _, _ := params.Param(i+1, 0); kind == 2 {
				used = 5
			}
			var colour strings.Builder
			for _, part := range params[i+1 : min(i+used, len(params))] {
				fmt.Fprintf(&colour, "%d;", part.Param(0))
			}
			g.colour(p, colour.String())
			i += used - 1
		case p == 39 || p == 49:
			g.colour(p-1, "")
		case p >= 30 && p <= 37 || p >= 90 && p <= 97:
			g.colour(38, strconv.Itoa(p))
		case p >= 40 && p <= 47 || p >= 100 && p <= 107:
			g.colour(48, strconv.Itoa(p-10))
		default:
			g.attribute(p)
		}
	}
}

// attribute sets all of the pen but its colours.
func (g *Glass) attribute(p int) {
	switch p {
	case 0:
		g.pen = style{}
	case 1:
		g.pen.bold = true
	case 2:
		g.pen.faint = true
	case 22:
		g.pen.bold, g.pen.faint = false, false
	case 3, 23:
		g.pen.italic = p == 3
	case 4, 24:
		g.pen.underline = p == 4
	case 7, 27:
		g.pen.reverse = p == 7
	case 9, 29:
		g.pen.strikethru = p == 9
	default:
		g.odd("SGR %d", p)
	}
}

func (g *Glass) colour(which int, colour string) {
	if which == 38 {
		g.pen.fore = colour
		return
	}
	g.pen.back = colour
}
