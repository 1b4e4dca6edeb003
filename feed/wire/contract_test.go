package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gyre/feed/wire"
)

func TestContract(t *testing.T) {
	for text, want := range map[string]string{
		"2025 ZQZ5":    "December 2025",
		"2025 ZQF6":    "January 2026",
		"2025 ZQH0":    "March 2030",
		"2025 ZQH1":    "March 2021",
		"2029 ZQH0":    "March 2030",
		"2030 ZQZ9":    "December 2029",
		"2030 ZQZ5":    "December 2035",
		"2025 ZQZ25":   "December 2025",
		"2025 ZQM2026": "June 2026",
	} {
		t.Run(text, func(t *testing.T) {
			var now int
			var symbol string
			if _, err := fmt.Sscan(text, &now, &symbol); err != nil {
				t.Fatal(err)
			}
			year, month, err := wire.Contract(symbol, time.Date(now, 3, 28, 0, 0, 0, 0, time.UTC))
			if got := fmt.Sprintf("%s %d", month, year); err != nil || got != want {
				t.Errorf("in %d, %s is %s, %v, want %s", now, symbol, got, err, want)
			}
		})
	}
	for _, symbol := range []string{"", "ZQ", "ZQ5", "ZQZ", "ZQA5", "ZQZ-5", "ZQZ255", "ZQZ0001", "ZQZ9999", "CLZ5", "zqz5", "ZQZ٥"} {
		if _, _, err := wire.Contract(symbol, atNoon()); err == nil || !strings.Contains(err.Error(), "ZQZ25") {
			t.Errorf("%q gives the error %v, want one that shows how to write it", symbol, err)
		}
	}
}
