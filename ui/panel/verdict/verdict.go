// Package verdict says in words what the chosen window shows: into which size
// and into which leverage the market rotates, by how much, and how sure that
// is. It says so in whatever room it has, down to a single word.
package verdict

import (
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// view is what the lines are made of.
type view struct {
	th     *theme.Theme
	snap   *model.Snapshot
	window session.Window
	stat   model.Statistic
	v      *model.Verdict
}

// Render draws the verdict: on one line all of it, on two lines the printed
// indices below, on three lines one axis each.
func Render(in panel.Input, w, h int) draw.Block {
	if h <= 0 {
		return nil
	}
	th, inset := in.Theme, 0
	if w >= 60 {
		inset = 1
	}
	lines := draw.Block{th.Paint(theme.Dim, th.Say(say.Pick(w-inset, "waiting for the first prices", "waiting")))}
	if in.Snap != nil {
		v := view{th: th, snap: in.Snap, window: say.Chosen(in.State.Window), stat: say.ChosenStat(in.State.Stat)}
		v.v = &in.Snap.Verdicts[v.window]
		lines = v.lines(w-2*inset, h)
	}
	for i := range lines {
		lines[i] = draw.Spaces(inset) + lines[i]
	}
	return draw.Pad(th, lines, w, h)
}

func (v view) lines(w, h int) draw.Block {
	switch {
	case v.v.Withheld:
		return draw.Block{panel.Line(v.th, w, 4, v.withheld)}
	case v.v.Size.State == model.StateNA && v.v.Leverage.State == model.StateNA:
		return v.noClaim(w, h)
	case h == 1:
		return draw.Block{v.line(w, withPair())}
	case h == 2:
		return draw.Block{
			v.line(w, withoutPair()),
			panel.Line(v.th, w, pairForms, v.pairLine),
		}
	}
	return draw.Block{
		panel.Line(v.th, w, axisForms, v.sizeLine),
		panel.Line(v.th, w, axisForms, v.leverageLine),
		panel.Line(v.th, w, pairForms, v.pairLine),
	}
}

// withheld refuses: too few members have a price.
func (v view) withheld(form int) (left, right string) {
	text := "withheld"
	if !v.v.Coverage.Known() {
		switch form {
		case 0, 1:
			text = "verdict withheld: this dataset has no members with a price"
		case 2:
			text = "withheld: no members"
		}
		return v.head() + v.paint(theme.Attention, text), ""
	}
	switch form {
	case 0:
		text = "verdict withheld: coverage " + draw.LevelText(v.th, v.v.Coverage) + " %, below 80 %"
	case 1:
		text = "verdict withheld: coverage " + draw.LevelText(v.th, v.v.Coverage) + " %"
	case 2:
		text = "withheld, " + draw.LevelText(v.th, v.v.Coverage) + " %"
	}
	return v.head() + v.paint(theme.Attention, text), ""
}

// noClaim says that there is nothing to compare with, and gives the bare figures.
func (v view) noClaim(w, h int) draw.Block {
	texts := [...]string{"no verdict: not enough history to compare with", "no verdict: too little history", "no verdict"}
	first := panel.Line(v.th, w, 2*len(texts), func(form int) (left, right string) {
		left = v.head() + v.paint(theme.Dim, texts[form/2])
		if h == 1 && form%2 == 0 {
			right = v.amounts(0)
		}
		return left, right
	})
	if h == 1 {
		return draw.Block{first}
	}
	second := panel.Line(v.th, w, 2, func(form int) (string, string) { return v.indent() + v.amounts(form), "" })
	return draw.Block{first, second, panel.Line(v.th, w, pairForms, v.pairLine)}[:min(h, 3)]
}

// amounts are the spreads of both axes, of the first alone in form 1.
func (v view) amounts(form int) string {
	size := v.amount("small minus large", v.sizeSpread())
	if form > 0 {
		return size
	}
	_, spread := v.leverageSpread()
	return size + v.paint(theme.Dim, ", ") + v.amount("high minus low debt/EV", spread)
}

// head names the window.
func (v view) head() string { return v.paint(theme.AccentStrong, v.window.String()) + "  " }

// badge warns that names are ranked as they stand now: the figures then know
// the future, and are no evidence.
func (v view) badge() string {
	if !v.snap.Size.LookAhead {
		return ""
	}
	return v.paint(theme.Attention, "LOOK-AHEAD") + "  "
}

// indent is as wide as head.
func (v view) indent() string { return draw.Spaces(draw.Width(v.window.String()) + 2) }

func (v view) paint(role theme.Role, s string) string { return v.th.Paint(role, v.th.Say(s)) }

// amount is a labelled figure in percentage points.
func (v view) amount(label string, f num.Figure) string {
	text := draw.Signed(v.th, f)
	if f.Known() {
		text += v.paint(theme.Dim, " pp")
	}
	return v.paint(theme.Dim, label+" ") + text
}

// sizeSpread is smallest minus largest in the chosen statistic.
func (v view) sizeSpread() num.Figure { return v.snap.Size.Spread[v.window].Return[v.stat] }

// leverageSpread is high minus low debt/EV in the universe that speaks.
func (v view) leverageSpread() (universe string, spread num.Figure) {
	for i := range v.snap.Leverage {
		l := &v.snap.Leverage[i]
		if l.Universe == v.v.LeverageIn || v.v.LeverageIn == "" {
			return l.Universe, l.Spread[v.window].Return[v.stat]
		}
	}
	return v.v.LeverageIn, num.Figure{}
}
