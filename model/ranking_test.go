package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
)

func symbolsOf(n int) []string {
	symbols := make([]string, n)
	for i := range symbols {
		symbols[i] = fmt.Sprintf("S%04d", i)
	}
	return symbols
}

// Names of falling size: how many are in which bucket.
func TestSizeBucketCounts(t *testing.T) {
	for n, want := range map[int][]int{
		0: nil, 19: nil, 20: {10, 10}, 39: {20, 19}, 40: {10, 10, 10, 10}, 41: {11, 10, 10, 10}, 42: {11, 10, 11, 10}, 43: {11, 11, 11, 10}, 1960: {490, 490, 490, 490},
	} {
		caps := make([]num.Dollars, n)
		for i := range caps {
			caps[i] = num.Dollars(1000 + n - i)
		}
		buckets := RankSize(caps, symbolsOf(n))
		var counts []int
		for _, b := range buckets {
			if b == NoBucket {
				continue
			}
			for len(counts) <= int(b) {
				counts = append(counts, 0)
			}
			counts[b]++
		}
		if !slices.Equal(counts, want) {
			t.Errorf("%d names are cut into %v, want %v", n, counts, want)
		}
		if !slices.IsSorted(buckets) {
			t.Errorf("%d names: a smaller one is in a larger bucket", n)
		}
	}
}

// Names without a cap are in no bucket, and do not move the others.
func TestNamesWithoutACapAreNotRanked(t *testing.T) {
	caps := make([]num.Dollars, 60)
	for i := range caps {
		if i%3 != 0 {
			caps[i] = num.Dollars(i)
		}
	}
	caps[3], caps[6] = -5, -1
	for i, b := range RankSize(caps, symbolsOf(60)) {
		switch {
		case (b == NoBucket) != (caps[i] <= 0):
			t.Errorf("name %d with cap %d is in bucket %d", i, caps[i], b)
		case caps[i] > 0 && (b == 0) != (i >= 46), caps[i] > 0 && (b == 3) != (i < 15):
			t.Errorf("name %d is in bucket %d of forty", i, b)
		}
	}
}

// Equal caps go by symbol, whatever order they come in.
func TestTiesGoBySymbol(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	symbols := symbolsOf(40)
	random.Shuffle(len(symbols), func(i, j int) { symbols[i], symbols[j] = symbols[j], symbols[i] })
	caps := make([]num.Dollars, 40)
	for i := range caps {
		caps[i] = 7
	}
	for i, b := range RankSize(caps, symbols) {
		var place int
		if _, err := fmt.Sscanf(symbols[i], "S%d", &place); err != nil {
			t.Fatal(err)
		}
		if want := int8(place / 10); b != want {
			t.Errorf("%s is in bucket %d, want %d", symbols[i], b, want)
		}
	}
}

// Whatever the caps: parts differ by one at most, nobody in a part is smaller
// than anybody in the next, and the order of the list does not matter.
func TestRankSizeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Int64Range(-2, 40), 20, 120).Draw(t, "caps")
		caps := make([]num.Dollars, len(raw))
		for i, c := range raw {
			caps[i] = num.Dollars(c)
		}
		symbols := symbolsOf(len(caps))
		buckets := RankSize(caps, symbols)
		var least, most [4]num.Dollars
		var counts [4]int
		for i, b := range buckets {
			if b == NoBucket {
				continue
			}
			if counts[b] == 0 || caps[i] < least[b] {
				least[b] = caps[i]
			}
			most[b] = max(most[b], caps[i])
			counts[b]++
		}
		for b := 1; b < 4 && counts[b] > 0; b++ {
			if most[b] > least[b-1] || counts[b-1]-counts[b] > 1 || counts[b]-counts[b-1] > 1 {
				t.Fatalf("buckets of %v names from %v to %v", counts, least, most)
			}
		}
		slices.Reverse(caps)
		slices.Reverse(symbols)
		again := RankSize(caps, symbols)
		slices.Reverse(again)
		if !slices.Equal(again, buckets) {
			t.Fatalf("backwards the buckets are %v, forwards %v", again, buckets)
		}
	})
}

func BenchmarkRankSize(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	caps, symbols := make([]num.Dollars, 1960), symbolsOf(1960)
	for i := range caps {
		caps[i] = num.Dollars(random.Int64N(1e10) + 1)
	}
	for b.Loop() {
		RankSize(caps, symbols)
	}
}

// Above 131,072 companies the order comes about in another way; it is the same
// order.
func TestVeryManyCompanies(t *testing.T) {
	const many = maxPlaces + 1000
	random := rand.New(rand.NewPCG(2, 2))
	caps, symbols := make([]num.Dollars, many), make([]string, many)
	for i := range caps {
		caps[i] = num.Dollars(random.Int64N(5000)) // ties in plenty, and some without a cap
		symbols[i] = fmt.Sprintf("S%06d", random.IntN(1_000_000))
	}
	order := sizeOrder(caps, symbols)
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if caps[a] < caps[b] || caps[a] == caps[b] && symbols[a] > symbols[b] {
			t.Fatalf("%s with %d comes before %s with %d", symbols[a], caps[a], symbols[b], caps[b])
		}
	}
	if first, all := sizeOrder(caps[:5000], symbols[:5000]), slices.DeleteFunc(order, func(i int32) bool { return i >= 5000 }); !slices.Equal(first, all) {
		t.Error("the first five thousand stand in another order among themselves")
	}
}
