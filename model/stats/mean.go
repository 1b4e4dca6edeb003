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
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// Mean is the arithmetic mean of xs; there is none of no returns.
func Mean(xs []num.Return) (num.Return, bool) {
	m := num.Mean{Sum: sum(xs), N: len(xs)}
	return m.Return(), m.Known()
}

// WeightedMean is the mean of xs in which xs[i] counts weights[i] times. A
// weight that is not positive leaves its return out. There is none where no
// weight is positive, where the weights' sum has more than 64 bits, or where
// the two slices differ in length.
func WeightedMean(xs []num.Return, weights []num.Dollars) (num.Return, bool) {
	w := Weigh(xs, weights)
	if w.weights == 0 {
		return 0, false
	}
	r := num.Return(w.size.divide(w.weights))
	if w.negative {
		r = -r
	}
	return r, true
}

// Weighted is an exact weighted mean: a sum that has not been divided yet. The
// zero Weighted is the mean of nothing.
type Weighted struct {
	size     wide // of the sum of returns times weights
	negative bool
	weights  uint64 // their sum
}

// Weigh is WeightedMean before it is rounded.
func Weigh(xs []num.Return, weights []num.Dollars) Weighted {
	if len(xs) != len(weights) {
		return Weighted{}
	}
	var gains, losses wide
	var total uint64
	for i, x := range xs {
		if weights[i] <= 0 {
			continue
		}
		weight := uint64(weights[i])
		if total += weight; total < weight {
			return Weighted{}
		}
		if x < 0 {
			losses.addProduct(weight, uint64(-x))
		} else {
			gains.addProduct(weight, uint64(x))
		}
	}
	if gains.less(losses) {
		return Weighted{size: losses.minus(gains), negative: true, weights: total}
	}
	return Weighted{size: gains.minus(losses), weights: total}
}

// Percent publishes the mean as percent with two decimals. What is cut off
// below 1e-10 cannot turn less than a half into a half.
func (w Weighted) Percent() num.Figure {
	if w.weights == 0 {
		return num.Figure{}
	}
	r, _ := bits.Div64(w.size.high, w.size.low, w.weights)
	if w.negative {
		return num.Percent(-num.Return(r))
	}
	return num.Percent(num.Return(r))
}

// MinusPercent publishes the difference w - o in percentage points with two
// decimals; nothing where one of them is missing.
func (w Weighted) MinusPercent(o Weighted) num.Figure {
	if w.weights == 0 || o.weights == 0 {
		return num.Figure{}
	}
	return num.Quotient(w.sum(), wide{low: w.weights}.decimal()).Minus(num.Quotient(o.sum(), wide{low: o.weights}.decimal())).Percent()
}

func (w Weighted) sum() decimal.Decimal {
	if w.negative {
		return w.size.decimal().Neg()
	}
	return w.size.decimal()
}

// sum is the exact sum of xs. It holds 9.2e18 units: 90,000 names at num.MaxReturn.
func sum(xs []num.Return) int64 {
	var total int64
	for _, x := range xs {
		total += int64(x)
	}
	return total
}

// wide is an unsigned 128-bit integer: a market cap times a return needs 70 bits.
type wide struct{ high, low uint64 }

func (w *wide) addProduct(a, b uint64) {
	high, low := bits.Mul64(a, b)
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high, _ = bits.Add64(w.high, high, carry)
}

func (w wide) decimal() decimal.Decimal {
	v := new(big.Int).SetUint64(w.high)
	return decimal.NewFromBigInt(v.Lsh(v, 64).Add(v, new(big.Int).SetUint64(w.low)), 0)
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
