package index_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/index"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// zoomed is the view without its colours.
func zoomed(in panel.Input, w, h int) string { return ansi.Strip(index.Zoom(in, w, h).String()) }

func TestEveryZoomedSizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Stat = model.Statistic(w % model.StatCount)
		in.State.Zoom.Page = h % 4
		in.State.Zoom.Levels = w%2 == 0
		return index.Zoom(in, w, h)
	})
}

func TestLargeZoomedSizesAreExact(t *testing.T) {
	for _, snap := range uitest.All() {
		for _, dims := range [][2]int{{160, 48}, {200, 60}, {250, 80}, {250, 12}, {20, 80}} {
			uitest.Exact(t, index.Zoom(input(snap.Snap), dims[0], dims[1]), dims[0], dims[1])
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
				golden.RequireEqual(t, index.Zoom(in, s[0], s[1]).String())
			})
		}
	}
}

func TestASmallZoomIsThePanel(t *testing.T) {
	for _, dims := range [][2]int{{20, 5}, {40, 30}, {100, 10}} {
		in := input(uitest.FinalFrame())
		if got, want := index.Zoom(in, dims[0], dims[1]).String(), index.Render(in, dims[0], dims[1]).String(); got != want {
			t.Errorf("%v:\n%s\nwant\n%s", dims, got, want)
		}
	}
}

func BenchmarkZoom(b *testing.B) {
	in := input(uitest.FinalFrame())
	in.Snap.Members = uitest.ManyMembers(2460)
	for b.Loop() {
		index.Zoom(in, 200, 60)
	}
}

func TestZoomShowsEveryWindow(t *testing.T) {
	whole := zoomed(input(uitest.FinalFrame()), 120, 40)
	got := strings.Join(strings.Fields(whole), " ")
	for _, want := range []string{
		"3M 27 Dec 2,244.59 −9.86 5,970.84 −6.53", "YTD 31 Dec 2,230.16 −9.28 5,881.63 −5.11",
		"1W −0.11 −0.11 −0.1 +0.2 no rotation", "YTD −4.16 −4.39 −1.1 −0.3 tilt", "ratio 0.3625",
		"open 2,063.31 5,679.20", "high 2,063.31 5,685.89", "low 2,013.00 5,572.42", "previous close 2,065.70 5,693.31",
		"to 20-day mean % −1.83 −1.45", "to 50-day mean % −7.29 −5.62", "weekly σ % 2.90 2.31",
		"third worst of 20 second worst of 20",
		"forecast 2,025 ●├", "below by 1.73", "31 Mar to 4 Apr · note", "to the low +0.09 % · to the high +4.29 %", "0.7 weekly σ",
		"R2000 relative to S&P", "28 Mar 08:30 Core PCE m/m 0.4% 0.3%",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

func TestZoomInLevels(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Window = session.Quarter
	percent := zoomed(in, 120, 40)
	in.State.Zoom.Levels = true
	levels := zoomed(in, 120, 40)
	if !strings.Contains(percent, "since 27 Dec, %") || strings.Contains(percent, "Russell 2000 2,023.27") {
		t.Errorf("not in percent:\n%s", percent)
	}
	if strings.Contains(levels, "27 Dec, %") || !strings.Contains(levels, "Russell 2000 2,023.27") || !strings.Contains(levels, "S&P 500 5,580.94") || !strings.Contains(levels, "6,000 ┼") {
		t.Errorf("not in levels:\n%s", levels)
	}
}

func TestZoomMarksNoEventBeforeItsBase(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Window = session.Day
	if got := zoomed(in, 120, 40); strings.Contains(got, "Consumer confidence") || !strings.Contains(got, "Core PCE") {
		t.Errorf("not the events of the day:\n%s", got)
	}
}

func TestZoomedUnknownIsNeverZero(t *testing.T) {
	got := zoomed(input(uitest.Unknowns()), 120, 40)
	if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}
