package num

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// MaxDollars is the largest amount taken for one, 90 trillion: more than any
// company is worth or trades in a day, and a hundred thousand of them add up
// without overflowing.
const MaxDollars Dollars = 90_000_000_000_000

// Cap is the value of shares at p, rounded half away from zero to whole
// dollars and at most MaxDollars. Missing and negative inputs are worth nothing.
func Cap(shares int64, p Price) Dollars {
	if shares <= 0 || p <= 0 {
		return 0
	}
	return min(Dollars(scaled(uint64(shares), uint64(p), uint64(PriceScale))), MaxDollars)
}

// Bounded is d held within MaxDollars on both sides of zero.
func (d Dollars) Bounded() Dollars { return max(-MaxDollars, min(d, MaxDollars)) }

// Share publishes part/whole in percent; nothing where whole is not above zero.
func Share[T ~int | ~int64](part, whole T, places int32) Figure {
	if whole <= 0 {
		return Figure{}
	}
	percent := decimal.NewFromInt(int64(part)).Shift(2)
	return NewFigure(percent.DivRound(decimal.NewFromInt(int64(whole)), places), places)
}

// Fraction is part/whole in units of 1e-10, rounded half away from zero. Both
// are above zero; a fraction beyond the range is held at its end.
func Fraction(part, whole Dollars) int64 {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return int64(scaled(uint64(part), uint64(ReturnScale), uint64(whole)))
}

// Scale is p*numerator/denominator, rounded half away from zero: a price after
// a split. It is false where an input is not above zero or the result is no
// price.
func (p Price) Scale(numerator, denominator int64) (Price, bool) {
	if p <= 0 || numerator <= 0 || denominator <= 0 {
		return 0, false
	}
	v := scaled(uint64(p), uint64(numerator), uint64(denominator))
	return Price(v), v > 0 && v <= uint64(MaxPrice)
}

// scaled is a*b/c rounded half up through 128 bits, at most math.MaxInt64.
func scaled(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi >= c {
		return math.MaxInt64
	}
	quotient, rest := bits.Div64(hi, lo, c)
	if rest >= c-rest {
		quotient++
	}
	return min(quotient, math.MaxInt64)
}

// Shares is a number of shares after a split of numerator for denominator,
// rounded half away from zero; it is n where the ratio is none.
func Shares(n, numerator, denominator int64) int64 {
	if n <= 0 || numerator <= 0 || denominator <= 0 {
		return n
	}
	return int64(scaled(uint64(n), uint64(numerator), uint64(denominator)))
}
