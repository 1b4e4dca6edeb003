package verdict

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// form is how much one line says.
type form struct {
	brief              brief // other than full: short words instead
	pair               pairWords
	axis               bool // says of which axis z0 and the dots are
	trend, micro, sure bool
}

// brief is how much the shortest lines say.
type brief uint8

const (
	full        brief = iota
	amounts           // both axes with their figures in place of z0
	bareAmounts       // the same without units
	sizeAmount        // the window and the size axis
	sizeAlone         // without the window
	wordAlone         // where the size axis points, nothing else
)

// pairWords is how the printed indices are named.
type pairWords uint8

const (
	pairLeftOut pairWords = iota
	pairShort
	pairFull
)

// withPair are the forms of a single line, the fullest first.
func withPair() []form {
	return append([]form{
		{pair: pairFull, axis: true, trend: true, micro: true, sure: true},
		{pair: pairFull, axis: true, micro: true, sure: true},
		{pair: pairShort, axis: true, micro: true, sure: true},
		{pair: pairFull, micro: true, sure: true},
		{pair: pairShort, micro: true, sure: true},
		{pair: pairFull, axis: true, sure: true},
		{pair: pairShort, axis: true, sure: true},
		{pair: pairShort, sure: true},
		{pair: pairShort},
	}, withoutPair()...)
}

// withoutPair are the forms of a line that has the printed indices below it.
func withoutPair() []form {
	return []form{
		{axis: true, micro: true, sure: true},
		{micro: true, sure: true},
		{micro: true},
		{},
		{brief: amounts, sure: true},
		{brief: amounts},
		{brief: bareAmounts},
		{brief: sizeAmount},
		{brief: sizeAlone},
		{brief: wordAlone},
	}
}

// line is the fullest of the forms that fits into w cells.
func (v view) line(w int, forms []form) string {
	return panel.Line(v.th, w, len(forms), func(i int) (left, right string) { return v.oneLine(forms[i]) })
}

// oneLine is both axes in one sentence, with how sure it is at the right.
func (v view) oneLine(f form) (left, right string) {
	switch {
	case f.brief == amounts && f.sure:
		return v.brief(f.brief), v.z0(&v.v.Size) + "  " + v.dots()
	case f.brief != full:
		return v.brief(f.brief), ""
	}
	left = v.head() + v.badge() + v.sentence()
	if v.microMore() && f.micro {
		left += v.paint(theme.Dim, " (micro caps more)")
	}
	if f.axis {
		right = v.paint(theme.Dim, "size ")
	}
	right += v.z0(&v.v.Size)
	if trend := say.Trend(v.v.Size.Trend); trend != "" && f.trend {
		right += v.paint(theme.Dim, ", "+trend)
	}
	right += "  " + v.dots()
	if f.sure {
		right += " " + v.paint(theme.Dim, v.sure())
	}
	if pair := v.pair(f.pair); pair != "" {
		right += "  " + pair
	}
	return left, right
}

// brief says who leads and by how much in as few cells as there are.
func (v view) brief(b brief) string {
	size := v.paint(theme.Strong, sizeWord(&v.v.Size))
	if v.snap.Size.LookAhead {
		size += v.paint(theme.Attention, "!")
	}
	if b == wordAlone {
		return size
	}
	size += " " + draw.Signed(v.th, v.sizeSpread())
	if b == sizeAlone {
		return size
	}
	size = v.paint(theme.AccentStrong, v.window.String()) + " " + size
	if b == sizeAmount {
		return size
	}
	unit, debt := " pp, ", " debt"
	if b == bareAmounts {
		unit, debt = ", ", ""
	}
	_, spread := v.leverageSpread()
	return size + v.paint(theme.Dim, unit) + v.paint(theme.Strong, leverageWord(&v.v.Leverage)+debt) + " " + draw.Signed(v.th, spread)
}

// microMore tells that the claim on leverage is stronger among micro caps; where
// nothing is claimed, there is nothing that could be.
func (v view) microMore() bool { return v.v.MicroMore && v.v.Leverage.State >= model.StateTilt }

func sizeWord(a *model.AxisVerdict) string { return word(a, "large", "small") }

func leverageWord(a *model.AxisVerdict) string { return word(a, "low", "high") }

