package num_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestFiguresRoundHalfAwayFromZero(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.00", "1": "1.00", "-2.05": "-2.05", "0.005": "0.01", "-0.005": "-0.01",
		"0.0049": "0.00", "-0.0049": "0.00", "1.995": "2.00", "-9.284": "-9.28", "123456789.125": "123456789.13",
	} {
		if got := num.NewFigure(decimal.RequireFromString(text), 2).String(); got != want {
			t.Errorf("%s is printed %q, want %q", text, got, want)
		}
	}
}

func TestFiguresThatAreNothing(t *testing.T) {
	huge := decimal.RequireFromString("1e30")
	for name, f := range map[string]num.Figure{
		"the zero figure":      {},
		"not a number":         num.FigureFromFloat(math.NaN(), 2),
		"infinity":             num.FigureFromFloat(math.Inf(1), 2),
		"minus infinity":       num.FigureFromFloat(math.Inf(-1), 2),
		"too large a float":    num.FigureFromFloat(1e16, 0),
		"too large":            num.NewFigure(huge, 0),
		"no such places":       num.NewFigure(decimal.NewFromInt(1), -1),
		"more places than fit": num.NewFigure(decimal.NewFromInt(1), 13),
	} {
		if f.Known() || f.String() != "" || f.Sign() != 0 || f.Float() != 0 {
			t.Errorf("%s is %q", name, f)
		}
		if text, err := json.Marshal(f); err != nil || string(text) != "null" {
			t.Errorf("%s is %s in JSON (%v), want null", name, text, err)
		}
	}
}

func TestFigureParts(t *testing.T) {
	f := num.NewFigure(decimal.RequireFromString("-0.0749"), 3)
	if f.String() != "-0.075" || f.Sign() != -1 || f.Places() != 3 || f.Float() != -0.075 || !f.Known() {
		t.Errorf("the figure is %s, sign %d, %d places, %g", f, f.Sign(), f.Places(), f.Float())
	}
	if text, err := json.Marshal(f); err != nil || string(text) != `"-0.075"` {
		t.Errorf("in JSON it is %s (%v)", text, err)
	}
	if got := num.Count(1960); got.String() != "1960" || got.Sign() != 1 || got.Places() != 0 {
		t.Errorf("a count is %s", got)
	}
	if num.NewFigure(decimal.RequireFromString("1.001"), 2) != num.NewFigure(decimal.NewFromInt(1), 2) {
		t.Error("figures that print alike are not equal")
	}
}

func TestPercent(t *testing.T) {
	for r, want := range map[num.Return]string{
		0: "0.00", 100_000_000: "1.00", -205_407_368: "-2.05", 500_000: "0.01", -500_000: "-0.01", -499_999: "0.00",
	} {
		if got := num.Percent(r).String(); got != want {
			t.Errorf("%d units are %s %%, want %s", r, got, want)
		}
	}
}

func TestScalesAgree(t *testing.T) {
	if got := num.PriceScale.Decimal().String() + " " + num.ReturnScale.Decimal().String(); got != "1 1" {
		t.Errorf("one unit is %s", got)
	}
	if p, r := num.Price(2_500_000), num.Return(-2_500_000_000); p.Float() != 2.5 || r.Float() != -0.25 {
		t.Errorf("as floats they are %g and %g", p.Float(), r.Float())
	}
}

// What is printed is the decimal rounded, whatever the decimal.
func TestFiguresAgreeWithDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64Range(1-1e14, 1e14-1).Draw(t, "digits"), rapid.Int32Range(-10, 0).Draw(t, "exponent"))
		places := rapid.Int32Range(0, 4).Draw(t, "places")
		f := num.NewFigure(d, places)
		want := d.Round(places)
		if !f.Decimal().Equal(want) || f.Sign() != want.Sign() {
			t.Fatalf("%s is printed %s", d, f)
		}
		if got := decimal.RequireFromString(f.String()); !got.Equal(want) || (f.String()[0] == '-') != (want.Sign() < 0) {
			t.Fatalf("%s is printed %s, want %s", d, f, want)
		}
	})
}
