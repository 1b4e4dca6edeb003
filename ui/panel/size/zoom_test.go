package size_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/panel/size"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// zoomed is the view without its colours.
func zoomed(in panel.Input, w, h int) string { return ansi.Strip(size.Zoom(in, w, h).String()) }

func TestEveryZoomedSizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		in.State.Stat = model.Statistic(w % model.StatCount)
		in.State.Zoom.Page = h % 4
		in.State.Zoom.Levels = w%2 == 0
		return size.Zoom(in, w, h)
	})
}

func TestLargeZoomedSizesAreExact(t *testing.T) {
	for _, snap := range uitest.All() {
		for _, dims := range [][2]int{{160, 48}, {200, 60}, {250, 80}, {250, 12}, {20, 80}} {
			uitest.Exact(t, size.Zoom(input(snap.Snap), dims[0], dims[1]), dims[0], dims[1])
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
				golden.RequireEqual(t, size.Zoom(in, s[0], s[1]).String())
			})
		}
	}
}

func TestASmallZoomIsThePanel(t *testing.T) {
	for _, dims := range [][2]int{{20, 5}, {40, 30}, {100, 10}} {
		in := input(uitest.FinalFrame())
		if got, want := size.Zoom(in, dims[0], dims[1]).String(), size.Render(in, dims[0], dims[1]).String(); got != want {
			t.Errorf("%v:\n%s\nwant\n%s", dims, got, want)
		}
	}
}

func TestNoLineForWhatIsNotKnown(t *testing.T) {
	snap := uitest.FinalFrame()
	spread := &snap.Size.Spread[session.Week]
	spread.SectorCI, spread.BetaGap, spread.BetaAdjusted = [2]num.Figure{}, num.Figure{}, num.Figure{}
	got := zoomed(input(snap), 120, 40)
	for _, line := range []string{"by whole sectors", "beta-adjusted"} {
		if strings.Contains(got, line) {
			t.Errorf("%q without a figure in\n%s", line, got)
		}
	}
}

func BenchmarkZoom(b *testing.B) {
	in := input(uitest.FinalFrame())
	in.Snap.Members = uitest.ManyMembers(2460)
	for b.Loop() {
		size.Zoom(in, 200, 60)
	}
}

