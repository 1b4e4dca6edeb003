package model

import (
	"strings"
	"testing"
	"unicode"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// pct is a printed percentage.
func pct(s string) num.Figure { return num.NewFigure(decimal.RequireFromString(s), 2) }

// spreadOf is a spread with its interval.
func spreadOf(mean, low, high string) Spread {
	s := Spread{CI: [2]num.Figure{pct(low), pct(high)}}
	s.Return[Mean] = pct(mean)
	return s
}

// fridaysVerdict is the week to 28 March 2025 as the note tells it.
func fridaysVerdict() judgeInput {
	rut, micro := Leverage{Universe: "RUT"}, Leverage{Universe: "RMICRO"}
	rut.Spread[session.Week] = spreadOf("0.90", "-0.20", "2.00")
	micro.Spread[session.Week] = spreadOf("2.30", "0.50", "4.10")
	in := judgeInput{
		window: session.Week, size: spreadOf("-2.44", "-3.60", "-1.28"), sizeZ0: -2.1, sizeKnown: true,
		leverage: []Leverage{rut, micro}, levZ0: []float64{0.4, 0.9}, levKnown: []bool{true, true},
		coveragePct: 97.04,
	}
	in.size.Z0 = num.FigureFromFloat(-2.1, 1)
	in.coverage = num.FigureFromFloat(97.0, 1)
	return in
}

func TestVerdictOfTheNotesWeek(t *testing.T) {
	t.Parallel()
	v := judge(fridaysVerdict())
	if v.State != StateRotation || v.Size.State != StateRotation || v.Size.Sign != -1 {
		t.Errorf("size: %+v", v.Size)
	}
	if v.Leverage.State != StateTilt || v.Leverage.Sign != 1 || v.LeverageIn != "RMICRO" || !v.MicroMore {
		t.Errorf("leverage: %+v in %s", v.Leverage, v.LeverageIn)
	}
	if v.Dots.Count() != 4 {
		t.Errorf("dots: %+v", v.Dots)
	}
	const want = "1W ROTATION: INTO LARGE, INTO HIGH DEBT/EV (micro>R2000) | z0 -2.1 | coverage 97.0 %"
	if v.Text != want {
		t.Errorf("%q\nwant %q", v.Text, want)
	}
}

func TestVerdictStates(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*judgeInput)
		state  AxisState // of size
		dots   int
	}{
		"below a tilt":          {func(in *judgeInput) { in.sizeZ0 = -0.74 }, StateNone, 3},
		"a tilt":                {func(in *judgeInput) { in.sizeZ0 = -0.75 }, StateTilt, 3},
		"a rotation":            {func(in *judgeInput) { in.sizeZ0 = 1.5 }, StateRotation, 4},
		"an extreme":            {func(in *judgeInput) { in.sizeZ0 = 3 }, StateExtreme, 4},
		"mean and median part":  {func(in *judgeInput) { in.sizeZ0, in.size.Differ = -5, true }, StateTilt, 3},
		"the interval has zero": {func(in *judgeInput) { in.size.CI[1] = num.FigureFromFloat(0.3, 2) }, StateTilt, 3},
		"no history":            {func(in *judgeInput) { in.sizeKnown = false }, StateNA, 3},
		"coverage under 90 %":   {func(in *judgeInput) { in.coveragePct = 89.9 }, StateRotation, 3},
		"no spread":             {func(in *judgeInput) { in.size = Spread{} }, StateNA, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := fridaysVerdict()
			c.change(&in)
			v := judge(in)
			if v.Size.State != c.state || v.Dots.Count() != c.dots {
				t.Errorf("state %d dots %+v, want %d and %d lit", v.Size.State, v.Dots, c.state, c.dots)
			}
		})
	}
}

func TestVerdictWithheld(t *testing.T) {
	t.Parallel()
	in := fridaysVerdict()
	in.coveragePct = 62.3
	v := judge(in)
	if !v.Withheld || v.State != StateNA || v.Dots.Count() != 0 {
		t.Errorf("a verdict on 62 %% of the members: %+v", v)
	}
	if want := "1W VERDICT WITHHELD (coverage 62 %)"; v.Text != want {
		t.Errorf("%q, want %q", v.Text, want)
	}
	in.coveragePct = 80
	if judge(in).Withheld {
		t.Error("withheld at 80 %")
	}
}

