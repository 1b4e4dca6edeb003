package num

import (
	"math"
	"math/bits"
)

// MaxReturn bounds what counts as a return: a price ten thousand times its
// base. Below it the sum of 90,000 returns fits a Return.
const MaxReturn = 10_000 * ReturnScale

// Change is the return p/base - 1, the exact quotient rounded half away from
// zero. It is false where either price is missing or the return is above
// MaxReturn.
//
// It runs six times for every trade, and a branch on the sign or on the
// rounding would be guessed wrong half of the time, so neither is a branch:
// the magnitude of the quotient is rounded half up by adding half a divisor.
func Change(p, base Price) (Return, bool) {
	if p <= 0 || base <= 0 {
		return 0, false
	}
	diff := int64(p - base)
	sign := diff >> 63 // all ones where negative
	hi, lo := bits.Mul64(uint64((diff^sign)-sign), uint64(ReturnScale))
	lo, carry := bits.Add64(lo, uint64(base)/2, 0)
	var quotient int64
	if hi += carry; hi == 0 && lo < 1<<62 {
		quotient = divide(int64(lo), int64(base))
	} else {
		quotient = divideWide(hi, lo, uint64(base))
	}
	if quotient > int64(MaxReturn) {
		return 0, false
	}
	return Return((quotient ^ sign) - sign), true
}

// divide is n/d, rounded down, for results up to MaxReturn; above it the result
// is only known to be above it too. A floating-point division guesses, several
// of which the processor does at once: up to MaxReturn, which is below 2^47,
// the guess is off by one at most, and the rest tells which way.
func divide(n, d int64) int64 {
	q := int64(float64(n) / float64(d))
	switch rest := n - q*d; {
	case rest < 0:
		return q - 1
	case rest >= d:
		return q + 1
	}
	return q
}

// divideWide is (hi, lo)/d, rounded down, with the same promise.
func divideWide(hi, lo, d uint64) int64 {
	if hi >= d {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, d)
	return int64(min(q, math.MaxInt64))
}
