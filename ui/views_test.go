package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/uitest"
)

// someClaims are claims of a note, one of them false.
func someClaims() []claim.Claim {
	friday := session.NewDate(2025, time.March, 28)
	return []claim.Claim{
		{ID: "day", Text: "fell over 2%", Subject: "RUT", Metric: claim.Return, Window: "1D", Value: "-2", Precision: claim.Over, AsOf: friday},
		{
			ID: "rank", Text: "the worst one-day performance of the month", Subject: "RUT", Metric: claim.MonthRank, Window: "1D",
			Value: "1", Precision: claim.Rank, AsOf: friday,
		},
	}
}

// full is an app with everything that can be switched on, on a screen of 120 by
// 40.
func full(snap *model.Snapshot) (*App, *source, *player) {
	src, play := newSource(), newPlayer()
	a := New(context.Background(), Options{
		Source: src, Player: play, Window: session.Week, Calendar: session.New(), Claims: someClaims(), Mouse: true, Bell: true, Clipboard: true,
		Export: func(_ *model.Snapshot, s Shown) (string, error) { return fmt.Sprint(s.Size.W, " cells"), nil },
	})
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	if snap != nil {
		send(a, snapshotMsg{snap: snap})
	}
	return a, src, play
}

func text(a *App) string { return ansi.Strip(a.View().Content) }

// viewKeys lead from the dashboard to each view.
func viewKeys() map[panel.View][]string {
	return map[panel.View][]string{
		panel.ViewDashboard: nil,
		panel.ViewIndex:     {"enter"},
		panel.ViewSize:      {"s"},
		panel.ViewLeverage:  {"d"},
		panel.ViewCalendar:  {"c"},
		panel.ViewAlerts:    {"a"},
		panel.ViewMap:       {"g"},
		panel.ViewHistory:   {"h"},
		panel.ViewNote:      {"n"},
		panel.ViewMembers:   {"s", "enter"},
		panel.ViewMember:    {"s", "enter", "enter"},
	}
}

func TestKeysLeadToEveryViewAndBack(t *testing.T) {
	titles := map[panel.View]string{
		panel.ViewDashboard: "Calendar", panel.ViewIndex: "Index levels", panel.ViewSize: "Size quartiles", panel.ViewLeverage: "Leverage",
		panel.ViewCalendar: "New York", panel.ViewAlerts: "in all", panel.ViewMap: "Rotation map", panel.ViewHistory: "History",
		panel.ViewNote: "Note check", panel.ViewMembers: "Members", panel.ViewMember: "EV",
	}
	for v, keys := range viewKeys() {
		a, _, _ := full(uitest.FinalFrame())
		typed(a, keys...)
		if a.state.View != v || !strings.Contains(text(a), titles[v]) {
			t.Errorf("%q lead to view %d, which does not say %q:\n%s", keys, a.state.View, titles[v], text(a))
		}
		for range keys {
			typed(a, "esc")
		}
		if a.state.View != panel.ViewDashboard {
			t.Errorf("%d times esc from view %d end in view %d", len(keys), v, a.state.View)
		}
		typed(a, "esc")
		if a.state.View != panel.ViewDashboard {
			t.Errorf("esc on the dashboard leads to view %d", a.state.View)
		}
	}
}

func TestEnterZoomsThePanelWithTheFocus(t *testing.T) {
	for i, want := range []panel.View{panel.ViewIndex, panel.ViewSize, panel.ViewLeverage, panel.ViewCalendar, panel.ViewAlerts} {
		a, _, _ := full(uitest.FinalFrame())
		for range i {
			typed(a, "tab")
		}
		if typed(a, "enter"); a.state.View != want {
			t.Errorf("panel %d is zoomed to view %d, want %d", i, a.state.View, want)
		}
		typed(a, "tab")
		if next := panel.Focus((i + 1) % panel.FocusCount); a.state.View != next.Zoomed() {
			t.Errorf("tab leads from view %d to %d", want, a.state.View)
		}
	}
}

