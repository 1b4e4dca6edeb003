// Package history is the panel of what was before: how unusual the spreads have
// been, how strong the rotation is as a whole, and which way it went in the
// last weeks.
package history

import (
	"math"

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

// rotates is the z0 from which an axis counts as rotation.
const rotates = 1.5

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	frame := draw.Frame{Title: "History and regime", Focused: in.Focused}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(in.Theme), w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	_, column := zoom.Columns(innerWidth)
	v := view{th: in.Theme, snap: in.Snap, charts: in.Charts, window: say.Chosen(in.State.Window), w: column}
	v.axes = v.listAxes()
	frame.Context = v.window.String()
	whole := zoom.View{Frame: frame, Sections: []zoom.Section{v.intensity(), v.now(), v.regimes(in), v.byWindow(), v.weeks()}}
	const leastHero, leastWidth = 7, 30
	if in.Snap.History != nil && innerHeight > 2*leastHero && innerWidth >= leastWidth {
		whole.Hero = zoom.Section{
			Title: "z0 over time", Note: say.Pick(innerWidth-16,
				in.Theme.Say("spreads over "+v.window.String()+" in their own sigmas · dashes at ±1.5: rotation"),
				in.Theme.Say("dashes at ±1.5: rotation"), ""),
			Least: leastHero, Most: 40, Draw: v.chart,
		}
	}
	if in.Snap.History == nil {
		pending := zoom.Pending(in, "z0 over time", model.DetailHistory)
		whole.Sections = append([]zoom.Section{pending}, whole.Sections...)
	}
	kept := whole.Sections[:0]
	for _, s := range whole.Sections {
		if s.Draw != nil {
			kept = append(kept, s)
		}
	}
	whole.Sections = kept
	return whole.Draw(in, w, h)
}

// view is one drawing of the panel.
type view struct {
	th     *theme.Theme
	snap   *model.Snapshot
	charts *chart.Memo
	window session.Window
	w      int // of a column
	axes   []axis
}

// axis is one spread with its past.
type axis struct {
	name   string
	role   theme.Role
	spread *model.Spread
	past   *model.SpreadHistory // nil where there is none
}

// listAxes are the size spread and the leverage spreads of the chosen window.
func (v view) listAxes() []axis {
	w := v.window
	all := []axis{{name: "size", role: theme.Series1, spread: &v.snap.Size.Spread[w]}}
	roles := [...]theme.Role{theme.Series4, theme.Series7}
	for i := range v.snap.Leverage[:min(len(v.snap.Leverage), len(roles))] {
		l := &v.snap.Leverage[i]
		all = append(all, axis{name: "lev " + say.Short(l.Universe), role: roles[i], spread: &l.Spread[w]})
	}
	if h := v.snap.History; h != nil {
		pasts := [...]*model.SpreadHistory{&h.Size[w], &h.Leverage[w], &h.Micro[w]}
		for i := range all {
			all[i].past = pasts[i]
		}
	}
	return all
}

// chart draws every spread's z0 over time, today's at the end.
func (v view) chart(w, h int) draw.Block {
	spec := chart.Spec{Band: &chart.Band{Low: -rotates, High: rotates}}
	for _, a := range v.axes {
		if a.past == nil || !(a.past.Sigma > 0) || len(a.past.On) != len(a.past.Spread) {
			continue
		}
		line := chart.Line{Label: v.th.Say(a.name), Role: a.role}
		for i, day := range a.past.On {
			line.Times = append(line.Times, day.At(16, 0))
			line.Values = append(line.Values, a.past.Spread[i]/a.past.Sigma)
		}
		if a.spread.Z0.Known() {
			line.Times, line.Values = append(line.Times, v.snap.AsOf), append(line.Values, a.spread.Z0.Float())
		}
		if len(line.Times) > len(spec.Times) {
			spec.Times = line.Times
		}
		spec.Lines = append(spec.Lines, line)
	}
	return v.charts.Draw(v.th, spec, w, h)
}

// now is where each spread stands among its earlier values.
func (v view) now() zoom.Section {
	th := v.th
	t := draw.Table{
		Columns: []draw.Column{{}, {Align: draw.Decimal, Min: 6}, {Align: draw.Decimal, Rank: 4}, {Align: draw.Decimal, Rank: 4}, {Align: draw.Decimal}, {Align: draw.Decimal, Rank: 3}, {Rank: 2}},
		Head:    []draw.Cell{{}, zoom.Dim("pp"), zoom.Dim("median"), zoom.Dim(th.Say("σ")), zoom.Dim("z0"), zoom.Dim("z"), zoom.Dim("")},
	}
	for _, a := range v.axes {
		median, sigma := num.Figure{}, num.Figure{}
		if a.past != nil && a.past.Sigma > 0 {
			median, sigma = num.FigureFromFloat(a.past.Median, 2), num.FigureFromFloat(a.past.Sigma, 2)
		}
		t.Rows = append(t.Rows, []draw.Cell{
			{Text: draw.Cut(th, th.Say(a.name), max(v.w/4, 6)), Role: a.role},
			zoom.Signed(th, a.spread.Return[model.Mean]), zoom.Dim(draw.SignedText(th, median)), zoom.Dim(draw.LevelText(th, sigma)),
			zoom.Signed(th, a.spread.Z0), zoom.Signed(th, a.spread.Z), zoom.Dim(v.place(a)),
		})
	}
	return zoom.Fixed("Over "+v.window.String()+", among the values before", "", t.Draw(th, v.w))
}

// place is today's rank among the earlier values in words: "lowest of 61".
func (v view) place(a axis) string {
	now := a.spread.Return[model.Mean]
	if a.past == nil || len(a.past.Spread) == 0 || !now.Known() {
		return ""
	}
	below, known := 0, 0
	for _, value := range a.past.Spread {
		if !math.IsNaN(value) {
			known++
			if value < now.Float() {
				below++
			}
		}
	}
	rank, word := below+1, "lowest"
	if 2*below > known {
		rank, word = known-below+1, "highest"
	}
	return say.Ordinal(rank) + word + " of " + num.Count(known+1).String()
}
