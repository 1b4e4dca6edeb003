package stats

import (
	"math"

	"gyre/model/num"
)

// minWelch is the smallest group that Welch compares. With four degrees of
// freedom or more the quantile below is right to three digits.
const minWelch = 5

// Welch compares the means of two groups whose spreads may differ: the t
// statistic of mean(a) - mean(b) and the 95 % confidence interval of that
// difference, by Welch (1947) with the Welch-Satterthwaite degrees of freedom.
// There is none where a group has fewer than five returns or neither varies.
func Welch(a, b []num.Return) (t float64, low, high num.Return, ok bool) {
	if len(a) < minWelch || len(b) < minWelch {
		return 0, 0, 0, false
	}
	na, nb := float64(len(a)), float64(len(b))
	va, vb := variance(a)/na, variance(b)/nb
	if va+vb == 0 {
		return 0, 0, 0, false
	}
	difference := float64(sum(a))/na - float64(sum(b))/nb
	deviation := math.Sqrt(va + vb)
	freedom := (va + vb) * (va + vb) / (va*va/(na-1) + vb*vb/(nb-1))
	reach := studentQuantile(freedom) * deviation
	return difference / deviation, num.Return(math.Round(difference - reach)), num.Return(math.Round(difference + reach)), true
}

// studentQuantile is the 97.5 % quantile of Student's t distribution, expanded
// around the normal one (Abramowitz and Stegun 26.7.5).
func studentQuantile(freedom float64) float64 {
	const (
		x  = 1.959963984540054 // the normal quantile
		x2 = x * x
		g1 = x * (x2 + 1) / 4
		g2 = x * ((5*x2+16)*x2 + 3) / 96
		g3 = x * (((3*x2+19)*x2+17)*x2 - 15) / 384
		g4 = x * ((((79*x2+776)*x2+1482)*x2-1920)*x2 - 945) / 92160
	)
	inverse := 1 / freedom
	return x + inverse*(g1+inverse*(g2+inverse*(g3+inverse*g4)))
}
