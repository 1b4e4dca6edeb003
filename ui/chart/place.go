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

// apart gives each of the wanted rows a row of its own between 0 and rows-1, in
// the order of the wanted ones and as near to them as can be; -1 where there
// are too few rows.
func apart(wanted []int, rows int) []int {
	order := make([]int, len(wanted))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return wanted[a] - wanted[b] })
	given := make([]int, len(wanted))
	for n, i := range order {
		if n >= rows {
			given[i] = -1
		}
	}
	order = order[:min(len(order), rows)]
	// Rows that are too near to each other make a pile, which stands as a whole
	// where its rows are least far from where they want to be.
	var piles []pile
	for n, i := range order {
		p := pile{first: n, sum: wanted[i], count: 1}
		for len(piles) > 0 && piles[len(piles)-1].top(rows)+piles[len(piles)-1].count > p.top(rows) {
			before := piles[len(piles)-1]
			piles = piles[:len(piles)-1]
			// Each of p wants to be as many rows higher as there are above it.
			p = pile{first: before.first, sum: before.sum + p.sum - p.count*before.count, count: before.count + p.count}
		}
		piles = append(piles, p)
	}
	for _, p := range piles {
		for k := range p.count {
			given[order[p.first+k]] = p.top(rows) + k
		}
	}
	return given
}

// pile is rows that follow on each other. Sum is that of the rows where each
// wants the pile's first row to be.
type pile struct{ first, sum, count int }

// top is the pile's first row.
func (p pile) top(rows int) int {
	mean := int(math.Floor(float64(p.sum)/float64(p.count) + 0.5))
	return min(max(mean, 0), rows-p.count)
}
