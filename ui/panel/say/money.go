package say

import (
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Millions is an amount of money in millions with some places: "1,234.5". What
// is too small for them is "<0.1", so that it does not look like nothing.
func Millions(th *theme.Theme, d num.Dollars, places int32) string {
	return amount(th, int64(d), 6, places)
}

// Price is a price with two decimals; "<0.01" below that, "n/a" where there is none.
func Price(th *theme.Theme, p num.Price) string {
	if p <= 0 {
		return draw.Unknown
	}
	return amount(th, int64(p), num.PriceDigits, 2)
}

// amount is value in units of 1e-digits.
func amount(th *theme.Theme, value int64, digits, places int32) string {
	f := num.Scaled(value, digits, places)
	if value > 0 && f.Known() && f.Sign() == 0 {
		return "<" + num.Scaled(1, places, places).String()
	}
	return draw.LevelText(th, f)
}
