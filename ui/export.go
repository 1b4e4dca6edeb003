package ui

import (
	tea "charm.land/bubbletea/v2"

	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Shown is a screen as the viewer saw it.
type Shown struct {
	Text  string // Size.H lines of Size.W cells, with their colours
	Size  Size
	Look  theme.Options
	State panel.State
}

// export writes the screen as it is. The notice says where to, once it has been
// written.
func (a *App) export() tea.Cmd {
	if a.snap == nil {
		a.state.Notice = "There is nothing to write yet"
		return nil
	}
	write, snap := a.write, a.snap
	shown := Shown{Text: a.View().Content, Size: a.size, Look: a.theme.Options, State: a.state}
	return func() tea.Msg {
		where, err := write(snap, shown)
		return exportedMsg{where: where, err: err}
	}
}
