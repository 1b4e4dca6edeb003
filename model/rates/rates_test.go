package rates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/rates"
	"gyre/model/session"
)

// contract reads a price that the test's author wrote.
func contract(tb testing.TB, year int, month time.Month, price string) rates.Contract {
	tb.Helper()
	return rates.Contract{Year: year, Month: month, Price: number(tb, price)}
}

func number(tb testing.TB, text string) decimal.Decimal {
	tb.Helper()
	d, err := decimal.NewFromString(text)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// fomc2025 is the days of decision of 2025.
func fomc2025() []session.Date {
	return []session.Date{
		session.NewDate(2025, time.January, 29), session.NewDate(2025, time.March, 19), session.NewDate(2025, time.May, 7),
		session.NewDate(2025, time.June, 18), session.NewDate(2025, time.July, 30), session.NewDate(2025, time.September, 17),
		session.NewDate(2025, time.October, 29), session.NewDate(2025, time.December, 10),
	}
}

func path(tb testing.TB, meetings []session.Date, contracts ...rates.Contract) rates.Path {
	tb.Helper()
	p, err := rates.NewPath(contracts, meetings)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// November has no meeting and implies 3.720; December averages 3.635 with the
// decision on the 10th: (31*3.635 - 10*3.72)/21 = 3.5945.
func TestCutsByTheEndOf2025(t *testing.T) {
	p := path(t, fomc2025(), contract(t, 2025, time.November, "96.280"), contract(t, 2025, time.December, "96.365"))
	effr := number(t, "4.33")
	cuts, err := p.CutsBy(2025, effr)
	if err != nil || cuts.Round(2).String() != "2.94" {
		t.Errorf("%s cuts (%v), want 2.94", cuts, err)
	}
	december, err := p.Next(session.NewDate(2025, time.November, 3))
	if err != nil || december.Before.String() != "3.72" || december.After.Round(4).String() != "3.5945" {
		t.Errorf("December: from %s to %s (%v), want 3.72 to 3.5945", december.Before, december.After, err)
	}
	// Reading December's average as if it were the rate at its end misses a sixth of a cut.
	naive := effr.Sub(number(t, "3.635")).Div(number(t, "0.25"))
	if naive.String() != "2.78" {
		t.Errorf("without day weights: %s cuts, want 2.78", naive)
	}
}

// The CME Group's own example of 2015: August implies 0.1325, September 0.195.
// It counts 16 days before the decision of 17 September and prices a hike of
// 25 basis points at 53.6 %.
func TestExampleOf2015(t *testing.T) {
	august, september := contract(t, 2015, time.August, "99.8675"), contract(t, 2015, time.September, "99.805")
	asPublished := path(t, []session.Date{session.NewDate(2015, time.September, 16)}, august, september).Meetings()[0]
	if got := asPublished.After.Round(4).String(); got != "0.2664" {
		t.Errorf("after 16 days the rate is %s, want 0.2664", got)
	}
	hike := asPublished.After.Sub(asPublished.Before).Div(number(t, "0.25"))
	if got := hike.Round(3).String(); got != "0.536" {
		t.Errorf("the hike is priced at %s, want 0.536", got)
	}
	if got := asPublished.CutProbability(); !got.IsZero() {
		t.Errorf("where a hike is priced, the probability of a cut is %s", got)
	}
	// With the 17th itself at the old rate: (30*0.195 - 17*0.1325)/13.
	byDay := path(t, []session.Date{session.NewDate(2015, time.September, 17)}, august, september).Meetings()[0]
	if got := byDay.After.Round(4).String(); got != "0.2767" {
		t.Errorf("after 17 days the rate is %s, want 0.2767", got)
	}
}

// Nine basis points for 7 May 2025 are a cut at 36 %: April implies 4.33 and
// May averages (7*4.33 + 24*4.24)/31.
func TestProbabilityOfACutAtTheNextMeeting(t *testing.T) {
	p := path(t, fomc2025(), contract(t, 2025, time.April, "95.67"), contract(t, 2025, time.May, "95.7396774194"))
	for name, today := range map[string]session.Date{
		"weeks before":          session.NewDate(2025, time.March, 28),
		"on the day of meeting": session.NewDate(2025, time.May, 7),
	} {
		t.Run(name, func(t *testing.T) {
			next, err := p.Next(today)
			if err != nil || next.Date.String() != "2025-05-07" {
				t.Fatalf("the next meeting is on %s (%v), want 7 May", next.Date, err)
			}
			if got := next.CutProbability().Round(4).String(); got != "0.36" {
				t.Errorf("the probability of a cut is %s, want 0.36", got)
			}
		})
	}
}

func TestCutProbabilityStaysBetweenZeroAndOne(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"nothing priced":     {"4.33", "4.33", "0"},
		"one cut":            {"4.33", "4.08", "1"},
		"two cuts":           {"4.33", "3.83", "1"},
		"a hike":             {"4.33", "4.58", "0"},
		"half of a cut":      {"4.33", "4.205", "0.5"},
		"rates below 25 bp":  {"0.1", "0.05", "0.2"},
		"rates below zero":   {"0", "-0.25", "1"},
		"a cut, just so big": {"4.33", "4.0800001", "0.9999996"},
	} {
		t.Run(name, func(t *testing.T) {
			m := rates.Meeting{Before: number(t, c.before), After: number(t, c.after)}
			if got := m.CutProbability().String(); got != c.want {
				t.Errorf("from %s to %s: %s, want %s", c.before, c.after, got, c.want)
			}
		})
	}
}

func TestHikesAreNegativeCuts(t *testing.T) {
	p := path(t, []session.Date{session.NewDate(2025, time.December, 10)},
		contract(t, 2025, time.November, "95.67"), contract(t, 2025, time.December, "95.50"), contract(t, 2026, time.January, "95.42"))
	cuts, err := p.CutsBy(2025, number(t, "4.33"))
	if err != nil || cuts.Round(2).String() != "-1" { // (31*4.50 - 10*4.33)/21 = 4.581
		t.Errorf("%s cuts (%v), want -1.00", cuts, err)
	}
}

func TestWhatCannotBePriced(t *testing.T) {
	november, december := contract(t, 2025, time.November, "96.280"), contract(t, 2025, time.December, "96.365")
	effr := number(t, "4.33")
	for name, c := range map[string]struct {
		path rates.Path
		says string
	}{
		"no futures":         {path(t, fomc2025()), "do not reach the meeting of 2025-12-10"},
		"nothing at all":     {rates.Path{}, "no meeting of 2025 is known"},
		"no meetings":        {path(t, nil, november, december), "no meeting of 2025 is known"},
		"December alone":     {path(t, fomc2025(), december), "do not reach the meeting of 2025-12-10"},
		"November alone":     {path(t, fomc2025(), november), "do not reach the meeting of 2025-12-10"},
		"another year alone": {path(t, []session.Date{session.NewDate(2026, time.January, 28)}, november, december), "no meeting of 2025 is known"},
	} {
		t.Run(name, func(t *testing.T) {
			cuts, err := c.path.CutsBy(2025, effr)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s cuts, error %v; want %q", cuts, err, c.says)
			}
		})
	}
	for _, bad := range []string{"0", "-4.33"} {
		if cuts, err := path(t, fomc2025(), november, december).CutsBy(2025, number(t, bad)); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("from a rate of %s: %s cuts, error %v", bad, cuts, err)
		}
	}
}

