package model

import (
	"fmt"
	"math"
	"strings"

	"gyre/model/num"
	"gyre/model/session"
)

// judgeInput is what a verdict on one window rests on. The z0 are unrounded.
type judgeInput struct {
	window      session.Window
	size        Spread
	sizeZ0      float64
	sizeKnown   bool
	leverage    []Leverage // RUT, RMICRO; any may be missing
	levZ0       []float64
	levKnown    []bool
	coverage    num.Figure // percent, one decimal
	coveragePct float64
}

// The rules of the verdict.
const (
	tiltZ, rotationZ, extremeZ = 0.75, 1.5, 3.0

	coveredPct  = 90 // from here the coverage dot is lit
	withheldPct = 80 // below this there is no verdict
)

// judge says what one window tells. It claims nothing on an axis without
// history, and nothing at all when too few members have a price.
func judge(in judgeInput) Verdict {
	v := Verdict{Coverage: in.coverage}
	if in.coveragePct < withheldPct {
		v.Withheld = true
		v.Text = withheldText(in)
		return v
	}
	v.Size = axisVerdict(&in.size, in.sizeZ0, in.sizeKnown)
	strongest := 0.0
	for i := range in.leverage {
		a := axisVerdict(&in.leverage[i].Spread[in.window], in.levZ0[i], in.levKnown[i])
		strength := math.Abs(in.levZ0[i])
		if a.State > v.Leverage.State || (a.State == v.Leverage.State && a.State != StateNA && strength > strongest) {
			v.Leverage, v.LeverageIn, strongest = a, in.leverage[i].Universe, strength
		}
	}
	v.MicroMore = microMore(in)
	v.State = max(v.Size.State, v.Leverage.State)
	v.Dots = Dots{
		CIExcludesZero: excludesZero(in.size.CI),
		SignsAgree:     in.size.Return[Mean].Known() && !in.size.Differ,
		Covered:        in.coveragePct >= coveredPct,
		Unusual:        in.sizeKnown && math.Abs(in.sizeZ0) >= rotationZ,
	}
	v.Text = verdictText(in.window, &v)
	return v
}

// withheldText says why there is no verdict. The share is rounded down: it must
// not read as the 80 % that would do.
func withheldText(in judgeInput) string {
	if !in.coverage.Known() {
		return in.window.String() + " VERDICT WITHHELD (no members)"
	}
	return fmt.Sprintf("%s VERDICT WITHHELD (coverage %d %%)", in.window, int(in.coveragePct))
}

// axisVerdict grades one spread. One that prints as zero has no direction, so it
// is no rotation, however calm its history was.
func axisVerdict(s *Spread, z0 float64, known bool) AxisVerdict {
	a := AxisVerdict{Z0: s.Z0, Z: s.Z, Trend: s.Trend, Differ: s.Differ, Sign: s.Return[Mean].Sign()}
	a.State = grade(z0, known && s.Return[Mean].Known(), excludesZero(s.CI) && !s.Differ)
	if a.Sign == 0 {
		a.State = min(a.State, StateNone)
	}
	return a
}

// grade turns z0 into a state. Beyond a tilt, the spread must also be sound:
// its interval excludes zero, and mean and median agree.
func grade(z0 float64, known, sound bool) AxisState {
	switch size := math.Abs(z0); {
	case !known:
		return StateNA
	case size < tiltZ:
		return StateNone
	case size < rotationZ || !sound:
		return StateTilt
	case size < extremeZ:
		return StateRotation
	default:
		return StateExtreme
	}
}

// Level is the |z0| from which on the state is possible, 0 for none and n/a. It
// is part of the state's definition.
func (s AxisState) Level() float64 {
	switch s {
	case StateTilt:
		return tiltZ
	case StateRotation:
		return rotationZ
	case StateExtreme:
		return extremeZ
	default:
		return 0
	}
}

// excludesZero tells whether both ends of an interval lie on one side of zero.
func excludesZero(ci [2]num.Figure) bool {
	return ci[0].Known() && ci[1].Known() && ci[0].Sign()*ci[1].Sign() > 0
}

// microMore tells whether high and low debt/EV differ more among the micro caps
// than in the Russell 2000, in the same direction.
func microMore(in judgeInput) bool {
	var rut, micro num.Figure
	for i := range in.leverage {
		switch in.leverage[i].Universe {
		case universeName(inRUT):
			rut = in.leverage[i].Spread[in.window].Return[Mean]
		case universeName(inMicro):
			micro = in.leverage[i].Spread[in.window].Return[Mean]
		}
	}
	return rut.Sign() != 0 && rut.Sign() == micro.Sign() &&
		micro.Decimal().Abs().GreaterThan(rut.Decimal().Abs())
}

// verdictText is the verdict in one line of ASCII, with the z0 of the axis that
// the state comes from:
// "1W ROTATION: INTO LARGE, INTO HIGH DEBT/EV (micro>R2000) | z0 -2.1 | coverage 97.0 %".
func verdictText(w session.Window, v *Verdict) string {
	var parts []string
	if v.Size.State >= StateTilt {
		parts = append(parts, pick(v.Size.Sign < 0, "INTO LARGE", "INTO SMALL"))
	}
	if v.Leverage.State >= StateTilt {
		debt := pick(v.Leverage.Sign > 0, "INTO HIGH DEBT/EV", "INTO LOW DEBT/EV")
		if v.MicroMore {
			debt += " (micro>R2000)"
		}
		parts = append(parts, debt)
	}
	text := w.String() + " " + stateWord(v.State)
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	z0 := v.Size.Z0
	if v.Leverage.State > v.Size.State {
		z0 = v.Leverage.Z0
	}
	if z0.Known() {
		text += " | z0 " + z0.String()
	}
	return text + " | coverage " + v.Coverage.String() + " %"
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// stateWord is a state as the verdict's text says it.
func stateWord(s AxisState) string {
	switch s {
	case StateTilt:
		return "TILT"
	case StateRotation:
		return "ROTATION"
	case StateExtreme:
		return "EXTREME"
	case StateNone:
		return "no rotation"
	default:
		return "n/a"
	}
}
