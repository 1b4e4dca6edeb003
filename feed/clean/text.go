package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxRunes is the length to which text is cut.
const MaxRunes = 64

// maxMarks is how many combining marks one letter may carry. No orthography
// needs more, and a tower of them paints over the rows above and below.
const maxMarks = 2

// Text is s as it may be shown on any terminal, and whether it had to be
// changed for that. Kept are letters, digits, punctuation, symbols, and up to
// two combining marks on each of them; every kind of white space becomes one
// space between words. Everything else is left out: control bytes in all their
// encodings, escape sequences' introducers, direction overrides, invisible and
// private characters, bytes that are no UTF-8. What is longer than MaxRunes is
// cut. Cleaning clean text changes nothing.
func Text(s string) (text string, changed bool) {
	if plain(s) {
		return s, false
	}
	text = wash(s)
	return text, text != s
}

// plain tells whether s is clean ASCII, which nearly all text is.
func plain(s string) bool {
	if len(s) > MaxRunes {
		return false
	}
	space := true // as if one came before: a leading space is not plain
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// wash builds the clean form of s.
func wash(s string) string {
	var b strings.Builder
	runes, marks := 0, maxMarks // no mark without a letter before it
	gap := false                // a space is due before the next rune
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			continue // not UTF-8, or a stand-in for what was not
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			gap, marks = runes > 0, maxMarks
			continue
		case unicode.In(r, unicode.Mn, unicode.Mc):
			if marks == maxMarks || invisible(r) {
				continue
			}
			marks++
		case !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) || invisible(r):
			continue
		default:
			marks = 0
		}
		if gap {
			runes++
		}
		if runes++; runes > MaxRunes {
			break
		}
		if b.Cap() == 0 {
			b.Grow(min(len(s)-i, MaxRunes*utf8.UTFMax))
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// invisible tells whether r takes part in no picture although Unicode counts
// it as a letter, a mark or a symbol: fillers, joiners, variation selectors,
// and the empty Braille cell.
func invisible(r rune) bool {
	const brailleBlank = '\u2800'
	return r == brailleBlank || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
