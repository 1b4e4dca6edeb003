package num_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestMeanOfNothing(t *testing.T) {
	var none num.Mean
	some := num.Mean{Sum: 100, N: 3}
	if none.Known() || none.Return() != 0 || none.Percent().Known() {
		t.Errorf("the mean of nothing is %v", none.Percent())
	}
	for name, d := range map[string]num.Difference{
		"nothing - some": none.Minus(some), "some - nothing": some.Minus(none), "zero": {},
	} {
		if d.Known() || d.Percent().Known() || d.Return() != 0 {
			t.Errorf("%s is %s", name, d.Percent())
		}
	}
}

func TestMeansRoundOnceAtTheEnd(t *testing.T) {
	const percent = int64(num.ReturnScale) / 100
	for name, c := range map[string]struct {
		a, b                    num.Mean
		printA, printB, printed string
	}{
		// 1.004 and 0.996 print as 1.00 both, and yet they are 0.01 apart.
		"a difference that both roundings hide": {
			num.Mean{Sum: 10 * percent * 1004 / 1000, N: 10}, num.Mean{Sum: 10 * percent * 996 / 1000, N: 10}, "1.00", "1.00", "0.01",
		},
		// 1.006 and 0.994 print 0.02 apart, and are 0.012 apart.
		"a difference that both roundings stretch": {
			num.Mean{Sum: 10 * percent * 1006 / 1000, N: 10}, num.Mean{Sum: 10 * percent * 994 / 1000, N: 10}, "1.01", "0.99", "0.01",
		},
		"a tie goes away from zero":         {num.Mean{Sum: percent / 200, N: 1}, num.Mean{N: 1}, "0.01", "0.00", "0.01"},
		"a negative tie too":                {num.Mean{Sum: -percent / 200, N: 1}, num.Mean{N: 1}, "-0.01", "0.00", "-0.01"},
		"never minus zero":                  {num.Mean{Sum: -percent / 201, N: 1}, num.Mean{N: 1}, "0.00", "0.00", "0.00"},
		"thirds that add up to a tie":       {num.Mean{Sum: percent / 100, N: 3}, num.Mean{Sum: -percent / 100, N: 6}, "0.00", "0.00", "0.01"},
		"the note's quartiles of the week":  {num.Mean{Sum: 35 * percent / 100, N: 1}, num.Mean{Sum: -209 * percent / 100, N: 1}, "0.35", "-2.09", "2.44"},
		"the note's quartiles of a quarter": {num.Mean{Sum: -1908 * percent / 100, N: 1}, num.Mean{Sum: -319 * percent / 100, N: 1}, "-19.08", "-3.19", "-15.89"},
	} {
		d := c.a.Minus(c.b)
		if a, b, got := c.a.Percent().String(), c.b.Percent().String(), d.Percent().String(); a != c.printA || b != c.printB || got != c.printed {
			t.Errorf("%s: %s and %s differ by %s, want %s and %s by %s", name, a, b, got, c.printA, c.printB, c.printed)
		}
	}
}

// rounded is a ratio rounded half away from zero to places, as math/big does it.
func rounded(r *big.Rat, places int) string {
	s := r.FloatString(places)
	if d := decimal.RequireFromString(s); d.IsZero() {
		return d.StringFixed(int32(places)) // never "-0.00"
	}
	return s
}

func TestMeansAgreeWithRationals(t *testing.T) {
	sums := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64Range(-1e17, 1e17), rapid.Int64Range(-1e14, 1e14), rapid.Just(int64(math.MinInt64)), rapid.Int64())
	counts := rapid.IntRange(1, 100_000)
	perUnit := big.NewRat(1, int64(num.ReturnScale)/100) // percent
	rapid.Check(t, func(t *rapid.T) {
		a := num.Mean{Sum: sums.Draw(t, "sum a"), N: counts.Draw(t, "n a")}
		b := num.Mean{Sum: sums.Draw(t, "sum b"), N: counts.Draw(t, "n b")}
		exactA, exactB := big.NewRat(a.Sum, int64(a.N)), big.NewRat(b.Sum, int64(b.N))
		if got, want := decimal.NewFromInt(int64(a.Return())).String(), rounded(exactA, 0); got != want {
			t.Fatalf("the mean of %+v is %s units, want %s", a, got, want)
		}
		if got, want := a.Percent().String(), rounded(new(big.Rat).Mul(exactA, perUnit), 2); got != want {
			t.Fatalf("the mean of %+v is %s %%, want %s", a, got, want)
		}
		difference := new(big.Rat).Sub(exactA, exactB)
		if got, want := a.Minus(b).Percent().String(), rounded(new(big.Rat).Mul(difference, perUnit), 2); got != want {
			t.Fatalf("%+v - %+v is %s pp, want %s", a, b, got, want)
		}
		if got, want := a.MinusPercent(b), a.Minus(b).Percent(); got.String() != want.String() {
			t.Fatalf("the quick %+v - %+v is %s pp, want %s", a, b, got, want)
		}
	})
}

func TestDifferenceAsAReturn(t *testing.T) {
	d := num.Mean{Sum: 10, N: 3}.Minus(num.Mean{Sum: -1, N: 6}) // 3 1/3 + 1/6
	if got := d.Return(); got != 4 {
		t.Errorf("the difference is %d units, want 4 (3.5 away from zero)", got)
	}
}

// Counts near the end of 64 bits do not turn a mean over.
func TestMeanOfHugeCounts(t *testing.T) {
	const n = 5_811_794_763_000_000_000
	for sum, want := range map[int64]num.Return{-3_411_577_273_854_775_808: -1, 3_411_577_273_854_775_808: 1, n/2 - 1: 0, 1 - n/2: 0} {
		if got := (num.Mean{Sum: sum, N: n}).Return(); got != want {
			t.Errorf("%d over %d is %d, want %d", sum, int64(n), got, want)
		}
	}
}
