package ui

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestWhatEachKeyDoes(t *testing.T) {
	type after struct {
		state panel.State
		look  theme.Ground
	}
	cases := map[string]struct {
		keys  []string
		state func(*panel.State) // what changes
		look  theme.Ground
		told  []string
		asked []model.Query
	}{
		"1 is the day":            {keys: []string{"1"}, state: func(s *panel.State) { s.Window = session.Day }},
		"2 is the week":           {keys: []string{"1", "2"}, state: func(*panel.State) {}},
		"3 is the month":          {keys: []string{"3"}, state: func(s *panel.State) { s.Window = session.Month }},
		"4 is the quarter":        {keys: []string{"4"}, state: func(s *panel.State) { s.Window = session.Quarter }},
		"5 is the year to date":   {keys: []string{"5"}, state: func(s *panel.State) { s.Window = session.YearToDate }},
		"6 is the month to date":  {keys: []string{"6"}, state: func(s *panel.State) { s.Window = session.MonthToDate }},
		"tab goes on":             {keys: []string{"tab"}, state: func(s *panel.State) { s.Focus = panel.FocusSize }},
		"tab comes round":         {keys: []string{"tab", "tab", "tab", "tab", "tab"}, state: func(*panel.State) {}},
		"shift+tab goes back":     {keys: []string{"shift+tab"}, state: func(s *panel.State) { s.Focus = panel.FocusQuality }},
		"m is the next statistic": {keys: []string{"m"}, state: func(s *panel.State) { s.Stat = model.Median }},
		"m comes round":           {keys: []string{"m", "m", "m", "m"}, state: func(*panel.State) {}},
		"t is the next theme":     {keys: []string{"t"}, state: func(*panel.State) {}, look: theme.Light},
		"t comes round":           {keys: []string{"t", "t", "t", "t", "t"}, state: func(*panel.State) {}},
		"s opens the quartiles": {keys: []string{"s"}, state: func(s *panel.State) {
			s.View, s.Focus, s.Query.Detail = panel.ViewSize, panel.FocusSize, Details(panel.ViewSize)
		}, asked: []model.Query{{Detail: Details(panel.ViewSize)}}},
		"enter zooms":                  {keys: []string{"enter"}, state: func(s *panel.State) { s.View = panel.ViewIndex }},
		"up moves the focus":           {keys: []string{"up"}, state: func(s *panel.State) { s.Focus = panel.FocusQuality }},
		"? opens the help":             {keys: []string{"?"}, state: func(s *panel.State) { s.Help = true }},
		"? closes the help":            {keys: []string{"?", "?"}, state: func(*panel.State) {}},
		"esc closes the help":          {keys: []string{"?", "esc"}, state: func(*panel.State) {}},
		"x takes financials in":        {keys: []string{"x"}, state: func(s *panel.State) { s.Query.Financials = true }, asked: []model.Query{{Financials: true}}},
		"r ranks at the month end":     {keys: []string{"r"}, state: func(s *panel.State) { s.Query.Rank = model.RankMonth }, asked: []model.Query{{Rank: model.RankMonth}}},
		"space pauses":                 {keys: []string{"space"}, state: func(s *panel.State) { s.Playback.Playing = false }, told: []string{"pause"}},
		"space plays again":            {keys: []string{"space", "space"}, state: func(*panel.State) {}, told: []string{"pause", "play"}},
		"] is faster":                  {keys: []string{"]"}, state: func(s *panel.State) { s.Playback.Speed = 300 }, told: []string{"speed 300"}},
		"[ is slower":                  {keys: []string{"["}, state: func(s *panel.State) { s.Playback.Speed = 10 }, told: []string{"speed 10"}},
		"left is a minute back":        {keys: []string{"left"}, state: func(s *panel.State) { s.Playback.Playing = false }, told: []string{"minutes -1"}},
		"right is a minute on":         {keys: []string{"right"}, state: func(s *panel.State) { s.Playback.Playing = false }, told: []string{"minutes 1"}},
		"shift+left is a session back": {keys: []string{"shift+left"}, state: func(s *panel.State) { s.Playback.Playing = false }, told: []string{"sessions -1"}},
		"shift+right is a session on":  {keys: []string{"shift+right"}, state: func(s *panel.State) { s.Playback.Playing = false }, told: []string{"sessions 1"}},
		"home is the start":            {keys: []string{"home"}, state: func(*panel.State) {}, told: []string{"seek 2025-03-24 09:00"}},
		"end is the end":               {keys: []string{"end"}, state: func(*panel.State) {}, told: []string{"seek 2025-03-28 16:00"}},
		": asks for a time":            {keys: []string{":"}, state: func(s *panel.State) { s.Prompt = panel.Prompt{Open: true} }},
		"an unknown letter":            {keys: []string{"z"}, state: func(*panel.State) {}},
		"an unknown function key":      {keys: []string{"f1", "f2"}, state: func(*panel.State) {}},
		"a known key with alt":         {keys: []string{"alt+q"}, state: func(*panel.State) {}},
		"r through all ranks": {
			keys: []string{"r", "r", "r", "r"}, state: func(*panel.State) {},
			asked: []model.Query{{Rank: model.RankMonth}, {Rank: model.RankRecon}, {Rank: model.RankNow}, {}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a, src, play := replayed(nil)
			want := after{state: a.state, look: c.look}
			want.state.Notice = "" // any key takes it away
			c.state(&want.state)
			typed(a, c.keys...)
			want.state.Playback.Now = a.state.Playback.Now // a seek moves it
			if got := (after{a.state, a.theme.Ground}); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if got := play.orders(); !slices.Equal(got, c.told) {
				t.Errorf("the replay was told %q, want %q", got, c.told)
			}
			if got := src.queries(); !slices.Equal(got, c.asked) {
				t.Errorf("the source was asked %v, want %v", got, c.asked)
			}
		})
	}
}

