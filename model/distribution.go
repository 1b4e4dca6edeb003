package model

import (
	"cmp"
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// DistributionEdges are the bounds of the bins of a distribution, in percent: below the
// first, between each two (the lower one included), and from the last on.
func DistributionEdges() []int { return []int{-15, -10, -5, 0, 5, 10} }

// Distribution is how a group's returns are spread over the bins.
type Distribution struct {
	N     int
	Names []int        // in each bin
	Share []num.Figure // percent of N, no decimals
}

// DistributionOf sorts the returns of a group over window w into bins.
func DistributionOf(members []Member, g GroupRef, w session.Window) Distribution {
	edges := DistributionEdges()
	d := Distribution{Names: make([]int, len(edges)+1), Share: make([]num.Figure, len(edges)+1)}
	for i := range members {
		m := &members[i]
		if !m.HasReturn[w] || !g.Has(m, w) {
			continue
		}
		bin := 0
		for bin < len(edges) && m.Return[w] >= num.Return(edges[bin])*num.ReturnScale/100 {
			bin++
		}
		d.Names[bin]++
		d.N++
	}
	for bin, n := range d.Names {
		d.Share[bin] = num.Share(n, d.N, 0)
	}
	return d
}

// SectorRow is one sector's mean return in each size quartile.
type SectorRow struct {
	Sector string
	N      int           // names with a return, all quartiles
	Means  [4]num.Figure // percent, largest quartile first
	Counts [4]int        // names behind each mean
}

// SectorsBySize is the mean return of each sector in each size quartile over
// window w, the sector with most names first, ties by name.
func SectorsBySize(members []Member, w session.Window) []SectorRow {
	means := map[string]*[4]num.Mean{}
	for i := range members {
		m := &members[i]
		q := m.Quartile[w]
		if !m.HasReturn[w] || q < 0 || q > 3 {
			continue
		}
		if means[m.Sector] == nil {
			means[m.Sector] = &[4]num.Mean{}
		}
		mean := &means[m.Sector][q]
		mean.Sum += int64(m.Return[w])
		mean.N++
	}
	rows := make([]SectorRow, 0, len(means))
	for sector, quartiles := range means {
		row := SectorRow{Sector: sector}
		for q, mean := range quartiles {
			row.Means[q], row.Counts[q] = mean.Percent(), mean.N
			row.N += mean.N
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b SectorRow) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Sector, b.Sector))
	})
	return rows
}
