package model

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestSurprise(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ actual, consensus, want, unit string }{
		"percent":                        {"0.4%", "0.3%", "0.1", "%"},
		"a gap before the sign":          {"5.0 %", "4.9 %", "0.1", "%"},
		"as expected":                    {"0.3%", "0.3%", "0.0", "%"},
		"no unit":                        {"49.0", "49.5", "-0.5", ""},
		"thousands":                      {"228k", "140k", "88", "k"},
		"millions, finer actual":         {"7.568M", "7.63M", "-0.062", "M"},
		"money":                          {"-$122.7bn", "-$123.5bn", "0.8", "bn"},
		"a true minus":                   {"\u22120.2%", "0.1%", "-0.3", "%"},
		"a plus":                         {"+0.9%", "-1.1%", "2.0", "%"},
		"millions against thousands":     {"1.02M", "990k", "30", "k"},
		"thousands against millions":     {"990k", "1.2M", "-0.210", "M"},
		"trillions":                      {"1.2tn", "900bn", "300", "bn"},
		"basis points":                   {"25bp", "50bp", "-25", "bp"},
		"a range is no number":           {"47.6", "45.0-45.5", "", ""},
		"a range with a dash":            {"47.6", "45.0\u201345.5", "", ""},
		"different units":                {"0.4%", "225k", "", ""},
		"a unit on one side only":        {"151", "140k", "", ""},
		"money against a plain number":   {"$1.2bn", "1.1bn", "", ""},
		"no consensus":                   {"0.4%", "", "", ""},
		"no actual":                      {"", "0.4%", "", ""},
		"words":                          {"10% base + country rates", "2%", "", ""},
		"a unit that nobody knows":       {"5 stone", "4 stone", "", ""},
		"a decimal comma is not guessed": {"1,5%", "1.2%", "", ""},
		"a number out of all size":       {"1", "12345678901234567890", "", ""},
		"no digits":                      {".", "--", "", ""},
		"two points":                     {"1.2.3", "1.2", "", ""},
		"an exponent":                    {"1e300", "1", "", ""},
		"no number by name":              {"NaN", "Inf", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, unit := surprise(c.actual, c.consensus)
			if f.String() != c.want || unit != c.unit {
				t.Errorf("%q %q, want %q %q", f.String(), unit, c.want, c.unit)
			}
		})
	}
}

// The surprises of the week around 28 March 2025.
func TestSurprisesOfTheWeek(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ actual, consensus, want string }{
		"consumer confidence": {"92.9", "94.2", "-1.3"},
		"new home sales":      {"676k", "679k", "-3"},
		"durable goods":       {"0.9%", "-1.1%", "2.0"},
		"jobless claims":      {"224k", "225k", "-1"},
		"core prices m/m":     {"0.4%", "0.3%", "0.1"},
		"consumer sentiment":  {"57.0", "57.9", "-0.9"},
		"ISM manufacturing":   {"49.0", "49.5", "-0.5"},
		"job openings":        {"7.568M", "7.63M", "-0.062"},
		"trade balance":       {"-122.7bn", "-123.5bn", "0.8"},
		"payrolls":            {"228k", "140k", "88"},
		"unemployment":        {"4.2%", "4.1%", "0.1"},
		"Chicago PMI":         {"47.6", "45.0-45.5", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if f, _ := surprise(c.actual, c.consensus); f.String() != c.want {
				t.Errorf("%q, want %q", f.String(), c.want)
			}
		})
	}
}

func TestSurpriseIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SampledFrom([]string{"", "%", "k", "M", "bn"})
		a := rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "actual, in hundredths")
		c := rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "consensus, in hundredths")
		unit := units.Draw(t, "unit")
		text := func(hundredths int) string {
			s := strconv.FormatFloat(float64(hundredths)/100, 'f', 2, 64)
			return s + unit
		}
		f, got := surprise(text(a), text(c))
		if want := strconv.FormatFloat(float64(a-c)/100, 'f', 2, 64); f.String() != want || got != unit {
			t.Fatalf("%s against %s: %s %s, want %s %s", text(a), text(c), f, got, want, unit)
		}
	})
}

func TestNoTextBreaksASurprise(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[-+$\x{2212} 0-9.,%kMbnt\x{2013}a-z]{0,30}`)
		f, unit := surprise(words.Draw(t, "actual"), words.Draw(t, "consensus"))
		if !f.Known() && unit != "" {
			t.Fatalf("a unit %q of nothing", unit)
		}
	})
}