func TestQuitAndSuspend(t *testing.T) {
	for name, want := range map[string]tea.Msg{"q": tea.QuitMsg{}, "ctrl+c": tea.QuitMsg{}, "ctrl+z": tea.SuspendMsg{}} {
		a, _, _ := replayed(nil)
		_, cmd := a.Update(press(name))
		if cmd == nil {
			t.Errorf("%s does nothing", name)
			continue
		}
		if got := cmd(); got != want {
			t.Errorf("%s gives %T, want %T", name, got, want)
		}
	}
}

func TestSpeedsFromAnywhere(t *testing.T) {
	cases := []struct {
		from   int
		key    string
		wanted int
	}{
		{1, "[", 1},
		{1, "]", 10},
		{45, "[", 10},
		{45, "]", 60},
		{3600, "]", 0},
		{0, "]", 0},
		{0, "[", 3600},
		{7200, "[", 3600},
		{7200, "]", 0},
	}
	for _, c := range cases {
		a, _, _ := replayed(nil)
		a.state.Playback.Speed = c.from
		typed(a, c.key)
		if a.state.Playback.Speed != c.wanted {
			t.Errorf("%s at speed %d: %d, want %d", c.key, c.from, a.state.Playback.Speed, c.wanted)
		}
	}
}

func TestQuickKeysKeepTheirOrder(t *testing.T) {
	a, src, play := replayed(nil)
	var first tea.Cmd
	for _, name := range []string{"space", "]", "r", "right", "r", "end"} {
		if _, cmd := a.Update(press(name)); cmd != nil {
			if first != nil {
				t.Fatalf("%s sent an order while another was on its way", name)
			}
			first = cmd
		}
	}
	send(a, first())
	if got, want := play.orders(), []string{"pause", "speed 300", "minutes 1", "seek 2025-03-28 16:00"}; !slices.Equal(got, want) {
		t.Errorf("the replay was told %q, want %q", got, want)
	}
	if got, want := src.queries(), []model.Query{{Rank: model.RankMonth}, {Rank: model.RankRecon}}; !slices.Equal(got, want) {
		t.Errorf("the source was asked %v, want %v", got, want)
	}
}

func TestReplayKeysAreDeadAndHiddenWithoutAReplay(t *testing.T) {
	a := New(context.Background(), Options{Source: newSource(), Window: session.Week})
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	before := a.state
	typed(a, "space", "[", "]", "left", "right", "shift+left", "shift+right", "home", "end", ":")
	if a.state != before {
		t.Errorf("a replay key changed the state of a live screen: %+v", a.state)
	}
	typed(a, "?")
	for _, word := range []string{"pause", "slower", "step", "go to a time", "start"} {
		if screen := ansi.Strip(a.View().Content); strings.Contains(screen, word) {
			t.Errorf("the help of a live screen says %q:\n%s", word, screen)
		}
	}
}

