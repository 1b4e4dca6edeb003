package config_test

import (
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"

	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/config"
)

// keymap is the keys of a dashboard with these lines below [keys].
func keymap(t *testing.T, lines string) ui.KeyMap {
	t.Helper()
	c, err := config.Parse([]byte("[keys]\n"+lines), "f")
	if err != nil {
		t.Fatal(err)
	}
	return c.Keys.KeyMap(true)
}

func TestTheDefaultKeysAreTheDashboards(t *testing.T) {
	for _, replay := range []bool{true, false} {
		got, want := config.Default().Keys.KeyMap(replay), ui.DefaultKeyMap(replay)
		for i, group := range got.FullHelp() {
			for j, b := range group {
				if other := want.FullHelp()[i][j]; b.Help() != other.Help() || !slices.Equal(b.Keys(), other.Keys()) {
					t.Errorf("%v is %v", other.Help(), b.Help())
				}
			}
		}
		if got.Pause.Enabled() != replay || got.Steps.Enabled() != replay {
			t.Errorf("with replay %v, pause is enabled: %v", replay, got.Pause.Enabled())
		}
	}
}

// TestEveryActionCanHaveAnotherKey gives each action the key f12.
func TestEveryActionCanHaveAnotherKey(t *testing.T) {
	for name := range config.Default().Keys {
		t.Run(name, func(t *testing.T) {
			c, err := config.Parse([]byte("[keys]\n"+name+` = ["f12"]`), "f")
			if err != nil {
				t.Fatal(err)
			}
			for other, keys := range c.Keys {
				if got := slices.Equal(keys, []string{"f12"}); got != (other == name) {
					t.Errorf("%s has %v", other, keys)
				}
			}
			found := problems(t, "[keys]\n"+name+` = ["hyperspace"]`)
			if len(found) != 1 || !strings.HasPrefix(found[0].String(), "f:2:1: "+name+`: there is no key "hyperspace"; give a character, `) {
				t.Errorf("a key that is none: %v", found)
			}
		})
	}
}

func TestAnotherKeyActsAndIsShown(t *testing.T) {
	k := keymap(t, `pause = ["z", "ctrl+p"]`)
	if !slices.Equal(k.Pause.Keys(), []string{"z", "ctrl+p"}) || k.Pause.Help() != (key.Help{Key: "z", Desc: "pause, play"}) {
		t.Errorf("pause is %v, shown as %v", k.Pause.Keys(), k.Pause.Help())
	}
	if !slices.Equal(k.Slower.Keys(), []string{"["}) {
		t.Errorf("slower is %v", k.Slower.Keys())
	}
}

func TestEntriesOfTheHelpFollow(t *testing.T) {
	for name, tc := range map[string]struct {
		lines string
		entry func(k *ui.KeyMap) *key.Binding
		keys  string
		shown string
	}{
		"speeds":         {`slower = ["-"]`, func(k *ui.KeyMap) *key.Binding { return &k.Speeds }, "- ]", "- ]"},
		"steps":          {`minute_back = ["w"]`, func(k *ui.KeyMap) *key.Binding { return &k.Steps }, "w right shift+left shift+right", "w → shift+← shift+→"},
		"ends":           {"start = [\"f7\"]\nend = []", func(k *ui.KeyMap) *key.Binding { return &k.Ends }, "f7", "f7"},
		"windows":        {`window_1d = ["D"]`, func(k *ui.KeyMap) *key.Binding { return &k.Windows }, "D 2 6 3 4 5", "D 2 6 3 4 5"},
		"nothing is new": {`quit = ["Q"]`, func(k *ui.KeyMap) *key.Binding { return &k.Windows }, "1 2 3 4 5 6", "1-6"},
	} {
		t.Run(name, func(t *testing.T) {
			k := keymap(t, tc.lines)
			entry := tc.entry(&k)
			if got := strings.Join(entry.Keys(), " "); got != tc.keys || entry.Help().Key != tc.shown {
				t.Errorf("it has %q, shown as %q", got, entry.Help().Key)
			}
		})
	}
}

