package session

import (
	"fmt"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// NewDate is the civil date of year y, month m, day d. Days and months out of
// range roll over as in time.Date: 31 February is 2 or 3 March.
func NewDate(y int, m time.Month, d int) Date {
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// DateOf is the civil date that New York's calendars show at t.
func DateOf(t time.Time) Date {
	_, offset := t.In(Zone()).Zone()
	seconds := t.Unix() + int64(offset)
	days := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		days--
	}
	return Date(days)
}

// ParseDate reads a date written as 2006-01-02, and in no other way.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date; write it as 2025-03-28: %w", s, err)
	}
	return NewDate(t.Date()), nil
}

// String is the date as 2006-01-02, and "" for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Time is the midnight with which the date begins in New York.
func (d Date) Time() time.Time { return d.At(0, 0) }

// At is the instant at which New York's clocks show hour:minute on the date.
func (d Date) At(hour, minute int) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, hour, minute, 0, 0, Zone())
}

// Civil is the date's year, month and day of the month.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday is the date's day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays is the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths is the same day n months later, or earlier where n is negative. A
// day that the month does not have becomes its last one: one month before
// 31 March is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	first := NewDate(y, m+time.Month(n), 1)
	last := NewDate(y, m+time.Month(n)+1, 1) - 1
	return min(first+Date(day-1), last)
}

// utc is the date's midnight in UTC, where every day has 24 hours and
// arithmetic on dates cannot meet a clock change.
func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }
