package synth

import (
	"math"

	"gyre/model"
	"gyre/model/num"
)

// How near, in percentage points, nudging brings a figure to its target, and
// how often it goes through all names at most.
const (
	closeEnough = .0005
	rounds      = 200
)

// goal is a figure that nudging brings to its target: a mean return to the
// last session, or the difference of two.
type goal struct {
	off    float64   // figure less target, in percentage points
	weight []float64 // by company: what a dollar more at the end adds to it
}

// nudge moves single closes of the last session by one step until every figure
// is where it should be. Nothing is ranked or sorted at the last session, so
// that no name changes its group.
func (m *Market) nudge(t *Targets) {
	goals := m.goals(t)
	for range rounds {
		for i := range m.Companies {
			if met(goals) {
				return
			}
			if !m.Traded(m.bases.last, i) || m.Defects.halted(i) {
				continue
			}
			step := m.step(m.bases.last, i)
			for _, by := range [...]num.Price{step, -step} {
				if gain(goals, i, by.Float()) > 0 {
					m.Price[m.bases.last][i] += by
					for k := range goals {
						goals[k].off += goals[k].weight[i] * by.Float()
					}
					break
				}
			}
		}
	}
}

// goals are the figures of the targets: means of size quartiles and leverage
// spreads of two universes, over two windows each.
func (m *Market) goals(t *Targets) []goal {
	var all []goal
	nobody := func(int) bool { return false }
	for _, w := range [...]struct {
		base     int
		size     [4]float64
		leverage [2]float64
	}{
		{m.bases.week, t.Week, t.WeekLeverage},
		{m.bases.quarter, t.Quarter, t.QuarterLeverage},
	} {
		quartile := m.quartiles(m.russell, w.base)
		for q, target := range w.size {
			all = append(all, m.goal(w.base, target, func(i int) bool { return quartile[i] == int8(q) }, nobody))
		}
		for k, u := range [...]universe{m.russell, m.micro} {
			bucket := m.leverage(u, w.base)
			in := func(want model.LeverageBucket) func(int) bool {
				return func(i int) bool { return bucket[i] == want }
			}
			all = append(all, m.goal(w.base, w.leverage[k], in(model.LeverageHigh), in(model.LeverageLow)))
		}
	}
	return all
}

// goal is the mean return since session b of the names in plus, less that of
// the names in minus.
func (m *Market) goal(b int, target float64, plus, minus func(i int) bool) goal {
	g := goal{weight: make([]float64, len(m.Companies)), off: -100 * target}
	for _, side := range [...]struct {
		sign float64
		in   func(i int) bool
	}{{100, plus}, {-100, minus}} {
		counted := func(i int) bool { return side.in(i) && m.valid(m.bases.last, i) }
		g.off += side.sign * m.mean(b, m.bases.last, counted)
		n := float64(m.count(counted))
		for i := range g.weight {
			if counted(i) {
				g.weight[i] = side.sign / (n * m.Price[b][i].Float())
			}
		}
	}
	return g
}

// met tells whether all figures are near enough.
func met(goals []goal) bool {
	for k := range goals {
		if math.Abs(goals[k].off) > closeEnough {
			return false
		}
	}
	return true
}

// gain is by how much nearer the figures are, in squares, when a company's
// last price changes by so many dollars.
func gain(goals []goal, i int, by float64) float64 {
	var sum float64
	for k := range goals {
		off := goals[k].off
		then := off + goals[k].weight[i]*by
		sum += off*off - then*then
	}
	return sum
}