func TestAnActionWithoutKeys(t *testing.T) {
	k := keymap(t, "theme = []\nstart = []\nend = []")
	if k.Theme.Enabled() || k.Ends.Enabled() {
		t.Error("it is still there")
	}
	for _, group := range k.FullHelp() {
		for _, b := range group {
			if b.Help().Key == "" {
				t.Errorf("the help shows %v", b.Help())
			}
		}
	}
}

func TestKeysOfTwoActions(t *testing.T) {
	for name, tc := range map[string]struct{ lines, want string }{
		"one that is taken":                   {`next = ["m"]`, `f:2:1: next: the key "m" is that of statistic already; give one of the two another key`},
		"taken by a later action":             {`statistic = ["tab"]`, `f:2:1: statistic: the key "tab" is that of next already`},
		"both are new":                        {"help = [\"w\"]\nnext = [\"w\"]", `f:3:1: next: the key "w" is that of help already`},
		"a second key":                        {`theme = ["T", "q"]`, `f:2:1: theme: the key "q" is that of quit already`},
		"swapped":                             {"next = [\"m\"]\nstatistic = [\"tab\"]", ""},
		"given away":                          {"next = [\"m\"]\nstatistic = []", ""},
		"one that is only for typing":         {"open = []\nnext = [\"enter\"]", ""},
		"two that are only for typing":        {`prompt_confirmed = ["esc"]`, `f:2:1: prompt_confirmed: the key "esc" is that of prompt_cancelled already`},
		"twice in one list":                   {`next = ["n", "n"]`, `f:2:1: next: the key "n" is in the list twice; leave one out`},
		"quit by none":                        {`quit = []`, "f:2:1: quit: gyre could not be left without a key; give one or more"},
		"text while text is typed":            {`prompt_confirmed = ["g"]`, `f:2:1: prompt_confirmed: the key "g" is text while a time is being typed; give a key with a name, such as enter`},
		"the entry of several keys":           {`windows = ["w"]`, `f:2:1: there is no key "windows" in [keys]; it has window_1d, `},
		"a key alone":                         {`next = "n"`, `f:2:1: next: "n" is not a list; write it in brackets`},
		"a number":                            {`next = [1]`, "f:2:1: next: 1 is not a text; write it in quotes"},
		"window keys moved around each other": {"window_1d = [\"2\"]\nwindow_1w = [\"1\"]", ""},
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, "[keys]\n"+tc.lines)
			if tc.want == "" && len(found) > 0 || tc.want != "" && (len(found) != 1 || !strings.HasPrefix(found[0].String(), tc.want)) {
				t.Errorf("said %v\nwant %s", found, tc.want)
			}
		})
	}
}

func TestSpellingOfKeys(t *testing.T) {
	for _, name := range []string{
		"w", "A", "!", "+", "ä", "ctrl+a", "alt+?", "ctrl+alt+a", "ctrl+space", "alt+shift+tab", "alt+enter", "ctrl+shift+left", "f1", "f12", "ctrl++",
	} {
		if found := problems(t, `keys.theme = ["`+name+`"]`); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
	for name, want := range map[string]string{
		"":            "there is no key",
		" ":           "there is no key",
		"ab":          "there is no key",
		"Enter":       "there is no key",
		"escape":      "there is no key",
		"f0":          "there is no key",
		"f13":         "there is no key",
		"f01":         "there is no key",
		"ctrl+":       "there is no key",
		"alt+ctrl+a":  "there is no key",
		"shift+a":     `write that one, as in "A"`,
		"ctrl+A":      "is written small",
		"\\u001b":     "there is no key",
		"\\u0301":     "there is no key",
		"win+a":       "there is no key",
		"ctrl+ctrl+a": "there is no key",
	} {
		if found := problems(t, `keys.theme = ["`+name+`"]`); len(found) != 1 || !strings.Contains(found[0].Message, want) {
			t.Errorf("%q: %v", name, found)
		}
	}
}

func TestWindowKeysGoByTheWindow(t *testing.T) {
	k := keymap(t, `window_ytd = ["w"]`)
	if !slices.Equal(k.Window[session.YearToDate].Keys(), []string{"w"}) || !slices.Equal(k.Window[session.Day].Keys(), []string{"1"}) {
		t.Errorf("the keys are %v", k.Window)
	}
}
