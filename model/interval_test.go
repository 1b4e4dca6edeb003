package model

import (
	"math"
	"reflect"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// The bootstrap is drawn at every half hour of market time and once the session
// is over; between, the interval is Welch's.
func TestWhereIntervalsComeFrom(t *testing.T) {
	cal := session.New()
	full, _ := cal.On(date(t, "2025-03-28"))
	half, _ := cal.On(date(t, "2025-07-03"))
	for _, c := range []struct {
		s      session.Session
		moment string
		want   CIMethod
	}{
		{full, "2025-03-28 09:30:00", CIBootstrap},
		{full, "2025-03-28 09:30:01", CIWelch},
		{full, "2025-03-28 09:59:59", CIWelch},
		{full, "2025-03-28 10:00:00", CIBootstrap},
		{full, "2025-03-28 10:15:00", CIWelch},
		{full, "2025-03-28 15:30:00", CIBootstrap},
		{full, "2025-03-28 15:59:59", CIWelch},
		{full, "2025-03-28 16:00:00", CIBootstrap},
		{full, "2025-03-28 16:00:01", CIBootstrap},
		{full, "2025-03-30 03:17:29", CIBootstrap},
		{half, "2025-07-03 12:59:59", CIWelch},
		{half, "2025-07-03 13:00:00", CIBootstrap},
	} {
		if got := intervalMethod(c.s, at(t, c.moment)); got != c.want {
			t.Errorf("at %s the method is %d, want %d", c.moment, got, c.want)
		}
	}
	if got := intervalMethod(full, at(t, "2025-03-28 10:00:00").Add(999*time.Millisecond)); got != CIBootstrap {
		t.Error("a fraction of a second misses the grid")
	}
}

// returnsOf is the returns of a bucket over a window, in the bucket's order.
func returnsOf(m *Market, members []ID, w session.Window) []num.Return {
	var rs []num.Return
	for _, id := range members {
		if n := &m.names[id]; n.state&stateValid != 0 {
			rs = append(rs, n.ret[w])
		}
	}
	return rs
}

// shaken is a market in which every name went its own way.
func shaken(t *testing.T) floor {
	t.Helper()
	f := onFriday(t)
	for id := range ID(120) {
		bar(f.Market, id, f.at("09:45:00"), f.last(id)+f.last(id)/1000*num.Price((id*37)%61-30))
	}
	return f
}

func TestSpreadStatistics(t *testing.T) {
	f := shaken(t)
	for moment, method := range map[string]CIMethod{"10:00:00": CIBootstrap, "10:10:00": CIWelch, "16:00:00": CIBootstrap} {
		s := f.see(moment)
		for _, w := range session.Windows() {
			of := f.groupings.size(f.Market, RankBase, f.Now()).of[w]
			small, large := returnsOf(f.Market, of[3], w), returnsOf(f.Market, of[0], w)
			spread := &s.Size.Spread[w]
			tValue, low, high, _ := stats.Welch(small, large)
			if method == CIBootstrap {
				low, high, _ = stats.Bootstrap(small, large, uint64(seedOf(f.frame.session.Date, w, AxisSize, inRUT)), 2000)
			}
			if spread.CIMethod != method || spread.CI != [2]num.Figure{num.Percent(low), num.Percent(high)} {
				t.Errorf("%s at %s: the interval is %s by method %d, want %s to %s", w, moment, spread.CI, spread.CIMethod, num.Percent(low), num.Percent(high))
			}
			if spread.T != num.FigureFromFloat(tValue, 1) {
				t.Errorf("%s: t is %s, want %.1f", w, spread.T, tValue)
			}
			median := func(rs []num.Return) num.Return { m, _ := stats.Median(rs, nil); return m }
			if want := num.Percent(median(small) - median(large)); spread.Return[Median] != want {
				t.Errorf("%s: the medians differ by %s, want %s", w, spread.Return[Median], want)
			}
			if mean := spread.Return[Mean].Float(); spread.CI[0].Float() > mean || spread.CI[1].Float() < mean {
				t.Errorf("%s: %g is outside its interval %s", w, mean, spread.CI)
			}
		}
	}
}

// The outlier line leaves out the first and the last hundredth of both groups:
// of 400 names in four quarters, one at each end.
func TestSpreadWithoutOutliers(t *testing.T) {
	w := world{rut: 400, days: 3, end: "2025-03-28", seed: 2}
	ref := w.reference(t)
	m := start(ref)
	now := at(t, "2025-03-28 10:10:00")
	printAll(t, m, ref, now, "2025-03-27", 10) // +1 %
	small := m.groupings.size(m, RankBase, now).of[session.Day][3]
	bar(m, small[5], now.Add(1), closeOf(t, ref, small[5], "2025-03-27")*14/10)
	s := m.Snapshot(now, Query{}).Size.Spread[session.Day]
	// 99 names at 1 % and one at 40 %: the mean is 1.39 %, without the ends 1 %.
	if s.Return[Mean].String() != "0.39" || s.NoOutlier.String() != "0.00" || s.Return[Median].String() != "0.00" || s.Return[Trimmed].String() != "0.00" {
		t.Errorf("the spread is %s, without outliers %s, of medians %s, trimmed %s", s.Return[Mean], s.NoOutlier, s.Return[Median], s.Return[Trimmed])
	}
}

// Where a few names speak for all, mean and median point opposite ways.
func TestMeanAndMedianDiffer(t *testing.T) {
	f := onFriday(t)
	small := ids(60, 79)
	for id := range ID(80) {
		bar(f.Market, id, f.at("10:00:00"), f.off(id, 0))
	}
	for _, id := range small {
		bar(f.Market, id, f.at("10:00:01"), f.off(id, -1))
	}
	bar(f.Market, 79, f.at("10:00:02"), f.off(79, 45))
	s := f.see("10:10:00")
	g, spread := s.Size.Buckets[3].Groups[session.Day], s.Size.Spread[session.Day]
	if !g.Differ || !spread.Differ || g.Return[Mean].Sign() != 1 || g.Return[Median].Sign() != -1 {
		t.Errorf("mean %s, median %s: differ is %t, of the spread %t", g.Return[Mean], g.Return[Median], g.Differ, spread.Differ)
	}
	if s.Size.Buckets[0].Groups[session.Day].Differ {
		t.Error("zero and zero differ in sign")
	}
}

// What differs is decided before anything is rounded: a mean of +0.004 % and a
// median of -0.001 % part, though both are printed as 0.00; and where nothing
// moved nothing parts.
func TestMeanAndMedianDifferBeforeRounding(t *testing.T) {
	for name, c := range map[string]struct {
		most, one  num.Price // moves in 1e-5 of 19 small names and of the last one
		mean       string
		median     string
		mark, same bool // of the group and of the spread against names that stand
	}{
		"both print as zero":      {-1, 100, "0.00", "0.00", true, true}, // (-19+100)/20 = 4.05
		"the mean prints as zero": {-20, 400, "0.00", "-0.02", true, true},
		"one way, just":           {1, 100, "0.01", "0.00", false, false}, // 5.95
		"the median is none":      {0, 100, "0.01", "0.00", false, false},
		"the mean is none":        {-1, 19, "0.00", "0.00", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			ref := fridayWorld().reference(t)
			thursday := &ref.Closes[len(ref.Closes)-2]
			for id := range ID(80) {
				thursday.Price[id] = 50 * num.PriceScale // moves of 1e-5 are whole, returns exact
			}
			f := floor{Market: start(ref), t: t, ref: ref}
			f.see("09:30:00")
			of := f.groupings.size(f.Market, RankBase, f.Now()).of[session.Day]
			for q, members := range of {
				for i, id := range members {
					var move num.Price
					switch {
					case q == 3 && i == 19:
						move = c.one
					case q == 3:
						move = c.most
					}
					bar(f.Market, id, f.at("10:00:00"), 50*num.PriceScale+move*500)
				}
			}
			s := f.see("10:10:00").Size
			g, spread := s.Buckets[3].Groups[session.Day], s.Spread[session.Day]
			if g.Return[Mean].String() != c.mean || g.Return[Median].String() != c.median {
				t.Errorf("mean %s, median %s, want %s and %s", g.Return[Mean], g.Return[Median], c.mean, c.median)
			}
			if g.Differ != c.mark || spread.Differ != c.same {
				t.Errorf("the group differs: %t, the spread: %t", g.Differ, spread.Differ)
			}
		})
	}
}

