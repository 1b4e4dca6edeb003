package config

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// PrintDefault is a configuration file with every key, its meaning and its
// default. Read again, it gives Default.
func PrintDefault() []byte {
	var b strings.Builder
	b.WriteString("# The configuration of gyre, as it is without a file. Every key may be left out.\n")
	standard := Default()
	for _, t := range tables() {
		if t.name == tablePalette {
			fmt.Fprintf(&b, "\n%s# [%s]\n%s", comment(t.about), t.header(), paletteLines())
			continue
		}
		fmt.Fprintf(&b, "\n%s[%s]\n", comment(t.about), t.name)
		for _, s := range settings() {
			if s.table == t.name {
				fmt.Fprintf(&b, "%s%s = %s\n", comment(s.about), s.key, s.text(&standard))
			}
		}
	}
	return []byte(b.String())
}

// comment is a text as the lines of a comment.
func comment(text string) string {
	const width = 110
	return "# " + strings.ReplaceAll(ansi.Wordwrap(text, width, ""), "\n", "\n# ") + "\n"
}
