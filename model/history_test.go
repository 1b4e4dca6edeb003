package model

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
)

const pp = num.ReturnScale / 100

// priors is n spreads around median, half of them spread below and half above.
func priors(n int, median, distance num.Return) []num.Return {
	rs := make([]num.Return, n)
	for i := range rs {
		rs[i] = median + distance
		if i%2 == 0 {
			rs[i] = median - distance
		}
	}
	return rs
}

func TestScoreSpreadAfterTheClose(t *testing.T) {
	t.Parallel()
	// The median absolute deviation is 1 pp, so sigma is 1.4826 pp.
	cases := map[string]struct {
		spread num.Return
		median num.Return
		z0, z  string
		trend  Trend
	}{
		"as usual":                 {-1 * pp, -1 * pp, "-0.7", "0.0", TrendContinuing},
		"further out the same way": {-4 * pp, -1 * pp, "-2.7", "-2.0", TrendSpeedingUp},
		"less than usual":          {-1 * pp, -4 * pp, "-0.7", "2.0", TrendFading},
		"the other way":            {2 * pp, 0, "1.3", "1.3", TrendSpeedingUp},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			z0, z, n, trend, _, ok := scoreSpread(zInput{spread: c.spread, prior: priors(60, c.median, pp), sessions: 5, elapsed: 1, closed: true})
			if !ok || n != 60 || z0.String() != c.z0 || z.String() != c.z || trend != c.trend {
				t.Errorf("z0 %s z %s n %d trend %d ok %t, want %s %s 60 %d", z0, z, n, trend, ok, c.z0, c.z, c.trend)
			}
		})
	}
}

func TestScoreSpreadNeedsFortyPriors(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]bool{0: false, 39: false, 40: true, 60: true} {
		z0, z, got, trend, _, ok := scoreSpread(zInput{spread: pp, prior: priors(n, 0, pp), sessions: 1, closed: true})
		if ok != want || z0.Known() != want || z.Known() != want || got != n {
			t.Errorf("%d priors: ok %t, counted %d", n, ok, got)
		}
		if !ok && trend != TrendNone {
			t.Errorf("%d priors: a trend without a history", n)
		}
	}
}

func TestScoreSpreadWhileOpen(t *testing.T) {
	t.Parallel()
	day := priors(60, 0, pp)
	for name, c := range map[string]struct {
		sessions int
		elapsed  float64
		variance float64 // in one-session variances
	}{
		"at the open of the first session":  {1, 0, 0.2},
		"at noon, about":                    {1, 0.5, 0.6},
		"at the close":                      {1, 1, 1},
		"on the third of a week's sessions": {3, 0.5, 2.6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, _, _, z0, ok := scoreSpread(zInput{spread: pp, prior: day, dayPrior: day, sessions: c.sessions, elapsed: c.elapsed})
			want := 1 / (1.4826 * math.Sqrt(c.variance))
			if !ok || math.Abs(z0-want) > 1e-9 {
				t.Errorf("z0 %v, want %v", z0, want)
			}
		})
	}
}

func TestZ0HasTheSpreadsSign(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prior := rapid.SliceOfN(rapid.Int64Range(-int64(50*pp), int64(50*pp)), 40, 60).Draw(t, "prior")
		in := zInput{spread: num.Return(rapid.Int64Range(-int64(50*pp), int64(50*pp)).Draw(t, "spread")), sessions: 5, closed: true}
		for _, v := range prior {
			in.prior = append(in.prior, num.Return(v))
		}
		_, _, _, _, z0, ok := scoreSpread(in)
		if ok && (z0 > 0) != (in.spread > 0) && in.spread != 0 {
			t.Fatalf("spread %d, z0 %v", in.spread, z0)
		}
	})
}

// What is usual for the window counts as far as the window has gone.
func TestUsualSpreadGrowsWithTheWeek(t *testing.T) {
	t.Parallel()
	week, day := priors(60, -5*pp, pp), priors(60, 0, pp)
	for name, c := range map[string]struct {
		sessions int
		elapsed  float64
		part     float64 // of the median
	}{
		"Monday at the open":     {1, 0, 0.2},
		"Monday at noon, about":  {1, 0.5, 0.6},
		"Tuesday at the close":   {2, 1, 1},
		"Friday at the open":     {5, 0, 4.2 / 5},
		"Friday, after the bell": {5, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, z, _, _, z0, ok := scoreSpread(zInput{prior: week, dayPrior: day, sessions: c.sessions, elapsed: c.elapsed, spread: pp})
			sigma := 1.4826 * math.Sqrt(c.part*float64(c.sessions))
			want := (1 + 5*c.part) / sigma
			if !ok || math.Abs(z0-1/sigma) > 1e-9 || z != num.FigureFromFloat(want, 1) {
				t.Errorf("z0 %v z %s, want %v %.3f", z0, z, 1/sigma, want)
			}
		})
	}
}

func TestScoreSpreadWhileOpenNeedsBothHistories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		window, day, counted int
		ok                   bool
	}{
		"both":                  {60, 60, 60, true},
		"few weeks":             {39, 60, 39, false},
		"few days":              {60, 39, 39, false},
		"the lesser is counted": {45, 60, 45, true},
		"nothing":               {0, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := zInput{spread: pp, prior: priors(c.window, 0, pp), dayPrior: priors(c.day, 0, pp), sessions: 5, elapsed: 0.5}
			z0, z, n, trend, _, ok := scoreSpread(in)
			if ok != c.ok || n != c.counted || z0.Known() != c.ok || z.Known() != c.ok || (trend != TrendNone) != c.ok {
				t.Errorf("z0 %q z %q of %d, trend %d", z0, z, n, trend)
			}
		})
	}
}

// A history without any variation is no yardstick: nothing is divided by zero.
func TestScoreSpreadOfAFlatHistory(t *testing.T) {
	t.Parallel()
	flat := priors(60, pp, 0)
	for _, closed := range []bool{true, false} {
		z0, z, _, trend, f, ok := scoreSpread(zInput{spread: 2 * pp, prior: flat, dayPrior: flat, sessions: 5, elapsed: 0.5, closed: closed})
		if ok || z0.Known() || z.Known() || trend != TrendNone || f != 0 {
			t.Errorf("closed %t: z0 %q z %q trend %d", closed, z0, z, trend)
		}
	}
}

func TestTrendWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		z0, z float64
		want  Trend
	}{
		"as much as ever":                {-2.1, -0.99, TrendContinuing},
		"more than ever, down":           {-2.1, -1.1, TrendSpeedingUp},
		"more than ever, up":             {2, 1, TrendSpeedingUp},
		"less than it was":               {-0.5, 1, TrendFading},
		"turned, but not by much":        {-0.5, 0.9, TrendContinuing},
		"gone, after it used to be up":   {0, -2, TrendFading},
		"gone, after it used to be down": {0, 2, TrendFading},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := trendOf(c.z0, c.z); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}
