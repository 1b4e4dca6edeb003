package stats_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/stats"
)

const draws = 2000

// Where every name of a group did the same, so did every sample.
func TestBootstrapOfGroupsThatDoNotVary(t *testing.T) {
	low, high, ok := stats.Bootstrap(percent(3, 3, 3), percent(1, 1), 7, draws)
	if !ok || low != 200_000_000 || high != 200_000_000 {
		t.Errorf("the interval is %d to %d, want +2 %% alone", low, high)
	}
}

// Two names against one: samples differ by 0, 5 or 10 % with odds 1:2:1, so
// that more than 2.5 % lie at either end.
func TestBootstrapReachesBothEnds(t *testing.T) {
	for seed := range uint64(20) {
		low, high, _ := stats.Bootstrap(percent(0, 10), percent(0), seed, draws)
		if low != 0 || high != 1_000_000_000 {
			t.Errorf("seed %d: the interval is %d to %d, want 0 to +10 %%", seed, low, high)
		}
	}
}

func TestBootstrapNeedsNamesAndDraws(t *testing.T) {
	some := percent(1, 2)
	for name, c := range map[string]struct {
		a, b  []num.Return
		draws int
	}{
		"no first group":  {nil, some, draws},
		"no second group": {some, nil, draws},
		"no draws":        {some, some, 0},
		"negative draws":  {some, some, -5},
	} {
		t.Run(name, func(t *testing.T) {
			if low, high, ok := stats.Bootstrap(c.a, c.b, 1, c.draws); ok {
				t.Errorf("the interval is %d to %d, want none", low, high)
			}
		})
	}
}

// One draw is its own smallest and largest; forty have too few for a tail of
// 2.5 %, so that the interval is all they span.
func TestBootstrapWithFewDraws(t *testing.T) {
	a, b := percent(1, 2, 3, 4, 5, 6, 7), percent(0, 1)
	if low, high, ok := stats.Bootstrap(a, b, 1, 1); !ok || low != high {
		t.Errorf("one draw spans %d to %d", low, high)
	}
	differences := resampled(a, b, 5, 40)
	if low, high, _ := stats.Bootstrap(a, b, 5, 40); low != differences[0] || high != differences[39] {
		t.Errorf("forty draws span %d to %d, want %d to %d", low, high, differences[0], differences[39])
	}
}

// resampled is the bootstrap as one would write it down: the same random
// numbers, floating point, and a sort.
func resampled(a, b []num.Return, seed uint64, draws int) []num.Return {
	random := rand.NewPCG(seed, 0x9e3779b97f4a7c15)
	mean := func(xs []num.Return) num.Return {
		var total float64
		pick := func(part uint64, bits int) {
			total += float64(xs[int(math.Ldexp(float64(part), -bits)*float64(len(xs)))])
		}
		for range len(xs) / 3 {
			word := random.Uint64()
			for shift := 42; shift >= 0; shift -= 21 {
				pick(word>>shift&(1<<21-1), 21)
			}
		}
		for range len(xs) % 3 {
			pick(random.Uint64()>>32, 32)
		}
		return num.Return(math.Round(total / float64(len(xs))))
	}
	differences := make([]num.Return, draws)
	for i := range differences {
		differences[i] = mean(a) - mean(b)
	}
	slices.Sort(differences)
	return differences
}

func TestBootstrapAgreesWithThePlainAlgorithm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyReturns(1).Draw(t, "a"), anyReturns(1).Draw(t, "b")
		seed := rapid.Uint64().Draw(t, "seed")
		const draws = 399 // (399+1) * 2.5 % is 10: the tenth from either end
		differences := resampled(a, b, seed, draws)
		low, high, _ := stats.Bootstrap(a, b, seed, draws)
		if low != differences[9] || high != differences[389] {
			t.Fatalf("the interval is %d to %d, want %d to %d", low, high, differences[9], differences[389])
		}
	})
}

func TestBootstrapIsReproducible(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	a, b := group(random, 490, 0, 5), group(random, 489, -2, 9)
	low, high, _ := stats.Bootstrap(a, b, 20250328, draws)

	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if l, h, _ := stats.Bootstrap(a, b, 20250328, draws); l != low || h != high {
				t.Errorf("at the same time on one processor: %d to %d, want %d to %d", l, h, low, high)
			}
		})
	}
	wait.Wait()
	if l, h, _ := stats.Bootstrap(a, b, 20250331, draws); l == low && h == high {
		t.Error("another seed gives the same interval")
	}
}

// Of intervals for many pairs of crowds, 95 % should hold the true difference.
func TestBootstrapCoversTheTruth(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	const pairs = 400
	covered := 0
	for i := range uint64(pairs) {
		a, b := group(random, 60, 1, 3), group(random, 80, -1, 6)
		low, high, _ := stats.Bootstrap(a, b, i, 400)
		if low <= 200_000_000 && 200_000_000 <= high {
			covered++
		}
	}
	if covered < pairs*91/100 || covered > pairs*98/100 {
		t.Errorf("%d of %d intervals hold the true difference, want about %d", covered, pairs, pairs*95/100)
	}
}

// For large groups bootstrap and Welch tell the same story.
func TestBootstrapAgreesWithWelch(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	a, b := group(random, 490, 0.35, 5), group(random, 490, -2.09, 9)
	low, high, _ := stats.Bootstrap(a, b, 1, draws)
	_, lowWelch, highWelch, _ := stats.Welch(a, b)
	width := float64(highWelch - lowWelch)
	if math.Abs(float64(low-lowWelch)) > width/20 || math.Abs(float64(high-highWelch)) > width/20 {
		t.Errorf("bootstrap says %s to %s, Welch %s to %s", low.Decimal(), high.Decimal(), lowWelch.Decimal(), highWelch.Decimal())
	}
}

func TestBootstrapAllocatesItsDrawsOnly(t *testing.T) {
	a := percent(1, 2, 3, 4, 5)
	if got := testing.AllocsPerRun(5, func() { stats.Bootstrap(a, a, 1, draws) }); got > 1 {
		t.Errorf("a bootstrap allocates %g times, want once", got)
	}
}

func BenchmarkBootstrap490x2000(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	x, y := group(random, 490, 0, 5), group(random, 490, -2, 9)
	b.ReportAllocs()
	for b.Loop() {
		stats.Bootstrap(x, y, 1, draws)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(980*draws), "ns/element")
}
