package stats_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/stats"
)

func TestMeanRoundsHalfAwayFromZero(t *testing.T) {
	for name, c := range map[string]struct {
		xs   []num.Return
		want num.Return
	}{
		"one":                {[]num.Return{7}, 7},
		"exact":              {[]num.Return{1, 2, 3}, 2},
		"a half goes up":     {[]num.Return{1, 2}, 2},
		"a half goes down":   {[]num.Return{-1, -2}, -2},
		"a third stays":      {[]num.Return{0, 0, 1}, 0},
		"two thirds go up":   {[]num.Return{0, 1, 1}, 1},
		"two thirds go down": {[]num.Return{0, -1, -1}, -1},
		"they cancel":        {[]num.Return{5, -5}, 0},
		"a quarter is cut":   {[]num.Return{0, 0, 0, -1}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.Mean(c.xs); !ok || got != c.want {
				t.Errorf("the mean of %v is %d, want %d", c.xs, got, c.want)
			}
		})
	}
}

func TestNothingHasNoMean(t *testing.T) {
	if got, ok := stats.Mean(nil); ok {
		t.Errorf("the mean of nothing is %d", got)
	}
	if got, ok := stats.WeightedMean(nil, nil); ok {
		t.Errorf("the weighted mean of nothing is %d", got)
	}
}

// The mean does not depend on the order of the names, to the last digit.
func TestMeanIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := anyReturns(1).Draw(t, "xs")
		want, _ := stats.Mean(xs)
		if got, _ := stats.Mean(rapid.Permutation(xs).Draw(t, "shuffled")); got != want {
			t.Fatalf("shuffled, the mean is %d instead of %d", got, want)
		}
	})
}

func TestWeightedMean(t *testing.T) {
	for name, c := range map[string]struct {
		xs      []num.Return
		weights []num.Dollars
		want    num.Return
	}{
		"two to one":               {percent(3, 0), []num.Dollars{2, 1}, 200_000_000},
		"down":                     {percent(-3, 0), []num.Dollars{2, 1}, -200_000_000},
		"equal weights":            {percent(1, 2, 6), []num.Dollars{9, 9, 9}, 300_000_000},
		"they cancel":              {percent(1, -2), []num.Dollars{2, 1}, 0},
		"a half goes away from 0":  {[]num.Return{-1, -2}, []num.Dollars{1, 1}, -2},
		"no weight, no part in it": {percent(1, 50, 50), []num.Dollars{1, 0, -7}, 100_000_000},
		"70 bits and more":         {percent(10, 10), []num.Dollars{4e18, 4e18}, 1_000_000_000},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.WeightedMean(c.xs, c.weights); !ok || got != c.want {
				t.Errorf("the weighted mean is %d, want %d", got, c.want)
			}
		})
	}
}

func TestWeightedMeanNeedsAWeightForEachReturn(t *testing.T) {
	for name, weights := range map[string][]num.Dollars{
		"too few": {1}, "too many": {1, 1, 1}, "all zero": {0, 0}, "all negative": {-1, -1},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.WeightedMean(percent(1, 2), weights); ok {
				t.Errorf("the weighted mean is %d, want none", got)
			}
		})
	}
	most := num.Dollars(math.MaxInt64)
	if got, ok := stats.WeightedMean(percent(1, 2, 3), []num.Dollars{most, most, most}); ok {
		t.Errorf("weights beyond 64 bits give a mean of %d, want none", got)
	}
}

// Against rational arithmetic with as many digits as it takes.
func TestWeightedMeanIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := anyReturns(1).Draw(t, "xs")
		weights := make([]num.Dollars, len(xs))
		numerator, denominator := new(big.Int), new(big.Int)
		for i, x := range xs {
			w := rapid.Int64Range(0, 4_000_000_000_000).Draw(t, "weight")
			weights[i] = num.Dollars(w)
			numerator.Add(numerator, new(big.Int).Mul(big.NewInt(w), big.NewInt(int64(x))))
			denominator.Add(denominator, big.NewInt(w))
		}
		got, ok := stats.WeightedMean(xs, weights)
		if ok != (denominator.Sign() > 0) {
			t.Fatalf("there is a mean: %t, the weights sum to %s", ok, denominator)
		}
		if !ok {
			return
		}
		if want := new(big.Rat).SetFrac(numerator, denominator).FloatString(0); big.NewInt(int64(got)).String() != normal(want) {
			t.Fatalf("the weighted mean is %d, want %s", got, want)
		}
		inPercent := new(big.Rat).SetFrac(numerator, new(big.Int).Mul(denominator, big.NewInt(100_000_000)))
		weighed := stats.Weigh(xs, weights)
		for name, got := range map[string]num.Figure{"it": weighed.Percent(), "it less nothing": weighed.MinusPercent(stats.Weigh([]num.Return{0}, []num.Dollars{3}))} {
			if want := normalPercent(inPercent.FloatString(2)); got.String() != want {
				t.Fatalf("%s is %s percent, want %s", name, got, want)
			}
		}
	})
}

// normalPercent turns the "-0.00" of a rounded rational into "0.00".
func normalPercent(s string) string {
	if s == "-0.00" {
		return "0.00"
	}
	return s
}

// normal turns the "-0" of a rounded rational into "0".
func normal(s string) string {
	if s == "-0" {
		return "0"
	}
	return s
}

// Against the same rational arithmetic.
func TestMeanIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := anyReturns(1).Draw(t, "xs")
		total := new(big.Int)
		for _, x := range xs {
			total.Add(total, big.NewInt(int64(x)))
		}
		want := normal(new(big.Rat).SetFrac(total, big.NewInt(int64(len(xs)))).FloatString(0))
		if got, _ := stats.Mean(xs); big.NewInt(int64(got)).String() != want {
			t.Fatalf("the mean is %d, want %s", got, want)
		}
	})
}

func BenchmarkMean490(b *testing.B) {
	xs := group(rand.New(rand.NewPCG(1, 1)), 490, 0, 5)
	b.ReportAllocs()
	for b.Loop() {
		stats.Mean(xs)
	}
}

func BenchmarkWeightedMean1960(b *testing.B) {
	xs := group(rand.New(rand.NewPCG(1, 1)), 1960, 0, 5)
	weights := make([]num.Dollars, len(xs))
	for i := range weights {
		weights[i] = num.Dollars(1_000_000_000 + i)
	}
	b.ReportAllocs()
	for b.Loop() {
		stats.WeightedMean(xs, weights)
	}
}
