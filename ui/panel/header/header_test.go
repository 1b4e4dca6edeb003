package header_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/header"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{
		Snap: snap, Theme: theme.New(theme.Options{}),
		State: panel.State{Window: session.Week, Playback: panel.Playback{Known: true, Playing: true, Speed: 60}},
	}
}

func line(t *testing.T, in panel.Input, w int) string {
	t.Helper()
	block := header.Render(in, w, 1)
	if len(block) != 1 || draw.Width(block[0]) != w {
		t.Fatalf("the bar is %d lines, the first %d cells wide; want 1 of %d", len(block), draw.Width(block[0]), w)
	}
	return strings.TrimSpace(ansi.Strip(block[0]))
}

func TestModeIsSaidInCapitals(t *testing.T) {
	at := func(change func(*model.Snapshot, *panel.Playback)) panel.Input {
		in := input(uitest.FinalFrame())
		change(in.Snap, &in.State.Playback)
		return in
	}
	live := func(phase model.FeedPhase, age time.Duration) panel.Input {
		return at(func(s *model.Snapshot, p *panel.Playback) {
			s.Mode, s.Feed.Phase, s.Feed.Age, *p = model.ModeLive, phase, age, panel.Playback{}
		})
	}
	cases := map[string]struct {
		in   panel.Input
		want string
	}{
		"playing":          {at(func(*model.Snapshot, *panel.Playback) {}), "REPLAY ×60"},
		"no limit":         {at(func(_ *model.Snapshot, p *panel.Playback) { p.Speed = 0 }), "REPLAY ×max"},
		"paused":           {at(func(_ *model.Snapshot, p *panel.Playback) { p.Playing = false }), "REPLAY PAUSED"},
		"over":             {at(func(_ *model.Snapshot, p *panel.Playback) { p.Playing, p.Ended = false, true }), "REPLAY END"},
		"not steered here": {at(func(_ *model.Snapshot, p *panel.Playback) { *p = panel.Playback{} }), "REPLAY"},
		"live":             {live(model.FeedOK, time.Second), "LIVE"},
		"stale":            {live(model.FeedStale, 42*time.Second), "STALE 00:42"},
		"stale for hours":  {live(model.FeedStale, 75*time.Minute+3*time.Second), "STALE 75:03"},
		"failing":          {live(model.FeedFailing, 7*time.Second), "FAILING 00:07"},
		"connecting":       {live(model.FeedConnecting, 0), "CONNECTING"},
		"ended":            {live(model.FeedEnded, 0), "ENDED"},
		"delayed": {at(func(s *model.Snapshot, p *panel.Playback) {
			s.Mode, s.Feed.Delay, *p = model.ModeDelayed, 15*time.Minute, panel.Playback{}
		}), "DELAYED 15m"},
		"delayed for days": {at(func(s *model.Snapshot, p *panel.Playback) {
			s.Mode, s.Feed.Delay, *p = model.ModeDelayed, 3343*time.Minute, panel.Playback{}
		}), "DELAYED 2d 7h"},
		"live mode with a delay is no live data": {at(func(s *model.Snapshot, p *panel.Playback) {
			s.Mode, s.Feed.Delay, *p = model.ModeLive, 15*time.Minute, panel.Playback{}
		}), "DELAYED 15m"},
		"no snapshot yet": {input(nil), "CONNECTING"},
	}
	for word, phase := range map[string]model.FeedPhase{
		"STALE 01:05": model.FeedStale, "FAILING 01:05": model.FeedFailing, "CONNECTING": model.FeedConnecting, "ENDED": model.FeedEnded,
	} {
		late := live(phase, 65*time.Second)
		late.Snap.Mode, late.Snap.Feed.Delay = model.ModeDelayed, 15*time.Minute
		cases["delayed and "+word] = struct {
			in   panel.Input
			want string
		}{late, "DELAYED 15m " + word}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, got := header.Mode(c.in); got != c.want {
				t.Errorf("the mode is %q, want %q", got, c.want)
			}
		})
	}
}

