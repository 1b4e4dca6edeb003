package synth

import (
	"math"
	"math/rand/v2"
)

// How returns vary from day to day: of the factors that many companies share,
// and of each company by itself.
const (
	sigmaBeta   = .25
	sigmaSector = .004
	sigmaSize   = .0018 // per unit of ln(cap in billions), cut at two units
	sizeCut     = 2
	ownSigma    = .0315 // of a company of a billion dollars
	ownBySize   = -.22
	jumpChance  = .0015
	jumpSigma   = .15
	largestMove = .3 // of a day's logarithmic return; more than half in a day would ask for a confirmation
)

// draws are daily logarithmic returns before anything is adjusted, by day and
// company; day 0 has none.
func draws(all []Company, index []float64, seed uint64) [][]float64 {
	rng := random(seed, streamReturns)
	betas := make([]float64, len(all))
	for i := range betas {
		betas[i] = min(max(1+sigmaBeta*rng.NormFloat64(), .3), 1.8)
	}
	moves := make([][]float64, len(index))
	moves[0] = make([]float64, len(all))
	for d := 1; d < len(index); d++ {
		market := math.Log(index[d] / index[d-1])
		size := sigmaSize * rng.NormFloat64()
		bySector := make(map[string]float64, len(sectors()))
		for _, s := range sectors() {
			bySector[s.code] = sigmaSector * rng.NormFloat64()
		}
		moves[d] = make([]float64, len(all))
		for i := range all {
			c := &all[i]
			shared := betas[i]*market + bySector[c.Sector] + size*sizeOf(c)
			moves[d][i] = min(max(shared+drawOwn(rng, c), -largestMove), largestMove)
		}
	}
	return moves
}

// sizeOf is how much the size factor moves a company.
func sizeOf(c *Company) float64 { return min(max(math.Log(c.cap0), -sizeCut), sizeCut) }

// ownVol is the standard deviation of a company's own daily return.
func ownVol(c *Company) float64 {
	return ownSigma * math.Pow(c.cap0, ownBySize) * sectorOf(c.Sector).vol
}

// drawOwn is a company's own return of a day: Student's t with four degrees of
// freedom, and now and then a jump.
func drawOwn(rng *rand.Rand, c *Company) float64 {
	z := rng.NormFloat64()
	var squares float64
	for range 4 {
		x := rng.NormFloat64()
		squares += x * x
	}
	const variance = 2 // of t with four degrees of freedom
	own := ownVol(c) * z / math.Sqrt(squares/4) / math.Sqrt(variance)
	jump, size := rng.Float64(), rng.NormFloat64()
	if jump < jumpChance {
		own += jumpSigma * size
	}
	return own
}
