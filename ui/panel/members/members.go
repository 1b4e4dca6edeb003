// Package members is the table of the companies of a group: who they are, how
// they moved, and what each of them adds to the group's mean.
package members

import (
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Lines from which a panel has more than rows.
const (
	withSummary      = 2
	withHeads        = 3
	withContributors = 9
	withLegend       = 12
	withAir          = 24
)

// Height is how many rows of companies a panel of w by h cells shows.
func Height(in panel.Input, w, h int) int {
	_, h = in.Inner(w, h)
	return rowsIn(h)
}

// rowsIn is how many of h lines are companies.
func rowsIn(h int) int {
	rows := h
	for _, other := range [...]struct{ from, lines int }{
		{withSummary, 1}, {withHeads, 1}, {withContributors, 2}, {withLegend, 1}, {withAir, 1},
	} {
		if h >= other.from {
			rows -= other.lines
		}
	}
	return max(rows, 0)
}

// Render draws the panel into exactly w by h cells. The view is that of the
// input's snapshot, state and window; only the companies in sight are drawn.
func Render(in panel.Input, v *View, w, h int) draw.Block {
	th, s := in.Theme, in.State.Members
	frame := draw.Frame{Title: "Members", Focused: in.Focused}
	if in.Snap == nil || v.snap == nil {
		return in.Box(frame, say.Waiting(th), w, h)
	}
	full, short := GroupName(in.Snap, s.Group)
	frame.Title, frame.Context = "Members · "+full, context(in, v)
	innerWidth, innerHeight := in.Inner(w, h)
	d := drawing{th: th, view: v, state: s, w: innerWidth}
	if in.Bare {
		d.group = th.Say(short)
	}
	return in.Box(frame, d.body(innerHeight), w, h)
}

// context says over what the returns are, and when ranks are a look ahead.
func context(in panel.Input, v *View) string {
	th, window := in.Theme, v.window.String()
	if base := say.Day(in.Snap.Windows[v.window].Base); base != "" {
		window += " since " + base
	}
	window = th.Paint(theme.Dim, window)
	if in.Snap.Size.LookAhead {
		return th.Paint(theme.Attention, "LOOK-AHEAD") + th.Paint(theme.Dim, th.Say(" · ")) + window
	}
	return window
}

// drawing is one drawing of the panel.
type drawing struct {
	th    *theme.Theme
	view  *View
	state panel.MembersState
	group string // where no title says it
	w     int
}

// body fills h lines.
func (d drawing) body(h int) draw.Block {
	rows := rowsIn(h)
	s := d.state.Within(d.view.Extent(rows))
	t := newTable(d.th, d.view, s, d.w)
	body := make(draw.Block, 0, max(h, 0))
	if h >= withSummary {
		body = append(body, d.summary(s, rows))
	}
	if h >= withHeads {
		body = append(body, t.heads())
	}
	for row := s.Offset; row < min(s.Offset+rows, len(d.view.Rows)); row++ {
		body = append(body, t.row(d.view.Member(row), row == s.Cursor))
	}
	if len(d.view.Rows) == 0 && rows > 0 {
		body = append(body, d.nothing())
	}
	foot := d.foot(t, h)
	for len(body) < h-len(foot) {
		body = append(body, "")
	}
	return append(body, foot...)
}

// nothing says why there are no rows.
func (d drawing) nothing() string {
	text := "no names in this group"
	switch {
	case d.view.snap.Members == nil:
		text = "waiting for the members …"
	case d.state.Search != "":
		text = "no symbol, name or sector has “" + d.state.Search + "” in it"
	}
	return d.th.Paint(theme.Dim, draw.Cut(d.th, d.th.Say(text), d.w))
}

// summary says what the group's mean is, and which rows are in sight or what
// is being searched for.
func (d drawing) summary(s panel.MembersState, rows int) string {
	th, c := d.th, &d.view.Contributors
	right := d.place(s, rows)
	room := d.w - draw.Width(right) - 2
	group, out := "", ""
	if d.group != "" {
		group = th.Paint(theme.Strong, d.group)
	}
	if left := d.view.Names - c.N; left > 0 {
		out = count(th, left) + " left out"
	}
	percent := func(words string, f num.Figure) string {
		return th.Paint(theme.Dim, words+" ") + draw.Signed(th, f) + th.Paint(theme.Dim, " %")
	}
	robust := ""
	if n := len(c.Best) + len(c.Worst); n > 0 && c.WithoutEither.Known() {
		robust = percent("without the "+count(th, n)+" below", c.WithoutEither)
	}
	left := say.Line(th, room, group, percent("mean", c.Mean), count(th, c.N)+" averaged", out, robust)
	return draw.Spread(th, left, right, d.w)
}

// place is where the viewer is in the rows: "25–48 of 490", and what is searched for.
func (d drawing) place(s panel.MembersState, rows int) string {
	th, n := d.th, len(d.view.Rows)
	text := count(th, n) + " of " + count(th, d.view.Names)
	if s.Search == "" && !s.Searching {
		if n == 0 || rows == 0 {
			return ""
		}
		text = count(th, s.Offset+1) + "–" + count(th, min(s.Offset+rows, n)) + " of " + count(th, n)
		return th.Paint(theme.Dim, th.Say(text))
	}
	search := "/" + s.Search
	if s.Searching {
		search += "_"
	}
	search = draw.Cut(th, th.Say(search), max(d.w/2-draw.Width(text), 4))
	return th.Paint(theme.AccentStrong, search) + th.Paint(theme.Dim, "  "+text)
}

func count(th *theme.Theme, n int) string { return draw.LevelText(th, num.Count(n)) }

// foot is what stands below the rows: who moved the mean, and the legend.
func (d drawing) foot(t *table, h int) draw.Block {
	var lines draw.Block
	if h >= withContributors {
		c := &d.view.Contributors
		lines = append(lines,
			d.movers("best", c.Best, c.WithoutBest),
			d.movers("worst", c.Worst, c.WithoutWorst))
	}
	if h >= withLegend {
		lines = append(lines, d.legend(t))
	}
	return lines
}

// movers is "best 5  +0.124 S1471 …      mean without them −2.31 %".
func (d drawing) movers(which string, names []model.Contributor, without num.Figure) string {
	th := d.th
	if len(names) == 0 {
		return ""
	}
	const roomy, gap = 60, 2
	widest := min(d.view.widest.mover, longestSymbol)
	words := "mean without them "
	if d.w < roomy {
		words = "without "
	}
	list := th.Paint(theme.Dim, draw.Fit(th, which+" "+count(th, len(names)), len("worst 5")))
	right := th.Paint(theme.Dim, words) + draw.Signed(th, without) + th.Paint(theme.Dim, " %")
	var b strings.Builder
	b.WriteString(list)
	room := d.w - draw.Width(right) - 2 - draw.Width(list)
	for i := range names {
		next := draw.Fit(th, th.Say(names[i].Member.Symbol), widest) + " "
		points := draw.SignedText(th, names[i].Points)
		if room -= gap + draw.Width(next) + draw.Width(points); room < 0 {
			break
		}
		b.WriteString(draw.Spaces(gap) + th.Paint(theme.Text, next) + th.Paint(draw.SignRole(th, names[i].Points), points))
	}
	return draw.Spread(th, b.String(), right, d.w)
}

// legend says what the letters mean, and of which day ranks, caps and debt are.
func (d drawing) legend(t *table) string {
	th := d.th
	var parts []string
	if !t.inWords {
		for _, flag := range say.Flags() {
			if d.view.flags&flag.Is != 0 {
				parts = append(parts, th.Paint(theme.Text, string(flag.Letter))+th.Paint(theme.Dim, " "+th.Say(flag.Word)))
			}
		}
		if d.view.micro {
			parts = append(parts, th.Paint(theme.Text, string(microLetter))+th.Paint(theme.Dim, " also "+microWord))
		}
	}
	parts = append(parts, "contribution: return / n, in pp")
	if base := say.Day(d.view.snap.Windows[d.view.window].Base); base != "" {
		parts = append(parts, "rank, cap, D/EV of "+base)
	}
	return say.Line(th, d.w, parts...)
}
