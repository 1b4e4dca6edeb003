package rates_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/rates"
	"gyre/model/session"
)

// world is a true path of the rate: meetings, and the rate before the first
// and after each of them.
type world struct {
	meetings []session.Date
	levels   []decimal.Decimal
}

// on is the rate of a day; a decision counts from the day after it.
func (w world) on(d session.Date) decimal.Decimal {
	level := w.levels[0]
	for i, m := range w.meetings {
		if d > m {
			level = w.levels[i+1]
		}
	}
	return level
}

// future is the contract of a month at its true value: 100 less the average of
// the rates of all its days.
func (w world) future(year int, month time.Month) rates.Contract {
	first, next := session.NewDate(year, month, 1), session.NewDate(year, month+1, 1)
	var total decimal.Decimal
	for d := first; d < next; d++ {
		total = total.Add(w.on(d))
	}
	average := total.DivRound(decimal.NewFromInt(int64(next-first)), 30)
	return rates.Contract{Year: year, Month: month, Price: decimal.NewFromInt(100).Sub(average)}
}

// strip is the contracts of so many months from January 2025.
func (w world) strip(months int) []rates.Contract {
	contracts := make([]rates.Contract, months)
	for i := range contracts {
		contracts[i] = w.future(2025+i/12, time.Month(1+i%12))
	}
	return contracts
}

// levels draws a rate before and after each meeting, in basis points.
func levels(t *rapid.T, meetings int) []decimal.Decimal {
	drawn := make([]decimal.Decimal, meetings+1)
	for i := range drawn {
		drawn[i] = decimal.New(rapid.Int64Range(5, 800).Draw(t, "basis points"), -2)
	}
	return drawn
}

// same tells whether two rates agree to a ten-thousandth of a basis point.
func same(a, b decimal.Decimal) bool { return a.Sub(b).Abs().LessThan(decimal.New(1, -6)) }

// A full strip on the real calendar of 2025 gives back every rate it was made
// of, meetings in neighbouring months and at a month's end included.
func TestStripOf2025RevealsTheWholePath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := world{meetings: fomc2025(), levels: levels(t, 8)}
		contracts := rapid.Permutation(w.strip(13)).Draw(t, "contracts")
		p, err := rates.NewPath(contracts, rapid.Permutation(w.meetings).Draw(t, "meetings"))
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range p.Meetings() {
			if m.Date != w.meetings[i] || !m.Anchored || !same(m.Before, w.levels[i]) || !same(m.After, w.levels[i+1]) {
				t.Fatalf("meeting %s: %s to %s (anchored %t), want %s to %s", m.Date, m.Before, m.After, m.Anchored, w.levels[i], w.levels[i+1])
			}
		}
		cuts, err := p.CutsBy(2025, w.levels[0])
		if want := w.levels[0].Sub(w.levels[8]).Div(decimal.New(25, -2)); err != nil || !same(cuts.Div(decimal.NewFromInt(4)), want.Div(decimal.NewFromInt(4))) {
			t.Fatalf("%s cuts (%v), want %s", cuts, err, want)
		}
	})
}

// Whatever calendar and whichever contracts there are: what the path claims is
// true. It may claim less.
func TestNoRateIsInvented(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const months = 18
		var w world
		for i := range months {
			if rapid.Bool().Draw(t, "a meeting") {
				first := session.NewDate(2025, time.Month(1+i), 1)
				next := session.NewDate(2025, time.Month(2+i), 1)
				w.meetings = append(w.meetings, first.AddDays(rapid.IntRange(0, int(next-first)-1).Draw(t, "day")))
			}
		}
		w.levels = levels(t, len(w.meetings))
		contracts := slices.DeleteFunc(w.strip(months+1), func(rates.Contract) bool { return rapid.IntRange(0, 4).Draw(t, "missing") == 0 })
		p, err := rates.NewPath(contracts, w.meetings)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range p.Meetings() {
			if m.Anchored && (!near(m.Before, w.levels[i]) || !near(m.After, w.levels[i+1])) {
				t.Fatalf("meeting %s: %s to %s, want %s to %s", m.Date, m.Before, m.After, w.levels[i], w.levels[i+1])
			}
		}
	})
}

// near allows for what a long chain of meetings makes of rounding.
func near(a, b decimal.Decimal) bool { return a.Sub(b).Abs().LessThan(decimal.New(1, -3)) }

// A decision with two days of its month left is read from the next month: one
// basis point of noise in January's price would otherwise be seventeen.
func TestLateDecisionIsReadFromTheNextMonth(t *testing.T) {
	p := path(t, []session.Date{session.NewDate(2025, time.January, 29)},
		contract(t, 2024, time.December, "95.67"), contract(t, 2025, time.January, "95.675"), contract(t, 2025, time.February, "95.92"))
	if m := p.Meetings()[0]; !m.Anchored || m.Before.String() != "4.33" || m.After.String() != "4.08" {
		t.Errorf("from %s to %s, want 4.33 to 4.08", m.Before, m.After)
	}
}

