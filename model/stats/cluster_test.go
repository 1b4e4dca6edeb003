package stats_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gyre/model/num"
	"gyre/model/stats"
)

// meanIn is a mean of n equal returns of so many percent.
func meanIn(percent float64, n int) num.Mean {
	return num.Mean{Sum: int64(percent*float64(num.ReturnScale)/100) * int64(n), N: n}
}

// Of three clusters there are 27 draws. Three times the same one comes once in
// 27, 3.7 %, which is more than the 2.5 % that are cut off: the interval runs
// from the least cluster to the largest, 1 % to 6 %.
func TestClustersOfThree(t *testing.T) {
	clusters := []stats.Cluster{
		{A: meanIn(1, 1), B: meanIn(0, 4)}, {A: meanIn(2, 1), B: meanIn(0, 4)}, {A: meanIn(6, 1), B: meanIn(0, 4)},
	}
	low, high, ok := stats.ClusterBootstrap(clusters, 1, 2000)
	if !ok || low != percent(1)[0] || high != percent(6)[0] {
		t.Errorf("%s to %s, want 1 %% to 6 %%", low.Decimal(), high.Decimal())
	}
}

// All 3,125 draws of five clusters of different sizes, counted out: the bounds
// lie between the 2 % and the 3 % points at each end.
func TestClustersAgainstEveryDraw(t *testing.T) {
	clusters := []stats.Cluster{
		{A: meanIn(-3, 10), B: meanIn(1, 2)},
		{A: meanIn(1, 40), B: meanIn(0.5, 7)},
		{A: meanIn(0.2, 3), B: meanIn(-2, 30)},
		{A: meanIn(4, 9), B: meanIn(2, 11)},
		{A: meanIn(-1, 25), B: meanIn(-0.7, 1)},
	}
	var all []num.Return
	for code := range 3125 {
		var a, b num.Mean
		for range 5 {
			c := clusters[code%5]
			code /= 5
			a, b = num.Mean{Sum: a.Sum + c.A.Sum, N: a.N + c.A.N}, num.Mean{Sum: b.Sum + c.B.Sum, N: b.N + c.B.N}
		}
		all = append(all, a.Return()-b.Return())
	}
	slices.Sort(all)
	at := func(share float64) num.Return { return all[int(share*3125)] }
	low, high, ok := stats.ClusterBootstrap(clusters, 7, 2000)
	if !ok || low < at(0.015) || low > at(0.035) || high < at(0.965) || high > at(0.985) {
		t.Errorf("%s to %s, of every draw %s to %s", low.Decimal(), high.Decimal(), at(0.025).Decimal(), at(0.975).Decimal())
	}
}

// Where the names of a cluster all do the same, forty of them tell no more than
// one: the interval is wider than that of single names.
func TestClustersAreCautious(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var clusters []stats.Cluster
	var as, bs []num.Return
	for range 10 {
		a, b := random.NormFloat64(), random.NormFloat64()
		clusters = append(clusters, stats.Cluster{A: meanIn(a, 40), B: meanIn(b, 40)})
		for range 40 {
			as, bs = append(as, percent(a)...), append(bs, percent(b)...)
		}
	}
	low, high, _ := stats.Bootstrap(as, bs, 1, 2000)
	wideLow, wideHigh, ok := stats.ClusterBootstrap(clusters, 1, 2000)
	if !ok || wideHigh-wideLow < 3*(high-low) {
		t.Errorf("by clusters %s wide, by names %s", (wideHigh - wideLow).Decimal(), (high - low).Decimal())
	}
	againLow, againHigh, _ := stats.ClusterBootstrap(clusters, 1, 2000)
	otherLow, _, _ := stats.ClusterBootstrap(clusters, 2, 2000)
	if againLow != wideLow || againHigh != wideHigh || otherLow == wideLow {
		t.Error("equal seeds do not draw alike, or others do")
	}
}

func TestTooFewClusters(t *testing.T) {
	both := stats.Cluster{A: meanIn(1, 2), B: meanIn(2, 2)}
	onlyA, onlyB := stats.Cluster{A: meanIn(1, 2)}, stats.Cluster{B: meanIn(1, 2)}
	for name, c := range map[string]struct {
		clusters []stats.Cluster
		draws    int
		ok       bool
	}{
		"none":                           {nil, 100, false},
		"two":                            {[]stats.Cluster{both, both}, 100, false},
		"three":                          {[]stats.Cluster{both, both, both}, 100, true},
		"no draws":                       {[]stats.Cluster{both, both, both}, 0, false},
		"one side nowhere":               {[]stats.Cluster{onlyA, onlyA, onlyA}, 100, false},
		"one has both, 70 % of draws":    {[]stats.Cluster{both, onlyA, onlyA}, 2000, true},
		"each side in one, 38 % of them": {[]stats.Cluster{onlyA, onlyB, {}, {}, {}, {}}, 2000, false},
	} {
		t.Run(name, func(t *testing.T) {
			if low, high, ok := stats.ClusterBootstrap(c.clusters, 9, c.draws); ok != c.ok || !ok && (low != 0 || high != 0) {
				t.Errorf("%d to %d, %t", low, high, ok)
			}
		})
	}
}
