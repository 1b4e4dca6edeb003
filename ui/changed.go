package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/model"
	"gyre/ui/panel"
)

const (
	// marked is how long a figure that has changed is marked.
	marked = 700 * time.Millisecond
	// unhurried is the fastest replay in which figures are marked: in a faster
	// one all of them change all the time, which says nothing.
	unhurried = 10
)

// unmarkMsg takes the marks of one snapshot away.
type unmarkMsg struct{ of *model.Snapshot }

// mark marks what has changed since the snapshot before, and takes the marks
// away a moment later.
func (a *App) mark(before *model.Snapshot) tea.Cmd {
	a.state.Changed = 0
	if p := &a.state.Playback; p.Known && (!p.Playing || p.Speed == 0 || p.Speed > unhurried) {
		return nil
	}
	a.state.Changed = panel.Changed(before, a.snap, a.state.Window, a.state.Stat)
	if a.state.Changed == 0 {
		return nil
	}
	of := a.snap
	return tea.Tick(marked, func(time.Time) tea.Msg { return unmarkMsg{of} })
}

// unmark takes the marks away, unless they are a newer snapshot's.
func (a *App) unmark(of *model.Snapshot) {
	if a.snap == of {
		a.state.Changed = 0
	}
}
