package num

import (
	"errors"
	"fmt"
)

// MaxPrice is the largest price taken for one: a thousand million units.
const MaxPrice = 1_000_000_000 * PriceScale

// Reasons why a text is no price.
var (
	ErrNotPlain    = errors.New("a price is written with digits and at most one point, as 20.50")
	ErrPlaces      = errors.New("a price has at most 6 decimals")
	ErrNotPositive = errors.New("a price is above zero")
	ErrTooLarge    = errors.New("a price is at most 1000000000")
)

// maxWholeDigits is enough for MaxPrice and keeps longer texts from overflowing.
const maxWholeDigits = 10

// ParsePrice reads a price in plain decimal notation: ASCII digits with at most
// one point, which has digits on both sides. Signs, exponents, separators,
// hexadecimals, NaN and infinities are no prices. Nothing is rounded: more
// than 6 decimals are refused, be they zeros. The error wraps ErrNotPlain,
// ErrPlaces, ErrNotPositive or ErrTooLarge.
func ParsePrice(s string) (Price, error) {
	p, err := parsePrice(s)
	if err != nil {
		return 0, fmt.Errorf("%.40q: %w", s, err)
	}
	return p, nil
}

func parsePrice(s string) (Price, error) {
	whole, end := digits(s)
	if end == 0 {
		return 0, ErrNotPlain
	}
	var decimals uint64
	places := 0
	if end < len(s) {
		if s[end] != '.' {
			return 0, ErrNotPlain
		}
		decimals, places = digits(s[end+1:])
		if places == 0 || end+1+places != len(s) {
			return 0, ErrNotPlain
		}
	}
	if places > PriceDigits {
		return 0, ErrPlaces
	}
	for ; end > maxWholeDigits && s[0] == '0'; end-- {
		s = s[1:]
	}
	if end > maxWholeDigits {
		return 0, ErrTooLarge
	}
	for ; places < PriceDigits; places++ {
		decimals *= 10
	}
	switch p := Price(whole)*PriceScale + Price(decimals); {
	case p > MaxPrice:
		return 0, ErrTooLarge
	case p == 0:
		return 0, ErrNotPositive
	default:
		return p, nil
	}
}

// digits reads the digits that s begins with and counts them. The value means
// something only for as many as a price may have.
func digits(s string) (value uint64, count int) {
	for count < len(s) && s[count] >= '0' && s[count] <= '9' {
		value = value*10 + uint64(s[count]-'0')
		count++
	}
	return value, count
}
