package dataset

import (
	"strings"

	"gyre/model"
)

// halts reads halts.csv.
func (l *loader) halts(t *table) {
	at, key, state, code := t.need("at"), t.need("id"), t.need("state"), t.need("code")
	for r := range t.rows {
		h := Halt{At: r.moment(at, l.calendar), ID: r.id(key, &l.ids), Code: r.word(code)}
		h.Resume = r.oneOf(state, "H", "R") == "R"
		if r.ok() {
			l.data.Halts = append(l.data.Halts, h)
		}
	}
}

// ticks reads ticks.csv.
func (l *loader) ticks(t *table) {
	at, key, price := t.need("at"), t.need("id"), t.need("price")
	volume, conditions := t.may("volume"), t.may("conditions")
	for r := range t.rows {
		tick := Tick{
			At: r.moment(at, l.calendar), ID: r.id(key, &l.ids), Price: r.price(price),
			Volume: r.optionalInteger(volume, 0, maxVolume),
		}
		codes := r.word(conditions)
		tick.Flags, tick.Opening = flags(codes), strings.Contains(codes, "O")
		if r.ok() {
			l.data.Ticks = append(l.data.Ticks, tick)
		}
	}
}

// flags reads sale conditions as the consolidated tape writes them: odd lot I,
// average price W, sold late L, out of sequence Z, prior reference price P and
// derivatively priced 4 count for volume only; T and U are extended hours.
// Others qualify as regular trades.
func flags(conditions string) model.Flags {
	var f model.Flags
	if strings.ContainsAny(conditions, "IWLZP4") {
		f |= model.FlagNoLast
	}
	if strings.ContainsAny(conditions, "TU") {
		f |= model.FlagExtended
	}
	return f
}
