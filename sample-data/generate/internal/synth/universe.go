// Package synth makes up the companies of the sample: who they are, what they
// owe, and prices whose averages are those that were published.
package synth

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Numbers of companies: members of the Russell 2000, of which the smallest
// microOverlap are in the micro-cap index too, and members of that one alone.
// One that is in both is bought in the last week: that leaves 1,960 and 1,500.
const (
	large        = 1961
	microOnly    = 500
	microOverlap = 1001
	companies    = large + microOnly
)

// Streams of random numbers. Each part of the sample has its own, so that a
// change to one part does not throw the dice of all others anew.
const (
	streamSizes = iota + 1
	streamBalance
	streamReturns
	streamVolumes
	streamBars
	streamHistory
)

// random is a stream of random numbers of the sample.
func random(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

// Company is a made-up company.
type Company struct {
	ID, Symbol, Name string
	Sector           string
	Micro            bool    // a member of the micro-cap index
	Only             bool    // and not of the Russell 2000
	cap0             float64 // market cap at the start, billions of dollars
	price0           float64
	shares           int64 // outstanding, on the last day
}

// sector is one line of the table of sectors.
type sector struct {
	code, word string
	part       float64 // of all companies, against the other sectors' parts
	leverage   float64 // centre of debt/EV
	zeroDebt   float64 // part of companies without debt
	cash       float64 // centre of cash/cap
	vol        float64 // against an average company
}

// sectors of the Russell 2000 by count, and what their balance sheets are like.
func sectors() []sector {
	return []sector{
		{"HC", "Health", .26, .08, .45, .42, 1.45},
		{"FIN", "Financial", .22, .30, .03, .08, .6},
		{"IND", "Industrial", .14, .20, .05, .08, 1},
		{"IT", "Technology", .12, .10, .16, .12, 1.1},
		{"CD", "Consumer", .10, .28, .05, .08, 1.05},
		{"RE", "Real Estate", .055, .45, .02, .05, .75},
		{"EN", "Energy", .04, .28, .05, .06, 1.1},
		{"MAT", "Materials", .035, .22, .06, .08, 1.05},
		{"COM", "Communication", .03, .30, .05, .10, 1.15},
		{"STP", "Staples", .02, .22, .05, .07, .8},
		{"UTL", "Utility", .01, .45, .01, .03, .55},
	}
}

// Sizes of the members of the Russell 2000 around the turn of the year 2024/25,
// in billions of dollars: the median, the spread of logarithms above and below
// it, and the bounds.
const (
	medianCap   = .99
	sigmaAbove  = .98
	sigmaBelow  = 1.05
	smallestCap = .03
	largestCap  = 14.7
)

// Sizes of the companies that are in the micro-cap index alone.
const (
	medianMicro   = .07
	sigmaMicro    = .6
	smallestMicro = .015
	largestMicro  = .25
)

// companiesOf makes up the companies, the largest of each index first.
func companiesOf(seed uint64) []Company {
	rng := random(seed, streamSizes)
	caps := make([]float64, 0, companies)
	for len(caps) < large {
		if c := drawCap(rng, medianCap, sigmaBelow, sigmaAbove); c >= smallestCap && c <= largestCap {
			caps = append(caps, c)
		}
	}
	for len(caps) < companies {
		if c := drawCap(rng, medianMicro, sigmaMicro, sigmaMicro); c >= smallestMicro && c <= largestMicro {
			caps = append(caps, c)
		}
	}
	descending := func(a, b float64) int { return cmp.Compare(b, a) }
	slices.SortFunc(caps[:large], descending)
	slices.SortFunc(caps[large:], descending)

	all := make([]Company, companies)
	for i := range all {
		c := &all[i]
		s := drawSector(rng)
		c.Sector = s.code
		if i < large {
			c.ID = fmt.Sprintf("S%04d", i+1)
		} else {
			c.ID, c.Only = fmt.Sprintf("M%04d", i+1-large), true
		}
		c.Symbol, c.Name = c.ID, fmt.Sprintf("Sample %s %s", s.word, c.ID)
		c.Micro = i >= large-microOverlap
		c.cap0 = caps[i]
		c.price0 = drawPrice(rng, caps[i])
	}
	return all
}

// drawCap draws a size whose logarithm is normal, with a spread of its own on
// either side.
func drawCap(rng *rand.Rand, median, below, above float64) float64 {
	z := rng.NormFloat64()
	if z < 0 {
		return median * math.Exp(z*below)
	}
	return median * math.Exp(z*above)
}

// drawPrice draws a share price: larger companies have higher ones, and a few
// of the small trade around a dollar.
func drawPrice(rng *rand.Rand, capital float64) float64 {
	const (
		typical, bySize, sigma         = 22, .33, .6
		small, rare, penny             = .3, -1.75, 1.2
		pennySigma                     = 1.2
		lowest, highest        float64 = .3, 260
	)
	z := rng.NormFloat64()
	p := typical * math.Pow(capital, bySize) * math.Exp(sigma*z)
	if capital < small && z < rare {
		p = penny * math.Exp(pennySigma*(z-rare))
	}
	return min(max(p, lowest), highest)
}

// drawSector draws a sector by its part of all companies.
func drawSector(rng *rand.Rand) sector {
	table := sectors()
	var sum float64
	for _, s := range table {
		sum += s.part
	}
	x := sum * rng.Float64()
	for _, s := range table {
		if x -= s.part; x < 0 {
			return s
		}
	}
	return table[0]
}

// sectorOf is the line of a sector.
func sectorOf(code string) sector {
	table := sectors()
	return table[slices.IndexFunc(table, func(s sector) bool { return s.code == code })]
}
