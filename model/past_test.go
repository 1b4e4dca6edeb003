package model

import (
	"math"
	"slices"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

func TestHistoryIsWhatZRestsOn(t *testing.T) {
	t.Parallel()
	_, snap := detailed(t, Query{Detail: DetailHistory})
	week := snap.History.Size[session.Week]
	if len(week.Spread) != snap.Size.Spread[session.Week].History || len(week.On) != len(week.Spread) {
		t.Fatalf("%d values on %d dates, z rests on %d", len(week.Spread), len(week.On), snap.Size.Spread[session.Week].History)
	}
	if last := week.On[len(week.On)-1]; last != date(t, "2025-03-27") {
		t.Errorf("the history ends on %s, want the session before", last)
	}
	z0 := snap.Size.Spread[session.Week].Return[Mean].Float() / week.Sigma
	if got := snap.Size.Spread[session.Week].Z0.Float(); got-z0 > 0.06 || z0-got > 0.06 {
		t.Errorf("spread/sigma is %.2f, z0 says %.1f", z0, got)
	}
	if snap.History.Size[session.Quarter].Sigma != 0 {
		t.Error("a sigma out of too few values")
	}
}

func TestRegimes(t *testing.T) {
	t.Parallel()
	ref, snap := detailed(t, Query{Detail: DetailHistory})
	now := snap.Regimes[len(snap.Regimes)-1]
	if len(snap.Regimes) != regimeWeeks+1 || now.Week != date(t, "2025-03-28") {
		t.Fatalf("%+v", snap.Regimes)
	}
	// A week that is over is what the snapshot of its last session said.
	before := start(ref)
	heartbeat(before, at(t, "2025-03-21 16:00:00"))
	then := before.Snapshot(at(t, "2025-03-21 16:00:00"), Query{Detail: DetailHistory}).Regimes
	if got, want := snap.Regimes[len(snap.Regimes)-2], then[len(then)-1]; got != want {
		t.Errorf("the week to 21 March is now %+v, was %+v", got, want)
	}
}

func TestRegimeNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		size, leverage int
		want           string
	}{
		{-1, 1, "LARGE+LEVERED"},
		{-1, -1, "LARGE+UNLEVERED"},
		{1, 1, "SMALL+LEVERED"},
		{1, -1, "SMALL+UNLEVERED"},
		{0, 1, ""},
		{1, 0, ""},
	} {
		if got := (Regime{Size: c.size, Leverage: c.leverage}).Name(); got != c.want {
			t.Errorf("size %+d leverage %+d is %q, want %q", c.size, c.leverage, got, c.want)
		}
	}
}

func TestIntensity(t *testing.T) {
	t.Parallel()
	known := func(z0 float64) score { return score{z0: z0, known: true} }
	cases := map[string]struct {
		axes  [IntensityTerms]score
		total int
		terms [IntensityTerms]int
	}{
		"a week of rotation":    {[IntensityTerms]score{known(-2.1), known(0.75), known(1.95), known(-0.1)}, 53, [IntensityTerms]int{35, 5, 13, 0}},
		"everything at the cap": {[IntensityTerms]score{known(-9), known(9), known(3), known(-3)}, 100, [IntensityTerms]int{50, 20, 20, 10}},
		"nothing":               {[IntensityTerms]score{known(0), known(0), known(0), known(0)}, 0, [IntensityTerms]int{}},
		"only size and pair":    {[IntensityTerms]score{known(3), {}, {}, known(0)}, 83, [IntensityTerms]int{83, 0, 0, 0}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := intensity(c.axes)
			var terms [IntensityTerms]int
			for i, term := range in.Terms {
				terms[i] = term.Points
				if term.Known != c.axes[i].known {
					t.Errorf("term %d known: %t", i, term.Known)
				}
			}
			if !in.Known || in.Total != c.total || terms != c.terms {
				t.Errorf("%d of %v, want %d of %v", in.Total, terms, c.total, c.terms)
			}
		})
	}
	if in := intensity([IntensityTerms]score{}); in != (Intensity{}) {
		t.Errorf("an intensity without any history: %+v", in)
	}
}

// The intensity is worked out from every z0 as it is, not as it is printed:
// where the pair of indices speaks alone, a tenth of a sigma is three points.
func TestIntensityOfThePairAlone(t *testing.T) {
	t.Parallel()
	rounded := 0
	for seed := range uint64(12) {
		m := start(world{days: 70, end: "2025-03-27", seed: seed}.reference(t))
		now := at(t, "2025-03-28 16:00:00")
		for i, level := range []num.Price{2023_270_000, 5580_940_000} {
			m.Apply(&Update{Kind: KindIndexLevel, Flags: FlagOfficial, ID: ID(i), At: now, Price: level})
		}
		heartbeat(m, now)
		s := m.Snapshot(now, Query{})
		days := m.book.ref.Indices
		over := func(n, back int) float64 { // the spread over n sessions that ended so many before the last close
			change := func(x []IndexDay) float64 {
				return x[len(x)-1-back].Close.Float()/x[len(x)-1-back-n].Close.Float() - 1
			}
			return change(days[0].Days) - change(days[1].Days)
		}
		var past []float64
		for back := range 60 {
			past = append(past, over(1, back))
		}
		last := len(days[0].Days) - 1
		today := 2023.27/days[0].Days[last].Close.Float() - 5580.94/days[1].Days[last].Close.Float()
		z0 := math.Abs(today) / (1.4826 * medianOf(distances(past, medianOf(past))))
		want := int(math.Round(100 * min(z0, 3) / 3))
		if got := s.Intensity[session.Day]; !got.Known || got.Total != want {
			t.Errorf("seed %d: a z0 of %.3f is an intensity of %d, want %d", seed, z0, got.Total, want)
		}
		if math.Round(100*min(math.Round(10*z0)/10, 3)/3) != float64(want) {
			rounded++
		}
	}
	if rounded == 0 {
		t.Error("rounding z0 first would have made no difference")
	}
}

func distances(values []float64, from float64) []float64 {
	away := make([]float64, len(values))
	for i, v := range values {
		away[i] = math.Abs(v - from)
	}
	return away
}

// medianOf is the mean of the two middle values of an even number.
func medianOf(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[len(sorted)/2-1] + sorted[len(sorted)/2]) / 2
}
