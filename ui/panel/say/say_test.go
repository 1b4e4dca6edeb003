package say_test

import (
	"slices"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{
		1: "", 2: "second ", 3: "third ", 10: "tenth ", 11: "11th ", 12: "12th ", 13: "13th ", 21: "21st ", 22: "22nd ", 23: "23rd ", 111: "111th ", 0: "0th ",
	} {
		if got := say.Ordinal(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestChosenWindowStaysLongest(t *testing.T) {
	for _, chosen := range session.Windows() {
		var ranks []int
		for _, w := range session.Windows() {
			rank := say.WindowRank(w, chosen)
			if w == chosen && rank != 1 || w != chosen && rank <= 1 {
				t.Errorf("with %v chosen, %v has rank %d", chosen, w, rank)
			}
			ranks = append(ranks, rank)
		}
		slices.Sort(ranks)
		if len(slices.Compact(ranks)) != session.WindowCount {
			t.Errorf("with %v chosen, two windows have one rank", chosen)
		}
	}
}

func TestChosenHeadStandsOut(t *testing.T) {
	if got := say.WindowHead(session.Week, session.Week); got != (draw.Cell{Text: "1W", Role: theme.AccentStrong}) {
		t.Errorf("the chosen head is %v", got)
	}
	if got := say.WindowHead(session.Day, session.Week); got != (draw.Cell{Text: "1D", Role: theme.Dim}) {
		t.Errorf("another head is %v", got)
	}
}

func TestWhatIsNoChoice(t *testing.T) {
	if got := say.Chosen(session.Window(99)); got != session.Week {
		t.Errorf("window 99 shows %v", got)
	}
	if got := say.ChosenStat(model.Statistic(99)); got != model.Mean {
		t.Errorf("statistic 99 shows %v", got)
	}
}

func TestNames(t *testing.T) {
	snap := uitest.FinalFrame()
	tests := []struct{ got, want string }{
		{say.Universe(snap, "RUT"), "Russell 2000"},
		{say.Universe(snap, "RMICRO"), "Micro caps"},
		{say.Universe(&model.Snapshot{}, "RUT"), "Russell 2000"},
		{say.Universe(snap, "XYZ"), "XYZ"},
		{say.Short("RUT"), "R2000"},
		{say.Short("SPX"), "S&P"},
		{say.Short("RMICRO"), "Micro"},
		{say.Short("NDX"), "NDX"},
		{say.Day(session.NewDate(2025, time.March, 3)), "3 Mar"},
		{say.Day(0), ""},
		{say.Stat(model.Mean), "mean"},
		{say.Stat(model.Median), "median"},
		{say.Stat(model.Trimmed), "trimmed mean"},
		{say.Stat(model.CapWeighted), "cap-weighted"},
		{say.State(model.StateNA), "no claim"},
		{say.State(model.StateNone), "no rotation"},
		{say.State(model.StateTilt), "tilt"},
		{say.State(model.StateRotation), "rotation"},
		{say.State(model.StateExtreme), "extreme"},
		{say.Trend(model.TrendNone), ""},
		{say.Trend(model.TrendContinuing), "continuing"},
		{say.Trend(model.TrendSpeedingUp), "speeding up"},
		{say.Trend(model.TrendFading), "fading"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestLineLosesItsEndFirst(t *testing.T) {
	th := theme.New(theme.Options{})
	for w, want := range map[int]string{
		40: "first · second · third", 22: "first · second · third", 21: "first · second", 13: "first", 5: "first", 4: "fir…", 0: "",
	} {
		if got := ansi.Strip(say.Line(th, w, "first", "", th.Paint(theme.Up, "second"), "third")); got != want {
			t.Errorf("in %d cells: %q, want %q", w, got, want)
		}
	}
}

func TestLineNeverGrowsTooLong(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.StringMatching(`[ -~日経−]{0,12}`)).Draw(t, "parts")
		w := rapid.IntRange(0, 40).Draw(t, "w")
		if got := draw.Width(say.Line(th, w, parts...)); got > w {
			t.Fatalf("%d cells in %d", got, w)
		}
	})
}

func TestPick(t *testing.T) {
	for w, want := range map[int]string{9: "long text", 8: "short", 5: "short", 4: "x", 0: "x"} {
		if got := say.Pick(w, "long text", "short", "x"); got != want {
			t.Errorf("in %d cells: %q, want %q", w, got, want)
		}
	}
	if got := say.Pick(5); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

func TestMarksAreThePastAndImportant(t *testing.T) {
	snap := uitest.FinalFrame()
	var want []time.Time
	for _, entry := range snap.Calendar {
		if entry.Importance == 3 && !entry.At.After(snap.AsOf) {
			want = append(want, entry.At)
		}
	}
	var got []time.Time
	for _, mark := range say.Marks(theme.New(theme.Options{}), snap) {
		got = append(got, mark.At)
	}
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("marks at %v, want %v", got, want)
	}
}
