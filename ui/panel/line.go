package panel

import (
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// Fitting is the fullest of several forms of a line. build gives the two ends
// of form 0, the fullest, up to forms-1, the shortest; the first whose ends
// fit into w cells with room between them is taken, else the last.
func Fitting(w, forms int, build func(form int) (left, right string)) (left, right string) {
	const gap = 2
	for form := range forms {
		left, right = build(form)
		need := draw.Width(left)
		if right != "" {
			need += gap + draw.Width(right)
		}
		if need <= w {
			break
		}
	}
	return left, right
}

// Line is Fitting as a line of exactly w cells.
func Line(th *theme.Theme, w, forms int, build func(form int) (left, right string)) string {
	left, right := Fitting(w, forms, build)
	return draw.Fit(th, draw.Spread(th, left, right, w), w)
}
