package sim

import (
	"math/bits"

	"gyre/model/session"
)

// indexStream keeps the random numbers of indices apart from those of names.
const indexStream = 1 << 40

// draw is a stream of random numbers: SplitMix64 (Steele, Lea and Flood 2014).
// It is here because a path needs a stream of its own for each name and each
// day, started at no cost.
type draw struct{ state uint64 }

// newDraw starts the stream of one name, or index, on one day.
func newDraw(seed uint64, date session.Date, stream uint64) draw {
	d := draw{state: seed}
	d.state = d.next() ^ uint64(date)
	d.state = d.next() ^ stream
	d.next()
	return d
}

// next is 64 random bits.
func (d *draw) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a random number from 0 to n-1.
func (d *draw) below(n int) int {
	hi, _ := bits.Mul64(d.next(), uint64(n))
	return int(hi)
}

// stepSigma is the standard deviation of step.
const stepSigma = 4

// step is a random step that is almost normal: the number of heads in 64
// tosses of a coin, less the 32 that are expected.
func (d *draw) step() int32 {
	return int32(bits.OnesCount64(d.next())) - 32
}