func TestLeverageAxisSpeaksIfEitherUniverseDoes(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		z0    []float64
		known []bool
		state AxisState
		in    string
		text  string
	}{
		"neither":             {[]float64{0.2, 0.5}, []bool{true, true}, StateNone, "RMICRO", "1W ROTATION: INTO LARGE | z0 -2.1 | coverage 97.0 %"},
		"the Russell 2000":    {[]float64{0.8, 0.5}, []bool{true, true}, StateTilt, "RUT", ""},
		"micro caps, soundly": {[]float64{0.8, 1.6}, []bool{true, true}, StateRotation, "RMICRO", ""},
		"no history at all":   {[]float64{0, 0}, []bool{false, false}, StateNA, "", "1W ROTATION: INTO LARGE | z0 -2.1 | coverage 97.0 %"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := fridaysVerdict()
			in.levZ0, in.levKnown = c.z0, c.known
			v := judge(in)
			if v.Leverage.State != c.state || v.LeverageIn != c.in {
				t.Errorf("state %d in %q, want %d in %q", v.Leverage.State, v.LeverageIn, c.state, c.in)
			}
			if c.text != "" && v.Text != c.text {
				t.Errorf("%q, want %q", v.Text, c.text)
			}
		})
	}
}

func TestMicroMoreNeedsOneDirection(t *testing.T) {
	t.Parallel()
	in := fridaysVerdict()
	in.leverage[0].Spread[session.Week] = spreadOf("-0.90", "-2.00", "0.20")
	if judge(in).MicroMore {
		t.Error("micro caps rotate more than a Russell 2000 that goes the other way")
	}
}

func TestVerdictText(t *testing.T) {
	t.Parallel()
	calm := func(in *judgeInput) {
		in.sizeZ0, in.size.Z0 = -0.4, num.FigureFromFloat(-0.4, 1)
		in.levZ0 = []float64{0.1, 0.2}
	}
	cases := map[string]struct {
		change func(*judgeInput)
		want   string
	}{
		"neither axis": {calm, "1W no rotation | z0 -0.4 | coverage 97.0 %"},
		"no history": {func(in *judgeInput) {
			in.sizeKnown, in.size.Z0, in.levKnown = false, num.Figure{}, []bool{false, false}
		}, "1W n/a | coverage 97.0 %"},
		"into small": {func(in *judgeInput) {
			in.size.Return[Mean], in.sizeZ0, in.size.Z0 = pct("1.20"), 1.1, num.FigureFromFloat(1.1, 1)
			in.levZ0 = []float64{0, 0}
		}, "1W TILT: INTO SMALL | z0 1.1 | coverage 97.0 %"},
		"leverage alone, with its own z0": {func(in *judgeInput) {
			calm(in)
			in.levZ0[1] = 1.7
			in.leverage[1].Spread[session.Week].Z0 = num.FigureFromFloat(1.7, 1)
		}, "1W ROTATION: INTO HIGH DEBT/EV (micro>R2000) | z0 1.7 | coverage 97.0 %"},
		"into low debt, the Russell 2000 more": {func(in *judgeInput) {
			in.leverage[0].Spread[session.Week] = spreadOf("-3.00", "-4.00", "-2.00")
			in.leverage[1].Spread[session.Week] = spreadOf("-1.00", "-3.00", "1.00")
			in.levZ0 = []float64{-1.2, -0.3}
		}, "1W ROTATION: INTO LARGE, INTO LOW DEBT/EV | z0 -2.1 | coverage 97.0 %"},
		"extreme":       {func(in *judgeInput) { in.sizeZ0, in.size.Z0 = -3.4, num.FigureFromFloat(-3.4, 1) }, "1W EXTREME: INTO LARGE, INTO HIGH DEBT/EV (micro>R2000) | z0 -3.4 | coverage 97.0 %"},
		"a hair short":  {func(in *judgeInput) { in.coveragePct = 79.99 }, "1W VERDICT WITHHELD (coverage 79 %)"},
		"no members":    {func(in *judgeInput) { in.coveragePct, in.coverage = 0, num.Figure{} }, "1W VERDICT WITHHELD (no members)"},
		"nobody prints": {func(in *judgeInput) { in.coveragePct, in.coverage = 0, pct("0") }, "1W VERDICT WITHHELD (coverage 0 %)"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := fridaysVerdict()
			c.change(&in)
			text := judge(in).Text
			if text != c.want {
				t.Errorf("%q\nwant %q", text, c.want)
			}
			if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
				t.Errorf("%q is not ASCII", text)
			}
		})
	}
}

