package index

import (
	"strings"

	"gyre/model"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// forecast is the range of the first index that has one, with what would take
// the level to its ends.
func (v view) forecast() zoom.Section {
	index := v.ranged()
	if index == nil {
		return zoom.Section{}
	}
	th, r := v.th, index.Range
	lines := draw.Block{v.rangeLine()}
	if r.ToLowPct.Known() && r.ToHighPct.Known() {
		lines = append(lines, say.Line(th, v.w,
			"to the low "+draw.SignedText(th, r.ToLowPct)+" %", "to the high "+draw.SignedText(th, r.ToHighPct)+" %"))
	}
	if r.HalfSigmas.Known() {
		width := th.Say("half its width is " + draw.LevelText(th, r.HalfSigmas) + " weekly σ")
		sigma := ""
		if index.WeekSigma.Known() {
			sigma = th.Say("one is " + draw.LevelText(th, index.WeekSigma) + " %")
		}
		lines = append(lines, say.Line(th, v.w, width, sigma))
	}
	title := draw.Cut(th, th.Say("Range of the "+say.Short(index.Symbol)), v.w)
	note := strings.TrimSpace(say.Day(r.From) + " to " + say.Day(r.To))
	if r.From == 0 || r.To == 0 {
		note = ""
	}
	if r.Source != "" {
		note = strings.TrimPrefix(note+" · "+r.Source, " · ")
	}
	return zoom.Fixed(title, note, lines)
}

// relative is the chart of one index against the other.
func (v view) relative() zoom.Section {
	a, b := v.find(v.snap.Pair.A), v.find(v.snap.Pair.B)
	if a == nil || b == nil {
		return zoom.Section{}
	}
	first, second := v.curve(a), v.curve(b)
	if first == nil || second == nil || len(first.At) != len(second.At) {
		return zoom.Section{}
	}
	baseA, baseB := v.base(a, first.Lines[0]), v.base(b, second.Lines[0])
	values := make([]float64, min(len(first.Lines[0]), len(second.Lines[0])))
	for i := range values {
		values[i] = 100 * ((first.Lines[0][i]/baseA)/(second.Lines[0][i]/baseB) - 1)
	}
	spec := chart.Spec{
		Times: first.At, Session: v.snap.Clock.Session, Marks: say.Marks(v.th, v.snap),
		Lines: []chart.Line{{Values: values, Role: theme.Accent}},
	}
	note := ""
	if f := v.snap.Pair.Relative[v.window]; f.Known() {
		note = draw.Signed(v.th, f) + v.th.Paint(theme.Dim, " %")
	}
	const least, most = leastChart + 2, 16
	return zoom.Section{
		Title: say.Short(v.snap.Pair.A) + " relative to " + say.Short(v.snap.Pair.B), Note: note, Least: least, Most: most,
		Draw: func(w, h int) draw.Block { return v.charts.Draw(v.th, spec, w, h) },
	}
}

func (v view) find(symbol string) *model.Index {
	for i := range v.snap.Indices {
		if v.snap.Indices[i].Symbol == symbol {
			return &v.snap.Indices[i]
		}
	}
	return nil
}

// events are those that the charts mark, the newest first.
func (v view) events() zoom.Section {
	th, from := v.th, v.snap.Windows[v.window].Base
	t := draw.Table{
		Columns: []draw.Column{{}, {Rank: 1}, {}, {Align: draw.Decimal}, {Align: draw.Decimal, Rank: 2}},
		Head:    []draw.Cell{{}, {}, {}, zoom.Dim("actual"), zoom.Dim("cons")},
	}
	const others = 38 // cells beside the title
	room := max(v.w-others, 12)
	const important, most = 3, 8
	for i := len(v.snap.Calendar) - 1; i >= 0 && len(t.Rows) < most; i-- {
		e := &v.snap.Calendar[i]
		if !e.Past || e.Importance < important || from == 0 || !e.At.After(from.At(16, 0)) {
			continue
		}
		actual, expected := draw.Cell{}, draw.Cell{}
		if e.Released {
			actual = draw.Cell{Text: th.Say(e.Actual), Role: theme.Text}
		}
		if e.Consensus != "" {
			expected = zoom.Dim(th.Say(e.Consensus))
		}
		t.Rows = append(t.Rows, []draw.Cell{
			{Text: th.Glyph.Star, Role: theme.Star},
			zoom.Dim(e.At.Format("02 Jan 15:04")),
			{Text: draw.Cut(th, say.Title(th, e.Title, room), room), Role: theme.Text},
			actual, expected,
		})
	}
	if len(t.Rows) == 0 {
		return zoom.Section{}
	}
	return zoom.Fixed("On the time axis", "", t.Draw(th, v.w))
}
