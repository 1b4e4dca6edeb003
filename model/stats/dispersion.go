package stats

import (
	"math"

	"gyre/model/num"
)

// madToSigma makes the median absolute deviation of a normal sample an
// estimate of its standard deviation: 1 / Phi^-1(3/4).
const madToSigma = 1.4826

// SD is the sample standard deviation of xs (n-1), as a fraction like
// num.Return.Float. There is none of fewer than two returns.
func SD(xs []num.Return) (float64, bool) {
	if len(xs) < 2 {
		return 0, false
	}
	return math.Sqrt(variance(xs)) / float64(num.ReturnScale), true
}

// MAD is the median absolute deviation of xs from its median; there is none of
// no returns. It works in scratch, which may be of any length.
func MAD(xs, scratch []num.Return) (num.Return, bool) {
	center, ok := Median(xs, scratch)
	if !ok {
		return 0, false
	}
	work := append(scratch[:0], xs...)
	for i, x := range work {
		work[i] = max(x-center, center-x)
	}
	low, high := middle(work)
	return num.Mean{Sum: int64(low) + int64(high), N: 2}.Return(), true
}

// variance is the sample variance (n-1) of two or more returns, in squared
// units. It takes the deviations from the mean first, so that nothing cancels.
func variance(xs []num.Return) float64 {
	mean := float64(sum(xs)) / float64(len(xs))
	var squares float64
	for _, x := range xs {
		deviation := float64(x) - mean
		squares += float64(deviation * deviation) // the conversion keeps every processor from fusing the two steps
	}
	return squares / float64(len(xs)-1)
}
