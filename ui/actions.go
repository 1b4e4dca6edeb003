package ui

import (
	"math"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// action is what a binding does.
type action struct {
	binding key.Binding
	do      func(*App) tea.Cmd
}

// actions is what each key does.
func (k KeyMap) actions() []action {
	all := []action{
		{k.Next, func(a *App) tea.Cmd { return a.moveFocus(1) }},
		{k.Previous, func(a *App) tea.Cmd { return a.moveFocus(-1) }},
		{k.Statistic, (*App).nextStatistic},
		{k.Rank, (*App).nextRank},
		{k.Financial, (*App).toggleFinancials},
		{k.Theme, (*App).nextGround},
		{k.Export, (*App).export},
		{k.Copy, (*App).copyFigure},
		{k.Open, (*App).enter},
		{k.Help, (*App).toggleHelp},
		{k.Back, (*App).back},
		{k.Quit, func(*App) tea.Cmd { return tea.Quit }},
		{k.Suspend, func(*App) tea.Cmd { return tea.Suspend }},

		{k.Size, open(panel.ViewSize)},
		{k.Debt, open(panel.ViewLeverage)},
		{k.Calendar, open(panel.ViewCalendar)},
		{k.Alerts, open(panel.ViewAlerts)},
		{k.Map, open(panel.ViewMap)},
		{k.History, open(panel.ViewHistory)},
		{k.Note, open(panel.ViewNote)},

		{k.RowUp, func(a *App) tea.Cmd { return a.moveRow(-1, byRow) }},
		{k.RowDown, func(a *App) tea.Cmd { return a.moveRow(1, byRow) }},
		{k.PageUp, func(a *App) tea.Cmd { return a.moveRow(-1, byPage) }},
		{k.PageDown, func(a *App) tea.Cmd { return a.moveRow(1, byPage) }},
		{k.First, func(a *App) tea.Cmd { return a.moveRow(-1, toEnd) }},
		{k.Last, func(a *App) tea.Cmd { return a.moveRow(1, toEnd) }},
		{k.Search, inView(panel.ViewMembers, func(s *panel.State) { s.Members = s.Members.StartSearch() })},
		{k.Sort, inView(panel.ViewMembers, func(s *panel.State) { s.Members = s.Members.NextSort() })},
		{k.SortBack, inView(panel.ViewMembers, func(s *panel.State) { s.Members = s.Members.PreviousSort() })},
		{k.Reverse, inView(panel.ViewMembers, func(s *panel.State) { s.Members = s.Members.Reverse() })},
		{k.Importance, inView(panel.ViewCalendar, nextImportance)},
		{k.Country, (*App).nextCountry},
		{k.Benchmark, (*App).nextBenchmark},
		{k.Levels, inView(panel.ViewIndex, func(s *panel.State) { s.Zoom.Levels = !s.Zoom.Levels })},

		{k.Pause, (*App).togglePause},
		{k.Slower, func(a *App) tea.Cmd { return a.changeSpeed(-1) }},
		{k.Faster, func(a *App) tea.Cmd { return a.changeSpeed(1) }},
		{k.MinuteBack, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.StepMinutes(-1) }) }},
		{k.MinuteForward, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.StepMinutes(1) }) }},
		{k.SessionBack, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.StepSessions(-1) }) }},
		{k.SessionForward, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.StepSessions(1) }) }},
		{k.Start, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.Seek(p.Status().From) }) }},
		{k.End, func(a *App) tea.Cmd { return a.steer(func(p Player) { p.Seek(p.Status().To) }) }},
		{k.GoTo, (*App).openPrompt},
	}
	for _, w := range session.Windows() {
		all = append(all, action{k.Window[w], func(a *App) tea.Cmd {
			a.state.Window = w
			return nil
		}})
	}
	return all
}

// inView is what a key does in one view; elsewhere it does nothing.
func inView(v panel.View, change func(*panel.State)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if a.state.View == v {
			change(&a.state)
		}
		return nil
	}
}

// nextImportance leaves out the least important of the events shown, and after
// that shows all again.
func nextImportance(s *panel.State) {
	const highest = 3
	s.Importance = max(s.Importance, 1)%highest + 1
	s.Scroll = 0
}

// nextCountry shows the events of the next country, and after the last one all.
func (a *App) nextCountry() tea.Cmd {
	if a.state.View == panel.ViewCalendar && a.snap != nil {
		a.state.Zoom = a.state.Zoom.NextCountry(a.snap.Calendar)
		a.state.Scroll = 0
	}
	return nil
}

func (a *App) nextBenchmark() tea.Cmd {
	if a.state.View == panel.ViewMap && a.snap != nil {
		a.state.Zoom = a.state.Zoom.NextBenchmark(a.snap.Maps)
	}
	return nil
}

func (a *App) nextStatistic() tea.Cmd {
	a.state.Stat = (a.state.Stat + 1) % model.StatCount
	return nil
}

func (a *App) nextRank() tea.Cmd {
	query := a.state.Query
	query.Rank = (query.Rank + 1) % (model.RankNow + 1)
	return a.ask(query)
}

func (a *App) toggleFinancials() tea.Cmd {
	query := a.state.Query
	query.Financials = !query.Financials
	return a.ask(query)
}

// nextGround changes the theme by hand; from then on the terminal's
// background does not.
func (a *App) nextGround() tea.Cmd {
	a.prefs.auto = false
	all := theme.Grounds()
	a.setGround(all[(slices.Index(all, a.theme.Ground)+1)%len(all)])
	return nil
}

func (a *App) toggleHelp() tea.Cmd {
	a.state.Help, a.state.HelpRow = !a.state.Help, 0
	return nil
}

// togglePause shows at once what was asked for, so that a quick second press
// undoes the first.
func (a *App) togglePause() tea.Cmd {
	a.state.Playback.Playing = !a.state.Playback.Playing
	if a.state.Playback.Playing {
		return a.steer(Player.Play)
	}
	return a.steer(Player.Pause)
}

// changeSpeed goes to the next speed of the list in that direction; the replay
// may have been started at one that is not in it.
func (a *App) changeSpeed(by int) tea.Cmd {
	all := speeds()
	now := pace(replay.Speed(a.state.Playback.Speed))
	i := slices.IndexFunc(all, func(s replay.Speed) bool { return pace(s) >= now })
	if by < 0 || pace(all[i]) == now {
		i += by
	}
	speed := all[min(max(i, 0), len(all)-1)]
	a.state.Playback.Speed = int(speed)
	if !a.state.Playback.Playing {
		a.state.Notice = "Will play at " + panel.Speed(int(speed)) // nothing else on the screen tells
	}
	return a.steer(func(p Player) { p.SetSpeed(speed) })
}

// pace orders speeds: Max is the fastest.
func pace(s replay.Speed) int {
	if s == replay.Max {
		return math.MaxInt
	}
	return int(s)
}

func (a *App) openPrompt() tea.Cmd {
	a.prompt.Reset()
	a.prompt.Focus()
	a.showPrompt()
	return nil
}
