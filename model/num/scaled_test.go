package num_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestScaled(t *testing.T) {
	for name, tt := range map[string]struct {
		value          int64
		digits, places int32
		want           string
	}{
		"a price in cents":            {2_023_270_000, 6, 2, "2023.27"},
		"a tie goes away from zero":   {1_005_000, 6, 2, "1.01"},
		"a negative tie too":          {-1_005_000, 6, 2, "-1.01"},
		"just under a tie":            {1_004_999, 6, 2, "1.00"},
		"never minus zero":            {-4_999, 6, 2, "0.00"},
		"millions without decimals":   {318_500_000, 6, 0, "319"},
		"as many places as digits":    {12_345, 2, 2, "123.45"},
		"more places than digits":     {12_345, 2, 4, "123.4500"},
		"whole numbers":               {7, 0, 0, "7"},
		"units larger than one":       {7, -2, 1, "700.0"},
		"the largest number":          {math.MaxInt64, 6, 2, "9223372036854.78"},
		"the smallest number":         {math.MinInt64, 6, 2, "-9223372036854.78"},
		"more digits than a figure":   {math.MaxInt64, 0, 0, ""},
		"more places than a figure":   {1, 0, 13, ""},
		"places that there cannot be": {1, 6, -1, ""},
	} {
		if got := num.Scaled(tt.value, tt.digits, tt.places).String(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestScaledAgreesWithDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value, digits, places := rapid.Int64().Draw(t, "value"), rapid.Int32Range(0, 14).Draw(t, "digits"), rapid.Int32Range(0, 14).Draw(t, "places")
		if got, want := num.Scaled(value, digits, places), num.NewFigure(decimal.New(value, -digits), places); got != want {
			t.Fatalf("%d, %d digits, %d places: %s, want %s", value, digits, places, got, want)
		}
	})
}

func TestPointsAgreeWithDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := num.Mean{Sum: rapid.Int64().Draw(t, "sum"), N: rapid.IntRange(1, math.MaxInt).Draw(t, "n")}
		if rapid.Bool().Draw(t, "few") {
			m.N = m.N%3000 + 1
		}
		places := rapid.Int32Range(-1, 13).Draw(t, "places")
		percent := decimal.NewFromInt(m.Sum).Shift(2 - num.ReturnDigits)
		if got, want := m.Points(places), num.NewFigure(percent.DivRound(decimal.NewFromInt(int64(m.N)), places), places); got != want {
			t.Fatalf("%d/%d with %d places: %s, want %s", m.Sum, m.N, places, got, want)
		}
	})
}
