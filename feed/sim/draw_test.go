package sim

import (
	"math"
	"testing"

	"gyre/model/session"
)

// Seeds, dates and streams that are near each other lead to different numbers.
func TestDrawsAreIndependent(t *testing.T) {
	seen := make(map[uint64]bool)
	for seed := range uint64(10) {
		for date := range session.Date(10) {
			for stream := range uint64(10) {
				d := newDraw(seed, date, stream)
				seen[d.next()] = true
			}
		}
	}
	if len(seen) != 1000 {
		t.Errorf("1000 streams begin with %d numbers", len(seen))
	}
}

// The first numbers of SplitMix64 from state 0, as published with the algorithm.
func TestNextIsSplitMix64(t *testing.T) {
	var d draw
	for i, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		if got := d.next(); got != want {
			t.Errorf("number %d is %#x, want %#x", i, got, want)
		}
	}
}

func TestBelowReachesEveryNumberEquallyOften(t *testing.T) {
	d := newDraw(1, 20_000, 0)
	counts := make([]int, 7)
	const draws = 70_000
	for range draws {
		counts[d.below(len(counts))]++
	}
	for k, n := range counts {
		if math.Abs(float64(n)-draws/7) > 500 { // five standard deviations
			t.Errorf("%d comes %d times of %d", k, n, draws)
		}
	}
}

func TestStepsAreAlmostNormal(t *testing.T) {
	d := newDraw(2, 20_000, 0)
	const draws = 100_000
	var sum, squares float64
	within := 0
	for range draws {
		x := float64(d.step())
		sum += x
		squares += x * x
		if math.Abs(x) <= stepSigma {
			within++
		}
	}
	if mean, sigma := sum/draws, math.Sqrt(squares/draws); math.Abs(mean) > .1 || math.Abs(sigma-stepSigma) > .05 {
		t.Errorf("mean %.3f, sigma %.3f", mean, sigma)
	}
	// Steps are whole: those up to one sigma reach to 4.5, or 1.125 sigma.
	if part := float64(within) / draws; math.Abs(part-.74) > .01 {
		t.Errorf("%.3f lie within one sigma, want .74", part)
	}
}
