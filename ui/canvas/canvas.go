// Package canvas is a picture of dots and text in terminal cells: two by four
// dots a cell where the terminal has braille, and one character a cell in
// ASCII.
package canvas

import (
	"unicode"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// The dots of a cell.
const (
	DotsAcross = 2
	DotsDown   = 4
)

// Canvas is a picture of W by H cells. Cells are counted from the top left, and
// so are dots.
type Canvas struct {
	W, H  int
	cells []cell
}

// cell is text, or else dots; the zero cell is blank.
type cell struct {
	text string
	dots uint8
	role theme.Role
}

// New is a blank canvas.
func New(w, h int) *Canvas {
	w, h = max(w, 0), max(h, 0)
	return &Canvas{W: w, H: h, cells: make([]cell, w*h)}
}

// Dot sets a dot; a dot outside of the canvas is none. A cell has one role: that
// of its last dot.
func (c *Canvas) Dot(x, y int, role theme.Role) {
	if x < 0 || y < 0 || x >= c.W*DotsAcross || y >= c.H*DotsDown {
		return
	}
	bits := [DotsDown][DotsAcross]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	at := &c.cells[y/DotsDown*c.W+x/DotsAcross]
	at.dots |= bits[y%DotsDown][x%DotsAcross]
	at.role = role
}

// Line sets the dots between two places, both included.
func (c *Canvas) Line(x0, y0, x1, y1 int, role theme.Role) {
	steps := max(x1-x0, x0-x1, y1-y0, y0-y1)
	// A line cannot be longer than the canvas where its ends are on it.
	steps = min(steps, c.W*DotsAcross+c.H*DotsDown)
	for i := range steps + 1 {
		share := float64(i) / float64(max(steps, 1))
		c.Dot(x0+round(share*float64(x1-x0)), y0+round(share*float64(y1-y0)), role)
	}
}

func round(f float64) int {
	if f < 0 {
		return -int(0.5 - f)
	}
	return int(f + 0.5)
}

// Text writes s from cell (x, y) on, over whatever is there. What falls outside
// is cut off.
func (c *Canvas) Text(x, y int, s string, role theme.Role) {
	c.write(x, y, s, role, func(cell) bool { return true })
}

// Under writes s only where nothing is yet.
func (c *Canvas) Under(x, y int, s string, role theme.Role) {
	c.write(x, y, s, role, func(at cell) bool { return at.text == "" && at.dots == 0 })
}

func (c *Canvas) write(x, y int, s string, role theme.Role, may func(cell) bool) {
	for _, r := range s {
		if text := oneCell(r); x >= 0 && y >= 0 && x < c.W && y < c.H {
			if at := &c.cells[y*c.W+x]; may(*at) {
				at.text, at.role = text, role
			}
		}
		x++
	}
}

// oneCell is a character, or a stand-in for one that may take more or less than
// a cell, or join its neighbour.
func oneCell(r rune) string {
	const european, symbols, symbolsEnd = 0x530, 0x2000, 0x2c00
	s := string(r)
	if (r < european || r >= symbols && r < symbolsEnd) && unicode.IsPrint(r) && !unicode.Is(unicode.M, r) && draw.Width(s) == 1 {
		return s
	}
	return "?"
}

// Free tells that n cells from (x, y) on are on the canvas and have no text
// and, where empty is asked for, no dots.
func (c *Canvas) Free(x, y, n int, empty bool) bool {
	if x < 0 || y < 0 || x+n > c.W || y >= c.H {
		return false
	}
	for _, at := range c.cells[y*c.W+x : y*c.W+x+n] {
		if at.text != "" || empty && at.dots != 0 {
			return false
		}
	}
	return true
}

// Block is the canvas as lines of W cells.
func (c *Canvas) Block(th *theme.Theme) draw.Block {
	block := make(draw.Block, c.H)
	for y := range block {
		var line []byte
		open := ""
		for _, at := range c.cells[y*c.W : (y+1)*c.W] {
			text, prefix := at.text, th.Prefix(at.role)
			switch {
			case text != "":
			case at.dots == 0:
				text, prefix = " ", ""
			case th.ASCII:
				text = th.Glyph.Middot
			default:
				text = string(rune(0x2800 + int(at.dots)))
			}
			if prefix != open {
				if open != "" {
					line = append(line, th.Reset()...)
				}
				line, open = append(line, prefix...), prefix
			}
			line = append(line, text...)
		}
		if open != "" {
			line = append(line, th.Reset()...)
		}
		block[y] = string(line)
	}
	return block
}
