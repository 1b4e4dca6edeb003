package say

import (
	"strings"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Line puts parts of a sentence together with middots for as long as they fit
// into w cells, so that what is less important, which comes later, goes first.
// Empty parts are left out; parts that are not painted are dim.
func Line(th *theme.Theme, w int, parts ...string) string {
	separator := th.Paint(theme.Dim, " "+th.Glyph.Middot+" ")
	var b strings.Builder
	used := 0
	for _, part := range parts {
		need := draw.Width(part)
		if need == 0 {
			continue
		}
		if used > 0 {
			if used+3+need > w {
				break
			}
			b.WriteString(separator)
			used += 3
		}
		if !strings.Contains(part, "\x1b") {
			part = th.Paint(theme.Dim, part)
		}
		b.WriteString(part)
		used += need
	}
	return draw.Cut(th, b.String(), w)
}

// Pick is the first of the variants, longest first, that fits into w cells;
// the last one where none does.
func Pick(w int, variants ...string) string {
	for _, v := range variants {
		if draw.Width(v) <= w {
			return v
		}
	}
	if len(variants) == 0 {
		return ""
	}
	return variants[len(variants)-1]
}
