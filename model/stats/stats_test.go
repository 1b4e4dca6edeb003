package stats_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"pgregory.net/rapid"

	"gyre/model/num"
)

// percent writes returns as a person would: 1.5 is +1.5 %.
func percent(values ...float64) []num.Return {
	xs := make([]num.Return, len(values))
	for i, v := range values {
		xs[i] = num.Return(math.Round(v * float64(num.ReturnScale) / 100))
	}
	return xs
}

// anyReturns draws between least and 60 returns, often with ties among them.
func anyReturns(least int) *rapid.Generator[[]num.Return] {
	wide := rapid.Map(rapid.Int64Range(-20_000_000_000, 100_000_000_000), func(v int64) num.Return { return num.Return(v) })
	tied := rapid.Map(rapid.Int64Range(-3, 3), func(v int64) num.Return { return num.Return(v) })
	return rapid.SliceOfN(rapid.OneOf(wide, tied), least, 60)
}

// group is n normal returns in percent around mean, for tests that need a crowd.
func group(random *rand.Rand, n int, mean, sd float64) []num.Return {
	values := make([]float64, n)
	for i := range values {
		values[i] = mean + sd*random.NormFloat64()
	}
	return percent(values...)
}

// sorted is the values of xs in order.
func sorted[T cmp.Ordered](xs []T) []T {
	ordered := slices.Clone(xs)
	slices.Sort(ordered)
	return ordered
}
