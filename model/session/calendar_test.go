package session_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
)

func TestLookupsAroundAHolidayWeekend(t *testing.T) {
	c := session.New()
	// Good Friday 2025: Thursday 17 April, then Monday 21 April.
	for date, want := range map[string]struct{ before, onOrBefore, after string }{
		"2025-04-17": {"2025-04-16", "2025-04-17", "2025-04-21"},
		"2025-04-18": {"2025-04-17", "2025-04-17", "2025-04-21"},
		"2025-04-19": {"2025-04-17", "2025-04-17", "2025-04-21"},
		"2025-04-20": {"2025-04-17", "2025-04-17", "2025-04-21"},
		"2025-04-21": {"2025-04-17", "2025-04-21", "2025-04-22"},
	} {
		t.Run(date, func(t *testing.T) {
			d := day(t, date)
			if s, ok := c.Before(d); !ok || s.Date.String() != want.before {
				t.Errorf("before: %s, want %s", s.Date, want.before)
			}
			if s, ok := c.OnOrBefore(d); !ok || s.Date.String() != want.onOrBefore {
				t.Errorf("on or before: %s, want %s", s.Date, want.onOrBefore)
			}
			if s, ok := c.After(d); !ok || s.Date.String() != want.after {
				t.Errorf("after: %s, want %s", s.Date, want.after)
			}
		})
	}
}

func TestCalendarEnds(t *testing.T) {
	c := session.New()
	if got := c.First().Date.String(); got != "2007-01-03" { // 1 January is a holiday, the 2nd was for Ford
		t.Errorf("the first session is %s", got)
	}
	if got := c.Last().Date.String(); got != "2027-12-31" {
		t.Errorf("the last session is %s", got)
	}
	if s, ok := c.Before(c.First().Date); ok {
		t.Errorf("%s is before the first session", s.Date)
	}
	if s, ok := c.After(c.Last().Date); ok {
		t.Errorf("%s is after the last session", s.Date)
	}
	if s, ok := c.Offset(c.Last().Date, 1); ok {
		t.Errorf("%s follows the last session", s.Date)
	}
	if s, ok := c.Offset(c.First().Date, -1); ok {
		t.Errorf("%s precedes the first session", s.Date)
	}
}

func TestEmptyCalendarKnowsNothing(t *testing.T) {
	var c session.Calendar
	d := day(t, "2025-03-28")
	if s := c.First(); s != (session.Session{}) {
		t.Errorf("the first session is %v", s)
	}
	if s := c.Last(); s != (session.Session{}) {
		t.Errorf("the last session is %v", s)
	}
	if _, ok := c.On(d); ok {
		t.Error("there is a session")
	}
	if got := len(c.Range(0, d)) + c.Between(0, d); got != 0 {
		t.Errorf("there are %d sessions", got)
	}
	if _, ok := c.Started(d.At(12, 0)); ok {
		t.Error("a session has started")
	}
	if _, ok := c.NextOpen(d.At(12, 0)); ok {
		t.Error("a session will open")
	}
	if got := c.PhaseAt(d.At(12, 0)); got != session.Closed {
		t.Errorf("the phase is %s", got)
	}
	if _, ok := c.Base(session.Day, d); ok {
		t.Error("there is a base")
	}
}

// Every lookup against the plainest possible one: walk day by day.
func TestLookupsAgreeWithWalkingTheDays(t *testing.T) {
	c := session.New()
	walk := func(d session.Date, step int) (session.Date, bool) {
		for range 10 { // no closure in these years lasts longer
			d = d.AddDays(step)
			if _, ok := c.On(d); ok {
				return d, true
			}
		}
		return 0, false
	}
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "date")
		before, okBefore := c.Before(d)
		if want, ok := walk(d, -1); before.Date != want || okBefore != ok {
			t.Fatalf("before %s: %s, want %s", d, before.Date, want)
		}
		after, okAfter := c.After(d)
		if want, ok := walk(d, 1); after.Date != want || okAfter != ok {
			t.Fatalf("after %s: %s, want %s", d, after.Date, want)
		}
		onOrBefore, _ := c.OnOrBefore(d)
		if s, ok := c.On(d); ok && onOrBefore != s || !ok && onOrBefore != before {
			t.Fatalf("on or before %s: %s", d, onOrBefore.Date)
		}
	})
}

