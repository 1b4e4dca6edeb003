package model

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// oracle works every group out from nothing, name by name, in exact decimals
// and fractions and in the plainest way there is. It shares no code with the
// market: where the two agree, both read the definitions alike.
type oracle struct {
	ref  *Reference
	last map[ID]num.Price // prices of the session shown
	on   session.Date
}

// raw is the close of a name on a date.
func (o *oracle) raw(id ID, d session.Date) num.Price {
	for _, c := range o.ref.Closes {
		if c.Date == d {
			return c.Price[id]
		}
	}
	return 0
}

// adjusted is the close of date d in the shares of the session shown.
func (o *oracle) adjusted(id ID, d session.Date) decimal.Decimal {
	p := o.raw(id, d).Decimal()
	for _, a := range o.ref.Actions {
		if a.ID != id || a.ExDate <= d || a.ExDate > o.on {
			continue
		}
		switch a.Kind {
		case ActionSplit:
			p = p.Mul(decimal.NewFromInt(a.Old)).DivRound(decimal.NewFromInt(a.New), 6)
		case ActionSpecial, ActionSpinOff:
			p = p.Sub(a.Amount.Decimal())
		default:
		}
	}
	return p
}

// gone tells whether a merger or delisting had ended a name by date d.
func (o *oracle) gone(id ID, d session.Date) bool {
	return slices.ContainsFunc(o.ref.Actions, func(a Action) bool {
		return a.ID == id && a.ExDate <= d && (a.Kind == ActionCashMerger || a.Kind == ActionDelisting)
	})
}

// members is the companies in an index on a date.
func (o *oracle) members(index string, d session.Date) []ID {
	in := map[ID]bool{}
	for _, row := range o.ref.Members {
		company := o.ref.Instruments[row.ID].ShareClassOf
		if row.Index == index && row.From <= d && (row.To == 0 || d < row.To) && !o.gone(company, d) {
			in[company] = true
		}
	}
	var ids []ID
	for id := range in {
		ids = append(ids, id)
	}
	return ids
}

// lineCap is the cap of one line at the close of d, in whole dollars.
func (o *oracle) lineCap(id ID, d session.Date, closed time.Time) *big.Int {
	var newest *ShareCount
	for i, s := range o.ref.Shares {
		if s.ID == id && !s.KnownAt.After(closed) && (newest == nil || !s.KnownAt.Before(newest.KnownAt)) {
			newest = &o.ref.Shares[i]
		}
	}
	if newest == nil {
		return new(big.Int)
	}
	shares := decimal.NewFromInt(newest.Shares)
	for _, a := range o.ref.Actions {
		if a.ID == id && a.Kind == ActionSplit && a.ExDate > session.DateOf(newest.KnownAt) && a.ExDate <= d {
			shares = shares.Mul(decimal.NewFromInt(a.New)).DivRound(decimal.NewFromInt(a.Old), 0)
		}
	}
	return shares.Mul(o.raw(id, d).Decimal()).Round(0).BigInt()
}

// cap is the cap of a company at the close of d, nil where it is not known.
func (o *oracle) cap(company ID, d session.Date) *big.Int {
	s, _ := o.ref.Calendar.On(d)
	total := o.lineCap(company, d, s.Closes)
	if total.Sign() == 0 {
		return nil
	}
	for id := range o.ref.Instruments {
		if line := &o.ref.Instruments[id]; line.ShareClassOf == company && ID(id) != company {
			total.Add(total, o.lineCap(ID(id), d, s.Closes))
		}
	}
	return total
}

// quartiles is the companies of the Russell 2000 by size at the close of d.
func (o *oracle) quartiles(d session.Date) [4][]ID {
	var ranked []ID
	for _, id := range o.members("RUT", d) {
		if o.cap(id, d) != nil {
			ranked = append(ranked, id)
		}
	}
	slices.SortFunc(ranked, func(a, b ID) int {
		return cmp.Or(o.cap(b, d).Cmp(o.cap(a, d)), cmp.Compare(o.ref.Instruments[a].Symbol, o.ref.Instruments[b].Symbol))
	})
	var q [4][]ID
	for rank, id := range ranked {
		of := 4 * rank / len(ranked)
		q[of] = append(q[of], id)
	}
	return q
}

// thirds is the companies of an index by debt/EV at the close of d, and what
// was left out.
func (o *oracle) thirds(index string, d session.Date) (low, mid, high []ID, out Excluded) {
	s, _ := o.ref.Calendar.On(d)
	type levered struct {
		id    ID
		ratio *big.Rat
	}
	var indebted []levered
	for _, id := range o.members(index, d) {
		var f *Facts
		for i, row := range o.ref.Facts {
			if row.ID == id && !row.KnownAt.After(s.Closes) && (f == nil || !row.KnownAt.Before(f.KnownAt)) {
				f = &o.ref.Facts[i]
			}
		}
		sector, worth := o.ref.Instruments[id].Sector, o.cap(id, d)
		switch {
		case sector == "FIN" || sector == "RE":
			out.Financials++
			continue
		case f == nil || !f.Debt.Known:
			out.NoDebtData++
			continue
		case s.Closes.Sub(f.KnownAt) > 400*24*time.Hour:
			out.OldFiling++
			continue
		case worth == nil:
			out.NoCap++
			continue
		}
		ev := new(big.Int).Add(worth, big.NewInt(int64(f.Debt.Dollars+f.Preferred.Dollars+f.Minority.Dollars-f.Cash.Dollars)))
		if ev.Sign() <= 0 {
			out.EVNotPositive++
			continue
		}
		if s.Closes.Sub(f.KnownAt) > 200*24*time.Hour {
			out.FlaggedOld++
		}
		if f.Debt.Dollars <= 0 {
			low = append(low, id)
			continue
		}
		indebted = append(indebted, levered{id, new(big.Rat).SetFrac(big.NewInt(int64(f.Debt.Dollars)), ev)})
	}
	slices.SortFunc(indebted, func(a, b levered) int {
		return cmp.Or(a.ratio.Cmp(b.ratio), cmp.Compare(o.ref.Instruments[a.id].Symbol, o.ref.Instruments[b.id].Symbol))
	})
	for rank, l := range indebted {
		switch 3 * rank / len(indebted) {
		case 0:
			low = append(low, l.id)
		case 1:
			mid = append(mid, l.id)
		default:
			high = append(high, l.id)
		}
	}
	return low, mid, high, out
}

