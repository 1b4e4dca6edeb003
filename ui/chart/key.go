package chart

import (
	"github.com/guptarohit/asciigraph"

	"gyre/ui/theme"
)

// Key is the sign in one cell by which a table refers to a line: a swatch to
// be painted in its role, or the line's own stroke where there is no colour.
func Key(th *theme.Theme, role theme.Role) string {
	if th.ASCII || th.Ground == theme.Mono {
		return charSet(th, role).Horizontal
	}
	return th.Glyph.Swatch
}

// charSet is what a line of that role is drawn with. With colour all lines
// look the same; without it each has a stroke of its own.
func charSet(th *theme.Theme, role theme.Role) asciigraph.CharSet {
	i := max(int(role)-int(theme.Series1), 0)
	if th.ASCII {
		marks := [...]string{"*", "+", "o", "x"}
		return asciigraph.CreateCharSet(marks[i%len(marks)])
	}
	if th.Ground != theme.Mono {
		return asciigraph.DefaultCharSet
	}
	strokes := [...][6]string{
		{"─", "│", "╭", "╮", "╰", "╯"},
		{"╌", "╎", "╭", "╮", "╰", "╯"},
		{"┈", "┊", "╭", "╮", "╰", "╯"},
		{"━", "┃", "┏", "┓", "┗", "┛"},
	}
	c := strokes[i%len(strokes)]
	return asciigraph.CharSet{
		Horizontal: c[0], VerticalLine: c[1],
		ArcDownRight: c[2], ArcDownLeft: c[3], ArcUpRight: c[4], ArcUpLeft: c[5],
	}
}
