// Package num holds the three kinds of number gyre computes with: prices and
// returns as fixed-point integers, whose sums are exact, and figures, which
// are what a reader sees.
//
// Prices come in through decimal text and figures go out as decimal text;
// between the two no binary floating point decides a printed digit.
package num

import "github.com/shopspring/decimal"

// Price is a positive price or index level in millionths of a unit
// (1.00 is 1_000_000). Zero means that there is no price.
type Price int64

// Return is a price return as a fraction in units of 1e-10
// (+1 % is 100_000_000).
type Return int64

// Dollars is an amount of money in whole dollars: a market cap, a debt.
type Dollars int64

// Scales of the fixed-point types, as powers of ten.
const (
	PriceDigits  = 6
	ReturnDigits = 10
)

// PriceScale is one unit of money as a Price.
const PriceScale Price = 1_000_000

// ReturnScale is a return of +100 % as a Return.
const ReturnScale Return = 10_000_000_000

// Decimal is p as an exact decimal.
func (p Price) Decimal() decimal.Decimal { return decimal.New(int64(p), -PriceDigits) }

// Decimal is r as an exact decimal fraction.
func (r Return) Decimal() decimal.Decimal { return decimal.New(int64(r), -ReturnDigits) }

// Float is p as a float, for charts and volatilities, never for a printed figure.
func (p Price) Float() float64 { return float64(p) / float64(PriceScale) }

// Float is r as a fraction, for charts and volatilities, never for a printed figure.
func (r Return) Float() float64 { return float64(r) / float64(ReturnScale) }
