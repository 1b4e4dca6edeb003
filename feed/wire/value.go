package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gyre/feed/clean"
	"gyre/model/num"
	"gyre/model/session"
)

// value is one JSON value as it stands in a valid line.
type value []byte

// Bounds of moments and dates. A moment in seconds or milliseconds instead of
// nanoseconds lies before the first of them.
const (
	firstYear = 1990
	lastYear  = 2200
)

// earliest is the first moment taken for one: 1990 in nanoseconds.
const earliest = 631_152_000_000_000_000

var (
	errNotNumber  = errors.New("is not a number; write digits without quotes, as 20.50")
	errNotString  = errors.New(`is not text; write it in quotes`)
	errNotFlag    = errors.New("is neither true nor false")
	errNotList    = errors.New(`is not a list of texts; write ["I"]`)
	errNull       = errors.New("is null; leave out what is not known")
	errExponent   = errors.New("has an exponent; write it as a plain decimal number")
	errNotNanos   = errors.New("is not a moment; write nanoseconds since 1970, as 1743191999900000000")
	errNotDate    = errors.New("is not a date; write it as 2025-03-28")
	errNotClean   = errors.New("holds characters that do not belong there")
	errEmpty      = errors.New("is empty")
	errConditions = errors.New("has more than 16 entries")
)

// digits is the text of a number.
func (v value) digits() (string, error) {
	switch c := v[0]; {
	case c == 'n':
		return "", errNull
	case c != '-' && (c < '0' || c > '9'):
		return "", errNotNumber
	case bytes.ContainsAny(v, "eE"):
		return "", errExponent
	}
	return string(v), nil
}

// price is a positive price. Digits beyond the 6th decimal are rounded away.
func (v value) price() (num.Price, error) {
	s, err := v.digits()
	if err != nil {
		return 0, err
	}
	p, err := clean.Price(s)
	if errors.Is(err, num.ErrPlaces) {
		return clean.MachinePrice(s)
	}
	return p, err
}

// count is a whole number from 0 on. What a vendor counts in parts of a share
// is taken without the part.
func (v value) count() (int64, error) {
	s, err := v.digits()
	if err != nil {
		return 0, err
	}
	if n, err := clean.Integer(s, 0, maxCount); err == nil {
		return n, nil
	}
	return clean.MachineCount(s)
}

// dollars is an amount of money, rounded to whole dollars.
func (v value) dollars() (num.Dollars, error) {
	s, err := v.digits()
	if err != nil {
		return 0, err
	}
	d, err := clean.Decimal(s, int64(num.MaxDollars))
	return num.Dollars(d.Round(0).IntPart()), err
}

// moment is a number of nanoseconds since 1970.
func (v value) moment() (time.Time, error) {
	s, err := v.digits()
	if err != nil {
		return time.Time{}, err
	}
	nanos, err := strconv.ParseInt(s, 10, 64)
	t := time.Unix(0, nanos).UTC()
	if err != nil || !plausible(t) {
		return time.Time{}, errNotNanos
	}
	return t, nil
}

// plausible tells whether t is a moment that a market can have.
func plausible(t time.Time) bool { return t.UnixNano() >= earliest && t.Year() < lastYear }

// text is clean text. Whether there is anything left of it is not its business.
func (v value) text() (string, error) {
	s, err := v.unquote()
	if err != nil {
		return "", err
	}
	s, _ = clean.Text(s)
	return s, nil
}

// name is text by which something is found or told apart: it must be clean as
// it is, lest one name be taken for another.
func (v value) name() (string, error) {
	s, err := v.unquote()
	if err != nil {
		return "", err
	}
	return s, properName(s)
}

func properName(s string) error {
	if s == "" {
		return errEmpty
	}
	if _, changed := clean.Text(s); changed {
		return errNotClean
	}
	return nil
}

// unquote is the text of a JSON string.
func (v value) unquote() (string, error) {
	switch {
	case v[0] == 'n':
		return "", errNull
	case v[0] != '"':
		return "", errNotString
	case bytes.IndexByte(v, '\\') < 0:
		return string(v[1 : len(v)-1]), nil
	}
	var s string
	err := json.Unmarshal(v, &s)
	return s, err
}

// date is a date of the calendar.
func (v value) date() (session.Date, error) {
	s, err := v.unquote()
	if err != nil {
		return 0, err
	}
	d, err := session.ParseDate(s)
	if err != nil || !plausibleDate(d) {
		return 0, errNotDate
	}
	return d, nil
}

func plausibleDate(d session.Date) bool {
	year, _, _ := d.Civil()
	return year >= firstYear && year < lastYear
}

// flag is true or false.
func (v value) flag() (bool, error) {
	switch v[0] {
	case 't':
		return true, nil
	case 'f':
		return false, nil
	}
	return false, errNotFlag
}

// maxConditions is how many sale conditions a trade may have.
const maxConditions = 16

// names is a list of names.
func (v value) names() ([]string, error) {
	if v[0] != '[' {
		return nil, errNotList
	}
	var list []string
	inner := cursor{text: v, at: 1}
	for inner.skipSpace(); inner.text[inner.at] != ']'; inner.next() {
		entry, err := inner.value()
		if err != nil {
			return nil, err
		}
		name, err := entry.name()
		if err != nil {
			return nil, fmt.Errorf("has an entry that %w", err)
		}
		if list = append(list, name); len(list) > maxConditions {
			return nil, errConditions
		}
	}
	return list, nil
}

// shown is text from a line as an error message may quote it.
func shown(text []byte) string {
	s, _ := clean.Text(string(text))
	return strconv.Quote(s)
}

// appendText writes clean text as JSON.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	if strings.ContainsAny(s, `"\`) {
		s = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	}
	b = append(b, s...)
	return append(b, '"')
}

// appendPrice writes p as a plain decimal number without needless zeros.
func appendPrice(b []byte, p num.Price) []byte {
	b = strconv.AppendInt(b, int64(p/num.PriceScale), 10)
	fraction := int64(p % num.PriceScale)
	if fraction == 0 {
		return b
	}
	b = append(b, '.')
	digits := strconv.AppendInt(nil, fraction+int64(num.PriceScale), 10)[1:]
	return append(b, bytes.TrimRight(digits, "0")...)
}
