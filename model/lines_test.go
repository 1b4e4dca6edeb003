package model

import (
	"testing"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/session"
)

// impliedBy is what lines of the given weights imply over a window, in percent
// by decimals.
func (f floor) impliedBy(weights map[ID]num.Dollars, w session.Window) string {
	f.t.Helper()
	sum, all := decimal.Zero, decimal.Zero
	for id, weight := range weights {
		sum = sum.Add(decimal.NewFromInt(int64(weight)).Mul(f.names[id].ret[w].Decimal()))
		all = all.Add(decimal.NewFromInt(int64(weight)))
	}
	return num.NewFigure(sum.Shift(2).DivRound(all, 8), 2).String()
}

// Members weigh their caps at the base; those without a price do not count.
func TestImpliedByCaps(t *testing.T) {
	f := onFriday(t)
	for id := range ID(120) {
		if id != 1 {
			bar(f.Market, id, f.at("10:00:00"), f.off(id, num.Price(id%9)-3))
		}
	}
	f.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: f.at("10:00:00"), Price: f.ref.Indices[0].Days[68].Close})
	s := f.see("10:00:00")
	for _, w := range []session.Window{session.Day, session.Week, session.YearToDate} {
		weights := map[ID]num.Dollars{}
		for id := range ID(80) {
			if id != 1 {
				weights[id] = f.frame.windows[w].caps[id]
			}
		}
		if got, want := s.Size.Recon[w].Implied.String(), f.impliedBy(weights, w); got != want {
			t.Errorf("%s: implied are %s %%, want %s", w, got, want)
		}
	}
	if got := s.Size.Recon[session.Day]; got.Printed.String() != "0.00" || got.State == ReconcileNone {
		t.Errorf("against an unchanged index: %+v", got)
	}
}

// Index shares, where they are given, weigh instead; every listed line counts
// by itself, and a split multiplies its index shares.
func TestImpliedByIndexShares(t *testing.T) {
	f := onFriday(t)
	f.ref.Instruments[2].ShareClassOf = 1
	for i := range f.ref.Members {
		if m := &f.ref.Members[i]; m.Index == "RUT" && m.ID < 10 {
			m.Quantity = 1000 * int64(m.ID+1)
		}
	}
	f.ref.Actions = []Action{{ID: 3, ExDate: date(t, "2025-03-25"), Kind: ActionSplit, New: 2, Old: 1}}
	for _, c := range f.ref.Closes {
		if c.Date >= date(t, "2025-03-25") {
			c.Price[3], _ = c.Price[3].Scale(1, 2)
		}
	}
	f.Market = start(f.ref)
	for id := range ID(120) {
		bar(f.Market, id, f.at("10:00:00"), f.off(id, num.Price(id%9)-3))
	}
	f.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: f.at("10:00:00"), Price: f.ref.Indices[0].Days[68].Close})
	s := f.see("10:00:00")
	for _, w := range []session.Window{session.Day, session.Week} {
		base := s.Windows[w].Base
		weights := map[ID]num.Dollars{}
		for id := range ID(80) {
			shares := f.ref.Shares[id].Shares
			if id < 10 {
				shares = 1000 * int64(id+1)
			}
			if id == 3 && base >= date(t, "2025-03-25") {
				shares *= 2
			}
			weights[id] = num.Cap(shares, closeOf(t, f.ref, id, base.String()))
		}
		if got, want := s.Size.Recon[w].Implied.String(), f.impliedBy(weights, w); got != want {
			t.Errorf("%s: implied are %s %%, want %s", w, got, want)
		}
	}
}

// There is nothing to compare without an index, without its base, or without
// prices.
func TestNothingToReconcile(t *testing.T) {
	level := func(f floor) {
		f.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: f.at("10:00:00"), Price: 2000 * num.PriceScale})
	}
	for name, prepare := range map[string]func(f *floor){
		"no index level": func(f *floor) { printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1) },
		"no names":       func(f *floor) { level(*f) },
		"no index": func(f *floor) {
			f.ref.Indices = f.ref.Indices[1:]
			f.Market = start(f.ref)
			printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1)
			level(*f)
		},
		"no base of the index": func(f *floor) {
			f.ref.Indices[0].Days = f.ref.Indices[0].Days[:5]
			f.Market = start(f.ref)
			printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1)
			level(*f)
		},
	} {
		f := onFriday(t)
		prepare(&f)
		if got := f.see("10:00:00").Size.Recon[session.Day]; got != (Reconcile{}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