func TestSessionStateAndWhatComesNext(t *testing.T) {
	open := func(phase session.Phase, asOf time.Time) *model.Snapshot {
		s := uitest.FinalFrame()
		s.Clock.Phase, s.AsOf = phase, asOf
		s.Clock.NextClose = s.Clock.Session.Closes
		return s
	}
	friday := session.NewDate(2025, time.March, 28)
	half := open(session.Open, friday.At(11, 0))
	half.Clock.HalfDay, half.Clock.NextClose = true, friday.At(13, 0)
	past := open(session.Closed, friday.At(17, 0))
	past.Clock.PastTable = true
	unknown := open(session.Closed, friday.At(17, 0))
	unknown.Clock.NextOpen = time.Time{}
	before := open(session.Pre, friday.At(9, 18))
	before.Clock.NextOpen = friday.At(9, 30)
	cases := map[string]struct {
		snap *model.Snapshot
		want string
	}{
		"in the session":      {open(session.Open, friday.At(12, 48)), "open · closes 16:00 in 3h 12m"},
		"half day":            {half, "open, half day · closes 13:00 in 2h 00m"},
		"before the open":     {before, "pre-market · opens 09:30 in 12m 00s"},
		"over the weekend":    {uitest.FinalFrame(), "closed · opens Mon 09:30 in 2d 17h"},
		"end of the calendar": {past, "closed · past the end of the calendar"},
		"no next session":     {unknown, "closed  "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := line(t, input(c.snap), 200); !strings.Contains(got, c.want) {
				t.Errorf("the bar %q does not say %q", got, c.want)
			}
		})
	}
}

func TestBarDropsTheLeastFirst(t *testing.T) {
	in := input(uitest.FinalFrame())
	wants := []struct {
		w    int
		want string
	}{
		{120, "REPLAY ×60  Fri 28 Mar 2025 16:00:00 ET  closed · opens Mon 09:30"},
		{120, "feed 0.2s · coverage 97.0% · SAMPLE members"},
		{80, "REPLAY ×60  Fri 28 Mar 16:00:00 ET  closed"},
		{80, "coverage 97.0% · SAMPLE"},
		{60, "REPLAY ×60  Fri 28 Mar 16:00:00 ET  closed"},
		{60, "97.0% · SAMPLE"},
		{46, "REPLAY ×60  Fri 28 Mar 16:00:00"},
		{40, "REPLAY ×60  16:00:00"},
		{40, "SAMPLE"},
		{24, "REPLAY ×60  16:00:00"},
		{12, "REPLAY ×60"},
		{8, "REPLA"},
	}
	for _, c := range wants {
		if got := line(t, in, c.w); !strings.Contains(got, c.want) {
			t.Errorf("%d cells: %q does not contain %q", c.w, got, c.want)
		}
	}
}

func TestMembersThatAreNotRealSayTheyAreSamples(t *testing.T) {
	actual := uitest.FinalFrame()
	actual.Sample = false
	if got := line(t, input(actual), 160); strings.Contains(got, "SAMPLE") {
		t.Errorf("real members are called a sample: %q", got)
	}
	for w := 32; w <= 200; w++ {
		if got := line(t, input(uitest.FinalFrame()), w); !strings.Contains(got, "SAMPLE") {
			t.Errorf("%d cells: sample members are not called so: %q", w, got)
		}
	}
}

func TestLookAheadIsSaidAtEverySize(t *testing.T) {
	for w := 46; w <= 200; w++ {
		if got := line(t, input(uitest.LookAhead()), w); !strings.Contains(got, "LOOK-AHEAD") {
			t.Errorf("%d cells: names ranked as they stand now, and the bar does not say so: %q", w, got)
		}
	}
}

func TestLowCoverageIsPaintedForAttention(t *testing.T) {
	in := input(uitest.FinalFrame())
	attention := in.Theme.OnBar(theme.Attention, "89.9%")
	in.Snap.Universes[0].Pct = num.FigureFromFloat(89.9, 1)
	if got := header.Render(in, 160, 1)[0]; !strings.Contains(got, attention) {
		t.Errorf("89.9 %% coverage is not painted for attention: %q", got)
	}
	in.Snap.Universes[0].Pct = num.FigureFromFloat(90, 1)
	if got := header.Render(in, 160, 1)[0]; strings.Contains(got, in.Theme.OnBar(theme.Attention, "90.0%")) {
		t.Errorf("90 %% coverage is painted for attention: %q", got)
	}
}

func TestUnknownCoverageIsLeftOut(t *testing.T) {
	if got := line(t, input(uitest.Unknowns()), 160); strings.Contains(got, "coverage") {
		t.Errorf("no coverage is known, and the bar says %q", got)
	}
}
