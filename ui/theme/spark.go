package theme

import (
	"fmt"
	"slices"
	"strings"
)

// Spark is what small columns are drawn with: those of a sparkline, and those
// beside a number.
type Spark uint8

// The ways to draw them.
const (
	Blocks  Spark = iota // eight heights of a block
	Half                 // the lower half of a block and the whole one, which the oldest fonts have
	Braille              // four heights of braille dots
)

// steps are the columns from low to high, each one cell wide.
func (s Spark) steps() []string {
	switch s {
	case Half:
		return []string{"_", "▄", "█"}
	case Braille:
		return []string{"⣀", "⣤", "⣶", "⣿"}
	default:
		return []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	}
}

// ParseSpark reads "unicode", "half-block" or "braille".
func ParseSpark(s string) (Spark, error) {
	i := slices.Index(sparkNames(), s)
	if i < 0 {
		return Blocks, fmt.Errorf("unknown glyphs %q: use %s", s, strings.Join(sparkNames(), ", "))
	}
	return Spark(i), nil
}

// String is the name that ParseSpark reads.
func (s Spark) String() string { return name(sparkNames(), int(s)) }

func sparkNames() []string { return []string{"unicode", "half-block", "braille"} }