func TestADirectKeyMovesTheFocus(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	if typed(a, "c", "esc"); a.state.Focus != panel.FocusCalendar {
		t.Errorf("back from the calendar the focus is on %d", a.state.Focus)
	}
}

func TestDetailsAreAskedForOnlyWhereTheyAreShown(t *testing.T) {
	a, src, _ := full(uitest.FinalFrame())
	typed(a, "g", "g", "s", "enter", "enter", "esc", "x", "esc", "esc", "c", "esc")
	page := a.snap.Members
	members := model.Query{Detail: model.DetailMembers}
	financials := model.Query{Detail: model.DetailMembers, Financials: true}
	want := []model.Query{
		{Detail: model.DetailMap},
		{Detail: Details(panel.ViewSize)},
		members,
		{Detail: model.DetailMembers, Page: "?"},
		members,
		financials,
		{Detail: Details(panel.ViewSize), Financials: true},
		{Financials: true},
	}
	got := src.queries()
	for i := range got {
		if key := got[i].Page; key != "" && slices.ContainsFunc(page, func(m model.Member) bool { return m.Key == key }) {
			got[i].Page = "?"
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the source was asked\n%+v, want\n%+v", got, want)
	}
	if a.state.Query != (model.Query{Financials: true}) {
		t.Errorf("the dashboard asks for %+v", a.state.Query)
	}
}

func TestBucketsAndTheirMembers(t *testing.T) {
	cases := map[string]struct {
		keys []string
		want model.GroupRef
	}{
		"the largest":           {[]string{"s", "enter"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 0}},
		"the smallest":          {[]string{"s", "down", "down", "down", "down", "down", "enter"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 3}},
		"not above the first":   {[]string{"s", "up", "enter"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 0}},
		"high debt":             {[]string{"d", "down", "down", "enter"}, model.GroupRef{Axis: model.AxisLeverage, Universe: "RUT", Bucket: 2}},
		"low debt, micro":       {[]string{"d", "down", "down", "down", "enter"}, model.GroupRef{Axis: model.AxisLeverage, Universe: "RMICRO", Bucket: 0}},
		"the next group":        {[]string{"s", "enter", "tab"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 1}},
		"back to the group":     {[]string{"s", "enter", "tab", "shift+tab"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 0}},
		"another view in front": {[]string{"c", "down", "down", "s", "enter"}, model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 0}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a, _, _ := full(uitest.FinalFrame())
			if typed(a, c.keys...); a.state.View != panel.ViewMembers || a.state.Members.Group != c.want {
				t.Errorf("view %d shows %+v, want the members of %+v", a.state.View, a.state.Members.Group, c.want)
			}
		})
	}
}

func TestTheFooterNamesTheMarkedBucket(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "down")
	if lines := strings.Split(text(a), "\n"); !strings.Contains(lines[39], "enter R2000 Q2") {
		t.Errorf("the footer is %q", lines[39])
	}
}

func TestFromMembersBackToWhereTheyCameFrom(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	if typed(a, "d", "enter", "esc"); a.state.View != panel.ViewLeverage {
		t.Errorf("back from the members of a debt bucket is view %d", a.state.View)
	}
}

