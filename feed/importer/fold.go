package importer

import "strings"

// fold is what remains of a heading for comparison: lower-case ASCII letters
// and digits. Umlauts fall away however the file encodes them.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		default:
			return -1
		}
	}, s)
}

// trim takes white space off both ends, the no-break space of spreadsheets
// included.
func trim(s string) string { return strings.TrimSpace(strings.Trim(s, " \t\u00a0\u202f\uFEFF")) }
