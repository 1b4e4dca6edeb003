package session_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
)

// day reads a date that the test's author wrote.
func day(tb testing.TB, s string) session.Date {
	tb.Helper()
	d, err := session.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// clock reads a New York wall-clock time that the test's author wrote.
func clock(tb testing.TB, s string) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, session.Zone())
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// anyDate draws a date that the calendar covers, sessions and others.
func anyDate() *rapid.Generator[session.Date] {
	first, last := session.NewDate(2007, time.January, 1), session.NewDate(2027, time.December, 31)
	return rapid.Map(rapid.Int32Range(int32(first), int32(last)), func(d int32) session.Date { return session.Date(d) })
}

// anySession draws one of the calendar's sessions and its place.
func anySession(c *session.Calendar) *rapid.Generator[session.Session] {
	return rapid.SampledFrom(c.Range(c.First().Date, c.Last().Date))
}
