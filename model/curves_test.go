package model

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// meanOf is the mean return in percent of companies from one day's closes to
// given prices, by floating point.
func (f floor) meanOf(members []ID, base string, price func(id ID) num.Price) float64 {
	f.t.Helper()
	sum := 0.0
	for _, id := range members {
		sum += price(id).Float()/closeOf(f.t, f.ref, id, base).Float() - 1
	}
	return 100 * sum / float64(len(members))
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

// A window's lines have a point at its base, at each close since, every five
// minutes of the session, and now.
func TestCurvesOverAWindow(t *testing.T) {
	f := onFriday(t)
	for minute := range 23 {
		now := f.at("09:30:00").Add(time.Duration(minute) * time.Minute)
		for id := range ID(120) {
			bar(f.Market, id, now, f.off(id, num.Price(minute%5)))
		}
		heartbeat(f.Market, now)
	}
	s := f.see("09:52:00")
	curve := s.Size.Curves[session.Week]
	want := []struct {
		at    string
		base  string
		moves int // percent off Thursday's close; -1: that day's close itself
	}{
		{"2025-03-21 16:00:00", "2025-03-21", -1},
		{"2025-03-24 16:00:00", "2025-03-24", -1},
		{"2025-03-25 16:00:00", "2025-03-25", -1},
		{"2025-03-26 16:00:00", "2025-03-26", -1},
		{"2025-03-27 16:00:00", "2025-03-27", -1},
		{"2025-03-28 09:35:00", "2025-03-27", 0},
		{"2025-03-28 09:40:00", "2025-03-27", 0},
		{"2025-03-28 09:45:00", "2025-03-27", 0},
		{"2025-03-28 09:50:00", "2025-03-27", 0},
		{"2025-03-28 09:52:00", "2025-03-27", 2},
	}
	if len(curve.At) != len(want) || len(curve.Lines) != 4 {
		t.Fatalf("the curve has %d points in %d lines, want %d in 4", len(curve.At), len(curve.Lines), len(want))
	}
	for i, c := range want {
		if !curve.At[i].Equal(at(t, c.at)) {
			t.Errorf("point %d is at %s, want %s", i, curve.At[i], c.at)
		}
		for q := range 4 {
			mean := f.meanOf(ids(ID(20*q), ID(20*q+19)), "2025-03-21", func(id ID) num.Price {
				if c.moves < 0 {
					return closeOf(t, f.ref, id, c.base)
				}
				return f.off(id, num.Price(c.moves))
			})
			if got := curve.Lines[q][i]; !near(got, mean) {
				t.Errorf("Q%d at %s is %g, want %g", q+1, c.at, got, mean)
			}
		}
	}
	// The leverage line is high less low of the same moments.
	lever := s.Leverage[1].Curves[session.Week]
	of := f.groupings.leverage(f.Market, false)[inMicro].of[session.Week]
	thursday := func(id ID) num.Price { return f.last(id) }
	gap := f.meanOf(of[LeverageHigh], "2025-03-21", thursday) - f.meanOf(of[LeverageLow], "2025-03-21", thursday)
	if len(lever.At) != len(want) || len(lever.Lines) != 1 || !near(lever.Lines[0][4], gap) || lever.Lines[0][0] != 0 {
		t.Errorf("the leverage line has %d points, on Thursday %g, want %g", len(lever.At), lever.Lines[0][4], gap)
	}
}

// The chart of one day begins at the open with nothing: the night has no room.
func TestCurveOfADay(t *testing.T) {
	f := onFriday(t)
	printAll(t, f.Market, f.ref, f.at("09:30:00"), "2025-03-27", 10)
	heartbeat(f.Market, f.at("09:41:00"))
	curve := f.see("09:41:00").Size.Curves[session.Day]
	want := []string{"09:30:00", "09:35:00", "09:40:00", "09:41:00"}
	if len(curve.At) != len(want) {
		t.Fatalf("the curve has the points %v", curve.At)
	}
	for i, clock := range want {
		value := 1.0
		if i == 0 {
			value = 0
		}
		if !curve.At[i].Equal(f.at(clock)) || math.Abs(curve.Lines[0][i]-value) > 0.001 {
			t.Errorf("at %s it is %g, want %g at %s", curve.At[i], curve.Lines[0][i], value, clock)
		}
	}
}

// After the close the last point is the close: the sample of that moment gives
// way to the official closes, and no time passes on the chart.
func TestCurvesEndAtTheClose(t *testing.T) {
	f := onFriday(t)
	printAll(t, f.Market, f.ref, f.at("15:54:00"), "2025-03-27", 10)
	heartbeat(f.Market, f.at("16:00:00"))
	for id := range ID(120) {
		f.Apply(&Update{Kind: KindOfficialClose, ID: id, At: f.at("16:00:05"), Price: f.off(id, 2)})
	}
	curve := f.see("18:00:00").Size.Curves[session.Day]
	last := len(curve.At) - 1
	if !curve.At[last].Equal(f.at("16:00:00")) || !near(curve.Lines[0][last], 2) || !curve.At[last-1].Equal(f.at("15:55:00")) {
		t.Errorf("the curve ends at %s with %g after %s", curve.At[last], curve.Lines[0][last], curve.At[last-1])
	}
}

// A half day has its own grid.
func TestCurvesOfAHalfDay(t *testing.T) {
	s, _ := session.New().On(date(t, "2025-07-03"))
	var marks []time.Time
	for mark := nextMark(s, s.Opens); !mark.IsZero(); mark = nextMark(s, mark) {
		marks = append(marks, mark)
	}
	if len(marks) != 1+42 || !marks[0].Equal(at(t, "2025-07-03 09:30:30")) || !marks[1].Equal(at(t, "2025-07-03 09:35:00")) || !marks[42].Equal(at(t, "2025-07-03 13:00:00")) {
		t.Errorf("the marks are %v", marks)
	}
	if got := nextMark(s, at(t, "2025-07-03 11:02:03")); !got.Equal(at(t, "2025-07-03 11:05:00")) {
		t.Errorf("after 11:02:03 comes %s", got)
	}
}

// What has no price yet has no point: a gap, not a zero.
func TestCurvesHaveGaps(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 0, f.at("09:30:00"), f.off(0, 1))
	heartbeat(f.Market, f.at("09:36:00"))
	curve := f.see("09:36:00").Size.Curves[session.Day]
	for i := 1; i < len(curve.At); i++ {
		if math.IsNaN(curve.Lines[0][i]) || !math.IsNaN(curve.Lines[3][i]) {
			t.Errorf("at %s the largest are at %g and the smallest at %g", curve.At[i], curve.Lines[0][i], curve.Lines[3][i])
		}
	}
}

