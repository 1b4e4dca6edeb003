package model

import (
	"time"

	"gyre/model/num"
)

// A filing older than flaggedAge is used and counted; one older than
// missingAge says nothing about the company any more.
const (
	flaggedAge = 200 * 24 * time.Hour
	missingAge = 400 * 24 * time.Hour
)

// LeverageInput is what decides a company's leverage bucket at a base session.
type LeverageInput struct {
	Symbol string
	Sector string      // as in Sectors
	Cap    num.Dollars // at the base's close; 0: no price or no share count
	Facts  *Facts      // of the newest filing known at the base's close; nil: none
}

// LeverageBucket is where a company stands by debt/EV, or why it stands nowhere.
type LeverageBucket int8

// The buckets, then the reasons for being in none, in the order in which they
// are asked: a company has the first one that is true of it.
const (
	LeverageLow  LeverageBucket = iota // no debt, or the bottom third of those with debt
	LeverageMid                        // the middle third of those with debt
	LeverageHigh                       // the top third of those with debt
	LeverageFinancial
	LeverageNoDebtData
	LeverageOldFiling
	LeverageNoCap
	LeverageEVNotPositive
)

// LeverageBuckets sorts companies by debt over enterprise value at a base
// session whose close is base. Enterprise value is market cap + debt +
// preferred + minority - cash and short-term investments; of these only debt
// must be given, as a filing leaves out what there is none of. Debt/EV counts
// to 1e-10, ties by symbol; the company at place r of n with debt (from 0,
// least levered first) is in third floor(3*r/n). Companies without any debt
// are low. Financials and real estate take part only where asked for.
func LeverageBuckets(in []LeverageInput, base time.Time, financials bool) []LeverageBucket {
	buckets := make([]LeverageBucket, len(in))
	indebted := make([]ranked, 0, len(in))
	symbols := make([]string, len(in))
	for i := range in {
		buckets[i] = eligible(&in[i], base, financials)
		if buckets[i] != LeverageLow {
			continue
		}
		ev, ok := enterpriseValue(&in[i])
		if !ok {
			buckets[i] = LeverageEVNotPositive
			continue
		}
		if debt := in[i].Facts.Debt.Dollars; debt > 0 {
			indebted = append(indebted, ranked{key: min(num.Fraction(debt, ev), maxKey), place: int32(i)})
			symbols[i] = in[i].Symbol
		}
	}
	for b, third := range cut(ascending(indebted, symbols), leverageBuckets) {
		for _, i := range third {
			buckets[i] = LeverageBucket(b)
		}
	}
	return buckets
}

// eligible is LeverageLow for a company whose debt/EV can be asked for, else
// the reason why not.
func eligible(in *LeverageInput, base time.Time, financials bool) LeverageBucket {
	switch {
	case Financial(in.Sector) && !financials:
		return LeverageFinancial
	case in.Facts == nil || !in.Facts.Debt.Known:
		return LeverageNoDebtData
	case base.Sub(in.Facts.KnownAt) > missingAge:
		return LeverageOldFiling
	case in.Cap <= 0:
		return LeverageNoCap
	default:
		return LeverageLow
	}
}

// enterpriseValue is false where it is not above zero: cash exceeds all claims.
func enterpriseValue(in *LeverageInput) (num.Dollars, bool) {
	f := in.Facts
	ev := in.Cap.Bounded() + f.Debt.Dollars.Bounded() + f.Preferred.Dollars.Bounded() +
		f.Minority.Dollars.Bounded() - f.Cash.Dollars.Bounded()
	return ev, ev > 0
}
