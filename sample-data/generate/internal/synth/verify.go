package synth

import (
	"errors"
	"fmt"
	"math"
)

// How near, in percentage points, the sample has to come to its targets.
const (
	meanWithin     = .002
	leverageWithin = .01
	tieWithin      = .01
)

// promise is a figure that the sample must show, in percent.
type promise struct {
	what              string
	got, want, within float64
}

// verify checks the finished market against what it was made for. The error
// lists every promise that is broken.
func (m *Market) verify(t *Targets) error {
	var broken []error
	for _, promises := range [...][]promise{m.sizePromises(t), m.leveragePromises(t), m.tiePromises(), m.countPromises(), m.characterPromises()} {
		for _, p := range promises {
			if !(math.Abs(p.got-p.want) <= p.within) { // not: NaN is broken too
				broken = append(broken, fmt.Errorf("%s is %.4f; it should be %.4f within %.4f", p.what, p.got, p.want, p.within))
			}
		}
	}
	return errors.Join(broken...)
}

// sizePromises are the mean returns of the size quartiles.
func (m *Market) sizePromises(t *Targets) []promise {
	var all []promise
	for _, w := range [...]struct {
		name    string
		base    int
		targets *[4]float64
	}{{"1W", m.bases.week, &t.Week}, {"3M", m.bases.quarter, &t.Quarter}} {
		quartile := m.quartiles(m.russell, w.base)
		for q, target := range w.targets {
			got := m.mean(w.base, m.bases.last, func(i int) bool { return quartile[i] == int8(q) })
			all = append(all, promise{fmt.Sprintf("the %s mean of Q%d", w.name, q+1), 100 * got, 100 * target, meanWithin})
		}
	}
	return all
}

// leveragePromises are the leverage spreads of both universes.
func (m *Market) leveragePromises(t *Targets) []promise {
	week, quarter := m.spreads(m.bases.week, m.bases.last), m.spreads(m.bases.quarter, m.bases.last)
	var all []promise
	for k, universe := range [...]string{"Russell 2000", "micro caps"} {
		all = append(all,
			promise{"the 1W leverage spread of the " + universe, 100 * week[1+k], 100 * t.WeekLeverage[k], leverageWithin},
			promise{"the 3M leverage spread of the " + universe, 100 * quarter[1+k], 100 * t.QuarterLeverage[k], leverageWithin})
	}
	return all
}

// tiePromises are that the members' cap-weighted return is the index's: of
// every session, and over every window of the last one.
func (m *Market) tiePromises() []promise {
	var all []promise
	tie := func(what string, b, d int) {
		all = append(all, promise{what, 100 * m.implied(b, d), 100 * (m.Index[d]/m.Index[b] - 1), tieWithin})
	}
	for d := 1; d <= m.bases.last; d++ {
		tie("the members' return of "+m.Sessions[d].Date.String(), d-1, d)
	}
	b := m.bases
	tie("the members' 1W return", b.week, b.last)
	tie("the members' 1M return", b.month, b.last)
	tie("the members' 3M return", b.quarter, b.last)
	tie("the members' YTD return", b.year, b.last)
	return all
}

// countPromises are how many members there are, and how many without data.
func (m *Market) countPromises() []promise {
	quartile := m.quartiles(m.russell, m.bases.week)
	silent := func(want func(i int) bool) float64 {
		return float64(m.count(func(i int) bool { return m.Defects.Silent[i] && want(i) }))
	}
	var all []promise
	for q, n := range silentByQuartile() {
		got := silent(func(i int) bool { return quartile[i] == int8(q) })
		all = append(all, promise{fmt.Sprintf("the number of silent names in Q%d", q+1), got, float64(n), 0})
	}
	micro := silent(func(i int) bool { return m.Companies[i].Micro })
	left := func(want func(*Company) bool) float64 {
		return float64(m.count(func(i int) bool { return want(&m.Companies[i]) && i != m.Defects.Merger.Company }))
	}
	return append(all,
		promise{"the number of silent micro caps", micro, silentMicro, 0},
		promise{"the number of members of the Russell 2000 at the end", left(inRussell), 1960, 0},
		promise{"the number of micro caps at the end", left(inMicro), 1500, 0})
}

// characterPromises are figures that nothing is adjusted to: they come out as
// they should with few seeds, and the sample's seed was looked for until they
// did. How unusual the week is, by the sample's own history, decides what the
// dashboard says of it; and it should not say more of the month than of the
// week.
func (m *Market) characterPromises() []promise {
	b := m.bases
	now, month := m.spreads(b.week, b.last), m.spreads(b.month, b.last)
	week, longer := m.yardsticks(b.last-b.week), m.yardsticks(b.last-b.month)
	z := func(x float64, _ bool) float64 { return x }
	ends := m.quartiles(m.russell, b.last)
	in := func(q int8) func(int) bool { return func(i int) bool { return ends[i] == q } }
	return []promise{
		{"z0 of the week's size spread", z(week[0].Z0(now[0])), -2.1, .15},
		{"z of the week's size spread", z(week[0].Z(now[0])), -1.12, .12},
		{"z0 of the month's size spread", z(longer[0].Z0(month[0])), -1.7, 1.2},
		{"z0 of the Russell 2000's leverage spread", z(week[1].Z0(now[1])), 1.3, .55},
		{"z0 of the micro caps' leverage spread", z(week[2].Z0(now[2])), 2.2, .7},
		{"the sector-neutral leverage spread of the Russell 2000", 100 * m.neutral(m.russell, b.week, b.last), 1.5, 1},
		{"the sector-neutral leverage spread of the micro caps", 100 * m.neutral(m.micro, b.week, b.last), 2.6, 1.4},
		{"the 1W spread of names ranked at the end", 100 * (m.mean(b.week, b.last, in(3)) - m.mean(b.week, b.last, in(0))), -3.7, .2},
	}
}
