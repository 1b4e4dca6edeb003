package index

import (
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// Sizes below which the zoomed view has no more to say than the panel.
const (
	leastZoomWidth  = 44
	leastZoomHeight = 12
)

// Zoom draws the panel with the whole screen to itself: the chart, every
// window with its base, the two indices against each other, the session, the
// range, and the events on the time axis.
func Zoom(in panel.Input, w, h int) draw.Block {
	innerWidth, innerHeight := in.Inner(w, h)
	if in.Snap == nil || len(in.Snap.Indices) == 0 || innerWidth < leastZoomWidth || innerHeight < leastZoomHeight {
		return Render(in, w, h)
	}
	v := view{th: in.Theme, snap: in.Snap, window: say.Chosen(in.State.Window), w: innerWidth, charts: in.Charts}
	frame := draw.Frame{Title: "Index levels", Focused: in.Focused, Context: v.context(true)}
	levels := in.State.Zoom.Levels || !v.rebased()
	if levels {
		frame.Context = strings.TrimSuffix(frame.Context, ", %")
	}
	_, width := zoom.Columns(innerWidth)
	whole := zoom.View{
		Frame: frame,
		Hero:  zoom.Section{Least: leastChart + 1, Most: 40, Draw: func(w, h int) draw.Block { return v.hero(levels, w, h) }},
	}
	v.w = width
	for _, s := range []zoom.Section{v.windows(), v.pair(), v.session(), v.forecast(), v.relative(), v.events()} {
		if s.Draw != nil {
			whole.Sections = append(whole.Sections, s)
		}
	}
	return whole.Draw(in, w, h)
}

// hero is the large chart: percent since the base in one picture, or each
// index' levels in a picture of its own.
func (v view) hero(levels bool, w, h int) draw.Block {
	v.w = w
	if !levels {
		return v.chart(h)
	}
	var drawn []int
	for i := range v.snap.Indices {
		if v.curve(&v.snap.Indices[i]) != nil {
			drawn = append(drawn, i)
		}
	}
	const widest = 2 // pictures beside each other
	count := min(len(drawn), max(w/48, 1), widest)
	if count == 0 {
		return v.chart(h)
	}
	v.w = (w - zoom.Gap*(count-1)) / count
	var blocks []draw.Block
	for n, i := range drawn[:count] {
		if n > 0 {
			blocks = append(blocks, draw.Blank(zoom.Gap, h))
		}
		blocks = append(blocks, v.levels(i, h))
	}
	return draw.Beside(blocks...)
}

// levels is the chart of one index' level under its name.
func (v view) levels(i, h int) draw.Block {
	th, index := v.th, &v.snap.Indices[i]
	curve := v.curve(index)
	spec := chart.Spec{
		Times: curve.At, Session: v.snap.Clock.Session, Marks: say.Marks(th, v.snap),
		Lines: []chart.Line{{Values: curve.Lines[0], Role: lineRole(i)}},
	}
	if r := index.Range; r != nil && r.Low.Known() && r.High.Known() {
		spec.Band = &chart.Band{Low: r.Low.Float(), High: r.High.Float()}
	}
	name := th.Paint(lineRole(i), th.Say(index.Name)) + " " + th.Paint(theme.Text, draw.LevelText(th, index.Level))
	return draw.Stack(draw.Pad(th, draw.Block{name}, v.w, 1), v.charts.Draw(th, spec, v.w, h-1))
}

// windows is every window with the session and the close that it is measured
// from.
func (v view) windows() zoom.Section {
	th := v.th
	t := draw.Table{
		Columns: []draw.Column{{}, {Rank: 4}},
		Head:    []draw.Cell{{}, zoom.Dim("base")},
	}
	for i := range v.snap.Indices {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Decimal, Rank: 5 + i}, draw.Column{Align: draw.Decimal, Rank: i, Min: 6})
		t.Head = append(t.Head, zoom.Dim("close"), zoom.Dim(draw.Cut(th, th.Say(say.Short(v.snap.Indices[i].Symbol)+" %"), 10)))
	}
	for _, w := range session.Windows() {
		row := []draw.Cell{say.WindowHead(w, v.window), zoom.Dim(v.baseDay(w))}
		for i := range v.snap.Indices {
			index := &v.snap.Indices[i]
			row = append(row, zoom.Level(th, index.Base[w], theme.Text), zoom.Signed(th, index.Returns[w]))
		}
		t.Rows = append(t.Rows, row)
	}
	lines := t.Draw(th, v.w)
	return zoom.Fixed("Every window", "from the close of its base", lines)
}