// word is where the axis points, "no rotation" where it points nowhere.
func word(a *model.AxisVerdict, negative, positive string) string {
	switch {
	case a.State == model.StateNA:
		return "n/a"
	case a.State == model.StateNone || a.Sign == 0:
		return "flat"
	case a.Sign < 0:
		return negative
	}
	return positive
}

// sentence is both axes: "Into large caps, into high debt/EV", or, where both do
// no more than tilt, "Tilting into large caps and into high debt/EV".
func (v view) sentence() string {
	size, leverage := v.sizeWords(), v.leverageWords()
	if v.v.Size.State == model.StateNone && v.v.Leverage.State == model.StateNone {
		return v.paint(theme.Strong, "No rotation in size or debt/EV")
	}
	between := ", "
	if v.v.Size.State == model.StateTilt && v.v.Leverage.State == model.StateTilt {
		between, leverage = " and ", strings.TrimPrefix(leverage, "tilting ")
	}
	return v.claim(&v.v.Size, capital(size)) + v.paint(theme.Dim, between) + v.claim(&v.v.Leverage, leverage)
}

// claim paints the words of one axis: strong where they claim something.
func (v view) claim(a *model.AxisVerdict, words string) string {
	switch a.State {
	case model.StateNA, model.StateNone:
		return v.paint(theme.Text, words)
	case model.StateExtreme:
		return v.paint(theme.Attention, words)
	case model.StateTilt, model.StateRotation:
	}
	return v.paint(theme.Strong, words)
}

func (v view) sizeWords() string {
	switch v.v.Size.State {
	case model.StateNA:
		return "no claim on size"
	case model.StateNone:
		return "no rotation in size"
	case model.StateTilt, model.StateRotation, model.StateExtreme:
	}
	return verb(v.v.Size.State) + sizeWord(&v.v.Size) + " caps"
}

func (v view) leverageWords() string {
	switch v.v.Leverage.State {
	case model.StateNA:
		return "no claim on debt/EV"
	case model.StateNone:
		return "no rotation in debt/EV"
	case model.StateTilt, model.StateRotation, model.StateExtreme:
	}
	return verb(v.v.Leverage.State) + leverageWord(&v.v.Leverage) + " debt/EV"
}

func verb(s model.AxisState) string {
	switch s {
	case model.StateTilt:
		return "tilting into "
	case model.StateExtreme:
		return "EXTREME: into "
	default:
		return "into "
	}
}

// capital is s with a capital first letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// z0 is the spread in units of its own history's sigma.
func (v view) z0(a *model.AxisVerdict) string {
	text := v.paint(theme.Dim, "z0 ") + draw.Signed(v.th, a.Z0)
	if a.Z0.Known() {
		text += v.paint(theme.Dim, "σ")
	}
	return text
}

// dots are the four reasons to trust the size axis, lit or not.
func (v view) dots() string {
	lit := v.v.Dots.Count()
	return v.th.Paint(theme.Text, strings.Repeat(v.th.Glyph.Dot, lit)) +
		v.th.Paint(theme.Dim, strings.Repeat(v.th.Glyph.Ring, 4-lit))
}

// sure is the dots in a word.
func (v view) sure() string {
	return say.Sure(v.v.Dots)
}

// pair compares the two printed indices: "R2000−S&P: no rotation, −0.11 pp", and
// in short "R2000−S&P −0.11 pp".
func (v view) pair(words pairWords) string {
	p := &v.snap.Pair
	if !p.Known || words == pairLeftOut {
		return ""
	}
	spread := p.Spread[v.window]
	name, colon := say.Short(p.A)+"−"+say.Short(p.B), ": "
	state := map[model.AxisState]string{
		model.StateNone: "no rotation, ", model.StateTilt: "tilt, ",
		model.StateRotation: "rotation, ", model.StateExtreme: "extreme, ",
	}[p.State[v.window]]
	if words == pairShort || state == "" {
		colon, state = " ", ""
	}
	if !spread.Known() {
		return v.paint(theme.Dim, name+" "+draw.Unknown)
	}
	return v.paint(theme.Dim, name+colon+state+draw.SignedText(v.th, spread)+" pp")
}
