package rotation_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/rotation"
)

// russellAndSP is the Russell 2000 over the S&P 500 at the official closes of
// the 70 sessions from 16 December 2024 to 28 March 2025.
func russellAndSP() []float64 {
	closes := [][2]float64{
		{2361.99, 6074.08},
		{2334.08, 6050.61},
		{2231.51, 5872.16},
		{2221.50, 5867.08},
		{2242.37, 5930.85},
		{2237.44, 5974.07},
		{2259.85, 6040.04},
		{2280.19, 6037.59},
		{2244.59, 5970.84},
		{2227.78, 5906.94},
		{2230.16, 5881.63},
		{2231.67, 5868.55},
		{2268.47, 5942.47},
		{2266.65, 5975.38},
		{2249.80, 5909.03},
		{2238.96, 5918.25},
		{2189.23, 5827.04},
		{2194.40, 5836.22},
		{2219.24, 5842.91},
		{2263.29, 5949.91},
		{2266.79, 5937.34},
		{2275.88, 5996.66},
		{2317.97, 6049.24},
		{2303.72, 6086.37},
		{2314.60, 6118.71},
		{2307.74, 6101.24},
		{2284.02, 6012.28},
		{2288.86, 6067.70},
		{2283.10, 6039.31},
		{2307.45, 6071.17},
		{2287.69, 6040.53},
		{2258.42, 5994.57},
		{2290.21, 6037.88},
		{2316.23, 6061.48},
		{2307.12, 6083.57},
		{2279.71, 6025.99},
		{2287.94, 6066.44},
		{2275.70, 6068.50},
		{2255.89, 6051.97},
		{2282.18, 6115.07},
		{2279.98, 6114.63},
		{2290.35, 6129.58},
		{2282.46, 6144.15},
		{2261.74, 6117.52},
		{2195.35, 6013.13},
		{2178.27, 5983.25},
		{2170.08, 5955.25},
		{2174.17, 5956.06},
		{2139.66, 5861.57},
		{2163.07, 5954.50},
		{2102.24, 5849.72},
		{2079.53, 5778.15},
		{2100.75, 5842.63},
		{2066.55, 5738.52},
		{2075.48, 5770.20},
		{2019.07, 5614.56},
		{2023.59, 5572.07},
		{2026.47, 5599.30},
		{1993.69, 5521.52},
		{2044.10, 5638.94},
		{2068.33, 5675.12},
		{2049.94, 5614.66},
		{2082.08, 5675.29},
		{2068.63, 5662.89},
		{2056.98, 5667.56},
		{2109.38, 5767.57},
		{2095.38, 5776.65},
		{2073.83, 5712.20},
		{2065.70, 5693.31},
		{2023.27, 5580.94},
	}
	ratio := make([]float64, len(closes))
	for i, c := range closes {
		ratio[i] = c[0] / c[1]
	}
	return ratio
}

// The week of 24 to 28 March 2025, worked out apart from this code.
func TestTrailOfTheLastWeekOfMarch2025(t *testing.T) {
	trail, err := rotation.Trail(russellAndSP(), 5)
	if err != nil {
		t.Fatal(err)
	}
	want := []rotation.Point{{101.21, 98.78}, {99.91, 97.65}, {99.95, 97.87}, {99.72, 98.53}, {99.36, 99.09}}
	for i, p := range trail {
		if math.Abs(p.Trend-want[i].Trend) > 0.005 || math.Abs(p.Momentum-want[i].Momentum) > 0.005 {
			t.Errorf("March %d: %.3f/%.3f, want %v", 24+i, p.Trend, p.Momentum, want[i])
		}
	}
	if got := trail[4].Quadrant(); got != rotation.Lagging {
		t.Errorf("on 28 March small caps are %s, want Lagging", got)
	}
}

func TestTrailLength(t *testing.T) {
	ratio := russellAndSP()
	for name, c := range map[string]struct{ closes, ask, want int }{
		"as many as asked for":          {70, 5, 5},
		"as far back as the data reach": {70, 100, 39},
		"exactly enough for one":        {32, 5, 1},
		"none asked for":                {70, 0, 0},
		"fewer than none asked for":     {70, -3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			trail, err := rotation.Trail(ratio[:c.closes], c.ask)
			if err != nil || len(trail) != c.want {
				t.Errorf("%d points (%v), want %d", len(trail), err, c.want)
			}
		})
	}
}

