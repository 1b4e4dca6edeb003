package model

import (
	"cmp"
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// Contributor is one member's part in its group's mean return.
type Contributor struct {
	Member *Member
	Points num.Figure // return divided by the number of names, in pp, three decimals
}

// Contributors are the names that moved a group's equal-weighted mean most.
type Contributors struct {
	N             int
	Mean          num.Figure // percent
	Best, Worst   []Contributor
	WithoutBest   num.Figure // the mean without Best
	WithoutWorst  num.Figure
	WithoutEither num.Figure
}

// ContributorsOf finds the count names with the best and the count with the
// worst return of a group over window w, ties by symbol.
func ContributorsOf(members []Member, g GroupRef, w session.Window, count int) Contributors {
	var group []*Member
	var all num.Mean
	for i := range members {
		if m := &members[i]; m.HasReturn[w] && g.Has(m, w) {
			group = append(group, m)
			all.Sum += int64(m.Return[w])
			all.N++
		}
	}
	slices.SortFunc(group, func(a, b *Member) int {
		return cmp.Or(cmp.Compare(b.Return[w], a.Return[w]), cmp.Compare(a.Symbol, b.Symbol))
	})
	c := Contributors{N: all.N, Mean: all.Percent()}
	count = max(0, min(count, len(group)/2))
	best, worst := group[:count], slices.Clone(group[len(group)-count:])
	slices.Reverse(worst)
	c.Best, c.Worst = contributions(best, w, all.N), contributions(worst, w, all.N)
	c.WithoutBest = without(all, w, best).Percent()
	c.WithoutWorst = without(all, w, worst).Percent()
	c.WithoutEither = without(without(all, w, best), w, worst).Percent()
	return c
}

// Contribution is a member's part in the equal-weighted mean of n names, in pp.
func Contribution(m *Member, w session.Window, n int) num.Figure {
	if !m.HasReturn[w] {
		return num.Figure{}
	}
	return num.Mean{Sum: int64(m.Return[w]), N: n}.Points(3)
}

func contributions(group []*Member, w session.Window, n int) []Contributor {
	all := make([]Contributor, len(group))
	for i, m := range group {
		all[i] = Contributor{Member: m, Points: Contribution(m, w, n)}
	}
	return all
}

func without(mean num.Mean, w session.Window, group []*Member) num.Mean {
	for _, m := range group {
		mean.Sum -= int64(m.Return[w])
		mean.N--
	}
	return mean
}
