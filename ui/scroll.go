package ui

import (
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/panel/calendar"
	"gyre/ui/panel/help"
	"gyre/ui/panel/note"
)

// scroll moves a list that is only read.
func (a *App) scroll(by int, how step) {
	var start int
	var e panel.Extent
	in, w, h := a.viewInput()
	switch a.state.View {
	case panel.ViewCalendar:
		start, e = calendar.Extent(in, w, h)
	case panel.ViewAlerts:
		start, e = alerts.Extent(in, w, h)
	case panel.ViewNote:
		start, e = note.Extent(in, w, h)
	default:
		return
	}
	a.state.Scroll = e.Scroll(start, a.state.Scroll, stepRows(e, by, how))
}

// scrollHelp scrolls the help where it is longer than the screen.
func (a *App) scrollHelp(by int, how step) {
	for _, p := range layout(a.size.W, a.size.H, a.state) {
		if p.part == partHelp {
			in := inputOf(p, frame{a.snap, a.size, a.theme, a.state})
			e := help.Extent(in.Input, a.props.keys, p.rect.w, p.rect.h)
			a.state.HelpRow = e.Scroll(0, a.state.HelpRow, stepRows(e, by, how))
		}
	}
}

// stepRows is how many rows a step through a list is.
func stepRows(e panel.Extent, by int, how step) int {
	switch how {
	case byPage:
		return by * max(e.Height-1, 1)
	case toEnd:
		return by * e.Rows
	default:
		return by
	}
}
