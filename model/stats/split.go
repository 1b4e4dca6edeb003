package stats

// The smallest universes that make quartiles, and halves.
const (
	minQuartiles = 40
	minHalves    = 20
)

// SizeGroups is the number of groups in which n names are compared by size:
// quartiles, halves under 40 names, none under 20.
func SizeGroups(n int) int {
	switch {
	case n >= minQuartiles:
		return 4
	case n >= minHalves:
		return 2
	default:
		return 0
	}
}

// Split cuts n ranked names into groups whose sizes differ by at most one: the
// name of rank r, from 0, is in group floor(groups*r/n). Group g holds the
// ranks from bounds[g] up to but without bounds[g+1]. There are no bounds
// where there is no group.
func Split(n, groups int) []int {
	if n < 0 || groups < 1 {
		return nil
	}
	bounds := make([]int, groups+1)
	for g := range bounds {
		bounds[g] = (g*n + groups - 1) / groups // the first rank r with groups*r >= g*n
	}
	return bounds
}
