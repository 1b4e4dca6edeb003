package model

import (
	"cmp"
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// The universes whose members are compared.
const (
	inRUT = iota
	inMicro
	universeCount
)

// universeName is the name of a universe in Membership.Index.
func universeName(universe int) string {
	if universe == inMicro {
		return "RMICRO"
	}
	return "RUT"
}

// book is a reference with its rows filed by instrument, and with what updates
// have added since. Rows that name no instrument are left out.
type book struct {
	ref       *Reference
	cal       *session.Calendar
	companies []ID   // the primary line of each instrument's company
	classes   [][]ID // the other lines of a company, by primary line
	sectors   []int  // a number for each sector, by instrument
	members   [universeCount][]Membership
	shares    [][]ShareCount // by instrument, ascending by KnownAt
	facts     [][]Facts
	actions   [][]Action // by instrument, ascending by ExDate
	events    *agenda
	spreads   map[trailKey]num.Return
}

func newBook(ref *Reference) *book {
	n := len(ref.Instruments)
	b := &book{
		ref:       ref,
		cal:       ref.Calendar,
		companies: make([]ID, n),
		classes:   make([][]ID, n),
		sectors:   make([]int, n),
		events:    newAgenda(ref.Events),
		spreads:   make(map[trailKey]num.Return, len(ref.Spreads)),
	}
	if b.cal == nil {
		b.cal = session.New()
	}
	numbers := map[string]int{}
	for i := range ref.Instruments {
		id, primary := ID(i), ref.Instruments[i].ShareClassOf
		if !b.knows(primary) || ref.Instruments[primary].ShareClassOf != primary {
			primary = id
		}
		b.companies[i] = primary
		if primary != id {
			b.classes[primary] = append(b.classes[primary], id)
		}
		sector := ref.Instruments[i].Sector
		if _, seen := numbers[sector]; !seen {
			numbers[sector] = len(numbers)
		}
		b.sectors[i] = numbers[sector]
	}
	b.shares = file(ref.Shares, n, func(s *ShareCount) ID { return s.ID }, func(x, y ShareCount) int { return x.KnownAt.Compare(y.KnownAt) })
	b.facts = file(ref.Facts, n, func(f *Facts) ID { return f.ID }, func(x, y Facts) int { return x.KnownAt.Compare(y.KnownAt) })
	b.actions = file(ref.Actions, n, func(a *Action) ID { return a.ID }, func(x, y Action) int { return cmp.Compare(x.ExDate, y.ExDate) })
	for _, p := range ref.Spreads {
		b.spreads[trailKey{p.Date, p.Axis, p.Universe, p.Sessions}] = p.Spread
	}
	for _, row := range ref.Members {
		for universe := range b.members {
			if row.Index == universeName(universe) && b.knows(row.ID) {
				b.members[universe] = append(b.members[universe], row)
			}
		}
	}
	return b
}

// file sorts rows into one list for each of n instruments, ascending by order.
func file[T any](rows []T, n int, id func(*T) ID, order func(a, b T) int) [][]T {
	filed := make([][]T, n)
	for i := range rows {
		if of := id(&rows[i]); of >= 0 && int(of) < n {
			filed[of] = append(filed[of], rows[i])
		}
	}
	for _, list := range filed {
		slices.SortStableFunc(list, order)
	}
	return filed
}

// knows tells whether id is an instrument of the reference.
func (b *book) knows(id ID) bool { return id >= 0 && int(id) < len(b.companies) }

// symbol is the symbol a name had at first. It breaks ties, whatever the name
// was called later.
func (b *book) symbol(id ID) string { return b.ref.Instruments[id].Symbol }

// symbolOn is the symbol of a name on date d.
func (b *book) symbolOn(id ID, d session.Date) string {
	symbol := b.symbol(id)
	for _, a := range b.actions[id] {
		if a.Kind == ActionRename && a.ExDate <= d {
			symbol = a.Symbol
		}
	}
	return symbol
}

// membersOn is the companies that are in a universe on date d, each by its
// primary line, ascending; without those that a merger or delisting has ended.
func (b *book) membersOn(universe int, d session.Date) []ID {
	var ids []ID
	for i := range b.members[universe] {
		row := &b.members[universe][i]
		if row.From > d || row.To != 0 && row.To <= d {
			continue
		}
		if company := b.companies[row.ID]; !b.ended(company, d) {
			ids = append(ids, company)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ended tells whether a merger or delisting had taken effect by date d.
func (b *book) ended(id ID, d session.Date) bool {
	_, ok := b.ending(id, d)
	return ok
}

// ending is the merger or delisting that had ended a name by date d.
func (b *book) ending(id ID, d session.Date) (*Action, bool) {
	for i := range b.actions[id] {
		a := &b.actions[id][i]
		if a.ExDate <= d && (a.Kind == ActionCashMerger || a.Kind == ActionDelisting) {
			return a, true
		}
	}
	return nil, false
}

// sharesAt is the number of shares outstanding on date d as known at t, in the
// shares of d: a split after the count became known multiplies it. It is 0
// where no count is known.
func (b *book) sharesAt(id ID, t time.Time, d session.Date) int64 {
	counts := b.shares[id]
	i := len(counts) - 1
	for i >= 0 && counts[i].KnownAt.After(t) {
		i--
	}
	if i < 0 {
		return 0
	}
	return b.splitShares(id, counts[i].Shares, counts[i].KnownAt, d)
}

// splitShares carries a number of shares known at t over the splits up to d.
func (b *book) splitShares(id ID, shares int64, t time.Time, d session.Date) int64 {
	if len(b.actions[id]) == 0 {
		return shares
	}
	from := session.DateOf(t)
	for _, a := range b.actions[id] {
		if a.Kind == ActionSplit && a.ExDate > from && a.ExDate <= d {
			shares = num.Shares(shares, a.New, a.Old)
		}
	}
	return shares
}

// factsAt is the newest filing known at t, nil where there is none.
func (b *book) factsAt(id ID, t time.Time) *Facts {
	filings := b.facts[id]
	for i := len(filings) - 1; i >= 0; i-- {
		if !filings[i].KnownAt.After(t) {
			return &filings[i]
		}
	}
	return nil
}

// carry expresses a price of date from in the shares of the later date to:
// splits scale it, and what a special dividend or a spin-off paid out leaves
// it. It is 0 where nothing is left.
func (b *book) carry(id ID, p num.Price, from, to session.Date) num.Price {
	for _, a := range b.actions[id] {
		if a.ExDate <= from || a.ExDate > to || p <= 0 {
			continue
		}
		switch a.Kind {
		case ActionSplit:
			if scaled, ok := p.Scale(a.Old, a.New); ok {
				p = scaled
			}
		case ActionSpecial, ActionSpinOff:
			if a.Amount > 0 {
				p = max(p-a.Amount, 0)
			}
		default:
		}
	}
	return p
}