// TestEveryBindingIsShownAndWorks walks over the key map itself, so that a key
// added later cannot be forgotten in the help or left without an effect.
func TestEveryBindingIsShownAndWorks(t *testing.T) {
	keys := DefaultKeyMap(true)
	shown, working := map[string]bool{}, map[string]bool{}
	for _, group := range keys.FullHelp() {
		for _, b := range group {
			for _, k := range b.Keys() {
				shown[k] = true
			}
		}
	}
	for _, act := range keys.actions() {
		for _, k := range act.binding.Keys() {
			if working[k] {
				t.Errorf("%q is bound twice", k)
			}
			working[k] = true
		}
	}
	for k := range working {
		if !shown[k] {
			t.Errorf("%q works and is not in the help", k)
		}
	}
	for k := range shown {
		if !working[k] {
			t.Errorf("%q is in the help and does nothing", k)
		}
	}
	fields := reflect.ValueOf(keys)
	for i := range fields.NumField() {
		b, ok := fields.Field(i).Interface().(key.Binding)
		if !ok {
			continue
		}
		if h := b.Help(); h.Key == "" || h.Desc == "" {
			t.Errorf("%s has no help", fields.Type().Field(i).Name)
		}
	}
	for _, b := range (footerKeys{keys, panel.Input{}}).ShortHelp() {
		for _, k := range b.Keys() {
			if !working[k] {
				t.Errorf("%q is in the footer and does nothing", k)
			}
		}
	}
}

func TestNoticeStaysUntilAKey(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	if !strings.Contains(a.View().Content, "Welcome.") {
		t.Fatal("the notice is not on the first screen")
	}
	send(a, snapshotMsg{snap: uitest.FinalFrame()})
	if !strings.Contains(a.View().Content, "Welcome.") {
		t.Error("a snapshot took the notice away")
	}
	typed(a, "z")
	if strings.Contains(a.View().Content, "Welcome.") {
		t.Error("a key did not take the notice away")
	}
}

// TestAHelpThatIsTooLongScrolls goes down to its last line and leaves alone
// what the help covers.
func TestAHelpThatIsTooLongScrolls(t *testing.T) {
	a, _, _ := replayed(nil)
	send(a, tea.WindowSizeMsg{Width: 60, Height: 20})
	typed(a, "?")
	if text := ansi.Strip(a.View().Content); !strings.Contains(text, "window: 1D 1W 1M 3M YTD MTD") || strings.Contains(text, "neutral") {
		t.Errorf("the help does not begin with its first line:\n%s", text)
	}
	focus := a.state.Focus
	typed(a, "down", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "down")
	if text := ansi.Strip(a.View().Content); !strings.Contains(text, "the same within each sector") {
		t.Errorf("the help's last line is not reached:\n%s", text)
	}
	at := a.state.HelpRow
	typed(a, "up")
	if a.state.HelpRow != at-1 || a.state.Focus != focus {
		t.Errorf("up: row %d after %d, focus %d after %d", a.state.HelpRow, at, a.state.Focus, focus)
	}
	typed(a, "<")
	if a.state.HelpRow != 0 {
		t.Errorf("< leaves row %d on top", a.state.HelpRow)
	}
	typed(a, "down", "?", "?")
	if a.state.HelpRow != 0 {
		t.Errorf("the help opens again at row %d", a.state.HelpRow)
	}
}

// TestTheSpeedOfAPausedReplayIsSaid: the line of the replay then says that it is
// paused, and not how fast it will be.
func TestTheSpeedOfAPausedReplayIsSaid(t *testing.T) {
	a, _, _ := replayed(nil)
	typed(a, "]")
	if a.state.Notice != "" {
		t.Errorf("while it plays: %q", a.state.Notice)
	}
	typed(a, "space", "]")
	if a.state.Notice != "Will play at ×900" {
		t.Errorf("while it is paused: %q", a.state.Notice)
	}
}
