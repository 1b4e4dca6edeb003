package leverage_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/leverage"
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
	return ansi.Strip(leverage.Render(in, w, h).String())
}

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Stat = model.Statistic(w % model.StatCount)
		return leverage.Render(in, w, h)
	})
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x12": {60, 12}, "40x6": {40, 6}, "76x26": {76, 26}}
	for size, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+size, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th, State: panel.State{Window: session.Week}}
				golden.RequireEqual(t, leverage.Render(in, s[0], s[1]).String())
			})
		}
	}
}

func TestShowsBothUniverses(t *testing.T) {
	got := text(uitest.FinalFrame(), session.Week, 76, 26)
	for _, want := range []string{
		"Russell 2000   −1.82   −2.20   −0.92   +0.90", "+1.5", "+1.81",
		"Micro caps     −3.40   −3.00   −1.10   +2.30", "+2.6", "+3.40",
		"H−L over 1W, pp", "out: 533 financials · 100 EV ≤ 0 · 41 no debt data", "filings 58 days old (median)", "1W · mean",
	} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestBarsHaveOneScale(t *testing.T) {
	bars := map[string]int{}
	for line := range strings.Lines(text(uitest.FinalFrame(), session.Week, 60, 12)) {
		if n := strings.Count(line, "━"); n > 0 {
			fields := strings.Fields(line)
			bars[fields[len(fields)-2]] = 2*n + strings.Count(line, "╸")
		}
	}
	longest := bars["−3.40"]
	for number, share := range map[string]float64{"−1.82": 1.82 / 3.40, "−0.92": 0.92 / 3.40, "−1.10": 1.10 / 3.40} {
		want := share * float64(longest)
		if got := float64(bars[number]); got < want-1 || got > want+1 {
			t.Errorf("bar of %s has %v half cells, want %.1f of %d", number, got, want, longest)
		}
	}
}

func TestWhatGoesWhenTheRoomShrinks(t *testing.T) {
	tests := []struct {
		name        string
		w, h        int
		want, never []string
	}{
		{"rows alone", 60, 4, []string{"+0.90", "+2.30"}, []string{"H−L", "out"}},
		{"then the heads", 60, 5, []string{"H−L"}, []string{"out"}},
		{"then who is out", 60, 6, []string{"H−L", "out: 533 financials"}, []string{"━ "}},
		{"then the bars", 60, 12, []string{"━", "out:"}, []string{"over 1W"}},
		{"then the chart", 60, 18, []string{"━", "H−L over 1W", "┼"}, nil},
		{"narrow: the spread stays", 24, 6, []string{"+0.90", "+2.30"}, []string{"neutral"}},
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

func TestSaysWhenFinancialsTakePart(t *testing.T) {
	if got := text(uitest.LookAhead(), session.Week, 76, 12); !strings.Contains(got, "with financials") {
		t.Errorf("financials are in without a word:\n%s", got)
	}
}

func TestFollowsTheChosenStatistic(t *testing.T) {
	snap := uitest.FinalFrame()
	group := &snap.Leverage[0].Buckets[0].Groups[session.Week]
	group.Return[model.Median] = num.NewFigure(group.Return[model.Median].Decimal().Neg(), 2)
	in := input(snap)
	in.State.Stat = model.Median
	if got := ansi.Strip(leverage.Render(in, 60, 12).String()); !strings.Contains(got, "+1.82") || !strings.Contains(got, "median") {
		t.Errorf("the median is not shown:\n%s", got)
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	got := text(uitest.Unknowns(), session.Week, 76, 26)
	if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") || strings.Contains(got, "━") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(uitest.FinalFrame())
	for b.Loop() {
		leverage.Render(in, 60, 20)
	}
}
