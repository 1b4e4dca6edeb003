package clean

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// maxPower bounds the exponent of a number written by a machine: beyond it no
// price and no count of shares lies.
const maxPower = 30

// maxMachineDigits is how long a number written by a machine may be. A binary
// number needs 17 digits, and a very small one some zeros before them.
const maxMachineDigits = 48

// MachinePrice reads a price that a program printed, as in a vendor's JSON:
// like Price, but an exponent is read (1.5e+02), and digits beyond the 6th
// decimal, which binary arithmetic leaves (20.506000000000004), are rounded
// half away from zero. What is below half a millionth is not positive.
func MachinePrice(s string) (num.Price, error) {
	if p, err := num.ParsePrice(s); err == nil {
		return p, nil // as nearly all are
	}
	d, err := machine(s)
	if err != nil {
		return 0, err
	}
	switch scaled := d.Shift(num.PriceDigits).Round(0); {
	case !scaled.IsPositive():
		return 0, refuse(s, num.ErrNotPositive)
	case scaled.GreaterThan(decimal.NewFromInt(int64(num.MaxPrice))):
		return 0, refuse(s, num.ErrTooLarge)
	default:
		return num.Price(scaled.IntPart()), nil
	}
}

// MachineCount reads a count that a program printed: whole shares from 0 on.
// An exponent is read, and the fraction of a share, which some vendors add up,
// is dropped. The error wraps ErrNotNumber or ErrRange.
func MachineCount(s string) (int64, error) {
	if n, err := Integer(s, 0, maxCount); err == nil {
		return n, nil // as nearly all are
	}
	d, err := machine(s)
	if err != nil {
		return 0, err
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(maxCount)) {
		return 0, refuse(s, ErrRange)
	}
	return d.IntPart(), nil
}

// maxCount is more shares than there are of anything.
const maxCount = math.MaxInt64 / 1000

// machine reads a number in JSON's notation.
func machine(s string) (decimal.Decimal, error) {
	if len(s) > maxMachineDigits {
		return decimal.Decimal{}, refuse(s, ErrRange)
	}
	plain, exponent, scientific := strings.Cut(strings.ReplaceAll(s, "E", "e"), "e")
	d, err := Decimal(plain, math.MaxInt64)
	if err != nil && !scientific {
		return longDecimal(plain)
	}
	if err != nil || !scientific {
		return d, err
	}
	power, err := Integer(strings.TrimPrefix(exponent, "+"), -maxPower, maxPower)
	if err != nil {
		return decimal.Decimal{}, refuse(s, ErrNotNumber)
	}
	return d.Shift(int32(power)), nil
}

// longDecimal reads a plain decimal with more decimals than anybody means.
func longDecimal(s string) (decimal.Decimal, error) {
	if whole, fraction, _ := strings.Cut(s, "."); len(fraction) > maxDigits && allDigits(fraction) {
		return Decimal(whole+"."+fraction[:maxDigits], math.MaxInt64)
	}
	return Decimal(s, math.MaxInt64)
}
