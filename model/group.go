package model

import (
	"math/big"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// trimPercent is cut off each tail for the trimmed mean, and outlierPercent
// for the look at a spread without its outliers.
const (
	trimPercent    = 5
	outlierPercent = 1
)

// summary is a group's returns over one window, and what they come to before
// anything is rounded: rounding twice would move a figure that lies within
// 1e-10 of a half.
type summary struct {
	ids      []ID         // of the group
	returns  []num.Return // of the names with a price
	betas    betaSum      // of the same names
	means    [CapWeighted]num.Mean
	weighted stats.Weighted
}

// total is what a universe's shares are measured against.
type total struct {
	turnover, cap num.Dollars
	over          bool // the session is
}

// totalOf is the turnover of the session, and the cap at a window's base, of all
// members of a universe there.
func (m *Market) totalOf(universe int, win *window, names []live, now time.Time) total {
	t := total{over: m.closed(now)}
	if win.known() {
		for _, id := range win.standing.members[universe] {
			t.turnover += names[id].turnover
			t.cap += win.caps[id]
		}
	}
	return t
}

// group works out one group of a window. slot is where its returns are kept
// until the next window; running tells that its running sum is kept there too.
func (m *Market) group(w int, ids []ID, slot int, running bool, of total, names []live) (Group, summary) {
	var g Group
	var advancing, with20, above20, with50, above50 int
	var turnover, weight num.Dollars
	var compared comparedTurnover
	var betas betaSum
	returns, caps := m.scratch.returns[slot][:0], m.scratch.caps[:0]
	windowCaps := m.frame.windows[w].caps
	for _, id := range ids {
		weight += windowCaps[id]
		is := names[id].is
		if is&isValid == 0 {
			g.Invalid++
			continue
		}
		r := m.names[id].ret[w]
		returns, caps = append(returns, r), append(caps, windowCaps[id])
		turnover += names[id].turnover
		compared.add(names[id].turnover, m.frame.usual[id])
		if m.frame.betas != nil {
			betas.add(m.frame.betas[id])
		}
		g.Stale += one(is&isStale != 0)
		g.Halted += one(is&isFrozen != 0)
		with20 += one(is&hasMean20 != 0)
		above20 += one(is&isAbove20 != 0)
		with50 += one(is&hasMean50 != 0)
		above50 += one(is&isAbove50 != 0)
		if r > 0 {
			advancing++
		}
	}
	m.scratch.returns[slot], m.scratch.caps = returns, caps
	g.N = len(returns)
	s := m.summarize(returns, caps)
	s.ids, s.betas = ids, betas
	if running {
		s.means[Mean] = num.Mean{Sum: m.sums[w][slot], N: int(m.counts[w][slot])}
	}
	g.Return = s.figures()
	g.Advancing = num.Share(advancing, g.N, 0)
	g.Above20 = num.Share(above20, with20, 0)
	g.Above50 = num.Share(above50, with50, 0)
	g.Turnover = num.Share(turnover, of.turnover, 0)
	g.Volume = compared.relative(of.over)
	g.Weight = num.Share(weight, of.cap, 0)
	g.Differ = s.means[Mean].Sign()*s.means[Median].Sign() < 0
	return g, s
}

// summarize works out a group's statistics.
func (m *Market) summarize(returns []num.Return, caps []num.Dollars) summary {
	s := summary{returns: returns}
	if cap(m.scratch.work) < len(returns) {
		m.scratch.work = make([]num.Return, len(m.names))
	}
	for _, r := range returns {
		s.means[Mean].Sum += int64(r)
	}
	s.means[Mean].N = len(returns)
	s.means[Median] = stats.Middle(returns, m.scratch.work)
	s.means[Trimmed] = stats.Inner(returns, m.scratch.work, trimPercent)
	s.weighted = stats.Weigh(returns, caps)
	return s
}

// figures publishes a group's statistics.
func (s *summary) figures() PerStat {
	var figures PerStat
	for i := range s.means {
		figures[i] = s.means[i].Percent()
	}
	figures[CapWeighted] = s.weighted.Percent()
	return figures
}

// spreadOf is the difference a - b of two groups over one window.
func (m *Market) spreadOf(a, b *summary) (Spread, num.Difference) {
	difference := a.means[Mean].Minus(b.means[Mean])
	var s Spread
	for i := range a.means {
		s.Return[i] = a.means[i].MinusPercent(b.means[i])
	}
	s.Return[CapWeighted] = a.weighted.MinusPercent(b.weighted)
	s.Differ = difference.Sign()*a.means[Median].Minus(b.means[Median]).Sign() < 0
	if t, _, _, ok := stats.Welch(a.returns, b.returns); ok {
		s.T = num.FigureFromFloat(t, 1)
	}
	inner := stats.Inner(a.returns, m.scratch.work, outlierPercent)
	s.NoOutlier = inner.MinusPercent(stats.Inner(b.returns, m.scratch.work, outlierPercent))
	return s, difference
}

// neutral is the spread high - low inside each sector that has three names or
// more on both sides, weighted by the smaller side.
func (m *Market) neutral(w session.Window, low, high []ID, names []live) num.Figure {
	sides := [2]map[int]num.Mean{{}, {}}
	for side, ids := range [2][]ID{low, high} {
		for _, id := range ids {
			if names[id].is&isValid != 0 {
				mean := sides[side][m.book.sectors[id]]
				mean.Sum += int64(m.names[id].ret[w])
				mean.N++
				sides[side][m.book.sectors[id]] = mean
			}
		}
	}
	all, weights := new(big.Rat), 0 // in fractions: a mean rounded first can turn the last digit shown
	for sector, h := range sides[1] {
		l := sides[0][sector]
		if weight := min(l.N, h.N); weight >= minSector {
			of := big.NewRat(int64(weight), 1)
			all.Add(all, of.Mul(of, new(big.Rat).Sub(big.NewRat(h.Sum, int64(h.N)), big.NewRat(l.Sum, int64(l.N)))))
			weights += weight
		}
	}
	if weights == 0 {
		return num.Figure{}
	}
	sum := decimal.NewFromBigInt(all.Num(), 0)
	of := decimal.NewFromBigInt(new(big.Int).Mul(all.Denom(), big.NewInt(int64(weights))), 0)
	return num.Quotient(sum, of).Percent()
}

const minSector = 3
