package sim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// The last week of March 2025: levels in points, bins in minutes from the open.
func TestIndexKeepsItsBar(t *testing.T) {
	for name, c := range map[string]struct {
		open, high, low, close float64
		highFrom, lowFrom      int
	}{
		"R2000 24 March": {2075.48, 2110.54, 2075.48, 2109.38, 385, 0},
		"R2000 25 March": {2108.25, 2110.08, 2090.04, 2095.38, 5, 365},
		"R2000 26 March": {2097.18, 2103.71, 2066.30, 2073.83, 10, 340},
		"R2000 27 March": {2072.48, 2079.30, 2057.60, 2065.70, 95, 10},
		"R2000 28 March": {2063.31, 2063.31, 2013.00, 2023.27, 0, 245},
		"S&P 24 March":   {5718.08, 5775.14, 5718.08, 5767.57, 385, 0},
		"S&P 25 March":   {5775.96, 5786.95, 5760.42, 5776.65, 80, 320},
		"S&P 26 March":   {5771.66, 5783.62, 5694.41, 5712.20, 10, 340},
		"S&P 27 March":   {5695.64, 5732.28, 5670.94, 5693.31, 90, 10},
		"S&P 28 March":   {5679.20, 5685.89, 5572.42, 5580.94, 5, 365},
	} {
		t.Run(name, func(t *testing.T) {
			points := func(x float64) num.Price { return num.Price(x*100+.5) * cent }
			bar := IndexBar{points(c.open), points(c.high), points(c.low), points(c.close), c.highFrom, c.lowFrom}
			for seed := range uint64(50) {
				checkIndex(t, &bar, 390, seed)
			}
		})
	}
}

// checkIndex checks a path against its bar: extremes are made in their bins,
// and nowhere else but where the open or the close is the extreme.
func checkIndex(t rapid.TB, bar *IndexBar, minutes int, seed uint64) {
	t.Helper()
	path := indexPath(bar, minutes, newDraw(seed, session.NewDate(2025, 3, 28), indexStream))
	if path[0] != bar.Open || path[minutes] != bar.Close {
		t.Fatalf("the path runs from %d to %d, want %d to %d", path[0], path[minutes], bar.Open, bar.Close)
	}
	if got := slices.Max(path); got != bar.High {
		t.Fatalf("the high is %d, want %d", got, bar.High)
	}
	if got := slices.Min(path); got != bar.Low {
		t.Fatalf("the low is %d, want %d", got, bar.Low)
	}
	if m := slices.Index(path, bar.High); m < bar.HighFrom || m >= bar.HighFrom+binMinutes {
		t.Fatalf("the high is made in minute %d, want the five from %d", m, bar.HighFrom)
	}
	if m := slices.Index(path, bar.Low); m < bar.LowFrom || m >= bar.LowFrom+binMinutes {
		t.Fatalf("the low is made in minute %d, want the five from %d", m, bar.LowFrom)
	}
}

func TestIndexKeepsAnyBar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := func(name string, lo, hi num.Price) num.Price {
			return num.Price(rapid.Int64Range(int64(lo/cent), int64(hi/cent)).Draw(t, name)) * cent
		}
		bar := IndexBar{Open: level("open", 1000*dollar, 1100*dollar), Close: level("close", 1000*dollar, 1100*dollar)}
		bar.High = level("high", max(bar.Open, bar.Close)+cent, 1150*dollar)
		bar.Low = level("low", 950*dollar, min(bar.Open, bar.Close)-cent)
		bar.HighFrom = binMinutes * rapid.IntRange(0, 41).Draw(t, "high bin")
		bar.LowFrom = binMinutes * rapid.IntRange(0, 41).Draw(t, "low bin")
		checkIndex(t, &bar, 210, rapid.Uint64().Draw(t, "seed"))
	})
}

func TestIndexWithoutTimesOrRange(t *testing.T) {
	for name, bar := range map[string]IndexBar{
		"no times":         {Open: 100 * dollar, High: 103 * dollar, Low: 99 * dollar, Close: 101 * dollar, HighFrom: -1, LowFrom: -1},
		"no range":         {Open: 100 * dollar, Close: 101 * dollar, HighFrom: -1, LowFrom: -1},
		"nothing happened": {Open: 100 * dollar, High: 100 * dollar, Low: 100 * dollar, Close: 100 * dollar, HighFrom: -1, LowFrom: -1},
	} {
		t.Run(name, func(t *testing.T) {
			low, high := bar.bounds()
			path := indexPath(&bar, 390, newDraw(1, 20_000, indexStream))
			if path[0] != bar.Open || path[390] != bar.Close || slices.Max(path) != high || slices.Min(path) != low {
				t.Errorf("from %d to %d between %d and %d", path[0], path[390], slices.Min(path), slices.Max(path))
			}
		})
	}
}

func TestFoldReflects(t *testing.T) {
	for _, c := range []struct{ level, low, high, want num.Price }{
		{5, 0, 10, 5},
		{12, 0, 10, 8},
		{-3, 0, 10, 3},
		{23, 0, 10, 3},
		{-18, 0, 10, 2},
		{7, 4, 4, 4},
	} {
		if got := fold(c.level, c.low, c.high); got != c.want {
			t.Errorf("fold(%d, %d, %d) = %d, want %d", c.level, c.low, c.high, got, c.want)
		}
	}
}

func TestRoundUsesThePricesOwnStep(t *testing.T) {
	for _, c := range []struct{ price, want num.Price }{
		{12_345_678, 12_350_000},
		{12_344_999, 12_340_000},
		{412_349, 412_300},
		{412_351, 412_400},
	} {
		if got := round(c.price); got != c.want {
			t.Errorf("round(%d) = %d, want %d", c.price, got, c.want)
		}
	}
}
