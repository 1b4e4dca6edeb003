package sim

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

const dollar = num.PriceScale

// friday is the Russell 2000 of 28 March 2025: it opened at its high.
func friday() Day {
	return Day{
		Seed: 7, Date: session.NewDate(2025, 3, 28), Minutes: 390,
		Indices: []IndexBar{{
			Open: 2063_310000, High: 2063_310000, Low: 2013_000000, Close: 2023_270000,
			HighFrom: 0, LowFrom: 245,
		}},
	}
}

// build is the path of a day.
func build(d Day) *Path {
	var p Path
	p.Build(&d)
	return &p
}

// prints are the minutes in which a name prints.
func prints(p *Path, id int) []int {
	var minutes []int
	for m, price := range p.Prices(id) {
		if price > 0 {
			minutes = append(minutes, m)
		}
	}
	return minutes
}

// drawBar is any bar that a dataset may hold.
func drawBar(t *rapid.T) Bar {
	price := rapid.Int64Range(2_000, int64(500*dollar)).Draw(t, "price")
	around := rapid.Int64Range(price*9/10, price*11/10)
	b := Bar{
		Open: num.Price(around.Draw(t, "open")), Close: num.Price(around.Draw(t, "close")),
		Volume: rapid.Int64Range(0, 50_000_000).Draw(t, "volume"),
		Thin:   rapid.Bool().Draw(t, "thin"),
	}
	b.High = max(b.Open, b.Close) + num.Price(rapid.Int64Range(0, price/10).Draw(t, "above"))
	b.Low = min(b.Open, b.Close) - num.Price(rapid.Int64Range(0, price/10).Draw(t, "below"))
	return b
}

func TestNamesKeepTheirBars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := friday()
		day.Seed = rapid.Uint64().Draw(t, "seed")
		day.Names = rapid.SliceOfN(rapid.Custom(drawBar), 1, 5).Draw(t, "bars")
		p := build(day)
		for id, bar := range day.Names {
			minutes, row := prints(p, id), p.Prices(id)
			traded := make([]num.Price, 0, len(minutes))
			for _, m := range minutes {
				traded = append(traded, row[m])
			}
			if traded[0] != bar.Open || traded[len(traded)-1] != bar.Close {
				t.Fatalf("name %d prints %d first and %d last, want %d and %d", id, traded[0], traded[len(traded)-1], bar.Open, bar.Close)
			}
			if slices.Max(traded) != bar.High || slices.Min(traded) != bar.Low {
				t.Fatalf("name %d moves between %d and %d, want %d and %d", id, slices.Min(traded), slices.Max(traded), bar.Low, bar.High)
			}
			if last := minutes[len(minutes)-1]; last != 390 {
				t.Fatalf("name %d prints last in minute %d, want the closing auction", id, last)
			}
		}
	})
}

func TestNoNameIsSilentForTooLong(t *testing.T) {
	for name, c := range map[string]struct {
		thin bool
		want int
	}{
		"ordinary": {false, 12},
		"thin":     {true, 45},
	} {
		t.Run(name, func(t *testing.T) {
			day := friday()
			for range 300 {
				day.Names = append(day.Names, Bar{Open: 5 * dollar, Close: 6 * dollar, High: 7 * dollar, Low: 4 * dollar, Volume: 100, Thin: c.thin})
			}
			p := build(day)
			for id := range day.Names {
				minutes := prints(p, id)
				for k := 1; k < len(minutes); k++ {
					if gap := minutes[k] - minutes[k-1]; gap > c.want {
						t.Fatalf("name %d is silent for %d minutes", id, gap)
					}
				}
			}
		})
	}
}

func TestBusyNamesPrintMoreOften(t *testing.T) {
	day := friday()
	for _, volume := range []int64{1_000, 300_000, 10_000_000} {
		day.Names = append(day.Names, Bar{Open: 10 * dollar, Close: 11 * dollar, Volume: volume})
	}
	p := build(day)
	quiet, middling, busy := len(prints(p, 0)), len(prints(p, 1)), len(prints(p, 2))
	if quiet >= middling || middling >= busy || busy < 380 {
		t.Errorf("prints by turnover: %d, %d, %d", quiet, middling, busy)
	}
}

