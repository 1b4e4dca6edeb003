package model

import (
	"math"
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// curves are the lines of one query's groups over all windows, as far as they
// do not change any more: the session closes and the samples of today.
type curves struct {
	size     *sizeGroups
	leverage *[universeCount]leverageGroups
	windows  PerWindow[curveLines]
	samples  int // how many of today's are in
}

// curveLines are the lines of one window over one time axis.
type curveLines struct {
	at       []time.Time
	size     [][]float64
	leverage [universeCount][]float64
}

// newCurves draws the lines from each window's base to the last close before
// the session shown.
func (f *frame) newCurves(size *sizeGroups, leverage *[universeCount]leverageGroups) *curves {
	c := &curves{size: size, leverage: leverage}
	for w := range c.windows {
		win, lines := &f.windows[w], &c.windows[w]
		lines.size = make([][]float64, len(size.of[w]))
		if !win.known() {
			continue
		}
		start := win.base.Closes
		if session.Window(w) == session.Day {
			start = f.session.Opens // the night has no room on a chart of one day
		}
		lines.add(start, func([]ID) float64 { return 0 }, size.of[w], leverage, w)
		for column := win.standing.column + 1; column < len(f.columns); column++ {
			s, _ := f.standings.book.cal.On(f.columns[column].Date) // columns are of sessions only
			lines.add(s.Closes, func(ids []ID) float64 { return percent(f.meanBetween(win.standing, column, ids)) }, size.of[w], leverage, w)
		}
	}
	return c
}

// add adds one point to every line; mean is the mean return of a group.
func (l *curveLines) add(at time.Time, mean func(ids []ID) float64, size [][]ID, leverage *[universeCount]leverageGroups, w int) {
	l.at = append(l.at, at)
	for b, ids := range size {
		l.size[b] = append(l.size[b], mean(ids))
	}
	for u := range l.leverage {
		of := &leverage[u].of[w]
		l.leverage[u] = append(l.leverage[u], mean(of[LeverageHigh])-mean(of[LeverageLow]))
	}
}

// extend adds the samples that have been taken since.
func (c *curves) extend(m *Market) {
	for ; c.samples < len(m.today.samples); c.samples++ {
		s := &m.today.samples[c.samples]
		if at, late := unseen(m.frame.session, s.at); late && c.samples == 0 {
			for w := range c.windows {
				c.windows[w] = *c.windows[w].withGap(at)
			}
		}
		for w := range c.windows {
			if m.frame.windows[w].known() {
				c.windows[w].add(s.at, func(ids []ID) float64 { return percent(m.meanAt(s.prices, w, ids)) }, c.size.of[w], c.leverage, w)
			}
		}
	}
}

// withGap is a copy of the lines that says of a moment that nothing is known. A
// window without a base has no lines, and stays without.
func (l *curveLines) withGap(at time.Time) *curveLines {
	if len(l.at) == 0 {
		return l
	}
	with := &curveLines{at: append(slices.Clone(l.at), at), size: make([][]float64, len(l.size))}
	for b := range l.size {
		with.size[b] = append(slices.Clone(l.size[b]), math.NaN())
	}
	for u := range l.leverage {
		with.leverage[u] = append(slices.Clone(l.leverage[u]), math.NaN())
	}
	return with
}

// meanAt is the mean return of companies over a window at the given prices.
func (m *Market) meanAt(prices []num.Price, w int, ids []ID) num.Mean {
	var mean num.Mean
	for _, id := range ids {
		if r, ok := num.Change(prices[id], m.names[id].bases[w]); ok {
			mean.Sum += int64(r)
			mean.N++
		}
	}
	return mean
}

// percent is a mean for a chart, NaN where there is none.
func percent(m num.Mean) float64 {
	if !m.Known() {
		return math.NaN()
	}
	return float64(m.Sum) / float64(m.N) * 100 / float64(num.ReturnScale)
}

// curve is a finished chart: lines over at, with the present values at the end.
// A point that was sampled at the very same moment gives way to them.
func curve(at []time.Time, lines [][]float64, now time.Time, present []float64) *Curve {
	keep := len(at)
	for keep > 1 && !at[keep-1].Before(now) {
		keep--
	}
	if keep == 0 {
		return nil
	}
	c := &Curve{At: append(slices.Clone(at[:keep]), now), Lines: make([][]float64, len(lines))}
	for i := range lines {
		c.Lines[i] = append(slices.Clone(lines[i][:keep]), present[i])
	}
	return c
}
