package synth

import (
	"math"
	"testing"

	"gyre/model/num"
)

func TestPricesAreOnTheirStep(t *testing.T) {
	m := made(t)
	for d := range m.Price {
		for i, p := range m.Price[d] {
			printed := p / num.Price(m.splitFactor(d, i))
			step := num.Price(10_000)
			if printed < num.PriceScale {
				step = 100
			}
			if p <= 0 || printed%step != 0 || printed*num.Price(m.splitFactor(d, i)) != p {
				t.Fatalf("%s costs %d in session %d", m.Companies[i].ID, p, d)
			}
		}
	}
}

func TestSplitFactorEndsWithTheSplit(t *testing.T) {
	m := made(t)
	s := m.Defects.Split
	for d, want := range map[int]int64{0: 10, s.Session - 1: 10, s.Session: 1, m.bases.last: 1} {
		if got := m.splitFactor(d, s.Company); got != want {
			t.Errorf("in session %d it is %d, want %d", d, got, want)
		}
	}
	if got := m.splitFactor(0, s.Company+1); got != 1 {
		t.Errorf("another company has %d", got)
	}
}

// A figure is moved by single steps of single names, until it is met.
func TestNudge(t *testing.T) {
	m := *made(t)
	m.Price = append([][]num.Price(nil), m.Price...)
	last := append([]num.Price(nil), m.Price[m.bases.last]...)
	m.Price[m.bases.last] = last
	before := append([]num.Price(nil), last...)
	targets := NoteTargets()
	targets.Week[0] += .0001 // one hundredth of a percentage point more
	targets.QuarterLeverage[1] -= .00005
	m.nudge(&targets)
	if got := plainMean(&m, m.bases.week, 0); math.Abs(got-.36) > .002 {
		t.Errorf("Q1 is at %.4f, want .36", got)
	}
	if got := 100 * m.spreads(m.bases.quarter, m.bases.last)[2]; math.Abs(got-3.895) > .002 {
		t.Errorf("the micro caps' leverage spread is %.4f, want 3.895", got)
	}
	if got := plainMean(&m, m.bases.quarter, 0); math.Abs(got+3.19) > .002 {
		t.Errorf("Q1 of the quarter has gone to %.4f", got)
	}
	for i := range before {
		if away := math.Abs(last[i].Float()/before[i].Float() - 1); away > .03 {
			t.Errorf("%s was moved by %.1f %%", m.Companies[i].ID, 100*away)
		}
		if last[i] != before[i] && m.Defects.halted(i) {
			t.Errorf("%s is halted and was moved", m.Companies[i].ID)
		}
	}
}

func TestGainIsTowardsTheTargets(t *testing.T) {
	goals := []goal{{off: 1, weight: []float64{2, -1}}, {off: -1, weight: []float64{0, 1}}}
	if got := gain(goals, 0, -.5); got != 1 { // the first goal is met
		t.Errorf("gain %g, want 1", got)
	}
	if got := gain(goals, 1, 1); got != 2 { // both are met
		t.Errorf("gain %g, want 2", got)
	}
	if got := gain(goals, 0, .5); got != -3 {
		t.Errorf("gain %g, want -3", got)
	}
	if met(goals) || !met([]goal{{off: .0004}, {off: -.0005}}) {
		t.Error("met is wrong")
	}
}
