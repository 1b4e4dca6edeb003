package claim

import (
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
)

// judge gives the verdict on a claimed value.
func judge(r *Result, value decimal.Decimal) {
	here := r.Figure.Decimal()
	switch r.Claim.Precision {
	case Exact, Rank:
		r.decide(equal(here, value), "as printed", "it is "+r.Here)
	case Over:
		r.decide(beyond(here, value), r.Here+" is over", r.Here+" is not over")
	case JustOver:
		judgeJustOver(r, here, value)
	case About:
		judgeAbout(r, here, value)
	default:
		r.Why = "no way to compare is given"
	}
}

func (r *Result) decide(ok bool, why, whyNot string) {
	if r.Verdict, r.Why = False, whyNot; ok {
		r.Verdict, r.Why = OK, why
	}
}

// equal tells whether two numbers are the same at the digits that both print.
func equal(a, b decimal.Decimal) bool {
	places := min(-a.Exponent(), -b.Exponent())
	return a.Round(places).Equal(b.Round(places))
}

// beyond tells whether v lies further from zero than limit, on its side; above
// zero where limit is 0.
func beyond(v, limit decimal.Decimal) bool {
	if limit.Sign() < 0 {
		return v.LessThan(limit)
	}
	return v.GreaterThan(limit)
}

// judgeJustOver accepts what is over the value by less than a unit of its last
// digit: 1.64 is just over 1.6, 1.7 is not.
func judgeJustOver(r *Result, here, value decimal.Decimal) {
	unit := decimal.New(1, value.Exponent())
	away := here.Sub(value).Abs()
	switch {
	case !beyond(here, value):
		r.decide(false, "", r.Here+" is not over")
	case away.LessThan(unit):
		r.decide(true, r.Here+" is just over", "")
	default:
		r.rounded(here, value, "more than just over")
	}
}

// judgeAbout accepts what rounds to the value.
func judgeAbout(r *Result, here, value decimal.Decimal) {
	if here.Round(-value.Exponent()).Equal(value) {
		r.decide(true, "rounds to it", "")
		return
	}
	r.rounded(here, value, "too far to be a rounding")
}

// rounded is the verdict on a value that lies close to what the note says: one
// percentage point, or for a level one percent of it.
func (r *Result) rounded(here, value decimal.Decimal, whyNot string) {
	tolerance, unit := decimal.New(1, 0), " pp"
	if r.Claim.Metric == Level {
		tolerance, unit = value.Abs().Shift(-2), " points"
	}
	away := here.Sub(value).Abs()
	if away.GreaterThan(tolerance) {
		r.Verdict, r.Why = False, away.String()+unit+" away: "+whyNot
		return
	}
	r.Verdict, r.Why = Rounded, away.String()+unit+" away"
}

// judgeMore compares with another subject: here is above it and it is above
// zero, or with a minus before its name below it and it below zero.
func judgeMore(r *Result, s *model.Snapshot) {
	name, down := strings.CutPrefix(r.Claim.Value, "-")
	other := find(s, name, r.Claim.Metric, r.Claim.Window)
	if !other.Known() {
		r.Why = "nothing here to compare with"
		return
	}
	a, b := r.Figure.Decimal(), other.Decimal()
	more := a.GreaterThan(b) && b.Sign() > 0
	if down {
		more = a.LessThan(b) && b.Sign() < 0
	}
	against := r.Here + " against " + other.Grouped()
	r.decide(more, against, against)
}

// place is a rank in words: "third worst day of March".
func place(rank num.Figure, s *model.Snapshot) string {
	_, month, _ := s.Clock.Session.Date.Civil()
	words := "worst day of " + month.String()
	if n := int(rank.Decimal().IntPart()); n != 1 {
		words = num.Ordinal(n) + " " + words
	}
	return words
}

// rangePlace is where an index lies in its range: "below the low by 1.73".
func rangePlace(index *model.Index) string {
	if index == nil || index.Range == nil || !index.Range.Distance.Known() {
		return ""
	}
	away := num.NewFigure(index.Range.Distance.Decimal().Abs(), int32(index.Range.Distance.Places())).Grouped()
	switch index.Range.State {
	case model.RangeBelow:
		return "below the low by " + away
	case model.RangeAbove:
		return "above the high by " + away
	default:
		return "inside, " + away + " from a bound"
	}
}
