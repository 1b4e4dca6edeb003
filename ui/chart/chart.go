// Package chart draws lines over trading time. asciigraph draws the lines; the
// package gives it values it cannot fall over, buckets them into columns
// itself, and adds what asciigraph does not have: the theme's colours, names
// at the ends of the lines, a band, and a time axis on which every session is
// equally wide.
package chart

import (
	"math"
	"time"

	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Line is one line of a chart. Values that are not finite, or beyond 1e15, are gaps.
type Line struct {
	Times  []time.Time // of the values; nil: those of the Spec
	Values []float64   // missing ones at the end are gaps
	Label  string      // stands at the line's end, "" for none
	Role   theme.Role
}

// Band is a horizontal range that lies under the lines.
type Band struct{ Low, High float64 }

// Mark is an event on the time axis. It stands just above the dates, or among
// them where a line passes; where both places are taken it is left out.
type Mark struct {
	At    time.Time
	Glyph string // one cell
	Role  theme.Role
}

// Spec is all that a chart shows. Earlier lines are drawn over later ones.
type Spec struct {
	// Times make the time axis. They are in ascending order: the base first,
	// then one point a session, then the path of the last session.
	Times   []time.Time
	Session session.Session // the last session; zero: its path fills its width
	Lines   []Line
	Band    *Band
	Marks   []Mark
}

// The smallest chart that says anything.
const (
	MinWidth  = 16
	MinHeight = 3
)

// labelGap is the blank between a line and its name where the line is made of
// letters and the name would look like more of it.
const labelGap = 1

// limit is the largest value that is drawn; beyond it axis labels have no sense.
const limit = 1e15

// cell is one place of the picture; the zero cell is blank.
type cell struct {
	text string
	role theme.Role
}

// Draw draws the chart into exactly w by h cells. Where there is nothing to
// draw it says so; where there is no room for a picture it is blank.
func Draw(th *theme.Theme, s Spec, w, h int) draw.Block {
	if w < MinWidth || h < MinHeight {
		return draw.Blank(w, h)
	}
	low, high, ok := s.extent()
	if !ok || !s.moves() || len(s.Times) < 2 {
		return nothing(th, w, h)
	}
	rows := h - 1
	scale := newScale(th, low, high, rows, w/3)
	margin := s.labelWidth(th, w)
	columns := w - scale.width - 2 - margin
	if columns < 2 {
		return draw.Blank(w, h)
	}
	axis := newAxis(s.Times, s.Session)
	p := picture{cells: make([][]cell, rows), left: scale.width + 1, columns: columns}
	all := make([]cell, rows*w)
	for i := range p.cells {
		p.cells[i] = all[i*w : (i+1)*w : (i+1)*w]
	}
	p.plot(th, s, axis, scale)
	p.band(th, s.Band, scale)
	p.labels(th, s)
	p.cells = append(p.cells, axis.labels(w, p.left, columns))
	p.marks(s.Marks, axis)
	return paint(th, p.cells)
}

// moves tells whether there is a line to draw: a single value is none.
func (s Spec) moves() bool {
	for _, line := range s.Lines {
		values := 0
		for _, v := range line.Values {
			if drawable(v) {
				values++
			}
		}
		if values > 1 {
			return true
		}
	}
	return false
}

// extent is the range of values to show: that of the lines, and the band where
// it does not make the lines flat.
func (s Spec) extent() (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, line := range s.Lines {
		for _, v := range line.Values {
			if drawable(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if low > high {
		return 0, 0, false
	}
	const most = 1.5 // how much the band may widen the picture
	if b := s.Band; b != nil && drawable(b.Low) && drawable(b.High) {
		wideLow, wideHigh := min(low, b.Low), max(high, b.High)
		if wideHigh-wideLow <= most*(high-low) {
			low, high = wideLow, wideHigh
		}
	}
	return low, high, true
}

// labelWidth is the room that the names at the lines' ends need; none in a
// chart too narrow to give it away.
func (s Spec) labelWidth(th *theme.Theme, w int) int {
	widest := 0
	for _, line := range s.Lines {
		widest = max(widest, draw.Width(th.Say(line.Label)))
	}
	if th.ASCII && widest > 0 {
		widest += labelGap
	}
	return min(widest, w/5)
}

func drawable(v float64) bool { return math.Abs(v) <= limit }

func nothing(th *theme.Theme, w, h int) draw.Block {
	lines := draw.Blank(w, h)
	text := draw.Cut(th, "no history for this window", w)
	left := (w - draw.Width(text)) / 2
	lines[h/2] = draw.Fit(th, draw.Spaces(left)+th.Paint(theme.Dim, text), w)
	return lines
}
