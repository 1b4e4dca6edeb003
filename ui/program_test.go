package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestNoColour(t *testing.T) {
	for value, want := range map[string]bool{"1": true, "yes": true, "0": true, "": false} {
		env, plain := withoutColour([]string{"A=b", "NO_COLOR=" + value})
		if plain != want || (plain && env[1] != "NO_COLOR=1") {
			t.Errorf("NO_COLOR=%q: plain is %v, the environment %q", value, plain, env)
		}
	}
	if _, plain := withoutColour([]string{"A=b"}); plain {
		t.Error("colours are off without NO_COLOR")
	}
}

func TestWithoutColourTheThemeIsMono(t *testing.T) {
	a := New(t.Context(), Options{Source: newSource(), Theme: theme.Options{Ground: theme.Mono}, plain: true})
	typed(a, "t")
	if a.theme.Ground != theme.Mono {
		t.Errorf("the t key brought colours back: %v", a.theme.Ground)
	}
	for _, b := range (footerKeys{a.props.keys, panel.Input{}}).ShortHelp() {
		if b.Help().Key == "t" {
			t.Error("the theme key is shown where it does nothing")
		}
	}
}

func TestTheGroundFollowsTheTerminalUntilTheViewerChooses(t *testing.T) {
	a := New(t.Context(), Options{Source: newSource(), AutoGround: true})
	white, black := tea.BackgroundColorMsg{Color: ansi.White}, tea.BackgroundColorMsg{Color: ansi.Black}
	for _, step := range []struct {
		msg  tea.Msg
		want theme.Ground
	}{
		{white, theme.Light},
		{black, theme.Dark},
		{press("t"), theme.Light},
		{black, theme.Light},
	} {
		send(a, step.msg)
		if a.theme.Ground != step.want {
			t.Errorf("after %v the ground is %v, want %v", step.msg, a.theme.Ground, step.want)
		}
	}
	fixed := New(t.Context(), Options{Source: newSource()})
	if send(fixed, white); fixed.theme.Ground != theme.Dark {
		t.Error("a ground that was asked for followed the terminal")
	}
}

func TestTheReplaysClockIsThatOfTheSnapshot(t *testing.T) {
	a, _, play := replayed(nil)
	snap := uitest.FinalFrame()
	send(a, snapshotMsg{snap: snap})
	if p := a.state.Playback; !p.Now.Equal(snap.AsOf) || !p.Ended {
		t.Errorf("the snapshot is of the end, and the replay stands at %v, ended: %v", p.Now, p.Ended)
	}
	if play.Status().Ended {
		t.Fatal("the player said so itself; the test tells nothing")
	}
}

func TestInitWaitsForASnapshotAndAsksForTheBackground(t *testing.T) {
	src := newSource(uitest.FinalFrame(), uitest.FinalFrame())
	batch, ok := New(t.Context(), Options{Source: src, AutoGround: true}).Init()().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("Init gives %v, want two commands", batch)
	}
	if _, ok := batch[0]().(snapshotMsg); !ok {
		t.Error("Init does not wait for the first snapshot")
	}
	if got := batch[1](); got != tea.RequestBackgroundColor() {
		t.Errorf("Init gives %T, want the request of the background", got)
	}
	if _, ok := New(t.Context(), Options{Source: src}).Init()().(snapshotMsg); !ok {
		t.Error("with a ground that is given, Init does not wait for a snapshot alone")
	}
}