// Sectors are drawn whole, from the same seed and at the same moments as names.
func TestIntervalBySectors(t *testing.T) {
	f := shaken(t)
	s := f.see("16:00:00")
	of := f.groupings.size(f.Market, RankBase, f.Now()).of[session.Week]
	var clusters []stats.Cluster
	place := map[string]int{}
	for side, members := range [][]ID{of[3], of[0]} {
		for _, id := range members {
			sector := f.ref.Instruments[id].Sector
			if _, known := place[sector]; !known {
				place[sector] = len(clusters)
				clusters = append(clusters, stats.Cluster{})
			}
			c := &clusters[place[sector]]
			m := [...]*num.Mean{&c.A, &c.B}[side]
			m.Sum, m.N = m.Sum+int64(f.names[id].ret[session.Week]), m.N+1
		}
	}
	low, high, ok := stats.ClusterBootstrap(clusters, uint64(seedOf(f.frame.session.Date, session.Week, AxisSize, inRUT)), 2000)
	got := s.Size.Spread[session.Week]
	if !ok || got.SectorCI != [2]num.Figure{num.Percent(low), num.Percent(high)} {
		t.Errorf("%s, want %s to %s", got.SectorCI, num.Percent(low), num.Percent(high))
	}
	if between := f.see("16:00:00").Size.Spread[session.Week]; between.SectorCI != got.SectorCI {
		t.Errorf("asked again: %s", between.SectorCI)
	}
	fresh := shaken(t)
	if quick := fresh.see("10:10:00").Size.Spread[session.Week]; quick.CIMethod != CIWelch || quick.SectorCI[0].Known() {
		t.Errorf("between two draws: %s by method %d", quick.SectorCI, quick.CIMethod)
	}
	for i := range fresh.ref.Instruments {
		fresh.ref.Instruments[i].Sector = "IT"
	}
	one := floor{Market: start(fresh.ref), t: t, ref: fresh.ref}
	for id := range ID(120) {
		bar(one.Market, id, one.at("09:45:00"), one.off(id, 1))
	}
	if alone := one.see("16:00:00").Size.Spread[session.Week]; alone.SectorCI[0].Known() || !alone.CI[0].Known() {
		t.Errorf("of one sector: %s beside %s", alone.SectorCI, alone.CI)
	}
}