// returns is the returns of those companies that have a price, and the count of
// the others.
func (o *oracle) returns(ids []ID, base session.Date) (rs []decimal.Decimal, caps []*big.Int, without int) {
	for _, id := range ids {
		p, ok := o.last[id]
		if !ok {
			without++
			continue
		}
		b := o.adjusted(id, base)
		rs = append(rs, p.Decimal().Sub(b).DivRound(b, num.ReturnDigits))
		caps = append(caps, o.cap(id, base))
	}
	return rs, caps, without
}

// group is a group as it is printed: its four statistics in percent, and whether
// its mean and its median differ in sign.
func (o *oracle) group(ids []ID, base session.Date) (printed [StatCount]string, exact *big.Rat, parts bool, n, without int) {
	rs, caps, without := o.returns(ids, base)
	if len(rs) == 0 {
		return printed, nil, false, 0, without
	}
	sum, weighted, weight := new(big.Rat), new(big.Rat), new(big.Rat)
	for i, r := range rs {
		c := new(big.Rat)
		if caps[i] != nil {
			c.SetInt(caps[i])
		}
		sum.Add(sum, r.Rat())
		weighted.Add(weighted, new(big.Rat).Mul(c, r.Rat()))
		weight.Add(weight, c)
	}
	exact = new(big.Rat).Quo(sum, big.NewRat(int64(len(rs)), 1))
	slices.SortFunc(rs, decimal.Decimal.Cmp)
	middle := new(big.Rat).Add(rs[(len(rs)-1)/2].Rat(), rs[len(rs)/2].Rat())
	cut := len(rs) * 5 / 100
	inner := new(big.Rat)
	for _, r := range rs[cut : len(rs)-cut] {
		inner.Add(inner, r.Rat())
	}
	printed[Mean] = inPercent(exact)
	printed[Median] = inPercent(middle.Quo(middle, big.NewRat(2, 1)))
	printed[Trimmed] = inPercent(inner.Quo(inner, big.NewRat(int64(len(rs)-2*cut), 1)))
	if weight.Sign() > 0 {
		printed[CapWeighted] = inPercent(weighted.Quo(weighted, weight))
	}
	return printed, exact, exact.Sign()*middle.Sign() < 0, len(rs), without
}

// inPercent prints a fraction as percent with two decimals, half away from
// zero, never as minus zero.
func inPercent(r *big.Rat) string {
	s := new(big.Rat).Mul(r, big.NewRat(100, 1)).FloatString(2)
	if s == "-0.00" {
		return "0.00"
	}
	return s
}

// check compares a snapshot of the default query with the oracle, window by
// window and bucket by bucket.
func (o *oracle) check(t rapid.TB, snap *Snapshot) {
	t.Helper()
	for _, w := range session.Windows() {
		base := snap.Windows[w].Base
		if o.raw(0, base) == 0 {
			continue
		}
		var exact [4]*big.Rat
		for q, ids := range o.quartiles(base) {
			exact[q] = o.checkGroup(t, w.String()+" Q"+string(rune('1'+q)), &snap.Size.Buckets[q].Groups[w], ids, base)
		}
		checkSpread(t, w.String()+" Q4-Q1", &snap.Size.Spread[w], exact[3], exact[0])
		for i := range snap.Leverage {
			l := &snap.Leverage[i]
			low, mid, high, out := o.thirds(l.Universe, base)
			if l.Excluded[w] != out {
				t.Errorf("%s %s: excluded %+v, want %+v", w, l.Universe, l.Excluded[w], out)
			}
			name := w.String() + " " + l.Universe
			lo := o.checkGroup(t, name+" low", &l.Buckets[0].Groups[w], low, base)
			o.checkGroup(t, name+" mid", &l.Buckets[1].Groups[w], mid, base)
			hi := o.checkGroup(t, name+" high", &l.Buckets[2].Groups[w], high, base)
			checkSpread(t, name+" high-low", &l.Spread[w], hi, lo)
		}
	}
}

func (o *oracle) checkGroup(t rapid.TB, name string, g *Group, ids []ID, base session.Date) *big.Rat {
	t.Helper()
	want, exact, parts, n, without := o.group(ids, base)
	if g.N != n || g.Invalid != without || g.Differ != parts {
		t.Errorf("%s: %d names and %d without a price, want %d and %d; differ %t, want %t", name, g.N, g.Invalid, n, without, g.Differ, parts)
	}
	for s, text := range want {
		if g.Return[s].String() != text {
			t.Errorf("%s: statistic %d is %q, want %q", name, s, g.Return[s], text)
		}
	}
	return exact
}

func checkSpread(t rapid.TB, name string, s *Spread, a, b *big.Rat) {
	t.Helper()
	want := ""
	if a != nil && b != nil {
		want = inPercent(new(big.Rat).Sub(a, b))
	}
	if got := s.Return[Mean].String(); got != want {
		t.Errorf("%s is %q, want %q", name, got, want)
	}
}
