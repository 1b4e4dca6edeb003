package calendar

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Zoom draws the whole calendar into exactly w by h cells: what has been above
// the now line, what comes below it.
func Zoom(in panel.Input, w, h int) draw.Block {
	frame := draw.Frame{Title: title, Focused: in.Focused}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(in.Theme), w, h)
	}
	width, height := in.Inner(w, h)
	listed := least(in)
	frame.Context = zoomContext(in, len(listed.all))
	if len(listed.all) == 0 {
		text := "no events in this dataset"
		if len(in.Snap.Calendar) > 0 {
			text = "no events of this importance"
		}
		return in.Box(frame, draw.Block{in.Theme.Paint(theme.Dim, text)}, w, h)
	}
	start, e := listed.extent(height)
	top := e.Top(start, in.State.Scroll)
	body := listed.rows(in, width, top, min(top+max(e.Height, 0), e.Rows))
	if height < withHeads {
		body = body[1:]
	}
	if rates := ratesLine(in); rates != "" && height >= withRates {
		body = append(draw.Pad(in.Theme, body, width, height-1), rates)
	}
	return in.Box(frame, body, w, h)
}

// Rows from which the whole calendar has its heads and the rates.
const (
	withHeads = 3
	withRates = 10
)

// Extent is what scrolling has to know of the whole calendar in w by h cells.
func Extent(in panel.Input, w, h int) (start int, e panel.Extent) {
	if in.Snap == nil {
		return 0, panel.Extent{}
	}
	_, height := in.Inner(w, h)
	return least(in).extent(height)
}

// zoomContext is how many events are listed, and the time to the next
// important one.
func zoomContext(in panel.Input, n int) string {
	th := in.Theme
	parts := []string{draw.LevelText(th, num.Count(n)) + " events"}
	if in.State.Importance > 1 {
		parts = append(parts, "from "+strings.Repeat("★", in.State.Importance))
	}
	if next := context(in); next != "" {
		parts = append(parts, next)
	}
	return th.Say(strings.Join(parts, " · "))
}

// list is the events that are shown, and where now is among them.
type list struct {
	all  []model.CalendarEntry
	past int // of them
}

// least is the events of the importance that is asked for.
func least(in panel.Input) list {
	all := in.Snap.Calendar
	if in.State.Importance > 1 {
		all = slices.DeleteFunc(slices.Clone(all), func(e model.CalendarEntry) bool { return e.Importance < in.State.Importance })
	}
	return list{all: all, past: firstComing(all)}
}

// extent is the size of the list with the now line in it, which stands in the
// upper half of the screen until somebody scrolls.
func (l list) extent(height int) (start int, e panel.Extent) {
	if height >= withHeads {
		height--
	}
	if height >= withRates-1 {
		height-- // where there are no rates, the row stays blank: nothing moves when they come
	}
	rows := len(l.all)
	if rows > 0 {
		rows++
	}
	return l.past - height*2/5, panel.Extent{Rows: rows, Height: height}
}

// rows is the heads and the rows [from, to) of the list.
func (l list) rows(in panel.Input, w, from, to int) draw.Block {
	t := l.table(in, w)
	next := nextImportant(l.all)
	at := -1 // the now line's place on the screen
	for row := from; row < to; row++ {
		switch {
		case row == l.past:
			at = row - from
		case row < l.past:
			t.Rows = append(t.Rows, cells(in, &l.all[row], w, false))
		default:
			t.Rows = append(t.Rows, cells(in, &l.all[row-1], w, row-1 == next))
		}
	}
	lines := t.Draw(in.Theme, w)
	if at >= 0 {
		lines = slices.Insert(lines, 1+at, now(in.Theme, w))
	}
	return lines
}

// easy is the width from which times and what is left of them are written out.
const easy = 80

// Room for a title: a part of the width, within bounds.
func titleRoom(w int) int { return min(max(w*2/5, 14), 48) }

