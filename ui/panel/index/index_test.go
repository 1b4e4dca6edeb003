package index_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/index"
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
	return ansi.Strip(index.Render(in, w, h).String())
}

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Window = session.Window((w + h) % session.WindowCount)
		return index.Render(in, w, h)
	})
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x17": {60, 17}, "40x9": {40, 9}, "96x30": {96, 30}}
	for size, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+size, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th}
				in.State.Window, in.Focused = session.Quarter, true
				golden.RequireEqual(t, index.Render(in, s[0], s[1]).String())
			})
		}
	}
}

func TestShowsTheDay(t *testing.T) {
	got := text(uitest.FinalFrame(), session.Week, 60, 17)
	for _, want := range []string{
		"2,023.27", "−2.05", "−1.64", "−9.28", "5,580.94", "−1.97", "−1.53", "−5.11",
		"third worst day of March", "R2000/S&P 0.3625, 1W −0.11 %", "2,025 ●├", "┤ 2,110", "below by 1.73 (−0.09 %)", "since 21 Mar, %",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestRankInWords(t *testing.T) {
	tests := map[string]struct {
		today       string
		rank, days  int
		phase       session.Phase
		want, never string
	}{
		"worst, still trading":  {"down", 1, 20, session.Open, "worst day of March so far", ""},
		"worst, closed":         {"down", 1, 20, session.Post, "worst day of March", "so far"},
		"second worst":          {"down", 2, 20, session.Post, "second worst day of March", ""},
		"best":                  {"up", 20, 20, session.Post, "best day of March", ""},
		"third best":            {"up", 18, 20, session.Post, "third best day of March", ""},
		"in the middle":         {"down", 9, 20, session.Post, "", "day of March"},
		"up, but low in rank":   {"up", 2, 20, session.Post, "", "day of March"},
		"first day, no compare": {"down", 1, 1, session.Post, "", "day of March"},
		"no rank":               {"down", 0, 0, session.Post, "", "day of March"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			snap := uitest.FinalFrame()
			first := &snap.Indices[0]
			first.MonthRank, first.MonthDays, snap.Clock.Phase = tt.rank, tt.days, tt.phase
			if tt.today == "up" {
				first.Returns[session.Day] = first.Range.ToHighPct
			}
			got := text(snap, session.Week, 60, 17)
			if !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
			if tt.never != "" && strings.Contains(got, tt.never) {
				t.Errorf("%q in\n%s", tt.never, got)
			}
		})
	}
}

func TestPlaceInTheRange(t *testing.T) {
	tests := map[string]struct {
		change func(r *model.RangePlace)
		want   string
	}{
		"below":  {func(*model.RangePlace) {}, "●├"},
		"above":  {func(r *model.RangePlace) { r.State = model.RangeAbove }, "┤● 2,110  above by 1.73"},
		"middle": {func(r *model.RangePlace) { r.State, r.Place = model.RangeInside, figure(t, "0.50") }, "─●─"},
		"near low": {func(r *model.RangePlace) {
			r.State, r.Place = model.RangeInside, figure(t, "0.02")
		}, "├●─"},
		"place unknown": {func(r *model.RangePlace) { *r = model.RangePlace{Low: r.Low, High: r.High} }, "├──"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			snap := uitest.FinalFrame()
			tt.change(snap.Indices[0].Range)
			if got := text(snap, session.Week, 66, 17); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
		})
	}
}

