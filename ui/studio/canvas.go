package studio

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"gyre/ui"
)

// canvas is cells to paint on, of any size: what is on it from the last time is
// another screen's.
type canvas struct {
	screen uv.ScreenBuffer
	cells  []uv.Cell // of all lines, and some to spare
}

// fit makes the canvas as large as size.
func (c *canvas) fit(size ui.Size) {
	if c.screen.RenderBuffer != nil && c.screen.Width() == size.W && c.screen.Height() == size.H {
		return
	}
	if len(c.cells) < size.W*size.H {
		c.cells = make([]uv.Cell, size.W*size.H)
	}
	c.screen = uv.NewScreenBuffer(0, 0)
	c.screen.Lines = make([]uv.Line, size.H)
	for y := range c.screen.Lines {
		c.screen.Lines[y] = c.cells[y*size.W : (y+1)*size.W : (y+1)*size.W]
	}
}

// draw draws rows of a frame, nil for all, and marks them as changed. Of the
// others it leaves nothing that is to be looked at.
func (c *canvas) draw(f *Frame, rows []int) {
	if rows == nil {
		c.screen.Clear() // which also marks every line
		uv.NewStyledString(f.Text).Draw(c.screen, c.screen.Bounds())
		return
	}
	for y := range c.screen.Lines {
		// Not blank: a terminal is told to erase what ends in blank rows.
		c.screen.Lines[y][0] = uv.Cell{Content: "x", Width: 1}
	}
	text := strings.Split(f.Text, "\n")
	for _, y := range rows {
		uv.NewStyledString(text[y]).Draw(c.screen, uv.Rect(0, y, f.Size.W, 1))
		c.screen.TouchLine(0, y, f.Size.W)
	}
}

// mostRows is the part of the rows, in percent, up to which only those are drawn
// that have changed. Where there are more of them they may have moved, and the
// terminal can do that.
const mostRows = 70

// changes are the rows that differ between two frames of a size. Where they are
// not few it gives none, and all are to be drawn.
func changes(from, to *Frame) (rows []int, few bool) {
	before, after := strings.Split(from.Text, "\n"), strings.Split(to.Text, "\n")
	if len(before) != to.Size.H || len(after) != to.Size.H {
		return nil, false
	}
	for y := range after {
		if before[y] != after[y] {
			rows = append(rows, y)
		}
	}
	if 100*len(rows) > mostRows*to.Size.H {
		return nil, false
	}
	return rows, true
}
