package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"gyre/model"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Update routes a message to what handles it.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.size = Size{W: msg.Width, H: msg.Height}
	case tea.KeyPressMsg:
		return a, a.handleKey(msg)
	case tea.PasteMsg:
		return a, a.handlePrompt(msg)
	case tea.MouseClickMsg:
		return a, a.handleClick(msg.Mouse())
	case tea.MouseWheelMsg:
		a.handleWheel(msg.Mouse())
	case changedMsg:
		return a, a.handleChange(msg.change)
	case exportedMsg:
		a.state.Notice = msg.say()
	case snapshotMsg:
		return a, a.handleSnapshot(msg)
	case orderedMsg:
		return a, a.handleOrdered()
	case unmarkMsg:
		return a, a.unmark()
	case Steered:
		a.readPlayback()
	case sourceEndedMsg:
		a.err = msg.err
		return a, tea.Quit
	case tea.BackgroundColorMsg:
		a.handleBackground(msg)
	case tea.ColorProfileMsg:
		a.handleProfile(msg)
	}
	return a, nil
}

// handleSnapshot shows a snapshot and waits for the next one.
func (a *App) handleSnapshot(msg snapshotMsg) tea.Cmd {
	follow := a.followed()
	before := a.snap
	a.snap = msg.snap
	a.readPlayback()
	a.mark(before)
	a.readNote()
	a.countUnread()
	follow()
	if news := a.news.fresh.See(a.snap); a.prefs.bell && urgent(news) {
		return tea.Batch(a.wait(), tea.Raw(bel))
	}
	return a.wait()
}

// wait waits for the next snapshot, or until the marks of this one go.
func (a *App) wait() tea.Cmd {
	if a.state.Changed != 0 {
		return a.feed.soon
	}
	return a.feed.next
}

// followed keeps the viewer at what they look at when the snapshot has
// changed: it is called before that, and what it gives after.
func (a *App) followed() func() {
	s := &a.state
	switch s.View {
	case panel.ViewMembers, panel.ViewMember:
		was := a.members().Member(s.Members.Cursor)
		return func() { s.Members = a.members().Follow(s.Members, was, a.membersHeight()) }
	case panel.ViewAlerts:
		if s.Scroll == 0 || a.snap == nil {
			return func() {}
		}
		before := len(a.snap.Alerts)
		return func() { a.scroll(len(a.snap.Alerts)-before, byRow) }
	case panel.ViewSize, panel.ViewLeverage:
		return func() { s.Row = min(s.Row, a.buckets()-1) }
	default:
		return func() {}
	}
}

// bel rings the terminal's bell.
const bel = "\a"

// urgent tells that one of the alerts is.
func urgent(alerts []model.Alert) bool {
	return slices.ContainsFunc(alerts, func(a model.Alert) bool { return a.Severity == model.SeverityUrgent })
}

// handleOrdered sends the next order.
func (a *App) handleOrdered() tea.Cmd {
	a.deck.orders = a.deck.orders[1:]
	if len(a.deck.orders) > 0 {
		return orderCmd(a.deck.orders[0])
	}
	a.readPlayback()
	return nil
}

// readPlayback takes over where the replay stands, which costs no waiting.
// While orders are on their way the screen shows what was asked for. The time
// is that of the snapshot: the replay may be a moment ahead of it.
func (a *App) readPlayback() {
	if len(a.deck.orders) > 0 {
		return
	}
	p := playbackOf(a.deck.player, a.deck.played)
	if p.Known && a.snap != nil {
		p.Now, p.Ended = a.snap.AsOf, !a.snap.AsOf.Before(p.To)
	}
	a.state.Playback = p
}

// handleBackground chooses the ground where the viewer left that to the terminal.
func (a *App) handleBackground(msg tea.BackgroundColorMsg) {
	if !a.prefs.auto {
		return
	}
	ground := theme.Light
	switch {
	case a.prefs.sixteen:
		ground = theme.Terminal
	case msg.IsDark():
		ground = theme.Dark
	}
	a.setGround(ground)
}