func TestWhatGoesWhenTheRoomShrinks(t *testing.T) {
	snap := uitest.FinalFrame()
	tests := []struct {
		name        string
		w, h        int
		want, never []string
	}{
		{"one line keeps the first index", 60, 1, []string{"2,023.27", "1W −1.64"}, []string{"S&P"}},
		{"two rows without heads", 60, 4, []string{"1W −1.64", "1W −1.53"}, []string{"forecast"}},
		{"then the range", 60, 5, []string{"forecast 2,025"}, []string{"March"}},
		{"then the heads", 60, 6, []string{"forecast", " 1W "}, []string{"March"}},
		{"then the words, no chart of four lines", 60, 10, []string{"third worst", "2,013.00 to 2,063.31"}, []string{"┼"}},
		{"the chart before the words", 60, 11, []string{"┼", "Fri 28", "forecast"}, []string{"third worst"}},
		{"then both", 60, 12, []string{"third worst", "┼", "Fri 28"}, []string{"2,013.00"}},
		{"narrow: the chosen window stays", 30, 9, []string{"R2000", "2,023.27", "−1.64"}, []string{"−9.28"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := text(snap, session.Week, tt.w, tt.h)
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

func TestMarksWhatIsNotFinal(t *testing.T) {
	snap := uitest.FinalFrame()
	snap.Indices[0].Official, snap.Indices[0].Prelim = false, true
	if got := text(snap, session.Week, 60, 17); !strings.Contains(got, "2,023.27  p") || !strings.Contains(got, "before the official close") {
		t.Errorf("no mark of a preliminary level:\n%s", got)
	}
	if got := text(uitest.Stale(), session.Week, 60, 17); !strings.Contains(got, "2,023.27  ~") || !strings.Contains(got, "~ as of 11:19") {
		t.Errorf("no mark of an old level:\n%s", got)
	}
}

// Data that are late by declaration are not old for that.
func TestALevelOfDelayedDataIsNotOld(t *testing.T) {
	const delay = 15 * time.Minute
	for age, old := range map[time.Duration]bool{delay: false, delay + time.Minute: false, delay + 3*time.Minute: true} {
		snap := uitest.Stale()
		snap.Mode, snap.Feed = model.ModeDelayed, model.Feed{Phase: model.FeedOK, Delay: delay}
		for i := range snap.Indices {
			snap.Indices[i].At = snap.AsOf.Add(-age)
		}
		if got := text(snap, session.Week, 60, 17); strings.Contains(got, "~") != old {
			t.Errorf("a level that is %s old and %s late by declaration:\n%s", age, delay, got)
		}
	}
}

// A feed of stocks may have no levels of indices: the last close is shown as what
// it is.
func TestTheLastCloseIsShownWhereThereIsNoLevel(t *testing.T) {
	snap := uitest.Stale()
	snap.Feed = model.Feed{Phase: model.FeedOK}
	for i := range snap.Indices {
		x := &snap.Indices[i]
		x.At, x.Level, x.Change, x.Returns = time.Time{}, num.Figure{}, num.Figure{}, model.PerWindow[num.Figure]{}
	}
	got := text(snap, session.Week, 60, 17)
	if !strings.Contains(got, "2,065.70  ~") || !strings.Contains(got, "n/a") || !strings.Contains(got, "~ close of 27 Mar") {
		t.Errorf("it is not said to be the last close:\n%s", got)
	}
}

func TestOneIndexIsDrawnInLevels(t *testing.T) {
	snap := uitest.FinalFrame()
	snap.Indices = snap.Indices[:1]
	got := text(snap, session.Quarter, 60, 24)
	if strings.Contains(got, ", %") || !strings.Contains(got, "2,000 ┤") {
		t.Errorf("the axis does not show levels:\n%s", got)
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	for _, snap := range []*model.Snapshot{uitest.Unknowns(), {Indices: []model.Index{{Symbol: "RUT"}}}} {
		got := text(snap, session.Week, 60, 17)
		if !strings.Contains(got, draw.Unknown) || strings.Contains(got, "0.00") {
			t.Errorf("unknown figures look like numbers:\n%s", got)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(uitest.FinalFrame())
	in.State.Window = session.Quarter
	for b.Loop() {
		index.Render(in, 60, 17)
	}
}

func figure(t *testing.T, s string) num.Figure {
	t.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return num.NewFigure(d, 2)
}
