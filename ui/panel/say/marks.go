package say

import (
	"gyre/model"
	"gyre/ui/chart"
	"gyre/ui/theme"
)

// Marks are the important events that have happened, for a chart's time axis.
func Marks(th *theme.Theme, snap *model.Snapshot) []chart.Mark {
	const important = 3
	var all []chart.Mark
	for i := range snap.Calendar {
		entry := &snap.Calendar[i]
		if entry.Past && entry.Importance >= important {
			all = append(all, chart.Mark{At: entry.At, Glyph: th.Glyph.Star, Role: theme.Star})
		}
	}
	return all
}
