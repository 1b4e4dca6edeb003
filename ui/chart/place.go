package chart

import (
	"math"
	"slices"
)

// bucket brings points at places 0 to 1 into columns: a column has the last
// value that falls into it, columns between two neighbouring values are
// interpolated, and a value that is not there leaves a gap around it.
func bucket(at, values []float64, columns int) []float64 {
	all := make([]float64, columns)
	for i := range all {
		all[i] = math.NaN()
	}
	previous, before := -1, math.NaN()
	for i := range min(len(at), len(values)) {
		c := int(math.Round(at[i] * float64(columns-1)))
		v := values[i]
		if !drawable(v) {
			v = math.NaN()
		}
		if previous >= 0 {
			for between := previous + 1; between < c; between++ {
				share := float64(between-previous) / float64(c-previous)
				all[between] = before + (v-before)*share
			}
		}
		all[c], previous, before = v, c, v
	}
	return all
}

// apart gives each of the wanted rows a row of its own between 0 and rows-1,
// as near as the order of the rows allows; -1 where there are too few rows.
func apart(wanted []int, rows int) []int {
	order := make([]int, len(wanted))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return wanted[a] - wanted[b] })
	given := make([]int, len(wanted))
	next := 0
	for n, i := range order {
		if n >= rows {
			given[i] = -1
			continue
		}
		given[i] = max(wanted[i], next)
		next = given[i] + 1
	}
	ceiling := rows - 1
	for _, i := range slices.Backward(order[:min(len(order), rows)]) {
		given[i] = min(given[i], ceiling)
		ceiling = given[i] - 1
	}
	return given
}