// A name prints nothing before its first print and nothing after its last.
func TestLateOpensAndHalts(t *testing.T) {
	for name, c := range map[string]struct {
		first, last         int
		wantFirst, wantLast int
	}{
		"late":                    {7, 0, 7, 390},
		"halted":                  {0, 42, -1, 42},
		"late and then halted":    {14, 382, 14, 382},
		"halted at once":          {0, 1, -1, 1},
		"halted before it opened": {30, 5, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			day := friday()
			day.Names = []Bar{{Open: 20 * dollar, High: 21 * dollar, Low: 18 * dollar, Close: 19 * dollar, Volume: 1e6, First: c.first, Last: c.last}}
			p := build(day)
			minutes := prints(p, 0)
			first, last := minutes[0], minutes[len(minutes)-1]
			if c.wantFirst >= 0 && first != c.wantFirst || last != c.wantLast {
				t.Fatalf("prints from minute %d to %d, want %d to %d", first, last, c.wantFirst, c.wantLast)
			}
			if got := p.Prices(0)[last]; got != 19*dollar {
				t.Errorf("the last print is %d, want the close", got)
			}
		})
	}
}

func TestNamesWithoutABarAreSilent(t *testing.T) {
	day := friday()
	day.Names = []Bar{{}, {Close: dollar, Volume: 100}, {Open: dollar, Volume: 100}}
	p := build(day)
	for m := range day.Minutes + 1 {
		p.Emit(m, func(id int, _ num.Price, _ int64) { t.Fatalf("name %d prints in minute %d", id, m) })
	}
}

// Two thirds of the sample's names are thin. Of all, about 62 % print at the
// bell, and 95 % a quarter of an hour later.
func TestCoverageRisesAfterTheOpen(t *testing.T) {
	day := friday()
	for i := range 6000 {
		day.Names = append(day.Names, Bar{Open: 10 * dollar, Close: 10 * dollar, Volume: 1e5, Thin: i%2 == 0})
	}
	p := build(day)
	opened := make([]int, 391)
	for id := range day.Names {
		opened[prints(p, id)[0]]++
	}
	part := func(minute int) float64 {
		n := 0
		for _, k := range opened[:minute+1] {
			n += k
		}
		return float64(n) / float64(len(day.Names))
	}
	for minute, want := range map[int]float64{0: .645, 15: .98, 30: 1} {
		if got := part(minute); math.Abs(got-want) > .02 {
			t.Errorf("by minute %d %.3f of the names have printed, want about %.3f", minute, got, want)
		}
	}
}

// Without a range there is nothing of the name's own: it goes straight from
// its open to its close, but for what the market does on the way.
func TestNamesFollowTheMarket(t *testing.T) {
	day := friday()
	day.Names = []Bar{{Open: 206_331 * cent, Close: 202_327 * cent, Volume: 1e9}}
	p := build(day)
	for p.Prices(0)[0] == 0 { // until it opens at the bell
		day.Seed++
		p = build(day)
	}
	for _, m := range prints(p, 0) {
		name, index := p.Prices(0)[m], p.Level(0, m)
		if away := (name - index).Float(); math.Abs(away) > .02 {
			t.Fatalf("in minute %d the name is at %.2f, the index at %.2f", m, name.Float(), index.Float())
		}
	}
}

