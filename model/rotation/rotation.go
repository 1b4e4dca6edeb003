// Package rotation places a ratio of two indices on the rotation map: its
// trend to the right, the momentum of that trend upwards, both around 100.
//
// With RS the ratio, SMA and sd the mean and the sample standard deviation
// (n-1) of the last 14 closes, the formula is
//
//	trend    = 100 + (RS - SMA(RS)) / sd(RS)
//	ROC      = 100 (trend / trend five closes ago - 1)
//	momentum = 100 + (ROC - SMA(ROC)) / sd(ROC)
//
// It is one of the openly published formulas for such maps, not the original
// of any of them. The scale of RS does not matter.
package rotation

import (
	"errors"
	"fmt"
	"math"
)

const (
	window = 14 // closes behind each mean
	lag    = 5  // closes over which the trend's change is taken
	center = 100.0

	// flat is the part of a value by which rounding alone can make equal values
	// differ, with room to spare.
	flat = 1e-12
)

// Needed is the number of closes behind one point of the map.
const Needed = window + lag + window - 1

// ErrFlat is the error of a ratio that does not move: there is no standard
// deviation to measure it by.
var ErrFlat = errors.New("the ratio does not move over 14 closes, so that it has no trend")

// Point is a place on the map.
type Point struct {
	Trend    float64 // above 100: stronger than its own mean
	Momentum float64 // above 100: the trend is gaining
}

// Quadrant is a quarter of the map.
type Quadrant uint8

// The quadrants, in the order in which a full rotation runs through them.
const (
	Improving Quadrant = iota
	Leading
	Weakening
	Lagging
)

// String is the quadrant's name: Improving, Leading, Weakening or Lagging.
func (q Quadrant) String() string {
	switch q {
	case Improving:
		return "Improving"
	case Leading:
		return "Leading"
	case Weakening:
		return "Weakening"
	case Lagging:
		return "Lagging"
	default:
		return "?"
	}
}

// Quadrant is where on the map p lies. A point on a line belongs to the side
// above 100.
func (p Point) Quadrant() Quadrant {
	switch {
	case p.Trend >= center && p.Momentum >= center:
		return Leading
	case p.Trend >= center:
		return Weakening
	case p.Momentum >= center:
		return Improving
	default:
		return Lagging
	}
}

// Trail is the way of a ratio over the map: one point for each of its last n
// closes, oldest first, or fewer where the closes do not reach back so far.
// ratio holds the closes of one index divided by those of the other, oldest
// first. It fails where there are fewer than Needed closes, where one is not a
// positive number, and with ErrFlat.
func Trail(ratio []float64, n int) ([]Point, error) {
	if len(ratio) < Needed {
		return nil, fmt.Errorf("the rotation map needs %d closes and has %d", Needed, len(ratio))
	}
	for i, rs := range ratio {
		if !(rs > 0) || math.IsInf(rs, 1) {
			return nil, fmt.Errorf("close %d of the ratio is %g; it must be a positive number", i+1, rs)
		}
	}
	n = min(max(n, 0), len(ratio)-Needed+1)
	used := ratio[len(ratio)-(n+Needed-1):]

	trend, err := scores(used, flat*used[0])
	if err != nil {
		return nil, err
	}
	change := make([]float64, len(trend)-lag)
	for i := range change {
		change[i] = 100 * (trend[i+lag]/trend[i] - 1)
	}
	momentum, err := scores(change, flat*center)
	if err != nil {
		return nil, err
	}
	points := make([]Point, n)
	for i := range points {
		points[i] = Point{Trend: trend[len(trend)-n+i], Momentum: momentum[len(momentum)-n+i]}
	}
	return points, nil
}

// scores is 100 plus how many standard deviations each value lies above the
// mean of the window that ends with it, from the first full window on. Each
// window is summed afresh: a later close cannot move an earlier score. A
// standard deviation of least or below is ErrFlat.
func scores(values []float64, least float64) ([]float64, error) {
	scored := make([]float64, 0, len(values))
	for end := window; end <= len(values); end++ {
		mean, deviation := meanAndDeviation(values[end-window : end])
		if deviation <= least {
			return nil, ErrFlat
		}
		scored = append(scored, center+(values[end-1]-mean)/deviation)
	}
	return scored, nil
}

func meanAndDeviation(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	var squares float64
	for _, v := range values {
		squares += float64((v - mean) * (v - mean)) // the conversion keeps every processor from fusing the two steps
	}
	return mean, math.Sqrt(squares / float64(len(values)-1))
}
