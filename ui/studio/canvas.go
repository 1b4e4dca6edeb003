package studio

import (
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

// whole draws a frame.
func (c *canvas) whole(f *Frame) {
	c.screen.Clear() // which also marks every line as changed
	uv.NewStyledString(f.Text).Draw(c.screen, c.screen.Bounds())
}

// row draws one row on a canvas that is one row high.
func (c *canvas) row(text string) uv.Line {
	uv.NewStyledString(text).Draw(c.screen, c.screen.Bounds())
	return c.screen.Lines[0]
}
