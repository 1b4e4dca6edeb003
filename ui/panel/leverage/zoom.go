package leverage

import (
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
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

// Zoom draws the panel with the whole screen to itself: the spread between
// high and low debt over time, by window, what it rests on, the buckets, who
// was left out and why, and the spread's own past.
func Zoom(in panel.Input, w, h int) draw.Block {
	innerWidth, innerHeight := in.Inner(w, h)
	if in.Snap == nil || len(in.Snap.Leverage) == 0 || innerWidth < leastZoomWidth || innerHeight < leastZoomHeight {
		return Render(in, w, h)
	}
	v := view{
		charts: in.Charts, th: in.Theme, snap: in.Snap, w: innerWidth,
		window: say.Chosen(in.State.Window), stat: say.ChosenStat(in.State.Stat),
	}
	frame := draw.Frame{Title: "Leverage · debt/EV", Focused: in.Focused}
	frame.Context = v.context(w - draw.Width(frame.Title) - 10)
	_, v.w = zoom.Columns(innerWidth)
	whole := zoom.View{
		Frame: frame,
		Hero: zoom.Section{
			Title: "H−L since " + v.since() + ", pp", Note: "high minus low debt/EV, mean", Least: leastChart, Most: 40,
			Draw: func(w, h int) draw.Block {
				wide := v
				wide.w = w
				return wide.chart(h)
			},
		},
		Sections: []zoom.Section{v.windows(), v.grounds(), v.buckets(), v.leftOut()},
	}
	for i := range v.snap.Leverage {
		l := &v.snap.Leverage[i]
		title := say.Short(l.Universe) + " H−L over " + v.window.String() + ", before"
		whole.Sections = append(whole.Sections, zoom.Past(in, title, v.past(i), l.Spread[v.window].Return[v.stat]))
	}
	whole.Sections = append(whole.Sections, v.meaning())
	return whole.Draw(in, w, h)
}

func (v view) since() string {
	if base := say.Day(v.snap.Windows[v.window].Base); base != "" {
		return base
	}
	return "the base of " + v.window.String()
}

// past is the own history of the i-th universe's spread.
func (v view) past(i int) *model.SpreadHistory {
	switch {
	case v.snap.History == nil:
		return nil
	case i == 0:
		return &v.snap.History.Leverage[v.window]
	}
	return &v.snap.History.Micro[v.window]
}

// windows is the raw spread of both universes beside the sector-neutral one.
func (v view) windows() zoom.Section {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{{}}}
	for i := range v.snap.Leverage {
		name := draw.Cut(th, th.Say(say.Short(v.snap.Leverage[i].Universe)), 8)
		t.Columns = append(t.Columns,
			draw.Column{Align: draw.Decimal, Min: 6, Rank: i}, draw.Column{Align: draw.Decimal, Min: 6, Rank: 1}, draw.Column{Align: draw.Decimal, Rank: 2})
		t.Head = append(t.Head, draw.Cell{Text: name, Role: lineRole(i)}, zoom.Dim("neutral"), zoom.Dim("z0"))
	}
	for _, w := range session.Windows() {
		row := []draw.Cell{say.WindowHead(w, v.window)}
		for i := range v.snap.Leverage {
			l := &v.snap.Leverage[i]
			spread := zoom.Signed(th, l.Spread[w].Return[v.stat])
			if l.Spread[w].Differ {
				spread.Text = th.Say("≠") + spread.Text
			}
			row = append(row, spread, zoom.Signed(th, l.Neutral[w]), zoom.Dim(draw.SignedText(th, l.Spread[w].Z0)))
		}
		t.Rows = append(t.Rows, row)
	}
	return zoom.Fixed("H−L by window, pp", "raw, sector-neutral", t.Draw(th, v.w))
}

