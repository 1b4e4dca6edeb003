package model

import (
	"slices"
	"strings"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// withAction is Friday's floor with a corporate action on Friday, and the raw
// closes from then on as the exchange would print them.
func withAction(t *testing.T, a Action) floor {
	t.Helper()
	ref := fridayWorld().reference(t)
	a.ExDate = date(t, "2025-03-28")
	ref.Actions = []Action{a}
	return floor{Market: start(ref), t: t, ref: ref}
}

// A split divides the price and multiplies the shares: returns, caps and ranks
// are what they would have been without it.
func TestSplits(t *testing.T) {
	for name, ratio := range map[string][2]int64{"2:1": {2, 1}, "1:10": {1, 10}, "3:2": {3, 2}} {
		t.Run(name, func(t *testing.T) {
			plain := onFriday(t)
			split := withAction(t, Action{ID: 3, Kind: ActionSplit, New: ratio[0], Old: ratio[1]})
			for id := range ID(120) {
				p := plain.off(id, 4)
				bar(plain.Market, id, plain.at("10:00:00"), p)
				if id == 3 {
					p, _ = p.Scale(ratio[1], ratio[0])
				}
				bar(split.Market, id, split.at("10:00:00"), p)
			}
			for _, w := range session.Windows() {
				a, b := plain.names[3].ret[w], split.names[3].ret[w]
				if diff := a - b; diff > 10_000 || diff < -10_000 { // 0.0001 %: the split price is rounded to a millionth
					t.Errorf("%s: the return is %s, without the split %s", w, b.Decimal(), a.Decimal())
				}
				if !slices.Equal(plain.frame.windows[w].caps, split.frame.windows[w].caps) {
					t.Errorf("%s: caps differ", w)
				}
			}
			a, b := plain.see("10:00:00"), split.see("10:00:00")
			for q := range a.Size.Buckets {
				if a.Size.Buckets[q].Groups[session.Week].Return != b.Size.Buckets[q].Groups[session.Week].Return {
					t.Errorf("Q%d: the returns differ", q+1)
				}
				if x, y := a.Size.Buckets[q].Groups[session.Week].Above20, b.Size.Buckets[q].Groups[session.Week].Above20; x != y {
					t.Errorf("Q%d: above their 20-day mean are %s %%, without the split %s %%", q+1, y, x)
				}
			}
			if got := split.incidents(IncidentSplit); len(got) != 1 || got[0] != "S00003 "+name {
				t.Errorf("the incidents are %q", got)
			}
			if len(split.incidents(IncidentQuarantine)) != 0 {
				t.Error("a split price is in quarantine")
			}
		})
	}
}

// The session before does not know of it, nor does the one after forget.
func TestSplitsTakeEffectAtTheirOpen(t *testing.T) {
	ref := fridayWorld().reference(t)
	ref.Actions = []Action{{ID: 3, ExDate: date(t, "2025-03-26"), Kind: ActionSplit, New: 1, Old: 10}}
	for moment, factor := range map[string]num.Price{
		"2025-03-25 12:00:00": 1, "2025-03-26 09:29:59": 1, "2025-03-26 09:30:00": 10, "2025-03-27 12:00:00": 10,
	} {
		m := start(ref)
		heartbeat(m, at(t, moment))
		if got, want := m.names[3].bases[session.Month], factor*closeOf(t, ref, 3, m.frame.windows[session.Month].base.Date.String()); got != want {
			t.Errorf("at %s the month's base is %s, want %s", moment, got.Decimal(), want.Decimal())
		}
	}
}

// What a special dividend or a spin-off pays out leaves the base: the name that
// opens lower by just that has not moved.
func TestSpecialDividendsAndSpinOffs(t *testing.T) {
	for name, kind := range map[string]ActionKind{"special dividend": ActionSpecial, "spin-off": ActionSpinOff} {
		t.Run(name, func(t *testing.T) {
			f := withAction(t, Action{ID: 3, Kind: kind, Amount: num.PriceScale / 2})
			bar(f.Market, 3, f.at("09:30:00"), f.last(3)-num.PriceScale/2)
			if got := f.names[3].ret[session.Day]; got != 0 {
				t.Errorf("the return is %s, want 0", got.Decimal())
			}
			week := closeOf(t, f.ref, 3, "2025-03-21") - num.PriceScale/2
			if got := f.names[3].bases[session.Week]; got != week {
				t.Errorf("the week's base is %s, want %s", got.Decimal(), week.Decimal())
			}
			if len(f.today.incidents) != 0 {
				t.Errorf("the incidents are %v", f.today.incidents)
			}
		})
	}
}

// A payment larger than the price leaves no base to measure from.
func TestSpecialAboveThePrice(t *testing.T) {
	f := withAction(t, Action{ID: 3, Kind: ActionSpecial, Amount: num.MaxPrice})
	bar(f.Market, 3, f.at("09:30:00"), f.last(3))
	names := 0
	for _, b := range f.see("09:30:00").Size.Buckets {
		names += b.Groups[session.Day].N + b.Groups[session.Day].Invalid
	}
	if f.names[3].bases[session.Day] != 0 || names != 79 {
		t.Errorf("the base is %s and %d names are ranked", f.names[3].bases[session.Day].Decimal(), names)
	}
}

// A merger holds the name flat at the deal's cash in the groups it was ranked
// in; it is no member any more, and quotes of it are not taken.
func TestCashMerger(t *testing.T) {
	f := withAction(t, Action{ID: 3, Kind: ActionCashMerger})
	cash := f.off(3, 25)
	f.ref.Actions[0].Amount = cash
	f.Market = start(f.ref)
	heartbeat(f.Market, f.at("09:30:00"))
	bar(f.Market, 3, f.at("10:00:00"), f.off(3, 1))
	f.Apply(&Update{Kind: KindOfficialClose, ID: 3, At: f.at("16:00:00"), Price: f.off(3, 1)})
	f.halt(3, "10:01:00", "T1")
	s := f.see("10:02:00")
	for _, w := range session.Windows() {
		base := f.names[3].bases[w]
		if got, want := f.names[3].ret[w], change(t, cash, base); got != want {
			t.Errorf("%s: the return is %s, want %s", w, got.Decimal(), want.Decimal())
		}
		if g := s.Size.Buckets[0].Groups[w]; g.N != 1 || g.Halted != 1 || g.Stale != 0 {
			t.Errorf("%s: of the largest quarter %d count, %d frozen, %d stale", w, g.N, g.Halted, g.Stale)
		}
	}
	if c := s.Universes[0]; c.Members != 79 || c.Valid != 0 || c.Halted != 0 {
		t.Errorf("the coverage is %+v, want 79 members without it", c)
	}
	if got := f.incidents(IncidentMerger); len(got) != 1 || got[0] != "S00003 held at "+priceText(cash) {
		t.Errorf("the incidents are %q", got)
	}
}

func change(t *testing.T, p, base num.Price) num.Return {
	t.Helper()
	r, ok := num.Change(p, base)
	if !ok {
		t.Fatalf("%d against %d is no return", p, base)
	}
	return r
}

// Once a window begins after a merger the name has left it.
func TestMergedNamesLeave(t *testing.T) {
	ref := fridayWorld().reference(t)
	ref.Actions = []Action{{ID: 3, ExDate: date(t, "2025-03-25"), Kind: ActionCashMerger, Amount: 40 * num.PriceScale}}
	m := start(ref)
	now := at(t, "2025-03-28 10:00:00")
	printAll(t, m, ref, now, "2025-03-27", 0)
	s := m.Snapshot(now, Query{})
	for w, want := range map[session.Window]int{session.Day: 79, session.Week: 80, session.Quarter: 80} {
		n := 0
		for _, b := range s.Size.Buckets {
			n += b.Groups[w].N
		}
		if n != want {
			t.Errorf("%s: %d names, want %d", w, n, want)
		}
	}
}

// A delisted name is held at its last close. Without one it has no price: a
// total loss is never assumed.
func TestDelisting(t *testing.T) {
	for name, known := range map[string]bool{"with a last close": true, "without any": false} {
		t.Run(name, func(t *testing.T) {
			ref := fridayWorld().reference(t)
			ref.Actions = []Action{{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionDelisting}}
			for i, c := range ref.Closes {
				if c.Date == date(t, "2025-03-27") || !known && i > 0 {
					c.Price[3] = 0 // it did not trade on its last day
				}
			}
			ref.Closes[0].Price[3] *= num.Price(one(known))
			f := floor{Market: start(ref), t: t, ref: ref}
			heartbeat(f.Market, f.at("09:30:00"))
			if !known {
				f.wantNone(name, 3)
				return
			}
			if got, want := f.names[3].last, closeOf(t, ref, 3, "2025-03-26"); got != want {
				t.Errorf("it is held at %s, want Wednesday's close %s", got.Decimal(), want.Decimal())
			}
			if got := f.names[3].ret[session.Week]; got != change(t, f.names[3].last, closeOf(t, ref, 3, "2025-03-21")) {
				t.Errorf("its return of the week is %s", got.Decimal())
			}
			if got := f.incidents(IncidentMerger); len(got) != 1 || !strings.Contains(got[0], "delisted") {
				t.Errorf("the incidents are %q", got)
			}
		})
	}
}

// A new symbol changes what a reader is told and nothing else.
func TestRename(t *testing.T) {
	plain := onFriday(t)
	renamed := withAction(t, Action{ID: 3, Kind: ActionRename, Symbol: "ZZZ"})
	for _, f := range []floor{plain, renamed} {
		printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 3)
		f.halt(3, "10:01:00", "T1")
	}
	if got := renamed.incidents(IncidentRename); len(got) != 1 || got[0] != "S00003 now ZZZ" {
		t.Errorf("the incidents are %q", got)
	}
	if got := renamed.incidents(IncidentHalt); got[0] != "ZZZ T1" {
		t.Errorf("after it the halt is told as %q", got)
	}
	a, b := plain.see("10:02:00"), renamed.see("10:02:00")
	a.Quality, b.Quality = Quality{}, Quality{}
	if x, y := encoded(t, a), encoded(t, b); x != y {
		t.Errorf("a rename changes figures:\n%s\n%s", x, y)
	}
}

