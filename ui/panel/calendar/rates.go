package calendar

import (
	"strconv"
	"strings"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// ratesLine says how many cuts of the policy rate are priced, and whether that
// is computed or somebody's word, in w cells; "" where it is not known.
func ratesLine(in panel.Input, w int) string {
	r, th := in.Snap.Rates, in.Theme
	if !r.Known {
		return ""
	}
	year := strconv.Itoa(r.Year) + ": "
	long, short := "Fed cuts priced for "+year, "Fed cuts in "+year
	cuts, tails := r.Cuts, []string{", from futures"}
	if r.Quoted {
		cuts, tails = spelled(r.Cuts), []string{", quoted"}
		if who, _, _ := strings.Cut(r.Source, ":"); who != "" {
			tails = []string{", quoted from the " + r.Source, ", quoted from the " + who, " (quoted, " + who + ")", ", quoted"}
		}
	}
	for _, tail := range tails {
		for _, head := range []string{long, short} {
			if draw.Width(th.Say(head+cuts+tail)) <= w {
				return th.Paint(theme.Dim, head) + th.Paint(theme.Text, th.Say(cuts)) + th.Paint(theme.Dim, th.Say(tail))
			}
		}
	}
	return draw.Cut(th, th.Paint(theme.Dim, short)+th.Paint(theme.Text, th.Say(cuts)), w)
}

// spelled is a small whole number as a word, anything else as it is.
func spelled(number string) string {
	words := [...]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(words) {
		return words[n]
	}
	return number
}
