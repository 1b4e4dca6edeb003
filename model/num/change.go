package num

import "math/bits"

// MaxReturn bounds what counts as a return: a price ten thousand times its
// base. Below it the sum of 90,000 returns fits a Return.
const MaxReturn = 10_000 * ReturnScale

// Change is the return p/base - 1, the exact quotient rounded half away from
// zero. It is false where either price is missing or the return is above
// MaxReturn.
func Change(p, base Price) (Return, bool) {
	if p <= 0 || base <= 0 {
		return 0, false
	}
	// (p-base)/base has the magnitude of the quotient whatever its sign, so
	// rounding the magnitude half up rounds the return half away from zero.
	diff := p - base
	size := uint64(diff)
	if diff < 0 {
		size = uint64(-diff)
	}
	hi, lo := bits.Mul64(size, uint64(ReturnScale))
	divisor := uint64(base)
	if hi >= divisor {
		return 0, false
	}
	quotient, rest := bits.Div64(hi, lo, divisor)
	if rest >= divisor-rest {
		quotient++
	}
	if quotient > uint64(MaxReturn) {
		return 0, false
	}
	if diff < 0 {
		return -Return(quotient), true
	}
	return Return(quotient), true
}