func TestTheTableOfMembers(t *testing.T) {
	cases := map[string]struct {
		keys []string
		want func(*panel.MembersState)
	}{
		"down":            {[]string{"down", "down", "up"}, func(s *panel.MembersState) { s.Cursor = 1 }},
		"o sorts":         {[]string{"o"}, func(s *panel.MembersState) { *s = s.NextSort() }},
		"p sorts back":    {[]string{"p"}, func(s *panel.MembersState) { *s = s.PreviousSort() }},
		"O reverses":      {[]string{"O"}, func(s *panel.MembersState) { *s = s.Reverse() }},
		"a search":        {[]string{"/", "s", "q", "1", "backspace", "enter"}, func(s *panel.MembersState) { s.Search = "sq" }},
		"while searching": {[]string{"/", "space"}, func(s *panel.MembersState) { s.Search, s.Searching = " ", true }},
		"a search undone": {[]string{"/", "s", "esc"}, func(*panel.MembersState) {}},
		"esc clears it":   {[]string{"/", "s", "enter", "esc"}, func(*panel.MembersState) {}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a, _, _ := full(uitest.FinalFrame())
			typed(a, "s", "enter")
			want := a.state.Members
			c.want(&want)
			if typed(a, c.keys...); a.state.Members != want || a.state.View != panel.ViewMembers {
				t.Errorf("view %d, %+v, want %+v", a.state.View, a.state.Members, want)
			}
		})
	}
}

func TestPagesAndEndsOfTheTable(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "enter", "ctrl+end")
	rows := len(a.members().Rows)
	if a.state.Members.Cursor != rows-1 {
		t.Errorf("the last row is %d of %d", a.state.Members.Cursor, rows)
	}
	typed(a, "ctrl+home", "pgdown")
	if at := a.state.Members.Cursor; at == 0 || at != min(a.membersHeight()-1, rows-1) {
		t.Errorf("a page on is row %d, with %d on the screen", at, a.membersHeight())
	}
	if typed(a, "pgup"); a.state.Members.Cursor != 0 {
		t.Errorf("and back is row %d", a.state.Members.Cursor)
	}
}

func TestFromCompanyToCompany(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "enter")
	first, second := a.members().Member(0).Key, a.members().Member(1).Key
	typed(a, "enter")
	for _, step := range []struct{ key, want string }{{"down", second}, {"up", first}, {"up", first}} {
		if typed(a, step.key); a.state.Query.Page != step.want {
			t.Errorf("%s leads to %s, want %s", step.key, a.state.Query.Page, step.want)
		}
	}
}

func TestTheCursorStaysOnItsCompany(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "enter", "down", "down")
	was := a.members().Member(2).ID
	turned := *a.snap
	turned.Members = slices.Clone(a.snap.Members)
	for i := range turned.Members {
		turned.Members[i].Return[session.Week] *= -1
	}
	send(a, snapshotMsg{snap: &turned})
	if got := a.members().Member(a.state.Members.Cursor); got == nil || got.ID != was || a.state.Members.Cursor == 2 {
		t.Errorf("the cursor is on row %d, another company", a.state.Members.Cursor)
	}
}

func TestZoomPagesTurn(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s")
	first := text(a)
	if typed(a, "pgdown"); text(a) == first {
		t.Error("pgdown turns no page")
	}
	if typed(a, "pgup"); text(a) != first {
		t.Error("pgup does not turn back")
	}
	typed(a, "ctrl+end", "ctrl+home")
	if text(a) != first {
		t.Error("ctrl+home is not the first page")
	}
	typed(a, "pgdown", "tab")
	if a.state.Zoom.Page != 0 {
		t.Error("the next view does not begin at its first page")
	}
}

func TestLevelsImportanceAndBenchmark(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	if typed(a, "l", "i", "b"); a.state.Zoom != (panel.ZoomState{}) || a.state.Importance != 0 {
		t.Errorf("on the dashboard the keys of views do something: %+v", a.state)
	}
	if typed(a, "enter", "l"); !a.state.Zoom.Levels {
		t.Error("l does not show levels")
	}
	typed(a, "c")
	for _, want := range []int{2, 3, 1} {
		if typed(a, "i"); a.state.Importance != want {
			t.Errorf("the importance is %d, want %d", a.state.Importance, want)
		}
	}
	typed(a, "g", "b")
	if want := a.snap.Maps[1].Benchmark; a.state.Zoom.Benchmark != want {
		t.Errorf("the benchmark is %q, want %q", a.state.Zoom.Benchmark, want)
	}
	if typed(a, "b"); a.state.Zoom.Benchmark != a.snap.Maps[0].Benchmark {
		t.Errorf("and then %q", a.state.Zoom.Benchmark)
	}
}

