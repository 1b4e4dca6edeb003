package model

import (
	"slices"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

func (f floor) halt(id ID, clock, code string) {
	f.t.Helper()
	f.Apply(&Update{Kind: KindHalt, ID: id, At: f.at(clock), Text: code})
}

func (f floor) resume(id ID, clock string) {
	f.t.Helper()
	f.Apply(&Update{Kind: KindResume, ID: id, At: f.at(clock)})
}

// A halted name keeps its last price, stays in the average and is counted.
func TestHaltDuringTheSession(t *testing.T) {
	f := onFriday(t)
	for id := range ID(120) {
		bar(f.Market, id, f.at("09:30:00"), f.off(id, 1))
	}
	f.halt(3, "10:00:00", "T1")
	bar(f.Market, 3, f.at("10:01:00"), f.off(3, 20))
	f.wantPrice("a bar during the halt", 3, 1)
	s := f.see("10:20:00")
	if c := s.Universes[0]; c.Halted != 1 || c.Valid != 80 || c.Stale != 59 {
		t.Errorf("the coverage is %+v, want three quarters stale but for the halted name", c)
	}
	if g := s.Size.Buckets[0].Groups[session.Day]; g.Halted != 1 || g.N != 20 || g.Return[Mean].String() != "1.00" {
		t.Errorf("the largest quarter is %+v", g)
	}
	if s.Quality.Halted != 1 {
		t.Errorf("%d are halted", s.Quality.Halted)
	}
	f.resume(3, "12:30:00")
	bar(f.Market, 3, f.at("12:31:00"), f.off(3, 20))
	f.wantPrice("a bar after the halt", 3, 20)
	if got := append(f.incidents(IncidentHalt), f.incidents(IncidentResume)...); !slices.Equal(got, []string{"S00003 T1", "S00003"}) {
		t.Errorf("the incidents are %q", got)
	}
	if s = f.see("12:32:00"); s.Quality.Halted != 0 {
		t.Errorf("after the halt %d are halted", s.Quality.Halted)
	}
}

func TestHaltsBeforeTheFirstPrint(t *testing.T) {
	for name, c := range map[string]struct {
		clock  string
		frozen bool
	}{
		"halted at the open": {"09:30:00", true},
		"halted after it":    {"09:30:01", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			heartbeat(f.Market, f.at("09:30:00"))
			f.halt(3, c.clock, "M")
			if c.frozen {
				f.wantPrice(name, 3, 0)
			} else {
				f.wantNone(name, 3)
			}
			if got := f.see("09:31:00").Universes[0]; (got.Valid == 1) != c.frozen || (got.Halted == 1) != c.frozen {
				t.Errorf("the coverage is %+v", got)
			}
		})
	}
}

// A name that was halted before the open and has not traded since it was
// released stands at its previous close, in the shares of the day: a split that
// is learned by then is no return.
func TestSplitLearnedBeforeTheFirstPrintAfterAHalt(t *testing.T) {
	for name, state := range map[string]Kind{"still halted": KindHeartbeat, "released": KindResume} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			heartbeat(f.Market, f.at("09:30:00"))
			f.halt(3, "09:30:00", "T1")
			f.Apply(&Update{Kind: state, ID: 3, At: f.at("09:40:00")})
			f.Apply(&Update{Kind: KindAction, At: f.at("09:41:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}})
			n := &f.names[3]
			if n.state&stateValid == 0 || n.last != n.bases[session.Day] || n.ret[session.Day] != 0 {
				t.Errorf("it stands at %s against a base of %s", n.last.Decimal(), n.bases[session.Day].Decimal())
			}
		})
	}
}

// A name that was halted after the open, before it has traded, has no price.
// What is learned about another name does not give it one.
func TestActionsLearnedWakeNoHaltedName(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	f.halt(3, "09:35:00", "T1")
	f.Apply(&Update{Kind: KindAction, At: f.at("09:41:00"), Payload: &Action{ID: 8, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}})
	f.wantNone("halted after the open", 3)
}

// A name that has never had a price has none when it is halted.
func TestHaltWithoutAPrice(t *testing.T) {
	f := onFriday(t)
	for _, c := range f.ref.Closes {
		c.Price[3] = 0
	}
	heartbeat(f.Market, f.at("09:30:00"))
	f.halt(3, "09:30:00", "T1")
	f.wantNone("halted at the open", 3)
	if got := f.see("09:31:00").Universes[0]; got.Valid != 0 || got.Halted != 0 {
		t.Errorf("the coverage is %+v", got)
	}
}

