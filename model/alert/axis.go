package alert

import (
	"math"
	"strings"

	"gyre/model"
	"gyre/model/session"
)

// axes tells when the verdict of an axis has another state or direction. What
// is weaker than LeastState is all one.
func (l *look) axes(w session.Window) {
	v := &l.snap.Verdicts[w]
	if l.held || v.Withheld {
		return
	}
	l.axis(w, l.snap.Size.SpreadName(), &v.Size, "into small", "into large")
	name := "H-L"
	if v.LeverageIn != "" {
		name = short(v.LeverageIn) + " H-L"
	}
	l.axis(w, name, &v.Leverage, "into high debt/EV", "into low debt/EV")
}

// axis is axes for one of them. The subject of the leverage axis is the same
// whichever universe speaks, and so may have been told of by the other one.
func (l *look) axis(w session.Window, name string, v *model.AxisVerdict, plus, minus string) {
	if v.State == model.StateNA {
		return
	}
	k := key{AxisState, w.String() + " " + plus}
	value := int(v.State) * v.Sign
	if v.State < l.rules.LeastState {
		value = 0
	}
	if l.begin(k, value) {
		l.speaks(k, name)
	}
	was, speaker := l.memory[k].value, l.memory[k].speaker
	if l.lingers(was, value, v) {
		value = was
	}
	if !l.turn(k, value) {
		return
	}
	l.speaks(k, name)
	l.spoken[w.String()+" "+name] = true
	into := plus
	if v.Sign < 0 {
		into = minus
	}
	z0 := ""
	if v.Z0.Known() {
		z0 = ", z0 " + signed(v.Z0)
	}
	if v.State == model.StateNone {
		if speaker != name {
			z0 = ", nor does " + name + z0
		}
		l.raise(AxisState, "%s %s shows no rotation any more%s", speaker, w, z0)
		return
	}
	if before := max(was, -was); was*v.Sign > 0 && before > max(value, -value) {
		if speaker == name {
			speaker = ""
		}
		z0 += " (" + strings.TrimLeft(speaker+" was ", " ") + stateName(model.AxisState(before)) + ")"
	}
	l.raise(AxisState, "%s %s %s %s%s", name, w, stateName(v.State), into, z0)
}

// speaks notes whose spread the state of an axis is that of.
func (l *look) speaks(k key, name string) {
	m := l.memory[k]
	m.speaker = name
	l.memory[k] = m
}

// lingers tells whether an axis has weakened only within the hysteresis: z0 has
// come back below the state's level, and not far enough. It does not linger in a
// state that was lost for another reason, such as an interval that includes zero.
func (l *look) lingers(was, value int, v *model.AxisVerdict) bool {
	held := max(was, -was)
	if !v.Z0.Known() || held <= max(value, -value) || was*v.Sign < 0 {
		return false
	}
	level := model.AxisState(held).Level()
	const halfStep = 0.05 // z0 is printed with one decimal
	z := math.Abs(v.Z0.Float())
	return z > level*(1-l.rules.Hysteresis)+grain && z < level+halfStep
}

func stateName(state model.AxisState) string {
	switch state {
	case model.StateTilt:
		return "TILT"
	case model.StateRotation:
		return "ROTATION"
	case model.StateExtreme:
		return "EXTREME"
	default:
		return "none"
	}
}
