package calendar

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/num"
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
	listed := chosen(in)
	frame.Context = zoomContext(in, listed)
	if len(listed.all) == 0 {
		return in.Box(frame, draw.Block{in.Theme.Paint(theme.Dim, listed.nothing(in))}, w, h)
	}
	start, e := listed.extent(height)
	top := e.Top(start, in.State.Scroll)
	body := listed.rows(in, width, top, min(top+max(e.Height, 0), e.Rows))
	foot := listed.foot(in, width, body[0])
	if height < withHeads {
		body = body[1:]
	}
	if foot != "" && height >= withRates {
		body = append(draw.Pad(in.Theme, body, width, height-1), foot)
	}
	return in.Box(frame, body, w, h)
}

// Rows from which the whole calendar has its heads, and the rates at its foot.
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
	return chosen(in).extent(height)
}

// zoomContext is how many events are listed, and the time to the next
// important one.
func zoomContext(in panel.Input, l list) string {
	th := in.Theme
	count := draw.LevelText(th, num.Count(len(l.all))) + " events"
	if len(l.all) == 1 {
		count = "1 event"
	}
	parts := []string{count}
	if l.country != "" {
		parts = append(parts, draw.Cut(th, th.Say(l.country), widestCountry))
	}
	if in.State.Importance > 1 {
		parts = append(parts, "from "+strings.Repeat("★", in.State.Importance))
	}
	if next := context(in); next != "" {
		parts = append(parts, next)
	}
	return th.Say(strings.Join(parts, " · "))
}

// widestCountry is the most that is shown of a country, which is two letters or
// three where it is a code.
const widestCountry = 3

// list is the events that are shown, and where now is among them.
type list struct {
	all     []model.CalendarEntry
	past    int    // of them
	country string // that is asked for, "" all
}

// chosen is the events of the country and the importance that are asked for.
func chosen(in panel.Input) list {
	l := list{all: in.Snap.Calendar}
	if slices.Contains(panel.Countries(l.all), in.State.Zoom.Country) {
		l.country = in.State.Zoom.Country
	}
	if l.country != "" || in.State.Importance > 1 {
		l.all = slices.DeleteFunc(slices.Clone(l.all), func(e model.CalendarEntry) bool {
			return e.Importance < in.State.Importance || l.country != "" && e.Country != l.country
		})
	}
	l.past = firstComing(l.all)
	return l
}

// nothing says why the list is empty.
func (l list) nothing(in panel.Input) string {
	switch {
	case len(in.Snap.Calendar) == 0:
		return "no events in this dataset"
	case l.country != "":
		return in.Theme.Say("no events of this importance in " + draw.Cut(in.Theme, l.country, widestCountry))
	}
	return "no events of this importance"
}

// foot is the rates, and at the right what the spread's column is, where head
// has it.
func (l list) foot(in panel.Input, w int, head string) string {
	rates := ratesLine(in, w)
	if !strings.Contains(head, in.Theme.Say(spreadName(in.Snap))) {
		return rates
	}
	const least, gap = 32, 2 // of the rates, and what follows them
	legend := l.legend(in, w-min(draw.Width(rates), least)-gap)
	if legend == "" {
		return rates
	}
	legend = in.Theme.Paint(theme.Dim, legend)
	return draw.Spread(in.Theme, ratesLine(in, max(w-draw.Width(legend)-gap, 0)), legend, w)
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
	columns := l.columns(in, w)
	t := l.table(in.Theme, columns)
	next := nextImportant(l.all)
	at := -1 // the now line's place on the screen
	for row := from; row < to; row++ {
		switch {
		case row == l.past:
			at = row - from
		case row < l.past:
			t.Rows = append(t.Rows, cells(columns, &l.all[row], false))
		default:
			t.Rows = append(t.Rows, cells(columns, &l.all[row-1], row-1 == next))
		}
	}
	lines := t.Draw(in.Theme, w)
	if at >= 0 {
		lines = slices.Insert(lines, 1+at, now(in.Theme, w))
	}
	return lines
}

// table has columns that depend on all events and not on those in sight, so
// that nothing moves sideways while one scrolls.
func (l list) table(th *theme.Theme, columns []column) draw.Table {
	t := draw.Table{Columns: make([]draw.Column, len(columns))}
	for c := range columns {
		t.Columns[c] = columns[c].Column
		t.Head = append(t.Head, draw.Cell{Text: th.Say(columns[c].head), Role: theme.Dim})
		for i := range l.all {
			t.Columns[c].Min = max(t.Columns[c].Min, draw.Width(columns[c].cell(&l.all[i], false).Text))
		}
	}
	return t
}
