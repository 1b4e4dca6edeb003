package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"gyre/ui/theme"
)

// Change is a new configuration for a dashboard that is running.
type Change struct {
	// Options gives the theme, the keys, the panels, the mouse, the bell and the
	// clipboard; nil leaves all of them as they are.
	Options *Options
	Notice  string // one sentence, shown until the next key
}

// changedMsg is such a change.
type changedMsg struct{ change Change }

// Changed is the message that makes a change in a dashboard whose program is
// somebody else's.
func Changed(c Change) tea.Msg { return changedMsg{c} }

// changeCmd waits for the next change; nil where none can come.
func changeCmd(ctx context.Context, changes <-chan Change) tea.Cmd {
	if changes == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case change, ok := <-changes:
			if ok {
				return changedMsg{change}
			}
		case <-ctx.Done():
		}
		return nil
	}
}

// handleChange makes a change and waits for the next one.
func (a *App) handleChange(c Change) tea.Cmd {
	if c.Notice != "" {
		a.state.Notice = c.Notice
	}
	if c.Options == nil {
		return a.feed.changes
	}
	o := *c.Options
	a.prefs.mouse, a.prefs.bell, a.prefs.copies = o.Mouse, o.Bell, o.Clipboard
	a.setKeys(o.Keys)
	a.state.Windows = o.Windows
	if a.state.Panels = o.Panels; !o.Panels.Has(a.state.Focus) {
		a.state.Focus = o.Panels.All()[0]
	}
	if a.prefs.plain {
		o.Theme.Ground, o.AutoGround = theme.Mono, false
	}
	auto, ground := a.prefs.auto, a.theme.Ground
	a.theme, a.prefs.auto = theme.New(o.Theme), o.AutoGround
	switch {
	case !a.prefs.auto:
		return a.feed.changes
	case auto:
		a.setGround(ground)
		return a.feed.changes
	case a.prefs.sixteen:
		a.setGround(theme.Terminal)
		return a.feed.changes
	}
	return tea.Batch(a.feed.changes, tea.RequestBackgroundColor)
}

// setKeys takes over keys, nil for the default, without those that would do
// nothing.
func (a *App) setKeys(chosen *KeyMap) {
	keys := DefaultKeyMap(a.deck.player != nil)
	if chosen != nil {
		keys = *chosen
	}
	keys.Theme.SetEnabled(!a.prefs.plain)
	keys.Export.SetEnabled(a.write != nil)
	keys.Copy.SetEnabled(a.prefs.copies)
	keys.Note.SetEnabled(len(a.claims) > 0)
	a.props = &Props{keys}
	a.screen = newScreen(keys)
}