// The path does not depend on who looks, how often, or whether heartbeats come
// by the second or by the hour.
func TestThePathDoesNotDependOnTheSpeed(t *testing.T) {
	ref := fridayWorld().reference(t)
	play := func(beat time.Duration, look bool) *Snapshot {
		m := start(ref)
		random := rand.New(rand.NewPCG(6, 6))
		open := at(t, "2025-03-28 09:30:00")
		beats := open
		for now := open; now.Before(open.Add(3 * time.Hour)); now = now.Add(37 * time.Second) {
			for beats.Before(now) {
				heartbeat(m, beats)
				if look {
					m.Snapshot(beats, Query{})
					m.Snapshot(beats, Query{Rank: RankMonth, Financials: true})
				}
				beats = beats.Add(beat)
			}
			id := ID(random.IntN(120))
			last := closeOf(t, ref, id, "2025-03-27")
			bar(m, id, now, last+last/1000*num.Price(random.IntN(41)-20))
		}
		end := open.Add(3 * time.Hour)
		heartbeat(m, end)
		return m.Snapshot(end, Query{})
	}
	want := lines(play(time.Minute, false))
	for name, got := range map[string]string{
		"looked at every second": lines(play(20*time.Second, true)),
		"by the hour":            lines(play(time.Hour, false)),
	} {
		if got != want {
			t.Errorf("%s the charts are others", name)
		}
	}
}

// Other groups have other lines, from the same samples.
func TestCurvesOfOtherQueries(t *testing.T) {
	f := onFriday(t)
	swap(t, f.ref, "2025-03-10 12:00:00")
	f.Market = start(f.ref)
	for id := range ID(120) {
		bar(f.Market, id, f.at("09:30:00"), f.off(id, 1))
	}
	bar(f.Market, 79, f.at("09:31:00"), f.off(79, 41))
	heartbeat(f.Market, f.at("09:46:00"))
	for name, c := range map[string]struct {
		q    Query
		want float64 // of the largest quarter over one day
	}{"base": {Query{}, 3}, "month": {Query{Rank: RankMonth}, 1}, "now": {Query{Rank: RankNow}, 3}} {
		for range 2 { // the second time from what was kept
			curve := f.Snapshot(f.at("09:46:00"), c.q).Size.Curves[session.Day]
			for i := 1; i < len(curve.At); i++ {
				if !near(curve.Lines[0][i], c.want) {
					t.Errorf("%s: at %s the largest are at %g, want %g", name, curve.At[i], curve.Lines[0][i], c.want)
				}
			}
			if len(curve.At) != 5 {
				t.Errorf("%s: the curve has the points %v", name, curve.At)
			}
		}
	}
}
