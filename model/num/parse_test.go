package num_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestPricesThatAreRead(t *testing.T) {
	for text, want := range map[string]num.Price{
		"1":                      1_000_000,
		"1.00":                   1_000_000,
		"20.5":                   20_500_000,
		"2023.27":                2_023_270_000,
		"0.000001":               1,
		"0.1234":                 123_400,
		"007":                    7_000_000,
		"0000000000001.5":        1_500_000,
		"1000000000":             num.MaxPrice,
		"1000000000.000000":      num.MaxPrice,
		"999999999.999999":       num.MaxPrice - 1,
		"00000000000999999999.5": 999_999_999_500_000,
	} {
		if got, err := num.ParsePrice(text); err != nil || got != want {
			t.Errorf("%q is read as %d (%v), want %d", text, got, err, want)
		}
	}
}

func TestTextsThatAreNoPrices(t *testing.T) {
	for text, want := range map[string]error{
		"":                             num.ErrNotPlain,
		" ":                            num.ErrNotPlain,
		".":                            num.ErrNotPlain,
		"1.":                           num.ErrNotPlain,
		".5":                           num.ErrNotPlain,
		"1.2.3":                        num.ErrNotPlain,
		"NaN":                          num.ErrNotPlain,
		"nan":                          num.ErrNotPlain,
		"Inf":                          num.ErrNotPlain,
		"+Inf":                         num.ErrNotPlain,
		"infinity":                     num.ErrNotPlain,
		"0x1F":                         num.ErrNotPlain,
		"1e5":                          num.ErrNotPlain,
		"1E5":                          num.ErrNotPlain,
		"1e300":                        num.ErrNotPlain,
		"1p-2":                         num.ErrNotPlain,
		"1_000":                        num.ErrNotPlain,
		"1,000":                        num.ErrNotPlain,
		"1,5":                          num.ErrNotPlain,
		"+1":                           num.ErrNotPlain,
		"-1":                           num.ErrNotPlain,
		"-0":                           num.ErrNotPlain,
		"1 ":                           num.ErrNotPlain,
		" 1":                           num.ErrNotPlain,
		"1\n":                          num.ErrNotPlain,
		"$1":                           num.ErrNotPlain,
		"1\x00":                        num.ErrNotPlain,
		"\x1b[31m1":                    num.ErrNotPlain,
		"١٢":                           num.ErrNotPlain,
		"１２":                           num.ErrNotPlain,
		"1.٥":                          num.ErrNotPlain,
		"0":                            num.ErrNotPositive,
		"0.000000":                     num.ErrNotPositive,
		"0000000000000":                num.ErrNotPositive,
		"1.0000000":                    num.ErrPlaces,
		"0.0000001":                    num.ErrPlaces,
		"1000000000.000001":            num.ErrTooLarge,
		"1000000001":                   num.ErrTooLarge,
		"9999999999":                   num.ErrTooLarge,
		"10000000000":                  num.ErrTooLarge,
		"18446744073709551617":         num.ErrTooLarge, // 2^64 + 1
		"1" + strings.Repeat("0", 400): num.ErrTooLarge,
	} {
		got, err := num.ParsePrice(text)
		if !errors.Is(err, want) || got != 0 {
			t.Errorf("%q is read as %d with the error %v, want %v", text, got, err, want)
		}
	}
}

// What was wrong is quoted, but a text of any length and content makes a
// message that fits a line of a terminal.
func TestPriceErrorsQuoteTheText(t *testing.T) {
	_, err := num.ParsePrice("\x1b[2J12")
	if err == nil || strings.ContainsRune(err.Error(), '\x1b') || !strings.Contains(err.Error(), `\x1b[2J12`) {
		t.Errorf("the message is %q", err)
	}
	if _, err = num.ParsePrice(strings.Repeat("9", 10_000)); err == nil || len(err.Error()) > 120 {
		t.Errorf("the message has %d bytes", len(err.Error()))
	}
}

// Every price that can be written plainly is read as shopspring/decimal reads it.
func TestParsePriceAgreesWithDecimal(t *testing.T) {
	text := rapid.StringMatching(`[0-9]{1,11}(\.[0-9]{1,7})?`)
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "price")
		exact := decimal.RequireFromString(s)
		_, decimals, _ := strings.Cut(s, ".")
		wanted := len(decimals) <= num.PriceDigits && exact.IsPositive() && exact.LessThanOrEqual(num.MaxPrice.Decimal())
		got, err := num.ParsePrice(s)
		if wanted != (err == nil) {
			t.Fatalf("%q: %v", s, err)
		}
		if wanted && !got.Decimal().Equal(exact) {
			t.Fatalf("%q is read as %s", s, got.Decimal())
		}
	})
}

// Whatever comes in, a price comes out of it only if decimal agrees.
func FuzzParsePrice(f *testing.F) {
	for _, seed := range []string{"1", "0.5", "1e5", "+1", "1_0", "NaN", "٣", "1000000000", "0.0000001", "00012.340"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := num.ParsePrice(s)
		if err != nil {
			return
		}
		exact, err := decimal.NewFromString(s)
		if err != nil || !got.Decimal().Equal(exact) || got <= 0 || got > num.MaxPrice {
			t.Fatalf("%q is read as %s", s, got.Decimal())
		}
	})
}

func BenchmarkParsePrice(b *testing.B) {
	for b.Loop() {
		if _, err := num.ParsePrice("2023.27"); err != nil {
			b.Fatal(err)
		}
	}
}
