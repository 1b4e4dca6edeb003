package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/stats"
)

func TestSD(t *testing.T) {
	for name, c := range map[string]struct {
		xs   []num.Return
		want float64
	}{
		"2 4 4 4 5 5 7 9: the squares sum to 32": {percent(2, 4, 4, 4, 5, 5, 7, 9), math.Sqrt(32.0/7) / 100},
		"two names":                              {percent(1, 3), math.Sqrt2 / 100},
		"no spread":                              {percent(5, 5, 5), 0},
		"small against a large":                  {percent(1000.01, 1000.02, 1000.03), 0.0001},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.SD(c.xs); !ok || math.Abs(got-c.want) > 1e-12 {
				t.Errorf("the standard deviation is %g, want %g", got, c.want)
			}
		})
	}
	for _, xs := range [][]num.Return{nil, percent(1)} {
		if got, ok := stats.SD(xs); ok {
			t.Errorf("the standard deviation of %v is %g, want none", xs, got)
		}
	}
}

func TestMAD(t *testing.T) {
	for name, c := range map[string]struct{ xs, want []num.Return }{
		"1 1 2 2 4 6 9: deviations 1 1 0 0 2 4 7": {percent(1, 1, 2, 2, 4, 6, 9), percent(1)},
		"even":              {percent(0, 1, 2, 7), percent(1)}, // around 1.5: 0.5, 0.5, 1.5, 5.5
		"one":               {percent(3), percent(0)},
		"half of them tied": {percent(4, 4, 4, 9), percent(0)},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.MAD(c.xs, nil); !ok || got != c.want[0] {
				t.Errorf("the median deviation is %d, want %d", got, c.want[0])
			}
		})
	}
	if got, ok := stats.MAD(nil, nil); ok {
		t.Errorf("the median deviation of nothing is %d", got)
	}
}

// Moving every name by the same amount moves no measure of spread; doubling
// every return doubles it.
func TestDispersionMovesAndScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := anyReturns(3).Draw(t, "xs")
		shift := num.Return(rapid.Int64Range(-1e9, 1e9).Draw(t, "shift"))
		moved, doubled := make([]num.Return, len(xs)), make([]num.Return, len(xs))
		for i, x := range xs {
			moved[i], doubled[i] = x+shift, 2*x
		}
		sd, _ := stats.SD(xs)
		sdMoved, _ := stats.SD(moved)
		sdDoubled, _ := stats.SD(doubled)
		if math.Abs(sdMoved-sd) > 1e-12*(1+sd) || math.Abs(sdDoubled-2*sd) > 1e-12*(1+sd) {
			t.Fatalf("standard deviations: %g, moved %g, doubled %g", sd, sdMoved, sdDoubled)
		}
		mad, _ := stats.MAD(xs, nil)
		madMoved, _ := stats.MAD(moved, nil)
		madDoubled, _ := stats.MAD(doubled, nil)
		// Half units are rounded before and after, so that one may be left over.
		if madMoved-mad > 1 || mad-madMoved > 1 || madDoubled-2*mad > 2 || 2*mad-madDoubled > 2 {
			t.Fatalf("median deviations: %d, moved %d, doubled %d", mad, madMoved, madDoubled)
		}
	})
}

// For a normal crowd, 1.4826 MAD estimates the standard deviation; a few wild
// names do not disturb it.
func TestRobustSigmaOfANormalCrowd(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	values := make([]float64, 20_000)
	for i := range values {
		values[i] = 3 + 2*random.NormFloat64()
	}
	for i := range 200 {
		values[i] = 1e6
	}
	h := stats.NewHistory(values)
	if math.Abs(h.Sigma-2) > 0.1 || math.Abs(h.Median-3) > 0.1 {
		t.Errorf("median %.3f and sigma %.3f, want 3 and 2", h.Median, h.Sigma)
	}
}
