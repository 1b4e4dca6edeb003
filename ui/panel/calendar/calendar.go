// Package calendar is the panel of scheduled events: what has come out, what
// comes next and when, and what rates are expected to do.
package calendar

import (
	"slices"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

const title = "Calendar"

// important is the highest importance of an event.
const important = 3

// Rows of the body from which the panel has its extras; in fewer rows there
// are only events to come.
const (
	rowsForHead  = 5
	rowsForPast  = 6
	rowsForTwo   = 8 // two past events
	rowsForRates = 7
)

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th := in.Theme
	innerWidth, innerHeight := in.Inner(w, h)
	switch {
	case in.Snap == nil:
		return in.Box(draw.Frame{Title: title, Focused: in.Focused}, say.Waiting(th), w, h)
	case len(in.Snap.Calendar) == 0:
		body := draw.Block{th.Paint(theme.Dim, "no events in this dataset")}
		if rates := ratesLine(in, innerWidth); rates != "" {
			body = append(body, rates)
		}
		return in.Box(draw.Frame{Title: title, Focused: in.Focused}, body, w, h)
	}
	return in.Box(draw.Frame{Title: title, Context: context(in), Focused: in.Focused}, body(in, innerWidth, innerHeight), w, h)
}

// context is the time to the next important event.
func context(in panel.Input) string {
	next := nextImportant(in.Snap.Calendar)
	if next < 0 {
		return ""
	}
	entry := &in.Snap.Calendar[next]
	return in.Theme.Say("next ★★★ in " + draw.Countdown(entry.At.Sub(in.Snap.AsOf)))
}

// firstComing is the place of the first event still to come.
func firstComing(all []model.CalendarEntry) int {
	i := slices.IndexFunc(all, func(e model.CalendarEntry) bool { return !e.Past })
	if i < 0 {
		return len(all)
	}
	return i
}

// nextImportant is the place of the next event of the highest importance, or -1.
func nextImportant(all []model.CalendarEntry) int {
	return slices.IndexFunc(all, func(e model.CalendarEntry) bool { return !e.Past && e.Importance >= important })
}

// body fills h rows: the past above the now line, what comes below it.
func body(in panel.Input, w, h int) draw.Block {
	all := in.Snap.Calendar
	first := firstComing(all)
	var foot draw.Block
	if rates := ratesLine(in, w); rates != "" && h >= rowsForRates {
		foot, h = draw.Block{rates}, h-1
	}
	head := 0
	if h >= rowsForHead {
		head = 1
	}
	rows := pastRows(h, first)
	room := h - head - rows
	nowLine := rows > 0 && first < len(all)
	if nowLine {
		room--
	}
	coming := nextOf(all[first:], room)
	past := lastOf(all[:first], rows+max(room-len(coming), 0))
	t := newTable(in, w, past, coming)
	lines := make(draw.Block, 0, h+1)
	if head > 0 {
		lines = append(lines, t.head())
	}
	for i := range past {
		lines = append(lines, t.row(&past[i], false))
	}
	if nowLine {
		lines = append(lines, now(in.Theme, w))
	}
	next := nextImportant(coming)
	for i := range coming {
		lines = append(lines, t.row(&coming[i], i == next))
	}
	for len(lines) < h && len(foot) > 0 {
		lines = append(lines, "")
	}
	return append(lines, foot...)
}

// pastRows is how many past events there is room for.
func pastRows(h, past int) int {
	switch {
	case h >= rowsForTwo:
		return min(past, max(2, h/4))
	case h >= rowsForPast:
		return min(past, 1)
	}
	return 0
}

// now is the line between what has been and what comes.
func now(th *theme.Theme, w int) string {
	const word = " now "
	dashes := max(w-len(word), 0)
	left := dashes / 2
	return th.Paint(theme.Faint, repeat(th.Glyph.Dash, left)) +
		th.Paint(theme.Dim, word) +
		th.Paint(theme.Faint, repeat(th.Glyph.Dash, dashes-left))
}
