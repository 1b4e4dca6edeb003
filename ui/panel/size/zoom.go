package size

import (
	"gyre/model"
	"gyre/model/num"
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

// Zoom draws the panel with the whole screen to itself: the wedge, every
// window, what the spread rests on, its own past, how the members are spread,
// and who moves the groups.
func Zoom(in panel.Input, w, h int) draw.Block {
	innerWidth, innerHeight := in.Inner(w, h)
	if in.Snap == nil || len(in.Snap.Size.Buckets) == 0 || innerWidth < leastZoomWidth || innerHeight < leastZoomHeight {
		return Render(in, w, h)
	}
	v := view{
		charts: in.Charts, marks: in.State.Changed, windows: panel.Windows(0).All(), th: in.Theme, snap: in.Snap, size: &in.Snap.Size, w: innerWidth,
		window: say.Chosen(in.State.Window), stat: say.ChosenStat(in.State.Stat),
		chosen: min(max(in.State.Row, 0), len(in.Snap.Size.Buckets)-1),
	}
	frame := draw.Frame{Title: v.title(w), Focused: in.Focused}
	frame.Context = v.context(w - draw.Width(v.th.Say(frame.Title)) - 10)
	_, v.w = zoom.Columns(innerWidth)
	spread := v.size.Spread[v.window].Return[v.stat]
	whole := zoom.View{
		Frame: frame,
		Hero: zoom.Section{Least: leastChart + 1, Most: 40, Draw: func(w, h int) draw.Block {
			wide := v
			wide.w = w
			return wide.chart(h)
		}},
		Sections: []zoom.Section{
			zoom.Fixed("By window", "%, "+say.Stat(v.stat), v.table(true)),
			v.grounds(),
			v.byStatistic(),
			zoom.Past(in, v.spreadName()+" over "+v.window.String()+", before", v.past(), spread),
		},
	}
	whole.Sections = append(whole.Sections, v.membership(in)...)
	if s := v.spreadChart(); s.Draw != nil {
		whole.Sections = append(whole.Sections, s)
	}
	return whole.Draw(in, w, h)
}

// past is the spread's own history over the window; none where there is none.
func (v view) past() *model.SpreadHistory {
	if v.snap.History == nil {
		return nil
	}
	return &v.snap.History.Size[v.window]
}

// spreadName is "Q4 − Q1".
func (v view) spreadName() string {
	return v.size.Buckets[len(v.size.Buckets)-1].ID + " − " + v.size.Buckets[0].ID
}

// grounds is what the spread of the chosen window rests on.
func (v view) grounds() zoom.Section {
	th, spread := v.th, &v.size.Spread[v.window]
	differ := ""
	if spread.Differ {
		differ = th.Paint(theme.Attention, th.Say("mean ≠ median: they differ in sign"))
	}
	rows := [][2]string{
		{"doubt", differ},
		{"z0", v.score(spread.Z0, say.State(v.snap.Verdicts[v.window].Size.State))},
		{"z", v.score(spread.Z, say.Trend(spread.Trend))},
		{"t (Welch)", v.score(spread.T, "")},
		{"95 % interval", zoom.Interval(th, spread)},
		{"by whole sectors", v.conservative(spread)},
		{"without 1 % tails", zoom.Points(th, spread.NoOutlier)},
		{"beta-adjusted", v.adjusted(spread)},
		{"members imply", v.implied()},
		{"ranked by cap", v.ranked()},
	}
	note := draw.LevelText(th, num.Count(spread.History)) + " spreads before"
	return zoom.Facts(th, v.window.String()+": what it rests on", note, v.w, rows)
}

// conservative is the interval with whole sectors drawn instead of names; nothing
// while only the quick interval is known.
func (v view) conservative(s *model.Spread) string {
	if !s.SectorCI[0].Known() || !s.SectorCI[1].Known() {
		return ""
	}
	return v.th.Paint(theme.Text, draw.SignedText(v.th, s.SectorCI[0])+" to "+draw.SignedText(v.th, s.SectorCI[1])+" pp")
}

// adjusted is the spread without what the index's move and the groups' betas
// explain; nothing without betas.
func (v view) adjusted(s *model.Spread) string {
	if !s.BetaAdjusted.Known() {
		return ""
	}
	return zoom.Points(v.th, s.BetaAdjusted) + v.th.Paint(theme.Dim, v.th.Say(" · betas "+draw.SignedText(v.th, s.BetaGap)+" apart"))
}

func (v view) score(f num.Figure, word string) string {
	if !f.Known() {
		return v.th.Paint(theme.Dim, draw.Unknown)
	}
	text := draw.Signed(v.th, f)
	if word != "" {
		text += v.th.Paint(theme.Text, "  "+word)
	}
	return text
}

// implied is the reconcile line: what the members add up to against the index.
func (v view) implied() string {
	th, r := v.th, &v.size.Recon[v.window]
	if !r.Implied.Known() || !r.Printed.Known() {
		return th.Paint(theme.Dim, draw.Unknown)
	}
	text := th.Paint(theme.Text, draw.SignedText(th, r.Implied)+" %") +
		th.Paint(theme.Dim, th.Say(" · printed "+draw.SignedText(th, r.Printed)+" · "))
	gap := draw.SignedText(th, r.Gap)
	switch r.State {
	case model.ReconcileOK:
		return text + th.Paint(theme.Text, gap+" ok")
	case model.ReconcileAmber, model.ReconcileRed:
		return text + th.Paint(theme.Attention, gap)
	default:
		return text + th.Paint(theme.Dim, gap)
	}
}

// ranked is when, and by which rule, the names were put into their buckets.
func (v view) ranked() string {
	th, day := v.th, say.Day(v.size.RankedOn[v.window])
	if v.size.LookAhead {
		return th.Paint(theme.Attention, "now: a look ahead")
	}
	if day == "" {
		return th.Paint(theme.Dim, draw.Unknown)
	}
	rule := "the base"
	switch v.snap.Query.Rank {
	case model.RankMonth:
		rule = "month end"
	case model.RankRecon:
		rule = "reconstitution"
	default:
	}
	return th.Paint(theme.Text, "at the close of "+day) + th.Paint(theme.Dim, ", "+rule)
}

// byStatistic is every statistic of the chosen window, the spread's as well.
func (v view) byStatistic() zoom.Section {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{{}}}
	for stat := range model.Statistic(model.StatCount) {
		role := theme.Dim
		if stat == v.stat {
			role = theme.AccentStrong
		}
		t.Head = append(t.Head, draw.Cell{Text: [...]string{"mean", "median", "trim 5%", "by cap"}[stat], Role: role})
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: int(stat)})
	}
	counts := [...]string{"n", "out", "stale", "wt"}
	for i, name := range counts {
		t.Head = append(t.Head, zoom.Dim(name))
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 3, Rank: 5 + i})
	}
	for i := range v.size.Buckets {
		group := &v.size.Buckets[i].Groups[v.window]
		row := []draw.Cell{{Text: v.name(i), Role: v.role(i)}}
		for stat := range model.Statistic(model.StatCount) {
			row = append(row, zoom.Signed(th, group.Return[stat]))
		}
		for _, n := range [...]int{group.N, group.Invalid, group.Stale} {
			row = append(row, zoom.Dim(draw.LevelText(th, num.Count(n))))
		}
		t.Rows = append(t.Rows, append(row, zoom.Dim(draw.PercentText(th, group.Weight))))
	}
	row := []draw.Cell{{Text: draw.Cut(th, th.Say(v.spreadName()+" pp"), max(v.w/4, 10)), Role: theme.Strong}}
	for stat := range model.Statistic(model.StatCount) {
		row = append(row, zoom.Signed(th, v.size.Spread[v.window].Return[stat]))
	}
	t.Rows = append(t.Rows, row)
	return zoom.Fixed(v.window.String()+" by statistic", "", v.marked(t.Draw(th, v.w), 1))
}

// spreadChart is the way of the spread over the window.
func (v view) spreadChart() zoom.Section {
	curve := v.size.Curves[v.window]
	if curve == nil || len(curve.Lines) < 2 {
		return zoom.Section{}
	}
	large, small := curve.Lines[0], curve.Lines[len(curve.Lines)-1]
	values := make([]float64, min(len(large), len(small)))
	for i := range values {
		values[i] = small[i] - large[i]
	}
	spec := chart.Spec{
		Times: curve.At, Session: v.snap.Clock.Session, Marks: say.Marks(v.th, v.snap),
		Lines: []chart.Line{{Values: values, Role: theme.Accent}},
	}
	const least, most = leastChart + 2, 14
	return zoom.Section{
		Title: v.spreadName() + " since " + say.Day(v.snap.Windows[v.window].Base) + ", mean", Note: zoom.Points(v.th, v.size.Spread[v.window].Return[model.Mean]),
		Least: least, Most: most,
		Draw: func(w, h int) draw.Block { return v.charts.Draw(v.th, spec, w, h) },
	}
}
