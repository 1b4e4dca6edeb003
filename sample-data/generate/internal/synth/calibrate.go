package synth

import (
	"math"

	"gyre/model"
)

// Targets are the averages that prices are adjusted to, as fractions.
type Targets struct {
	// Week and Quarter are the mean returns of the size quartiles, from the
	// last sessions of the week and of the quarter before.
	Week, Quarter [4]float64
	// WeekLeverage and QuarterLeverage are mean returns of the names with high
	// debt/EV less those with low, in the Russell 2000 and in the micro caps.
	WeekLeverage, QuarterLeverage [2]float64
	// WeekMicro and QuarterMicro are the mean returns of the companies that
	// are in the micro-cap index alone.
	WeekMicro, QuarterMicro float64
}

// NoteTargets are the targets: the first and the last quartile are Freedom
// Broker's figures as quoted in the note; the signs of the leverage spreads
// and that the micro caps' is larger are too. The rest is made up.
func NoteTargets() Targets {
	return Targets{
		Week:            [4]float64{.0035, -.0240, -.0260, -.0209},
		Quarter:         [4]float64{-.0319, -.1450, -.1750, -.1908},
		WeekLeverage:    [2]float64{.0090, .0230},
		QuarterLeverage: [2]float64{.014, .039},
		WeekMicro:       -.026, QuarterMicro: -.205,
	}
}

// Passes of the calibration, and in how many of the first the index is met by
// moving all names alike.
const (
	passes      = 60
	commonShift = 9
)

// calibrate adjusts returns until the averages meet the targets. Every pass
// ranks anew, because moving prices moves names between quartiles.
func (m *Market) calibrate(t *Targets) {
	b := m.bases
	slow := (b.month + b.week) / 2 // from here to the last week small names keep up with large ones
	for pass := range passes {
		m.sizeStep(b.quarter, b.quarter+1, slow, &t.Quarter)
		m.microStep(b.quarter, b.quarter+1, b.week, t.QuarterMicro)
		m.sizeStep(b.week, b.week+1, b.last, &t.Week)
		m.microStep(b.week, b.week+1, b.last, t.WeekMicro)
		m.leverageStep(b.quarter, b.quarter+1, b.week, t.QuarterLeverage)
		m.leverageStep(b.week, b.week+1, b.last, t.WeekLeverage)
		m.tie(pass >= commonShift)
	}
}

// free tells whether a company's returns of session d may be adjusted.
func (m *Market) free(d, i int) bool {
	t := m.Defects.Merger
	return !m.Defects.Silent[i] && (i != t.Company || d < t.Session-announcement)
}

// shift adds by, spread evenly over the sessions from first to last, to the
// returns of the companies that want holds for.
func (m *Market) shift(first, last int, by float64, want func(i int) bool) {
	daily := by / float64(last-first+1)
	for d := first; d <= last; d++ {
		for i := range m.Companies {
			if want(i) && m.free(d, i) {
				m.moves[d][i] += daily
			}
		}
	}
}

// sizeStep moves the quartiles of session b so that their mean returns to the
// last session meet the targets, by returns of the sessions from first to last.
func (m *Market) sizeStep(b, first, last int, targets *[4]float64) {
	quartile := m.quartiles(m.russell, b)
	for q, target := range targets {
		in := func(i int) bool { return quartile[i] == int8(q) }
		m.shift(first, last, math.Log((1+target)/(1+m.mean(b, m.bases.last, in))), in)
	}
	m.reprice()
}

// microStep does the same for the companies of the micro-cap index alone.
func (m *Market) microStep(b, first, last int, target float64) {
	only := func(i int) bool { return m.Companies[i].Only }
	m.shift(first, last, math.Log((1+target)/(1+m.mean(b, m.bases.last, only))), only)
	m.reprice()
}

