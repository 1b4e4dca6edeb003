package verdict_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/verdict"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week}}
}

// lines are the lines drawn, without colours and blanks at both ends.
func lines(t *testing.T, in panel.Input, w, h int) []string {
	t.Helper()
	block := verdict.Render(in, w, h)
	if len(block) != h {
		t.Fatalf("%d lines, want %d", len(block), h)
	}
	texts := make([]string, h)
	for i, l := range block {
		if draw.Width(l) != w {
			t.Fatalf("line %d is %d cells wide, want %d", i, draw.Width(l), w)
		}
		texts[i] = strings.TrimSpace(ansi.Strip(l))
	}
	return texts
}

// words is a line with single blanks.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func with(change func(*model.Verdict)) panel.Input {
	s := uitest.FinalFrame()
	change(&s.Verdicts[session.Week])
	return input(s)
}

func TestVerdictInWords(t *testing.T) {
	cases := map[string]struct {
		in   panel.Input
		want string
	}{
		"rotation": {
			input(uitest.FinalFrame()),
			"1W Into large caps, into high debt/EV (micro caps more) size z0 −2.1σ ●●●● sure R2000−S&P: no rotation, −0.11 pp",
		},
		"tilt": {
			with(func(v *model.Verdict) {
				v.Size.State, v.Leverage.State, v.MicroMore = model.StateTilt, model.StateNone, false
			}),
			"1W Tilting into large caps, no rotation in debt/EV size z0 −2.1σ ●●●● sure R2000−S&P: no rotation, −0.11 pp",
		},
		"a long sentence keeps the indices": {
			with(func(v *model.Verdict) { v.Size.State, v.Leverage.State = model.StateTilt, model.StateTilt }),
			"1W Tilting into large caps and into high debt/EV (micro caps more) size z0 −2.1σ ●●●● sure R2000−S&P −0.11 pp",
		},
		"extreme, the other way": {
			with(func(v *model.Verdict) {
				v.Size.State, v.Size.Sign, v.Leverage.Sign, v.MicroMore = model.StateExtreme, 1, -1, false
			}),
			"1W EXTREME: into small caps, into low debt/EV size z0 −2.1σ ●●●● sure R2000−S&P: no rotation, −0.11 pp",
		},
		"none": {
			with(func(v *model.Verdict) {
				*v = model.Verdict{Size: model.AxisVerdict{State: model.StateNone}, Leverage: model.AxisVerdict{State: model.StateNone}}
			}),
			"1W No rotation in size or debt/EV size z0 n/a ○○○○ unsupported R2000−S&P: no rotation, −0.11 pp",
		},
		"leverage alone has no history": {
			with(func(v *model.Verdict) {
				v.Leverage.State, v.MicroMore, v.Dots = model.StateNA, false, model.Dots{Covered: true}
			}),
			"1W Into large caps, no claim on debt/EV size z0 −2.1σ, speeding up ●○○○ weak R2000−S&P: no rotation, −0.11 pp",
		},
		"nothing claimed, nothing more of it": {
			with(func(v *model.Verdict) { v.Size.State, v.Leverage.State = model.StateNone, model.StateNone }),
			"1W No rotation in size or debt/EV size z0 −2.1σ, speeding up ●●●● sure R2000−S&P: no rotation, −0.11 pp",
		},
		"no members": {input(withoutMembers()), "1W verdict withheld: this dataset has no members with a price"},
		"withheld":   {input(uitest.Stale()), "1W verdict withheld: coverage 62.0 %, below 80 %"},
		"no claim": {
			with(func(v *model.Verdict) { *v = model.Verdict{} }),
			"1W no verdict: not enough history to compare with small minus large −2.44 pp, high minus low debt/EV +0.90 pp",
		},
		"no claim and no figures": {
			input(uitest.Empty()), "1W no verdict: not enough history to compare with small minus large n/a, high minus low debt/EV n/a",
		},
		"no prices": {input(nil), "waiting for the first prices"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := words(lines(t, c.in, 120, 1)[0]); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestDotsInAWord(t *testing.T) {
	for lit, want := range []string{"○○○○ unsupported", "●○○○ weak", "●●○○ unsure", "●●●○ fairly sure", "●●●● sure"} {
		in := with(func(v *model.Verdict) {
			v.Dots = model.Dots{CIExcludesZero: lit > 0, SignsAgree: lit > 1, Covered: lit > 2, Unusual: lit > 3}
		})
		if got := lines(t, in, 120, 1)[0]; !strings.Contains(got, want) {
			t.Errorf("%d dots: %q does not say %q", lit, got, want)
		}
	}
}

func TestThreeLinesHaveOneAxisEach(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 100, 3)
	wants := []string{
		"1W Into large caps −2.44 pp z0 −2.1σ, speeding up ●●●● sure",
		"Into high debt/EV +2.30 pp in micro caps, more than in the R2000 z0 +1.9σ, speeding up",
		"R2000−S&P: no rotation, −0.11 pp size speeding up",
	}
	for i, want := range wants {
		if words(got[i]) != want {
			t.Errorf("line %d: got  %q\n        want %q", i, words(got[i]), want)
		}
	}
}

func TestTwoLinesHaveTheIndicesBelow(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 80, 2)
	wants := []string{
		"1W Into large caps, into high debt/EV (micro caps more) z0 −2.1σ ●●●● sure",
		"R2000−S&P: no rotation, −0.11 pp size speeding up",
	}
	for i, want := range wants {
		if words(got[i]) != want {
			t.Errorf("line %d: got  %q\n        want %q", i, words(got[i]), want)
		}
	}
}

// TestALongVerdictKeepsItsDots is a verdict that does not fit in words: what it
// rests on stays.
func TestALongVerdictKeepsItsDots(t *testing.T) {
	in := with(func(v *model.Verdict) { v.Size.State, v.Leverage.State = model.StateTilt, model.StateTilt })
	for w, want := range map[int]string{
		60: "1W large −2.44 pp, high debt +2.30 z0 −2.1σ ●●●●",
		40: "1W large −2.44 pp, high debt +2.30",
	} {
		if got := words(lines(t, in, w, 2)[0]); got != want {
			t.Errorf("%d cells: got  %q\n        want %q", w, got, want)
		}
	}
}

func TestARefusalFitsEverywhere(t *testing.T) {
	for w, want := range map[int]string{
		60: "1W verdict withheld: coverage 62.0 %, below 80 %",
		40: "1W verdict withheld: coverage 62.0 %",
		24: "1W withheld, 62.0 %",
		14: "1W withheld",
	} {
		if got := words(lines(t, input(uitest.Stale()), w, 1)[0]); got != want {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
	for h := 1; h <= 3; h++ {
		for _, l := range lines(t, input(uitest.Stale()), 120, h) {
			if strings.Contains(l, "caps") || strings.Contains(l, "debt") {
				t.Errorf("a verdict that is withheld says %q", l)
			}
		}
	}
}

func TestStatesWithoutAClaimSayNoDirection(t *testing.T) {
	in := with(func(v *model.Verdict) { v.Size.State, v.Leverage.State = model.StateNone, model.StateNA })
	for _, w := range []int{120, 60, 30, 12} {
		got := lines(t, in, w, 1)[0]
		for _, claim := range []string{"large", "small", "high", "low"} {
			if strings.Contains(got, claim) {
				t.Errorf("%d cells: no axis claims anything, and %q says %s", w, got, claim)
			}
		}
	}
}

func TestEveryWidthSaysWhoLeads(t *testing.T) {
	for w := 5; w <= 200; w++ {
		if got := lines(t, input(uitest.FinalFrame()), w, 1)[0]; !strings.Contains(got, "large") {
			t.Errorf("%d cells: %q does not say that large caps lead", w, got)
		}
	}
	for w := 11; w < 44; w++ {
		if got := lines(t, input(uitest.FinalFrame()), w, 1)[0]; !strings.Contains(got, "−2.44") {
			t.Errorf("%d cells: %q does not say by how much", w, got)
		}
	}
}

func TestLookAheadIsSaidAtEveryWidth(t *testing.T) {
	for w := 6; w <= 200; w++ {
		got := lines(t, input(uitest.LookAhead()), w, 1)[0]
		if !strings.Contains(got, "LOOK-AHEAD") && !strings.Contains(got, "large!") {
			t.Errorf("%d cells: %q does not warn of the look ahead", w, got)
		}
	}
}

func TestTheStatisticChangesTheAmount(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Stat = model.Median
	want := draw.SignedText(in.Theme, in.Snap.Size.Spread[session.Week].Return[model.Median])
	if got := lines(t, in, 24, 1)[0]; !strings.Contains(got, want) {
		t.Errorf("%q does not give the medians' spread %s", got, want)
	}
}

func TestMeanAndMedianThatDifferAreSaidToDiffer(t *testing.T) {
	in := with(func(v *model.Verdict) { v.Size.Differ = true })
	if got := lines(t, in, 120, 3)[0]; !strings.Contains(got, "mean and median differ") {
		t.Errorf("%q does not say that mean and median differ", got)
	}
}

func TestUnknownFiguresAreNeverZero(t *testing.T) {
	s := uitest.FinalFrame()
	s.Verdicts[session.Week].Size.Z0 = num.Figure{}
	s.Pair.Spread[session.Week] = num.Figure{}
	s.Size.Spread[session.Week].Return = model.PerStat{}
	for _, size := range [][2]int{{120, 1}, {24, 1}, {100, 3}} {
		text := strings.Join(lines(t, input(s), size[0], size[1]), " ")
		if !strings.Contains(text, draw.Unknown) || strings.Contains(text, " 0") {
			t.Errorf("%v: %q", size, text)
		}
	}
}

// withoutMembers is a dataset that has none: the verdict is withheld, and there
// is no coverage to name.
func withoutMembers() *model.Snapshot {
	s := uitest.FinalFrame()
	for w := range s.Verdicts {
		s.Verdicts[w] = model.Verdict{Withheld: true}
	}
	return s
}
