package stats_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/stats"
)

func TestSizeGroups(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 19: 0, 20: 2, 39: 2, 40: 4, 1960: 4} {
		if got := stats.SizeGroups(n); got != want {
			t.Errorf("%d names make %d groups, want %d", n, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		n, groups int
		want      []int
	}{
		"quartiles of 1,960":         {1960, 4, []int{0, 490, 980, 1470, 1960}},
		"quartiles of 41":            {41, 4, []int{0, 11, 21, 31, 41}}, // ranks 0-10: floor(40/41) is still 0
		"quartiles of 42":            {42, 4, []int{0, 11, 21, 32, 42}},
		"halves of 21":               {21, 2, []int{0, 11, 21}},
		"thirds of 7":                {7, 3, []int{0, 3, 5, 7}},
		"more groups than names":     {2, 4, []int{0, 1, 1, 2, 2}},
		"no names":                   {0, 4, []int{0, 0, 0, 0, 0}},
		"no group":                   {100, 0, nil},
		"fewer than no names at all": {-1, 4, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := stats.Split(c.n, c.groups); !slices.Equal(got, c.want) {
				t.Errorf("%d names in %d groups: %v, want %v", c.n, c.groups, got, c.want)
			}
		})
	}
}

// Every rank lies in the group that the definition floor(groups*rank/n) names.
func TestSplitFollowsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, groups := rapid.IntRange(1, 3000).Draw(t, "n"), rapid.IntRange(1, 10).Draw(t, "groups")
		bounds := stats.Split(n, groups)
		counts := make([]int, groups)
		for rank := range n {
			g := groups * rank / n
			counts[g]++
			if rank < bounds[g] || rank >= bounds[g+1] {
				t.Fatalf("rank %d belongs to group %d, which holds [%d, %d)", rank, g, bounds[g], bounds[g+1])
			}
		}
		if slices.Max(counts)-slices.Min(counts) > 1 {
			t.Fatalf("the sizes %v differ by more than one", counts)
		}
	})
}
