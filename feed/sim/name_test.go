package sim

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
)

// The size of a name's own moves is not in a dataset. Taken from its range, it
// is right in the middle, whatever the market does that day.
func TestSigmaFromTheRange(t *testing.T) {
	quiet := Day{Minutes: 390, Indices: []IndexBar{{Open: 2000 * dollar, High: 2004 * dollar, Low: 1997 * dollar, Close: 2001 * dollar, HighFrom: 100, LowFrom: 200}}}
	for name, day := range map[string]Day{"a quiet day": quiet, "a falling market": friday()} {
		t.Run(name, func(t *testing.T) {
			const sigma = 2 * dollar
			day.Names = make([]Bar, 500)
			for i := range day.Names {
				day.Names[i] = Bar{Open: 100 * dollar, Close: 99 * dollar, Volume: 1e9, Sigma: sigma, First: 1}
			}
			p := build(day)
			w := newWalker(day.Minutes, p.levels)
			ratios := make([]float64, len(day.Names))
			for i, b := range day.Names {
				traded := p.Prices(i)[1:]
				b.High, b.Low, b.Sigma = slices.Max(traded), slices.Min(traded), 0
				d := newDraw(day.Seed, day.Date, uint64(i))
				b.first(day.Minutes, &d)
				w.schedule(&b, 1, day.Minutes, &d)
				row := make([]num.Price, day.Minutes+1)
				w.follow(&b, 1, day.Minutes, row)
				ratios[i] = float64(b.sigma(w.printed, row)) / float64(sigma)
			}
			slices.Sort(ratios)
			if median := ratios[len(ratios)/2]; math.Abs(median-1) > .2 {
				t.Errorf("in the middle %.2f of what it was", median)
			}
		})
	}
}

func TestSigmaOfABarWithoutRange(t *testing.T) {
	b := Bar{Open: dollar, Close: dollar}
	if got := b.sigma([]int{0}, []num.Price{dollar}); got != 0 {
		t.Errorf("%d, want nothing", got)
	}
	b.Sigma = 7
	if got := b.sigma([]int{0}, []num.Price{dollar}); got != 7 {
		t.Errorf("%d, want what is given", got)
	}
}

// Whatever the path, after pinning it reaches both bounds and leaves neither,
// and what lay higher still does not lie lower.
func TestPinRangeKeepsTheOrderOfPrices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 30).Draw(t, "prints")
		row := make([]num.Price, n)
		printed := make([]int, n)
		for m := range row {
			row[m] = num.Price(rapid.IntRange(500, 1500).Draw(t, "price")) * cent
			printed[m] = m
		}
		b := Bar{Open: row[0], Close: row[n-1], High: 1600 * cent, Low: 400 * cent}
		before := slices.Clone(row)
		d := newDraw(1, 1, 1)
		pinRange(&b, printed, row, &d)
		if row[0] != before[0] || row[n-1] != before[n-1] {
			t.Fatal("the open or the close was moved")
		}
		inner := row[1 : n-1]
		if slices.Max(inner) != b.High || slices.Min(inner) != b.Low {
			t.Fatalf("between %d and %d", slices.Min(inner), slices.Max(inner))
		}
		top, bottom := slices.Index(row, b.High), slices.Index(row, b.Low)
		for i := 1; i < n-1; i++ {
			for j := 1; j < n-1; j++ {
				if extreme := i == top || j == top || i == bottom || j == bottom; !extreme && before[i] > before[j] && row[i] < row[j] {
					t.Fatalf("%d and %d have become %d and %d", before[i], before[j], row[i], row[j])
				}
			}
		}
	})
}

// A path with no room between its first and its last print stays as it is.
func TestPinRangeOfTwoPrints(t *testing.T) {
	row := []num.Price{5 * dollar, 6 * dollar}
	b := Bar{Open: 5 * dollar, Close: 6 * dollar, High: 7 * dollar, Low: 4 * dollar}
	d := newDraw(1, 1, 1)
	pinRange(&b, []int{0, 1}, row, &d)
	if row[0] != 5*dollar || row[1] != 6*dollar {
		t.Errorf("%v", row)
	}
}

func TestBoundsThatContradictTheBarAreNone(t *testing.T) {
	for name, b := range map[string]Bar{
		"not given":            {Open: 10, Close: 12},
		"high below the close": {Open: 10, Close: 12, High: 11, Low: 9},
		"low above the open":   {Open: 10, Close: 12, High: 13, Low: 11},
		"no low":               {Open: 10, Close: 12, High: 13},
	} {
		if b.bounded() {
			t.Errorf("%s: %+v is taken for a range", name, b)
		}
	}
	if good := (Bar{Open: 10, Close: 12, High: 12, Low: 10}); !good.bounded() {
		t.Error("a name that only rises has a range")
	}
}
