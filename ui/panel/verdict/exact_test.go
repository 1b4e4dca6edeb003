package verdict_test

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/verdict"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// TestEverySizeIsExact draws every snapshot at every small size and a few
// large ones: exactly w by h cells, as the library that knows all of Unicode
// counts them, in Unicode and in ASCII, with a frame and without.
func TestEverySizeIsExact(t *testing.T) {
	looks := []*theme.Theme{theme.New(theme.Options{}), theme.New(theme.Options{Ground: theme.Mono, ASCII: true})}
	for _, named := range uitest.All() {
		for w := range 130 {
			for _, h := range []int{0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 30} {
				in := panel.Input{
					Snap: named.Snap, Theme: looks[(w+h)%len(looks)], Bare: w%3 == 0,
					State: panel.State{Window: session.Window(w % session.WindowCount), Playback: panel.Playback{Known: h%2 == 0}},
				}
				block := verdict.Render(in, w, h)
				if len(block) != h {
					t.Fatalf("%s at %dx%d: %d lines", named.Name, w, h, len(block))
				}
				for y, line := range block {
					if got := ansi.StringWidth(line); got != w {
						t.Fatalf("%s at %dx%d: line %d is %d cells wide: %q", named.Name, w, h, y, got, ansi.Strip(line))
					}
				}
			}
		}
	}
}
