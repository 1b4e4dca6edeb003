package model

import (
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// Coverage is by count and by market cap at the previous close.
func TestCoverage(t *testing.T) {
	f := onFriday(t)
	for id := range ID(120) {
		if id != 0 && id != 75 && id != 110 {
			bar(f.Market, id, f.at("10:00:00"), f.off(id, 1))
		}
	}
	s := f.see("10:00:00")
	caps := f.frame.windows[session.Day].caps
	var total, micro num.Dollars
	for id := range ID(80) {
		total += caps[id]
	}
	for id := ID(60); id < 120; id++ {
		micro += caps[id]
	}
	want := []Coverage{
		{Universe: "RUT", Members: 80, Valid: 78, Invalid: 2, Pct: num.Share(78, 80, 2), CapPct: num.Share(total-caps[0]-caps[75], total, 2)},
		{Universe: "RMICRO", Members: 60, Valid: 58, Invalid: 2, Pct: num.Share(58, 60, 2), CapPct: num.Share(micro-caps[75]-caps[110], micro, 2)},
	}
	for i := range want {
		if s.Universes[i] != want[i] {
			t.Errorf("the coverage is %+v, want %+v", s.Universes[i], want[i])
		}
	}
	if s.Universes[0].CapPct.Float() > 90 {
		t.Errorf("without the largest name %s %% of the cap are covered", s.Universes[0].CapPct)
	}
	// The name that is in both universes is counted once in the trust line.
	if s.Quality.Unprinted != 3 {
		t.Errorf("%d have not printed, want 3", s.Quality.Unprinted)
	}
}

// Breadth: how many rise, and how many are above their own means.
func TestBreadth(t *testing.T) {
	f := onFriday(t)
	week := f.ref.Closes[len(f.ref.Closes)-30:]
	for id := range ID(80) {
		move := num.Price(int(id)%4 - 1) // -1, 0, 1, 2 %
		bar(f.Market, id, f.at("10:00:00"), f.off(id, move))
	}
	for _, c := range week[:1] {
		c.Price[1] = 0 // 30 sessions ago: it has 20 closes, not 50
	}
	f2 := floor{Market: start(f.ref), t: t, ref: f.ref}
	for id := range ID(80) {
		move := num.Price(int(id)%4 - 1)
		bar(f2.Market, id, f2.at("10:00:00"), f2.off(id, move))
	}
	s := f2.see("10:00:00")
	g := s.Size.Buckets[0].Groups[session.Day]
	if g.N != 20 || g.Advancing.String() != "50" {
		t.Errorf("of %d names %s %% rise, want 50 of 20: the unchanged do not", g.N, g.Advancing)
	}
	for n, got := range map[int]num.Figure{20: g.Above20, 50: g.Above50} {
		above, with := 0, 0
		for id := range ID(20) {
			columns := f2.frame.columns
			sum, whole := f2.names[id].last, true
			for _, c := range columns[len(columns)-n+1:] {
				sum += c.Price[id]
				whole = whole && c.Price[id] > 0
			}
			if whole {
				with++
				above += one(f2.names[id].last*num.Price(n) > sum)
			}
		}
		if n == 50 && with != 19 {
			t.Fatalf("%d names have fifty closes, want all but one", with)
		}
		if want := num.Share(above, with, 0); got != want {
			t.Errorf("above their %d-session means are %s %%, want %s", n, got, want)
		}
	}
}

// With fewer closes than a mean needs nobody is above it.
func TestBreadthWithoutHistory(t *testing.T) {
	w := fridayWorld()
	w.days = 20 // 19 before Friday: just enough for twenty with the live price
	ref := w.reference(t)
	m := start(ref)
	now := at(t, "2025-03-28 10:00:00")
	printAll(t, m, ref, now, "2025-03-27", 5)
	g := m.Snapshot(now, Query{}).Size.Buckets[0].Groups[session.Day]
	if !g.Above20.Known() || g.Above50.Known() {
		t.Errorf("above twenty %q, above fifty %q", g.Above20, g.Above50)
	}
	w.days = 19
	ref = w.reference(t)
	m = start(ref)
	printAll(t, m, ref, now, "2025-03-27", 5)
	if g = m.Snapshot(now, Query{}).Size.Buckets[0].Groups[session.Day]; g.Above20.Known() {
		t.Errorf("with eighteen closes %s %% are above their mean of twenty", g.Above20)
	}
}

// Shares of turnover and of weight are of the whole universe: a bucket's names
// against all members at the base, in a bucket or not.
func TestTurnoverAndWeight(t *testing.T) {
	f := onFriday(t)
	price := func(id ID) num.Price { return f.off(id, 1) }
	for id := range ID(120) {
		f.Apply(&Update{Kind: KindQuote, Flags: FlagBar, ID: id, At: f.at("10:00:00"), Price: price(id), Volume: int64(1000 * (id + 1))})
	}
	s := f.see("10:00:00")
	dollars := func(members []ID) (turnover, worth num.Dollars) {
		for _, id := range members {
			turnover += num.Cap(int64(1000*(id+1)), price(id))
			worth += f.frame.windows[session.Week].caps[id]
		}
		return turnover, worth
	}
	all, allWorth := dollars(ids(0, 79))
	for q := range 4 {
		part, worth := dollars(ids(ID(20*q), ID(20*q+19)))
		g := s.Size.Buckets[q].Groups[session.Week]
		if g.Turnover != num.Share(part, all, 0) || g.Weight != num.Share(worth, allWorth, 0) {
			t.Errorf("Q%d: turnover %s, weight %s, want %s and %s", q+1, g.Turnover, g.Weight, num.Share(part, all, 0), num.Share(worth, allWorth, 0))
		}
	}
	sum := 0.0
	for _, b := range s.Leverage[0].Buckets {
		sum += b.Groups[session.Week].Weight.Float()
	}
	if sum >= 100 {
		t.Errorf("low, mid and high weigh %g %%, though financials are in none", sum)
	}
}

// Filing ages are in days at the window's base, though the clocks change in
// between; an old filing is used and counted.
func TestFilingAges(t *testing.T) {
	f := onFriday(t)
	for i := range f.ref.Facts {
		f.ref.Facts[i].KnownAt = at(t, "2025-02-24 16:00:00")
	}
	f.ref.Facts[0].KnownAt = at(t, "2024-09-02 16:00:00") // 200 days and an hour less before 21 March, 206 before the 27th
	f.Market = start(f.ref)
	heartbeat(f.Market, f.at("10:00:00"))
	rut := f.see("10:00:00").Leverage[0]
	companies := 80 - rut.Excluded[session.Day].Financials
	for w, want := range map[session.Window]struct {
		age             string
		flagged, noData int
	}{
		session.Day:     {"31", 1, 0},
		session.Week:    {"25", 0, 0},
		session.Month:   {"4", 0, 0},
		session.Quarter: {"116", 0, companies - 1}, // only the old one was there
	} {
		out := rut.Excluded[w]
		if got := rut.FilingAge[w].String(); got != want.age || out.FlaggedOld != want.flagged || out.NoDebtData != want.noData {
			t.Errorf("%s: the median age is %s days, %d flagged, %d without data, want %s, %d and %d", w, got, out.FlaggedOld, out.NoDebtData, want.age, want.flagged, want.noData)
		}
	}
}

// Financials take part where the query asks for them.
func TestFinancialsTakePart(t *testing.T) {
	f := shaken(t)
	without, with := f.see("16:00:00"), f.Snapshot(f.at("16:00:00"), Query{Financials: true})
	for i := range without.Leverage {
		w := session.Week
		a, b := without.Leverage[i].Excluded[w], with.Leverage[i].Excluded[w]
		if a.Financials == 0 || b.Financials != 0 {
			t.Errorf("%s: %d financials are left out, with them %d", without.Leverage[i].Universe, a.Financials, b.Financials)
		}
		n := func(s *Snapshot) (n int) {
			for _, bucket := range s.Leverage[i].Buckets {
				n += bucket.Groups[w].N
			}
			return n
		}
		if n(with)-n(without) != a.Financials {
			t.Errorf("%d names with financials, %d without, %d of them left out", n(with), n(without), a.Financials)
		}
	}
	if without.Size.Spread[session.Week].Return != with.Size.Spread[session.Week].Return {
		t.Error("the size spread depends on financials")
	}
}

// A name without closes since the week's base has no cap of yesterday. It is
// missing all the same, with the cap that was last known.
func TestWhatHasStoppedTradingIsMissedByItsLastCap(t *testing.T) {
	ref := fridayWorld().reference(t)
	for i := range ref.Closes {
		if ref.Closes[i].Date > date(t, "2025-03-21") {
			ref.Closes[i].Price[0] = 0 // the largest
		}
	}
	m := start(ref)
	now := at(t, "2025-03-28 16:00:00")
	heartbeat(m, now)
	c := m.Snapshot(now, Query{}).Universes[0]
	if c.Valid != 79 || c.CapPct.Float() > 90 {
		t.Errorf("%d of %d priced, by cap %s %%: the largest name is missing", c.Valid, c.Members, c.CapPct)
	}
}
