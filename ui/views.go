package ui

import (
	tea "charm.land/bubbletea/v2"

	"gyre/model"
	"gyre/model/claim"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
)

// Details is what a view needs of the market beyond the dashboard.
func Details(v panel.View) model.Detail {
	switch v {
	case panel.ViewSize:
		return model.DetailMembers | model.DetailHistory
	case panel.ViewLeverage, panel.ViewHistory:
		return model.DetailHistory
	case panel.ViewMembers, panel.ViewMember:
		return model.DetailMembers
	case panel.ViewMap:
		return model.DetailMap
	default:
		return 0
	}
}

// open opens a view from a key.
func open(v panel.View) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { return a.show(v) }
}

// show goes to a view, asks for what it needs, and drops what the last one did.
func (a *App) show(v panel.View) tea.Cmd { return a.showPage(v, "") }

// showPage is show with the company whose page is asked for.
func (a *App) showPage(v panel.View, company string) tea.Cmd {
	s := &a.state
	if s.View == panel.ViewAlerts {
		a.seen()
	}
	s.View, s.Row, s.Scroll, s.Help = v, 0, 0, false
	s.Zoom.Page = 0
	if f, ok := v.Focus(); ok {
		s.Focus = f
	}
	a.readNote()
	query := s.Query
	query.Detail, query.Page = Details(v), company
	if query == s.Query {
		return nil
	}
	return a.ask(query)
}

// enter opens what is marked: the panel with the focus, a bucket's members, a
// company's page.
func (a *App) enter() tea.Cmd {
	switch a.state.View {
	case panel.ViewDashboard:
		return a.show(a.state.Focus.Zoomed())
	case panel.ViewSize, panel.ViewLeverage:
		a.state.Members = panel.OpenMembers(bucket(a.state))
		return a.show(panel.ViewMembers)
	case panel.ViewMembers:
		return a.showMember()
	default:
		return nil
	}
}

// showMember opens the page of the company under the cursor.
func (a *App) showMember() tea.Cmd {
	m := a.members().Member(a.state.Members.Cursor)
	if m == nil {
		return nil
	}
	return a.showPage(panel.ViewMember, m.Key)
}

// back goes one step back.
func (a *App) back() tea.Cmd {
	s := &a.state
	switch {
	case s.Help:
		s.Help = false
		return nil
	case s.View == panel.ViewMember:
		return a.show(panel.ViewMembers)
	case s.View == panel.ViewMembers && s.Members.Search != "":
		s.Members = s.Members.ClearSearch()
		return nil
	case s.View == panel.ViewMembers && s.Members.Group.Axis == model.AxisLeverage:
		return a.show(panel.ViewLeverage)
	case s.View == panel.ViewMembers:
		return a.show(panel.ViewSize)
	case s.View == panel.ViewDashboard:
		return nil
	}
	return a.show(panel.ViewDashboard)
}

// moveFocus goes to the next panel, on the dashboard and from view to view; in
// the table of members to the next group.
func (a *App) moveFocus(by int) tea.Cmd {
	s := &a.state
	next := s.Panels.Next(s.Focus, by)
	_, zoomed := s.View.Focus()
	switch {
	case zoomed:
		return a.show(next.Zoomed())
	case s.View == panel.ViewMembers && by > 0:
		s.Members = s.Members.NextGroup(members.Groups(a.snap))
	case s.View == panel.ViewMembers:
		s.Members = s.Members.PreviousGroup(members.Groups(a.snap))
	case s.View == panel.ViewDashboard:
		s.Focus = next
	}
	return nil
}

// step is a way to go through a list.
type step uint8

const (
	byRow step = iota
	byPage
	toEnd
)

// moveRow goes up (by below zero) or down in whatever list is shown.
func (a *App) moveRow(by int, how step) tea.Cmd {
	s := &a.state
	if s.Help {
		a.scrollHelp(by, how)
		return nil
	}
	switch s.View {
	case panel.ViewDashboard:
		if how == byRow {
			return a.moveFocus(by)
		}
	case panel.ViewIndex, panel.ViewMap, panel.ViewHistory:
		a.turn(by, how)
	case panel.ViewSize, panel.ViewLeverage:
		if how != byRow {
			a.turn(by, how)
			return nil
		}
		s.Row = min(max(s.Row+by, 0), a.buckets()-1)
	case panel.ViewMembers:
		a.moveMember(by, how)
	case panel.ViewMember:
		before := s.Members.Cursor
		a.moveMember(by, how)
		if s.Members.Cursor != before {
			return a.showMember()
		}
	default:
		a.scroll(by, how)
	}
	return nil
}

// turn turns the pages of a view.
func (a *App) turn(by int, how step) {
	switch {
	case how == toEnd && by < 0:
		a.state.Zoom.Page = 0
	case how == toEnd:
		a.state.Zoom.Page = -1
	default:
		a.state.Zoom.Page += by
	}
}

// buckets is how many groups can be marked in the view that is shown.
func (a *App) buckets() int {
	const thirds, universes = 3, 2
	if a.state.View == panel.ViewLeverage {
		return thirds * universes
	}
	if a.snap == nil || len(a.snap.Size.Buckets) == 0 {
		return 1
	}
	return len(a.snap.Size.Buckets)
}

func (a *App) moveMember(by int, how step) {
	s := &a.state
	e := a.members().Extent(a.membersHeight())
	switch {
	case how == byRow:
		s.Members = s.Members.Move(by, e)
	case how == byPage:
		s.Members = s.Members.Page(by, e)
	case by < 0:
		s.Members = s.Members.Home(e)
	default:
		s.Members = s.Members.End(e)
	}
}

// members is the table as it stands; valid until it is asked for again.
func (a *App) members() *members.View {
	return a.screen.members.View(a.snap, a.state.Members, a.state.Window)
}

// membersHeight is how many companies the table shows.
func (a *App) membersHeight() int {
	in, w, h := a.viewInput()
	return members.Height(in, w, h)
}

// viewInput is what the view is drawn from, and in how many cells.
func (a *App) viewInput() (in panel.Input, w, h int) {
	for _, p := range layout(a.size.W, a.size.H, a.state) {
		if p.part == partView {
			in := inputOf(p, frame{a.snap, a.size, a.theme, a.state})
			return in.Input, in.w, in.h
		}
	}
	return panel.Input{Snap: a.snap, State: a.state, Theme: a.theme, Bare: true}, 0, 0
}

// readNote checks the note against the snapshot where that is looked at.
func (a *App) readNote() {
	a.state.Note = nil
	if a.state.View == panel.ViewNote && a.snap != nil {
		a.state.Note = &panel.Note{Results: claim.Check(a.claims, a.snap)}
	}
}

// seen takes note that the viewer has seen the alerts there are.
func (a *App) seen() {
	if a.snap == nil || len(a.snap.Alerts) == 0 {
		return
	}
	if at := a.snap.Alerts[len(a.snap.Alerts)-1].At; at.After(a.news.at) {
		a.news.at = at
	}
	a.countUnread()
}

// countUnread counts the alerts that came since.
func (a *App) countUnread() {
	a.state.Unread = 0
	if a.snap == nil {
		return
	}
	for i := range a.snap.Alerts {
		if a.snap.Alerts[i].At.After(a.news.at) {
			a.state.Unread++
		}
	}
}
