package stats

import "math"

// Beta is the slope of ys on xs by ordinary least squares: how far ys usually
// moves when xs moves by one. There is none of two values or fewer, of lengths
// that differ, and where xs never moves.
func Beta(ys, xs []float64) (float64, bool) {
	if len(xs) < 3 || len(ys) != len(xs) {
		return 0, false
	}
	own := products(xs, xs)
	if !(own > 0) {
		return 0, false
	}
	beta := products(xs, ys) / own
	return beta, !math.IsInf(beta, 0) && !math.IsNaN(beta)
}

// SumBetaWeights are what the returns of a name are to be multiplied with, one
// by one, for the sum of its betas on the market's return of the same day and of
// the day before (Dimson 1979): a name that trades seldom follows a day late.
// market holds one return more than there are weights: the first is only the day
// before the second. There are none with fewer than four weights, and where the
// two columns do not determine two betas.
func SumBetaWeights(market []float64) ([]float64, bool) {
	n := len(market) - 1
	if n < 4 {
		return nil, false
	}
	same, before := market[1:], market[:n]
	ss, bb, sb := products(same, same), products(before, before), products(same, before)
	determinant := float64(ss*bb) - float64(sb*sb)
	const least = 1e-9 // of the product of the variances: below, one column tells the other
	if !(determinant > least*ss*bb) || math.IsInf(determinant, 0) {
		return nil, false
	}
	meanSame, meanBefore := meanOf(same), meanOf(before)
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = (float64((same[i]-meanSame)*(bb-sb)) + float64((before[i]-meanBefore)*(ss-sb))) / determinant
	}
	return weights, true
}

// products is the sum of the products of deviations from the means.
func products(xs, ys []float64) float64 {
	meanX, meanY := meanOf(xs), meanOf(ys)
	var sum float64
	for i := range xs {
		sum += float64((xs[i] - meanX) * (ys[i] - meanY)) // the conversion keeps every processor from fusing the two steps
	}
	return sum
}

func meanOf(xs []float64) float64 {
	var sum float64
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
