package sim

import "math/bits"

// volumeUnits is the whole of a session's volume.
const volumeUnits = 1 << 30

// Parts of a session's volume: the two auctions, of a thousand. The rest is
// traded between them, most of it near the open and the close.
const (
	openAuction  = 20
	closeAuction = 100
)

// edge is how much busier the first and the last minute are than the middle
// of the day, which trades 1: the usual U shape (Admati and Pfleiderer 1988).
const edge = 3

// volumeCurve is the part of a session's volume traded by each minute. It
// rises from the opening auction to volumeUnits and never falls.
func volumeCurve(reuse []int64, minutes int) []int64 {
	curve := append(reuse[:0], make([]int64, minutes+1)...)
	half := int64(minutes)
	var total int64
	for m := 1; m <= minutes; m++ {
		away := 2*int64(m) - 1 - half // from the middle of the day, in half minutes
		total += half*half + edge*away*away
		curve[m] = total
	}
	const trading = volumeUnits / 1000 * (1000 - openAuction - closeAuction)
	for m := range curve {
		curve[m] = volumeUnits/1000*openAuction + scale(curve[m], trading, total)
	}
	curve[minutes] = volumeUnits
	return curve
}

// volumeAt is how many shares of b have traded by the minute. By its last
// print it is all of them.
func (p *Path) volumeAt(b *Bar, minute int) int64 {
	return scale(p.volume[minute], b.Volume, p.volume[b.last(p.minutes)])
}

// scale is part*whole/of, without overflow, for numbers that are not negative
// and part not above of.
func scale(part, whole, of int64) int64 {
	hi, lo := bits.Mul64(uint64(part), uint64(max(whole, 0)))
	q, _ := bits.Div64(hi, lo, uint64(of))
	return int64(q)
}
