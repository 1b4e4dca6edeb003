package say_test

import (
	"testing"

	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// TestTitlesInLittleRoom: two releases that differ in their last word stay two.
func TestTitlesInLittleRoom(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, c := range []struct {
		title string
		w     int
		want  string
	}{
		{"Core PCE prices m/m, February", 30, "Core PCE prices m/m, February"},
		{"Core PCE prices m/m, February", 24, "Core PCE prices m/m"},
		{"Core PCE prices m/m, February", 14, "Core PCE m/m"},
		{"Core PCE prices y/y, February", 11, "Core PCE y…"},
		{"ISM manufacturing prices, March", 22, "ISM mfg prices"},
		{"1-year inflation expectations, March final", 22, "1-year infl. expect."},
		{"Core PPI final demand m/m", 16, "Core PPI fi… m/m"},
		{"Consumer sentiment, March final", 12, "Consumer se…"},
	} {
		if got := draw.Cut(th, say.Title(th, c.title, c.w), c.w); got != c.want {
			t.Errorf("%q in %d cells is %q, want %q", c.title, c.w, got, c.want)
		}
	}
}
