package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"gyre/model/session"
)

// KeyMap is every key that the dashboard knows. What a key does and what the
// help says come from the same bindings; a binding that is disabled does
// nothing and is not shown.
type KeyMap struct {
	Windows   key.Binding // all window keys in one entry of the help
	Window    [session.WindowCount]key.Binding
	Next      key.Binding
	Previous  key.Binding
	Statistic key.Binding
	Rank      key.Binding
	Financial key.Binding
	Theme     key.Binding
	Export    key.Binding
	Copy      key.Binding
	Help      key.Binding
	Open      key.Binding
	Back      key.Binding
	Quit      key.Binding
	Suspend   key.Binding

	Size     key.Binding
	Debt     key.Binding
	Calendar key.Binding
	Alerts   key.Binding
	Map      key.Binding
	History  key.Binding
	Note     key.Binding

	RowUp      key.Binding
	RowDown    key.Binding
	PageUp     key.Binding
	PageDown   key.Binding
	First      key.Binding
	Last       key.Binding
	Search     key.Binding
	Sort       key.Binding
	SortBack   key.Binding
	Reverse    key.Binding
	Importance key.Binding
	Country    key.Binding
	Benchmark  key.Binding
	Levels     key.Binding

	Pause           key.Binding
	Slower          key.Binding
	Faster          key.Binding
	Speeds          key.Binding // both speed keys in one entry of the help
	Steps           key.Binding // all step keys in one entry of the help
	MinuteBack      key.Binding
	MinuteForward   key.Binding
	SessionBack     key.Binding
	SessionForward  key.Binding
	Start           key.Binding
	End             key.Binding
	Ends            key.Binding // both ends in one entry of the help
	GoTo            key.Binding
	PromptConfirmed key.Binding // while a time or a search is being typed
	PromptCancelled key.Binding
}

// DefaultKeyMap is the keys of a dashboard. The keys that steer a replay are
// enabled only where there is one.
func DefaultKeyMap(replay bool) KeyMap {
	k := KeyMap{
		Next:      bind("tab", "next panel or group", "tab"),
		Previous:  bind("shift+tab", "the one before", "shift+tab"),
		Statistic: bind("m", "mean, median, trimmed, weighted", "m"),
		Rank:      bind("r", "ranks at base, month, recon, now", "r"),
		Financial: bind("x", "financials in or out of debt/EV", "x"),
		Theme:     bind("t", "theme", "t"),
		Export:    bind("e", "write the screen to files", "e"),
		Copy:      bind("y", "copy the figure that is marked", "y"),
		Help:      bind("?", "help", "?"),
		Open:      bind("enter", "zoom the panel, open the row", "enter"),
		Back:      bind("esc", "back", "esc"),
		Quit:      bind("q", "quit", "q", "ctrl+c"),
		Suspend:   bind("ctrl+z", "suspend", "ctrl+z"),

		Size:     bind("s", "size quartiles", "s"),
		Debt:     bind("d", "debt/EV", "d"),
		Calendar: bind("c", "calendar", "c"),
		Alerts:   bind("a", "alerts and data", "a"),
		Map:      bind("g", "rotation map", "g"),
		History:  bind("h", "history and regime", "h"),
		Note:     bind("n", "note check", "n"),

		RowUp:      bind("↑", "row up", "up"),
		RowDown:    bind("↓", "row down", "down"),
		PageUp:     bind("pgup", "page up", "pgup"),
		PageDown:   bind("pgdown", "page down", "pgdown"),
		First:      bind("<", "first row", "<", "ctrl+home"),
		Last:       bind(">", "last row", ">", "ctrl+end"),
		Search:     bind("/", "members: search", "/"),
		Sort:       bind("o", "members: sort by the next column", "o"),
		SortBack:   bind("p", "members: by the one before", "p"),
		Reverse:    bind("O", "members: other way round", "O"),
		Importance: bind("i", "calendar: least importance", "i"),
		Country:    bind("f", "calendar: country", "f"),
		Benchmark:  bind("b", "map: benchmark", "b"),
		Levels:     bind("l", "index: levels or percent", "l"),

		Pause:           bind("space", "pause, play", "space"),
		Slower:          bind("[", "slower", "["),
		Faster:          bind("]", "faster", "]"),
		Speeds:          bind("[ ]", "slower, faster", "[", "]"),
		Steps:           bind("← →", "a minute; with shift a session", "left", "right", "shift+left", "shift+right"),
		MinuteBack:      bind("←", "a minute back", "left"),
		MinuteForward:   bind("→", "a minute forward", "right"),
		SessionBack:     bind("shift+←", "a session back", "shift+left"),
		SessionForward:  bind("shift+→", "a session forward", "shift+right"),
		Start:           bind("home", "start of the replay", "home"),
		End:             bind("end", "end of the replay", "end"),
		Ends:            bind("home end", "start, end of the replay", "home", "end"),
		GoTo:            bind(":", "go to a time", ":"),
		PromptConfirmed: bind("enter", "go", "enter"),
		PromptCancelled: bind("esc", "cancel", "esc", "ctrl+c"),
	}
	var keys, names []string
	for i, w := range windowKeys() {
		number := string(rune('1' + i))
		k.Window[w] = bind(number, w.String(), number)
		keys, names = append(keys, number), append(names, w.String())
	}
	k.Windows = bind("1-6", "window: "+strings.Join(names, " "), keys...)
	for _, b := range k.replay() {
		b.SetEnabled(replay)
	}
	return k
}

