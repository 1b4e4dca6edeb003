package stats

import (
	"cmp"

	"gyre/model/num"
)

// Median is the middle of xs, or the mean of its two middle returns; there is
// none of no returns. It works in scratch, which may be of any length.
func Median(xs, scratch []num.Return) (num.Return, bool) {
	m := Middle(xs, scratch)
	return m.Return(), m.Known()
}

// Middle is Median before it is rounded.
func Middle(xs, scratch []num.Return) num.Mean {
	if len(xs) == 0 {
		return num.Mean{}
	}
	low, high := middle(append(scratch[:0], xs...))
	return num.Mean{Sum: int64(low) + int64(high), N: 2}
}

// TrimmedMean is the mean of xs without the smallest and the largest
// floor(percent/100 * n) returns; percent counts for each tail. There is none
// where nothing is left. It works in scratch, which may be of any length.
func TrimmedMean(xs, scratch []num.Return, percent int) (num.Return, bool) {
	m := Inner(xs, scratch, percent)
	return m.Return(), m.Known()
}

// Inner is TrimmedMean before it is rounded.
func Inner(xs, scratch []num.Return, percent int) num.Mean {
	cut := len(xs) * max(percent, 0) / 100
	left := len(xs) - 2*cut
	if left <= 0 {
		return num.Mean{}
	}
	work := append(scratch[:0], xs...)
	if cut > 0 {
		place(work, cut)
		work = work[cut:]
		place(work, left-1)
		work = work[:left]
	}
	return num.Mean{Sum: sum(work), N: left}
}

// middle is the two middle values of xs, the same one twice where the count is
// odd. It reorders xs, which must not be empty.
func middle[T cmp.Ordered](xs []T) (low, high T) {
	half := len(xs) / 2
	place(xs, half)
	high = xs[half]
	if len(xs)%2 == 1 {
		return high, high
	}
	low = xs[0]
	for _, x := range xs[1:half] {
		low = max(low, x)
	}
	return low, high
}

// place reorders xs so that xs[k] is what it would be if xs were sorted, with
// nothing larger before it and nothing smaller behind it: Hoare's quickselect
// (1961), about three times faster than sorting a few hundred names.
func place[T cmp.Ordered](xs []T, k int) {
	low, high := 0, len(xs)-1
	for low < high {
		pivot := medianOfThree(xs[low], xs[low+(high-low)/2], xs[high])
		i, j := low, high
		for i <= j {
			for xs[i] < pivot {
				i++
			}
			for pivot < xs[j] {
				j--
			}
			if i <= j {
				xs[i], xs[j] = xs[j], xs[i]
				i++
				j--
			}
		}
		// Now [low, j] is at most the pivot, [i, high] at least, and what lies
		// between the two equals it.
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

func medianOfThree[T cmp.Ordered](a, b, c T) T {
	return max(min(a, b), min(max(a, b), c))
}