// An action that is learned during the session changes its bases at once, as if
// it had been known at the open.
func TestActionsLearnedDuringTheSession(t *testing.T) {
	for name, a := range map[string]Action{
		"a split":     {ID: 3, Kind: ActionSplit, New: 1, Old: 10},
		"a special":   {ID: 3, Kind: ActionSpecial, Amount: num.PriceScale / 2},
		"a merger":    {ID: 3, Kind: ActionCashMerger, Amount: 50 * num.PriceScale},
		"a rename":    {ID: 3, Kind: ActionRename, Symbol: "ZZZ"},
		"a delisting": {ID: 3, Kind: ActionDelisting},
	} {
		t.Run(name, func(t *testing.T) {
			known, learned := withAction(t, a), onFriday(t)
			a.ExDate = date(t, "2025-03-28")
			for _, f := range []floor{known, learned} {
				heartbeat(f.Market, f.at("09:30:00"))
				for id := range ID(120) {
					p := f.off(id, 2)
					if id == 3 && a.Kind == ActionSplit {
						p *= 10 // held back until the split is known
					}
					bar(f.Market, id, f.at("10:00:00"), p)
				}
			}
			learned.Snapshot(learned.at("10:00:00"), Query{})
			learned.Apply(&Update{Kind: KindAction, At: learned.at("10:00:30"), Payload: &a})
			learned.Apply(&Update{Kind: KindAction, At: learned.at("10:00:31"), Payload: &a}) // told twice
			for _, f := range []floor{known, learned} {
				if a.Kind == ActionSplit {
					bar(f.Market, 3, f.at("10:01:00"), f.off(3, 2)*10)
				}
				heartbeat(f.Market, f.at("10:01:00"))
			}
			x, y := known.see("10:01:00"), learned.see("10:01:00")
			if len(y.Quality.Incidents) > len(x.Quality.Incidents)+1 {
				t.Errorf("the incidents are %v", y.Quality.Incidents)
			}
			x.Quality, y.Quality = Quality{}, Quality{}
			if p, q := encoded(t, x), encoded(t, y); p != q {
				t.Errorf("known before:\n%s\nlearned:\n%s", p, q)
			}
			if known.sums != learned.sums || known.counts != learned.counts {
				t.Error("the running sums differ")
			}
		})
	}
}

