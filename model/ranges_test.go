package model

import (
	"math"
	"testing"
	"time"

	"gyre/model/session"
)

func noteRange(t *testing.T) Range {
	t.Helper()
	return Range{
		Symbol: "RUT", From: session.NewDate(2025, time.March, 31), To: session.NewDate(2025, time.April, 4),
		Low: price(t, "2025"), High: price(t, "2110"), Source: "a broker",
		KnownAt: time.Date(2025, time.March, 28, 9, 0, 0, 0, session.Zone()),
	}
}

func TestPlaceInRange(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		level                                  string
		state                                  RangeState
		distance, pct, toLow, toHigh, place, s string
	}{
		"below, as on 28 March": {"2023.27", RangeBelow, "-1.73", "-0.09", "0.09", "4.29", "-0.02", "0.7"},
		"at the low":            {"2025", RangeInside, "0.00", "0.00", "0.00", "4.20", "0.00", "0.7"},
		"nearer the low":        {"2040", RangeInside, "15.00", "0.74", "-0.74", "3.43", "0.18", "0.7"},
		"nearer the high":       {"2100", RangeInside, "-10.00", "-0.47", "-3.57", "0.48", "0.88", "0.7"},
		"above":                 {"2115.5", RangeAbove, "5.50", "0.26", "-4.28", "-0.26", "1.06", "0.7"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := noteRange(t)
			p := placeInRange(&r, price(t, c.level), 0.029)
			got := [...]string{p.Distance.String(), p.DistPct.String(), p.ToLowPct.String(), p.ToHighPct.String(), p.Place.String(), p.HalfSigmas.String()}
			want := [...]string{c.distance, c.pct, c.toLow, c.toHigh, c.place, c.s}
			if p.State != c.state || got != want {
				t.Errorf("state %d %v, want %d %v", p.State, got, c.state, want)
			}
		})
	}
}

func TestRangeOnlyOnceKnown(t *testing.T) {
	t.Parallel()
	r := noteRange(t)
	older := r
	older.KnownAt, older.Low = r.KnownAt.AddDate(0, 0, -7), price(t, "2000")
	all := []Range{older, r}
	if got := newestRange(all, "RUT", r.KnownAt.Add(-time.Second)); got == nil || got.Low != older.Low {
		t.Errorf("a second before it is published: %+v", got)
	}
	if got := newestRange(all, "RUT", r.KnownAt); got == nil || got.Low != r.Low {
		t.Errorf("at the instant it is published: %+v", got)
	}
	if got := newestRange(all, "SPX", r.KnownAt); got != nil {
		t.Errorf("another index has a range: %+v", got)
	}
	if placeInRange(nil, price(t, "2000"), 0) != nil {
		t.Error("a place in no range")
	}
}

// Of the five closes of the week that the range was for, one lay inside it.
func TestTheRangeAndTheWeekThatFollowed(t *testing.T) {
	t.Parallel()
	r := noteRange(t)
	want := []RangeState{RangeBelow, RangeBelow, RangeInside, RangeBelow, RangeBelow}
	for i, level := range []string{"2011.91", "2012.24", "2045.36", "1910.55", "1827.03"} {
		if p := placeInRange(&r, price(t, level), 0); p.State != want[i] {
			t.Errorf("%s: state %d, want %d", level, p.State, want[i])
		}
	}
	middle := (r.Low + r.High) / 2
	if p := placeInRange(&r, middle, 0); p.Place.String() != "0.50" || middle != price(t, "2067.5") {
		t.Errorf("the middle, %v, is at %s", middle.Decimal(), p.Place)
	}
}

func TestRangeOnThePublishedFriday(t *testing.T) {
	t.Parallel()
	rut, spx := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.ranges = []Range{noteRange(t)}
	p := buildIndex(in).Range
	if p == nil || p.State != RangeBelow || p.Distance.String() != "-1.73" || p.DistPct.String() != "-0.09" || p.HalfSigmas.String() != "0.7" {
		t.Errorf("%+v, want 1.73 or 0.09 %% below, half a width of 0.7 weekly sigmas", p)
	}
	// Seven tenths of a sigma either way hold 51.6 % of a normal week, which is
	// what "about 52 %" says; unrounded they are 0.723 sigmas and hold 53.0 %.
	sigma := weekSigma(in.series.Days[:len(in.series.Days)-1], in.level)
	half := (noteRange(t).High - noteRange(t).Low).Float() / 2 / in.level.Float() / sigma
	if math.Abs(100*math.Erf(0.7/math.Sqrt2)-51.6) > 0.05 || math.Abs(100*math.Erf(half/math.Sqrt2)-53.0) > 0.05 || math.Abs(100*sigma-2.9) > 0.05 {
		t.Errorf("half the range is %.4f sigmas of %.4f", half, sigma)
	}
	if p.Low.String() != "2025" || p.High.String() != "2110" || p.Source != "a broker" || p.From.String() != "2025-03-31" {
		t.Errorf("the range itself: %+v", p)
	}
	in.now = time.Date(2025, time.March, 28, 8, 59, 59, 0, session.Zone())
	if p := buildIndex(in).Range; p != nil {
		t.Errorf("a second before it was published: %+v", p)
	}
	in = atClose(t, spx, friday())
	in.ranges = []Range{noteRange(t)}
	if p := buildIndex(in).Range; p != nil {
		t.Errorf("the S&P 500 in the range of the Russell 2000: %+v", p)
	}
}

func TestNoPlaceInABrokenRange(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Range){
		"upside down": func(r *Range) { r.Low, r.High = r.High, r.Low },
		"no width":    func(r *Range) { r.High = r.Low },
		"no low":      func(r *Range) { r.Low = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := noteRange(t)
			change(&r)
			if p := placeInRange(&r, price(t, "2023.27"), 0.029); p != nil {
				t.Errorf("%+v", p)
			}
		})
	}
	r := noteRange(t)
	if p := placeInRange(&r, price(t, "2050"), 0); p.HalfSigmas.Known() {
		t.Errorf("%s weekly sigmas without a sigma", p.HalfSigmas)
	}
}
