package wire

import (
	"fmt"
	"strings"
	"time"

	"gyre/feed/clean"
)

// monthCodes are the letters of the months in the names of futures.
const monthCodes = "FGHJKMNQUVXZ"

// Contract is the month that a fed-funds contract settles: ZQ, the letter of
// the month and the year with one, two or four digits. A single digit means
// the year that is nearest to at.
func Contract(symbol string, at time.Time) (year int, month time.Month, err error) {
	wrong := fmt.Errorf("sym %s is no fed-funds contract; write it as ZQZ25", shown([]byte(symbol)))
	code, ok := strings.CutPrefix(symbol, "ZQ")
	if !ok || code == "" {
		return 0, 0, wrong
	}
	month = time.Month(strings.IndexByte(monthCodes, code[0]) + 1)
	digits := code[1:]
	n, err := clean.Integer(digits, 0, lastYear)
	if month == 0 || err != nil || strings.HasPrefix(digits, "-") {
		return 0, 0, wrong
	}
	switch year = int(n); len(digits) {
	case 1:
		const decade = 10
		near := at.Year()
		year += near - near%decade
		if year > near+decade/2 {
			year -= decade
		} else if year <= near-decade/2 {
			year += decade
		}
	case 2:
		year += at.Year() - at.Year()%100
	case 4:
	default:
		return 0, 0, wrong
	}
	if year < firstYear || year >= lastYear {
		return 0, 0, wrong
	}
	return year, month, nil
}
