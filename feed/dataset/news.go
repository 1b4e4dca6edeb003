package dataset

import (
	"gyre/model"
	"gyre/model/num"
)

// Bounds of what a forecast may say.
const (
	maxImportance = 3
	maxCuts       = 40 // of 25 basis points
	firstYear     = 1900
	lastYear      = 2200
)

// maxSpread bounds a spread in percentage points, and spreadShift turns them
// into units of num.Return.
const (
	maxSpread   = 1000
	spreadShift = num.ReturnDigits - 2
)

// events reads events.csv.
func (l *loader) events(t *table) {
	at, title := t.need("at"), t.need("title")
	country, importance := t.may("country"), t.need("importance")
	consensus, previous := t.need("consensus"), t.need("previous")
	revised, actual := t.need("revised"), t.need("actual")
	known, listed, source := t.need("known_at"), t.may("listed"), t.need("source")
	for r := range t.rows {
		e := model.Event{
			At: r.moment(at, l.calendar), Title: r.text(title), Country: r.word(country),
			Importance: int(r.integer(importance, 1, maxImportance)),
			Consensus:  r.word(consensus), Previous: r.word(previous),
			Revised: r.word(revised), Actual: r.word(actual),
			KnownAt: r.optionalInstant(known, l.calendar), Listed: r.optionalInstant(listed, l.calendar),
			Source: r.word(source),
		}
		if e.KnownAt.IsZero() {
			e.KnownAt = e.At
		}
		if r.ok() {
			l.ref.Events = append(l.ref.Events, e)
		}
	}
}

// ranges reads ranges.csv.
func (l *loader) ranges(t *table) {
	symbol, from, to := t.need("symbol"), t.need("from"), t.need("to")
	low, high := t.need("low"), t.need("high")
	source, known := t.need("source"), t.need("known_at")
	for r := range t.rows {
		f := model.Range{
			Symbol: r.text(symbol), From: r.date(from), To: r.date(to),
			Low: r.price(low), High: r.price(high),
			Source: r.word(source), KnownAt: r.instant(known, l.calendar),
		}
		if f.To < f.From {
			r.refuse(to, "the range ends on %s, before it begins", f.To)
		}
		if f.High <= f.Low {
			r.refuse(high, "the high does not lie above the low")
		}
		if r.ok() {
			l.ref.Ranges = append(l.ref.Ranges, f)
		}
	}
}

// rates reads rates.csv.
func (l *loader) rates(t *table) {
	known, cuts, year, source := t.need("known_at"), t.need("cuts_priced"), t.need("year"), t.need("source")
	for r := range t.rows {
		q := model.RateQuote{
			KnownAt: r.instant(known, l.calendar), CutsPriced: r.decimal(cuts, maxCuts).String(),
			Year: int(r.integer(year, firstYear, lastYear)), Source: r.word(source),
		}
		if r.ok() {
			l.ref.Rates = append(l.ref.Rates, q)
		}
	}
}

// spreads reads spread_history.csv.
func (l *loader) spreads(t *table) {
	date, axis, universe := t.need("date"), t.need("axis"), t.need("universe")
	sessions, spread := t.need("sessions"), t.need("spread")
	const longest = 260
	for r := range t.rows {
		p := model.SpreadPoint{
			Date: r.date(date), Universe: r.text(universe), Sessions: int(r.integer(sessions, 1, longest)),
			Spread: num.Return(r.decimal(spread, maxSpread).Shift(spreadShift).Round(0).IntPart()),
		}
		if r.oneOf(axis, "size", "leverage") == "leverage" {
			p.Axis = model.AxisLeverage
		}
		if r.ok() {
			l.ref.Spreads = append(l.ref.Spreads, p)
		}
	}
}
