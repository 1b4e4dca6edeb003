package model

import (
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// reading is a release as it was printed, taken apart: "-$123.5bn" is -123.5 in
// bn of money, "225k" is 225 in k, "0.4%" is 0.4 in %.
type reading struct {
	value decimal.Decimal
	money bool
	unit  string
}

// surprise is actual - consensus in the unit of the consensus, with as many
// decimals as the finer of the two: 1.02M against 990k is 30 k. There is none
// where one of them is no plain number (a range, a headline) or where their
// units do not compare.
func surprise(actual, consensus string) (num.Figure, string) {
	a, okA := read(actual)
	c, okC := read(consensus)
	if !okA || !okC || a.money != c.money {
		return num.Figure{}, ""
	}
	if a.unit != c.unit {
		powerA, powerC := magnitude(a.unit), magnitude(c.unit)
		if powerA == 0 || powerC == 0 {
			return num.Figure{}, ""
		}
		a.value = a.value.Shift(powerA - powerC)
	}
	f := num.NewFigure(a.value.Sub(c.value), max(-a.value.Exponent(), -c.value.Exponent(), 0))
	if !f.Known() {
		return num.Figure{}, ""
	}
	return f, c.unit
}

// maxReading is the longest text that is taken for a number.
const maxReading = 24

// read takes a printed release apart. It knows plain decimals only: no
// separators of thousands, which elsewhere are decimal commas.
func read(s string) (reading, bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxReading {
		return reading{}, false
	}
	s = strings.Replace(s, "\u2212", "-", 1)
	s, negative := strings.CutPrefix(s, "-")
	if !negative {
		s = strings.TrimPrefix(s, "+")
	}
	s, money := strings.CutPrefix(s, "$")
	digits := strings.TrimRight(s, "% abkmnptBKMT")
	unit := strings.TrimSpace(s[len(digits):])
	if unit != "" && unit != "%" && unit != "bp" && unit != "pp" && magnitude(unit) == 0 {
		return reading{}, false
	}
	if strings.Trim(digits, "0123456789.") != "" || !strings.ContainsAny(digits, "0123456789") {
		return reading{}, false
	}
	value, err := decimal.NewFromString(digits)
	if err != nil {
		return reading{}, false
	}
	if negative {
		value = value.Neg()
	}
	return reading{value: value, money: money, unit: unit}, true
}

// magnitude is the power of ten that a suffix stands for, 0 where it is none.
func magnitude(unit string) int32 {
	switch strings.ToLower(unit) {
	case "k":
		return 3
	case "m":
		return 6
	case "b", "bn":
		return 9
	case "tn":
		return 12
	default:
		return 0
	}
}
