package history_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/history"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week}}
}

// text is the panel without its colours.
func text(snap *model.Snapshot, w, h int) string {
	return ansi.Strip(history.Render(input(snap), w, h).String())
}

// squeezed has single blanks only, so that tests name figures and not gaps.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Zoom.Page = h % 4
		return history.Render(in, w, h)
	})
}

func TestLargeSizesAreExact(t *testing.T) {
	for _, snap := range uitest.All() {
		for _, size := range [][2]int{{160, 48}, {200, 60}, {250, 80}, {250, 12}, {20, 80}} {
			uitest.Exact(t, history.Render(input(snap.Snap), size[0], size[1]), size[0], size[1])
		}
	}
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x20": {60, 20}, "20x5": {20, 5}, "120x40": {120, 40}}
	for dims, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+dims, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th, Focused: true, State: panel.State{Window: session.Week}}
				golden.RequireEqual(t, history.Render(in, s[0], s[1]).String())
			})
		}
	}
}

func TestShowsTheWeek(t *testing.T) {
	whole := text(uitest.FinalFrame(), 120, 40)
	got := squeezed(whole)
	for _, want := range []string{
		"53 = size 35 + lev micro 13 + lev R2000 5 + index 0",
		"z0 over time", "dashes at ±1.5: rotation",
		"size −2.44 −2.1 −1.1", "● LARGE+LEVERED", "now LARGE+LEVERED", "SMALL+UNLEVERED", "speculative growth", "quality", "reflation",
		"1W 53 35 13 5 0",
		"now LARGE+LEVERED into large into high debt",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

func TestEveryWeekHasItsQuarter(t *testing.T) {
	snap := uitest.FinalFrame()
	got := text(snap, 60, 75)
	grid, list, found := strings.Cut(got, "Intensity by window")
	if !found {
		t.Fatalf("no list in\n%s", got)
	}
	for _, r := range snap.Regimes[:len(snap.Regimes)-1] {
		text := r.Week.Time().Format("2 Jan")
		if onMap := strings.Contains(grid, text); onMap != (r.Name() != "") {
			t.Errorf("%s, which is %q, is on the map: %v\n%s", text, r.Name(), onMap, got)
		}
		if !strings.Contains(list, text) {
			t.Errorf("%s is not in the list\n%s", text, got)
		}
	}
	if !strings.Contains(list, "no side") {
		t.Errorf("a week without a side does not say so:\n%s", got)
	}
}

func TestPlaceAmongTheValuesBefore(t *testing.T) {
	snap := uitest.FinalFrame()
	past := &snap.History.Size[session.Week]
	past.On = past.On[:5]
	tests := map[string][]float64{
		"third lowest of 6":   {-4, -3, -2, -1, 0}, // −2.44
		"lowest of 6":         {-2, -1, 0, 1, 2},
		"highest of 6":        {-5, -4, -4, -3, -3},
		"second highest of 6": {-5, -4, -4, -3, 1},
	}
	for want, values := range tests {
		past.Spread = values
		if got := text(snap, 120, 40); !strings.Contains(got, want) {
			t.Errorf("%v: no %q in\n%s", values, want, got)
		}
	}
}

func TestTheLineEndsAtToday(t *testing.T) {
	snap := uitest.FinalFrame()
	with := text(snap, 120, 40)
	snap.Size.Spread[session.Week].Z0 = model.Spread{}.Z0
	if got := text(snap, 120, 40); got == with {
		t.Error("today's z0 is not on the chart")
	}
}

func TestSaysWhatIsMissing(t *testing.T) {
	got := text(uitest.Plain(), 120, 40)
	if n := strings.Count(got, "asking …"); n != 2 {
		t.Errorf("history and regimes are being asked for, said %d times:\n%s", n, got)
	}
	got = text(uitest.Unknowns(), 120, 40)
	if !strings.Contains(got, "n/a: no axis has enough history") || strings.Contains(got, "0.00") || strings.Contains(got, "= size") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(uitest.FinalFrame())
	for b.Loop() {
		history.Render(in, 120, 40)
	}
}