// What is learned about one name does not touch the others: one whose fall by
// more than half was believed need not be confirmed again.
func TestActionsLearnedLeaveOtherNamesAlone(t *testing.T) {
	f := onFriday(t)
	for _, clock := range []string{"10:00:00", "10:01:00", "10:02:00"} {
		bar(f.Market, 9, f.at(clock), f.off(9, -60))
	}
	f.wantPrice("a fall that was confirmed", 9, -60)
	f.Apply(&Update{Kind: KindAction, At: f.at("10:03:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}})
	bar(f.Market, 9, f.at("10:04:00"), f.off(9, -62))
	f.wantPrice("the next trade, after another name's split", 9, -62)
}

// Where a payment leaves so little of a base that the last price would be more
// than ten thousand times as much, the name has no return. Nothing that is
// taken back afterwards may give it one, of zero.
func TestACancelWithoutAReturn(t *testing.T) {
	for name, payload := range map[string]Payload{"a cancel": nil, "a correction": &Correction{Price: 40 * num.PriceScale}} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			for id := range ID(20) {
				bar(f.Market, id, f.at("10:00:00"), f.off(id, 1))
				bar(f.Market, id, f.at("10:00:20"), f.off(id, 2))
			}
			f.Apply(&Update{Kind: KindAction, At: f.at("10:01:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionSpecial, Amount: f.last(3) - 1}})
			if f.names[3].state&stateValid != 0 {
				t.Fatal("the name still has a price, against a base of a millionth")
			}
			f.settle()
			counts := f.counts
			for range 3 {
				f.Apply(&Update{Kind: KindCancel, ID: 3, At: f.at("10:02:00"), Payload: payload})
			}
			if f.counts != counts || f.names[3].state&stateValid != 0 {
				t.Errorf("after it the name counts with the returns %v", f.names[3].ret)
			}
			checkSums(t, f.Market, "after the cancel")
		})
	}
}

// An action of a later session waits for it.
func TestActionsOfLaterSessions(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 3, f.at("10:00:00"), f.off(3, 1))
	f.Apply(&Update{Kind: KindAction, At: f.at("10:01:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-31"), Kind: ActionSplit, New: 2, Old: 1}})
	if got := f.names[3].bases[session.Day]; got != f.last(3) {
		t.Errorf("on Friday the base is %s already", got.Decimal())
	}
	heartbeat(f.Market, at(t, "2025-03-31 09:30:00"))
	want, _ := closeOf(t, f.ref, 3, "2025-03-28").Scale(1, 2)
	if got := f.names[3].bases[session.Day]; got != want {
		t.Errorf("on Monday the base is %s, want %s", got.Decimal(), want.Decimal())
	}
}

// Shares and filings that are learned count from then on: today's groups stay,
// tomorrow's know them.
func TestFactsLearnedDuringTheSession(t *testing.T) {
	f := onFriday(t)
	printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1)
	before := f.see("10:00:00")
	for _, p := range []Payload{
		&ShareCount{ID: 79, KnownAt: at(t, "2025-01-01 10:00:00"), Shares: 1 << 40},
		&Facts{ID: 0, KnownAt: at(t, "2025-01-01 10:00:00"), Debt: Amount{}},
	} {
		kind := KindShares
		if _, ok := p.(*Facts); ok {
			kind = KindFacts
		}
		f.Apply(&Update{Kind: kind, At: f.at("10:00:30"), Payload: p})
	}
	after := f.see("10:00:00")
	if x, y := encoded(t, before), encoded(t, after); x != y {
		t.Error("today's groups have changed")
	}
	if first := f.Snapshot(f.at("10:01:00"), Query{Rank: RankNow}); first.Size.Buckets[0].Groups[session.Day].Weight == before.Size.Buckets[0].Groups[session.Day].Weight {
		t.Error("ranked by today's caps the largest quarter is the same")
	}
	heartbeat(f.Market, at(t, "2025-03-31 09:30:00"))
	if q := f.names[79].slots[session.Day][0]; q != slotSize {
		t.Errorf("on Monday the name with the most shares is in bucket %d", q)
	}
	if out := f.Snapshot(f.Now(), Query{}).Leverage[0].Excluded; out[session.Day].NoDebtData != 1 || out[session.Week].NoDebtData != 1 || out[session.Month].NoDebtData != 0 {
		t.Errorf("on Monday %d, %d and %d names have no debt data in a day, a week and a month", out[session.Day].NoDebtData, out[session.Week].NoDebtData, out[session.Month].NoDebtData)
	}
}

