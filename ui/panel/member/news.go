package member

import (
	"slices"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// item is something that a reader should know.
type item struct {
	when, what string
	now        bool // it concerns the price on the screen
}

// news are what a reader should know beyond the figures: the flags in words,
// the session's incidents and the corporate actions, both newest first.
func (v view) news() draw.Block {
	th := v.th
	all, width := v.items(), 1
	for i := range all {
		width = max(width, draw.Width(all[i].when))
	}
	lines := make(draw.Block, 0, len(all))
	for _, it := range all {
		role, at := theme.Text, theme.Dim
		switch {
		case it.now:
			at = theme.Attention
		case it.when == "":
			role = theme.Dim
		}
		when := it.when
		if when == "" {
			when = th.Glyph.Middot
		}
		line := th.Paint(at, draw.FitRight(th, when, width)) + "  " + th.Paint(role, th.Say(it.what))
		lines = append(lines, draw.Cut(th, line, v.w))
	}
	return lines
}

func (v view) items() []item {
	var all []item
	for _, flag := range say.Flags() {
		if v.page.Flags&flag.Is != 0 {
			all = append(all, item{what: flag.Clause, now: flag.Is&say.PriceFlags != 0})
		}
	}
	if v.page.InMicro && v.ranked() {
		all = append(all, item{what: "in the Russell 2000 and the micro caps"})
	}
	for _, incident := range slices.Backward(v.page.Incidents) {
		it := item{when: incident.At.In(session.Zone()).Format("15:04"), what: say.Incident(incident.Kind), now: true}
		if on := session.DateOf(incident.At); on != v.snap.Clock.Session.Date {
			it.when, it.now = v.day(on), false
		}
		if incident.Detail != "" {
			it.what += " " + incident.Detail
		}
		all = append(all, it)
	}
	for i := range slices.Backward(v.page.Actions) {
		a := &v.page.Actions[i]
		all = append(all, item{when: v.day(a.ExDate), what: action(v.th, a)})
	}
	return all
}

// ranked tells that the company is in the Russell 2000 at any base.
func (v view) ranked() bool {
	return slices.ContainsFunc(v.page.Rank[:], func(rank int32) bool { return rank > 0 })
}

// day is a date, with its year where that is not the one on the screen.
func (v view) day(d session.Date) string {
	year, _, _ := d.Civil()
	if shown, _, _ := v.snap.Clock.Session.Date.Civil(); year == shown {
		return say.Day(d)
	}
	return say.Day(d) + " " + num.Count(year).String()
}

// action is a corporate action in words.
func action(th *theme.Theme, a *model.Action) string {
	ratio := draw.LevelText(th, num.Count(int(a.New))) + " for " + draw.LevelText(th, num.Count(int(a.Old)))
	switch a.Kind {
	case model.ActionSplit:
		if a.New < a.Old {
			return "reverse split, " + ratio
		}
		return "split, " + ratio
	case model.ActionCashMerger:
		return "merged for cash at " + dollars(say.Price(th, a.Amount))
	case model.ActionDelisting:
		return "delisted"
	case model.ActionSpecial:
		return "special dividend of " + dollars(say.Price(th, a.Amount))
	case model.ActionSpinOff:
		return "spin-off worth " + dollars(say.Price(th, a.Amount))
	case model.ActionRename:
		return "renamed to " + a.Symbol
	default:
		return "corporate action"
	}
}
