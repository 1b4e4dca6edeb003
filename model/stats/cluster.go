package stats

import (
	"math/rand/v2"
	"slices"

	"gyre/model/num"
)

// Cluster is names that move together, such as a sector: their returns in each
// of two groups.
type Cluster struct{ A, B num.Mean }

// leastClusters is how many clusters it takes to draw from.
const leastClusters = 3

// ClusterBootstrap is the 95 % percentile interval of mean(a) - mean(b) where
// not single names are drawn with replacement but whole clusters of them, each
// with its names on both sides (Cameron, Gelbach and Miller 2008, pairs cluster
// bootstrap). It is wider than Bootstrap's where names of one cluster move alike.
// A draw without a name on one side counts for nothing. Equal inputs and seed
// give the same interval anywhere. There is none of fewer than three clusters,
// or where half of the draws or more count for nothing.
func ClusterBootstrap(clusters []Cluster, seed uint64, draws int) (low, high num.Return, ok bool) {
	if len(clusters) < leastClusters || draws < 1 {
		return 0, 0, false
	}
	random := rand.New(rand.NewPCG(seed, stream))
	differences := make([]num.Return, 0, draws)
	for range draws {
		var a, b num.Mean
		for range clusters {
			c := &clusters[random.IntN(len(clusters))]
			a.Sum, a.N = a.Sum+c.A.Sum, a.N+c.A.N
			b.Sum, b.N = b.Sum+c.B.Sum, b.N+c.B.N
		}
		if a.Known() && b.Known() {
			differences = append(differences, a.Return()-b.Return())
		}
	}
	if 2*len(differences) <= draws {
		return 0, 0, false
	}
	slices.Sort(differences)
	k := max((len(differences)+1)*25/1000, 1)
	return differences[k-1], differences[len(differences)-k], true
}
