package synth

import (
	"math"
	"testing"
)

// raw is a market before anything is adjusted.
func raw(t *testing.T) *Market {
	t.Helper()
	m := newMarket(published(t), seed)
	m.inject()
	return m
}

// Ranked at the start, small and large names differ by little before
// anything is adjusted: what the sample shows is put in, not found.
func TestWithoutAdjustmentThereIsNoRotation(t *testing.T) {
	m := raw(t)
	if spread := plainMean(m, m.bases.week, 3) - plainMean(m, m.bases.week, 0); math.Abs(spread) > 1.5 {
		t.Errorf("the week's spread is %.2f", spread)
	}
}

func TestSizeStepMovesQuartilesToTheirTargets(t *testing.T) {
	m := raw(t)
	b := m.bases
	targets := [4]float64{.01, -.01, .02, -.03}
	m.sizeStep(b.week, b.week+1, b.last, &targets)
	for q, want := range targets {
		// A company that is bought does not move, so that it is near, not met.
		if got := plainMean(m, b.week, q); math.Abs(got-100*want) > .05 {
			t.Errorf("Q%d is at %.3f, want %.1f", q+1, got, 100*want)
		}
	}
}

func TestLeverageStepLeavesQuartilesWhereTheyAre(t *testing.T) {
	m := raw(t)
	b := m.bases
	var before [4]float64
	for q := range before {
		before[q] = plainMean(m, b.week, q)
	}
	want := [2]float64{.02, .03}
	for range 12 {
		m.leverageStep(b.week, b.week+1, b.last, want)
	}
	got := m.spreads(b.week, b.last)
	for k := range want {
		if math.Abs(got[1+k]-want[k]) > .001 {
			t.Errorf("spread %d is %.4f, want %.4f", k, got[1+k], want[k])
		}
	}
	for q := range before {
		if after := plainMean(m, b.week, q); math.Abs(after-before[q]) > .1 {
			t.Errorf("the mean of Q%d moved from %.2f to %.2f", q+1, before[q], after)
		}
	}
}

func TestTieMeetsTheIndexEveryDay(t *testing.T) {
	for name, tilt := range map[string]bool{"all alike": false, "large against larger": true} {
		t.Run(name, func(t *testing.T) {
			m := raw(t)
			before := plainMean(m, m.bases.day, 0)
			m.tie(tilt)
			for d := 1; d <= m.bases.last; d++ {
				if gap := m.implied(d-1, d) - (m.Index[d]/m.Index[d-1] - 1); math.Abs(gap) > .0001 {
					t.Fatalf("%s is off by %.5f", m.Sessions[d].Date, gap)
				}
			}
			if moved := math.Abs(plainMean(m, m.bases.day, 0) - before); tilt && moved > .1 {
				t.Errorf("the tilt moves the mean of the large names by %.3f", moved)
			}
		})
	}
}

// Nothing pulls at a company that is being bought, or that has no data.
func TestSomeNamesAreLeftAlone(t *testing.T) {
	m := raw(t)
	target, quiet := m.Defects.Merger, 0
	for !m.Defects.Silent[quiet] {
		quiet++
	}
	everybody := func(int) bool { return true }
	calmBefore, quietBefore, first := m.moves[target.Session-1][target.Company], m.moves[40][quiet], m.moves[10][0]
	m.shift(1, m.bases.last, 1, everybody)
	if m.moves[target.Session-1][target.Company] != calmBefore || m.moves[40][quiet] != quietBefore {
		t.Error("a name that should be left alone was moved")
	}
	if m.moves[10][0] == first {
		t.Error("nobody was moved")
	}
}

func TestDrawsAreBoundedAndRepeatable(t *testing.T) {
	m, again := newMarket(published(t), seed), newMarket(published(t), seed)
	other := newMarket(published(t), seed+1)
	same := 0
	for d := 1; d < len(m.moves); d++ {
		for i, move := range m.moves[d] {
			if math.Abs(move) > largestMove || move != again.moves[d][i] {
				t.Fatalf("company %d moves by %g in session %d, and then by %g", i, move, d, again.moves[d][i])
			}
			if move == other.moves[d][i] {
				same++
			}
		}
	}
	if same > 100 {
		t.Errorf("%d moves do not depend on the seed", same)
	}
}

// Smaller companies move more, and those of health care more than banks.
func TestVolatilityBySizeAndSector(t *testing.T) {
	small, large := Company{cap0: .1, Sector: "IND"}, Company{cap0: 10, Sector: "IND"}
	if ratio := ownVol(&small) / ownVol(&large); math.Abs(ratio-2.75) > .01 {
		t.Errorf("a hundred times smaller: %.2f times as volatile", ratio)
	}
	bank, biotech := Company{cap0: 1, Sector: "FIN"}, Company{cap0: 1, Sector: "HC"}
	if ownVol(&biotech) < 2*ownVol(&bank) {
		t.Errorf("biotech %.4f, bank %.4f", ownVol(&biotech), ownVol(&bank))
	}
}

func TestShiftIsSpreadEvenly(t *testing.T) {
	m := raw(t)
	only := func(i int) bool { return i == 7 }
	var before [6]float64
	for d := range before {
		before[d] = m.moves[d][7]
	}
	m.shift(1, 4, .02, only)
	for d, want := range map[int]float64{1: .005, 2: .005, 4: .005, 5: 0} {
		if got := m.moves[d][7] - before[d]; math.Abs(got-want) > 1e-12 {
			t.Errorf("session %d was moved by %g, want %g", d, got, want)
		}
	}
}

func TestMicroStepMovesItsOwnCompaniesOnly(t *testing.T) {
	m := raw(t)
	b := m.bases
	q4 := plainMean(m, b.week, 3)
	m.microStep(b.week, b.week+1, b.last, .05)
	if got := m.mean(b.week, b.last, func(i int) bool { return m.Companies[i].Only }); math.Abs(got-.05) > .0005 {
		t.Errorf("they return %.4f, want .05", got)
	}
	if got := plainMean(m, b.week, 3); got != q4 {
		t.Errorf("the Russell 2000's smallest moved from %.4f to %.4f", q4, got)
	}
}
