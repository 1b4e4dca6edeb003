package importer

import (
	"errors"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/model/num"
)

// maxNumber bounds every number of a file: market caps in any currency.
const maxNumber = 1_000_000_000_000_000

// style is how a file writes its numbers: which of . and , is the decimal
// point. The other one, apostrophes and blanks stand between thousands.
type style struct{ point byte }

// vote counts how often a sample of numbers can be read in one way only.
type vote struct{ point, comma int }

// take looks at one number.
func (v *vote) take(s string) {
	s = trim(s)
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return
	}
	sign := s[last]
	other := byte('.' + ',' - rune(sign))
	decimalMark := sign
	switch {
	case strings.IndexByte(s, other) >= 0:
	case strings.Count(s, string(sign)) > 1:
		decimalMark = other // it stands between thousands
	case len(s)-last-1 == 3:
		return // 1,234 or 1.234
	}
	if decimalMark == '.' {
		v.point++
	} else {
		v.comma++
	}
}

// style is what most of the sample says.
func (v *vote) style() style {
	if v.comma > v.point {
		return style{','}
	}
	return style{'.'}
}

// plain is a number in plain notation, "" where the field has none.
func (s style) plain(text string) string {
	text = trim(text)
	if text == "-" || text == "--" {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == rune(s.point):
			return '.'
		case strings.ContainsRune(".,'’ \u00a0\u202f", r):
			return -1
		default:
			return r
		}
	}, text)
}

// number reads a decimal number; ok is false where there is none.
func (s style) number(text string) (value decimal.Decimal, ok bool) {
	value, err := clean.Decimal(s.plain(text), maxNumber)
	return value, err == nil
}

// undecorated is a number without the signs that vendors put on it for the
// reader's sake: a currency sign before it, a percent sign behind, thousands
// commas.
func undecorated(text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(trim(text), "$"), "%")
	return strings.ReplaceAll(text, ",", "")
}

// price reads a price. Files written by way of binary floating point carry its
// noise (1750.72998046875 for 1750.73): such a number is read as the shortest
// one that the same binary number stands for, and rounded to what a price has.
func price(text string) (num.Price, error) {
	p, err := clean.Price(text)
	if !errors.Is(err, num.ErrPlaces) {
		return p, err
	}
	if wide, err := strconv.ParseFloat(text, 64); err == nil && float64(float32(wide)) == wide {
		text = strconv.FormatFloat(wide, 'f', -1, 32)
	}
	exact, err := clean.Decimal(text, int64(num.MaxPrice/num.PriceScale))
	if err != nil {
		return 0, err
	}
	return clean.Price(exact.Round(num.PriceDigits).String())
}
