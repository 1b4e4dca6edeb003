package clean_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/feed/clean"
	"gyre/model/num"
)

func TestMachinePrice(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want num.Price
		err  error
	}{
		"plain":                      {"20.5", 20_500_000, nil},
		"four decimals":              {"0.0001", 100, nil},
		"left by binary arithmetic":  {"20.506000000000004", 20_506_000, nil},
		"half away from zero":        {"1.0000005", 1_000_001, nil},
		"below a half":               {"1.0000004999", 1_000_000, nil},
		"an exponent":                {"1.5e+02", 150_000_000, nil},
		"a negative exponent":        {"2.5E-3", 2500, nil},
		"a long tail":                {"0.000012345678901234567", 12, nil},
		"zero":                       {"0", 0, num.ErrNotPositive},
		"zero with decimals":         {"0.0000", 0, num.ErrNotPositive},
		"next to nothing":            {"1e-09", 0, num.ErrNotPositive},
		"negative":                   {"-1.5", 0, num.ErrNotPositive},
		"too large":                  {"1000000000.01", 0, num.ErrTooLarge},
		"much too large":             {"1e300", 0, clean.ErrNotNumber},
		"an exponent of an exponent": {"1e1e1", 0, clean.ErrNotNumber},
		"a name":                     {"NaN", 0, clean.ErrNotNumber},
		"hexadecimal":                {"0x1p4", 0, clean.ErrNotNumber},
		"empty":                      {"", 0, clean.ErrNotNumber},
		"a thousand digits":          {strings.Repeat("9", 1000), 0, clean.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.MachinePrice(c.text)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("MachinePrice(%q) = %d, %v, want %d, %v", c.text, got, err, c.want, c.err)
			}
		})
	}
}

func TestMachineCount(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int64
		err  error
	}{
		"whole":           {"25846800", 25_846_800, nil},
		"none":            {"0", 0, nil},
		"part of a share": {"25933.6", 25_933, nil},
		"whole, as float": {"95595226.0", 95_595_226, nil},
		"an exponent":     {"1.2345e+06", 1_234_500, nil},
		"negative":        {"-1", 0, clean.ErrRange},
		"too many":        {"1e19", 0, clean.ErrRange},
		"a name":          {"Infinity", 0, clean.ErrNotNumber},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.MachineCount(c.text)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("MachineCount(%q) = %d, %v, want %d, %v", c.text, got, err, c.want, c.err)
			}
		})
	}
}

// TestMachinePriceReadsWhatProgramsPrint prints prices in each of the ways in
// which JSON encoders do.
func TestMachinePriceReadsWhatProgramsPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := num.Price(rapid.Int64Range(1, 900_000*int64(num.PriceScale)).Draw(t, "price"))
		f := want.Float()
		encoded, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{
			string(encoded), strconv.FormatFloat(f, 'e', -1, 64), strconv.FormatFloat(math.Nextafter(f, 0), 'f', -1, 64),
		} {
			if got, err := clean.MachinePrice(text); got != want || err != nil {
				t.Fatalf("MachinePrice(%q) = %d, %v, want %d", text, got, err, want)
			}
		}
	})
}
