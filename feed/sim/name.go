package sim

import (
	"math"

	"gyre/model/num"
)

// The smallest price steps: a cent, and a hundredth of one below a dollar.
const (
	cent    num.Price = num.PriceScale / 100
	subCent num.Price = num.PriceScale / 10_000
)

// A name's own standard deviation as a part of its range, once the market's
// part of that is taken out, which never takes all of its square.
const (
	nameRangeSigma = 0.85
	leastOwn       = 0.02
)

// deviationScale is the unit of the index's deviation from its straight line:
// ten millionths.
const deviationScale = 1e7

// walker makes the paths of names.
type walker struct {
	minutes   int
	deviation []int64 // of the index from its straight line, in 1/deviationScale
	steps     []int32
	printed   []int
}

// newWalker prepares the names' common path from the first index, if any.
func newWalker(minutes int, levels [][]num.Price) *walker {
	w := &walker{
		minutes:   minutes,
		deviation: make([]int64, minutes+1),
		steps:     make([]int32, minutes+1),
		printed:   make([]int, 0, minutes+1),
	}
	if len(levels) == 0 || levels[0][0] <= 0 {
		return w
	}
	level := levels[0]
	for m := range level {
		line := level[0] + (level[minutes]-level[0])*num.Price(m)/num.Price(minutes)
		w.deviation[m] = int64(float64(level[m]-line) / float64(line) * deviationScale)
	}
	return w
}

// write writes the prints of one name to row, which is all zero.
func (w *walker) write(b *Bar, d draw, row []num.Price) {
	first, last := b.first(w.minutes, &d), b.last(w.minutes)
	first = min(first, last)
	w.schedule(b, first, last, &d)
	w.free(b, first, last, &d, row)
	if b.bounded() {
		pinRange(b, w.printed, row, &d)
	}
	row[first], row[last] = b.Open, b.Close
}

// free writes the path as nothing bounds it, at the minutes that print.
func (w *walker) free(b *Bar, first, last int, d *draw, row []num.Price) {
	n := last - first
	steps := w.steps[:n+1]
	for k := 1; k <= n; k++ {
		steps[k] = steps[k-1] + d.step()
	}
	w.follow(b, first, last, row)
	sigma := float64(b.sigma(w.printed, row)) / math.Sqrt(float64(w.minutes)) / stepSigma
	for _, m := range w.printed {
		if n > 0 {
			row[m] += off(steps, m-first, sigma)
		}
		row[m] = max(round(row[m]), subCent)
	}
}

// follow writes what the market alone would do to the name: the straight line
// from its open to its close, off it by as much as the index is off its own.
func (w *walker) follow(b *Bar, first, last int, row []num.Price) {
	n := max(last-first, 1)
	for _, m := range w.printed {
		k := m - first
		line := b.Open + (b.Close-b.Open)*num.Price(k)/num.Price(n)
		market := w.deviation[m] - w.deviation[first] - (w.deviation[last]-w.deviation[first])*int64(k)/int64(n)
		row[m] = line + num.Price(float64(line)*float64(market)/deviationScale)
	}
}

// sigma is the size of the name's own moves over a session: as given, or what
// the market's moves, which row holds, leave of its range.
func (b *Bar) sigma(printed []int, row []num.Price) num.Price {
	if b.Sigma > 0 || !b.bounded() {
		return b.Sigma
	}
	low, high := row[printed[0]], row[printed[0]]
	for _, m := range printed {
		low, high = min(low, row[m]), max(high, row[m])
	}
	all, market := float64(b.High-b.Low), float64(high-low)
	// The conversions keep processors from fusing the products with the
	// difference, which some would and others would not.
	own := math.Sqrt(max(float64(all*all)-float64(market*market), leastOwn*all*all))
	return num.Price(nameRangeSigma * own)
}

// pinRange stretches what lies above the open and the close so that it just
// reaches the high, and what lies below them so that it just reaches the low.
func pinRange(b *Bar, printed []int, row []num.Price, d *draw) {
	upper, lower := max(b.Open, b.Close), min(b.Open, b.Close)
	inner := printed[1:max(len(printed)-1, 1)]
	if len(inner) == 0 {
		return
	}
	top, bottom := inner[0], inner[0]
	for _, m := range inner {
		if row[m] > row[top] {
			top = m
		}
		if row[m] < row[bottom] {
			bottom = m
		}
	}
	up, down := stretch(row[top]-upper, b.High-upper), stretch(lower-row[bottom], lower-b.Low)
	for _, m := range inner {
		p := row[m]
		switch {
		case p > upper:
			p = round(upper + num.Price(float64(p-upper)*up))
		case p < lower:
			p = round(lower - num.Price(float64(lower-p)*down))
		}
		row[m] = min(max(p, b.Low), b.High)
	}
	if top == bottom && len(inner) > 1 { // a flat path: the extremes need a minute each
		bottom = inner[(d.below(len(inner)-1)+1+indexOf(inner, top))%len(inner)]
	}
	row[top], row[bottom] = b.High, b.Low
}

// stretch is the factor that turns have into want.
func stretch(have, want num.Price) float64 {
	if have <= 0 {
		return 0
	}
	return float64(want) / float64(have)
}

// indexOf is the place of m in minutes.
func indexOf(minutes []int, m int) int {
	for i, x := range minutes {
		if x == m {
			return i
		}
	}
	return 0
}

// round rounds a price to the step in which such prices trade.
func round(p num.Price) num.Price {
	step := cent
	if p < num.PriceScale {
		step = subCent
	}
	return (p + step/2) / step * step
}