// Seven days left are enough, six are not.
func TestWhereLateBegins(t *testing.T) {
	for day, anchored := range map[int]bool{23: true, 24: false, 29: false, 30: false} {
		p := path(t, []session.Date{session.NewDate(2025, time.April, day)},
			contract(t, 2025, time.March, "95.67"), contract(t, 2025, time.April, "95.70"))
		if got := p.Meetings()[0].Anchored; got != anchored {
			t.Errorf("a decision on 30 - %d = %d days before the month's end: anchored %t, want %t", day, 30-day, got, anchored)
		}
	}
}

// Where the month before has expired, the month after anchors the meeting and
// its own month is solved for the rate before.
func TestWalkingBackwards(t *testing.T) {
	// 19 March 2025: (31*4.25 - 12*4.08)/19 = 4.35736…
	p := path(t, []session.Date{session.NewDate(2025, time.March, 19)},
		contract(t, 2025, time.March, "95.75"), contract(t, 2025, time.April, "95.92"))
	if m := p.Meetings()[0]; !m.Anchored || m.Before.Round(5).String() != "4.35737" || m.After.String() != "4.08" {
		t.Errorf("from %s to %s, want 4.35737 to 4.08", m.Before, m.After)
	}
	// The same from a decision on 3 March would rest on three days of old rate.
	p = path(t, []session.Date{session.NewDate(2025, time.March, 3)},
		contract(t, 2025, time.March, "95.75"), contract(t, 2025, time.April, "95.92"))
	if m := p.Meetings()[0]; m.Anchored {
		t.Errorf("from %s to %s, want no claim", m.Before, m.After)
	}
}

func TestMeetingsCannotBeChangedFromOutside(t *testing.T) {
	p := path(t, fomc2025(), contract(t, 2025, time.November, "96.280"), contract(t, 2025, time.December, "96.365"))
	p.Meetings()[7].Anchored = false
	if _, err := p.CutsBy(2025, number(t, "4.33")); err != nil {
		t.Errorf("changing the copy changed the path: %v", err)
	}
}

func BenchmarkNewPath(b *testing.B) {
	w := world{meetings: fomc2025(), levels: slices.Repeat([]decimal.Decimal{decimal.New(433, -2)}, 9)}
	contracts := w.strip(13)
	for b.Loop() {
		if _, err := rates.NewPath(contracts, w.meetings); err != nil {
			b.Fatal(err)
		}
	}
}

// May, June and July 2025 all have a meeting, so that only April and August
// anchor them: each rate hands on to the next meeting, worked out by hand.
func TestChainOfThreeMonthsWithMeetings(t *testing.T) {
	spring := fomc2025()[2:5] // 7 May, 18 June, 30 July
	for name, c := range map[string]struct {
		contracts []rates.Contract
		anchored  []bool
	}{
		"from both ends": {[]rates.Contract{
			contract(t, 2025, time.April, "95.67"), contract(t, 2025, time.May, "95.77"),
			contract(t, 2025, time.June, "95.85"), contract(t, 2025, time.August, "96.08"),
		}, []bool{true, true, true}},
		"without August, July's few days say nothing": {[]rates.Contract{
			contract(t, 2025, time.April, "95.67"), contract(t, 2025, time.May, "95.77"), contract(t, 2025, time.June, "95.85"),
		}, []bool{true, true, false}},
		"without June the chain breaks there": {[]rates.Contract{
			contract(t, 2025, time.April, "95.67"), contract(t, 2025, time.May, "95.77"), contract(t, 2025, time.August, "96.08"),
		}, []bool{true, false, false}},
		"without April nothing starts": {[]rates.Contract{
			contract(t, 2025, time.May, "95.77"), contract(t, 2025, time.June, "95.85"), contract(t, 2025, time.August, "96.08"),
		}, []bool{false, false, false}},
		"July alone ties August back to June": {[]rates.Contract{
			contract(t, 2025, time.June, "95.85"), contract(t, 2025, time.July, "95.92"), contract(t, 2025, time.August, "96.08"),
		}, []bool{false, true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			for i, m := range path(t, spring, c.contracts...).Meetings() {
				if m.Anchored != c.anchored[i] {
					t.Errorf("meeting %s is anchored: %t, want %t", m.Date, m.Anchored, c.anchored[i])
				}
			}
		})
	}

	chain := path(t, spring,
		contract(t, 2025, time.April, "95.67"), contract(t, 2025, time.May, "95.77"),
		contract(t, 2025, time.June, "95.85"), contract(t, 2025, time.August, "96.08")).Meetings()
	for i, want := range []struct{ before, after string }{
		{"4.3300", "4.2008"}, // (31*4.23 - 7*4.33)/24
		{"4.2008", "4.0738"}, // (30*4.15 - 18*4.2008333)/12 = 4.07375
		{"4.0738", "3.9200"}, // August as it is
	} {
		if got := chain[i]; got.Before.StringFixed(4) != want.before || got.After.StringFixed(4) != want.after {
			t.Errorf("meeting %s: %s to %s, want %s to %s", got.Date, got.Before.StringFixed(4), got.After.StringFixed(4), want.before, want.after)
		}
	}
}
