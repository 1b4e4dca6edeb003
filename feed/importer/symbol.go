package importer

import (
	"strings"
)

// paper is what kind of paper a symbol is of, by its spelling alone.
type paper uint8

// The kinds of paper.
const (
	paperStock paper = iota
	paperPreferred
	paperWarrant
	paperRight
	paperUnit
	paperWhenIssued
	paperUnknown // the text is no symbol
)

// String is the kind as it is named in a report.
func (p paper) String() string {
	switch p {
	case paperStock:
		return "a stock"
	case paperPreferred:
		return "a preferred share"
	case paperWarrant:
		return "a warrant"
	case paperRight:
		return "a right"
	case paperUnit:
		return "a unit"
	case paperWhenIssued:
		return "a stock when issued"
	default:
		return "no symbol"
	}
}

// canonical is a symbol in the spelling that gyre uses, BRK.B, and what it is
// of. It understands the spellings BRK/B, BRK-B, BRK B and BRK.B of a class of
// shares, ABR^D, ABR-PD and ABR.PRD of a preferred one, and the endings WS, RT
// and U of warrants, rights and units. Letters without a separator (BRKB) say
// nothing.
func canonical(text string) (symbol string, of paper) {
	text = strings.ToUpper(trim(text))
	if strings.Contains(text, "^") {
		return text, paperPreferred
	}
	at := strings.IndexAny(text, "/-. ")
	if at < 0 {
		if !isLetters(text) {
			return text, paperUnknown
		}
		return text, paperStock
	}
	stem, ending := text[:at], trim(text[at+1:])
	if !isLetters(stem) {
		return text, paperUnknown
	}
	switch {
	case strings.HasPrefix(ending, "WS"), strings.HasPrefix(ending, "WT"), ending == "W":
		return text, paperWarrant
	case ending == "RT", ending == "RI", ending == "R":
		return text, paperRight
	case ending == "U", ending == "UN":
		return text, paperUnit
	case strings.HasPrefix(ending, "P") && len(ending) <= 3 && isLetters(ending):
		return text, paperPreferred
	case len(ending) == 1 && isLetters(ending):
		return stem + "." + ending, paperStock
	default:
		return text, paperUnknown
	}
}

// isLetters tells whether a text is made of one to eight letters or digits, the
// first one of them a letter or a digit as foreign exchanges use them.
func isLetters(s string) bool {
	const longest = 8
	if s == "" || len(s) > longest {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// indexOf is the index whose level a file gives under a symbol of its vendor's:
// RUT for ^RUT, SPX for ^GSPC.
func indexOf(text string) string {
	name := strings.ToUpper(trim(text))
	for _, prefix := range [...]string{"I:", "^", ".", "$"} {
		name = strings.TrimPrefix(name, prefix)
	}
	switch name {
	case "GSPC", "SPX", "INX":
		return "SPX"
	case "RUMIC", "RMICRO":
		return "RMICRO"
	default:
		return name
	}
}
