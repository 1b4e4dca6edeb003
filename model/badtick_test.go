package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
)

// trades prints a name once a minute from 10:00 on, in percent off Thursday's
// close, and tells which prints became the last price.
func (f floor) trades(id ID, percent ...num.Price) (taken []bool) {
	f.t.Helper()
	for i, p := range percent {
		trade(f.Market, id, f.at("10:00:00").Add(time.Duration(i)*time.Minute), f.off(id, p))
		taken = append(taken, f.names[id].last == f.off(id, p))
	}
	return taken
}

func TestBadTicks(t *testing.T) {
	for name, c := range map[string]struct {
		prints   []num.Price // percent off
		want     string      // of each print: taken or not
		rejected int
	}{
		"ordinary prints":                       {[]num.Price{0, 1, -1, 2, 0, 3}, "yyyyyy", 0},
		"a bad tick":                            {[]num.Price{0, 1, 0, 1, 0, -40, 1}, "yyyyyny", 1},
		"a bad tick upwards":                    {[]num.Price{0, 1, 0, 1, 0, 45, 1}, "yyyyyny", 1},
		"two bad ticks with one between":        {[]num.Price{0, 1, 0, -40, 1, -40, 0}, "yyynyny", 2},
		"a jump confirmed by two more":          {[]num.Price{0, 1, 0, 40, 41, 40, 42}, "yyynnyy", 0},
		"a jump whose confirmations disagree":   {[]num.Price{0, 1, 0, 40, -40, 40, -40}, "yyynnnn", 4},
		"a jump of less than a tenth":           {[]num.Price{0, 0, 0, 0, 0, 9, 0}, "yyyyyyy", 0},
		"a jump of more than a tenth":           {[]num.Price{0, 0, 0, 0, 0, 12, 0}, "yyyyyny", 1},
		"a name that swings may swing":          {[]num.Price{0, 6, -2, 7, -3, 25, -4}, "yyyyyyy", 0},
		"the second print already has a median": {[]num.Price{0, 20, 0}, "yny", 1},
		"a fall that goes on":                   {[]num.Price{0, 0, 0, -30, -32, -34, -35}, "yyynnyy", 0},
		"the first print, within half":          {[]num.Price{-45, -45}, "yy", 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			var got []byte
			for _, taken := range f.trades(7, c.prints...) {
				got = append(got, "ny"[one(taken)])
			}
			if string(got) != c.want || f.today.rejected != c.rejected {
				t.Errorf("taken are %s and %d rejected, want %s and %d", got, f.today.rejected, c.want, c.rejected)
			}
		})
	}
}

// An aggregate of many trades cannot be one bad tick.
func TestBarsAreNoBadTicks(t *testing.T) {
	f := onFriday(t)
	f.trades(7, 0, 0, 0)
	bar(f.Market, 7, f.at("10:30:00"), f.off(7, 40))
	f.wantPrice("a bar", 7, 40)
}

// What was held back is dropped by one ordinary print.
func TestAnOrdinaryPrintEndsADoubt(t *testing.T) {
	f := onFriday(t)
	f.trades(7, 0, 0, 30, 31, 0, 32)
	f.wantPrice("three jumps with an ordinary print among them", 7, 0)
	if len(f.quarantine) != 1 || f.quarantine[7].seen != 1 {
		t.Errorf("held are %+v, want the last jump alone", f.quarantine)
	}
	f.trades(8, 0, 0, 30, 0)
	if _, held := f.quarantine[8]; held || f.names[8].state&stateHeld != 0 {
		t.Error("a print is still held after an ordinary one")
	}
}

// A thin name confirms when it trades again, however long that takes; ten
// seconds would never do.
func TestThinNamesConfirmLater(t *testing.T) {
	f := onFriday(t)
	f.trades(7, 0, 1, 0)
	for i, clock := range []string{"11:00:00", "12:30:00", "15:00:00"} {
		trade(f.Market, 7, f.at(clock), f.off(7, 30+num.Price(i)))
	}
	f.wantPrice("a jump that three prints in four hours agree on", 7, 32)
}

func TestSuspectPrintsAreTold(t *testing.T) {
	f := onFriday(t)
	// Five prints 0, 1, 2, 3, 4 % up: their median is 2 % up, the median
	// deviation 1 % of it, and 25 % up is some 20 of those away.
	f.trades(7, 0, 1, 2, 3, 4, 25, 26)
	got := f.incidents(IncidentRejected)
	if len(got) != 1 || !strings.HasPrefix(got[0], "S00007 "+priceText(f.off(7, 25))+" (") || !strings.HasSuffix(got[0], " MAD)") {
		t.Fatalf("the incidents are %q", got)
	}
	_, text, _ := strings.Cut(got[0], "(")
	mads, err := strconv.ParseFloat(strings.TrimSuffix(text, " MAD)"), 64)
	want := math.Log(1.25/1.02) / ((math.Log(1.03/1.02) + math.Log(1.02/1.01)) / 2)
	if err != nil || math.Abs(mads-want) > 0.3 {
		t.Errorf("%q: want about %.1f MAD", got[0], want)
	}
	// Prints that were all alike have no deviation to count in.
	f.trades(8, 0, 0, 0, 25)
	if got = f.incidents(IncidentRejected); got[1] != "S00008 "+priceText(f.off(8, 25))+" (+25 %)" {
		t.Errorf("the incidents are %q", got)
	}
}

