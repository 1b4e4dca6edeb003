package session_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
)

func TestBases(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct {
		session  string
		window   session.Window
		base     string
		sessions int
	}{
		"1D":                                  {"2025-03-28", session.Day, "2025-03-27", 1},
		"1W":                                  {"2025-03-28", session.Week, "2025-03-21", 5},
		"MTD":                                 {"2025-03-28", session.MonthToDate, "2025-02-28", 20},
		"1M":                                  {"2025-03-28", session.Month, "2025-02-28", 20},
		"3M: 28 December is a Saturday":       {"2025-03-28", session.Quarter, "2024-12-27", 61},
		"YTD":                                 {"2025-03-28", session.YearToDate, "2024-12-31", 59},
		"1D on a Monday":                      {"2025-03-31", session.Day, "2025-03-28", 1},
		"1W on a Monday equals 1D":            {"2025-03-31", session.Week, "2025-03-28", 1},
		"MTD on a month's last session":       {"2025-03-31", session.MonthToDate, "2025-02-28", 21},
		"1M from the 31st clamps to the 28th": {"2025-03-31", session.Month, "2025-02-28", 21},
		"MTD on a month's first session":      {"2025-04-01", session.MonthToDate, "2025-03-31", 1},
		"1W after a week ending on Thursday":  {"2025-04-22", session.Week, "2025-04-17", 2},
		"1M onto a Sunday":                    {"2025-04-23", session.Month, "2025-03-21", 22},
		"3M onto the day of mourning":         {"2025-04-09", session.Quarter, "2025-01-08", 62},
		"YTD on the year's first session":     {"2025-01-02", session.YearToDate, "2024-12-31", 1},
		"MTD on the year's first session":     {"2025-01-02", session.MonthToDate, "2024-12-31", 1},
		"1W over the turn of the year":        {"2025-01-02", session.Week, "2024-12-27", 3},
		"1M onto 29 February":                 {"2016-03-29", session.Month, "2016-02-29", 20},
		"3M from the leap day":                {"2024-02-29", session.Quarter, "2023-11-29", 62},
		"1D after hurricane Sandy":            {"2012-10-31", session.Day, "2012-10-26", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := day(t, tc.session)
			base, ok := c.Base(tc.window, s)
			if !ok || base.Date.String() != tc.base {
				t.Fatalf("the base of %s on %s is %s, want %s", tc.window, s, base.Date, tc.base)
			}
			if got := c.Between(base.Date, s); got != tc.sessions {
				t.Errorf("%s holds %d sessions, want %d", tc.window, got, tc.sessions)
			}
		})
	}
}

func TestBaseNeedsTheCalendarToReach(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct {
		date   string
		window session.Window
	}{
		"before the first session":     {"2007-01-03", session.Day},
		"first week":                   {"2007-01-05", session.Week},
		"first month":                  {"2007-01-31", session.MonthToDate},
		"first quarter":                {"2007-03-30", session.Quarter},
		"first year":                   {"2007-12-31", session.YearToDate},
		"past the calendar's end":      {"2028-02-15", session.Day},
		"a window that does not exist": {"2025-03-28", session.Window(99)},
	} {
		t.Run(name, func(t *testing.T) {
			if base, ok := c.Base(tc.window, day(t, tc.date)); ok {
				t.Errorf("the base of %s on %s is %s, want none", tc.window, tc.date, base.Date)
			}
		})
	}
}

// What makes each window's base the right one, said without the calendar's own
// arithmetic: the base lies on one side of a line and the next session on the other.
func TestBaseIsTheLastSessionBeforeItsLine(t *testing.T) {
	c := session.New()
	rapid.Check(t, func(t *rapid.T) {
		s := anySession(c).Draw(t, "session").Date
		window := session.Window(rapid.IntRange(0, session.WindowCount-1).Draw(t, "window"))
		base, ok := c.Base(window, s)
		if !ok {
			if s >= c.First().Date.AddDays(366) {
				t.Fatalf("%s on %s has no base", window, s)
			}
			return
		}
		next, _ := c.After(base.Date)
		if base.Date >= s || next.Date > s {
			t.Fatalf("the base of %s on %s is %s, followed by %s", window, s, base.Date, next.Date)
		}
		if on, listed := c.On(base.Date); !listed || on != base {
			t.Fatalf("the base %s is no session", base.Date)
		}
		if old, young := inWindow(window, base.Date, s), inWindow(window, next.Date, s); old || !young {
			t.Fatalf("%s on %s: base %s in the window: %t, next %s in the window: %t", window, s, base.Date, old, next.Date, young)
		}
	})
}

// inWindow tells whether the session d belongs to the window of s, by the
// words of its definition.
func inWindow(w session.Window, d, s session.Date) bool {
	at, now := d.Time(), s.Time()
	switch w {
	case session.Day:
		return d == s
	case session.Week:
		y1, w1 := at.ISOWeek()
		y2, w2 := now.ISOWeek()
		return y1 == y2 && w1 == w2
	case session.MonthToDate:
		return at.Format("2006-01") == now.Format("2006-01")
	case session.YearToDate:
		return at.Year() == now.Year()
	case session.Month:
		return at.Format(time.DateOnly) > monthsEarlier(now, 1)
	default:
		return at.Format(time.DateOnly) > monthsEarlier(now, 3)
	}
}

// monthsEarlier writes the same day of an earlier month. It may name a day
// that does not exist (2025-02-31), which still sorts where it should.
func monthsEarlier(t time.Time, n int) string {
	first := time.Date(t.Year(), t.Month()-time.Month(n), 1, 0, 0, 0, 0, t.Location())
	return first.Format("2006-01-") + t.Format("02")
}

func TestWindowNames(t *testing.T) {
	for i, want := range []string{"1D", "1W", "MTD", "1M", "3M", "YTD"} {
		w := session.Windows()[i]
		if w.String() != want {
			t.Errorf("window %d is called %q, want %q", i, w, want)
		}
		for _, name := range []string{want, strings.ToLower(want)} {
			if got, err := session.ParseWindow(name); err != nil || got != w {
				t.Errorf("%q is read as %s (%v)", name, got, err)
			}
		}
	}
	if got := session.Window(session.WindowCount).String(); got != "?" {
		t.Errorf("a window that does not exist is called %q", got)
	}
}

func TestUnknownWindowListsTheNames(t *testing.T) {
	for _, name := range []string{"", "5D", "week", " 1W"} {
		_, err := session.ParseWindow(name)
		if err == nil {
			t.Fatalf("%q is a window", name)
		}
		for _, want := range []string{name, "1D, 1W, MTD, 1M, 3M, YTD"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("the error for %q says %q, want %q in it", name, err, want)
			}
		}
	}
}