// Rows about nothing are ignored.
func TestLearningNothing(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("10:00:00"))
	before := encoded(t, f.see("10:00:00"))
	for _, p := range []Payload{
		nil, (*Action)(nil), (*ShareCount)(nil), (*Facts)(nil), (*Event)(nil), &Health{},
		&Action{ID: -1}, &Action{ID: 120}, &ShareCount{ID: 120}, &Facts{ID: -5},
	} {
		for _, kind := range []Kind{KindAction, KindShares, KindFacts, KindEvent, KindFedFunds} {
			f.Apply(&Update{Kind: kind, At: f.at("10:00:00"), Payload: p})
		}
	}
	if after := encoded(t, f.see("10:00:00")); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

// An event is added in its place, or replaces the one of its time and title.
func TestEventsLearnedLater(t *testing.T) {
	f := onFriday(t)
	f.ref.Events = []Event{{At: f.at("08:30:00"), Title: "B", Consensus: "1.0"}, {At: f.at("10:00:00"), Title: "C"}}
	f.Market = start(f.ref)
	for _, e := range []Event{
		{At: f.at("08:30:00"), Title: "B", Consensus: "1.0", Actual: "1.2"},
		{At: f.at("08:30:00"), Title: "A"},
		{At: f.at("12:00:00"), Title: "D"},
	} {
		f.Apply(&Update{Kind: KindEvent, At: f.at("08:31:00"), Payload: &e})
	}
	var titles []string
	for _, e := range f.see("09:00:00").Calendar {
		titles = append(titles, e.Title+e.Actual)
	}
	if !slices.Equal(titles, []string{"A", "B1.2", "C", "D"}) {
		t.Errorf("the calendar is %q", titles)
	}
	if f.ref.Events[0].Actual != "" || len(f.ref.Events) != 2 {
		t.Errorf("the reference has changed: %+v", f.ref.Events)
	}
}