// A gap of more than half against the previous close that no action explains
// is held back until two more prints agree, a bar's too.
func TestUnexplainedGaps(t *testing.T) {
	for name, quote := range map[string]func(*Market, ID, time.Time, num.Price){"trades": trade, "bars": bar} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			send := func(clock string, id ID, percent num.Price) { quote(f.Market, id, f.at(clock), f.off(id, percent)) }
			send("09:30:00", 7, 900)
			f.wantNone("ten times the close", 7)
			send("09:31:00", 7, 905)
			f.wantNone("ten times the close, twice", 7)
			send("09:32:00", 7, 910)
			f.wantPrice("ten times the close, three times", 7, 910)
			send("09:33:00", 7, 930)
			f.wantPrice("it trades there now", 7, 930)
			if got := f.incidents(IncidentQuarantine); len(got) != 1 || !strings.HasSuffix(got[0], "(+900 %)") {
				t.Errorf("the incidents are %q", got)
			}
			if f.today.rejected != 0 {
				t.Errorf("%d rejected: quarantine is no rejection", f.today.rejected)
			}
			send("09:30:00", 8, -50)
			f.wantPrice("half the close exactly", 8, -50)
			send("09:30:00", 9, 50)
			f.wantPrice("half as much again exactly", 9, 50)
			send("09:30:00", 10, -60)
			send("09:31:00", 10, -2)
			f.wantPrice("after an ordinary print", 10, -2)
			send("09:32:00", 10, -60)
			f.wantPrice("a second gap needs its own confirmation", 10, -2)
		})
	}
}

// A price that no return can hold is never taken, whoever confirms it.
func TestImpossiblePrices(t *testing.T) {
	f := onFriday(t)
	for i := range 10 {
		bar(f.Market, 7, f.at("10:00:00").Add(time.Duration(i)*time.Second), f.last(7)*10_001+num.Price(i))
		trade(f.Market, 8, f.at("10:00:00").Add(time.Duration(i)*time.Second), math.MaxInt64)
	}
	f.wantNone("ten thousand times the close", 7)
	f.wantNone("more than any price", 8)
	if got := f.incidents(IncidentQuarantine); len(got) != 2 {
		t.Errorf("the incidents are %q, want one for each name", got)
	}
}

// The median by comparisons is the middle of the sorted prints.
func TestMedianOfRecentPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Int64Range(1, 50), 1, 12).Draw(t, "prints")
		var r prints
		for _, p := range all {
			r.push(num.Price(p))
		}
		last := slices.Clone(all[max(0, len(all)-recentPrints):])
		if got := r.newest(); got != num.Price(last[len(last)-1]) {
			t.Fatalf("the newest of %v is %d", all, got)
		}
		slices.Sort(last)
		want := num.Price(last[(len(last)-1)/2]+last[len(last)/2]) / 2
		if got := r.median(); got != want {
			t.Fatalf("the median of the last of %v is %d, want %d", all, got, want)
		}
		r.drop()
		if len(last) == 1 && (r.newest() != 0 || r.median() != 0) {
			t.Fatalf("after the only print is dropped there is %d", r.newest())
		}
	})
	var none prints
	none.drop()
	if none.median() != 0 || none.newest() != 0 {
		t.Error("no prints have a median")
	}
}

// The quick way to accept a print accepts none that the rule rejects: the rule
// itself, in logarithms, decides alike for any prints.
func TestUsualPrintsByTheRule(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 20_000 {
		n := name{}
		var logs []float64
		for range 1 + random.IntN(5) {
			p := num.Price(10_000_000 + random.IntN(2_000_000))
			n.recent.push(p)
			logs = append(logs, math.Log(p.Float()))
		}
		p := num.Price(8_000_000 + random.IntN(6_000_000))
		median := math.Log(n.recent.median().Float())
		var deviations []float64
		for _, l := range logs {
			deviations = append(deviations, math.Abs(l-median))
		}
		slices.Sort(deviations)
		mad := (deviations[(len(deviations)-1)/2] + deviations[len(deviations)/2]) / 2
		distance := math.Abs(math.Log(p.Float()) - median)
		if want := distance <= max(8*mad, 0.10); n.usual(p) != want && math.Abs(distance-max(8*mad, 0.10)) > 1e-9 {
			t.Fatalf("%d after %v: taken is %t, want %t", p, n.recent.price[:n.recent.count], n.usual(p), want)
		}
	}
}

func TestPriceTexts(t *testing.T) {
	for p, want := range map[num.Price]string{
		410_000: "0.41", 1_000_000: "1.00", 12_345_600: "12.3456", 1: "0.000001", 2_023_270_000: "2023.27", 500_000: "0.50", 501_000: "0.501",
	} {
		if got := priceText(p); got != want {
			t.Errorf("%d is %q, want %q", p, got, want)
		}
	}
}