// leverageStep moves names with high debt/EV up and names with low debt/EV
// down, so that the difference of their means meets the target in both
// universes. Within each size quartile the moves cancel, so that its mean
// stays. The micro caps are met by moving their own members; what the Russell
// 2000 then lacks is met by its larger half.
func (m *Market) leverageStep(b, first, last int, targets [2]float64) {
	const damping = .7
	group := m.quartiles(m.russell, b)
	whole, micro := m.leverage(m.russell, b), m.leverage(m.micro, b)
	own := func(i int) model.LeverageBucket {
		if m.Companies[i].Micro {
			return micro[i]
		}
		return whole[i]
	}
	lift := func(small bool, by float64) {
		for g := model.NoBucket; g < 4; g++ { // NoBucket: the micro-cap index alone
			side := func(want model.LeverageBucket) func(i int) bool {
				return func(i int) bool {
					return group[i] == g && m.Companies[i].Micro == small && own(i) == want && m.free(last, i)
				}
			}
			low, high := side(model.LeverageLow), side(model.LeverageHigh)
			nLow, nHigh := float64(m.count(low)), float64(m.count(high))
			if nLow == 0 || nHigh == 0 {
				continue
			}
			m.shift(first, last, by*nLow/(nLow+nHigh), high)
			m.shift(first, last, -by*nHigh/(nLow+nHigh), low)
		}
		m.reprice()
	}
	lift(true, damping*(targets[1]-m.leverageSpread(micro, b, m.bases.last)))
	// About half of the names that count are in the larger half.
	lift(false, 2*damping*(targets[0]-m.leverageSpread(whole, b, m.bases.last)))
}

// count is the number of companies that want holds for.
func (m *Market) count(want func(i int) bool) int {
	n := 0
	for i := range m.Companies {
		if want(i) {
			n++
		}
	}
	return n
}

// tiltFrom is the market cap from which names take part in the tilt.
const tiltFrom = 2_100_000_000

// tie moves names so that each session's cap-weighted return is the index's.
// Names without data in the last week are moved alike, so that they have done
// as the index did when they fall silent: then the members' return agrees with
// the index's over windows that begin before, too. All others are moved alike
// or, with tilt, the larger of the large against the smaller: that changes the
// cap-weighted return and leaves the mean where it is.
func (m *Market) tie(tilt bool) {
	for d := 1; d < len(m.Price); d++ {
		m.repriceOn(d)
		want := math.Log(m.Index[d] / m.Index[d-1])
		if d <= m.bases.week {
			silent := func(i int) bool { return i < large && m.Defects.Silent[i] }
			got := math.Log1p(m.weighted(d, silent))
			for i := range large {
				if silent(i) {
					m.moves[d][i] += want - got
				}
			}
		}
		rest := func(i int) bool { return i < large && !m.Defects.Silent[i] }
		for range 2 { // returns are no logarithms: the second time takes what the first left
			gap := want - math.Log1p(m.weighted(d, rest))
			if tilt {
				m.tilt(d, gap)
			} else {
				m.shift(d, d, gap, rest)
			}
			m.repriceOn(d)
		}
	}
}

// tilt moves the large names of the session before, the larger the more and
// with a mean of zero, so that the cap-weighted return changes by gap.
func (m *Market) tilt(d int, gap float64) {
	var ids []int
	var mean, total, effect float64
	for i := range large {
		c := float64(m.capAt(d-1, i))
		if m.free(d, i) {
			total += c
		}
		if c > tiltFrom && m.free(d, i) {
			ids = append(ids, i)
			mean += math.Log(c)
		}
	}
	mean /= float64(len(ids))
	for _, i := range ids {
		c := float64(m.capAt(d-1, i))
		effect += c / total * (math.Log(c) - mean)
	}
	for _, i := range ids {
		m.moves[d][i] += gap / effect * (math.Log(float64(m.capAt(d-1, i))) - mean)
	}
}

// weighted is the cap-weighted return in session d of companies that want
// holds for.
func (m *Market) weighted(d int, want func(i int) bool) float64 {
	var moved, total float64
	for i := range m.Companies {
		if !want(i) {
			continue
		}
		if r, ok := m.ret(d-1, d, i); ok {
			c := float64(m.capAt(d-1, i))
			moved += c * r.Float()
			total += c
		}
	}
	return moved / total
}