// What is halted or resumed after the close counts from the next open: the
// frame of the day stays as it ended.
func TestHaltsAfterTheClose(t *testing.T) {
	f := onFriday(t)
	for id := range ID(120) {
		bar(f.Market, id, f.at("15:59:00"), f.off(id, 1))
	}
	f.halt(4, "15:59:30", "T1")
	before := f.see("17:00:00")
	f.halt(3, "17:01:00", "T1")
	f.resume(4, "17:01:00")
	f.halt(5, "18:00:00", "T1")
	f.resume(5, "19:00:00")
	if after := f.see("17:00:00"); after.Quality.Halted != 1 || len(after.Quality.Incidents) != len(before.Quality.Incidents) {
		t.Errorf("on Friday evening %d are halted, incidents %v", after.Quality.Halted, after.Quality.Incidents)
	}
	heartbeat(f.Market, at(t, "2025-03-31 09:30:00"))
	for id, frozen := range map[ID]bool{3: true, 4: false, 5: false, 6: false} {
		if got := f.names[id].state&stateHalted != 0 && f.names[id].last == closeOf(t, f.ref, id, "2025-03-28"); got != frozen {
			t.Errorf("on Monday %d is frozen at Friday's close: %t, want %t", id, got, frozen)
		}
	}
}

func TestHaltsThatChangeNothing(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 3, f.at("09:30:00"), f.off(3, 1))
	f.resume(3, "10:00:00") // it is not halted
	f.halt(3, "10:01:00", "LUDP")
	f.halt(3, "10:02:00", "LUDP")
	f.halt(-1, "10:03:00", "T1")
	f.halt(120, "10:03:00", "T1")
	if got := append(f.incidents(IncidentHalt), f.incidents(IncidentResume)...); len(got) != 1 {
		t.Errorf("the incidents are %q, want the one halt", got)
	}
}

// The auction's print counts for a halted name too.
func TestOfficialCloseOfAHaltedName(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 3, f.at("09:30:00"), f.off(3, 1))
	f.halt(3, "10:00:00", "T1")
	f.Apply(&Update{Kind: KindOfficialClose, ID: 3, At: f.at("16:00:00"), Price: f.off(3, -8)})
	f.wantPrice("the official close", 3, -8)
	if f.see("16:00:00").Quality.Halted != 1 {
		t.Error("the name is halted no more")
	}
}

// A halt drops what waited for confirmation.
func TestHaltDropsADoubt(t *testing.T) {
	f := onFriday(t)
	f.trades(7, 0, 0, 30, 30)
	f.halt(7, "10:10:00", "T1")
	f.resume(7, "10:20:00")
	trade(f.Market, 7, f.at("10:21:00"), f.off(7, 30))
	f.wantPrice("one jump after the halt, two before it", 7, 0)
}

func TestCancelledTrades(t *testing.T) {
	type step struct {
		kind    Kind
		percent num.Price
		instead num.Price // of a correction
	}
	trade := func(p num.Price) step { return step{KindQuote, p, 0} }
	cancel := func(p num.Price) step { return step{KindCancel, p, 0} }
	correct := func(p, q num.Price) step { return step{KindCancel, p, q} }
	for name, c := range map[string]struct {
		steps []step
		want  num.Price
		none  bool
		told  int
	}{
		"the last trade":               {[]step{trade(1), trade(5), cancel(5)}, 1, false, 1},
		"the last two":                 {[]step{trade(1), trade(2), trade(5), cancel(5), cancel(2)}, 1, false, 2},
		"an earlier trade":             {[]step{trade(1), trade(5), cancel(1)}, 5, false, 0},
		"the only trade":               {[]step{trade(5), cancel(5)}, 0, true, 1},
		"the only trade, then another": {[]step{trade(5), cancel(5), trade(2)}, 2, false, 1},
		"a trade that never was":       {[]step{trade(1), cancel(7)}, 1, false, 0},
		"corrected":                    {[]step{trade(1), trade(5), correct(5, 2)}, 2, false, 1},
		"corrected, then cancelled":    {[]step{trade(1), trade(5), correct(5, 2), cancel(2)}, 1, false, 2},
		"the only trade corrected":     {[]step{trade(5), correct(5, 2)}, 2, false, 1},
		"a bad tick that is held":      {[]step{trade(0), trade(1), trade(40), cancel(40), trade(40), trade(40)}, 1, false, 0},
		"before anything":              {[]step{cancel(1)}, 0, true, 0},
		"more than five, as far as it goes": {[]step{
			trade(1), trade(2), trade(3), trade(4), trade(5), trade(6),
			cancel(6), cancel(5), cancel(4), cancel(3), cancel(2),
		}, 0, true, 5},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			now := f.at("10:00:00")
			for _, s := range c.steps {
				now = now.Add(time.Minute)
				u := Update{Kind: s.kind, ID: 7, At: now, Price: f.off(7, s.percent)}
				if s.instead != 0 {
					u.Payload = &Correction{Price: f.off(7, s.instead)}
				}
				f.Apply(&u)
			}
			if c.none {
				f.wantNone(name, 7)
			} else {
				f.wantPrice(name, 7, c.want)
			}
			if got := f.incidents(IncidentCorrection); len(got) != c.told {
				t.Errorf("the incidents are %q, want %d", got, c.told)
			}
		})
	}
}

