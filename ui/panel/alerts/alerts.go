// Package alerts is the list of what has happened: when, how much it asks of
// its reader, and what it was; the newest first.
package alerts

import (
	"slices"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

const title = "Alerts"

// Render draws the list into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	frame := draw.Frame{Title: title, Focused: in.Focused}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(in.Theme), w, h)
	}
	frame.Context = context(in)
	innerWidth, height := in.Inner(w, h)
	l := newList(in, innerWidth)
	e := panel.Extent{Rows: l.rows(), Height: height}
	top := e.Top(0, in.State.Scroll)
	body := l.lines(top, top+height)
	if len(l.all) == 0 {
		body = draw.Block{in.Theme.Paint(theme.Dim, in.Theme.Say("nothing yet: what changes will stand here"))}
	}
	return in.Box(frame, body, w, h)
}

// Newest is all alerts of a snapshot, the newest first; of those that came
// together the most urgent.
func Newest(snap *model.Snapshot) []model.Alert {
	all := slices.Clone(snap.Alerts)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b model.Alert) int {
		if order := b.At.Compare(a.At); order != 0 {
			return order
		}
		return int(b.Severity) - int(a.Severity)
	})
	return all
}

// Extent is what scrolling has to know of the list in w by h cells.
func Extent(in panel.Input, w, h int) (start int, e panel.Extent) {
	innerWidth, height := in.Inner(w, h)
	if in.Snap == nil {
		return 0, panel.Extent{}
	}
	return 0, panel.Extent{Rows: newList(in, innerWidth).rows(), Height: height}
}

// Top is the alert in the first row of the list in w by h cells; nil where there
// is none.
func Top(in panel.Input, w, h int) *model.Alert {
	start, e := Extent(in, w, h)
	if e.Rows == 0 {
		return nil
	}
	innerWidth, _ := in.Inner(w, h)
	l := newList(in, innerWidth)
	return &l.all[l.at(e.Top(start, in.State.Scroll))]
}

// context is how many there are, and how many of them are new.
func context(in panel.Input) string {
	th := in.Theme
	parts := []string{draw.LevelText(th, num.Count(len(in.Snap.Alerts))) + " in all"}
	if unread := Unread(in); unread != "" {
		parts = append(parts, unread)
	}
	return strings.Join(parts, " · ")
}

// Unread says how many alerts the viewer has not looked at yet: "2 new", and
// "" where there are none.
func Unread(in panel.Input) string {
	if in.State.Unread <= 0 {
		return ""
	}
	return draw.LevelText(in.Theme, num.Count(in.State.Unread)) + " new"
}

// severity is how much an alert asks of its reader, in a sign and a word.
func severity(th *theme.Theme, s model.Severity) (string, theme.Role) {
	switch s {
	case model.SeverityUrgent:
		return th.Glyph.Dot + " " + s.String(), theme.Attention
	case model.SeverityNotice:
		return th.Glyph.Ring + " " + s.String(), theme.Text
	default:
		return "  " + s.String(), theme.Dim
	}
}

// Short is an alert as the dashboard has it: the time of day, of an older one
// the day, and what happened.
func Short(in panel.Input, a *model.Alert) string {
	return short(in, a) + painted(in, a, Text(in.Theme, a))
}

// Folded is Short in as many lines of at most w cells as it needs.
func Folded(in panel.Input, a *model.Alert, w int) draw.Block {
	when := short(in, a)
	lines := fold(Text(in.Theme, a), w-draw.Width(when))
	for i, line := range lines {
		lines[i] = when + painted(in, a, line)
		when = draw.Spaces(draw.Width(when))
	}
	return lines
}

// short is when an alert came, as the dashboard says it.
func short(in panel.Input, a *model.Alert) string {
	th, at := in.Theme, a.At.In(session.Zone())
	when := th.Paint(theme.Dim, at.Format("2 Jan"))
	if session.DateOf(at) == session.DateOf(in.Snap.AsOf) {
		when = th.Paint(theme.Attention, at.Format("15:04"))
	}
	return when + "  "
}

// painted is a text of an alert, which is marked for a moment.
func painted(in panel.Input, a *model.Alert, text string) string {
	if fresh(in.Snap, a) {
		return in.Theme.Paint(theme.Changed, text)
	}
	return in.Theme.Paint(theme.Text, text)
}

// fresh tells that an alert has just come, in the market's time: such a one is
// marked for a moment.
func fresh(snap *model.Snapshot, a *model.Alert) bool {
	const moment = 2 * time.Minute
	age := snap.AsOf.Sub(a.At)
	return snap.Clock.Phase == session.Open && age >= 0 && age < moment
}

// Text is what happened, with minus signs that are some.
func Text(th *theme.Theme, a *model.Alert) string { return say.Minus(th, a.Text) }
