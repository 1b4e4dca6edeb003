package dataset

import (
	"errors"
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
	if t, err = ParseLocal(s); err == nil || errors.Is(err, ErrSkipped) {
		return t, false, err
	}
	return time.Time{}, false, fmt.Errorf("%q is not a time; write it as 2025-03-28T08:30:00-04:00", s)
}

// ErrSkipped is a time that New York's clocks never showed, as they were put
// forward.
var ErrSkipped = errors.New("clocks in New York were put forward over that time")

// ParseLocal reads a time on New York's clocks, such as "2025-03-28 08:30", with
// seconds or without, with a space or a T between date and time. Of a time that
// comes twice, when clocks are put back, it is the first; one that never came is
// ErrSkipped.
func ParseLocal(s string) (time.Time, error) {
	var err error
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04"} {
		var t, naive time.Time
		if naive, err = time.Parse(layout, s); err != nil {
			continue
		}
		if t, err = time.ParseInLocation(layout, s, session.Zone()); err != nil {
			continue
		}
		if shown := t.Format(layout); shown != naive.Format(layout) {
			return time.Time{}, fmt.Errorf("there was no %s: %w", naive.Format(layout), ErrSkipped)
		} else if before := t.Add(-time.Hour); before.Format(layout) == shown {
			t = before
		}
		return t, nil
	}
	return time.Time{}, err
}
