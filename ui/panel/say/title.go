package say

import (
	"strings"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Title is an event's title in w cells: where Shorter does not do, it is cut, but
// before a short last word, which often makes the difference (m/m, y/y).
func Title(th *theme.Theme, title string, w int) string {
	title = th.Say(Shorter(title, w))
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

// Shorter is an event's title, made shorter for as long as it has more than w
// cells: what follows its last comma (the month it is about) goes first, then
// words become the shorter ones that calendars use.
func Shorter(title string, w int) string {
	for draw.Width(title) > w {
		at := strings.LastIndexByte(title, ',')
		if at < 0 {
			break
		}
		title = title[:at]
	}
	for _, word := range shorter() {
		if draw.Width(title) > w {
			title = strings.Replace(title, word[0], word[1], 1)
		}
	}
	return title
}

// shorter are words of releases and what they are commonly shortened to, those
// that lose least first.
func shorter() [][2]string {
	return [][2]string{
		{"PCE price index", "PCE"},
		{"PCE prices", "PCE"},
		{"price index", "prices"},
		{"manufacturing", "mfg"},
		{"Manufacturing", "Mfg"},
		{"expectations", "expect."},
		{"inflation", "infl."},
		{"Durable goods", "Durables"},
		{"ex transport", "ex trans"},
		{"Average", "Avg"},
		{"Unemployment", "Unempl."},
		{"Reciprocal", "Recip."},
	}
}
