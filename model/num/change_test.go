package num_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func price(tb testing.TB, s string) num.Price {
	tb.Helper()
	p, err := num.ParsePrice(s)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// The index figures of 28 March 2025 against their bases.
func TestChangesOfTheIndices(t *testing.T) {
	for name, c := range map[string]struct{ level, base, want string }{
		"Russell 2000 1D":  {"2023.27", "2065.70", "-2.05"},
		"Russell 2000 1W":  {"2023.27", "2056.98", "-1.64"},
		"Russell 2000 MTD": {"2023.27", "2163.07", "-6.46"},
		"Russell 2000 3M":  {"2023.27", "2244.59", "-9.86"},
		"Russell 2000 YTD": {"2023.27", "2230.16", "-9.28"},
		"S&P 500 1D":       {"5580.94", "5693.31", "-1.97"},
		"S&P 500 1W":       {"5580.94", "5667.56", "-1.53"},
		"S&P 500 MTD":      {"5580.94", "5954.50", "-6.27"},
		"S&P 500 3M":       {"5580.94", "5970.84", "-6.53"},
		"S&P 500 YTD":      {"5580.94", "5881.63", "-5.11"},
	} {
		r, ok := num.Change(price(t, c.level), price(t, c.base))
		if got := num.Percent(r).String(); !ok || got != c.want {
			t.Errorf("%s is %s, want %s", name, got, c.want)
		}
	}
}

func TestChangeRoundsHalfAwayFromZero(t *testing.T) {
	const unit = num.PriceScale
	for name, c := range map[string]struct {
		p, base num.Price
		want    num.Return
	}{
		"unchanged":                    {unit, unit, 0},
		"doubled":                      {2 * unit, unit, num.ReturnScale},
		"a third up":                   {4, 3, 3_333_333_333},
		"a third down":                 {2, 3, -3_333_333_333},
		"two thirds up":                {5, 3, 6_666_666_667},
		"two thirds down":              {1, 3, -6_666_666_667},
		"half a unit up":               {20_000_000_001, 20_000_000_000, 1},
		"half a unit down":             {19_999_999_999, 20_000_000_000, -1},
		"a quarter of a unit":          {40_000_000_001, 40_000_000_000, 0},
		"one and a half":               {20_000_000_003, 20_000_000_000, 2},
		"minus one and a half":         {19_999_999_997, 20_000_000_000, -2},
		"everything but the last unit": {1, num.MaxPrice, -num.ReturnScale},
		"as far as a return goes":      {10_001 * unit, unit, num.MaxReturn},
	} {
		if got, ok := num.Change(c.p, c.base); !ok || got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestNoChangeWithoutTwoPrices(t *testing.T) {
	const unit = num.PriceScale
	for name, c := range map[string]struct{ p, base num.Price }{
		"no price":           {0, unit},
		"no base":            {unit, 0},
		"neither":            {0, 0},
		"a negative price":   {-unit, unit},
		"a negative base":    {unit, -unit},
		"more than a return": {10_001*unit + 1, unit},
		"out of all bounds":  {num.MaxPrice, 1},
		"not even 64 bits":   {1<<63 - 1, 1},
	} {
		if r, ok := num.Change(c.p, c.base); ok || r != 0 {
			t.Errorf("%s: the change is %d", name, r)
		}
	}
}

// Any two prices whatever: the quotient of decimals, digit for digit.
func TestChangeAgreesWithDecimal(t *testing.T) {
	prices := rapid.OneOf(
		rapid.Int64Range(1, 1000),
		rapid.Int64Range(1, 500_000_000),
		rapid.Int64Range(1, int64(num.MaxPrice)),
	)
	most := num.MaxReturn.Decimal()
	rapid.Check(t, func(t *rapid.T) {
		p, base := num.Price(prices.Draw(t, "price")), num.Price(prices.Draw(t, "base"))
		exact := decimal.NewFromInt(int64(p-base)).DivRound(decimal.NewFromInt(int64(base)), num.ReturnDigits)
		got, ok := num.Change(p, base)
		if ok != exact.LessThanOrEqual(most) {
			t.Fatalf("%d against %d: known is %t, the change %s", p, base, ok, exact)
		}
		if ok && !got.Decimal().Equal(exact) {
			t.Fatalf("%d against %d: %s, want %s", p, base, got.Decimal(), exact)
		}
	})
}

func TestChangeDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { num.Change(2_023_270_000, 2_065_700_000) }); n != 0 {
		t.Errorf("a change allocates %g times", n)
	}
}

func BenchmarkChange(b *testing.B) {
	var sum num.Return
	base := num.Price(2_065_700_000)
	for b.Loop() {
		r, _ := num.Change(2_023_270_000+num.Price(sum&1023), base)
		sum += r
	}
}
