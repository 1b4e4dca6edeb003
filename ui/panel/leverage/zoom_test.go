package leverage_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/leverage"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// zoomed is the view without its colours.
func zoomed(in panel.Input, w, h int) string { return ansi.Strip(leverage.Zoom(in, w, h).String()) }

func TestEveryZoomedSizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Stat = model.Statistic(w % model.StatCount)
		in.State.Zoom.Page = h % 4
		in.State.Zoom.Levels = w%2 == 0
		return leverage.Zoom(in, w, h)
	})
}

func TestLargeZoomedSizesAreExact(t *testing.T) {
	for _, snap := range uitest.All() {
		for _, dims := range [][2]int{{160, 48}, {200, 60}, {250, 80}, {250, 12}, {20, 80}} {
			uitest.Exact(t, leverage.Zoom(input(snap.Snap), dims[0], dims[1]), dims[0], dims[1])
		}
	}
}

func TestZoomGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x20": {60, 20}, "120x40": {120, 40}, "200x60": {200, 60}}
	for dims, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+dims, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th, Focused: true, State: panel.State{Window: session.Week}}
				golden.RequireEqual(t, leverage.Zoom(in, s[0], s[1]).String())
			})
		}
	}
}

func TestASmallZoomIsThePanel(t *testing.T) {
	for _, dims := range [][2]int{{20, 5}, {40, 30}, {100, 10}} {
		in := input(uitest.FinalFrame())
		if got, want := leverage.Zoom(in, dims[0], dims[1]).String(), leverage.Render(in, dims[0], dims[1]).String(); got != want {
			t.Errorf("%v:\n%s\nwant\n%s", dims, got, want)
		}
	}
}

func BenchmarkZoom(b *testing.B) {
	in := input(uitest.FinalFrame())
	in.Snap.Members = uitest.ManyMembers(2460)
	for b.Loop() {
		leverage.Zoom(in, 200, 60)
	}
}

func TestZoomShowsBothUniverses(t *testing.T) {
	whole := zoomed(input(uitest.FinalFrame()), 120, 44)
	got := strings.Join(strings.Fields(whole), " ")
	for _, want := range []string{
		"H−L since 21 Mar, pp", "3M +1.40 +1.81 +1.4 +3.90 +3.40 +1.4", "1W +0.90 +1.81 +1.4 +2.30 +3.40 +1.4",
		"raw pp +0.90 +2.30", "sector-neutral pp +1.81 +3.40", "t (Welch) +1.5 +2.6", "95 % interval +0.12 to +4.40 +0.12 to +4.40",
		"R2000 low −1.82", "high −0.92", "Micro low −3.40",
		"financials and real estate 533 369", "no filing, or debt not given 41 37", "newest filing over 400 days old 9 11",
		"cash above cap and debt: EV ≤ 0 100 85", "kept, filing over 200 days old 22 30", "median age of filings, days 58 58",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

func TestZoomShowsThePast(t *testing.T) {
	got := zoomed(input(uitest.FinalFrame()), 200, 60)
	for _, want := range []string{"R2000 H−L over 1W, before", "Micro H−L over 1W, before", "●+0.90", "●+2.30", "EV = market cap + debt"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := zoomed(input(uitest.Plain()), 200, 60); strings.Count(got, "asking …") != 2 {
		t.Errorf("both pasts are being asked for:\n%s", got)
	}
}

func TestZoomSaysWhenFinancialsTakePart(t *testing.T) {
	if got := zoomed(input(uitest.LookAhead()), 120, 44); !strings.Contains(got, "financials take part") {
		t.Errorf("financials are in without a word:\n%s", got)
	}
}

func TestZoomedUnknownIsNeverZero(t *testing.T) {
	got := zoomed(input(uitest.Unknowns()), 200, 60)
	if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}
