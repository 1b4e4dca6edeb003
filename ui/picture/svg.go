// Package picture turns a rendered frame into a picture file.
package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
)

// The cell of the picture in pixels: the proportions of a terminal's.
const (
	cellWidth  = 8.43
	cellHeight = 16.0
	fontSize   = 14
	margin     = 12.0
	baseline   = 12.5
	fonts      = "'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,monospace"
)

// Ground is what the terminal itself would paint: the colour behind the frame
// and that of text without a colour of its own.
type Ground struct {
	Background, Foreground color.Color
}

// Dark is the ground of a dark terminal.
func Dark() Ground {
	return Ground{Background: color.RGBA{0x14, 0x16, 0x1b, 0xff}, Foreground: color.RGBA{0xd7, 0xda, 0xe0, 0xff}}
}

// Light is the ground of a light terminal.
func Light() Ground {
	return Ground{Background: color.RGBA{0xfb, 0xfb, 0xf9, 0xff}, Foreground: color.RGBA{0x24, 0x29, 0x2f, 0xff}}
}

// SVG draws a frame, text with SGR sequences of width x height cells, as an
// SVG image. Runs of equal style become one text element whose length is
// pinned, so that columns stay aligned in whatever font the reader has.
func SVG(frame string, width, height int, ground Ground) []byte {
	screen := uv.NewScreenBuffer(width, height)
	uv.NewStyledString(frame).Draw(screen, screen.Bounds())
	var b bytes.Buffer
	w, h := float64(width)*cellWidth+2*margin, float64(height)*cellHeight+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="%s" font-size="%d">`+"\n", w, h, fonts, fontSize)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", hex(ground.Background))
	for y := range height {
		drawRow(&b, screen, y, width, ground)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// drawRow writes the runs of one row.
func drawRow(b *bytes.Buffer, screen uv.ScreenBuffer, y, width int, ground Ground) {
	for x := 0; x < width; {
		cell := screen.CellAt(x, y)
		end, text := x, []byte(nil)
		for end < width {
			next := screen.CellAt(end, y)
			if !next.Style.Equal(&cell.Style) {
				break
			}
			text = append(text, next.Content...)
			end += max(next.Width, 1)
		}
		drawRun(b, run{text: text, style: cell.Style, x: x, y: y, cells: end - x}, ground)
		x = end
	}
}

// run is a stretch of cells of one style.
type run struct {
	text        []byte
	style       uv.Style
	x, y, cells int
}

// drawRun writes the background and the text of one run.
func drawRun(b *bytes.Buffer, r run, ground Ground) {
	fg, bg := r.style.Fg, r.style.Bg
	if fg == nil {
		fg = ground.Foreground
	}
	if r.style.Attrs&uv.AttrReverse != 0 {
		if bg == nil {
			bg = ground.Background
		}
		fg, bg = bg, fg
	}
	left, top := margin+float64(r.x)*cellWidth, margin+float64(r.y)*cellHeight
	length := float64(r.cells) * cellWidth
	if bg != nil {
		fmt.Fprintf(b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n", left, top, length, cellHeight, hex(bg))
	}
	if len(bytes.TrimSpace(r.text)) == 0 {
		return
	}
	fmt.Fprintf(b, `<text x="%.2f" y="%.2f" textLength="%.2f" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="%s"%s>`,
		left, top+baseline, length, hex(fg), emphasis(r.style))
	_ = xml.EscapeText(b, r.text) // a bytes.Buffer does not fail
	b.WriteString("</text>\n")
}

// emphasis is the attributes of bold, faint, italic and underlined text.
func emphasis(style uv.Style) string {
	var s string
	if style.Attrs&uv.AttrBold != 0 {
		s += ` font-weight="bold"`
	}
	if style.Attrs&uv.AttrFaint != 0 {
		s += ` opacity="0.6"`
	}
	if style.Attrs&uv.AttrItalic != 0 {
		s += ` font-style="italic"`
	}
	if style.Underline != uv.UnderlineNone {
		s += ` text-decoration="underline"`
	}
	return s
}

// hex is a colour as SVG writes it.
func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
