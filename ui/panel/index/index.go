// Package index is the panel of the printed indices: where they stand, how
// they got there, and whether they are inside the forecast range.
package index

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Rows of a chart below which it is left out, and from which the levels of the
// day get a line of their own.
const (
	leastChart = 5 // with the time axis
	roomyChart = 14
)

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th, chosen := in.Theme, say.Chosen(in.State.Window)
	frame := draw.Frame{Title: "Index levels", Focused: in.Focused}
	innerWidth, innerHeight := in.Inner(w, h)
	switch {
	case in.Snap == nil:
		return in.Box(frame, say.Waiting(th), w, h)
	case len(in.Snap.Indices) == 0:
		body := draw.Block{th.Paint(theme.Dim, "no index levels")}
		return in.Box(frame, body, w, h)
	}
	v := view{th: th, snap: in.Snap, window: chosen, w: innerWidth, charts: in.Charts, marks: in.State.Changed, shown: in.State.Windows.With(chosen)}
	body, charted := v.body(innerHeight)
	frame.Context = v.context(charted)
	return in.Box(frame, body, w, h)
}

// view is one drawing of the panel.
type view struct {
	th     *theme.Theme
	snap   *model.Snapshot
	window session.Window
	w      int // of the body
	charts *chart.Memo
	marks  panel.Marks
	// shown are the windows of the table, the chosen one among them.
	shown []session.Window
}

// body fills h lines by importance: the rows, the range, the heads, the words,
// then the chart in what is left. The words give way where they would take the
// chart's last line.
func (v view) body(h int) (body draw.Block, charted bool) {
	count := len(v.snap.Indices)
	scale, words := v.rangeLine(), v.words()
	below := draw.Block{}
	left := h - count
	if scale != "" && left > 0 {
		below, left = draw.Block{scale}, left-1
	}
	body = v.table(left > 0)
	left -= len(body) - count
	if words != "" && left > 0 && left != leastChart {
		body, left = append(body, words), left-1
	}
	details := v.details()
	if details != "" && left > 0 && (left < leastChart || left > roomyChart) {
		body, left = append(body, details), left-1
	}
	if left >= leastChart {
		body, charted = append(body, v.chart(left)...), true
	}
	return append(body, below...), charted
}

// table has one row an index. Without a line for the heads every number says
// which window it is of.
func (v view) table(heads bool) draw.Block {
	t := draw.Table{Columns: []draw.Column{{}, {Align: draw.Decimal, Min: 8}, {Min: 1}, {Align: draw.Decimal, Min: 7, Rank: 8}}}
	head := make([]draw.Cell, len(t.Columns), len(t.Columns)+session.WindowCount)
	for _, w := range v.shown {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Decimal, Min: 5, Rank: say.WindowRank(w, v.window)})
		head = append(head, say.WindowHead(w, v.window))
	}
	if heads {
		t.Head = head
	}
	for i := range v.snap.Indices {
		t.Rows = append(t.Rows, v.row(i, heads))
	}
	return t.Draw(v.th, v.w)
}

func (v view) row(i int, heads bool) []draw.Cell {
	th, index := v.th, &v.snap.Indices[i]
	mark, role := v.mark(index)
	if role == theme.Text && v.marks.Index(i) {
		role = theme.Changed
	}
	level := index.Level
	if unlevelled(index) {
		level, mark, role = index.PrevClose, "~", theme.Dim
	}
	row := []draw.Cell{
		{Text: draw.Cut(th, v.name(index), max(v.w/3, 5)), Role: theme.Strong},
		{Text: draw.LevelText(th, level), Role: role},
		{Text: mark, Role: theme.Attention},
		signed(th, index.Change),
	}
	for _, w := range v.shown {
		cell := signed(th, index.Returns[w])
		if !heads {
			cell.Text = w.String() + " " + cell.Text
		}
		row = append(row, cell)
	}
	return row
}

// unlevelled tells whether nothing but the last close is known of an index: not
// every feed of stocks has the levels of indices.
func unlevelled(index *model.Index) bool { return !index.Level.Known() && index.PrevClose.Known() }

// name is the index' full name where a row of usual length has room for it.
func (v view) name(index *model.Index) string {
	const roomy = 44
	if v.w >= roomy {
		return v.th.Say(index.Name)
	}
	return v.th.Say(say.Short(index.Symbol))
}

// mark tells that a level is not what it looks like: "p" while the official
// close is still to come, "~" when it is old.
func (v view) mark(index *model.Index) (mark string, level theme.Role) {
	switch {
	case v.old(index):
		return "~", theme.Dim
	case index.Prelim:
		return "p", theme.Text
	}
	return "", theme.Text
}

func (v view) old(index *model.Index) bool {
	const limit = 2 * time.Minute
	switch v.snap.Feed.Phase {
	case model.FeedStale, model.FeedFailing:
		return true
	default:
		return v.snap.Clock.Phase == session.Open && v.snap.AsOf.Add(-v.snap.Feed.Delay).Sub(index.At) > limit
	}
}

// context says what the chart shows, or how old the levels are.
func (v view) context(charted bool) string {
	th, first := v.th, &v.snap.Indices[0]
	switch {
	case unlevelled(first):
		return th.Paint(theme.Attention, "~ close of "+say.Day(v.snap.Windows[session.Day].Base))
	case v.old(first) && !first.At.IsZero():
		return th.Paint(theme.Attention, "~ as of "+first.At.In(session.Zone()).Format("15:04"))
	case first.Prelim:
		return th.Paint(theme.Attention, "p: before the official close")
	}
	base := say.Day(v.snap.Windows[v.window].Base)
	if !charted || base == "" {
		return v.window.String()
	}
	text := "since " + base
	if v.rebased() {
		text += ", %"
	}
	if since := v.snap.Clock.Since; v.window == session.Day && !since.IsZero() {
		text += th.Say(" · from " + since.In(session.Zone()).Add(time.Second/2).Format("15:04")) // the gap before it is not known
	}
	return text
}

func signed(th *theme.Theme, f num.Figure) draw.Cell {
	return draw.Cell{Text: draw.SignedText(th, f), Role: draw.SignRole(th, f)}
}
