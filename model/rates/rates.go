// Package rates reads the policy path that fed-funds futures imply: the rate
// before and after each meeting of the Federal Open Market Committee, and the
// number of cuts priced by the end of a year.
//
// A contract settles on the average of the month's daily rates, so that its
// price implies avg = 100 - price. A month of N days with a decision on day d
// has d days of the rate before it and N-d days of the rate after it:
//
//	N avg = d before + (N-d) after
//
// A month without a meeting implies one rate and anchors the chain, which then
// runs from meeting to meeting both ways. This is the method of the CME Group's
// fed-funds futures probability calculator, with the decision's own day counted
// to the old rate. Rates and prices are in percent.
package rates

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/session"
)

// Contract is one month of the fed-funds strip.
type Contract struct {
	Year  int
	Month time.Month
	Price decimal.Decimal // 96.365 implies an average rate of 3.635 percent
}

// Meeting is one decision and what the strip implies about it.
type Meeting struct {
	Date          session.Date    // the day of the decision
	Before, After decimal.Decimal // the rate in percent; meaningless unless Anchored
	Anchored      bool            // the strip implies both rates
}

// Path is the rate from meeting to meeting. The zero Path has no meeting.
type Path struct {
	meetings []Meeting
}

// decimals of a rate in percent: far more than prices have, since a chain of
// meetings multiplies what is rounded.
const decimals = 16

// Meetings is every meeting in order.
func (p Path) Meetings() []Meeting { return slices.Clone(p.meetings) }

// CutsBy is the number of cuts of 25 basis points priced by the end of year,
// from effr, the effective federal funds rate of today in percent; hikes are
// negative. It fails where effr is not positive, where no meeting of the year
// is known, and where the strip does not reach the last one.
func (p Path) CutsBy(year int, effr decimal.Decimal) (decimal.Decimal, error) {
	if !effr.IsPositive() {
		return decimal.Decimal{}, fmt.Errorf("the effective federal funds rate is %s; it must be a positive percentage, like 4.33", effr)
	}
	for _, m := range slices.Backward(p.meetings) {
		if y, _, _ := m.Date.Civil(); y != year {
			continue
		}
		if !m.Anchored {
			return decimal.Decimal{}, m.unanchored()
		}
		return cuts(effr, m.After), nil
	}
	return decimal.Decimal{}, fmt.Errorf("no meeting of %d is known; add its dates to price cuts by the end of the year", year)
}

// Next is the first meeting on or after d. It fails where there is none and
// where the strip does not reach it.
func (p Path) Next(d session.Date) (Meeting, error) {
	for _, m := range p.meetings {
		if m.Date < d {
			continue
		}
		if !m.Anchored {
			return m, m.unanchored()
		}
		return m, nil
	}
	return Meeting{}, fmt.Errorf("no meeting on or after %s is known; add the coming dates", d)
}

// CutProbability is the probability of a cut of 25 basis points, from 0 to 1,
// if it is that or nothing. Where the strip prices a larger cut it is 1, where
// it prices a hike 0.
func (m Meeting) CutProbability() decimal.Decimal {
	one := decimal.NewFromInt(1)
	return decimal.Max(decimal.Zero, decimal.Min(one, cuts(m.Before, m.After)))
}

func (m Meeting) unanchored() error {
	return fmt.Errorf("the futures do not reach the meeting of %s: they need that month's contract and one of a month without a meeting beside it", m.Date)
}

// cuts is the fall from one rate to another in steps of 25 basis points.
func cuts(from, to decimal.Decimal) decimal.Decimal {
	return from.Sub(to).Mul(decimal.NewFromInt(4))
}