// The bootstrap of a state is drawn once: asking again gives the same figures
// and draws nothing; another state or another query draws its own.
func TestIntervalsAreKept(t *testing.T) {
	f := shaken(t)
	first := f.see("16:00:00")
	kept := f.intervals[Query{}]
	if kept == nil || len(kept.of) != 18 {
		t.Fatalf("kept are %+v, want three spreads over six windows", kept)
	}
	marker := [2]num.Figure{num.Count(-123), num.Count(123)}
	from := seedOf(f.frame.session.Date, session.Week, AxisSize, inRUT)
	kept.of[from] = drawn{names: marker, sectors: marker}
	if got := f.see("17:00:00").Size.Spread[session.Week]; got.CI != marker || got.SectorCI != marker {
		t.Errorf("in a closed market the intervals are drawn anew: %s and %s", got.CI, got.SectorCI)
	}
	f.Apply(&Update{Kind: KindOfficialClose, ID: 3, At: f.at("16:05:00"), Price: f.off(3, 10)})
	if got := f.see("17:00:00").Size.Spread[session.Week].CI; got == marker || got == first.Size.Spread[session.Week].CI {
		t.Errorf("after another close the interval is still %s", got)
	}
	delete(f.intervals, Query{})
	again := f.see("17:00:00")
	if !reflect.DeepEqual(again.Size.Spread, f.see("18:00:00").Size.Spread) {
		t.Error("drawn anew the spreads are others")
	}
}

