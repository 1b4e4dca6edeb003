package say

import (
	"gyre/model"
	"gyre/model/claim"
)

// Sure is the reasons to trust a verdict in a word, from none to all four.
func Sure(d model.Dots) string {
	return [...]string{"unsupported", "weak", "unsure", "fairly sure", "sure"}[d.Count()]
}

// ClaimUnit is what a note's figures are counted in, after a blank; "" for
// levels, ranks and numbers of things.
func ClaimUnit(m claim.Metric) string {
	switch m {
	case claim.Return:
		return " %"
	case claim.Spread:
		return " pp"
	default:
		return ""
	}
}