func TestListsScrollToBothEnds(t *testing.T) {
	snap := uitest.FinalFrame()
	for i := range 100 {
		snap.Alerts = slices.Insert(snap.Alerts, i, model.Alert{At: snap.AsOf.Add(time.Duration(i-300) * time.Minute), Text: fmt.Sprint("number ", i, ".")})
	}
	a, _, _ := full(snap)
	typed(a, "a", "ctrl+end")
	if !strings.Contains(text(a), "number 0.") {
		t.Errorf("ctrl+end does not show the oldest alert:\n%s", text(a))
	}
	scroll := a.state.Scroll
	if typed(a, "down"); a.state.Scroll != scroll {
		t.Error("the list scrolls past its end")
	}
	if typed(a, "up"); a.state.Scroll != scroll-1 {
		t.Error("up does not scroll back at once")
	}
	more := *snap
	more.Alerts = append(slices.Clone(snap.Alerts), model.Alert{At: snap.AsOf, Text: "one more"})
	before := text(a)
	send(a, snapshotMsg{snap: &more})
	if after := text(a); strings.Split(after, "\n")[10] != strings.Split(before, "\n")[10] {
		t.Error("a new alert moves the rows that are being read")
	}
	typed(a, "ctrl+home")
	if a.state.Scroll != 0 || !strings.Contains(text(a), "one more") {
		t.Error("ctrl+home does not show the newest alert")
	}
	typed(a, "c", "pgdown", "pgup")
	if a.state.Scroll != 0 {
		t.Errorf("a page on and back is %d rows away", a.state.Scroll)
	}
}

// TestNoKeyIsDead presses every key in every view: each does something in one
// of them.
func TestNoKeyIsDead(t *testing.T) {
	dead := map[string]bool{}
	keys, _, _ := full(nil)
	for _, act := range keys.props.keys.actions() {
		for _, k := range act.binding.Keys() {
			dead[k] = true
		}
	}
	for v, way := range viewKeys() {
		for k := range dead {
			a, src, play := full(uitest.FinalFrame())
			typed(a, way...)
			typed(a, "down")
			if v == panel.ViewIndex {
				typed(a, "1") // so that the week is another window
			}
			before, look, asked, told := a.state, a.theme.Ground, len(src.queries()), len(play.orders())
			if quit := send(a, press(k)); quit || a.state != before || a.theme.Ground != look || len(src.queries()) != asked || len(play.orders()) != told {
				delete(dead, k)
			}
		}
	}
	delete(dead, "ctrl+z") // has a test of its own
	for k := range dead {
		t.Errorf("%q does nothing in any view", k)
	}
}

func TestEveryViewNamesItsKeys(t *testing.T) {
	for v, want := range map[panel.View]string{
		panel.ViewIndex: "levels", panel.ViewSize: "bucket", panel.ViewCalendar: "importance", panel.ViewAlerts: "scroll",
		panel.ViewMap: "benchmark", panel.ViewMembers: "search", panel.ViewMember: "company", panel.ViewNote: "scroll",
	} {
		a, _, _ := full(uitest.FinalFrame())
		typed(a, viewKeys()[v]...)
		lines := strings.Split(text(a), "\n")
		if footer := lines[39]; !strings.HasPrefix(footer, " esc back") || !strings.Contains(footer, want) || !strings.Contains(footer, "? help") {
			t.Errorf("view %d: the footer is %q", v, footer)
		}
	}
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "enter", "/", "x")
	if footer := strings.Split(text(a), "\n")[39]; !strings.Contains(footer, "enter keep") || !strings.Contains(footer, "esc show all") {
		t.Errorf("while searching the footer is %q", footer)
	}
}
