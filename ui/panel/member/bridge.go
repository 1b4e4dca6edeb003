package member

import (
	"math"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// notGiven stands for an amount that a filing does not have. It is no zero.
const notGiven = "not given"

// step is one step on the way from market cap to enterprise value.
type step struct {
	name   string
	sign   string // "", "+" or "−"
	amount model.Amount
	role   theme.Role
}

// steps are the way. Enterprise value is market cap + total debt + preferred
// stock + minority interest − cash and short-term investments.
func steps(e *model.EVBridge) []step {
	return []step{
		{"cap", "", model.Amount{Dollars: e.Cap, Known: e.Cap > 0}, theme.Series1},
		{"debt", "+", e.Debt, theme.Series4},
		{"preferred", "+", e.Preferred, theme.Series4},
		{"minority", "+", e.Minority, theme.Series4},
		{"cash", "−", e.Cash, theme.Series6},
	}
}

// valued tells that the enterprise value is known: it needs a cap and a filing
// that gives the debt.
func valued(e *model.EVBridge) bool { return e.Cap > 0 && !e.Filed.IsZero() && e.Debt.Known }

// ladder is the bridge with a step a line and a bar each, from the line of
// heads to the filing.
func (v view) ladder() draw.Block {
	th, e := v.th, &v.page.Bridge[v.window]
	head := "enterprise value, $m"
	if base := say.Day(e.Base); base != "" {
		head += ", at the close of " + base
	}
	bars := v.bars(e)
	t := draw.Table{Columns: []draw.Column{{}, {Align: draw.Decimal, Min: len(notGiven)}, {}}}
	for i, s := range steps(e) {
		sign := s.sign
		if sign == "" {
			sign = " "
		}
		amount := draw.Cell{Text: notGiven, Role: theme.Dim}
		if s.amount.Known {
			amount = draw.Cell{Text: say.Millions(th, s.amount.Dollars, 1)}
		} else if s.sign == "" {
			amount.Text = "not known"
		}
		t.Rows = append(t.Rows, []draw.Cell{{Text: th.Say(sign + " " + s.name), Role: theme.Dim}, amount, {Text: bars[i]}})
	}
	value := draw.Cell{Text: draw.Unknown, Role: theme.Dim}
	if valued(e) {
		value = draw.Cell{Text: say.Millions(th, e.EV, 1), Role: theme.Strong}
	}
	t.Rows = append(t.Rows, []draw.Cell{{Text: "= EV", Role: theme.Strong}, value, {Text: bars[len(bars)-1]}})
	lines := draw.Block{say.Line(th, v.w, head)}
	return append(append(lines, t.Draw(th, v.w)...), v.filing(e))
}

// bars are a bar for each step and one for the value, each where the one
// before it ends.
func (v view) bars(e *model.EVBridge) []string {
	const others, least = 30, 8 // cells for the words and numbers
	all := make([]string, len(steps(e))+1)
	room := v.w - others
	if e.Cap <= 0 || room < least {
		return all
	}
	type span struct{ from, to float64 }
	var spans []span
	at, low, high := 0.0, 0.0, 0.0
	for _, s := range steps(e) {
		by := float64(s.amount.Dollars)
		switch {
		case !s.amount.Known:
			by = 0
		case s.sign == "−":
			by = -by
		}
		spans = append(spans, span{at, at + by})
		at += by
		low, high = min(low, at), max(high, at)
	}
	if valued(e) {
		spans = append(spans, span{0, at})
	}
	cell := func(at float64) int { return int(math.Round((at - low) / (high - low) * float64(room))) }
	for i, s := range spans {
		from, to := cell(min(s.from, s.to)), cell(max(s.from, s.to))
		if s.from == s.to {
			continue
		}
		role := theme.Text
		if i < len(steps(e)) {
			role = steps(e)[i].role
		}
		from = min(from, room-1) // what is too small to see is a cell
		all[i] = draw.Spaces(from) + draw.Bar(v.th, role, 1, 1, max(to-from, 1))
	}
	return all
}

// sentence is the bridge in two lines, without the steps that are zero.
func (v view) sentence() draw.Block {
	th, e := v.th, &v.page.Bridge[v.window]
	value := draw.Unknown
	if valued(e) {
		value = say.Millions(th, e.EV, 1)
	}
	sum, missing := "", ""
	for _, s := range steps(e) {
		switch {
		case s.amount.Known && s.amount.Dollars == 0:
		case s.amount.Known:
			sum += " " + s.sign + " " + s.name + " " + say.Millions(th, s.amount.Dollars, 1)
		case s.sign == "":
			sum += " cap not known"
		case missing == "":
			missing = s.name
		default:
			missing += ", " + s.name
		}
	}
	if missing != "" {
		missing = th.Say(missing + " " + notGiven)
	}
	first := th.Paint(theme.Dim, "EV ") + th.Paint(theme.Strong, value) + th.Paint(theme.Dim, th.Say(" ="+squeeze(sum)+" $m"))
	return draw.Block{say.Line(th, v.w, first, missing), v.filing(e)}
}

// squeeze leaves one blank where there are two.
func squeeze(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r == ' ' && len(out) > 0 && out[len(out)-1] == ' ' {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// filing is the ratio, and how old the filing is that it rests on.
func (v view) filing(e *model.EVBridge) string {
	th := v.th
	ratio := th.Paint(theme.Dim, "D/EV ") + th.Paint(known(e.DebtEV.Known()), draw.LevelText(th, e.DebtEV))
	base := say.Day(e.Base)
	if e.Filed.IsZero() {
		return say.Line(th, v.w, ratio, th.Paint(theme.Attention, "no filing known by "+base))
	}
	filed := session.DateOf(e.Filed.In(session.Zone()))
	year, _, _ := filed.Civil()
	when := "filed " + say.Day(filed) + " " + num.Count(year).String()
	const old, tooOld = 200 * 24 * time.Hour, 400 * 24 * time.Hour
	age := draw.LevelText(th, num.Count(int(e.Age/(24*time.Hour)))) + " days before"
	switch {
	case e.Age > tooOld:
		age = th.Paint(theme.Attention, age+", too old")
	case e.Age > old:
		age = th.Paint(theme.Attention, age)
	}
	none := ""
	if valued(e) && e.EV <= 0 {
		none = th.Paint(theme.Attention, "EV not above zero")
	}
	return say.Line(th, v.w, ratio, none, when, age)
}
