package live

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/session"
)

// Universe maps symbols to instruments for one day. It is immutable.
type Universe struct {
	symbols []string            // by ID, canonical
	byName  map[string]model.ID // by canonical symbol, and by those without their point
	asked   []string
	indices []string
	byIndex map[string]model.ID
}

// NewUniverse is the symbols that a reference's instruments have on a date,
// renames included. Where two instruments had one symbol, the one that is a
// member of an index on that date has it. It fails above MaxSymbols.
func NewUniverse(ref *model.Reference, on session.Date) (*Universe, error) {
	if len(ref.Instruments) > MaxSymbols {
		return nil, fmt.Errorf("the reference has %d instruments, and %d are the most that can be watched live: leave some out", len(ref.Instruments), MaxSymbols)
	}
	u := &Universe{
		symbols: make([]string, len(ref.Instruments)),
		byName:  make(map[string]model.ID, len(ref.Instruments)),
		byIndex: make(map[string]model.ID, len(ref.Indices)),
	}
	for i := range ref.Instruments {
		u.symbols[i] = canonical(ref.Instruments[i].Symbol)
	}
	for _, a := range ref.Actions {
		if a.Kind == model.ActionRename && a.ExDate <= on && u.has(a.ID) {
			u.symbols[a.ID] = canonical(a.Symbol)
		}
	}
	members := membersOn(ref, on)
	u.name(members)
	u.ask(members)
	for i := range ref.Indices {
		u.indices = append(u.indices, ref.Indices[i].Symbol)
		u.byIndex[bareIndex(ref.Indices[i].Symbol)] = model.ID(i)
	}
	return u, nil
}

// membersOn tells by ID who belongs to an index on a date, or to a company
// that does.
func membersOn(ref *model.Reference, on session.Date) []bool {
	members := make([]bool, len(ref.Instruments))
	for _, m := range ref.Members {
		if int(m.ID) < len(members) && m.ID >= 0 && m.From <= on && (m.To == 0 || m.To > on) {
			members[m.ID] = true
		}
	}
	for i := range ref.Instruments {
		primary := ref.Instruments[i].ShareClassOf
		members[i] = members[i] || primary >= 0 && int(primary) < len(members) && members[primary]
	}
	return members
}

// name gives every symbol to one instrument: to a member before one that is
// none, and to the later of two equals, which is the newer listing.
func (u *Universe) name(members []bool) {
	order := make([]model.ID, len(u.symbols))
	for i := range order {
		order[i] = model.ID(i)
	}
	slices.SortStableFunc(order, func(a, b model.ID) int { return cmp.Compare(rank(members[a]), rank(members[b])) })
	for _, id := range order {
		u.byName[u.symbols[id]] = id
	}
	joined := map[string]model.ID{}
	for _, id := range order {
		if whole := strings.ReplaceAll(u.symbols[id], ".", ""); whole != u.symbols[id] {
			joined[whole] = id
		}
	}
	for whole, id := range joined {
		if _, taken := u.byName[whole]; !taken {
			u.byName[whole] = id
		}
	}
	delete(u.byName, "")
}

func rank(member bool) int {
	if member {
		return 1
	}
	return 0
}

// ask lists the symbols that a vendor is asked for.
func (u *Universe) ask(members []bool) {
	everyone := !slices.Contains(members, true)
	for i, symbol := range u.symbols {
		if symbol != "" && u.byName[symbol] == model.ID(i) && (everyone || members[i]) {
			u.asked = append(u.asked, symbol)
		}
	}
	slices.Sort(u.asked)
}

func (u *Universe) has(id model.ID) bool { return id >= 0 && int(id) < len(u.symbols) }

// Find is the instrument of a symbol in any known spelling.
func (u *Universe) Find(symbol string) (model.ID, bool) {
	if id, ok := u.byName[symbol]; ok {
		return id, true
	}
	id, ok := u.byName[canonical(symbol)]
	return id, ok
}

// FindIndex is the place of an index in Reference.Indices by its symbol in any
// known spelling.
func (u *Universe) FindIndex(symbol string) (model.ID, bool) {
	id, ok := u.byIndex[bareIndex(symbol)]
	return id, ok
}

// Symbols are the canonical symbols to ask a vendor for: of the members of any
// index on the date, all share classes of their companies included, or of all
// instruments where there are no members. Ascending.
func (u *Universe) Symbols() []string { return slices.Clone(u.asked) }

// Indices are the symbols of the indices as the reference writes them.
func (u *Universe) Indices() []string { return slices.Clone(u.indices) }

// Symbol is the canonical symbol of an instrument, "" for none.
func (u *Universe) Symbol(id model.ID) string {
	if !u.has(id) {
		return ""
	}
	return u.symbols[id]
}

// canonical is a symbol in the form of the consolidated tape: BRK.B for what
// others write as BRK-B, BRK/B or BRK B. Those who write BRKB are understood
// where nothing else is called so.
func canonical(symbol string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '/', ' ':
			return '.'
		default:
			return r
		}
	}, strings.TrimSpace(symbol))
}

// bareIndex is the symbol of an index without what vendors put before it, and
// in the exchange's own words.
func bareIndex(symbol string) string {
	symbol = strings.TrimPrefix(strings.TrimSpace(symbol), "I:")
	symbol = strings.TrimLeft(symbol, "^$.")
	if symbol == "GSPC" {
		return "SPX"
	}
	return symbol
}
