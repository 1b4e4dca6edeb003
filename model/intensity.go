package model

import (
	"math"

	"gyre/model/session"
)

// Intensity is how unusual the rotation is as a whole: 0 nothing, 100 every
// axis at three sigmas or more. It is always shown with its terms.
type Intensity struct {
	Known bool
	Total int // the sum of the terms
	Terms [IntensityTerms]IntensityTerm
}

// IntensityTerms is the number of axes in an intensity, in this order: size,
// leverage in the Russell 2000, leverage in the micro caps, the pair of indices.
const IntensityTerms = 4

// IntensityTerm is what one axis adds.
type IntensityTerm struct {
	Known  bool
	Points int
}

// intensityCap is the z0 beyond which an axis adds no more.
const intensityCap = 3

// intensity weighs the axes 5 : 2 : 2 : 1. Those without a z0 are left out and
// the others weigh more.
func intensity(axes [IntensityTerms]score) Intensity {
	weights := [IntensityTerms]float64{0.5, 0.2, 0.2, 0.1}
	var in Intensity
	total := 0.0
	for i, a := range axes {
		if a.known {
			total += weights[i]
		}
	}
	if total == 0 {
		return in
	}
	in.Known = true
	for i, a := range axes {
		if !a.known {
			continue
		}
		share := weights[i] / total * min(math.Abs(a.z0), intensityCap) / intensityCap
		in.Terms[i] = IntensityTerm{Known: true, Points: int(math.Round(100 * share))}
		in.Total += in.Terms[i].Points
	}
	return in
}

// intensities fills the intensity of every window.
func (b *builder) intensities() {
	for _, w := range session.Windows() {
		if !b.query.wants(w) {
			continue
		}
		b.snap.Intensity[w] = intensity([IntensityTerms]score{
			b.sizeZ0[w], b.leverZ0[inRUT][w], b.leverZ0[inMicro][w], b.pairZ0[w],
		})
	}
}
