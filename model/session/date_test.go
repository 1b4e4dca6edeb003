package session_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
)

func TestDateTextIsStrict(t *testing.T) {
	for _, text := range []string{
		"", "28.03.2025", "2025-3-28", "2025-03-8", "25-03-28", "2025-02-29", "2025-13-01", "2025-03-32",
		"2025-03-28 ", " 2025-03-28", "2025-03-28T00:00:00Z", "2025/03/28", "20250328", "-025-03-28",
	} {
		if d, err := session.ParseDate(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
	if got := day(t, "2024-02-29"); got != session.NewDate(2024, time.February, 29) {
		t.Errorf("the leap day was read as %s", got)
	}
}

func TestDateCountsDaysSince1970(t *testing.T) {
	for text, want := range map[string]session.Date{
		"1970-01-02": 1,
		"1969-12-31": -1,
		"2000-01-01": 10957, // the well-known offset of the millennium
		"2025-03-28": 20175,
	} {
		if got := day(t, text); got != want {
			t.Errorf("%s is day %d, want %d", text, got, want)
		}
	}
}

func TestZeroDateIsNone(t *testing.T) {
	if got := session.Date(0).String(); got != "" {
		t.Errorf("the zero date prints %q, want nothing", got)
	}
}

func TestDateAgreesWithTimePackage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "date")
		y, m, dom := d.Civil()
		midnight := time.Date(y, m, dom, 0, 0, 0, 0, session.Zone())
		if !d.Time().Equal(midnight) {
			t.Fatalf("%s begins at %s, want %s", d, d.Time(), midnight)
		}
		if d.Weekday() != midnight.Weekday() || d.String() != midnight.Format("2006-01-02") {
			t.Fatalf("%s is a %s, the time package says %s", d, d.Weekday(), midnight)
		}
		if back, err := session.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%s came back as %s (%v)", d, back, err)
		}
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if got, want := d.AddDays(n).Time(), midnight.AddDate(0, 0, n); !got.Equal(want) {
			t.Fatalf("%s and %d days is %s, want %s", d, n, got, want)
		}
	})
}

func TestDateOfIsTheDateInNewYork(t *testing.T) {
	for name, c := range map[string]struct{ at, want string }{
		"evening in New York, next day in UTC": {"2025-03-29T00:30:00Z", "2025-03-28"},
		"last second of a winter day":          {"2025-01-16T04:59:59Z", "2025-01-15"},
		"first second of a winter day":         {"2025-01-16T05:00:00Z", "2025-01-16"},
		"last second of a summer day":          {"2025-07-16T03:59:59Z", "2025-07-15"},
		"first second of a summer day":         {"2025-07-16T04:00:00Z", "2025-07-16"},
		"written in Tokyo":                     {"2025-03-28T09:00:00+09:00", "2025-03-27"},
		"before 1970":                          {"1969-12-31T12:00:00Z", "1969-12-31"},
	} {
		t.Run(name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, c.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := session.DateOf(at).String(); got != c.want {
				t.Errorf("%s is %s in New York, want %s", c.at, got, c.want)
			}
		})
	}
}

// Every instant of a day, on the days the clocks change too, belongs to it.
func TestDateOfAgreesWithTimePackage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "unix"), 0)
		y, m, d := at.In(session.Zone()).Date()
		if got, want := session.DateOf(at), session.NewDate(y, m, d); got != want {
			t.Fatalf("%s is %s, want %s", at, got, want)
		}
	})
}

func TestAddMonthsClampsToTheMonthsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		n    int
		want string
	}{
		"same day exists":        {"2025-03-28", -1, "2025-02-28"},
		"no 31 February":         {"2025-03-31", -1, "2025-02-28"},
		"no 30 February in leap": {"2024-03-30", -1, "2024-02-29"},
		"three months back":      {"2025-03-28", -3, "2024-12-28"},
		"no 31 November":         {"2024-02-29", -3, "2023-11-29"},
		"clamped across a year":  {"2025-05-31", -3, "2025-02-28"},
		"forward":                {"2025-01-31", 1, "2025-02-28"},
		"forward over December":  {"2024-11-30", 3, "2025-02-28"},
		"twelve months":          {"2024-02-29", 12, "2025-02-28"},
		"nothing":                {"2024-02-29", 0, "2024-02-29"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
				t.Errorf("%s and %d months is %s, want %s", c.from, c.n, got, c.want)
			}
		})
	}
}