func TestTrailErrors(t *testing.T) {
	ratio := russellAndSP()
	broken := func(value float64) []float64 {
		closes := slices.Clone(ratio)
		closes[40] = value
		return closes
	}
	for name, c := range map[string]struct {
		ratio []float64
		says  string
	}{
		"nothing":       {nil, "needs 32 closes and has 0"},
		"one too few":   {ratio[:31], "needs 32 closes and has 31"},
		"a zero close":  {broken(0), "close 41 of the ratio is 0"},
		"a negative":    {broken(-1), "close 41 of the ratio is -1"},
		"not a number":  {broken(math.NaN()), "close 41 of the ratio is NaN"},
		"infinite":      {broken(math.Inf(1)), "close 41 of the ratio is +Inf"},
		"no movement":   {constant(40), "does not move"},
		"steady growth": {steady(40), "does not move"}, // its trend never changes
	} {
		t.Run(name, func(t *testing.T) {
			trail, err := rotation.Trail(c.ratio, 5)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, error %v; want %q", trail, err, c.says)
			}
		})
	}
	if _, err := rotation.Trail(constant(40), 5); !errors.Is(err, rotation.ErrFlat) {
		t.Errorf("the error of a flat ratio is %v, want ErrFlat", err)
	}
}

func constant(n int) []float64 { return slices.Repeat([]float64{0.36253}, n) }

func steady(n int) []float64 {
	ratio := make([]float64, n)
	for i := range ratio {
		ratio[i] = 0.3 + 0.001*float64(i)
	}
	return ratio
}

// anyRatio draws a random walk with enough closes for the map.
func anyRatio() *rapid.Generator[[]float64] {
	return rapid.Custom(func(t *rapid.T) []float64 {
		steps := rapid.SliceOfN(rapid.Float64Range(-0.03, 0.03), rotation.Needed, 80).Draw(t, "steps")
		ratio := make([]float64, len(steps))
		level := 0.36
		for i, step := range steps {
			// The alternating part keeps every window moving.
			level *= 1 + step + 0.001*float64(i%3)
			ratio[i] = level
		}
		return ratio
	})
}

// What is drawn once stays where it is: another close adds a point and moves none.
func TestAnotherCloseMovesNoEarlierPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratio := anyRatio().Draw(t, "ratio")
		before, err := rotation.Trail(ratio, len(ratio))
		if err != nil {
			t.Fatal(err)
		}
		next := rapid.Float64Range(0.1, 2).Draw(t, "next")
		after, err := rotation.Trail(append(slices.Clone(ratio), next), len(ratio)+1)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(after[:len(before)], before) {
			t.Fatalf("the trail changed from %v to %v", before, after)
		}
	})
}

// A short tail is the end of a long one, and prices ten times as high are the same map.
func TestTrailDependsOnTheWindowAndNotOnTheScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratio := anyRatio().Draw(t, "ratio")
		whole, err := rotation.Trail(ratio, len(ratio))
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.IntRange(1, len(whole)).Draw(t, "n")
		tail, err := rotation.Trail(ratio, n)
		if err != nil || !slices.Equal(tail, whole[len(whole)-n:]) {
			t.Fatalf("the last %d points are %v, want %v (%v)", n, tail, whole[len(whole)-n:], err)
		}
		scaled := make([]float64, len(ratio))
		for i, rs := range ratio {
			scaled[i] = 100 * rs
		}
		again, err := rotation.Trail(scaled, n)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range again {
			if math.Abs(p.Trend-tail[i].Trend) > 1e-6 || math.Abs(p.Momentum-tail[i].Momentum) > 1e-3 {
				t.Fatalf("scaled, point %d is %v instead of %v", i, p, tail[i])
			}
		}
	})
}

// Fourteen values lie at most 13/sqrt(14) sample deviations from their mean.
func TestPointsStayOnTheMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trail, err := rotation.Trail(anyRatio().Draw(t, "ratio"), 80)
		if err != nil {
			t.Fatal(err)
		}
		limit := 13/math.Sqrt(14) + 1e-9
		for _, p := range trail {
			if math.Abs(p.Trend-100) > limit || math.Abs(p.Momentum-100) > limit {
				t.Fatalf("%v is off the map", p)
			}
		}
	})
}

func TestQuadrants(t *testing.T) {
	for name, c := range map[string]struct {
		point rotation.Point
		want  rotation.Quadrant
		text  string
	}{
		"right and up":   {rotation.Point{Trend: 101, Momentum: 101}, rotation.Leading, "Leading"},
		"right and down": {rotation.Point{Trend: 101, Momentum: 99}, rotation.Weakening, "Weakening"},
		"left and down":  {rotation.Point{Trend: 99, Momentum: 99}, rotation.Lagging, "Lagging"},
		"left and up":    {rotation.Point{Trend: 99, Momentum: 101}, rotation.Improving, "Improving"},
		"the middle":     {rotation.Point{Trend: 100, Momentum: 100}, rotation.Leading, "Leading"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.point.Quadrant(); got != c.want || got.String() != c.text {
				t.Errorf("%v is %s, want %s", c.point, got, c.text)
			}
		})
	}
	if got := rotation.Quadrant(9).String(); got != "?" {
		t.Errorf("a quadrant that does not exist is called %q", got)
	}
}
