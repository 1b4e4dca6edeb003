package say

import (
	"strings"

	"gyre/ui/theme"
)

// Minus is ASCII prose with minus signs that are some: before numbers, and in
// the names of spreads (Q4−Q1).
func Minus(th *theme.Theme, text string) string {
	var b strings.Builder
	for i := range len(text) {
		starts := i == 0 || text[i-1] == ' ' || text[i-1] == '('
		if text[i] == '-' && i+1 < len(text) && (starts && digit(text[i+1]) || i > 0 && name(text[i-1]) && capital(text[i+1])) {
			b.WriteString(th.Glyph.Minus)
		} else {
			b.WriteByte(text[i])
		}
	}
	return th.Say(b.String())
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func capital(c byte) bool { return c >= 'A' && c <= 'Z' }

// name tells whether what is subtracted from can end in c: R2000, H.
func name(c byte) bool { return digit(c) || capital(c) }