func TestBetweenIsConsistentWithOffsetAndRange(t *testing.T) {
	c := session.New()
	rapid.Check(t, func(t *rapid.T) {
		from := anySession(c).Draw(t, "from")
		n := rapid.IntRange(-600, 600).Draw(t, "n")
		to, ok := c.Offset(from.Date, n)
		if !ok {
			return // past an end of the calendar; TestCalendarEnds covers those
		}
		if got := c.Between(from.Date, to.Date); got != n {
			t.Fatalf("%d sessions between %s and %s, want %d", got, from.Date, to.Date, n)
		}
		want := max(n+1, 0) // Range has its first day too, and nothing backwards
		if n < 0 {
			want = 0
		}
		days := c.Range(from.Date, to.Date)
		if len(days) != want {
			t.Fatalf("%d sessions in [%s, %s], want %d", len(days), from.Date, to.Date, want)
		}
		if want > 0 && (days[0] != from || days[want-1] != to) {
			t.Fatalf("[%s, %s] runs from %s to %s", from.Date, to.Date, days[0].Date, days[want-1].Date)
		}
	})
}

func TestOffsetNeedsASession(t *testing.T) {
	if s, ok := session.New().Offset(day(t, "2025-03-29"), 1); ok {
		t.Errorf("a Saturday has %s one session after it", s.Date)
	}
}

func TestOverrides(t *testing.T) {
	c := session.New()
	carter, friday, saturday := day(t, "2025-01-09"), day(t, "2025-03-28"), day(t, "2025-03-29")

	changed, err := c.With(session.FullDay(saturday), session.HalfDay(friday), session.FullDay(carter))
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := changed.On(saturday); !ok || s.Minutes() != 390 {
		t.Errorf("the added Saturday has %d minutes", s.Minutes())
	}
	if s, ok := changed.On(friday); !ok || s.Minutes() != 210 {
		t.Errorf("the Friday turned into a half day has %d minutes", s.Minutes())
	}
	if s, ok := changed.After(carter - 1); !ok || s.Date != carter {
		t.Errorf("the added 9 January is not found in order: %s", s.Date)
	}
	all := changed.Range(changed.First().Date, changed.Last().Date)
	for i := 1; i < len(all); i++ {
		if all[i-1].Date >= all[i].Date {
			t.Fatalf("%s comes before %s", all[i-1].Date, all[i].Date)
		}
	}

	shorter := c.Without(friday, saturday)
	if _, ok := shorter.On(friday); ok {
		t.Error("the removed Friday is still there")
	}
	if got := shorter.Between(friday-1, friday+3); got != 1 {
		t.Errorf("%d sessions left around the removed Friday, want Monday alone", got)
	}

	if s, ok := c.On(friday); !ok || s.Minutes() != 390 {
		t.Error("overriding changed the calendar it started from")
	}
}

func TestOverridesThatCannotBe(t *testing.T) {
	d := day(t, "2025-03-28")
	for name, c := range map[string]struct {
		overrides []session.Session
		says      string
	}{
		"closes before it opens": {
			[]session.Session{{Date: d, Opens: d.At(16, 0), Closes: d.At(9, 30)}},
			"must open and then close",
		},
		"never closes": {
			[]session.Session{{Date: d, Opens: d.At(9, 30), Closes: d.At(9, 30)}},
			"must open and then close",
		},
		"opens the day before": {
			[]session.Session{{Date: d, Opens: (d - 1).At(20, 0), Closes: d.At(16, 0)}},
			"2025-03-27 20:00:00",
		},
		"closes the day after": {
			[]session.Session{{Date: d, Opens: d.At(9, 30), Closes: (d + 1).At(0, 0)}},
			"2025-03-29 00:00:00",
		},
		"times in another zone": {
			[]session.Session{{Date: d, Opens: time.Date(2025, 3, 28, 0, 30, 0, 0, time.UTC), Closes: time.Date(2025, 3, 28, 16, 0, 0, 0, time.UTC)}},
			"New York time",
		},
		"one date twice": {
			[]session.Session{session.FullDay(d), session.HalfDay(d)},
			"given twice",
		},
	} {
		t.Run(name, func(t *testing.T) {
			changed, err := session.New().With(c.overrides...)
			if err == nil {
				t.Fatalf("accepted; the calendar has %v", changed.Range(d, d))
			}
			if !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "2025-03-28") {
				t.Errorf("the error says %q, want the date and %q", err, c.says)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		session.New()
	}
}

func BenchmarkBefore(b *testing.B) {
	c, d := session.New(), day(b, "2025-03-28")
	b.ReportAllocs()
	for b.Loop() {
		c.Before(d)
	}
}

func BenchmarkPhaseAt(b *testing.B) {
	c, at := session.New(), clock(b, "2025-03-28 11:07:00")
	b.ReportAllocs()
	for b.Loop() {
		c.PhaseAt(at)
	}
}
