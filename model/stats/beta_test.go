package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gyre/model/stats"
)

// The first of Anscombe's four sets (1973) has the slope 0.5001 that is printed
// with it.
func TestBetaOnAnscombesFirstSet(t *testing.T) {
	xs := []float64{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5}
	ys := []float64{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68}
	if beta, ok := stats.Beta(ys, xs); !ok || math.Abs(beta-0.50009) > 0.00001 {
		t.Errorf("the slope is %.5f, want 0.50009", beta)
	}
}

func TestBetaThatNobodyCanTell(t *testing.T) {
	for name, c := range map[string]struct{ ys, xs []float64 }{
		"nothing":              {nil, nil},
		"a line through two":   {[]float64{1, 2}, []float64{1, 2}},
		"a market that stands": {[]float64{1, 2, 3}, []float64{5, 5, 5}},
		"not as many":          {[]float64{1, 2}, []float64{1, 2, 3}},
	} {
		if beta, ok := stats.Beta(c.ys, c.xs); ok {
			t.Errorf("%s: %g", name, beta)
		}
	}
}

// A name that does four tenths of the market's move at once, seven tenths of it
// a day later and drifts besides has a sum of 1.1.
func TestSumOfTheTwoBetas(t *testing.T) {
	market := []float64{0.3, 1, -2, 0.5, 3, -1, 0.2, -0.7}
	weights, ok := stats.SumBetaWeights(market)
	if !ok || len(weights) != 7 {
		t.Fatalf("%d weights", len(weights))
	}
	var sum, drift float64
	for i, w := range weights {
		sum += w * (0.1 + 0.4*market[i+1] + 0.7*market[i])
		drift += w
	}
	if math.Abs(sum-1.1) > 1e-12 || math.Abs(drift) > 1e-12 {
		t.Errorf("the sum is %g and a drift counts %g, want 1.1 and nothing", sum, drift)
	}
}

// Against the normal equations of y = a + b x(t) + c x(t-1), solved by Cramer's
// rule on the raw moments.
func TestSumBetaWeightsAgainstTheNormalEquations(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 4 + random.IntN(60)
		market, ys := make([]float64, n+1), make([]float64, n)
		for i := range market {
			market[i] = random.NormFloat64()
		}
		var m [3][4]float64 // the equations, the right side last
		for i := range ys {
			ys[i] = random.NormFloat64() + market[i]
			row := [4]float64{1, market[i+1], market[i], ys[i]}
			for r := range 3 {
				for c := range 4 {
					m[r][c] += row[r] * row[c]
				}
			}
		}
		det := func(a, b, c int) float64 {
			return m[0][a]*(m[1][b]*m[2][c]-m[1][c]*m[2][b]) - m[0][b]*(m[1][a]*m[2][c]-m[1][c]*m[2][a]) + m[0][c]*(m[1][a]*m[2][b]-m[1][b]*m[2][a])
		}
		want := (det(0, 3, 2) + det(0, 1, 3)) / det(0, 1, 2)
		weights, ok := stats.SumBetaWeights(market)
		var got float64
		for i, w := range weights {
			got += w * ys[i]
		}
		if !ok || math.Abs(got-want) > 1e-7*(1+math.Abs(want)) {
			t.Fatalf("%d returns: %g, want %g", n, got, want)
		}
	}
}

func TestNoSumOfBetas(t *testing.T) {
	for name, market := range map[string][]float64{
		"nothing":                        nil,
		"too few":                        {1, 2, 0, 5},
		"a market that stands":           {1, 1, 1, 1, 1, 1},
		"each day undoes the one before": {1, -1, 1, -1, 1, -1, 1},
		"beyond all numbers":             {1e200, -1e200, 3e200, 1e200, 2e200, -5e200},
	} {
		if weights, ok := stats.SumBetaWeights(market); ok {
			t.Errorf("%s: %g", name, weights)
		}
	}
}
