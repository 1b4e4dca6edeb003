package say

import (
	"strings"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Title is an event's title in w cells: where it is too long, what follows its last
// comma (the month it is about) goes first; then it is cut, but before a short
// last word, which often makes the difference (m/m, y/y).
func Title(th *theme.Theme, title string, w int) string {
	for draw.Width(title) > w {
		at := strings.LastIndexByte(title, ',')
		if at < 0 {
			break
		}
		title = title[:at]
	}
	title = th.Say(title)
	const short, least = 7, 8 // of the word with its blank, of what stays before it
	at := strings.LastIndexByte(title, ' ')
	if at < 0 || draw.Width(title) <= w {
		return title
	}
	if last := title[at:]; draw.Width(last) <= short && w-draw.Width(last) >= least {
		return draw.Cut(th, title[:at], w-draw.Width(last)) + last
	}
	return title
}
