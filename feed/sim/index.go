package sim

import (
	"cmp"
	"math"
	"slices"

	"gyre/model/num"
)

// binMinutes is the length of the bins in which an index's extremes are known.
const binMinutes = 5

// indexRangeSigma is the standard deviation of an index's session as a part
// of its range: 1 over the mean range of a Brownian motion (Feller 1951).
const indexRangeSigma = 0.63

// pin is a level that a path must have at a minute.
type pin struct {
	minute int
	level  num.Price
}

// indexPath is an index's session: Brownian bridges between its open, its
// extremes and its close. The extremes are made within their bins and nowhere
// else.
func indexPath(b *IndexBar, minutes int, d draw) []num.Price {
	path := make([]num.Price, minutes+1)
	pins := b.pins(minutes, &d)
	low, high := b.bounds()
	sigma := indexRangeSigma * float64(high-low) / math.Sqrt(float64(minutes)) / stepSigma
	for k := range len(pins) - 1 {
		bridge(path, pins[k], pins[k+1], sigma, &d)
	}
	for m := range path {
		path[m] = fold(round(path[m]), low+cent, high-cent)
	}
	for _, p := range pins {
		path[p.minute] = p.level
	}
	return path
}

// bounds are the extremes, where they are given.
func (b *IndexBar) bounds() (low, high num.Price) {
	low, high = min(b.Open, b.Close), max(b.Open, b.Close)
	if b.Low > 0 {
		low = min(low, b.Low)
	}
	return low, max(high, b.High)
}

// pins are the known points of the path, ascending.
func (b *IndexBar) pins(minutes int, d *draw) []pin {
	low, high := b.bounds()
	pins := []pin{{0, b.Open}, {minutes, b.Close}}
	for _, e := range [...]struct {
		level num.Price
		from  int
	}{{high, b.HighFrom}, {low, b.LowFrom}} {
		if e.level == b.Open && e.from <= 0 || e.level == b.Close && (e.from < 0 || e.from+binMinutes >= minutes) {
			continue // the open or the close is the extreme
		}
		pins = append(pins, pin{b.free(pins, e.from, minutes, d), e.level})
	}
	slices.SortFunc(pins, func(p, q pin) int { return cmp.Compare(p.minute, q.minute) })
	return pins
}

// free is a minute of the bin that begins at from, or of the whole session
// where from is negative, that no other pin has taken.
func (b *IndexBar) free(taken []pin, from, minutes int, d *draw) int {
	from, width := max(from, 0), binMinutes
	if from+width > minutes || b.HighFrom < 0 || b.LowFrom < 0 {
		width = max(minutes-from, 1)
	}
	m := from + d.below(width)
	for range width {
		if !slices.ContainsFunc(taken, func(p pin) bool { return p.minute == m }) {
			break
		}
		m = from + (m-from+1)%width
	}
	return m
}

// bridge fills path between two pins with a Brownian bridge; sigma is the
// size of one unit of a random step.
func bridge(path []num.Price, from, to pin, sigma float64, d *draw) {
	n := to.minute - from.minute
	walk := make([]int32, n+1)
	for k := 1; k <= n; k++ {
		walk[k] = walk[k-1] + d.step()
	}
	for k := range walk {
		line := from.level + (to.level-from.level)*num.Price(k)/num.Price(n)
		path[from.minute+k] = line + off(walk, k, sigma)
	}
}

// off is how far a walk, tied to zero at its end, is from zero at step k.
func off(walk []int32, k int, sigma float64) num.Price {
	n := len(walk) - 1
	tied := float64(int64(walk[k])*int64(n)-int64(walk[n])*int64(k)) / float64(n)
	return num.Price(tied * sigma)
}

// fold reflects a level at both bounds until it lies between them.
func fold(level, low, high num.Price) num.Price {
	if low >= high {
		return (low + high) / 2
	}
	width := high - low
	x := (level - low) % (2 * width)
	if x < 0 {
		x += 2 * width
	}
	if x > width {
		x = 2*width - x
	}
	return low + x
}
