package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/stats"
)

// Student's own sleep data (1908), with the result that the documentation of
// R's t.test has printed for decades: t = -1.8608, interval -3.3654832 to 0.2054832.
func TestWelchOnStudentsSleepData(t *testing.T) {
	drug1 := percent(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
	drug2 := percent(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
	got, low, high, ok := stats.Welch(drug1, drug2)
	if !ok || math.Abs(got+1.8608) > 0.00005 {
		t.Errorf("t is %.5f, want -1.8608", got)
	}
	if !near(low, -3.3654832, 0.0002) || !near(high, 0.2054832, 0.0002) {
		t.Errorf("the interval is %s to %s, want -3.3655 to 0.2055", low.Decimal(), high.Decimal())
	}
}

// near tells whether r is within tolerance percentage points of want.
func near(r num.Return, want, tolerance float64) bool {
	return math.Abs(100*r.Float()-want) <= tolerance
}

// With equal sizes and equal variances the degrees of freedom are 2(n-1), so
// that the half width divided by the standard error is a printed quantile.
func TestWelchUsesStudentsQuantiles(t *testing.T) {
	for n, want := range map[int]float64{ // 97.5 % quantiles for 2(n-1) degrees, from any table
		5: 2.306, 6: 2.228, 11: 2.086, 16: 2.042, 31: 2.000, 61: 1.980,
	} {
		a, b := make([]float64, n), make([]float64, n)
		for i := range n {
			a[i], b[i] = float64(i), float64(i)+1
		}
		statistic, low, high, ok := stats.Welch(percent(a...), percent(b...))
		if !ok {
			t.Fatalf("no interval for two groups of %d", n)
		}
		standardError := -1 / statistic // the difference is -1 %
		if got := 100 * (high - low).Float() / 2 / standardError; math.Abs(got-want) > 0.0006 {
			t.Errorf("two groups of %d: the quantile is %.4f, want %.3f", n, got, want)
		}
	}
}

// The smallest group alone decides where the other does not vary: 4 degrees of freedom.
func TestWelchWithOneQuietGroup(t *testing.T) {
	noisy, quiet := percent(0, 1, 2, 3, 4), percent(1, 1, 1, 1, 1)
	statistic, low, high, ok := stats.Welch(noisy, quiet)
	if want := math.Sqrt2; !ok || math.Abs(statistic-want) > 1e-9 { // (2-1)/sqrt(2.5/5)
		t.Errorf("t is %g, want %g", statistic, want)
	}
	if got := 100 * (high - low).Float() / 2 / math.Sqrt(0.5); math.Abs(got-2.776) > 0.001 {
		t.Errorf("the quantile is %.4f, want 2.776", got)
	}
}

func TestWelchNeedsTwoGroupsThatVary(t *testing.T) {
	five := percent(1, 2, 3, 4, 5)
	for name, c := range map[string]struct{ a, b []num.Return }{
		"no first group":      {nil, five},
		"no second group":     {five, nil},
		"four names":          {five[:4], five},
		"neither varies":      {percent(1, 1, 1, 1, 1), percent(2, 2, 2, 2, 2)},
		"four in the second":  {five, five[:4]},
		"nothing to compare":  {nil, nil},
		"one name each group": {five[:1], five[:1]},
	} {
		t.Run(name, func(t *testing.T) {
			if statistic, _, _, ok := stats.Welch(c.a, c.b); ok {
				t.Errorf("t is %g, want none", statistic)
			}
		})
	}
}

func TestWelchIsAntisymmetricAndAroundTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyReturns(5).Draw(t, "a"), anyReturns(5).Draw(t, "b")
		forward, low, high, ok := stats.Welch(a, b)
		backward, lowBack, highBack, okBack := stats.Welch(b, a)
		if ok != okBack || math.Abs(forward+backward) > 1e-9*(1+math.Abs(forward)) || low != -highBack || high != -lowBack {
			t.Fatalf("a-b: %g [%d, %d], b-a: %g [%d, %d]", forward, low, high, backward, lowBack, highBack)
		}
		if !ok {
			return
		}
		meanA, _ := stats.Mean(a)
		meanB, _ := stats.Mean(b)
		if off := (low+high)/2 - (meanA - meanB); low > high || off > 2 || off < -2 {
			t.Fatalf("[%d, %d] is not around %d", low, high, meanA-meanB)
		}
	})
}

func BenchmarkWelch490(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	x, y := group(random, 490, 0, 5), group(random, 490, -2, 9)
	b.ReportAllocs()
	for b.Loop() {
		stats.Welch(x, y)
	}
}