// Every spread draws from its own seed, and so does every day.
func TestSeeds(t *testing.T) {
	seen := map[seed]bool{}
	for d := session.Date(20_000); d < 20_050; d++ {
		for _, w := range session.Windows() {
			for _, from := range []seed{seedOf(d, w, AxisSize, inRUT), seedOf(d, w, AxisLeverage, inRUT), seedOf(d, w, AxisLeverage, inMicro)} {
				if seen[from] {
					t.Fatalf("two spreads draw from %d", from)
				}
				seen[from] = true
			}
		}
	}
}

// A spread of nothing, or of too few, has no interval and no t.
func TestIntervalsOfTooFew(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:31:00"))
	if s := f.see("10:00:00").Size.Spread[session.Day]; s.CIMethod != CINone || s.CI[0].Known() || s.T.Known() || s.Return[Mean].Known() || s.NoOutlier.Known() || s.Z0.Known() {
		t.Errorf("without a price the spread is %+v", s)
	}
	for _, id := range []ID{0, 79} {
		bar(f.Market, id, f.at("09:35:00"), f.off(id, 1))
	}
	if s := f.see("09:40:00").Size.Spread[session.Day]; s.CIMethod != CINone || s.T.Known() || s.Return[Mean].String() != "0.00" {
		t.Errorf("of two names the spread is %+v", s)
	}
	if s := f.see("10:00:00").Size.Spread[session.Day]; s.CIMethod != CIBootstrap || s.CI[0].String() != "0.00" {
		t.Errorf("of two names the bootstrap is %+v", s)
	}
}

// The sector-neutral spread, by hand: sectors with fewer than three names on a
// side do not count, the others by their smaller side.
func TestSectorNeutralSpread(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	low, high := ids(0, 9), ids(20, 29)
	sectors := map[ID]int{}
	for i, id := range low { // sector 0: 4 names, 1: 3, 2: 3
		sectors[id] = []int{0, 0, 0, 0, 1, 1, 1, 2, 2, 2}[i]
	}
	for i, id := range high { // sector 0: 3 names, 1: 5, 2: 2
		sectors[id] = []int{0, 0, 0, 1, 1, 1, 1, 1, 2, 2}[i]
	}
	f.book.sectors = make([]int, len(f.names))
	for id, s := range sectors {
		f.book.sectors[id] = s
	}
	var diffs [3]float64
	for s := range 3 {
		var sum [2]float64
		var n [2]float64
		for side, members := range [][]ID{low, high} {
			for _, id := range members {
				if sectors[id] == s {
					move := num.Price(id) % 7
					bar(f.Market, id, f.at("10:00:00"), f.off(id, move))
					sum[side] += f.names[id].ret[session.Day].Float()
					n[side]++
				}
			}
		}
		diffs[s] = sum[1]/n[1] - sum[0]/n[0]
	}
	want := 100 * (3*diffs[0] + 3*diffs[1]) / 6
	names := f.look(f.at("10:00:00"))
	if got := f.neutral(session.Day, low, high, names); math.Abs(got.Float()-want) > 0.0051 {
		t.Errorf("the neutral spread is %s, want %.4f", got, want)
	}
	if got := f.neutral(session.Day, low[:2], high, names); got.Known() {
		t.Errorf("without a sector that has three on both sides it is %s", got)
	}
}

// The verdict rests on the figures of the same snapshot.
func TestVerdictsRestOnTheSnapshot(t *testing.T) {
	f := shaken(t)
	s := f.see("16:00:00")
	for w, v := range s.Verdicts {
		if v.Size.Z0 != s.Size.Spread[w].Z0 || v.Size.Z != s.Size.Spread[w].Z || v.Withheld || v.Coverage.String() != "100.0" {
			t.Errorf("%s: the verdict is %+v", session.Window(w), v)
		}
	}
	if s.Verdicts[session.Day].Size.State == StateNA {
		t.Error("with 60 sessions of history the day has no state")
	}
	low := onFriday(t)
	for id := range ID(60) {
		bar(low.Market, id, low.at("10:00:00"), low.off(id, 1))
	}
	if v := low.see("10:10:00").Verdicts[session.Day]; !v.Withheld || v.Coverage.String() != "75.0" {
		t.Errorf("with 60 of 80 names the verdict is %+v", v)
	}
}
