package theme

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// ParseColour reads "#rrggbb".
func ParseColour(s string) (color.Color, error) {
	digits, marked := strings.CutPrefix(s, "#")
	value, err := strconv.ParseUint(digits, 16, 32)
	if !marked || len(digits) != len("rrggbb") || err != nil {
		return nil, fmt.Errorf("%q is not a colour", s)
	}
	return rgb(uint8(value>>16), uint8(value>>8), uint8(value)), nil
}

// Indexed is the n-th of a terminal's 256 colours; the first sixteen are its
// owner's choice.
func Indexed(n uint8) color.Color {
	return lipgloss.ANSIColor(n)
}

// fixed tells whether a colour looks the same everywhere.
func fixed(c color.Color) bool {
	switch c := c.(type) {
	case nil, lipgloss.NoColor, ansi.BasicColor:
		return false
	case ansi.IndexedColor:
		const own = 16
		return c >= own
	}
	return true
}

// ratio is the ratio of two colours' luminances, 1 to 21 (WCAG 2.1, contrast
// ratio and relative luminance).
func ratio(a, b color.Color) float64 {
	const flare = 0.05
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + flare) / (min(la, lb) + flare)
}

func luminance(c color.Color) float64 {
	linear := func(v uint32) float64 {
		x := float64(v) / math.MaxUint16
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