// grounds is what the spreads of the chosen window rest on, a column a
// universe.
func (v view) grounds() zoom.Section {
	th, w := v.th, v.window
	t := v.byUniverse("")
	rows := [...]struct {
		name string
		cell func(*model.Leverage) draw.Cell
	}{
		{"raw pp", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Spread[w].Return[v.stat]) }},
		{"sector-neutral pp", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Neutral[w]) }},
		{"z0", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Spread[w].Z0) }},
		{"z", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Spread[w].Z) }},
		{"trend", func(l *model.Leverage) draw.Cell { return word(say.Trend(l.Spread[w].Trend)) }},
		{"t (Welch)", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Spread[w].T) }},
		{"95 % interval", func(l *model.Leverage) draw.Cell { return interval(th, &l.Spread[w]) }},
		{"without 1 % tails", func(l *model.Leverage) draw.Cell { return zoom.Signed(th, l.Spread[w].NoOutlier) }},
		{"mean, median", func(l *model.Leverage) draw.Cell { return agree(&l.Spread[w]) }},
	}
	for _, r := range rows {
		row := []draw.Cell{zoom.Dim(r.name)}
		for i := range v.snap.Leverage {
			row = append(row, r.cell(&v.snap.Leverage[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	note := draw.LevelText(th, num.Count(v.snap.Leverage[0].Spread[w].History)) + " spreads before"
	return zoom.Fixed(w.String()+": what it rests on", note, t.Draw(th, v.w))
}

// byUniverse is a table with a column for each universe.
func (v view) byUniverse(corner string) draw.Table {
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{zoom.Dim(corner)}}
	for i := range v.snap.Leverage {
		name := draw.Cut(v.th, v.th.Say(say.Short(v.snap.Leverage[i].Universe)), 16)
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 8, Rank: i})
		t.Head = append(t.Head, draw.Cell{Text: name, Role: lineRole(i)})
	}
	return t
}

// word is a word as a cell; n/a where there is none.
func word(s string) draw.Cell {
	if s == "" {
		return zoom.Dim(draw.Unknown)
	}
	return draw.Cell{Text: s, Role: theme.Text}
}

func interval(th *theme.Theme, s *model.Spread) draw.Cell {
	if !s.CI[0].Known() || !s.CI[1].Known() {
		return zoom.Dim(draw.Unknown)
	}
	return draw.Cell{Text: draw.SignedText(th, s.CI[0]) + " to " + draw.SignedText(th, s.CI[1]), Role: theme.Text}
}

// agree tells whether mean and median say the same.
func agree(s *model.Spread) draw.Cell {
	switch {
	case !s.Return[model.Mean].Known() || !s.Return[model.Median].Known():
		return zoom.Dim(draw.Unknown)
	case s.Differ:
		return draw.Cell{Text: "differ in sign", Role: theme.Attention}
	}
	return zoom.Dim("one sign")
}

// buckets is every bucket of the chosen window by every statistic.
func (v view) buckets() zoom.Section {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}, {}}, Head: []draw.Cell{{}, {}}}
	for stat := range model.Statistic(model.StatCount) {
		role := theme.Dim
		if stat == v.stat {
			role = theme.AccentStrong
		}
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: int(stat)})
		t.Head = append(t.Head, draw.Cell{Text: [...]string{"mean", "median", "trim 5%", "by cap"}[stat], Role: role})
	}
	for i, name := range [...]string{"n", "up", "$vol"} {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 3, Rank: 4 + i})
		t.Head = append(t.Head, zoom.Dim(name))
	}
	for i := range v.snap.Leverage {
		l := &v.snap.Leverage[i]
		for b := range l.Buckets {
			group, name := &l.Buckets[b].Groups[v.window], ""
			if b == 0 {
				name = draw.Cut(th, th.Say(say.Short(l.Universe)), max(v.w/5, 5))
			}
			row := []draw.Cell{{Text: name, Role: lineRole(i)}, {Text: th.Say(l.Buckets[b].ID), Role: theme.Text}}
			for stat := range model.Statistic(model.StatCount) {
				row = append(row, zoom.Signed(th, group.Return[stat]))
			}
			t.Rows = append(t.Rows, append(row, zoom.Dim(draw.LevelText(th, num.Count(group.N))),
				zoom.Dim(draw.PercentText(th, group.Advancing)), zoom.Dim(draw.PercentText(th, group.Turnover))))
		}
	}
	return zoom.Fixed("Buckets over "+v.window.String(), "% and shares", t.Draw(th, v.w))
}
