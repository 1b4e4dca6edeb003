package calendar

import (
	"strconv"

	"gyre/ui/panel"
	"gyre/ui/theme"
)

// ratesLine says how many cuts of the policy rate are priced, and whether that
// is computed or somebody's word; "" where it is not known.
func ratesLine(in panel.Input) string {
	r, th := in.Snap.Rates, in.Theme
	if !r.Known {
		return ""
	}
	text := "Fed cuts priced for " + strconv.Itoa(r.Year) + ": "
	cuts, tail := r.Cuts, ", from futures"
	if r.Quoted {
		cuts, tail = spelled(r.Cuts), ", quoted"
		if r.Source != "" {
			tail += " from the " + r.Source
		}
	}
	return th.Paint(theme.Dim, text) + th.Paint(theme.Text, th.Say(cuts)) + th.Paint(theme.Dim, th.Say(tail))
}

// spelled is a small whole number as a word, anything else as it is.
func spelled(number string) string {
	words := [...]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(words) {
		return words[n]
	}
	return number
}
