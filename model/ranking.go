package model

import (
	"cmp"
	"slices"

	"gyre/model/num"
	"gyre/model/stats"
)

// NoBucket is the bucket of a company that is in none.
const NoBucket int8 = -1

// RankSize sorts companies by market cap, largest first, ties by symbol, and
// cuts the order into four parts, into two under 40 companies, and into none
// under 20: the company at place r of n (from 0) is in part floor(parts*r/n),
// so that part sizes differ by one at most. The result is the part of each
// company from 0, the largest. A company without a positive cap is not ranked
// and is in NoBucket. caps and symbols are equally long; caps count up to
// num.MaxDollars.
func RankSize(caps []num.Dollars, symbols []string) []int8 {
	buckets := make([]int8, len(caps))
	for i := range buckets {
		buckets[i] = NoBucket
	}
	order := sizeOrder(caps, symbols)
	for b, part := range cut(order, stats.SizeGroups(len(order))) {
		for _, i := range part {
			buckets[i] = int8(b)
		}
	}
	return buckets
}

// sizeOrder is the places of the companies that have a cap, largest first, ties
// by symbol.
func sizeOrder(caps []num.Dollars, symbols []string) []int32 {
	companies := make([]ranked, 0, len(caps))
	for i, c := range caps {
		if c > 0 {
			companies = append(companies, ranked{key: int64(num.MaxDollars - min(c, num.MaxDollars)), place: int32(i)})
		}
	}
	return ascending(companies, symbols)
}

// ranked is a company on its way into an order: its place in the list it comes
// from beside what it is ordered by, from 0 to maxKey.
type ranked struct {
	key   int64
	place int32
}

// Sorting is most of the work of a roll, and plain numbers sort three times as
// fast as anything that needs a comparison of ours. So a key and a place share
// one number, which has room for every market cap and for 131,072 companies.
const (
	placeBits = 17
	maxPlaces = 1 << placeBits
	maxKey    = 1<<(64-placeBits) - 1
)

// ascending is the places of companies by ascending key, ties by symbol.
func ascending(companies []ranked, symbols []string) []int32 {
	bySymbol := func(a, b int32) int { return cmp.Compare(symbols[a], symbols[b]) }
	order := make([]int32, len(companies))
	if len(symbols) > maxPlaces {
		slices.SortFunc(companies, func(a, b ranked) int {
			return cmp.Or(cmp.Compare(a.key, b.key), bySymbol(a.place, b.place))
		})
		for i, c := range companies {
			order[i] = c.place
		}
		return order
	}
	packed := make([]uint64, len(companies))
	for i, c := range companies {
		packed[i] = uint64(c.key)<<placeBits | uint64(c.place)
	}
	slices.Sort(packed)
	tied := 0 // where the run of equal keys begins
	for i, p := range packed {
		order[i] = int32(p % maxPlaces)
		if p>>placeBits != packed[tied]>>placeBits {
			slices.SortFunc(order[tied:i], bySymbol)
			tied = i
		}
	}
	slices.SortFunc(order[tied:], bySymbol)
	return order
}

// cut is an order in parts whose sizes differ by one at most.
func cut[T any](order []T, parts int) [][]T {
	bounds := stats.Split(len(order), parts)
	cuts := make([][]T, parts)
	for p := range cuts {
		cuts[p] = order[bounds[p]:bounds[p+1]]
	}
	return cuts
}
