package dataset

import (
	"fmt"
	"slices"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// twin is an instrument with the symbol of one before it. One company may have
// the symbol after the other, so that only the closes tell whether that is wrong.
type twin struct {
	first, second model.ID
	problem       Problem // should both have it at once
}

// payout is what a special dividend or a spin-off took out of a price.
type payout struct {
	action  model.Action
	problem Problem // should it be more than there was
}

// contradictions names what is wrong only beside the closes, once all is read.
func (l *loader) contradictions(payouts []payout) {
	for _, t := range l.twins {
		if date, found := l.tradeTogether(t.first, t.second); found {
			t.problem.Message = fmt.Sprintf("the symbol %q is that of %q as well, and both have a close on %s; give each its own",
				l.ref.Instruments[t.second].Symbol, l.ref.Instruments[t.first].Key, date)
			l.problem(t.problem)
		}
	}
	for _, p := range payouts {
		if p.problem.Message = TooMuch(l.ref, &p.action); p.problem.Message == "" {
			continue
		}
		l.problem(p.problem)
		l.findings.skipped++
		l.ref.Actions = slices.DeleteFunc(l.ref.Actions, func(a model.Action) bool { return a == p.action })
	}
}

// tradeTogether is the first session in which both instruments have a close; none
// where one of them is renamed some time, as nobody knows which symbol is whose.
func (l *loader) tradeTogether(a, b model.ID) (date session.Date, found bool) {
	for _, action := range l.ref.Actions {
		if action.Kind == model.ActionRename && (action.ID == a || action.ID == b) {
			return 0, false
		}
	}
	for i := range l.ref.Closes {
		if price := l.ref.Closes[i].Price; price[a] != 0 && price[b] != 0 {
			return l.ref.Closes[i].Date, true
		}
	}
	return 0, false
}

// TooMuch says what is wrong with a special dividend or a spin-off that takes out
// of a price all that there was, "" where nothing is. It looks at the reference's
// closes, which are ascending, and at its actions. With a split on the same day
// the amount may be that of other shares than the close, and nothing is said.
func TooMuch(ref *model.Reference, a *model.Action) string {
	if a.Kind != model.ActionSpecial && a.Kind != model.ActionSpinOff {
		return ""
	}
	before := closeBefore(ref, a.ID, a.ExDate)
	if before == 0 || a.Amount < before || splitsOn(ref, a.ID, a.ExDate) {
		return ""
	}
	return fmt.Sprintf("amount %s is not less than the close before it, %s; nothing would be left of the price", a.Amount.Decimal(), before.Decimal())
}

// closeBefore is the last close before a date, 0 where there is none.
func closeBefore(ref *model.Reference, id model.ID, date session.Date) num.Price {
	for _, column := range slices.Backward(ref.Closes) {
		if column.Date < date && column.Price[id] != 0 {
			return column.Price[id]
		}
	}
	return 0
}

// splitsOn tells whether a split takes effect on that day.
func splitsOn(ref *model.Reference, id model.ID, date session.Date) bool {
	return slices.ContainsFunc(ref.Actions, func(a model.Action) bool {
		return a.ID == id && a.ExDate == date && a.Kind == model.ActionSplit
	})
}
