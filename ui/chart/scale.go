package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// scale maps values to rows: row 0 is the lowest, every row is one step higher.
type scale struct {
	low, step float64
	rows      int
	texts     []string // one a row, from the lowest; "" where the row has none
	width     int      // of the widest text
}

// newScale chooses round labels such that low to high fits into rows.
func newScale(th *theme.Theme, low, high float64, rows, maxWidth int) scale {
	const flat = 1e-9 // a range so small, also against its values, is a constant line
	if high-low <= flat*math.Max(math.Abs(low), 1) {
		// It runs through the middle of a small range of its own.
		room := math.Max(math.Abs(low)*0.001, 0.5)
		low, high = low-room, high+room
	}
	g := roundGrid(low, high, rows)
	// asciigraph leaves a blank before its axis from two characters on.
	s := scale{low: g.first * g.step, step: g.step, rows: rows, texts: make([]string, rows), width: 2}
	places := decimals(g.step * float64(g.every))
	if g.every == 1 {
		places = max(places, decimals(s.low))
	}
	for row := range rows {
		n := g.first + float64(row)
		if g.every > 1 && math.Mod(n, float64(g.every)) != 0 {
			continue
		}
		text := levelText(th, n*g.step, places)
		if utf8.RuneCountInString(text) > maxWidth {
			text = strconv.FormatFloat(n*g.step, 'g', 3, 64)
		}
		s.texts[row] = draw.Cut(th, text, maxWidth)
		s.width = max(s.width, draw.Width(s.texts[row]))
	}
	return s
}

// rowGrid is a choice of rows: row i stands for (first+i)*step, and every so
// many multiples of step there is a label.
type rowGrid struct {
	first, step float64
	every       int
}

// roundGrid finds the finest grid whose labels are round numbers, not too many
// and not too few, and whose rows hold low to high.
func roundGrid(low, high float64, rows int) rowGrid {
	const mostLabels = 9
	const fewRows = 5 // too few to waste them on labels that are multiples of their distance
	fewestLabels := min(max(rows/3, 3), 5)
	spans := math.Max(float64(rows-1), 1)
	best := rowGrid{step: math.Inf(1), every: 1}
	power := math.Pow(10, math.Floor(math.Log10((high-low)/spans)))
	densest := (rows + mostLabels - 1) / mostLabels
	consider := func(g rowGrid) {
		if g.step < best.step && (g.first+spans)*g.step >= high {
			best = g
		}
	}
	for range 4 {
		if rows <= fewRows {
			for _, round := range [...]float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 8} {
				step := round * power
				consider(rowGrid{first: math.Floor(low/power) * power / step, step: step, every: 1})
			}
		} else {
			for _, round := range [...]float64{1, 1.5, 2, 2.5, 3, 4, 5} {
				for every := densest; every <= max(rows/fewestLabels, densest); every++ {
					step := round * power / float64(every)
					consider(rowGrid{first: math.Floor(low / step), step: step, every: every})
				}
			}
		}
		power *= 10
	}
	if rows > fewRows {
		// The rows that the values leave are blank above and below them alike.
		below := math.Round(low/best.step - best.first)
		above := spans - math.Round(high/best.step-best.first)
		best.first -= math.Floor(math.Max(above-below, 0) / 2)
	}
	return best
}

// place is the row of v, as a fraction of rows, kept inside the picture.
func (s scale) place(v float64) float64 {
	return min(max((v-s.low)/s.step, 0), float64(s.rows-1))
}

// text is the label of a row, right-aligned in the scale's width.
func (s scale) text(row int) string {
	if row < 0 || row >= len(s.texts) {
		return draw.Spaces(s.width)
	}
	return draw.Spaces(s.width-draw.Width(s.texts[row])) + s.texts[row]
}

// decimals is how many places a step needs to be told exactly, at most 4.
func decimals(step float64) int32 {
	text := strconv.FormatFloat(step, 'f', 6, 64)
	_, fraction, _ := strings.Cut(text, ".")
	return int32(min(len(strings.TrimRight(fraction, "0")), 4)) //nolint:gosec // 0 to 4
}

func levelText(th *theme.Theme, v float64, places int32) string {
	return draw.LevelText(th, num.NewFigure(decimal.NewFromFloat(v), places))
}
