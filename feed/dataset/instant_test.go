package dataset

import (
	"testing"
	"time"

	"gyre/model/session"
)

func TestParseInstant(t *testing.T) {
	ny := session.Zone()
	for name, c := range map[string]struct {
		text     string
		want     time.Time
		dateOnly bool
	}{
		"RFC 3339":                  {"2025-03-28T08:30:00-04:00", time.Date(2025, 3, 28, 8, 30, 0, 0, ny), false},
		"in UTC":                    {"2025-03-28T12:30:00Z", time.Date(2025, 3, 28, 8, 30, 0, 0, ny), false},
		"with fractions":            {"2025-03-28T12:30:00.25Z", time.Date(2025, 3, 28, 8, 30, 0, 250_000_000, ny), false},
		"without seconds":           {"2025-03-28T08:30-04:00", time.Date(2025, 3, 28, 8, 30, 0, 0, ny), false},
		"without zone in summer":    {"2025-03-28T08:30:00", time.Date(2025, 3, 28, 12, 30, 0, 0, time.UTC), false},
		"without zone in winter":    {"2025-01-28 08:30", time.Date(2025, 1, 28, 13, 30, 0, 0, time.UTC), false},
		"without zone and seconds":  {"2025-03-28T08:30", time.Date(2025, 3, 28, 8, 30, 0, 0, ny), false},
		"with a space":              {"2025-03-28 08:30:15", time.Date(2025, 3, 28, 8, 30, 15, 0, ny), false},
		"a session":                 {"2025-03-28", time.Date(2025, 3, 28, 16, 0, 0, 0, ny), true},
		"a half day":                {"2024-12-24", time.Date(2024, 12, 24, 13, 0, 0, 0, ny), true},
		"a Sunday":                  {"2025-03-30", time.Date(2025, 3, 30, 16, 0, 0, 0, ny), true},
		"before the calendar":       {"1999-12-31", time.Date(1999, 12, 31, 16, 0, 0, 0, ny), true},
		"the day the clocks change": {"2025-03-09 12:00", time.Date(2025, 3, 9, 16, 0, 0, 0, time.UTC), false},
		"clocks were put back":      {"2025-11-02 01:30", time.Date(2025, 11, 2, 5, 30, 0, 0, time.UTC), false}, // the first of two
		"the first hour after it":   {"2025-11-02 02:00:00", time.Date(2025, 11, 2, 7, 0, 0, 0, time.UTC), false},
		"before the clocks went on": {"2025-03-09 01:59", time.Date(2025, 3, 9, 6, 59, 0, 0, time.UTC), false},
		"after the clocks went on":  {"2025-03-09T03:00", time.Date(2025, 3, 9, 7, 0, 0, 0, time.UTC), false},
	} {
		t.Run(name, func(t *testing.T) {
			got, dateOnly, err := parseInstant(c.text, session.New())
			if err != nil || !got.Equal(c.want) || dateOnly != c.dateOnly || got.Location() != ny {
				t.Errorf("%q is %s, %t, %v; want %s", c.text, got, dateOnly, err, c.want)
			}
		})
	}
	for _, text := range []string{"", "now", "28.03.2025", "2025-3-28", "2025-03-28T", "2025-13-01", "2025-03-28T24:30:00Z", "1743165000", "2025-03-28 8:30 pm", "2025-03-09 02:30", "2025-03-09T02:00:00"} {
		if got, _, err := parseInstant(text, session.New()); err == nil {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}
