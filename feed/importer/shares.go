package importer

import (
	"gyre/feed/store"
	"gyre/model/num"
	"gyre/model/session"
)

// shareCounts is the number of shares behind the market cap of each point, 0
// where it has none. Caps come rounded to dollars, so a count that explains the
// next cap to the dollar is kept as it is.
func shareCounts(points []point) []int64 {
	counts := make([]int64, len(points))
	var last int64
	for i := range points {
		x := &points[i]
		if x.cap <= 0 {
			continue
		}
		if !explains(last, x) {
			last = sharesIn(x.cap, x.closes)
		}
		counts[i] = last
	}
	return counts
}

// sharesIn is a market cap over a price, rounded half up; 0 where that is no
// number of shares.
func sharesIn(worth num.Dollars, price num.Price) int64 {
	count := num.Shares(int64(worth), int64(num.PriceScale), int64(price))
	if count > maxNumber {
		return 0
	}
	return count
}

// explains tells whether a number of shares gives the cap of a point, up to
// what rounding can have done to it.
func explains(count int64, x *point) bool {
	if count <= 0 {
		return false
	}
	gap := num.Cap(count, x.closes) - x.cap
	return max(gap, -gap) <= 1+x.cap/1_000_000_000
}

// shares are the changes of a series' number of shares, known from the close of
// the session. Vendors change the number days before a split or days after it:
// around a split nothing is taken from the first such day to the last, so that
// the number is never that of the other side.
func shares(s *series, counts []int64, found []split, calendar *session.Calendar) []store.Shares {
	var changes []store.Shares
	var last int64
	next := 0
	for i, count := range counts {
		for next < len(found) && i >= found[next].after {
			next++
		}
		if count == 0 || count == last || next < len(found) && i > found[next].before {
			continue
		}
		on, ok := calendar.On(s.points[i].date)
		if !ok {
			continue
		}
		last = count
		changes = append(changes, store.Shares{Symbol: s.symbol, KnownAt: on.Closes, Shares: count})
	}
	return changes
}
