package stats_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/stats"
)

// uniform is n values spread evenly over [-1, 1]: the median deviation is near 1/2.
func uniform(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = -1 + 2*float64(i)/float64(n-1)
	}
	return values
}

func TestHistory(t *testing.T) {
	h := stats.NewHistory(uniform(41)) // steps of 0.05: deviations 0, 0.05, 0.05, 0.10 … 1, of which the 21st is 0.5
	if h.N != 41 || math.Abs(h.Median) > 1e-12 || math.Abs(h.Sigma-0.7413) > 1e-12 {
		t.Fatalf("the history is %+v, want 41 values, median 0, sigma 0.7413", h)
	}
	for name, c := range map[string]struct{ spread, z float64 }{
		"today is like any day": {0, 0},
		"one sigma up":          {0.7413, 1},
		"three sigmas down":     {-2.2239, -3},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := h.Z0(c.spread); !ok || math.Abs(got-c.z) > 1e-12 {
				t.Errorf("z0 is %g, want %g", got, c.z)
			}
		})
	}
}

// A spread that has been drifting is unusual against zero and usual against itself.
func TestZIsAgainstTheMedian(t *testing.T) {
	values := uniform(60)
	for i := range values {
		values[i] -= 3
	}
	h := stats.NewHistory(values)
	z0, _ := h.Z0(-3)
	z, ok := h.Z(-3)
	if !ok || z0 > -3 || math.Abs(z) > 1e-9 {
		t.Errorf("z0 is %.2f and z %.2f, want below -3 and 0", z0, z)
	}
}

func TestHistoryThatIsNotEnough(t *testing.T) {
	oneFlat := make([]float64, 60)
	nan := uniform(60)
	for i := range 21 {
		nan[i] = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[i%3]
	}
	for name, h := range map[string]stats.History{
		"nothing":               {},
		"no values":             stats.NewHistory(nil),
		"39 values":             stats.NewHistory(uniform(39)),
		"all alike":             stats.NewHistory(oneFlat),
		"39 of 60 are numbers":  stats.NewHistory(nan),
		"nothing but NaN":       stats.NewHistory([]float64{math.NaN()}),
		"intraday of short own": stats.NewHistory(uniform(39)).Intraday(stats.NewHistory(uniform(60)), 1, 1),
		"intraday of short day": stats.NewHistory(uniform(60)).Intraday(stats.NewHistory(uniform(39)), 1, 1),
		"a window of nothing":   stats.NewHistory(uniform(60)).Intraday(stats.NewHistory(uniform(60)), 0, 1),
	} {
		t.Run(name, func(t *testing.T) {
			if h.Known() {
				t.Errorf("%+v is enough", h)
			}
			if z, ok := h.Z0(1); ok {
				t.Errorf("z0 is %g, want none", z)
			}
			if z, ok := h.Z(1); ok {
				t.Errorf("z is %g, want none", z)
			}
		})
	}
	if h := stats.NewHistory(uniform(40)); !h.Known() {
		t.Errorf("40 values are not enough: %+v", h)
	}
}

// While the session runs, one fifth of its variance is there at the open.
func TestIntradaySigma(t *testing.T) {
	daily := stats.NewHistory(uniform(60))
	own := stats.History{N: 50, Median: 7, Sigma: 99}
	for name, c := range map[string]struct {
		sessions int
		elapsed  float64
		variance float64
	}{
		"1D at the open":                     {1, 0, 0.2},
		"1D half way":                        {1, 0.5, 0.6},
		"1D at the close is the daily sigma": {1, 1, 1},
		"1W on Friday at the close":          {5, 1, 5},
		"1W on Friday at the open":           {5, 0, 4.2},
		"after the close":                    {2, 1.5, 2},
		"before the open":                    {2, -1, 1.2},
	} {
		t.Run(name, func(t *testing.T) {
			h := own.Intraday(daily, c.sessions, c.elapsed)
			if want := daily.Sigma * math.Sqrt(c.variance); math.Abs(h.Sigma-want) > 1e-12 {
				t.Errorf("sigma is %g, want %g", h.Sigma, want)
			}
			if want := 7 * c.variance / float64(c.sessions); h.N != 50 || math.Abs(h.Median-want) > 1e-12 {
				t.Errorf("the history counts %d with median %g, want 50 and %g", h.N, h.Median, want)
			}
		})
	}
}

func TestHistoryAgreesWithSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-50, 50), 1, 80).Draw(t, "values")
		before := slices.Clone(values)
		middle := func(xs []float64) float64 {
			xs = sorted(xs)
			return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
		}
		median := middle(values)
		deviations := make([]float64, len(values))
		for i, v := range values {
			deviations[i] = math.Abs(v - median)
		}
		h := stats.NewHistory(values)
		if h.N != len(values) || math.Abs(h.Median-median) > 1e-9 || math.Abs(h.Sigma-1.4826*middle(deviations)) > 1e-9 {
			t.Fatalf("the history is %+v, want median %g and sigma %g", h, median, 1.4826*middle(deviations))
		}
		if !slices.Equal(values, before) {
			t.Fatal("the values were reordered")
		}
	})
}

func BenchmarkNewHistory60(b *testing.B) {
	values := uniform(60)
	b.ReportAllocs()
	for b.Loop() {
		stats.NewHistory(values)
	}
}
