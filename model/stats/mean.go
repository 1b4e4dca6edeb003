// Package stats holds the statistics behind the figures: what a group of
// names did, how sure that is, and how unusual.
//
// Returns go in and come out as fixed-point integers. Sums are exact and
// independent of the order of the names; a result that is no whole number of
// units is rounded half away from zero, ten thousand times finer than what is
// printed. Functions that reorder their data work in a scratch slice of the
// caller's, so that a busy caller need not allocate.
package stats

import (
	"math/bits"

	"gyre/model/num"
)

// Mean is the arithmetic mean of xs; there is none of no returns.
func Mean(xs []num.Return) (num.Return, bool) {
	if len(xs) == 0 {
		return 0, false
	}
	return divide(sum(xs), len(xs)), true
}

// WeightedMean is the mean of xs in which xs[i] counts weights[i] times. A
// weight that is not positive leaves its return out. There is none where no
// weight is positive, where the weights' sum has more than 64 bits, or where
// the two slices differ in length.
func WeightedMean(xs []num.Return, weights []num.Dollars) (num.Return, bool) {
	if len(xs) != len(weights) {
		return 0, false
	}
	var gains, losses wide
	var total uint64
	for i, x := range xs {
		if weights[i] <= 0 {
			continue
		}
		weight := uint64(weights[i])
		if total += weight; total < weight {
			return 0, false
		}
		if x < 0 {
			losses.addProduct(weight, uint64(-x))
		} else {
			gains.addProduct(weight, uint64(x))
		}
	}
	if total == 0 {
		return 0, false
	}
	if gains.less(losses) {
		return -num.Return(losses.minus(gains).divide(total)), true
	}
	return num.Return(gains.minus(losses).divide(total)), true
}

// sum is the exact sum of xs. It holds 9.2e18 units: 20,000 names at +4,000,000 %.
func sum(xs []num.Return) int64 {
	var total int64
	for _, x := range xs {
		total += int64(x)
	}
	return total
}

// divide is total/n, rounded half away from zero.
func divide(total int64, n int) num.Return {
	quotient, rest := total/int64(n), total%int64(n)
	switch {
	case 2*rest >= int64(n):
		quotient++
	case -2*rest >= int64(n):
		quotient--
	}
	return num.Return(quotient)
}

// wide is an unsigned 128-bit integer: a market cap times a return needs 70 bits.
type wide struct{ high, low uint64 }

func (w *wide) addProduct(a, b uint64) {
	high, low := bits.Mul64(a, b)
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high, _ = bits.Add64(w.high, high, carry)
}

func (w wide) less(v wide) bool {
	return w.high < v.high || w.high == v.high && w.low < v.low
}

func (w wide) minus(v wide) wide {
	low, borrow := bits.Sub64(w.low, v.low, 0)
	high, _ := bits.Sub64(w.high, v.high, borrow)
	return wide{high, low}
}

// divide is w/n rounded half up. A weighted mean never exceeds the largest
// return, so the quotient fits: high is below n.
func (w wide) divide(n uint64) uint64 {
	quotient, rest := bits.Div64(w.high, w.low, n)
	if rest >= n-rest {
		quotient++
	}
	return quotient
}
