package theme

import (
	"strings"
	"unicode/utf8"
)

// Glyphs are the signs that things are drawn with. Each is one cell wide
// unless its comment says otherwise.
type Glyphs struct {
	TopLeft, TopRight, BottomLeft, BottomRight string
	Horizontal, Vertical, Dash                 string // Dash: the now line, a forecast's bounds
	TeeLeft, TeeRight, Cross                   string // ends and marks of a scale

	Star, Dot, Ring, Swatch string // Ring: a dot that is not lit
	Up, Down, Play          string
	Minus, Ellipsis, Middot string
	Bar, HalfBar            string // a bar's cell, and its last half cell
	Shade                   string // the ground of a band

	Spark  []string // from low to high
	Shades []string // of a weight, from the lightest
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯",
		Horizontal: "─", Vertical: "│", Dash: "╌",
		TeeLeft: "├", TeeRight: "┤", Cross: "┼",
		Star: "★", Dot: "●", Ring: "○", Swatch: "■",
		Up: "▲", Down: "▼", Play: "▶",
		Minus: "−", Ellipsis: "…", Middot: "·",
		Bar: "━", HalfBar: "╸", Shade: "░",
		Spark:  Blocks.steps(),
		Shades: []string{"░", "▒", "▓", "█"},
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
		Horizontal: "-", Vertical: "|", Dash: "-",
		TeeLeft: "|", TeeRight: "|", Cross: "+",
		Star: "*", Dot: "o", Ring: ".", Swatch: "#",
		Up: "^", Down: "v", Play: ">",
		Minus: "-", Ellipsis: "~", Middot: ".",
		Bar: "#", HalfBar: "", Shade: ":",
		Spark:  []string{"_", ".", "-", "=", "+", "*", "#"},
		Shades: []string{".", ":", "*", "#"},
	}
}

// asciiWords says in ASCII what panels write in Unicode.
func asciiWords() *strings.Replacer {
	return strings.NewReplacer(
		"★", "*", "☆", ".", "●", "o", "○", ".", "■", "#", "▲", "^", "▼", "v", "▶", ">", "◀", "<",
		"−", "-", "–", "-", "—", "-", "·", ".", "…", "~",
		"≤", "<=", "≥", ">=", "≠", "!=", "×", "x", "±", "+-", "σ", " sd", "→", "->", "←", "<-", "↑", "^", "↓", "v",
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "█", "#", "▄", "=", "━", "#", "─", "-", "│", "|", "╌", "-", "░", ":", "▒", ":", "▓", "*",
	)
}

// Say is s in the viewer's characters: unchanged, or in ASCII, where whatever
// has no ASCII form becomes a question mark. It may change the width of s, so
// it comes before fitting.
func (t *Theme) Say(s string) string {
	if t.says == nil || isASCII(s) {
		return s
	}
	s = t.says.Replace(s)
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return '?'
	}, s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