// A name whose only trade is cancelled leaves the averages, as if it had never
// been in them.
func TestCancelLeavesTheAverages(t *testing.T) {
	f := onFriday(t)
	for id := range ID(60) {
		bar(f.Market, id, f.at("09:30:00"), f.off(id, 1))
	}
	sums, counts := f.sums, f.counts
	bar(f.Market, 65, f.at("09:31:00"), f.off(65, 7))
	if f.sums == sums || f.counts == counts {
		t.Fatal("a trade changes nothing")
	}
	f.Apply(&Update{Kind: KindCancel, ID: 65, At: f.at("09:32:00"), Price: f.off(65, 7)})
	if f.sums != sums || f.counts != counts {
		t.Error("a cancelled trade leaves something behind")
	}
	if got := f.incidents(IncidentCorrection); got[0] != "S00065 "+priceText(f.off(65, 7))+" cancelled" {
		t.Errorf("the incidents are %q", got)
	}
}

// What is frozen or final is not undone, nor is anything of another session.
func TestCancelsThatComeTooLate(t *testing.T) {
	f := onFriday(t)
	cancel := func(id ID, clock string, percent num.Price) {
		f.Apply(&Update{Kind: KindCancel, ID: id, At: f.at(clock), Price: f.off(id, percent)})
	}
	for _, id := range []ID{3, 4} {
		bar(f.Market, id, f.at("10:00:00"), f.off(id, 1))
		bar(f.Market, id, f.at("10:01:00"), f.off(id, 2))
	}
	f.halt(3, "10:02:00", "T1")
	cancel(3, "10:03:00", 2)
	f.wantPrice("a cancel during a halt", 3, 2)
	f.Apply(&Update{Kind: KindOfficialClose, ID: 4, At: f.at("16:00:00"), Price: f.off(4, 2)})
	cancel(4, "16:30:00", 2)
	f.wantPrice("a cancel of the official close", 4, 2)
	f.Apply(&Update{Kind: KindCancel, ID: 120, At: f.at("10:03:00"), Price: 1})
	f.Apply(&Update{Kind: KindCancel, ID: -1, At: f.at("10:03:00"), Price: 1})
	bar(f.Market, 5, f.at("10:01:00"), f.off(5, 2))
	cancel(5, "09:29:00", 2)
	f.wantPrice("a cancel from before the open", 5, 2)
}

func TestIncidentsAreTheNewest(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 3, f.at("09:30:00"), f.off(3, 1))
	for i := range 25 {
		f.halt(3, "10:00:00", "H"+string(rune('A'+i)))
		f.resume(3, "10:00:00")
	}
	s := f.see("10:01:00")
	if got := len(s.Quality.Incidents); got != maxIncidents {
		t.Fatalf("there are %d incidents, want %d", got, maxIncidents)
	}
	if first, last := s.Quality.Incidents[0], s.Quality.Incidents[maxIncidents-2]; first.Detail != "HJ" || last.Detail != "HY" {
		t.Errorf("the incidents run from %q to %q", first.Detail, last.Detail)
	}
	f.halt(3, "10:02:00", "later")
	if got := s.Quality.Incidents[maxIncidents-1].Detail; got == "later" {
		t.Error("a snapshot that was taken changes")
	}
}

// The heaviest are those at the previous close, whatever they trade at now.
func TestTheHeaviestNames(t *testing.T) {
	f := onFriday(t)
	heavy := func() (symbols, halted []string) {
		for _, h := range f.see("10:00:00").Quality.Heaviest {
			symbols = append(symbols, h.Symbol)
			if h.Halted {
				halted = append(halted, h.Symbol)
			}
		}
		return symbols, halted
	}
	heartbeat(f.Market, f.at("09:30:00"))
	bar(f.Market, 40, f.at("09:40:00"), f.off(40, 45))
	f.halt(9, "09:45:00", "T1")
	f.halt(10, "09:45:00", "T1")
	want := []string{"S00000", "S00001", "S00002", "S00003", "S00004", "S00005", "S00006", "S00007", "S00008", "S00009"}
	if symbols, halted := heavy(); !slices.Equal(symbols, want) || !slices.Equal(halted, want[9:]) {
		t.Errorf("the heaviest are %q, of them halted %q", symbols, halted)
	}
	f.resume(9, "09:50:00")
	if _, halted := heavy(); len(halted) > 0 {
		t.Errorf("%q are still halted", halted)
	}
}
