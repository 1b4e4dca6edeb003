package dataset

import (
	"fmt"
	"time"

	"gyre/model/session"
)

// closingHour is when known_at falls on a date that is no session.
const closingHour = 16

// parseInstant reads a moment: RFC 3339, the same without zone (New York's
// clocks), or a date alone, which means the close of that session (16:00 where
// it is none) and is told by dateOnly. Seconds may be left out.
func parseInstant(s string, calendar *session.Calendar) (t time.Time, dateOnly bool, err error) {
	if len(s) == len(time.DateOnly) {
		d, err := session.ParseDate(s)
		if err != nil {
			return time.Time{}, true, err
		}
		if on, ok := calendar.On(d); ok {
			return on.Closes, true, nil
		}
		return d.At(closingHour, 0), true, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err = time.Parse(layout, s); err == nil {
			return t.In(session.Zone()), false, nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04"} {
		if t, err = time.ParseInLocation(layout, s, session.Zone()); err == nil {
			return t, false, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("%q is not a time; write it as 2025-03-28T08:30:00-04:00: %w", s, err)
}
