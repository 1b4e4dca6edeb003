package size_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/size"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week}}
}

// text is the panel without its colours.
func text(snap *model.Snapshot, window session.Window, w, h int) string {
	in := input(snap)
	in.State.Window = window
	return ansi.Strip(size.Render(in, w, h).String())
}

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Stat = model.Statistic(w % model.StatCount)
		return size.Render(in, w, h)
	})
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x17": {60, 17}, "40x9": {40, 9}, "100x36": {100, 36}}
	for dims, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+dims, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th}
				in.State.Window = session.Quarter
				golden.RequireEqual(t, size.Render(in, s[0], s[1]).String())
			})
		}
	}
}

// squeezed has single blanks only, so that tests name figures and not gaps.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestShowsTheWeek(t *testing.T) {
	got := squeezed(text(uitest.FinalFrame(), session.Week, 100, 40))
	for _, want := range []string{
		"Q1 large −1.68 ≠+0.35 −4.25 −4.25 −3.19 −2.75 49% 71% 33% 490",
		"Q4 small −2.10 −2.09 −8.95 −8.95 −19.08 −18.58 36% 4% 9% 490",
		"Q4 − Q1 pp −0.42 −2.44 −4.70 −4.70 −15.89 −15.83 95 % −3.60 to −1.28",
		"1W z0 −2.1 rotation · z −1.1 speeding up · t −4.1 · 60 spreads before",
		"members reconcile with the index: +0.002 pp · implied −1.64 · printed −1.64",
		"without the top and bottom 1 % of names −2.31 pp",
		"Q1 large +0.35 −0.05 −0.08 −1.24 490 12 9",
		"1W · mean · ranked 21 Mar",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, text(uitest.FinalFrame(), session.Week, 100, 40))
		}
	}
}

func TestFollowsTheChosenStatistic(t *testing.T) {
	want := map[model.Statistic]string{
		model.Mean: "−2.44", model.Median: "−2.26", model.Trimmed: "−2.19", model.CapWeighted: "−0.82",
	}
	for stat, spread := range want {
		in := input(uitest.FinalFrame())
		in.State.Stat = stat
		if got := squeezed(ansi.Strip(size.Render(in, 60, 17).String())); !strings.Contains(got, "Q4 − Q1 pp −0.42 "+spread) {
			t.Errorf("statistic %d does not show %s:\n%s", stat, spread, got)
		}
	}
}

func TestLookAheadIsBadged(t *testing.T) {
	for _, w := range []int{40, 60, 100} {
		in := input(uitest.LookAhead())
		got := size.Render(in, w, 17)
		if badge := in.Theme.Paint(theme.Attention, "LOOK-AHEAD"); !strings.Contains(got[0], badge) {
			t.Errorf("no badge at width %d: %s", w, ansi.Strip(got[0]))
		}
	}
	if got := text(uitest.FinalFrame(), session.Week, 100, 17); strings.Contains(got, "LOOK") {
		t.Error("a badge without a look ahead")
	}
}

func TestTwoHalves(t *testing.T) {
	got := text(uitest.LookAhead(), session.Week, 60, 17)
	for _, want := range []string{"Size halves", "H1 large", "H2 small", "H2 − H1 pp"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestDoubtIsSaid(t *testing.T) {
	got := text(uitest.Stale(), session.Week, 100, 30)
	for _, want := range []string{"≠−2.44", "mean ≠ median", "members do not add up to the index: +0.520 pp", "no claim"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestWhatGoesWhenTheRoomShrinks(t *testing.T) {
	tests := []struct {
		name        string
		w, h        int
		want, never []string
	}{
		{"rows and spread", 60, 7, []string{"Q1", "Q4 − Q1 pp"}, []string{" 1M", "z0"}},
		{"then the heads", 60, 8, []string{" 1M", "up"}, []string{"z0"}},
		{"then words, no chart of four rows", 60, 12, []string{"z0", "reconcile"}, []string{"┼"}},
		{"then the chart", 60, 17, []string{"┼"}, []string{"z0"}},
		{"then words under the chart", 60, 19, []string{"┼", "z0"}, []string{"reconcile"}},
		{"tall: all of it", 100, 40, []string{"┼", "z0", "reconcile", "top and bottom", "by statistic"}, nil},
		{"narrow: the chosen window stays", 24, 8, []string{"−2.44"}, []string{"−4.70"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := text(uitest.FinalFrame(), session.Week, tt.w, tt.h)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, never := range tt.never {
				if strings.Contains(got, never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	got := text(uitest.Unknowns(), session.Week, 100, 40)
	if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") || !strings.Contains(got, "no history for this window") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}

func TestTooFewNames(t *testing.T) {
	if got := text(uitest.Empty(), session.Week, 60, 17); !strings.Contains(got, "fewer than 20 names") {
		t.Errorf("no reason for the empty panel:\n%s", got)
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(uitest.FinalFrame())
	for b.Loop() {
		size.Render(in, 60, 17)
	}
}
