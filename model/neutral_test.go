package model

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// neutralInFractions is the sector-neutral spread by its definition, in percent
// with two decimals, "" where there is none.
func neutralInFractions(f floor, low, high []ID) string {
	sum := func(ids []ID, sector int) (*big.Rat, int64) {
		total, n := new(big.Rat), int64(0)
		for _, id := range ids {
			if f.book.sectors[id] == sector {
				total.Add(total, big.NewRat(int64(f.names[id].ret[session.Day]), int64(num.ReturnScale)))
				n++
			}
		}
		return total, n
	}
	all, weights := new(big.Rat), int64(0)
	for sector := range 3 {
		l, nl := sum(low, sector)
		h, nh := sum(high, sector)
		weight := min(nl, nh)
		if weight < minSector {
			continue
		}
		difference := new(big.Rat).Sub(h.Quo(h, big.NewRat(nh, 1)), l.Quo(l, big.NewRat(nl, 1)))
		all.Add(all, difference.Mul(difference, big.NewRat(weight, 1)))
		weights += weight
	}
	if weights == 0 {
		return ""
	}
	return inPercent(all.Quo(all, big.NewRat(weights, 1)))
}

// Many of these spreads lie within a few units of 1e-10 of half a hundredth of
// a point, where a sector's mean that is rounded first turns the digit shown.
func TestSectorNeutralSpreadIsExact(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	low, high := ids(0, 14), ids(20, 34)
	f.prints("10:00:00", append(ids(0, 14), ids(20, 34)...), 1)
	names := f.look(f.at("10:00:00"))
	f.book.sectors = make([]int, len(f.names))
	rapid.Check(t, func(rt *rapid.T) {
		for _, id := range append(ids(0, 14), ids(20, 34)...) {
			f.book.sectors[id] = rapid.IntRange(0, 2).Draw(rt, "sector")
			f.names[id].ret[session.Day] = num.Return(rapid.IntRange(-2, 2).Draw(rt, "off"))
			if id >= 20 {
				f.names[id].ret[session.Day] += 500_000 * num.Return(rapid.SampledFrom([]int{-3, -1, 1}).Draw(rt, "half"))
			}
		}
		if got, want := f.neutral(session.Day, low, high, names), neutralInFractions(f, low, high); got.String() != want {
			rt.Fatalf("the neutral spread is %q, the fraction %q", got, want)
		}
	})
}
