package ui

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestASceneIsWhatTheViewerSees(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	stage := a.Props().Stage()
	for _, keys := range [][]string{nil, {"2"}, {"tab", "enter"}, {"esc", "?"}, {"t"}} {
		typed(a, keys...)
		if got, want := stage.Draw(a.Scene()), a.View().Content; got != want {
			t.Errorf("after %q the stage draws\n%s\nthe viewer sees\n%s", keys, got, want)
		}
	}
	b, _, _ := replayed(nil)
	send(b, tea.WindowSizeMsg{Width: 120, Height: 40})
	b.snap = a.snap
	if b.Scene() == a.Scene() {
		t.Error("viewers of different screens have one scene")
	}
	typed(a, "?", "1")
	if typed(a, "2"); a.Scene().Look.Ground == theme.Dark {
		t.Error("the t key did not change the look; the test tells nothing")
	}
}

func TestKeysOfSomebodyWhoOnlyWatches(t *testing.T) {
	keys := DefaultKeyMap(true)
	watching := keys.Watching()
	for i, b := range watching.replay() {
		if b.Enabled() || !keys.replay()[i].Enabled() {
			t.Errorf("%s steers the replay", b.Help().Key)
		}
	}
	if !watching.Quit.Enabled() || !watching.Help.Enabled() {
		t.Error("other keys are gone too")
	}
}

func TestATerminalThatWantsNoColour(t *testing.T) {
	o, env := Options{AutoGround: true}.InTerminal([]string{"NO_COLOR=yes", "TERM=xterm"})
	if o.Theme.Ground != theme.Mono || o.AutoGround || !o.plain || !slices.Contains(env, "NO_COLOR=1") {
		t.Errorf("it gets %+v with %q", o.Theme, env)
	}
	if o, _ := (Options{AutoGround: true}).InTerminal([]string{"TERM=xterm"}); o.plain || !o.AutoGround {
		t.Error("a terminal that wants colour gets none")
	}
}

// TestATerminalOfSixteenColours gets its own ones where the ground is its
// choice, and whatever its background; a ground that the viewer chose stays.
func TestATerminalOfSixteenColours(t *testing.T) {
	for name, tt := range map[string]struct {
		options Options
		profile colorprofile.Profile
		want    theme.Ground
	}{
		"sixteen":              {Options{AutoGround: true}, colorprofile.ANSI, theme.Terminal},
		"256":                  {Options{AutoGround: true}, colorprofile.ANSI256, theme.Light},
		"sixteen, dark chosen": {Options{}, colorprofile.ANSI, theme.Dark},
	} {
		t.Run(name, func(t *testing.T) {
			tt.options.Source = newSource()
			a := New(t.Context(), tt.options)
			send(a, tea.ColorProfileMsg{Profile: tt.profile})
			send(a, tea.BackgroundColorMsg{Color: ansi.White})
			if a.theme.Ground != tt.want {
				t.Errorf("the ground is %v, want %v", a.theme.Ground, tt.want)
			}
		})
	}
	a := New(t.Context(), Options{Source: newSource()})
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if a.handleChange(Change{Options: &Options{AutoGround: true}}); a.theme.Ground != theme.Terminal {
		t.Errorf("left to the terminal in a new configuration the ground is %v", a.theme.Ground)
	}
}
