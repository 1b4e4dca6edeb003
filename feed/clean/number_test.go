package clean_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/feed/clean"
	"gyre/model/num"
)

// notNumbers are texts that some parser or other takes for a number.
func notNumbers() map[string]string {
	return map[string]string{
		"empty": "", "NaN": "NaN", "nan": "nan", "infinity": "Inf", "minus infinity": "-inf", "plus infinity": "+Infinity",
		"exponent": "1e3", "1e300": "1e300", "1e309": "1e309", "hexadecimal": "0x1p10", "odd hexadecimal": "0x_1p4",
		"underscore": "1_000", "comma": "1,234.5", "plus sign": "+1", "two signs": "--1", "only a sign": "-",
		"leading space": " 1", "trailing space": "1 ", "Arabic digits": "١٢", "full-width digits": "１２",
		"two points": "1.2.3", "percent": "5%", "dollar": "$5", "text": "n/a", "letter O": "1O", "NUL": "1\x00",
	}
}

func TestNumbersAreWrittenPlainly(t *testing.T) {
	for name, text := range notNumbers() {
		t.Run(name, func(t *testing.T) {
			if p, err := clean.Price(text); err == nil {
				t.Errorf("Price(%q) = %d", text, p)
			}
			if n, err := clean.Integer(text, math.MinInt64, math.MaxInt64); !errors.Is(err, clean.ErrNotNumber) {
				t.Errorf("Integer(%q) = %d, %v", text, n, err)
			}
			if d, err := clean.Decimal(text, math.MaxInt64); !errors.Is(err, clean.ErrNotNumber) {
				t.Errorf("Decimal(%q) = %s, %v", text, d, err)
			}
		})
	}
}

func TestPrice(t *testing.T) {
	for text, want := range map[string]num.Price{"20.5": 20_500_000, "0.0001": 100, "2023.27": 2_023_270_000} {
		if got, err := clean.Price(text); got != want || err != nil {
			t.Errorf("Price(%q) = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"0", "-1", "-20.5", "0.00"} {
		if got, err := clean.Price(text); got != 0 || !errors.Is(err, num.ErrNotPositive) {
			t.Errorf("Price(%q) = %d, %v, want ErrNotPositive", text, got, err)
		}
	}
}

func TestInteger(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int64
		err  error
	}{
		"zero":           {"0", 0, nil},
		"leading zeros":  {"007", 7, nil},
		"upper bound":    {"100", 100, nil},
		"above":          {"101", 0, clean.ErrRange},
		"lower bound":    {"-5", -5, nil},
		"below":          {"-6", 0, clean.ErrRange},
		"minus zero":     {"-0", 0, nil},
		"a point":        {"1.0", 0, clean.ErrNotNumber},
		"19 digits":      {"9223372036854775808", 0, clean.ErrRange},
		"a long number":  {strings.Repeat("9", 1000), 0, clean.ErrRange},
		"a long text":    {strings.Repeat("9", 1000) + "x", 0, clean.ErrNotNumber},
		"escape in text": {"1\x1b[2J", 0, clean.ErrNotNumber},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.Integer(c.text, -5, 100)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("Integer(%q) = %d, %v, want %d, %v", c.text, got, err, c.want, c.err)
			}
			if err != nil && strings.ContainsRune(err.Error(), '\x1b') {
				t.Errorf("the error holds an escape byte: %q", err)
			}
		})
	}
}

func TestIntegerReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-999_999_999_999_999_999, 999_999_999_999_999_999).Draw(t, "n")
		got, err := clean.Integer(strconv.FormatInt(n, 10), math.MinInt64, math.MaxInt64)
		if got != n || err != nil {
			t.Fatalf("%d is read as %d, %v", n, got, err)
		}
	})
}

func TestDecimal(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		err        error
	}{
		"whole":                  {"2", "2", nil},
		"negative":               {"-2.44", "-2.44", nil},
		"limit":                  {"1000", "1000", nil},
		"minus limit":            {"-1000.000", "-1000", nil},
		"above":                  {"1000.0001", "0", clean.ErrRange},
		"below":                  {"-1000.0001", "0", clean.ErrRange},
		"point without whole":    {".5", "0", clean.ErrNotNumber},
		"point without fraction": {"5.", "0", clean.ErrNotNumber},
		"only a point":           {".", "0", clean.ErrNotNumber},
		"a thousand digits":      {strings.Repeat("9", 1000), "0", clean.ErrRange},
		"a thousand decimals":    {"0." + strings.Repeat("9", 1000), "0", clean.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.Decimal(c.text, 1000)
			if !got.Equal(decimal.RequireFromString(c.want)) || !errors.Is(err, c.err) {
				t.Errorf("Decimal(%q) = %s, %v, want %s, %v", c.text, got, err, c.want, c.err)
			}
		})
	}
}
