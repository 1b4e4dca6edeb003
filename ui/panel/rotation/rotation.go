// Package rotation is the panel of the rotation map: where each group stands
// against a benchmark by the trend of its relative strength and the momentum
// of that trend, and which way it came.
package rotation

import (
	"strconv"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th := in.Theme
	frame := draw.Frame{Title: "Rotation map", Focused: in.Focused}
	switch {
	case in.Snap == nil:
		return in.Box(frame, say.Waiting(th), w, h)
	case len(in.Snap.Maps) == 0:
		return in.Box(frame, nothing(in), w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	v := view{th: th, snap: in.Snap, chart: chosen(in.Snap.Maps, in.State.Zoom.Benchmark), w: innerWidth, h: innerHeight}
	page := in.State.Zoom.Page & 1 // there are two at most
	body, tail, pages := v.body(page)
	frame.Context = v.context(w-draw.Width(frame.Title)-10, tail, page, pages)
	return in.Box(frame, body, w, h)
}

// nothing says why there is no map.
func nothing(in panel.Input) draw.Block {
	if in.Snap.Query.Detail&model.DetailMap == 0 {
		return zoom.Asking(in.Theme)
	}
	return draw.Block{in.Theme.Paint(theme.Dim, "no index to compare the groups with")}
}

// chosen is the map against a benchmark, or the first.
func chosen(maps []model.Map, benchmark string) *model.Map {
	for i := range maps {
		if maps[i].Benchmark == benchmark {
			return &maps[i]
		}
	}
	return &maps[0]
}

// view is one drawing of the panel.
type view struct {
	th    *theme.Theme
	snap  *model.Snapshot
	chart *model.Map
	w, h  int // of the body
}

func (v view) context(room, tail, page, pages int) string {
	th := v.th
	against := th.Say("against the " + say.Universe(v.snap, v.chart.Benchmark))
	long := against
	if tail > 0 {
		long += th.Say(" · " + strconv.Itoa(tail) + " sessions")
	}
	short := th.Say(say.Short(v.chart.Benchmark))
	if pages > 1 {
		turned := th.Say(" · page " + strconv.Itoa(page+1) + "/" + strconv.Itoa(pages))
		return say.Pick(room, long+turned, against+turned, short+turned, short)
	}
	return say.Pick(room, long, against, short)
}

// The smallest map that says anything, and that on which every group has room.
const (
	leastMapWidth  = 28
	leastMapHeight = 8
	roomyMapWidth  = 56
	roomyMapHeight = 14
)

// body is the map with its table beside or below it. Where the table of all
// groups has no room below, it has a page of its own. tail is how many
// sessions of their way the groups show on the map, 0 without one.
func (v view) body(page int) (lines draw.Block, tail, pages int) {
	const sideTable = 54
	formula := v.formula()
	if v.w >= roomyMapWidth+zoom.Gap+sideTable-10 && v.h >= roomyMapHeight {
		square := 2*v.h + 4 // a cell is twice as high as wide
		side := max(v.w-square-zoom.Gap, sideTable)
		picture, tail := v.picture(v.w-side-zoom.Gap, v.h-2)
		beside := draw.Beside(picture, draw.Blank(zoom.Gap, v.h-2), draw.Pad(v.th, v.side(side, v.h-2, tail), side, v.h-2))
		return draw.Stack(beside, draw.Block{"", formula}), tail, 1
	}
	all := v.table(v.groups(true), v.w)
	few := v.table(v.groups(false), v.w)
	switch left := v.h - 1; {
	case v.w < leastMapWidth || left-len(few) < leastMapHeight:
		return v.small(all, formula), 0, 1
	case left-len(all)-1 >= roomyMapHeight:
		picture, tail := v.picture(v.w, left-len(all)-1)
		return draw.Stack(picture, draw.Block{""}, all, draw.Block{formula}), tail, 1
	case page == 1:
		return draw.Stack(all, draw.Block{""}, v.legend(v.w), draw.Block{"", formula}), 0, 2
	default:
		picture, tail := v.picture(v.w, left-len(few))
		return draw.Stack(picture, few, draw.Block{formula}), tail, 2
	}
}

// small is the table alone: its rows, then its heads, then the formula.
func (v view) small(table draw.Block, formula string) draw.Block {
	if v.h < len(table) {
		return table[1:]
	}
	return append(table, formula)
}

// side is what stands beside a map that shows tail sessions: the table, and what
// the quarters and the trails mean.
func (v view) side(w, h, tail int) draw.Block {
	lines := v.table(v.groups(true), w)
	if legend := v.legend(w); len(lines)+1+len(legend) <= h {
		lines = draw.Stack(lines, draw.Block{""}, legend)
	}
	if notes := v.notes(w, tail); len(lines)+1+len(notes) <= h {
		lines = draw.Stack(lines, draw.Block{""}, notes)
	}
	return lines
}

// formula is how both axes are worked out.
func (v view) formula() string {
	return v.th.Paint(theme.Dim, draw.Cut(v.th, v.th.Say(say.Pick(v.w,
		"trend: 100 + z(14) of relative strength; momentum: 100 + z(14) of its 5-session rate of change",
		"trend: 100 + z(14) of RS; momentum: 100 + z(14) of its 5-session change",
		"trend 100 + z(14) of RS; momentum: of its 5-day change",
		"trend: z(14) of RS; momentum: of its change",
	)), v.w))
}
