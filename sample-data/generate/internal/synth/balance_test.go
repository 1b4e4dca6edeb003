package synth

import (
	"math"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// Every company has filed twice, and what counts is known when it is needed.
func TestFilings(t *testing.T) {
	all := companiesOf(seed)
	books := balances(all, seed)
	if len(books.Shares) != filings*companies || len(books.Facts) != filings*companies {
		t.Fatalf("%d share counts and %d balance sheets", len(books.Shares), len(books.Facts))
	}
	begin := session.NewDate(2024, time.December, 16).At(9, 30)
	base := session.NewDate(2025, time.March, 21).At(16, 0)
	late, unknown := 0, 0
	for i := range all {
		first, second := books.Facts[filings*i], books.Facts[filings*i+1]
		if int(first.ID) != i || int(second.ID) != i || !first.KnownAt.Before(second.KnownAt) {
			t.Fatalf("filings of %s: %+v %+v", all[i].ID, first, second)
		}
		if !first.KnownAt.Before(begin) || second.KnownAt.After(base) {
			t.Errorf("%s has filed at %s and %s", all[i].ID, first.KnownAt, second.KnownAt)
		}
		if day := second.KnownAt.Weekday(); day == time.Saturday || day == time.Sunday {
			t.Errorf("%s files on a %s", all[i].ID, day)
		}
		if s := books.Shares[filings*i+1]; !s.KnownAt.Equal(second.KnownAt) || s.Shares != all[i].shares {
			t.Errorf("the shares of %s: %+v", all[i].ID, s)
		}
		if base.Sub(second.KnownAt) > 200*24*time.Hour {
			late++
		}
		if second.Debt.Known != first.Debt.Known {
			t.Errorf("the debt of %s is known once", all[i].ID)
		}
		if !second.Debt.Known {
			unknown++
		}
	}
	if late != lateFilers {
		t.Errorf("%d filings are older than 200 days, want %d", late, lateFilers)
	}
	if part := float64(unknown) / companies; part < .012 || part > .03 {
		t.Errorf("the debt of %d companies is unknown", unknown)
	}
}

// Cash exceeds all claims in about one company of twenty; about as many as in
// the real index have no debt.
func TestBalanceSheetsAreLikeRealOnes(t *testing.T) {
	m := made(t)
	buckets := m.leverage(m.russell, m.bases.week)
	counts := map[model.LeverageBucket]int{}
	for _, i := range m.russell.ids {
		counts[buckets[i]]++
	}
	if n := counts[model.LeverageEVNotPositive]; n < 70 || n > 140 {
		t.Errorf("enterprise value is not positive in %d companies", n)
	}
	if low, high := counts[model.LeverageLow], counts[model.LeverageHigh]; low < high+100 || low > high+400 {
		t.Errorf("%d companies are low, %d high: the difference owes nothing", low, high)
	}
}

// Debt over enterprise value is what was drawn for the sector, wherever there
// is debt and cash does not exceed the company's value.
func TestSheetsHaveTheirSectorsLeverage(t *testing.T) {
	rng := random(9, streamBalance)
	for _, code := range []string{"HC", "IND", "UTL"} {
		c, s := Company{cap0: 2, Sector: code}, sectorOf(code)
		var logs, n, none float64
		for range 4000 {
			b := drawSheet(rng, &c)
			ev := 2e9 + b.debt + b.preferred + b.minority - b.cash
			switch {
			case b.debt < 0 || b.cash < 0 || b.preferred < 0 || b.minority < 0:
				t.Fatalf("%s: %+v", code, b)
			case b.debt == 0:
				none++
			case ev > .5e9:
				if ratio := b.debt / ev; ratio > mostLeverage+1e-9 {
					t.Fatalf("%s: debt is %.3f of enterprise value", code, ratio)
				}
				logs += math.Log(b.debt / ev)
				n++
			}
		}
		if part := none / 4000; math.Abs(part-s.zeroDebt) > .03 {
			t.Errorf("%s: %.3f have no debt, want %.3f", code, part, s.zeroDebt)
		}
		if centre := math.Exp(logs / n); math.Abs(centre/s.leverage-1) > .2 {
			t.Errorf("%s: the centre of debt/EV is %.3f, want about %.3f", code, centre, s.leverage)
		}
	}
}

func TestFilingsComeOnWeekdaysOutsideTrading(t *testing.T) {
	rng := random(4, streamBalance)
	for name, window := range map[string]filing{"third quarter": thirdQuarter(), "annual": annual(), "late": lateFilings()[1]} {
		for range 500 {
			at := window.draw(rng)
			date := session.DateOf(at)
			if day := date.Weekday(); date < window.first || date > window.last || day == time.Saturday || day == time.Sunday {
				t.Fatalf("%s: %s", name, at)
			}
			if at.After(date.At(9, 30)) && at.Before(date.At(16, 0)) {
				t.Fatalf("%s: %s lies within the session", name, at)
			}
		}
	}
}

func TestFactsAreInThousands(t *testing.T) {
	at := session.NewDate(2025, time.March, 3).At(16, 10)
	f := sheet{debt: 1_234_567, cash: 499, unknown: false}.facts(3, at)
	if f.Debt.Dollars != 1_235_000 || f.Cash.Dollars != 0 || !f.Debt.Known || !f.Cash.Known || f.ID != 3 || !f.KnownAt.Equal(at) {
		t.Errorf("%+v", f)
	}
	if f := (sheet{debt: 5e6, unknown: true}).facts(3, at); f.Debt.Known || f.Debt.Dollars != 0 || !f.Cash.Known {
		t.Errorf("the debt should not be known: %+v", f)
	}
}

func TestSheetsDriftALittle(t *testing.T) {
	rng := random(5, streamBalance)
	b := sheet{debt: 100, cash: 50}
	for range 500 {
		next := b.drift(rng)
		if next.debt < 80 || next.debt > 125 || next.preferred != 0 || next.unknown != b.unknown {
			t.Fatalf("from %+v to %+v", b, next)
		}
	}
}
