package model

import (
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/rates"
	"gyre/model/session"
)

// strip is what the fed-funds futures are known to trade at.
type strip struct {
	contracts []rates.Contract
	path      rates.Path // that they imply
	at        time.Time  // of the newest of them
}

// learn takes in a contract. Of a price that is no price nothing is learned.
func (s *strip) learn(f FedFunds, at time.Time) {
	contract := rates.Contract{Year: f.Year, Month: f.Month, Price: f.Price.Decimal()}
	next := make([]rates.Contract, 0, len(s.contracts)+1)
	for _, c := range s.contracts {
		if c.Year != f.Year || c.Month != f.Month {
			next = append(next, c)
		}
	}
	next = append(next, contract)
	path, err := rates.NewPath(next, rates.Scheduled())
	if err != nil {
		return
	}
	s.contracts, s.path = next, path
	if at.After(s.at) {
		s.at = at
	}
}

// fresh is how old the effective rate may be to be that of today: a long weekend
// and the day on which it is published.
const fresh = 6 * 24 * time.Hour

// implied is what the strip says of the cuts by the end of the year in which the
// next decision falls. Nothing is said where the strip does not reach it, or
// where today's rate, from which cuts count, is not known.
func (s *strip) implied(effective []EffectiveRate, now time.Time) Rates {
	rate := effectiveAt(effective, now)
	meeting, err := s.path.Next(session.DateOf(now))
	if err != nil || !rate.IsPositive() {
		return Rates{}
	}
	year, _, _ := meeting.Date.Civil()
	cuts, err := s.path.CutsBy(year, rate)
	if err != nil {
		return Rates{}
	}
	return Rates{Known: true, Cuts: num.NewFigure(cuts, 1).String(), Year: year, AsOf: s.at, Source: "fed-funds futures"}
}

// effectiveAt is the effective rate that is today's at now, 0 where none is.
func effectiveAt(effective []EffectiveRate, now time.Time) decimal.Decimal {
	for i := len(effective) - 1; i >= 0; i-- {
		if known := effective[i].KnownAt; !known.After(now) {
			if now.Sub(known) > fresh {
				break
			}
			return effective[i].Percent
		}
	}
	return decimal.Decimal{}
}

// ratesAt is how many cuts are priced: as the futures imply, else as somebody
// has said.
func (m *Market) ratesAt(now time.Time) Rates {
	if r := m.strip.implied(m.book.ref.Effective, now); r.Known {
		return r
	}
	return quotedAt(m.book.ref.Rates, now)
}

// quotedAt is the newest quoted claim about rate cuts that is known at now.
func quotedAt(quotes []RateQuote, now time.Time) Rates {
	newest := -1
	for i := range quotes {
		if quotes[i].KnownAt.After(now) {
			continue
		}
		if newest < 0 || !quotes[i].KnownAt.Before(quotes[newest].KnownAt) {
			newest = i
		}
	}
	if newest < 0 {
		return Rates{}
	}
	q := quotes[newest]
	return Rates{Known: true, Cuts: q.CutsPriced, Year: q.Year, Quoted: true, AsOf: q.KnownAt, Source: q.Source}
}
