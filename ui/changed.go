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

// unmarkMsg says that figures have been marked for long enough.
type unmarkMsg struct{}

// mark marks what has changed since the snapshot before.
func (a *App) mark(before *model.Snapshot) {
	a.state.Changed = 0
	if p := &a.state.Playback; p.Known && (!p.Playing || p.Speed == 0 || p.Speed > unhurried) {
		return
	}
	a.state.Changed = panel.Changed(before, a.snap, a.state.Window, a.state.Stat)
}

// unmark takes the marks away, and waits on.
func (a *App) unmark() tea.Cmd {
	a.state.Changed = 0
	return a.feed.next
}
