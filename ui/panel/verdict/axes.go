package verdict

import (
	"gyre/model"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// The forms of a line for one axis.
const (
	axisWithTrend = iota
	axisWithSure
	axisWithZ0
	axisWithAmount
	axisWords
	axisForms
)

// sizeLine is the size axis on a line of its own.
func (v view) sizeLine(form int) (left, right string) {
	left = v.head() + v.badge() + v.claim(&v.v.Size, capital(v.sizeWords()))
	if form <= axisWithAmount {
		left += "  " + v.amount("", v.sizeSpread())
	}
	if form > axisWithZ0 {
		return left, ""
	}
	right = v.z0(&v.v.Size) + v.asides(&v.v.Size, form) + "  " + v.dots()
	if form <= axisWithSure {
		right += " " + v.paint(theme.Dim, v.sure())
	}
	return left, right
}

// leverageLine is the leverage axis, as the universe that speaks shows it.
func (v view) leverageLine(form int) (left, right string) {
	universe, spread := v.leverageSpread()
	left = v.indent() + v.claim(&v.v.Leverage, capital(v.leverageWords()))
	if form <= axisWithAmount {
		left += "  " + v.amount("", spread)
	}
	if form <= axisWithSure && universe != "" {
		left += v.paint(theme.Dim, " in "+inSentence(say.Universe(v.snap, universe)))
		switch {
		case v.microMore() && universe == "RMICRO":
			left += v.paint(theme.Dim, ", more than in the R2000")
		case v.microMore():
			left += v.paint(theme.Dim, ", micro caps more")
		}
	}
	if form > axisWithZ0 {
		return left, ""
	}
	return left, v.z0(&v.v.Leverage) + v.asides(&v.v.Leverage, form)
}

// inSentence is a universe's name within a sentence.
func inSentence(name string) string {
	if name == "Micro caps" {
		return "micro caps"
	}
	return name
}

// asides are the trend, and whether mean and median disagree.
func (v view) asides(a *model.AxisVerdict, form int) string {
	if form > axisWithTrend {
		return ""
	}
	text := ""
	if trend := say.Trend(a.Trend); trend != "" {
		text += ", " + trend
	}
	if a.Differ {
		text += ", mean and median differ"
	}
	return v.paint(theme.Dim, text)
}

// pairForms are the forms of the line on the printed indices.
const pairForms = 3

func (v view) pairLine(form int) (left, right string) {
	words := pairFull
	if form > 1 {
		words = pairShort
	}
	left = v.indent() + v.pair(words)
	if trend := say.Trend(v.v.Size.Trend); form == 0 && trend != "" && !v.v.Withheld {
		right = v.paint(theme.Dim, "size "+trend)
	}
	if v.v.Size.Differ && form == 0 {
		right = v.paint(theme.Dim, "mean and median differ")
	}
	return left, right
}
