package model

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// monthly is a release a month from January 2024 on, with consensus 50.0.
func monthly(title string, actuals ...string) []Event {
	var all []Event
	for i, actual := range actuals {
		when := time.Date(2024, time.January, 3, 10, 0, 0, 0, time.UTC).AddDate(0, i, 0)
		all = append(all, Event{At: when, Title: title + ", " + when.Month().String(), Country: "US", Consensus: "50.0", Actual: actual})
	}
	return all
}

// Six releases that surprise by +1, -1, +2, -2, 0 and then +3: the sample
// standard deviation of the five is sqrt(10/4) = 1.58, and 3/1.58 = 1.90.
func TestSurprisesInSigmas(t *testing.T) {
	t.Parallel()
	usual := []string{"51.0", "49.0", "52.0", "48.0", "50.0", "53.0"}
	change := func(i int, how func(*Event)) []Event {
		all := monthly("ISM services", usual...)
		how(&all[i])
		return all
	}
	for name, c := range map[string]struct {
		events []Event
		sigmas string
		before int
	}{
		"five before it":                  {monthly("ISM services", usual...), "1.90", 5},
		"four before it":                  {monthly("ISM services", usual[1:]...), "", 4},
		"none before it":                  {monthly("ISM services", "53.0"), "", 0},
		"they never differed":             {monthly("ISM services", "51.0", "51.0", "51.0", "51.0", "51.0", "53.0"), "", 5},
		"as expected":                     {monthly("ISM services", "51.0", "49.0", "52.0", "48.0", "50.0", "50.0"), "0.00", 5},
		"below":                           {monthly("ISM services", "51.0", "49.0", "52.0", "48.0", "50.0", "47.0"), "-1.90", 5},
		"one of another country":          {change(2, func(e *Event) { e.Country = "UK" }), "", 4},
		"one of another figure":           {change(2, func(e *Event) { e.Title = "ISM services prices, March" }), "", 4},
		"one in another unit":             {change(2, func(e *Event) { e.Consensus, e.Actual = "50.0%", "52.0%" }), "", 4},
		"one without a consensus":         {change(2, func(e *Event) { e.Consensus = "" }), "", 4},
		"one that came out too late":      {change(2, func(e *Event) { e.KnownAt = e.At.AddDate(1, 0, 0) }), "", 4},
		"one that came out with it":       {change(2, func(e *Event) { e.KnownAt = e.At.AddDate(0, 3, 0) }), "", 4},
		"itself without a consensus":      {change(5, func(e *Event) { e.Consensus = "" }), "", 0},
		"the month written short":         {change(2, func(e *Event) { e.Title = "ISM services Mar" }), "1.90", 5},
		"a month's name in another place": {change(2, func(e *Event) { e.Title = "March ISM services" }), "1.90", 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entries := calendarAt(schedule(c.events), time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC))
			last := entries[len(entries)-1]
			if last.Sigmas.String() != c.sigmas || last.Surprises != c.before {
				t.Errorf("%q after %d, want %q after %d", last.Sigmas, last.Surprises, c.sigmas, c.before)
			}
		})
	}
}

func TestSigmasAreNotKnownBeforeTheRelease(t *testing.T) {
	t.Parallel()
	events := schedule(monthly("ISM services", "51.0", "49.0", "52.0", "48.0", "50.0", "53.0"))
	release := events[5].At
	for now, want := range map[time.Time]string{release.Add(-time.Second): "", release: "1.90"} {
		if last := calendarAt(events, now)[5]; last.Sigmas.String() != want || (want == "") != (last.Surprises == 0) {
			t.Errorf("at %s it is %q of %d", now, last.Sigmas, last.Surprises)
		}
	}
}

// Later releases do not change what was said of an earlier one, and what is
// said is the surprise over the two-pass sample standard deviation.
func TestSigmasAreThoseOfThePast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tenths := rapid.SliceOfN(rapid.IntRange(400, 600), 1, 40).Draw(t, "actuals, in tenths")
		var actuals []string
		for _, v := range tenths {
			actuals = append(actuals, fmt.Sprintf("%d.%d", v/10, v%10))
		}
		all := schedule(monthly("PMI", actuals...))
		cut := rapid.IntRange(1, len(actuals)).Draw(t, "of them")
		if part := schedule(monthly("PMI", actuals[:cut]...)); !slices.Equal(part, all[:cut]) {
			t.Fatalf("with later releases %v, without %v", all[:cut], part)
		}
		for i, e := range all {
			sum, squares := 0.0, 0.0
			for _, v := range tenths[:i] {
				sum += float64(v-500) / 10
			}
			for _, v := range tenths[:i] {
				away := float64(v-500)/10 - sum/float64(i)
				squares += away * away
			}
			sigma := math.Sqrt(squares / float64(i-1))
			known := i >= LeastSurprises && sigma > 1e-9
			if e.surprises != i || e.sigmas.Known() != known {
				t.Fatalf("release %d has %d before it and is %q", i, e.surprises, e.sigmas)
			}
			if want := float64(tenths[i]-500) / 10 / sigma; known && math.Abs(e.sigmas.Float()-want) > 0.00501 {
				t.Fatalf("release %d is %s sigmas, want %f", i, e.sigmas, want)
			}
		}
	})
}