func TestZoomShowsTheWholeWeek(t *testing.T) {
	whole := zoomed(input(uitest.FinalFrame()), 200, 60)
	got := squeezed(whole)
	for _, want := range []string{
		"z0 −2.1 rotation", "z −1.1 speeding up", "t (Welch) −4.1", "95 % interval −3.60 to −1.28 pp, bootstrap",
		"without 1 % tails −2.31 pp", "by whole sectors −3.31 to −1.42 pp", "beta-adjusted −2.30 pp · betas +0.08 apart", "members imply −1.64 % · printed −1.64 · +0.002 ok", "ranked by cap at the close of 21 Mar, the base",
		"Q4 − Q1 pp −2.44 −2.26 −2.19 −0.82", "Q4 − Q1 over 1W, before", "median −1.16, σ 1.16", "●−2.44",
		"Returns of the members over 1W", "<−15", "≥10", "Sectors by size, 1W mean", "Health care", "Who moves Q4", "Who moves Q1", "without the best",
		"Q4 − Q1 since 21 Mar, mean",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

// TestZoomCountsMembers checks the counted sections against a count by hand.
func TestZoomCountsMembers(t *testing.T) {
	snap := uitest.FinalFrame()
	var returns []num.Return
	for i := range snap.Members {
		if m := &snap.Members[i]; m.Quartile[session.Week] == 3 && m.HasReturn[session.Week] {
			returns = append(returns, m.Return[session.Week])
		}
	}
	slices.Sort(returns)
	gained := 0
	for _, r := range returns {
		if r >= 10*num.ReturnScale/100 {
			gained++
		}
	}
	whole := zoomed(input(snap), 200, 60)
	share := num.Share(gained, len(returns), 0).String() + "%"
	_, table, _ := strings.Cut(whole, "Returns of the members")
	rows := strings.Split(table, "\n")[1:7]
	found := false
	for _, row := range rows {
		if _, q4, ok := strings.Cut(row, "Q4 "); ok {
			bins := strings.Fields(strings.Split(q4, "│")[0])
			found = found || len(bins) >= 14 && bins[13] == share
		}
	}
	if !found {
		t.Errorf("not %s of Q4 gained 10 %% or more:\n%s", share, whole)
	}
	best := draw.SignedText(theme.New(theme.Options{}), num.Percent(returns[len(returns)-1]))
	worst := draw.SignedText(theme.New(theme.Options{}), num.Percent(returns[0]))
	if _, movers, _ := strings.Cut(whole, "Who moves Q4"); !strings.Contains(movers, best) || !strings.Contains(movers, worst) {
		t.Errorf("the best of Q4 is %s and the worst %s:\n%s", best, worst, whole)
	}
}

func TestZoomAsksForItsDetails(t *testing.T) {
	got := zoomed(input(uitest.Plain()), 120, 60)
	if n := strings.Count(got, "asking …"); n != 2 {
		t.Errorf("members and history are being asked for, said %d times:\n%s", n, got)
	}
	asked := uitest.Plain()
	asked.Query.Detail = model.DetailMembers | model.DetailHistory
	if got := zoomed(input(asked), 120, 60); strings.Contains(got, "asking") || !strings.Contains(got, "not in this dataset") {
		t.Errorf("asked for in vain:\n%s", got)
	}
}

func TestZoomSaysDoubt(t *testing.T) {
	got := zoomed(input(uitest.Stale()), 120, 60)
	if !strings.Contains(got, "mean ≠ median: they differ in sign") || !strings.Contains(got, "printed −1.64 · +0.520") || strings.Contains(got, "+0.520 ok") {
		t.Errorf("no doubt in\n%s", got)
	}
	if got := zoomed(input(uitest.LookAhead()), 120, 60); !strings.Contains(got, "now: a look ahead") {
		t.Errorf("a look ahead without a word:\n%s", got)
	}
}

func TestZoomedUnknownIsNeverZero(t *testing.T) {
	got := zoomed(input(uitest.Unknowns()), 200, 60)
	if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") {
		t.Errorf("unknown figures look like numbers:\n%s", got)
	}
}

// TestZoomSaysHowManySectorsAreLeftOut counts what is shown at every height.
func TestZoomSaysHowManySectorsAreLeftOut(t *testing.T) {
	snap := uitest.FinalFrame()
	sectors := model.SectorsBySize(snap.Members, session.Week)
	cut := false
	for h := 30; h <= 60; h++ {
		got := zoomed(input(snap), 200, h)
		_, table, shown := strings.Cut(got, "Sectors by size")
		if !shown {
			continue
		}
		rows := 0
		for _, s := range sectors {
			if name := say.SectorIn(theme.New(theme.Options{}), s.Sector, 12); strings.Contains(table, name[:min(len(name), 10)]) || strings.Contains(table, say.Sector(s.Sector)) {
				rows++
			}
		}
		more := 0
		if _, after, ok := strings.Cut(table, "… and "); ok {
			cut = true
			more, _ = strconv.Atoi(strings.Fields(after)[0])
		}
		if rows+more != len(sectors) {
			t.Errorf("%d rows and %d more of %d sectors at height %d:\n%s", rows, more, len(sectors), h, got)
		}
	}
	if !cut {
		t.Error("the table was never cut, so this test says nothing")
	}
}

// TestTheChosenBucketIsMarked moves the cursor: the bucket that enter opens is
// marked in both tables and at the end of its line.
func TestTheChosenBucketIsMarked(t *testing.T) {
	for row, want := range map[int]string{-1: "Q1", 0: "Q1", 1: "Q2", 3: "Q4", 9: "Q4"} {
		in := input(uitest.FinalFrame())
		in.State.Row = row
		got := zoomed(in, 120, 40)
		if n := strings.Count(got, "▶ "+want+" "); n != 2 || strings.Count(got, "▶") != n {
			t.Errorf("row %d: %s is marked %d times in\n%s", row, want, n, got)
		}
		if strings.Count(got, "◀"+want) != 1 || strings.Count(got, "◀") != 1 {
			t.Errorf("row %d: not the line of %s alone is marked in\n%s", row, want, got)
		}
	}
	if got := ansi.Strip(size.Render(input(uitest.FinalFrame()), 100, 36).String()); strings.ContainsAny(got, "▶◀") {
		t.Errorf("the panel of the dashboard has no cursor, and marks one in\n%s", got)
	}
}

// TestTheChosenLineIsInFront lets all lines run together: what is seen is the
// chosen one.
func TestTheChosenLineIsInFront(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.Theme = theme.New(theme.Options{Ground: theme.Mono, ASCII: true})
	curve := *in.Snap.Size.Curves[session.Week]
	curve.Lines = [][]float64{curve.Lines[0], curve.Lines[0], curve.Lines[0], curve.Lines[0]}
	in.Snap.Size.Curves[session.Week] = &curve
	for row, stroke := range []string{"*", "+", "o", "x"} {
		in.State.Row = row
		chart, _, _ := strings.Cut(zoomed(in, 120, 40), "By window")
		for i, other := range []string{"++++", "oooo", "xxxx", "****"} {
			if (other[:1] == stroke) != strings.Contains(chart, other) {
				t.Errorf("row %d, stroke %d:\n%s", row, i, chart)
			}
		}
	}
}