// handleProfile hears how many colours the terminal has. In sixteen our own ones
// would fall together: the lines of a chart in two, attention with a fall.
func (a *App) handleProfile(msg tea.ColorProfileMsg) {
	a.prefs.sixteen = msg.Profile == colorprofile.ANSI
	if a.prefs.auto && a.prefs.sixteen {
		a.setGround(theme.Terminal)
	}
}

// handleKey does what the key's binding says. Any key takes a notice away.
func (a *App) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	a.state.Notice = ""
	switch {
	case a.prompt.Focused():
		return a.handlePrompt(msg)
	case a.searching():
		a.handleSearch(msg)
		return nil
	}
	for _, act := range a.props.keys.actions() {
		if key.Matches(msg, act.binding) {
			return act.do(a)
		}
	}
	return nil
}

// searching tells that the table of members is being searched.
func (a *App) searching() bool { return a.state.View == panel.ViewMembers && a.state.Members.Searching }

// handleSearch edits what is searched for.
func (a *App) handleSearch(msg tea.KeyPressMsg) {
	s := &a.state.Members
	switch {
	case key.Matches(msg, a.props.keys.PromptConfirmed):
		*s = s.EndSearch()
	case key.Matches(msg, a.props.keys.PromptCancelled):
		*s = s.ClearSearch()
	case msg.Code == tea.KeyBackspace:
		*s = s.Backspace()
	default:
		for _, r := range msg.Text {
			*s = s.Type(r)
		}
	}
}

// handlePrompt edits the time that is being typed, and goes there on enter.
func (a *App) handlePrompt(msg tea.Msg) tea.Cmd {
	if !a.prompt.Focused() {
		return nil
	}
	press, pressed := msg.(tea.KeyPressMsg)
	switch {
	case pressed && key.Matches(press, a.props.keys.PromptCancelled):
		a.closePrompt()
		return nil
	case pressed && key.Matches(press, a.props.keys.PromptConfirmed):
		moment, err := parseMoment(a.prompt.Value(), a.state.Playback)
		if err != nil {
			a.state.Notice = err.Error()
			return nil
		}
		a.closePrompt()
		return a.steer(func(p Player) { p.Seek(moment) })
	}
	// The input's own command would only make its cursor blink.
	a.prompt, _ = a.prompt.Update(msg)
	a.prompt.SetValue(printable(a.prompt.Value()))
	a.showPrompt()
	return nil
}

func (a *App) closePrompt() {
	a.prompt.Blur()
	a.prompt.Reset()
	a.state.Prompt = panel.Prompt{}
}

func (a *App) showPrompt() {
	a.state.Prompt = panel.Prompt{Open: true, Text: a.prompt.Value(), Cursor: a.prompt.Position()}
}

// send carries an order out once those before it have come back.
func (a *App) send(do order) tea.Cmd {
	a.deck.orders = append(a.deck.orders, do)
	if len(a.deck.orders) > 1 {
		return nil
	}
	return orderCmd(do)
}

// steer tells the replay what to do.
func (a *App) steer(do func(Player)) tea.Cmd {
	return a.send(func() { do(a.deck.player) })
}

// ask tells the source what this viewer wants to see.
func (a *App) ask(query model.Query) tea.Cmd {
	a.state.Query = query
	return a.send(func() { a.feed.source.Ask(query) })
}

func (a *App) setGround(g theme.Ground) {
	o := a.theme.Options
	o.Ground = g
	a.theme = theme.New(o)
}

// printable is s without whatever is not printable ASCII: no time needs it,
// and a paste may bring anything.
func printable(s string) string {
	kept := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; c >= ' ' && c <= '~' {
			kept = append(kept, c)
		}
	}
	return string(kept)
}