// windowKeys is the window of each number key, from 1.
func windowKeys() [session.WindowCount]session.Window {
	return [session.WindowCount]session.Window{
		session.Day, session.Week, session.Month, session.Quarter, session.YearToDate, session.MonthToDate,
	}
}

// replay is the bindings that need a replay.
func (k *KeyMap) replay() []*key.Binding {
	return []*key.Binding{
		&k.Pause, &k.Slower, &k.Faster, &k.Speeds, &k.Steps, &k.MinuteBack, &k.MinuteForward,
		&k.SessionBack, &k.SessionForward, &k.Start, &k.End, &k.Ends, &k.GoTo,
	}
}

// PromptHelp is the keys while a time is being typed.
func (k KeyMap) PromptHelp() []key.Binding {
	return []key.Binding{k.PromptConfirmed, k.PromptCancelled}
}

// FullHelp is every key, in groups: the figures, the views, what there is in a
// view, the replay, the rest.
func (k KeyMap) FullHelp() [][]key.Binding {
	groups := [][]key.Binding{
		enabled(k.Windows, k.Statistic, k.Rank, k.Financial),
		enabled(k.Open, k.Back, k.Next, k.Previous, k.Size, k.Debt, k.Calendar, k.Alerts, k.Map, k.History, k.Note),
		enabled(
			both("row", k.RowUp, k.RowDown), both("page", k.PageUp, k.PageDown), both("first, last row", k.First, k.Last),
			k.Search, both("members: sort", k.Sort, k.SortBack), k.Reverse, k.Importance, k.Country, k.Benchmark, k.Levels,
		),
		enabled(k.Pause, k.Speeds, k.Steps, k.Ends, k.GoTo),
		enabled(k.Export, k.Copy, k.Theme, k.Help, k.Quit, k.Suspend),
	}
	kept := groups[:0]
	for _, g := range groups {
		if len(g) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// bind makes a binding of keys, shown as label.
func bind(label, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, does))
}

// both is one entry of the help for two bindings.
func both(does string, first, second key.Binding) key.Binding {
	label := first.Help().Key + " " + second.Help().Key
	b := bind(strings.TrimSpace(label), does, append(slices.Clone(first.Keys()), second.Keys()...)...)
	b.SetEnabled(first.Enabled() || second.Enabled())
	return b
}

// short is b with fewer words for it.
func short(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

func enabled(all ...key.Binding) []key.Binding {
	kept := make([]key.Binding, 0, len(all))
	for _, b := range all {
		if b.Enabled() {
			kept = append(kept, b)
		}
	}
	return kept
}
