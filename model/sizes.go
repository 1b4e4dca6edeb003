package model

import (
	"strconv"

	"gyre/model/num"
	"gyre/model/session"
)

// sizes fills the size view of the Russell 2000.
func (b *builder) sizes() {
	view := &b.snap.Size
	view.Universe = universeName(inRUT)
	view.RankedOn, view.LookAhead = b.size.rankedOn, b.size.lookAhead
	view.Buckets = make([]Bucket, b.size.parts)
	for i := range view.Buckets {
		view.Buckets[i].ID = sizeBucketID(i, b.size.parts)
	}
	summaries := make([]summary, b.size.parts)
	for _, w := range session.Windows() {
		of := b.size.of[w]
		if len(of) == 0 || !b.query.wants(w) {
			continue
		}
		all := b.m.totalOf(inRUT, &b.m.frame.windows[w], b.names, b.now)
		for i, ids := range of {
			view.Buckets[i].Groups[w], summaries[i] = b.m.group(int(w), ids, slotSize+i, b.size.running, all, b.names)
		}
		b.sizeZ0[w] = b.spread(&view.Spread[w], w, AxisSize, inRUT, &summaries[len(of)-1], &summaries[0])
	}
}

// sizeBucketID is Q1 to Q4, or H1 and H2.
func sizeBucketID(i, parts int) string {
	if parts == 2 {
		return "H" + strconv.Itoa(i+1)
	}
	return "Q" + strconv.Itoa(i+1)
}

// leverage fills the debt/EV view of one universe.
func (b *builder) leverage(view *Leverage, u int) {
	groups := &b.lever[u]
	*view = Leverage{
		Universe:  universeName(u),
		Buckets:   []Bucket{{ID: "low"}, {ID: "mid"}, {ID: "high"}},
		Excluded:  groups.excluded,
		FilingAge: groups.age,
	}
	for _, w := range session.Windows() {
		win := &b.m.frame.windows[w]
		if !win.known() || !b.query.wants(w) {
			continue
		}
		all := b.m.totalOf(u, win, b.names, b.now)
		var summaries [leverageBuckets]summary
		for i, ids := range groups.of[w] {
			view.Buckets[i].Groups[w], summaries[i] = b.m.group(int(w), ids, slotOfLeverage(u, i), groups.running, all, b.names)
		}
		b.leverZ0[u][w] = b.spread(&view.Spread[w], w, AxisLeverage, u, &summaries[LeverageHigh], &summaries[LeverageLow])
		view.Neutral[w] = b.m.neutral(w, groups.of[w][LeverageLow], groups.of[w][LeverageHigh], b.names)
	}
}

// curves fills the charts: the fixed lines with the present means at the end.
func (b *builder) curves() {
	fixed := b.m.groupings.curves(b.m, b.query, b.size, b.lever)
	at := b.now
	if b.m.closed(at) {
		at = b.m.frame.session.Closes
	}
	at = at.In(session.Zone())
	missed, late := b.missed()
	late = late && len(b.m.today.samples) == 0 // else the gap is in the lines already
	for w := range fixed.windows {
		lines := &fixed.windows[w]
		if late {
			lines = lines.withGap(missed)
		}
		present := make([]float64, len(lines.size))
		for i, ids := range b.size.of[w] {
			present[i] = percent(b.meanNow(w, ids))
		}
		if len(present) > 0 {
			b.snap.Size.Curves[w] = curve(lines.at, lines.size, at, present)
		}
		for i, u := range b.universe {
			of := &b.lever[u].of[w]
			gap := percent(b.meanNow(w, of[LeverageHigh])) - percent(b.meanNow(w, of[LeverageLow]))
			b.snap.Leverage[i].Curves[w] = curve(lines.at, [][]float64{lines.leverage[u]}, at, []float64{gap})
		}
	}
}

// meanNow is the mean return of companies over a window at the last prices.
func (b *builder) meanNow(w int, ids []ID) num.Mean {
	var mean num.Mean
	for _, id := range ids {
		if n := &b.m.names[id]; n.state&stateValid != 0 {
			mean.Sum += int64(n.ret[w])
			mean.N++
		}
	}
	return mean
}
