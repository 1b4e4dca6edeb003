package num_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestCap(t *testing.T) {
	for name, c := range map[string]struct {
		shares int64
		p      num.Price
		want   num.Dollars
	}{
		"a million shares at 12.34":       {1_000_000, 12_340_000, 12_340_000},
		"half a dollar rounds up":         {1, 500_000, 1},
		"less than half a dollar is none": {1, 499_999, 0},
		"no shares":                       {0, num.PriceScale, 0},
		"negative shares":                 {-5, num.PriceScale, 0},
		"no price":                        {1000, 0, 0},
		"a negative price":                {1000, -1, 0},
		"more than there is":              {math.MaxInt64, num.MaxPrice, num.MaxDollars},
	} {
		if got := num.Cap(c.shares, c.p); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// A split changes shares and price together; the cap stays but for what
// rounding the price to a millionth leaves.
func TestSplitsLeaveTheCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.Int64Range(100_000, 1_000_000_000).Draw(t, "shares")
		p := num.Price(rapid.Int64Range(10_000, 1_000_000_000).Draw(t, "price"))
		newShares, old := rapid.Int64Range(1, 50).Draw(t, "new"), rapid.Int64Range(1, 50).Draw(t, "old")
		after, ok := p.Scale(old, newShares)
		if !ok {
			return
		}
		now := num.Shares(shares, newShares, old)
		before, then := num.Cap(shares, p), num.Cap(now, after)
		slack := float64(now)/2/float64(num.PriceScale) + after.Float() + 1
		if math.Abs(float64(then-before)) > slack {
			t.Fatalf("%d shares at %s are %d dollars, after %d:%d %d shares at %s are %d",
				shares, p.Decimal(), before, newShares, old, now, after.Decimal(), then)
		}
	})
}

func TestScaledPrices(t *testing.T) {
	for name, c := range map[string]struct {
		p        num.Price
		num, den int64
		want     num.Price
		ok       bool
	}{
		"a 1:10 reverse split":    {410_000, 10, 1, 4_100_000, true},
		"a 2:1 split":             {100_000_000, 1, 2, 50_000_000, true},
		"a tie goes up":           {1, 1, 2, 1, true},
		"nothing left":            {1, 1, 3, 0, false},
		"too much":                {num.MaxPrice, 2, 1, 2 * num.MaxPrice, false},
		"no ratio":                {100, 0, 1, 0, false},
		"no ratio the other way":  {100, 1, 0, 0, false},
		"a negative ratio":        {100, -1, 2, 0, false},
		"no price":                {0, 1, 2, 0, false},
		"far out of the 64 bits":  {num.MaxPrice, math.MaxInt64, 1, math.MaxInt64, false},
		"a split and its reverse": {12_345_678, 7, 7, 12_345_678, true},
	} {
		if got, ok := c.p.Scale(c.num, c.den); got != c.want || ok != c.ok {
			t.Errorf("%s: %d (%t), want %d (%t)", name, got, ok, c.want, c.ok)
		}
	}
}

func TestSharesAfterNoSplit(t *testing.T) {
	for name, c := range map[string]struct{ n, num, den, want int64 }{
		"10:1":             {1000, 10, 1, 10_000},
		"1:10 with a rest": {1005, 1, 10, 101},
		"no ratio":         {1000, 0, 10, 1000},
		"a negative ratio": {1000, 1, -1, 1000},
		"no shares":        {0, 2, 1, 0},
	} {
		if got := num.Shares(c.n, c.num, c.den); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestFractionAgreesWithDecimal(t *testing.T) {
	amounts := rapid.OneOf(rapid.Int64Range(1, 100), rapid.Int64Range(1, 9e13))
	rapid.Check(t, func(t *rapid.T) {
		part, whole := amounts.Draw(t, "part"), amounts.Draw(t, "whole")
		exact := decimal.NewFromInt(part).DivRound(decimal.NewFromInt(whole), 10).Shift(10)
		if exact.GreaterThan(decimal.NewFromInt(math.MaxInt64)) {
			exact = decimal.NewFromInt(math.MaxInt64)
		}
		if got := num.Fraction(num.Dollars(part), num.Dollars(whole)); !decimal.NewFromInt(got).Equal(exact) {
			t.Fatalf("%d/%d is %d, want %s", part, whole, got, exact)
		}
	})
	for _, c := range [][2]num.Dollars{{0, 1}, {1, 0}, {-1, 1}, {1, -1}} {
		if got := num.Fraction(c[0], c[1]); got != 0 {
			t.Errorf("%d/%d is %d, want 0", c[0], c[1], got)
		}
	}
}

func TestShare(t *testing.T) {
	for name, c := range map[string]struct {
		part, whole int
		places      int32
		want        string
	}{
		"coverage of the sample":  {1902, 1960, 2, "97.04"},
		"all":                     {7, 7, 0, "100"},
		"a tie goes up":           {1, 8, 0, "13"},
		"none of some":            {0, 3, 2, "0.00"},
		"none of none is nothing": {0, 0, 2, ""},
		"of less than nothing":    {1, -1, 2, ""},
	} {
		if got := num.Share(c.part, c.whole, c.places).String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestBounded(t *testing.T) {
	for in, want := range map[num.Dollars]num.Dollars{
		5: 5, -5: -5, num.MaxDollars + 1: num.MaxDollars, math.MinInt64: -num.MaxDollars,
	} {
		if got := in.Bounded(); got != want {
			t.Errorf("%d is held at %d, want %d", in, got, want)
		}
	}
}
