package dataset

import (
	"strings"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// maxDollars bounds an amount of money: a thousand times the largest company.
const maxDollars = 10_000_000_000_000_000

// maxRatio bounds either side of a split's ratio.
const maxRatio = 1_000_000

// members reads members.csv.
func (l *loader) members(t *table) {
	index, key, from, to := t.need("index"), t.need("id"), t.need("from"), t.need("to")
	quantity := t.may("quantity")
	type member struct {
		index string
		id    model.ID
	}
	stays := make(map[member][]model.Membership)
	for r := range t.rows {
		m := model.Membership{
			Index: r.text(index), ID: r.id(key, &l.ids),
			From: r.optionalDate(from), To: r.optionalDate(to),
			Quantity: r.optionalInteger(quantity, 0, maxVolume),
		}
		if m.To != 0 && m.To <= m.From {
			r.refuse(to, "the stay ends on %s, before it begins", m.To)
		}
		who := member{m.Index, m.ID}
		for _, other := range stays[who] {
			if overlap(m, other) {
				r.refuse(from, "%s is in %s already at that time", r.quote(key), m.Index)
			}
		}
		if r.ok() {
			stays[who] = append(stays[who], m)
			l.ref.Members = append(l.ref.Members, m)
		}
	}
}

// overlap tells whether two stays have a day in common.
func overlap(a, b model.Membership) bool {
	return (b.To == 0 || a.From < b.To) && (a.To == 0 || b.From < a.To)
}

// shares reads shares.csv.
func (l *loader) shares(t *table) {
	key, known, count := t.need("id"), t.need("known_at"), t.need("shares")
	for r := range t.rows {
		s := model.ShareCount{
			ID: r.id(key, &l.ids), KnownAt: r.instant(known, l.calendar),
			Shares: r.integer(count, 1, maxVolume),
		}
		if r.ok() {
			l.ref.Shares = append(l.ref.Shares, s)
		}
	}
}

// facts reads facts.csv.
func (l *loader) facts(t *table) {
	key, known := t.need("id"), t.need("known_at")
	debt, preferred := t.need("debt"), t.need("preferred")
	minority, cash := t.need("minority"), t.need("cash")
	for r := range t.rows {
		f := model.Facts{
			ID: r.id(key, &l.ids), KnownAt: r.instant(known, l.calendar),
			Debt: r.owed(debt), Preferred: r.owed(preferred),
			Minority: r.amount(minority), Cash: r.owed(cash),
		}
		if r.ok() {
			l.ref.Facts = append(l.ref.Facts, f)
		}
	}
}

// amount is money, rounded to whole dollars; unknown where the field is empty.
func (r *row) amount(c column) model.Amount {
	if r.raw(c) == "" {
		return model.Amount{}
	}
	return model.Amount{Dollars: num.Dollars(r.decimal(c, maxDollars).Round(0).IntPart()), Known: true}
}

// owed is an amount that cannot be negative.
func (r *row) owed(c column) model.Amount {
	a := r.amount(c)
	if a.Dollars < 0 {
		r.refuse(c, "%s %s is negative", r.table.header[c], r.quote(c))
	}
	return a
}

// actions reads actions.csv.
func (l *loader) actions(t *table) {
	key, ex, kind := t.need("id"), t.need("ex_date"), t.need("kind")
	ratio, amount, symbol := t.may("ratio"), t.may("amount"), t.may("new_symbol")
	type taken struct {
		id     model.ID
		on     session.Date
		kind   model.ActionKind
		amount num.Price // a company may pay two special dividends
	}
	known := map[taken]bool{} // a split that stands there twice would count twice
	for r := range t.rows {
		a := model.Action{ID: r.id(key, &l.ids), ExDate: r.date(ex)}
		if _, on := l.calendar.On(a.ExDate); !on {
			r.refuse(ex, "%s", closed(r.quote(ex)))
		}
		switch r.oneOf(kind, "split", "cash_merger", "delisting", "special_dividend", "spin_off", "rename") {
		case "split":
			a.Kind = model.ActionSplit
			a.New, a.Old = r.ratio(r.wanted(kind, ratio, "a ratio"))
		case "cash_merger":
			a.Kind, a.Amount = model.ActionCashMerger, r.price(r.wanted(kind, amount, "an amount"))
		case "delisting":
			a.Kind = model.ActionDelisting
		case "special_dividend":
			a.Kind, a.Amount = model.ActionSpecial, r.price(r.wanted(kind, amount, "an amount"))
		case "spin_off":
			a.Kind, a.Amount = model.ActionSpinOff, r.price(r.wanted(kind, amount, "an amount"))
		case "rename":
			a.Kind, a.Symbol = model.ActionRename, r.text(r.wanted(kind, symbol, "a new_symbol"))
		}
		this := taken{a.ID, a.ExDate, a.Kind, a.Amount}
		if r.ok() && known[this] {
			r.refuse(kind, "%s has a %s on %s already", r.quote(key), strings.ToLower(r.raw(kind)), a.ExDate)
		}
		if r.ok() {
			known[this] = true
			if a.Kind == model.ActionSpecial || a.Kind == model.ActionSpinOff {
				l.payouts = append(l.payouts, payout{a, Problem{File: t.name, Line: r.line, Column: r.start(amount)}})
			}
			l.ref.Actions = append(l.ref.Actions, a)
		}
	}
}

// wanted is the column c, in which the kind of action calls for something.
func (r *row) wanted(kind, c column, what string) column {
	if r.raw(c) == "" {
		r.refuse(kind, "a %s needs %s", strings.ToLower(r.raw(kind)), what)
	}
	return c
}

// ratio is a split's ratio, new shares for old: 1:10 is a reverse split.
func (r *row) ratio(c column) (newShares, oldShares int64) {
	left, right, found := strings.Cut(r.raw(c), ":")
	newShares, err := clean.Integer(left, 1, maxRatio)
	oldShares, errOld := clean.Integer(right, 1, maxRatio)
	if !found || err != nil || errOld != nil || newShares == oldShares {
		r.refuse(c, "ratio %s is none; write new:old, such as 1:10 for a reverse split", r.quote(c))
	}
	return newShares, oldShares
}
