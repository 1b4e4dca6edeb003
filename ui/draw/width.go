package draw

import "unicode/utf8"

// plainStep looks at the start of s and returns how many bytes the next
// character or colour sequence has and how many cells it takes. It knows what
// this program writes itself; for anything else (wide runes, combining marks,
// other sequences) it returns 0 bytes, and the caller asks the library that
// knows all of Unicode.
func plainStep(s string) (bytes, cells int) {
	c := s[0]
	switch {
	case c >= ' ' && c <= '~':
		return 1, 1
	case c == '\x1b':
		return colourLength(s), 0
	case c < utf8.RuneSelf:
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(s)
	if !narrow(r) {
		return 0, 0
	}
	return size, 1
}

// colourLength is the length of the SGR sequence that s starts with, or 0.
func colourLength(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';':
			return 0
		}
	}
	return 0
}

// narrow tells that r is always one cell wide and never joins its neighbours.
func narrow(r rune) bool {
	switch {
	case r >= 0x2500 && r <= 0x259f, r >= 0x2800 && r <= 0x28ff: // box drawing, block elements; braille
		return true
	case r >= 0xa1 && r < 0x180: // Latin supplement; U+00AD takes no cell
		return r != 0xad
	}
	switch r {
	case '−', '…', '–', '—', '“', '”', '‘', '’', '→', '←', '↑', '↓', 'σ',
		'≤', '≥', '≠', '■', '▲', '▼', '▶', '◀', '●', '○', '★', '☆':
		return true
	}
	return false
}