// The moves of many names cancel, so that what is left is the market's.
func TestOwnMovesCancel(t *testing.T) {
	day := friday()
	for range 1000 {
		day.Names = append(day.Names, Bar{Open: 100 * dollar, High: 103 * dollar, Low: 94 * dollar, Close: 98 * dollar, Volume: 1e9, First: 1})
	}
	p := build(day)
	var worst float64
	for m := 1; m <= 390; m++ {
		var sum float64
		for id := range day.Names {
			sum += p.Prices(id)[m].Float()
		}
		mean := sum / float64(len(day.Names))
		// The index from its own line, seen from the names' line.
		line := 100 - 2*float64(m)/390
		indexLine := 2063.31 - 40.04*float64(m)/390
		want := line * p.Level(0, m).Float() / indexLine
		worst = max(worst, math.Abs(mean-want))
	}
	if worst > .5 {
		t.Errorf("the mean of the names is up to %.2f away from the market's course", worst)
	}
}

func TestVolumeGrowsToTheSessions(t *testing.T) {
	day := friday()
	day.Names = []Bar{
		{Open: dollar, Close: dollar, Volume: 123_457},
		{Open: dollar, Close: dollar, Volume: 9_999, Last: 42},
		{Open: dollar, Close: dollar},
	}
	p := build(day)
	traded := make([]int64, len(day.Names))
	for m := range day.Minutes + 1 {
		p.Emit(m, func(id int, _ num.Price, volume int64) {
			if volume < traded[id] {
				t.Fatalf("in minute %d the volume of name %d falls from %d to %d", m, id, traded[id], volume)
			}
			traded[id] = volume
		})
	}
	if want := []int64{123_457, 9_999, 0}; !slices.Equal(traded, want) {
		t.Errorf("volumes of the session are %v, want %v", traded, want)
	}
}

func TestHalfDay(t *testing.T) {
	day := friday()
	day.Minutes, day.Indices[0].LowFrom = 210, 100
	day.Names = []Bar{{Open: 10 * dollar, High: 12 * dollar, Low: 9 * dollar, Close: 11 * dollar, Volume: 500}}
	p := build(day)
	minutes := prints(p, 0)
	if last := minutes[len(minutes)-1]; p.Minutes() != 210 || last != 210 {
		t.Errorf("a session of %d minutes ends with a print in minute %d", p.Minutes(), last)
	}
	if got := p.Level(0, 210); got != 2023_270000 {
		t.Errorf("the index ends at %d", got)
	}
	p.Emit(211, func(int, num.Price, int64) { t.Error("a print after the close") })
	if p.Level(0, 211) != 0 || p.Level(1, 0) != 0 {
		t.Error("a level where there is none")
	}
}

// The same session is the same whether it is built first, again, or in the
// memory of another, and a name's path does not depend on its neighbours.
func TestPathsAreReproducible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := friday()
		day.Seed = rapid.Uint64().Draw(t, "seed")
		day.Names = rapid.SliceOfN(rapid.Custom(drawBar), 3, 6).Draw(t, "bars")
		once := build(day)
		other := friday()
		other.Date++
		other.Names = make([]Bar, 9)
		for i := range other.Names {
			other.Names[i] = day.Names[0]
		}
		again := build(other)
		if slices.Equal(again.Prices(0), once.Prices(0)) {
			t.Fatal("two days are alike")
		}
		alone := day
		alone.Names = slices.Clone(day.Names)
		for i := range alone.Names[1:] {
			alone.Names[1+i] = Bar{}
		}
		again.Build(&alone)
		if !slices.Equal(again.Prices(0), once.Prices(0)) {
			t.Fatal("a name's path depends on other names, or on what was built before")
		}
	})
}

// BenchmarkBuild measures one full session of as many names as the sample has.
func BenchmarkBuild(b *testing.B) {
	day := friday()
	day.Names = make([]Bar, 2460)
	for i := range day.Names {
		price := num.Price(1+i%80) * dollar
		day.Names[i] = Bar{
			Open: price, High: price + price/40, Low: price - price/25, Close: price - price/50,
			Volume: int64(1000 * (1 + i%700)), Thin: i%2 == 1,
		}
	}
	var p Path
	b.ReportAllocs()
	for b.Loop() {
		p.Build(&day)
	}
}
