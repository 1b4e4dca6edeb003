package studio

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"gyre/ui"
)

// canvas is cells to paint on, of any size: what is on it when a painter takes
// it is another one's.
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

// whole draws a frame.
func (c *canvas) whole(f *Frame) {
	c.screen.Clear() // which also marks every line as changed
	uv.NewStyledString(f.Text).Draw(c.screen, c.screen.Bounds())
}

// mostRows is the part of the rows, in percent, up to which only those are drawn
// that have changed. Where there are more of them they may have moved, and the
// terminal can do that.
const mostRows = 70

// changes draws the rows of a frame that differ from those of one before, and
// tells how many there are; where that is too many it draws nothing. It marks
// those as changed, and leaves of the others nothing that is to be looked at.
func (c *canvas) changes(from, to *Frame) (changed int, ok bool) {
	before, after := strings.Split(from.Text, "\n"), strings.Split(to.Text, "\n")
	if len(before) != to.Size.H || len(after) != to.Size.H {
		return 0, false
	}
	for y := range after {
		if before[y] != after[y] {
			changed++
		}
	}
	if 100*changed > mostRows*to.Size.H {
		return changed, false
	}
	for y, row := range after {
		if before[y] == row {
			// Not blank: a terminal is told to erase what ends in blank rows.
			c.screen.Lines[y][0] = uv.Cell{Content: "x", Width: 1}
			continue
		}
		uv.NewStyledString(row).Draw(c.screen, uv.Rect(0, y, to.Size.W, 1))
		c.screen.TouchLine(0, y, to.Size.W)
	}
	return changed, true
}
