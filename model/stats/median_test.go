package stats_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/stats"
)

func TestMedian(t *testing.T) {
	for name, c := range map[string]struct {
		xs   []num.Return
		want num.Return
	}{
		"one":                        {[]num.Return{4}, 4},
		"odd":                        {[]num.Return{9, -2, 5}, 5},
		"even":                       {[]num.Return{9, -2, 5, 1}, 3},
		"even, a half goes up":       {[]num.Return{1, 2}, 2},
		"even, a half goes down":     {[]num.Return{-1, -2}, -2},
		"an outlier does not matter": {[]num.Return{1, 2, 3, 4, 1e15}, 3},
		"all alike":                  {[]num.Return{7, 7, 7, 7}, 7},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.Median(c.xs, nil); !ok || got != c.want {
				t.Errorf("the median of %v is %d, want %d", c.xs, got, c.want)
			}
		})
	}
}

func TestTrimmedMean(t *testing.T) {
	twenty := make([]float64, 20) // 0 to 18, and one gone mad
	for i := range twenty {
		twenty[i] = float64(i)
	}
	twenty[19] = 1000
	for name, c := range map[string]struct {
		xs      []num.Return
		percent int
		want    num.Return
	}{
		"5 % of 20 is one from each tail": {percent(twenty...), 5, 950_000_000}, // the mean of 1 … 18
		"1 % of 20 is none":               {percent(twenty...), 1, 5_855_000_000},
		"5 % of 19 is none":               {percent(twenty[:19]...), 5, 900_000_000},
		"nothing to trim":                 {percent(1, 2, 6), 0, 300_000_000},
		"a negative percentage is none":   {percent(1, 2, 6), -5, 300_000_000},
		"25 % leaves the middle half":     {percent(100, 1, 2, -100), 25, 150_000_000},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := stats.TrimmedMean(c.xs, nil, c.percent); !ok || got != c.want {
				t.Errorf("the trimmed mean is %d, want %d", got, c.want)
			}
		})
	}
}

func TestNothingHasNoMiddle(t *testing.T) {
	if got, ok := stats.Median(nil, nil); ok {
		t.Errorf("the median of nothing is %d", got)
	}
	if got, ok := stats.TrimmedMean(nil, nil, 5); ok {
		t.Errorf("the trimmed mean of nothing is %d", got)
	}
	for _, p := range []int{50, 99, 100, 200} {
		if got, ok := stats.TrimmedMean(percent(1, 2), nil, p); ok {
			t.Errorf("trimming %d %% from each tail leaves %d", p, got)
		}
	}
}

// Selection against sorting, on crowds with and without ties; and the caller's
// names stay in their order.
func TestSelectionAgreesWithSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := anyReturns(1).Draw(t, "xs")
		before := slices.Clone(xs)
		scratch := make([]num.Return, 0, rapid.IntRange(0, 80).Draw(t, "scratch"))
		ordered := sorted(xs)
		n := len(xs)

		want, _ := stats.Mean([]num.Return{ordered[(n-1)/2], ordered[n/2]})
		if got, _ := stats.Median(xs, scratch); got != want {
			t.Fatalf("the median of %v is %d, want %d", xs, got, want)
		}
		p := rapid.IntRange(0, 49).Draw(t, "percent")
		cut := n * p / 100
		want, _ = stats.Mean(ordered[cut : n-cut])
		if got, ok := stats.TrimmedMean(xs, scratch, p); !ok || got != want {
			t.Fatalf("the mean of %v without %d %% is %d, want %d", xs, p, got, want)
		}
		if !slices.Equal(xs, before) {
			t.Fatalf("%v was reordered to %v", before, xs)
		}
	})
}

// Orders that make a careless quickselect slow or wrong.
func TestSelectionOnAwkwardOrders(t *testing.T) {
	const n = 1001
	ascending, descending, organPipe, sawtooth := make([]num.Return, n), make([]num.Return, n), make([]num.Return, n), make([]num.Return, n)
	for i := range n {
		ascending[i] = num.Return(i)
		descending[i] = num.Return(n - 1 - i)
		organPipe[i] = num.Return(min(i, n-1-i))
		sawtooth[i] = num.Return(i % 7)
	}
	for name, xs := range map[string][]num.Return{
		"ascending": ascending, "descending": descending, "organ pipe": organPipe, "sawtooth": sawtooth, "alike": make([]num.Return, n),
	} {
		t.Run(name, func(t *testing.T) {
			want := sorted(xs)[n/2]
			if got, _ := stats.Median(xs, nil); got != want {
				t.Errorf("the median is %d, want %d", got, want)
			}
		})
	}
}

func TestStatisticsDoNotAllocate(t *testing.T) {
	xs := group(rand.New(rand.NewPCG(3, 3)), 490, 0, 5)
	scratch := make([]num.Return, len(xs))
	for name, call := range map[string]func(){
		"Mean":        func() { stats.Mean(xs) },
		"Median":      func() { stats.Median(xs, scratch) },
		"TrimmedMean": func() { stats.TrimmedMean(xs, scratch, 5) },
		"MAD":         func() { stats.MAD(xs, scratch) },
		"SD":          func() { stats.SD(xs) },
		"Welch":       func() { stats.Welch(xs, xs) },
	} {
		if got := testing.AllocsPerRun(10, call); got != 0 {
			t.Errorf("%s allocates %g times, want never", name, got)
		}
	}
}

func BenchmarkMedian(b *testing.B) {
	for name, n := range map[string]int{"490": 490, "1960": 1960} {
		b.Run(name, func(b *testing.B) {
			xs := group(rand.New(rand.NewPCG(1, 1)), n, 0, 5)
			scratch := make([]num.Return, n)
			b.ReportAllocs()
			for b.Loop() {
				stats.Median(xs, scratch)
			}
		})
	}
}

func BenchmarkTrimmedMean490(b *testing.B) {
	xs := group(rand.New(rand.NewPCG(1, 1)), 490, 0, 5)
	scratch := make([]num.Return, len(xs))
	b.ReportAllocs()
	for b.Loop() {
		stats.TrimmedMean(xs, scratch, 5)
	}
}
