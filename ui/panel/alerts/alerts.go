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
	all := Newest(in.Snap)
	e := extent(in, height)
	var body draw.Block
	top := e.Top(0, in.State.Scroll)
	for row := top; row < min(top+e.Height, e.Rows); row++ {
		body = append(body, line(in, &all[row], row < in.State.Unread, innerWidth))
	}
	if len(all) == 0 {
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
	_, height := in.Inner(w, h)
	return 0, extent(in, height)
}

func extent(in panel.Input, height int) panel.Extent {
	if in.Snap == nil {
		return panel.Extent{}
	}
	return panel.Extent{Rows: len(in.Snap.Alerts), Height: height}
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

// withSeverity is the width from which the list has room for how urgent an
// alert is; in less it would cost the figures at the end.
const withSeverity = 66

// line is one alert of the list.
func line(in panel.Input, a *model.Alert, unread bool, w int) string {
	th, at := in.Theme, a.At.In(session.Zone())
	when, what := theme.Dim, theme.Text
	if unread {
		when = theme.AccentStrong
	}
	if fresh(in.Snap, a) {
		what = theme.Changed
	}
	if w < withSeverity {
		form := "Mon 02 15:04"
		if session.DateOf(at) == session.DateOf(in.Snap.AsOf) {
			form = "15:04"
		}
		return th.Paint(when, at.Format(form)) + "  " + th.Paint(what, Text(th, a))
	}
	mark, role := severity(th, a.Severity)
	return th.Paint(when, at.Format("Mon 02 15:04")) + "  " +
		th.Paint(role, draw.Fit(th, mark, len("notice")+2)) + "  " + th.Paint(what, Text(th, a))
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
	th, at := in.Theme, a.At.In(session.Zone())
	when, what := th.Paint(theme.Dim, at.Format("2 Jan")), theme.Text
	if session.DateOf(at) == session.DateOf(in.Snap.AsOf) {
		when = th.Paint(theme.Attention, at.Format("15:04"))
	}
	if fresh(in.Snap, a) {
		what = theme.Changed
	}
	return when + "  " + th.Paint(what, Text(th, a))
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
