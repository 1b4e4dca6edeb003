package panel

import (
	"slices"

	"gyre/model"
)

// Countries is every country of which there are events, in order of their codes.
func Countries(events []model.CalendarEntry) []string {
	seen := map[string]bool{}
	var all []string
	for i := range events {
		if code := events[i].Country; code != "" && !seen[code] {
			seen[code] = true
			all = append(all, code)
		}
	}
	slices.Sort(all)
	return all
}

// NextCountry is the state with the country after the one chosen, and after the
// last one all countries.
func (z ZoomState) NextCountry(events []model.CalendarEntry) ZoomState {
	all := Countries(events)
	next := slices.Index(all, z.Country) + 1 // of all countries: the first
	z.Country = ""
	if next < len(all) {
		z.Country = all[next]
	}
	return z
}
