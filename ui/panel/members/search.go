package members

import (
	"unicode"
	"unicode/utf8"

	"gyre/model"
)

// needle is a search in lower case; the empty one finds everything.
type needle []rune

func newNeedle(search string) needle {
	n := needle(search)
	for i, r := range n {
		n[i] = unicode.ToLower(r)
	}
	return n
}

// find is where the needle first stands in s, in capitals or not: s[from:to].
func (n needle) find(s string) (from, to int, found bool) {
	if len(n) == 0 {
		return 0, 0, false
	}
	for from, r := range s {
		if lower(r) != n[0] {
			continue
		}
		if size, ok := n.leads(s[from:]); ok {
			return from, from + size, true
		}
	}
	return 0, 0, false
}

// leads tells whether s begins with the needle, and how many bytes it takes there.
func (n needle) leads(s string) (size int, ok bool) {
	for _, want := range n {
		if size == len(s) {
			return 0, false
		}
		r, width := utf8.DecodeRuneInString(s[size:])
		if lower(r) != want {
			return 0, false
		}
		size += width
	}
	return size, true
}

// lower is unicode.ToLower, which is slow for the letters that names are made of.
func lower(r rune) rune {
	switch {
	case r >= utf8.RuneSelf:
		return unicode.ToLower(r)
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	}
	return r
}

// search finds the needle in what is said of companies.
type search struct {
	needle  needle
	sectors map[string]bool // codes whose full name has the needle in it
}

func newSearch(text string) search {
	s := search{needle: newNeedle(text), sectors: map[string]bool{}}
	for _, sector := range model.Sectors() {
		if _, _, ok := s.needle.find(sector.Name); ok {
			s.sectors[sector.Code] = true
		}
	}
	return s
}

// finds tells whether the needle is in the symbol, the name or the sector.
func (s search) finds(m *model.Member) bool {
	if len(s.needle) == 0 || s.sectors[m.Sector] {
		return true
	}
	for _, text := range [...]string{m.Symbol, m.Name, m.Sector} {
		if _, _, ok := s.needle.find(text); ok {
			return true
		}
	}
	return false
}