// baseDay is the day of a window's base.
func (v view) baseDay(w session.Window) string {
	if d := say.Day(v.snap.Windows[w].Base); d != "" {
		return d
	}
	return draw.Unknown
}

// pair compares the two indices in every window.
func (v view) pair() zoom.Section {
	th, pair := v.th, &v.snap.Pair
	if !pair.Known {
		return zoom.Section{}
	}
	t := draw.Table{
		Columns: []draw.Column{
			{}, {Align: draw.Decimal, Min: 6}, {Align: draw.Decimal, Min: 6, Rank: 3}, {Align: draw.Decimal, Rank: 1}, {Align: draw.Decimal, Rank: 4}, {Rank: 2},
		},
		Head: []draw.Cell{{}, zoom.Dim("spread pp"), zoom.Dim("relative %"), zoom.Dim("z0"), zoom.Dim("z"), zoom.Dim("state")},
	}
	for _, w := range session.Windows() {
		state := draw.Cell{Text: say.State(pair.State[w]), Role: theme.Text}
		if pair.State[w] < model.StateTilt {
			state.Role = theme.Dim
		}
		t.Rows = append(t.Rows, []draw.Cell{
			say.WindowHead(w, v.window), zoom.Signed(th, pair.Spread[w]), zoom.Signed(th, pair.Relative[w]),
			zoom.Signed(th, pair.Z0[w]), zoom.Dim(draw.SignedText(th, pair.Z[w])), state,
		})
	}
	ratio := ""
	if pair.Ratio.Known() {
		ratio = "ratio " + draw.LevelText(th, pair.Ratio)
	}
	return zoom.Fixed(v.against(), ratio, t.Draw(th, v.w))
}

// against is "R2000 − S&P".
func (v view) against() string {
	return say.Short(v.snap.Pair.A) + " − " + say.Short(v.snap.Pair.B)
}

// session is the day so far and what it is measured by, a column an index.
func (v view) session() zoom.Section {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{{}}}
	rows := [...]struct {
		name string
		cell func(*model.Index) draw.Cell
	}{
		{"level", func(x *model.Index) draw.Cell { return zoom.Level(th, x.Level, theme.Strong) }},
		{"change", func(x *model.Index) draw.Cell { return zoom.Signed(th, x.Change) }},
		{"open", func(x *model.Index) draw.Cell { return zoom.Level(th, x.Open, theme.Text) }},
		{"high", func(x *model.Index) draw.Cell { return zoom.Level(th, x.High, theme.Text) }},
		{"low", func(x *model.Index) draw.Cell { return zoom.Level(th, x.Low, theme.Text) }},
		{"previous close", func(x *model.Index) draw.Cell { return zoom.Level(th, x.PrevClose, theme.Text) }},
		{"to 20-day mean %", func(x *model.Index) draw.Cell { return zoom.Signed(th, x.VsSMA20) }},
		{"to 50-day mean %", func(x *model.Index) draw.Cell { return zoom.Signed(th, x.VsSMA50) }},
		{th.Say("weekly σ %"), func(x *model.Index) draw.Cell { return zoom.Level(th, x.WeekSigma, theme.Text) }},
		{"day of the month", func(x *model.Index) draw.Cell { return zoom.Dim(rankOf(x)) }},
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, []draw.Cell{zoom.Dim(r.name)})
	}
	for i := range v.snap.Indices {
		index := &v.snap.Indices[i]
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 8, Rank: i})
		t.Head = append(t.Head, draw.Cell{Text: draw.Cut(th, th.Say(say.Short(index.Symbol)), 16), Role: lineRole(i)})
		for n, r := range rows {
			t.Rows[n] = append(t.Rows[n], r.cell(index))
		}
	}
	note := say.Day(v.snap.Clock.Session.Date)
	return zoom.Fixed("The session", note, t.Draw(th, v.w))
}

// rankOf is the rank of today among the days of its month: "third worst of 20".
func rankOf(x *model.Index) string {
	rank, days := x.MonthRank, x.MonthDays
	if rank < 1 || rank > days {
		return draw.Unknown
	}
	word := "worst"
	if 2*rank > days+1 {
		rank, word = days-rank+1, "best"
	}
	return say.Ordinal(rank) + word + " of " + num.Count(days).String()
}
