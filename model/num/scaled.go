package num

import "github.com/shopspring/decimal"

// Scaled publishes value units of 10^-digits with places decimals, rounded
// half away from zero. It is NewFigure of that number, and quick where places
// are fewer than digits.
func Scaled(value int64, digits, places int32) Figure {
	unit, short := unitOf(digits, places)
	if !short {
		return NewFigure(decimal.New(value, -digits), places)
	}
	return Figure{scaled: int64(Mean{Sum: value, N: unit}.Return()), places: uint8(places), known: true}
}

// unitOf is how many units of 10^-digits one of 10^-places has; false where
// that takes more than whole numbers of usual size.
func unitOf(digits, places int32) (unit int, ok bool) {
	const most = 12
	if places < 0 || places >= digits || digits > most {
		return 0, false
	}
	unit = 1
	for range digits - places {
		unit *= 10
	}
	return unit, true
}