// The leverage axis is judged by the interval and the medians of the universe
// that speaks, not by those of size.
func TestLeverageRestsOnItsOwnInterval(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*judgeInput)
		want   AxisState
	}{
		"sound":                     {func(*judgeInput) {}, StateRotation},
		"size is not":               {func(in *judgeInput) { in.size.Differ = true }, StateRotation},
		"its interval has zero":     {func(in *judgeInput) { in.leverage[1].Spread[session.Week].CI[0] = pct("-0.10") }, StateTilt},
		"its interval is not known": {func(in *judgeInput) { in.leverage[1].Spread[session.Week].CI = [2]num.Figure{} }, StateTilt},
		"its mean and median part":  {func(in *judgeInput) { in.leverage[1].Spread[session.Week].Differ = true }, StateTilt},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := fridaysVerdict()
			in.levZ0 = []float64{0.4, 2}
			c.change(&in)
			if v := judge(in); v.Leverage.State != c.want || v.LeverageIn != "RMICRO" {
				t.Errorf("state %d in %s, want %d in RMICRO", v.Leverage.State, v.LeverageIn, c.want)
			}
		})
	}
}

// A sound claim of one universe beats a louder one that is not.
func TestSounderUniverseSpeaks(t *testing.T) {
	t.Parallel()
	in := fridaysVerdict()
	in.levZ0 = []float64{2.5, 1.6} // the Russell 2000's interval holds zero
	if v := judge(in); v.LeverageIn != "RMICRO" || v.Leverage.State != StateRotation {
		t.Errorf("state %d in %s", v.Leverage.State, v.LeverageIn)
	}
}

func TestSpreadOfNothingIsNoRotation(t *testing.T) {
	t.Parallel()
	in := fridaysVerdict()
	in.size.Return[Mean] = pct("0.00") // 0.004 pp against a sigma of 0.001
	if v := judge(in); v.Size.State != StateNone || strings.Contains(v.Text, "INTO SMALL") {
		t.Errorf("state %d, %q", v.Size.State, v.Text)
	}
}

func TestVerdictWithoutLeverage(t *testing.T) {
	t.Parallel()
	in := fridaysVerdict()
	in.leverage, in.levZ0, in.levKnown = nil, nil, nil
	v := judge(in)
	if v.Leverage.State != StateNA || v.MicroMore || v.State != StateRotation {
		t.Errorf("%+v", v)
	}
}

// More evidence never weakens a grade, and an unsound spread is never more than
// a tilt.
func TestGradeIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 6).Draw(t, "a"), rapid.Float64Range(0, 6).Draw(t, "b")
		low, high := min(a, b), max(a, b)
		sound := rapid.Bool().Draw(t, "sound")
		if grade(low, true, sound) > grade(-high, true, sound) {
			t.Fatalf("|z0| %v is graded above %v", low, high)
		}
		if grade(high, true, false) > StateTilt || grade(high, true, false) > grade(high, true, true) {
			t.Fatalf("an unsound %v is graded %d", high, grade(high, true, false))
		}
		if grade(high, false, sound) != StateNA {
			t.Fatal("a grade without a history")
		}
	})
}

func TestAStateBeginsAtItsLevel(t *testing.T) {
	for _, state := range []AxisState{StateTilt, StateRotation, StateExtreme} {
		at, below := grade(-state.Level(), true, true), grade(state.Level()-1e-9, true, true)
		if at != state || below != state-1 {
			t.Errorf("at its level of %v state %v is %v, and just below %v", state.Level(), state, at, below)
		}
	}
	if StateNone.Level() != 0 || StateNA.Level() != 0 {
		t.Error("no rotation needs a level")
	}
}
