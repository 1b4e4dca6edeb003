package ui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// later is snap a second later, with another level of the first index and
// another size spread of the week.
func later(snap *model.Snapshot) *model.Snapshot {
	next := *snap
	next.AsOf = snap.AsOf.Add(time.Second)
	next.Indices = slices.Clone(snap.Indices)
	next.Indices[0].Level = num.Count(2024)
	next.Size.Spread[session.Week].Return[model.Mean] = num.Count(-3)
	return &next
}

func TestWhatHasChanged(t *testing.T) {
	before := uitest.FinalFrame()
	after := later(before)
	median := panel.Changed(before, after, session.Week, model.Median)
	mean := panel.Changed(before, after, session.Week, model.Mean)
	switch {
	case !mean.Index(0) || mean.Index(1) || !mean.Spread():
		t.Errorf("of the mean it marks %b", mean)
	case !median.Index(0) || median.Spread():
		t.Errorf("of the median it marks %b", median)
	case panel.Changed(before, before, session.Week, model.Mean) != 0:
		t.Error("the same is no change")
	case panel.Changed(nil, after, session.Week, model.Mean) != 0:
		t.Error("the first snapshot is no change")
	case panel.Changed(uitest.Unknowns(), after, session.Week, model.Mean) != 0 || panel.Changed(after, uitest.Unknowns(), session.Week, model.Mean) != 0:
		t.Error("what was not known has not changed")
	case panel.Marks(0xffff).Index(64):
		t.Error("an index beyond all is marked")
	}
}

func TestMarksComeAndGo(t *testing.T) {
	snap := uitest.FinalFrame()
	next := later(snap)
	a, _, _ := replayed(snap)
	a.deck.player, a.state.Playback = nil, panel.Playback{} // live
	send(a, snapshotMsg{snap: snap})
	quiet := a.View().Content
	send(a, snapshotMsg{snap: next})
	if !a.state.Changed.Index(0) || !a.state.Changed.Spread() {
		t.Fatalf("it marks %b", a.state.Changed)
	}
	mark := theme.New(a.theme.Options).Paint(theme.Changed, "2,024")
	if shown := a.View().Content; !strings.Contains(shown, mark) || strings.Contains(quiet, mark) {
		t.Error("the level is not marked")
	}
	send(a, unmarkMsg{})
	if a.state.Changed != 0 || strings.Contains(a.View().Content, mark) {
		t.Error("the marks stay")
	}
}

// TestMarksStayForAMoment lets snapshots come, or not, while the dashboard
// waits for one with figures that are marked.
func TestMarksStayForAMoment(t *testing.T) {
	snap := uitest.FinalFrame()
	for name, c := range map[string]struct {
		happens func(s *source, stop func())
		after   time.Duration
		want    tea.Msg
	}{
		"nothing comes":       {func(*source, func()) {}, marked, unmarkMsg{}},
		"the next one":        {func(s *source, _ func()) { s.snaps <- snap }, 500 * time.Millisecond, snapshotMsg{snap}},
		"the source breaks":   {func(s *source, _ func()) { close(s.snaps) }, 500 * time.Millisecond, sourceEndedMsg{errSource}},
		"the dashboard stops": {func(_ *source, stop func()) { stop() }, 500 * time.Millisecond, sourceEndedMsg{}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				s := &source{snaps: make(chan *model.Snapshot)}
				began := time.Now()
				go func() {
					<-time.After(500 * time.Millisecond)
					c.happens(s, stop)
				}()
				msg := nextCmd(ctx, s, marked)()
				if waited := time.Since(began); msg != c.want || waited != c.after {
					t.Errorf("%#v after %v", msg, waited)
				}
				synctest.Wait()
			})
		})
	}
}

// TestNothingIsWaitedForTwice waits for exactly one snapshot at a time, for as
// long as figures are marked at most.
func TestNothingIsWaitedForTwice(t *testing.T) {
	snap := uitest.FinalFrame()
	a, _, _ := replayed(snap)
	a.deck.player, a.state.Playback = nil, panel.Playback{} // live
	waits := ""
	a.feed.next = func() tea.Msg { waits += "n"; return nil }
	a.feed.soon = func() tea.Msg { waits += "s"; return nil }
	for _, msg := range []tea.Msg{snapshotMsg{snap}, snapshotMsg{later(snap)}, unmarkMsg{}} {
		_, cmd := a.Update(msg)
		cmd()
	}
	if waits != "nsn" {
		t.Errorf("it waits %q: without marks, with marks, and when they are gone", waits)
	}
}

func TestAReplayInAHurryMarksNothing(t *testing.T) {
	snap := uitest.FinalFrame()
	for name, c := range map[string]struct {
		playback panel.Playback
		marks    bool
	}{
		"live":             {panel.Playback{}, true},
		"at its own speed": {panel.Playback{Known: true, Playing: true, Speed: 1}, true},
		"ten times":        {panel.Playback{Known: true, Playing: true, Speed: 10}, true},
		"sixty times":      {panel.Playback{Known: true, Playing: true, Speed: 60}, false},
		"without limit":    {panel.Playback{Known: true, Playing: true}, false},
		"a jump":           {panel.Playback{Known: true, Speed: 1}, false},
	} {
		a := &App{state: panel.State{Playback: c.playback, Window: session.Week}, snap: later(snap)}
		if a.mark(snap); (a.state.Changed != 0) != c.marks {
			t.Errorf("%s: marks %b", name, a.state.Changed)
		}
	}
}