func TestNextMeetingThatCannotBePriced(t *testing.T) {
	p := path(t, fomc2025(), contract(t, 2025, time.November, "96.280"), contract(t, 2025, time.December, "96.365"))
	for name, c := range map[string]struct {
		today session.Date
		says  string
	}{
		"futures start too late": {session.NewDate(2025, time.March, 28), "do not reach the meeting of 2025-05-07"},
		"past the last meeting":  {session.NewDate(2025, time.December, 11), "no meeting on or after 2025-12-11"},
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := p.Next(c.today); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the next meeting is on %s, error %v; want %q", m.Date, err, c.says)
			}
		})
	}
}

func TestInputsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		contracts []rates.Contract
		meetings  []session.Date
		says      string
	}{
		"no price":        {[]rates.Contract{contract(t, 2025, time.May, "0")}, nil, "May 2025 costs 0"},
		"negative price":  {[]rates.Contract{contract(t, 2025, time.May, "-96.3")}, nil, "May 2025 costs -96.3"},
		"month zero":      {[]rates.Contract{contract(t, 2025, 0, "96.3")}, nil, "month 0 in 2025"},
		"month thirteen":  {[]rates.Contract{contract(t, 2025, 13, "96.3")}, nil, "month 13 in 2025"},
		"one given twice": {[]rates.Contract{contract(t, 2025, time.May, "96.3"), contract(t, 2025, time.May, "96.4")}, nil, "May 2025 is given twice"},
		"two meetings in March 2020": {nil, []session.Date{
			session.NewDate(2020, time.March, 15), session.NewDate(2020, time.March, 3),
		}, "2020-03-03 and 2020-03-15 share a month"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := rates.NewPath(c.contracts, c.meetings); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want %q", err, c.says)
			}
		})
	}
}
