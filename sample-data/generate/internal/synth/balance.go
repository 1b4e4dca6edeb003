package synth

import (
	"math"
	"math/rand/v2"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// What balance sheets look like beyond their sector's.
const (
	sigmaLeverage = .7  // of the logarithm of debt/EV
	sigmaCash     = .85 // of the logarithm of cash/cap
	mostLeverage  = .92 // largest debt/EV
	unknownDebt   = .02 // part of companies whose filings do not give the debt
	anyPreferred  = .05 // part of companies with preferred stock
	anyMinority   = .10 // part of companies with minority interests
	quarterDrift  = .04 // spread of what changes between two filings
	sharesDrift   = .003
)

// filing is a window of dates in which companies file.
type filing struct{ first, last session.Date }

// The two filings of nearly every company: the third quarter's, known before
// the closes begin, and the annual report.
func thirdQuarter() filing {
	return filing{session.NewDate(2024, time.October, 28), session.NewDate(2024, time.November, 14)}
}

func annual() filing {
	return filing{session.NewDate(2025, time.February, 3), session.NewDate(2025, time.March, 19)}
}

// lateFilers is how many companies have not filed since the summer, so that
// their newest filing is more than 200 days old in March.
const lateFilers = 9

// lateFilings are the two filings of a late filer.
func lateFilings() [2]filing {
	return [2]filing{
		{session.NewDate(2024, time.May, 6), session.NewDate(2024, time.May, 15)},
		{session.NewDate(2024, time.August, 5), session.NewDate(2024, time.August, 14)},
	}
}

// Books are the filings of all companies, by company and then by date.
type Books struct {
	Shares []model.ShareCount
	Facts  []model.Facts
}

// balances makes up the filings. The last share count of each is kept in the
// company itself.
func balances(all []Company, seed uint64) Books {
	rng := random(seed, streamBalance)
	late := pick(rng, large, lateFilers)
	var books Books
	for i := range all {
		windows := [2]filing{thirdQuarter(), annual()}
		if late[i] {
			windows = lateFilings()
		}
		sheet := drawSheet(rng, &all[i])
		shares := math.Round(all[i].cap0 * 1e9 / all[i].price0)
		for k, w := range windows {
			at := w.draw(rng)
			if k > 0 {
				sheet = sheet.drift(rng)
				shares = math.Round(shares * (1 + sharesDrift*rng.Float64()))
			}
			all[i].shares = int64(shares)
			books.Shares = append(books.Shares, model.ShareCount{ID: model.ID(i), KnownAt: at, Shares: all[i].shares})
			books.Facts = append(books.Facts, sheet.facts(model.ID(i), at))
		}
	}
	return books
}

// pick chooses n of the first m numbers.
func pick(rng *rand.Rand, m, n int) map[int]bool {
	chosen := make(map[int]bool, n)
	for _, i := range rng.Perm(m)[:n] {
		chosen[i] = true
	}
	return chosen
}

// draw is a moment before or after trading on a weekday of the window.
func (f filing) draw(rng *rand.Rand) time.Time {
	for {
		d := f.first.AddDays(rng.IntN(int(f.last-f.first) + 1))
		if day := d.Weekday(); day == time.Saturday || day == time.Sunday {
			continue
		}
		if rng.IntN(2) == 0 {
			return d.At(6+rng.IntN(3), rng.IntN(60))
		}
		return d.At(16, 5+rng.IntN(55))
	}
}

// sheet is a balance sheet, in dollars.
type sheet struct {
	unknown                         bool // the debt is not given
	debt, preferred, minority, cash float64
}

// drawSheet makes up a balance sheet that fits the company's size and sector.
func drawSheet(rng *rand.Rand, c *Company) sheet {
	s := sectorOf(c.Sector)
	capital := c.cap0 * 1e9
	// Every company draws the same number of times, whatever the outcome.
	noDebt, unknown := rng.Float64() < s.zeroDebt, rng.Float64() < unknownDebt
	ratio := min(s.leverage*math.Exp(sigmaLeverage*rng.NormFloat64()), mostLeverage)
	b := sheet{unknown: unknown, cash: capital * s.cash * math.Exp(sigmaCash*rng.NormFloat64())}
	if x := rng.Float64(); x < anyPreferred {
		b.preferred = capital * (.02 + 1.6*x)
	}
	if x := rng.Float64(); x < anyMinority {
		b.minority = capital * (.01 + .4*x)
	}
	if noDebt {
		return b
	}
	// debt/EV = ratio, where EV = the rest + debt. With more cash than value
	// the ratio means nothing; such companies owe little.
	rest := max(capital+b.preferred+b.minority-b.cash, .05*capital)
	b.debt = rest * ratio / (1 - ratio)
	return b
}

// drift is the balance sheet one filing later.
func (b sheet) drift(rng *rand.Rand) sheet {
	step := func() float64 { return math.Exp(quarterDrift * rng.NormFloat64()) }
	b.debt *= step()
	b.preferred *= step()
	b.minority *= step()
	b.cash *= step()
	return b
}

// facts is the balance sheet as filed, in thousands of dollars.
func (b sheet) facts(id model.ID, at time.Time) model.Facts {
	thousands := func(x float64) model.Amount {
		return model.Amount{Dollars: num.Dollars(math.Round(x/1000)) * 1000, Known: true}
	}
	f := model.Facts{
		ID: id, KnownAt: at, Debt: thousands(b.debt), Preferred: thousands(b.preferred),
		Minority: thousands(b.minority), Cash: thousands(b.cash),
	}
	if b.unknown {
		f.Debt = model.Amount{}
	}
	return f
}
