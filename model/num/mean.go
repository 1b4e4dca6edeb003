package num

import (
	"cmp"
	"math"

	"github.com/shopspring/decimal"
)

// Mean is an exact average of returns: a sum that has not been divided yet, so
// that a difference of two means is rounded once, at the end. The zero Mean is
// the average of nothing.
type Mean struct {
	Sum int64 // of the returns, in units of 1e-10
	N   int
}

// Known tells whether there is an average: of one return or more.
func (m Mean) Known() bool { return m.N > 0 }

// Sign is -1, 0 or 1; 0 where there is no average.
func (m Mean) Sign() int {
	if m.N <= 0 {
		return 0
	}
	return cmp.Compare(m.Sum, 0)
}

// Return is the average rounded half away from zero; 0 where there is none.
func (m Mean) Return() Return {
	if m.N <= 0 {
		return 0
	}
	n := int64(m.N)
	quotient, rest := m.Sum/n, m.Sum%n
	switch {
	case rest > 0 && rest >= n-rest:
		quotient++
	case rest < 0 && -rest >= n+rest:
		quotient--
	}
	return Return(quotient)
}

// Percent publishes the average as percent with two decimals.
func (m Mean) Percent() Figure {
	return m.Points(2)
}

// Minus is the exact difference m - o of two averages, in percentage points;
// it has no value where one of them is missing.
func (m Mean) Minus(o Mean) Difference {
	if m.N <= 0 || o.N <= 0 {
		return Difference{}
	}
	nm, no := decimal.NewFromInt(int64(m.N)), decimal.NewFromInt(int64(o.N))
	return Difference{
		numerator:   decimal.NewFromInt(m.Sum).Mul(no).Sub(decimal.NewFromInt(o.Sum).Mul(nm)),
		denominator: nm.Mul(no),
		known:       true,
	}
}

// MinusPercent is Minus(o).Percent(), and quick where the sums are of usual size.
func (m Mean) MinusPercent(o Mean) Figure {
	if m.N <= 0 || o.N <= 0 || !m.usual() || !o.usual() {
		return m.Minus(o).Percent()
	}
	return Mean{Sum: m.Sum*int64(o.N) - o.Sum*int64(m.N), N: m.N * o.N}.Percent()
}

// usual tells whether products of the sum and another usual count fit 64 bits.
func (m Mean) usual() bool {
	const names, most = 1 << 14, 1 << 47
	return m.N < names && m.Sum > -most && m.Sum < most
}

// Difference is an exact difference of two means, or an exact mean by itself.
type Difference struct {
	numerator, denominator decimal.Decimal
	known                  bool
}

// Quotient is the exact quotient of a sum of returns, in units of 1e-10, and
// what it is to be divided by, which is above zero.
func Quotient(numerator, denominator decimal.Decimal) Difference {
	return Difference{numerator: numerator, denominator: denominator, known: true}
}

// Minus is the exact difference d - o; it has no value where one of them is missing.
func (d Difference) Minus(o Difference) Difference {
	if !d.known || !o.known {
		return Difference{}
	}
	return Difference{
		numerator:   d.numerator.Mul(o.denominator).Sub(o.numerator.Mul(d.denominator)),
		denominator: d.denominator.Mul(o.denominator),
		known:       true,
	}
}

// Known tells whether there is a difference.
func (d Difference) Known() bool { return d.known }

// Sign is -1, 0 or 1; 0 where there is no difference.
func (d Difference) Sign() int { return d.numerator.Sign() }

// Percent publishes the difference as percentage points with two decimals.
func (d Difference) Percent() Figure {
	if !d.known {
		return Figure{}
	}
	return percentOf(d.numerator, d.denominator, 2)
}

// Return is the difference rounded half away from zero; 0 where there is none.
func (d Difference) Return() Return {
	if !d.known {
		return 0
	}
	return Return(d.numerator.DivRound(d.denominator, 0).IntPart())
}

// percentOf is numerator/denominator, returns over a count, in percent.
func percentOf(numerator, denominator decimal.Decimal, places int32) Figure {
	return NewFigure(numerator.Shift(2-ReturnDigits).DivRound(denominator, places), places)
}

// Points publishes the average in percent or percentage points with a given
// number of decimals.
func (m Mean) Points(places int32) Figure {
	const digits = ReturnDigits - 2
	unit, short := unitOf(digits, places)
	switch {
	case m.N <= 0:
		return Figure{}
	case short && m.N <= math.MaxInt/unit:
		return Figure{scaled: int64(Mean{Sum: m.Sum, N: m.N * unit}.Return()), places: uint8(places), known: true}
	}
	return percentOf(decimal.NewFromInt(m.Sum), decimal.NewFromInt(int64(m.N)), places)
}
