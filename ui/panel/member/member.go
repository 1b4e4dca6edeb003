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
	twoColumns   = 100 // cells, from here the figures stand beside each other
	threeColumns = 150 // and from here what happened beside them
	columnGap    = 3
	leastChart   = 6 // lines with the time axis, below which there is no chart
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
		body = append(body, v.across(innerHeight)...)
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

// across gives the price the whole width and puts the figures below it, beside
// each other: the table by window, the bridge, and what happened in a column of
// its own, or below both where there is no room for three.
func (v view) across(h int) draw.Block {
	columns := []view{v, v}
	if v.w >= threeColumns {
		columns = append(columns, v)
	}
	const table, papers = 68, 48 // cells: what the table can use, and the least beside it
	others := len(columns) - 1
	columns[0].w = min(table, v.w-others*(columnGap+papers))
	for i := 1; i <= others; i++ {
		columns[i].w = (v.w-columns[0].w)/others - columnGap
	}
	figures := []draw.Block{columns[0].standing(allRows), columns[1].ladder()}
	news := columns[len(columns)-1].news()
	rows := max(len(figures[0]), len(figures[1]))
	switch {
	case len(columns) > len(figures):
		if len(news) == 0 {
			news = draw.Block{say.Line(v.th, columns[2].w, "no halts, no corporate actions, no flags")}
		}
		figures = append(figures, news)
	case len(news) > 0:
		half := (len(news) + 1) / 2
		for i, part := range []draw.Block{columns[0].news()[:half], news[half:]} {
			figures[i] = append(draw.Pad(v.th, figures[i], columns[i].w, rows+1), part...)
		}
	}
	for _, lines := range figures {
		rows = max(rows, min(len(lines), h/2)) // news may take half of the page
	}
	lines := draw.Block{v.price()}
	if room := h - len(lines) - rows - 1; room >= leastChart {
		lines = append(append(lines, v.chart(room)...), "")
	}
	rows = h - len(lines)
	below := make([]draw.Block, 0, 2*len(figures))
	for i, column := range figures {
		if i > 0 {
			below = append(below, draw.Blank(columnGap, rows))
		}
		below = append(below, draw.Pad(v.th, column, columns[i].w, rows))
	}
	return append(lines, draw.Beside(below...)...)
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
