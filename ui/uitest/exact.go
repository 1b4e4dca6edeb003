package uitest

import (
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Exact fails tb unless block is h lines of w cells each, as the terminal
// counts them.
func Exact(tb testing.TB, block draw.Block, w, h int) {
	tb.Helper()
	if len(block) != h {
		tb.Fatalf("%dx%d: %d lines", w, h, len(block))
	}
	for i, line := range block {
		if got := ansi.StringWidth(line); got != w {
			tb.Fatalf("%dx%d: line %d is %d cells wide: %q", w, h, i, got, line)
		}
	}
}

// ASCII fails tb if block has a character outside ASCII.
func ASCII(tb testing.TB, block draw.Block) {
	tb.Helper()
	for i, line := range block {
		for _, r := range line {
			if r >= utf8.RuneSelf {
				tb.Fatalf("line %d has %q: %q", i, r, line)
			}
		}
	}
}

// Looks are the themes that differ in more than colours.
func Looks() map[string]*theme.Theme {
	return map[string]*theme.Theme{
		"dark":  theme.New(theme.Options{}),
		"mono":  theme.New(theme.Options{Ground: theme.Mono}),
		"ascii": theme.New(theme.Options{Ground: theme.Mono, ASCII: true}),
	}
}

// EverySize draws the final frame at every size from 0x0 to 130x50 and the
// other snapshots of All at every seventh, in turn in every look, and fails tb
// where a block is not exact or a look in ASCII is not.
func EverySize(tb testing.TB, draws func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block) {
	tb.Helper()
	const widest, highest, step = 130, 50, 7
	looks := Looks()
	turns := [...]string{"dark", "ascii", "mono"}
	for i, s := range All() {
		for w := 0; w <= widest; w++ {
			for h := 0; h <= highest; h++ {
				if i > 0 && (w+h+i)%step != 0 {
					continue
				}
				th := looks[turns[(w+2*h)%len(turns)]]
				block := draws(th, s.Snap, w, h)
				Exact(tb, block, w, h)
				if th.ASCII {
					ASCII(tb, block)
				}
			}
		}
	}
}
