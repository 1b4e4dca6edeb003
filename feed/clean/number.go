package clean

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// The reasons for which a number is refused.
var (
	ErrNotNumber = errors.New("not a plain decimal number")
	ErrRange     = errors.New("out of range")
)

// maxDigits is how many digits a number may have on either side of its point.
const maxDigits = 18

// Price reads a positive price as num.ParsePrice does, and its errors are that
// one's; a negative price is num.ErrNotPositive.
func Price(s string) (num.Price, error) {
	p, err := num.ParsePrice(s)
	if err != nil && strings.HasPrefix(s, "-") {
		if _, err := num.ParsePrice(s[1:]); err == nil {
			return 0, fmt.Errorf("%.40q: %w", s, num.ErrNotPositive)
		}
	}
	return p, err
}

// Integer reads a whole number from lo to hi, written with ASCII digits and
// perhaps a minus sign. The error wraps ErrNotNumber or ErrRange.
func Integer(s string, lo, hi int64) (int64, error) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" {
		return 0, refuse(s, ErrNotNumber)
	}
	if len(digits) > maxDigits {
		if !allDigits(digits) {
			return 0, refuse(s, ErrNotNumber)
		}
		return 0, refuse(s, ErrRange)
	}
	var n int64
	for i := range len(digits) {
		c := digits[i] - '0'
		if c > 9 {
			return 0, refuse(s, ErrNotNumber)
		}
		n = n*10 + int64(c)
	}
	if len(digits) < len(s) {
		n = -n
	}
	if n < lo || n > hi {
		return 0, refuse(s, ErrRange)
	}
	return n, nil
}

// Decimal reads a decimal number from -limit to limit in plain notation:
// digits, perhaps a minus sign before them, perhaps a point between them. No
// exponent, no plus sign, no thousands separators, no names for what is not
// finite. The error wraps ErrNotNumber or ErrRange.
func Decimal(s string, limit int64) (decimal.Decimal, error) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if !allDigits(whole) || point && !allDigits(fraction) {
		return decimal.Decimal{}, refuse(s, ErrNotNumber)
	}
	if len(whole) > maxDigits || len(fraction) > maxDigits {
		return decimal.Decimal{}, refuse(s, ErrRange)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Decimal{}, refuse(s, ErrNotNumber)
	}
	if d.Abs().GreaterThan(decimal.NewFromInt(limit)) {
		return decimal.Decimal{}, refuse(s, ErrRange)
	}
	return d, nil
}

// allDigits tells whether s is one ASCII digit or more.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// refuse names the refused text, which is itself from outside.
func refuse(s string, reason error) error {
	text, _ := Text(s)
	return fmt.Errorf("%q is %w", text, reason)
}
