package num

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// Figure is a published number: a decimal rounded half away from zero to a
// fixed number of places, or nothing at all. The zero Figure is nothing; it is
// never shown as zero. Figures are comparable with ==.
type Figure struct {
	scaled int64
	places uint8
	known  bool
}

// NewFigure rounds d half away from zero to places decimals. A value too large
// for 18 digits is nothing.
func NewFigure(d decimal.Decimal, places int32) Figure {
	scaled := d.Round(places).Shift(places)
	if places < 0 || places > 12 || scaled.NumDigits() > 18 {
		return Figure{}
	}
	return Figure{scaled: scaled.IntPart(), places: uint8(places), known: true}
}

// FigureFromFloat publishes a statistic that has no exact decimal value (a
// standard error, a z-score). NaN and infinities are nothing.
func FigureFromFloat(f float64, places int32) Figure {
	if f != f || f > 1e15 || f < -1e15 {
		return Figure{}
	}
	return NewFigure(decimal.NewFromFloat(f), places)
}

// Percent publishes a return as percent with two decimals.
func Percent(r Return) Figure { return Scaled(int64(r), ReturnDigits-2, 2) }

// Count publishes a whole number.
func Count(n int) Figure { return Figure{scaled: int64(n), known: true} }

// Known tells whether there is a number.
func (f Figure) Known() bool { return f.known }

// Places is the number of decimals printed.
func (f Figure) Places() int { return int(f.places) }

// Sign is -1, 0 or +1 of the printed value; 0 also where there is none.
func (f Figure) Sign() int {
	switch {
	case f.scaled < 0:
		return -1
	case f.scaled > 0:
		return 1
	}
	return 0
}

// Decimal is the printed value; zero where there is none.
func (f Figure) Decimal() decimal.Decimal { return decimal.New(f.scaled, -int32(f.places)) }

// Float is the printed value as a float, for charts and bars.
func (f Figure) Float() float64 { return f.Decimal().InexactFloat64() }

// String is the plain decimal text ("-2.05"), never "-0.00", and "" where
// there is no number.
func (f Figure) String() string {
	if !f.known {
		return ""
	}
	return string(f.AppendText(make([]byte, 0, 16)))
}

// AppendText appends the plain decimal text to b.
func (f Figure) AppendText(b []byte) []byte {
	v := f.scaled
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	digits := strconv.AppendInt(make([]byte, 0, 20), v, 10)
	places := int(f.places)
	for len(digits) <= places {
		digits = append([]byte{'0'}, digits...)
	}
	b = append(b, digits[:len(digits)-places]...)
	if places > 0 {
		b = append(b, '.')
		b = append(b, digits[len(digits)-places:]...)
	}
	return b
}

// MarshalJSON writes the text as a JSON string, null where there is none.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.known {
		return []byte("null"), nil
	}
	b := f.AppendText([]byte{'"'})
	return append(b, '"'), nil
}
