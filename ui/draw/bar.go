package draw

import (
	"math"
	"strings"

	"gyre/ui/theme"
)

// Bar draws |value| as a bar of at most w cells, where scale is the value of a
// full bar. A value that is not zero has at least half a cell; NaN, and a
// scale that is not positive, have none. The bar is not padded.
func Bar(th *theme.Theme, role theme.Role, value, scale float64, w int) string {
	value = math.Abs(value)
	if !(value > 0) || !(scale > 0) || w <= 0 {
		return ""
	}
	halves := int(math.Round(min(value/scale, 1) * float64(2*w)))
	halves = max(halves, 1)
	bar := strings.Repeat(th.Glyph.Bar, halves/2)
	if halves%2 == 1 {
		bar += th.Glyph.HalfBar
	}
	return th.Paint(role, bar)
}

// Spark draws values as a line of at most w cells, newest at the right, one
// cell a value; NaN is blank. It is not padded.
func Spark(th *theme.Theme, role theme.Role, values []float64, w int) string {
	if w <= 0 {
		return ""
	}
	values = values[max(len(values)-w, 0):]
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			low, high = min(low, v), max(high, v)
		}
	}
	steps := th.Glyph.Spark
	var b strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v) || math.IsInf(v, 0):
			b.WriteByte(' ')
		case high > low:
			// Both halves are scaled down first, so that the largest floats do not overflow.
			place := (v/2 - low/2) / (high/2 - low/2)
			b.WriteString(steps[int(math.Round(place*float64(len(steps)-1)))])
		default:
			b.WriteString(steps[len(steps)/2])
		}
	}
	return th.Paint(role, b.String())
}
