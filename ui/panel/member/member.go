// Package member is the page of one company: its price, what it adds up to,
// where it stands among the others, and what happened to it.
package member

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// The arrangement.
const (
	twoColumns = 100 // cells, from here the company's papers stand beside its price
	columnGap  = 3
	leastChart = 6 // lines with the time axis, below which there is no chart
)

// Render draws the page of the company that the state's query asks for into
// exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th := in.Theme
	frame := draw.Frame{Title: "Company", Focused: in.Focused}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(th), w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	p := in.Snap.Page
	if p == nil || in.State.Query.Page != "" && p.Key != in.State.Query.Page {
		return in.Box(frame, draw.Block{th.Paint(theme.Dim, draw.Cut(th, missing(in), innerWidth))}, w, h)
	}
	v := view{th: th, snap: in.Snap, page: p, window: say.Chosen(in.State.Window), w: innerWidth, charts: in.Charts}
	frame.Title, frame.Context = v.title(w), v.since()
	var body draw.Block
	if in.Bare {
		body = append(body, say.Line(th, v.w, th.Paint(theme.Strong, th.Say(p.Symbol)), th.Paint(theme.Text, th.Say(p.Name)),
			th.Say(say.Sector(p.Sector)), th.Say(v.since())))
		innerHeight--
	}
	if innerWidth >= twoColumns {
		body = append(body, v.beside(innerHeight)...)
	} else {
		body = append(body, v.below(innerHeight)...)
	}
	return in.Box(frame, body, w, h)
}

// missing says why there is no page: it has not come yet, or never will.
func missing(in panel.Input) string {
	if asked := in.State.Query.Page; in.Snap.Query.Page != asked {
		return in.Theme.Say("waiting for the company …")
	}
	return "this company is in none of the universes"
}

// view is one drawing of the page.
type view struct {
	th     *theme.Theme
	snap   *model.Snapshot
	page   *model.MemberPage
	window session.Window
	w      int // of the body
	charts *chart.Memo
}

// title is "S1471 · Sample Health S1471 · Health care", without the sector where
// a frame of w cells has no room for it beside what it says at its right.
func (v view) title(w int) string {
	const corners = 10 // and the blanks
	parts := []string{v.page.Symbol, v.page.Name, say.Sector(v.page.Sector)}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	long, short := strings.Join(parts, " · "), strings.Join(parts[:min(len(parts), 2)], " · ")
	return say.Pick(w-draw.Width(v.since())-corners, long, short)
}

// since says over what the chart goes.
func (v view) since() string {
	if base := say.Day(v.snap.Windows[v.window].Base); base != "" {
		return v.window.String() + " since " + base
	}
	return v.window.String()
}

// beside puts the price at the left and the papers at the right. The table by
// window stands where it has room.
func (v view) beside(h int) draw.Block {
	const narrow, wide, tableFits = 44, 64, 60
	left, right := v, v
	right.w = min(max(v.w*2/5, narrow), wide)
	left.w = v.w - right.w - columnGap
	papers, table := right.ladder(), left.standing(allRows)
	under := table
	if right.w >= tableFits {
		papers, under = append(append(papers, ""), right.standing(allRows)...), nil
	}
	if news := right.news(); len(news) > 0 {
		papers = append(append(papers, ""), news...)
	}
	lines := draw.Block{left.price()}
	room := h - len(lines) - len(under)
	if under != nil {
		room-- // a blank line
	}
	if room >= leastChart {
		lines = append(lines, left.chart(room)...)
		if under != nil {
			lines = append(lines, "")
		}
	}
	lines = append(lines, under...)
	return draw.Beside(draw.Pad(v.th, lines, left.w, h), draw.Blank(columnGap, h), draw.Pad(v.th, papers, right.w, h))
}

// below puts one thing under the other. What matters most gets its lines
// first, and the chart what is left over.
func (v view) below(h int) draw.Block {
	const fewRows, fewNews = 3, 3
	s := share{left: h - 1} // the price
	all, news := len(v.standing(allRows))-1, v.news()
	rows, told := 0, 0
	if s.take(2) {
		rows = 1
	}
	short := s.take(len(v.sentence()))
	charted := s.take(leastChart)
	for rows > 0 && rows < min(fewRows, all) && s.take(1) {
		rows++
	}
	for told < min(fewNews, len(news)) && s.take(1) {
		told++
	}
	for rows > 0 && rows < all && s.take(1) {
		rows++
	}
	papers := v.sentence()
	if ladder := v.ladder(); short && s.take(len(ladder)-len(papers)) {
		papers = ladder
	}
	for told < len(news) && s.take(1) {
		told++
	}
	lines := draw.Block{v.price()}
	if rows > 0 {
		lines = append(lines, v.standing(rows)...)
	}
	if charted {
		lines = append(lines, v.chart(leastChart+s.left)...)
	}
	if short {
		lines = append(lines, papers...)
	}
	return append(lines, news[:told]...)
}

// share hands out the lines of a page.
type share struct{ left int }

// take takes lines where there are so many.
func (s *share) take(lines int) bool {
	if lines > s.left {
		return false
	}
	s.left -= lines
	return true
}

// price is the last price and its change, with what a reader should know of it.
func (v view) price() string {
	th, p := v.th, v.page
	var change, percent, at, turnover string
	if p.Price > 0 && p.PrevClose.Known() {
		change = draw.Signed(th, num.NewFigure(p.Price.Decimal().Sub(p.PrevClose.Decimal()), 2))
	}
	if p.HasReturn[session.Day] {
		percent = draw.Signed(th, num.Percent(p.Return[session.Day])) + th.Paint(theme.Dim, " %")
	}
	if !p.At.IsZero() {
		at = "at " + p.At.In(session.Zone()).Format("15:04")
	}
	if p.Turnover > 0 {
		turnover = "$" + say.Millions(th, p.Turnover, 1) + "m traded"
	}
	words := v.flagWords()
	room := v.w - draw.Width(words)
	if words != "" {
		room -= 2
	}
	line := say.Line(th, room, th.Paint(theme.Strong, dollars(say.Price(th, p.Price))), change, percent, at, turnover)
	return draw.Spread(th, line, words, v.w)
}

// dollars is a price with its currency; what is not known has none.
func dollars(price string) string {
	if price == draw.Unknown {
		return price
	}
	return "$" + price
}

// flagWords are the flags that concern the price, a word each.
func (v view) flagWords() string {
	words := ""
	for _, flag := range say.Flags() {
		if v.page.Flags&flag.Is&say.PriceFlags != 0 {
			words = flag.Word
			break
		}
	}
	return v.th.Paint(theme.Attention, v.th.Say(words))
}

// chart is the price over the window, in h lines.
func (v view) chart(h int) draw.Block {
	spec := chart.Spec{Session: v.snap.Clock.Session, Marks: append(say.Marks(v.th, v.snap), v.halts()...)}
	if c := v.page.Curves[v.window]; c != nil && len(c.Lines) > 0 {
		spec.Times = c.At
		spec.Lines = []chart.Line{{Values: c.Lines[0], Role: theme.Series5}}
	}
	return v.charts.Draw(v.th, spec, v.w, h)
}

// halts are marks where trading stopped.
func (v view) halts() []chart.Mark {
	var all []chart.Mark
	for i := range v.page.Incidents {
		if incident := &v.page.Incidents[i]; incident.Kind == model.IncidentHalt {
			all = append(all, chart.Mark{At: incident.At, Glyph: "!", Role: theme.Attention})
		}
	}
	return all
}
