// Package leverage is the panel of the debt/EV buckets: low, mid and high debt
// in both universes, what they differ by, and who was left out.
package leverage

import (
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// leastChart is the lines of a chart, with its time axis, below which it is
// left out.
const leastChart = 5

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th := in.Theme
	frame := draw.Frame{Title: "Leverage · debt/EV", Focused: in.Focused}
	switch {
	case in.Snap == nil:
		return in.Box(frame, say.Waiting(th), w, h)
	case len(in.Snap.Leverage) == 0:
		return in.Box(frame, draw.Block{th.Paint(theme.Dim, "no balance sheets")}, w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	v := view{
		charts: in.Charts,
		th:     th, snap: in.Snap, w: innerWidth,
		window: say.Chosen(in.State.Window), stat: say.ChosenStat(in.State.Stat),
	}
	frame.Context = v.context(w - draw.Width(frame.Title) - 10)
	return in.Box(frame, v.body(innerHeight), w, h)
}

// context names the window, the statistic, and whether financials take part.
func (v view) context(room int) string {
	context := v.window.String() + " · " + say.Stat(v.stat)
	if v.snap.Query.Financials {
		context += " · with financials"
	}
	return say.Pick(room, v.th.Say(context), v.window.String())
}

// view is one drawing of the panel.
type view struct {
	th     *theme.Theme
	snap   *model.Snapshot
	window session.Window
	stat   model.Statistic
	w      int // of the body
	charts *chart.Memo
}

// body fills h lines by importance: the rows, the heads, who is out, the bars,
// the chart of the spread, and what is known of the filings.
func (v view) body(h int) draw.Block {
	rows := v.table(h > len(v.snap.Leverage))
	left := h - len(rows)
	var middle, below draw.Block
	if left > 0 {
		below, left = append(below, v.excluded(0)), left-1
	}
	if bars := v.bars(); len(bars) > 0 && left >= len(bars) {
		middle = draw.Stack(draw.Blank(0, min(left-len(bars), 1)), bars)
		left -= len(middle)
	}
	charted := left >= leastChart+1
	for _, line := range v.more() {
		const roomy = 2 * leastChart
		if charted && left > roomy || !charted && left > 1 {
			below, left = append(below, line), left-1
		}
	}
	switch {
	case charted:
		middle = draw.Stack(middle, draw.Blank(0, min(left-leastChart-1, 1)), draw.Block{v.chartTitle()})
		middle = draw.Stack(middle, v.chart(h-len(rows)-len(middle)-len(below)))
	case len(middle) > 0:
		middle = draw.Stack(middle, draw.Blank(0, left))
	}
	return draw.Stack(rows, middle, below)
}

// table has one row a universe.
func (v view) table(heads bool) draw.Block {
	t := draw.Table{Columns: []draw.Column{{}}}
	head := []draw.Cell{{Text: v.window.String() + " %", Role: theme.Dim}}
	names := [...]string{"low", "mid", "high", v.th.Say("H−L"), "t", "neutral"}
	ranks := [...]int{3, 4, 3, 0, 5, 1}
	for i, name := range names {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: ranks[i]})
		head = append(head, draw.Cell{Text: name, Role: theme.Dim})
	}
	t.Columns[5].Min = 4
	if heads {
		t.Head = head
	}
	for i := range v.snap.Leverage {
		t.Rows = append(t.Rows, v.row(&v.snap.Leverage[i]))
	}
	return t.Draw(v.th, v.w)
}

func (v view) row(l *model.Leverage) []draw.Cell {
	th, spread := v.th, &l.Spread[v.window]
	name := say.Universe(v.snap, l.Universe)
	const roomy = 44
	if v.w < roomy {
		name = say.Short(l.Universe)
	}
	row := []draw.Cell{{Text: draw.Cut(th, th.Say(name), max(v.w/3, 5)), Role: theme.Text}}
	for i := range 3 {
		row = append(row, v.signed(v.bucketReturn(l, i)))
	}
	t := draw.Cell{Text: draw.SignedText(th, spread.T), Role: theme.Dim}
	h := v.signed(spread.Return[v.stat])
	if spread.Differ {
		h.Text = th.Say("≠") + h.Text
	}
	return append(row, h, t, v.signed(l.Neutral[v.window]))
}

// bucketReturn is the return of the i-th bucket (low, mid, high); nothing where
// there is none.
func (v view) bucketReturn(l *model.Leverage, i int) num.Figure {
	if i >= len(l.Buckets) {
		return num.Figure{}
	}
	return l.Buckets[i].Groups[v.window].Return[v.stat]
}

func (v view) signed(f num.Figure) draw.Cell {
	return draw.Cell{Text: draw.SignedText(v.th, f), Role: draw.SignRole(v.th, f)}
}

func (v view) chartTitle() string {
	return v.th.Paint(theme.Dim, draw.Cut(v.th, v.th.Say("H−L over "+v.window.String()+", pp"), v.w))
}

// chart draws the spread between high and low debt over the chosen window.
func (v view) chart(h int) draw.Block {
	spec := chart.Spec{Session: v.snap.Clock.Session}
	for i := range v.snap.Leverage {
		l := &v.snap.Leverage[i]
		curve := l.Curves[v.window]
		if curve == nil || len(curve.Lines) == 0 {
			continue
		}
		if len(curve.At) > len(spec.Times) {
			spec.Times = curve.At
		}
		spec.Lines = append(spec.Lines, chart.Line{
			Times: curve.At, Values: curve.Lines[0], Label: say.Short(l.Universe), Role: lineRole(i),
		})
	}
	return v.charts.Draw(v.th, spec, v.w, h)
}

// lineRole sets the universes apart; the first has the colour of its index.
func lineRole(i int) theme.Role {
	if i == 0 {
		return theme.Series5
	}
	return theme.Series2
}
