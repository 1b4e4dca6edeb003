package ui

import (
	"context"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestChangesOfTheConfiguration(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	keys := DefaultKeyMap(true)
	keys.Statistic.SetKeys("M")
	keys.Statistic.SetHelp("M", "statistic")
	a.handleChange(Change{Options: &Options{Theme: theme.Options{Ground: theme.Light}, Keys: &keys, Mouse: true, Bell: true}, Notice: "Read again."})
	if a.theme.Ground != theme.Light || !a.prefs.mouse || !a.prefs.bell || !strings.Contains(a.View().Content, "Read again.") {
		t.Errorf("theme %v, mouse %v, bell %v, notice %q", a.theme.Ground, a.prefs.mouse, a.prefs.bell, a.state.Notice)
	}
	before := a.state.Stat
	if typed(a, "m"); a.state.Stat != before {
		t.Error("the old key still works")
	}
	if typed(a, "M"); a.state.Stat == before {
		t.Error("the new key does nothing")
	}
	if !strings.Contains(text(a), "M mean/median") {
		t.Errorf("the footer does not follow:\n%s", text(a))
	}
}

func TestAConfigurationWithMistakesChangesNothing(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	look, keys := a.theme, a.props.keys
	a.handleChange(Change{Notice: "config.toml:3:1: there is no key \"x\""})
	if a.theme != look || !key.Matches(press("m"), keys.Statistic) || !strings.Contains(text(a), "config.toml:3:1") {
		t.Errorf("notice %q", a.state.Notice)
	}
}

func TestChangesKeepTheTerminalsGround(t *testing.T) {
	a := New(t.Context(), Options{Source: newSource(), AutoGround: true})
	send(a, tea.BackgroundColorMsg{Color: ansi.White})
	a.handleChange(Change{Options: &Options{AutoGround: true, Theme: theme.Options{Signs: theme.GreenRed}}})
	if a.theme.Ground != theme.Light || a.theme.Signs != theme.GreenRed {
		t.Errorf("the theme is %v", a.theme.Options)
	}
	plain := New(t.Context(), Options{Source: newSource(), Theme: theme.Options{Ground: theme.Mono}, plain: true})
	plain.handleChange(Change{Options: &Options{Theme: theme.Options{Ground: theme.Dark, ASCII: true}, AutoGround: true}})
	if plain.theme.Ground != theme.Mono || plain.prefs.auto {
		t.Error("a change brought colours to a viewer who wants none")
	}
	if !plain.theme.ASCII {
		t.Error("without colours the glyphs do not change")
	}
}

func TestWaitingForChangesEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	changes := make(chan Change, 1)
	changes <- Change{Notice: "one"}
	wait := changeCmd(ctx, changes)
	if msg, ok := wait().(changedMsg); !ok || msg.change.Notice != "one" {
		t.Errorf("the first change is %+v", msg)
	}
	cancel()
	if msg := wait(); msg != nil {
		t.Errorf("after the end comes %v", msg)
	}
	close(changes)
	if msg := changeCmd(t.Context(), changes)(); msg != nil {
		t.Errorf("from a closed channel comes %v", msg)
	}
	if changeCmd(ctx, nil) != nil {
		t.Error("a dashboard without changes waits for them")
	}
}
