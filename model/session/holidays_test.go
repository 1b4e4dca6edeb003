package session_test

import (
	"slices"
	"testing"
	"time"

	"gyre/model/session"
)

// What the NYSE itself announced for the years ahead (release of
// 8 November 2024), as month-day.
func TestPublishedHolidays(t *testing.T) {
	for year, want := range map[int]struct{ closed, half []string }{
		2025: {
			closed: []string{"01-01", "01-09", "01-20", "02-17", "04-18", "05-26", "06-19", "07-04", "09-01", "11-27", "12-25"},
			half:   []string{"07-03", "11-28", "12-24"},
		},
		2026: {
			closed: []string{"01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"},
			half:   []string{"11-27", "12-24"},
		},
		2027: {
			closed: []string{"01-01", "01-18", "02-15", "03-26", "05-31", "06-18", "07-05", "09-06", "11-25", "12-24"},
			half:   []string{"11-26"},
		},
	} {
		closed, half := closedAndHalf(session.New(), year)
		if !slices.Equal(closed, want.closed) {
			t.Errorf("%d is closed on %v, want %v", year, closed, want.closed)
		}
		if !slices.Equal(half, want.half) {
			t.Errorf("%d closes at 13:00 on %v, want %v", year, half, want.half)
		}
	}
}

// closedAndHalf lists a year's weekdays without a session and its half days.
func closedAndHalf(c *session.Calendar, year int) (closed, half []string) {
	for d := session.NewDate(year, time.January, 1); d <= session.NewDate(year, time.December, 31); d++ {
		s, ok := c.On(d)
		switch {
		case d.Weekday() == time.Saturday || d.Weekday() == time.Sunday:
		case !ok:
			closed = append(closed, d.String()[5:])
		case s.Minutes() == 210:
			half = append(half, d.String()[5:])
		}
	}
	return closed, half
}

// The days on which a rule alone goes wrong, each as it was.
func TestHistoryOfAwkwardDays(t *testing.T) {
	const closed, half, full = 0, 210, 390
	for name, c := range map[string]struct {
		date    string
		minutes int
	}{
		"mourning for Ford":                       {"2007-01-02", closed},
		"3 July, a Tuesday":                       {"2007-07-03", half},
		"3 July, a Thursday":                      {"2008-07-03", half},
		"4 July 2009 is a Saturday":               {"2009-07-03", closed},
		"no half day before an observed Friday":   {"2009-07-02", full},
		"4 July 2010 is a Sunday":                 {"2010-07-05", closed},
		"no half day before a Sunday 4 July":      {"2010-07-02", full},
		"Christmas 2010 is a Saturday":            {"2010-12-24", closed},
		"Thursday before an observed Christmas":   {"2010-12-23", full},
		"Saturday New Year 2011 is not observed":  {"2010-12-31", full},
		"Monday after a Saturday New Year":        {"2011-01-03", full},
		"no half day before a Monday 4 July":      {"2011-07-01", full},
		"Christmas 2011 is a Sunday":              {"2011-12-26", closed},
		"Friday before a Sunday Christmas":        {"2011-12-23", full},
		"Sunday New Year is observed on Monday":   {"2012-01-02", closed},
		"hurricane Sandy, first day":              {"2012-10-29", closed},
		"hurricane Sandy, second day":             {"2012-10-30", closed},
		"back after Sandy":                        {"2012-10-31", full},
		"3 July 2013, a Wednesday":                {"2013-07-03", half},
		"5 July 2013, the Friday after":           {"2013-07-05", full},
		"day after Thanksgiving 2013":             {"2013-11-29", half},
		"4 July 2015 is a Saturday":               {"2015-07-03", closed},
		"Christmas Eve 2015":                      {"2015-12-24", half},
		"3 July 2017, a Monday":                   {"2017-07-03", half},
		"mourning for George H. W. Bush":          {"2018-12-05", closed},
		"3 July 2020 is the observed holiday":     {"2020-07-03", closed},
		"2 July 2020":                             {"2020-07-02", full},
		"Juneteenth was not yet a holiday":        {"2020-06-19", full},
		"Juneteenth 2021 came too late":           {"2021-06-18", full},
		"Saturday New Year 2022 is not observed":  {"2021-12-31", full},
		"first Juneteenth, a Sunday":              {"2022-06-20", closed},
		"Christmas Eve 2022 is a Saturday":        {"2022-12-23", full},
		"Christmas Eve 2024":                      {"2024-12-24", half},
		"mourning for Carter":                     {"2025-01-09", closed},
		"Saturday New Year 2028 will not be kept": {"2027-12-31", full},
	} {
		t.Run(name, func(t *testing.T) {
			got := 0
			if s, ok := session.New().On(day(t, c.date)); ok {
				got = s.Minutes()
			}
			if got != c.minutes {
				t.Errorf("%s has %d minutes of trading, want %d", c.date, got, c.minutes)
			}
		})
	}
}

// Good Fridays as printed in church calendars.
func TestGoodFridays(t *testing.T) {
	c := session.New()
	for _, date := range []string{
		"2007-04-06", "2008-03-21", "2009-04-10", "2010-04-02", "2011-04-22", "2012-04-06", "2013-03-29",
		"2014-04-18", "2015-04-03", "2016-03-25", "2017-04-14", "2018-03-30", "2019-04-19", "2020-04-10",
		"2021-04-02", "2022-04-15", "2023-04-07", "2024-03-29", "2025-04-18", "2026-04-03", "2027-03-26",
	} {
		friday := day(t, date)
		if _, ok := c.On(friday); ok {
			t.Errorf("Good Friday %s is a session", friday)
		}
		if _, ok := c.On(friday - 1); !ok {
			t.Errorf("the Thursday before %s is no session", friday)
		}
		if _, ok := c.On(friday + 3); !ok {
			t.Errorf("the Monday after %s is no session", friday)
		}
	}
}

// The number of trading days a year, as tables of the exchange's past give it.
func TestSessionsPerYear(t *testing.T) {
	c := session.New()
	for year, want := range map[int]int{
		2007: 251, 2008: 253, 2009: 252, 2010: 252, 2011: 252, 2012: 250, 2013: 252, 2014: 252, 2015: 252, 2016: 252, 2017: 251,
		2018: 251, 2019: 252, 2020: 253, 2021: 252, 2022: 251, 2023: 250, 2024: 252, 2025: 250, 2026: 251, 2027: 251,
	} {
		got := len(c.Range(session.NewDate(year, time.January, 1), session.NewDate(year, time.December, 31)))
		if got != want {
			t.Errorf("%d has %d sessions, want %d", year, got, want)
		}
	}
}
