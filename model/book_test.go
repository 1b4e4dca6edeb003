package model

import (
	"slices"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// One company is one row, whichever of its lines are members.
func TestMembersAreCompanies(t *testing.T) {
	day := func(s string) session.Date { return date(t, s) }
	ref := &Reference{
		Instruments: []Instrument{{ShareClassOf: 0}, {ShareClassOf: 0}, {ShareClassOf: 2}, {ShareClassOf: 4}, {ShareClassOf: 3}, {ShareClassOf: -1}, {ShareClassOf: 99}},
		Members: []Membership{
			{Index: "RUT", ID: 0, From: day("2025-01-02")},
			{Index: "RUT", ID: 1, From: day("2025-01-02")},
			{Index: "RUT", ID: 2, From: day("2025-01-02"), To: day("2025-03-03")},
			{Index: "RUT", ID: 2, From: day("2025-03-10")},
			{Index: "RUT", ID: 3, From: day("2025-03-10")}, // its primary line has another primary: it stands for itself
			{Index: "RUT", ID: 5, From: day("2025-02-03")},
			{Index: "RUT", ID: 6, From: day("2025-02-03")},
			{Index: "RUT", ID: 7, From: day("2025-01-02")}, // no instrument
			{Index: "RMICRO", ID: 1, From: day("2025-01-02")},
			{Index: "SPX", ID: 2, From: day("2025-01-02")},
		},
		Actions: []Action{{ID: 5, ExDate: day("2025-03-20"), Kind: ActionCashMerger}},
	}
	b := newBook(ref)
	for on, want := range map[string][]ID{
		"2025-01-01": nil,
		"2025-01-02": {0, 2},
		"2025-02-28": {0, 2, 5, 6},
		"2025-03-03": {0, 5, 6},
		"2025-03-10": {0, 2, 3, 5, 6},
		"2025-03-20": {0, 2, 3, 6},
	} {
		if got := b.membersOn(inRUT, day(on)); !slices.Equal(got, want) {
			t.Errorf("on %s the members are %v, want %v", on, got, want)
		}
	}
	if got := b.membersOn(inMicro, day("2025-02-03")); !slices.Equal(got, []ID{0}) {
		t.Errorf("in the micro caps is %v, want the company of line 1", got)
	}
}

// A count of shares is the newest known by then, in the shares of the day asked
// for.
func TestSharesAsKnown(t *testing.T) {
	day := func(s string) session.Date { return date(t, s) }
	b := newBook(&Reference{
		Instruments: make([]Instrument, 2),
		Shares: []ShareCount{
			{ID: 0, KnownAt: at(t, "2025-02-03 08:00:00"), Shares: 1000},
			{ID: 0, KnownAt: at(t, "2025-03-03 16:00:00"), Shares: 1100},
			{ID: 0, KnownAt: at(t, "2025-01-02 08:00:00"), Shares: 900}, // rows may come in any order
		},
		Actions: []Action{
			{ID: 0, ExDate: day("2025-02-10"), Kind: ActionSplit, New: 2, Old: 1},
			{ID: 0, ExDate: day("2025-03-03"), Kind: ActionSplit, New: 1, Old: 10}, // the new count is in new shares
			{ID: 0, ExDate: day("2025-03-20"), Kind: ActionSplit, New: 3, Old: 1},
		},
	})
	for name, c := range map[string]struct {
		id     ID
		t, day string
		want   int64
	}{
		"before any count":        {0, "2025-01-02 07:59:59", "2025-01-02", 0},
		"the first count":         {0, "2025-01-02 08:00:00", "2025-01-02", 900},
		"the second count":        {0, "2025-02-07 16:00:00", "2025-02-07", 1000},
		"after a split":           {0, "2025-02-10 16:00:00", "2025-02-10", 2000},
		"after two splits":        {0, "2025-03-03 15:59:59", "2025-03-03", 200},
		"the third count":         {0, "2025-03-03 16:00:00", "2025-03-03", 1100},
		"the third after a split": {0, "2025-03-20 16:00:00", "2025-03-20", 3300},
		"a name without counts":   {1, "2025-03-20 16:00:00", "2025-03-20", 0},
	} {
		if got := b.sharesAt(c.id, at(t, c.t), day(c.day)); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestFilingsAsKnown(t *testing.T) {
	b := newBook(&Reference{
		Instruments: make([]Instrument, 2),
		Facts: []Facts{
			{ID: 0, KnownAt: at(t, "2024-11-05 17:00:00"), Debt: Amount{Dollars: 1, Known: true}},
			{ID: 0, KnownAt: at(t, "2025-02-25 17:00:00"), Debt: Amount{Dollars: 2, Known: true}},
		},
	})
	for moment, want := range map[string]num.Dollars{
		"2024-11-05 16:59:59": 0, "2024-11-05 17:00:00": 1, "2025-02-25 16:00:00": 1, "2025-02-25 17:00:00": 2, "2026-01-01 00:00:00": 2,
	} {
		f := b.factsAt(0, at(t, moment))
		if got := want; f == nil && want != 0 || f != nil && f.Debt.Dollars != got {
			t.Errorf("at %s the debt is %+v, want %d", moment, f, want)
		}
	}
	if b.factsAt(1, at(t, "2026-01-01 00:00:00")) != nil {
		t.Error("a name without filings has one")
	}
}

// A price is carried over actions in the order in which they took effect.
func TestCarriedPrices(t *testing.T) {
	day := func(s string) session.Date { return date(t, s) }
	b := newBook(&Reference{
		Instruments: make([]Instrument, 1),
		Actions: []Action{ // not in order
			{ExDate: day("2025-03-20"), Kind: ActionSpecial, Amount: 2_000_000},
			{ExDate: day("2025-03-10"), Kind: ActionSplit, New: 2, Old: 1},
			{ExDate: day("2025-03-12"), Kind: ActionRename, Symbol: "X"},
			{ExDate: day("2025-03-24"), Kind: ActionSplit, New: 0, Old: 1},       // no ratio
			{ExDate: day("2025-03-25"), Kind: ActionSpinOff, Amount: -5_000_000}, // no payment
			{ExDate: day("2025-03-26"), Kind: ActionSpinOff, Amount: 60_000_000},
		},
	})
	for name, c := range map[string]struct {
		from, to string
		want     num.Price
	}{
		"the same day":              {"2025-03-10", "2025-03-10", 100_000_000},
		"over the split":            {"2025-03-07", "2025-03-10", 50_000_000},
		"from the split's own day":  {"2025-03-10", "2025-03-19", 100_000_000},
		"split, then dividend":      {"2025-03-07", "2025-03-20", 48_000_000},
		"the dividend alone":        {"2025-03-10", "2025-03-25", 98_000_000},
		"until nothing is left":     {"2025-03-07", "2025-03-26", 0},
		"what a spin-off leaves":    {"2025-03-20", "2025-03-28", 40_000_000},
		"backwards is not carrying": {"2025-03-28", "2025-03-07", 100_000_000},
	} {
		if got := b.carry(0, 100_000_000, day(c.from), day(c.to)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got.Decimal(), c.want.Decimal())
		}
	}
}

// Columns are the sessions before a date; what the market saw itself fills the
// gaps, and the reference has the last word.
func TestColumnsBeforeASession(t *testing.T) {
	day := func(s string) session.Date { return date(t, s) }
	column := func(s string, p num.Price) CloseColumn { return CloseColumn{Date: day(s), Price: []num.Price{p}} }
	b := newBook(&Reference{
		Instruments: make([]Instrument, 1),
		Closes: []CloseColumn{
			column("2025-03-26", 26), column("2025-03-24", 24), column("2025-03-24", 99), column("2025-03-22", 22), // a Saturday
			column("2025-03-28", 28), column("2025-03-27", 27),
		},
	})
	got := b.columnsBefore(day("2025-03-28"), []CloseColumn{column("2025-03-25", 1025), column("2025-03-26", 1026), column("2025-03-28", 1028)})
	var prices []num.Price
	for _, c := range got {
		prices = append(prices, c.Price[0])
	}
	if !slices.Equal(prices, []num.Price{24, 1025, 26, 27}) {
		t.Errorf("the closes are %v", prices)
	}
	if i, ok := columnOn(got, day("2025-03-26")); !ok || i != 2 {
		t.Errorf("26 March is column %d (%t)", i, ok)
	}
	if _, ok := columnOn(got, day("2025-03-28")); ok {
		t.Error("the day itself is among the days before it")
	}
}

// Columns may be shorter than the list of names, and hold nonsense.
func TestRawCloses(t *testing.T) {
	c := CloseColumn{Price: []num.Price{5, -5, 0, num.MaxPrice + 1}, Volume: []int64{7}}
	for id, want := range []num.Price{5, 0, 0, 0, 0} {
		if got := c.raw(ID(id)); got != want {
			t.Errorf("the close of %d is %d, want %d", id, got, want)
		}
	}
	if c.volume(0) != 7 || c.volume(1) != 0 {
		t.Errorf("the volumes are %d and %d", c.volume(0), c.volume(1))
	}
}

// A company is worth all its classes; without the primary line's price or
// shares nothing is known of it.
func TestCompanyCap(t *testing.T) {
	known := at(t, "2025-01-02 08:00:00")
	ref := &Reference{
		Instruments: []Instrument{{ShareClassOf: 0}, {ShareClassOf: 0}, {ShareClassOf: 2}, {ShareClassOf: 2}, {ShareClassOf: 4}, {ShareClassOf: 4}},
		Shares: []ShareCount{
			{ID: 0, KnownAt: known, Shares: 100},
			{ID: 1, KnownAt: known, Shares: 10},
			{ID: 3, KnownAt: known, Shares: 10},
			{ID: 4, KnownAt: known, Shares: 100},
		},
		Closes: []CloseColumn{{Date: date(t, "2025-03-27"), Price: []num.Price{2 * num.PriceScale, 3 * num.PriceScale, num.PriceScale, num.PriceScale, num.PriceScale, 0}}},
	}
	b := newBook(ref)
	on, _ := b.cal.On(date(t, "2025-03-27"))
	for company, want := range map[ID]num.Dollars{0: 230, 2: 0, 4: 100} {
		if got := b.companyCap(ref.Closes, 0, on, company); got != want {
			t.Errorf("company %d is worth %d, want %d", company, got, want)
		}
	}
}
