package num_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

func TestGrouped(t *testing.T) {
	for text, want := range map[string]string{
		"0":                "0",
		"12.50":            "12.50",
		"999":              "999",
		"1000":             "1,000",
		"2023.27":          "2,023.27",
		"-2023.27":         "-2,023.27",
		"-123.4":           "-123.4",
		"123456.789":       "123,456.789",
		"1234567":          "1,234,567",
		"-123456789012.34": "-123,456,789,012.34",
	} {
		t.Run(text, func(t *testing.T) {
			d := decimal.RequireFromString(text)
			if got := num.NewFigure(d, -d.Exponent()).Grouped(); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestGroupedNothingIsNoText(t *testing.T) {
	if got := (num.Figure{}).Grouped(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{
		0: "0th", 1: "first", 2: "second", 3: "third", 4: "fourth", 10: "tenth", 11: "11th", 12: "12th", 13: "13th",
		20: "20th", 21: "21st", 22: "22nd", 23: "23rd", 101: "101st", 111: "111th", 112: "112th",
	} {
		if got := num.Ordinal(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