// table has columns that depend on all events and not on those in sight, so
// that nothing moves sideways while one scrolls.
func (l list) table(in panel.Input, w int) draw.Table {
	t := draw.Table{
		Columns: []draw.Column{
			{},
			{Rank: 7},
			{},
			{Rank: 3},
			{Align: draw.Right, Rank: 4},
			{Align: draw.Right, Rank: 5},
			{Align: draw.Right, Rank: 6},
			{Align: draw.Right},
			{Align: draw.Right, Rank: 2},
		},
		Head: make([]draw.Cell, len(heads())),
	}
	for c, name := range heads() {
		t.Head[c] = draw.Cell{Text: name, Role: theme.Dim}
	}
	for i := range l.all {
		for c, cell := range cells(in, &l.all[i], w, false) {
			t.Columns[c].Min = max(t.Columns[c].Min, draw.Width(cell.Text))
		}
	}
	t.Columns[7].Min = max(t.Columns[7].Min, len("23h 59m"))
	return t
}

func heads() []string {
	return []string{"New York", "", "event", "", "consensus", "previous", "revised", "actual", "surprise"}
}

// cells is one event: when, where, what, how important, the figures, and what
// came of it.
func cells(in panel.Input, e *model.CalendarEntry, w int, next bool) []draw.Cell {
	th := in.Theme
	when, what := theme.Dim, theme.Text
	if next {
		when, what = theme.Accent, theme.Strong
	}
	printed := func(text string) string { return draw.Cut(th, figure(th, text), widest) }
	stars := draw.Cell{Text: strings.Repeat(th.Glyph.Star, min(max(e.Importance, 0), important)), Role: theme.Dim}
	if e.Importance >= important {
		stars.Role = theme.Star
	}
	form := "Mon 02 Jan 15:04"
	if w < easy {
		form = "Mon 02 15:04"
	}
	return []draw.Cell{
		{Text: e.At.In(session.Zone()).Format(form), Role: when},
		{Text: draw.Cut(th, th.Say(e.Country), 3), Role: theme.Dim},
		{Text: draw.Cut(th, named(th, e.Title, titleRoom(w)), titleRoom(w)), Role: what},
		stars,
		{Text: printed(e.Consensus), Role: theme.Dim},
		{Text: printed(e.Previous), Role: theme.Dim},
		{Text: printed(e.Revised), Role: theme.Dim},
		outcomeCell(in, e, w, next),
		surpriseCell(in, e),
	}
}

// outcomeCell is the actual figure, or the time to go.
func outcomeCell(in panel.Input, e *model.CalendarEntry, w int, next bool) draw.Cell {
	th, left := in.Theme, draw.Countdown(e.At.Sub(in.Snap.AsOf))
	if w >= easy {
		left = "in " + left
	}
	switch {
	case !e.Past && next:
		return draw.Cell{Text: left, Role: theme.AccentStrong}
	case !e.Past:
		return draw.Cell{Text: left}
	case e.Actual != "":
		return draw.Cell{Text: draw.Cut(th, figure(th, e.Actual), widest), Role: theme.Strong}
	case e.Consensus == "" && e.Previous == "":
		return draw.Cell{Text: "past", Role: theme.Dim}
	default:
		return draw.Cell{Text: "due", Role: theme.Dim}
	}
}

// surpriseCell is how far the actual figure is from the consensus, in its unit.
func surpriseCell(in panel.Input, e *model.CalendarEntry) draw.Cell {
	th := in.Theme
	if !e.Past || !e.Surprise.Known() {
		return draw.Cell{}
	}
	text := draw.SignedText(th, e.Surprise) + th.Say(e.Unit)
	switch e.Surprise.Sign() {
	case 1:
		return draw.Cell{Text: text + " " + th.Glyph.Up, Role: theme.Up}
	case -1:
		return draw.Cell{Text: text + " " + th.Glyph.Down, Role: theme.Down}
	}
	return draw.Cell{Text: text + "  ", Role: theme.Dim}
}
