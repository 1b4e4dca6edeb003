package model

import "time"

// ratesAt is the newest quoted claim about rate cuts that is known at now.
func ratesAt(rates []RateQuote, now time.Time) Rates {
	newest := -1
	for i := range rates {
		if rates[i].KnownAt.After(now) {
			continue
		}
		if newest < 0 || !rates[i].KnownAt.Before(rates[newest].KnownAt) {
			newest = i
		}
	}
	if newest < 0 {
		return Rates{}
	}
	q := rates[newest]
	return Rates{Known: true, Cuts: q.CutsPriced, Year: q.Year, Quoted: true, AsOf: q.KnownAt, Source: q.Source}
}
