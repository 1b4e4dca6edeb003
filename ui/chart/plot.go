package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/guptarohit/asciigraph"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// picture is the chart without its time axis, from the top row down. Column
// left is the value axis; columns more follow it.
type picture struct {
	cells         [][]cell
	left, columns int
	ends          []end // of the lines that are drawn
}

// end is where a line stops.
type end struct {
	line        int
	place       float64 // in rows from the lowest
	row, column int
}

// Colour codes by which a cell of asciigraph's output tells what it is.
const (
	codeSeries asciigraph.AnsiColor = 16
	codeAxis   asciigraph.AnsiColor = 254
	codeLabel  asciigraph.AnsiColor = 255
	maxLines                        = int(codeAxis - codeSeries)
)

// plot lets asciigraph draw the lines in row units: with the bounds pinned to
// whole rows, the picture has exactly the rows asked for whatever the values.
func (p *picture) plot(th *theme.Theme, s Spec, axis axis, scale scale) {
	var data [][]float64
	var colors []asciigraph.AnsiColor
	var chars []asciigraph.CharSet
	// asciigraph draws later lines over earlier ones.
	for i, line := range slices.Backward(s.Lines[:min(len(s.Lines), maxLines)]) {
		points := bucket(axis.of(line.Times), line.Values, p.columns+1)
		last := -1
		for c, v := range points {
			if drawable(v) {
				points[c], last = scale.place(v), c
			}
		}
		if last < 0 {
			continue
		}
		row := scale.rows - 1 - int(math.Round(points[last]))
		p.ends = append(p.ends, end{line: i, place: points[last], row: row, column: p.left + last})
		data = append(data, points)
		colors = append(colors, codeSeries+asciigraph.AnsiColor(i)) //nolint:gosec // below maxLines
		chars = append(chars, charSet(th, line.Role))
	}
	text := asciigraph.PlotMany(data,
		asciigraph.Height(scale.rows-1), asciigraph.LowerBound(0), asciigraph.UpperBound(float64(scale.rows-1)),
		asciigraph.SeriesColors(colors...), asciigraph.SeriesChars(chars...),
		asciigraph.AxisColor(codeAxis), asciigraph.LabelColor(codeLabel),
		asciigraph.YAxisValueFormatter(func(v float64) string { return scale.text(int(math.Round(v))) }))
	for row, line := range strings.SplitN(text, "\n", scale.rows) {
		p.parse(th, s, row, line)
	}
	for row := range p.cells {
		if scale.texts[scale.rows-1-row] == "" && p.cells[row][p.left].text == th.Glyph.TeeRight {
			p.cells[row][p.left].text = th.Glyph.Vertical
		}
	}
}

// parse takes one row of asciigraph's output apart into cells.
func (p *picture) parse(th *theme.Theme, s Spec, row int, line string) {
	// asciigraph leaves a blank before each label, which we do not need.
	role, column := theme.Text, -1
	for line != "" {
		if code, rest, ok := colourCode(line); ok {
			role, line = roleOf(s, code), rest
			continue
		}
		_, size := utf8.DecodeRuneInString(line)
		text := line[:size]
		line = line[size:]
		switch text {
		case "┤":
			text = th.Glyph.TeeRight
		case "┼":
			text = th.Glyph.Cross
		case " ":
			text = ""
		}
		if column >= 0 && column < len(p.cells[row]) {
			p.cells[row][column] = cell{text: text, role: role}
		}
		column++
	}
}

// colourCode reads the sequence that line starts with: "\x1b[38;5;<code>m", or
// a reset, which is code 0.
func colourCode(line string) (code int, rest string, ok bool) {
	if !strings.HasPrefix(line, "\x1b[") {
		return 0, line, false
	}
	sequence, rest, ok := strings.Cut(line[2:], "m")
	code, _ = strconv.Atoi(strings.TrimPrefix(sequence, "38;5;"))
	return code, rest, ok
}

func roleOf(s Spec, code int) theme.Role {
	switch i := code - int(codeSeries); {
	case code == int(codeAxis):
		return theme.Faint
	case i >= 0 && i < len(s.Lines):
		return s.Lines[i].Role
	}
	return theme.Dim
}

// band draws the bounds of a range where no line passes.
func (p *picture) band(th *theme.Theme, b *Band, scale scale) {
	if b == nil {
		return
	}
	top := scale.low + float64(scale.rows-1)*scale.step
	for _, bound := range [...]float64{b.Low, b.High} {
		if !(bound >= scale.low && bound <= top) {
			continue
		}
		row := p.cells[scale.rows-1-int(math.Round(scale.place(bound)))]
		for c := p.left + 1; c <= p.left+p.columns; c++ {
			if row[c].text == "" {
				row[c] = cell{text: th.Glyph.Dash, role: theme.Faint}
			}
		}
	}
}

// labels writes every line's name at its end, one a row: a name whose row is
// taken moves to the nearest free one.
func (p *picture) labels(th *theme.Theme, s Spec) {
	// Of lines that end in one row the higher one has its name above.
	slices.SortStableFunc(p.ends, func(a, b end) int { return cmp.Compare(b.place, a.place) })
	column := 0
	wanted := make([]int, len(p.ends))
	for i, e := range p.ends {
		column = max(column, e.column+1)
		wanted[i] = e.row
	}
	for i, row := range apart(wanted, len(p.cells)) {
		e := p.ends[i]
		line := s.Lines[e.line]
		if row < 0 || line.Label == "" || column >= len(p.cells[row]) {
			continue
		}
		text := th.Say(line.Label)
		if th.ASCII {
			text = draw.Spaces(labelGap) + text
		}
		text = draw.Fit(th, text, len(p.cells[row])-column)
		p.cells[row][column] = cell{text: text, role: line.Role}
		p.cells[row] = p.cells[row][:column+1]
	}
}

// marks puts the events on the lowest row of the picture or on the time axis.
func (p *picture) marks(marks []Mark, axis axis) {
	for _, m := range marks {
		place, ok := axis.find(m.At)
		if !ok {
			continue
		}
		c := axis.column(place, p.left, p.columns)
		for _, row := range p.cells[len(p.cells)-2:] {
			if c < len(row) && row[c].text == m.Glyph && row[c].role == m.Role {
				break // two releases at one time are one mark
			}
			if c < len(row) && row[c].text == "" {
				row[c] = cell{text: m.Glyph, role: m.Role}
				break
			}
		}
	}
}

// paint turns cells into lines; neighbours of one role share one run.
func paint(th *theme.Theme, cells [][]cell) draw.Block {
	block := make(draw.Block, len(cells))
	var b []byte // one buffer for all rows
	for i, row := range cells {
		b = b[:0]
		open := ""
		for _, c := range row {
			text, prefix := c.text, th.Prefix(c.role)
			if text == "" {
				text, prefix = " ", ""
			}
			if prefix != open {
				if open != "" {
					b = append(b, th.Reset()...)
				}
				b = append(b, prefix...)
				open = prefix
			}
			b = append(b, text...)
		}
		if open != "" {
			b = append(b, th.Reset()...)
		}
		block[i] = string(b)
	}
	return block
}
