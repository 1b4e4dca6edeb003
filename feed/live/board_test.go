package live

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestTheFirstMoment(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	first := r.take()
	if len(first) != 2 || first[0].Kind != model.KindReset || first[1].Kind != model.KindHealth {
		t.Fatalf("the first batch is %v, want a reset and the health, and nothing to look at yet", first)
	}
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 59), Price: usd(11)})
	if got := r.take(); len(got) > 0 {
		t.Errorf("before the moment is complete %v was told", got)
	}
	r.at(friday.At(11, 0))
	r.expect("quote 0 10:59:00 11")
	reset := r.resets[len(r.resets)-1]
	if reset.Epoch != 2 || !reset.Until.Equal(friday.At(11, 0)) || reset.Mode != model.ModeLive || reset.Feed != "test" {
		t.Errorf("the moment's reset is %+v", reset)
	}
	if last := r.told[len(r.told)-1]; last.Kind != model.KindHeartbeat || !last.At.Equal(friday.At(11, 0)) {
		t.Errorf("the moment ends with %v, want its heartbeat", last)
	}
	if got := r.day(alpha); got != "10.00" {
		t.Errorf("1D is %s %%, want 10.00", got)
	}
	if snap := r.market.Snapshot(r.clock, model.Query{}); snap.Quality.Late != 0 || len(snap.Quality.Incidents) > 0 {
		t.Errorf("who joins late sees %d names late and %v", snap.Quality.Late, snap.Quality.Incidents)
	}
}

func TestWhatIsSaidOnceIsToldOnce(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	for range 3 {
		r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 59), Price: usd(11), Volume: 500})
		r.Level(Level{Symbol: "^RUT", At: friday.At(10, 59), Price: usd(2020)})
		r.FedFunds(friday.At(10, 0), 2025, time.December, usd(96.28))
		r.Action("ALPHA", friday.At(9, 0), model.Action{ExDate: monday, Kind: model.ActionSplit, New: 1, Old: 20})
	}
	r.at(friday.At(11, 0))
	r.expect("action 0 09:00:00", "fed 0 10:00:00", "quote 0 10:59:00 11 v500", "level 0 10:59:00 2020")
	for range 3 {
		r.Quote(Quote{Symbol: "BRK-B", At: friday.At(11, 0), Price: 0, Volume: 0})
		r.Level(Level{Symbol: "RUT", At: friday.At(11, 0)})
		r.Close(Close{Symbol: "ALPHA", Date: thursday})
		r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 59), Price: usd(11), Volume: 500})
	}
	r.at(friday.At(11, 0).Add(time.Second))
	r.expect()
	if len(r.told) != 1 || r.told[0].Kind != model.KindHeartbeat {
		t.Errorf("told %v, want the heartbeat alone", r.told)
	}
	r.FedFunds(friday.At(11, 0), 2025, time.December, usd(96.29))
	r.at(friday.At(11, 1))
	r.expect("fed 0 11:00:00")
	if c := r.Report(); c.Taken != 5 || c.Same == 0 || c.Late+c.Future+c.Refused+c.Unknown > 0 {
		t.Errorf("counted %+v", c)
	}
}

func TestWhatCannotBe(t *testing.T) {
	now := friday.At(11, 0)
	for name, c := range map[string]struct {
		observe func(b *Board)
		counted func(Report) uint64
	}{
		"an unknown symbol":       {func(b *Board) { b.Quote(Quote{Symbol: "X", At: now, Price: 1}) }, func(r Report) uint64 { return r.Unknown }},
		"an unknown index":        {func(b *Board) { b.Level(Level{Symbol: "X", At: now, Price: 1}) }, func(r Report) uint64 { return r.Unknown }},
		"no time":                 {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", Price: 1}) }, func(r Report) uint64 { return r.Refused }},
		"6 s ahead":               {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: now.Add(6 * time.Second), Price: 1}) }, func(r Report) uint64 { return r.Future }},
		"an hour ahead":           {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: now.Add(time.Hour), Price: 1}) }, func(r Report) uint64 { return r.Future }},
		"the year 9999":           {func(b *Board) { b.Halt(Halt{Symbol: "ALPHA", At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}) }, func(r Report) uint64 { return r.Future }},
		"the year 1":              {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: time.Time{}.Add(1), Price: 1}) }, func(r Report) uint64 { return r.Earlier }},
		"yesterday's last trade":  {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: thursday.At(15, 59), Price: 1}) }, func(r Report) uint64 { return r.Earlier }},
		"a negative price":        {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: now, Price: -1}) }, func(r Report) uint64 { return r.Refused }},
		"a price beyond reason":   {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: now, Price: num.MaxPrice + 1}) }, func(r Report) uint64 { return r.Refused }},
		"a negative volume":       {func(b *Board) { b.Quote(Quote{Symbol: "ALPHA", At: now, Price: 1, Volume: -1}) }, func(r Report) uint64 { return r.Refused }},
		"today's close before it": {func(b *Board) { b.Close(Close{Symbol: "ALPHA", Date: friday, Price: 1}) }, func(r Report) uint64 { return r.Refused }},
		"a close of another day":  {func(b *Board) { b.Close(Close{Symbol: "ALPHA", Date: thursday - 1, Price: 1}) }, func(r Report) uint64 { return r.Refused }},
		"a close without a date":  {func(b *Board) { b.Close(Close{Symbol: "ALPHA", Price: 1}) }, func(r Report) uint64 { return r.Refused }},
		"a negative close":        {func(b *Board) { b.IndexClose(Close{Symbol: "RUT", Date: thursday, Price: -1}) }, func(r Report) uint64 { return r.Refused }},
		"no shares":               {func(b *Board) { b.Shares("ALPHA", now, 0) }, func(r Report) uint64 { return r.Refused }},
		"a cancel of nothing":     {func(b *Board) { b.Cancel(Cancel{Symbol: "ALPHA", At: now, Price: 1}) }, func(r Report) uint64 { return r.Refused }},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, now, reference(usd(10), usd(20), usd(30)), Identity{})
			c.observe(r.Board)
			r.at(now)
			r.expect()
			if got := r.Report(); c.counted(got) != 1 || got.Taken != 0 {
				t.Errorf("counted %+v", got)
			}
		})
	}
	r := newRig(t, now, reference(), Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: now.Add(5 * time.Second), Price: usd(11)})
	r.at(now)
	r.expect("quote 0 11:00:05 11")
	if age := r.market.Snapshot(now, model.Query{}).Feed.Age; age < 0 {
		t.Errorf("5 s ahead of our clock the age is %s", age)
	}
}

func TestSessions(t *testing.T) {
	half := session.NewDate(2025, time.November, 28) // closes at 13:00
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"before the open":      {friday.At(9, 29), "quotex 0 09:29:00 11"},
		"at the open":          {friday.At(9, 30), "quote 0 09:30:00 11"},
		"at the close":         {friday.At(16, 0), "quote 0 16:00:00 11"},
		"after the close":      {friday.At(16, 1), "quotex 0 16:01:00 11"},
		"before the day":       {friday.At(3, 59), ""},
		"after a half day":     {half.At(13, 1), "quotex 0 13:01:00 11"},
		"on a Saturday":        {(friday + 1).At(12, 0), "quotex 0 12:00:00 11"},
		"summer time has come": {session.NewDate(2025, time.March, 10).At(9, 30), "quote 0 09:30:00 11"},
	} {
		t.Run(name, func(t *testing.T) {
			clock := c.at
			if c.want == "" {
				clock = friday.At(11, 0)
			}
			r := newRig(t, clock, reference(), Identity{})
			r.Quote(Quote{Symbol: "ALPHA", At: c.at.UTC(), Price: usd(11), Flags: model.FlagExtended}) // the Board knows better
			r.at(clock)
			if c.want == "" {
				r.expect()
			} else {
				r.expect(c.want)
			}
		})
	}
}

func TestAPrintForVolumeOnly(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 0), Price: usd(11), Volume: 100})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 1), Price: usd(99), Volume: 150, Flags: model.FlagNoLast})
	r.at(friday.At(11, 0))
	r.expect("quote 0 10:00:00 11 v150")
	r.clock = friday.At(11, 2)
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(11, 1), Price: usd(99), Volume: 170, Flags: model.FlagNoLast})
	r.Quote(Quote{Symbol: "BRK.B", At: friday.At(11, 1), Price: usd(99), Flags: model.FlagNoLast})
	r.at(friday.At(11, 2))
	r.expect("quoten 0 11:01:00 v170")
}

func TestTheOrderDoesNotMatter(t *testing.T) {
	now := friday.At(17, 0)
	rapid.Check(t, func(t *rapid.T) {
		var sorted []func(b *Board)
		for _, symbol := range []string{"ALPHA", "BRK.B", "GAMMA"} {
			minutes := rapid.SliceOfNDistinct(rapid.IntRange(-60, 420), 0, 12, rapid.ID[int]).Draw(t, symbol+" minutes")
			slices.Sort(minutes)
			volume := int64(0)
			for i, m := range minutes {
				at := friday.At(9, 30).Add(time.Duration(m) * time.Minute)
				volume += rapid.Int64Range(0, 3).Draw(t, "volume")
				q := Quote{
					Symbol: symbol, At: at, Price: num.Price(rapid.Int64Range(1, 4).Draw(t, "price")) * num.PriceScale, Volume: volume,
					Flags: rapid.SampledFrom([]model.Flags{0, model.FlagBar, model.FlagNoLast}).Draw(t, "flags"),
				}
				sorted = append(sorted, func(b *Board) { b.Quote(q) })
				if i%4 == 3 {
					h := Halt{Symbol: symbol, At: at.Add(time.Second), Resumes: at.Add(30 * time.Second)}
					sorted = append(sorted, func(b *Board) { b.Halt(h) })
				}
				if i%4 == 1 {
					l := Level{Symbol: "RUT", At: at, Price: q.Price}
					sorted = append(sorted, func(b *Board) { b.Level(l) })
				}
			}
			official := Close{Symbol: symbol, Date: friday, Price: usd(5)}
			previous := Close{Symbol: symbol, Date: thursday, Price: usd(6)}
			sorted = append(sorted, func(b *Board) { b.Close(previous) }, func(b *Board) { b.Close(official) })
		}
		shuffled := slices.Concat(sorted, sorted)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		end := func(observations []func(b *Board)) ([]string, *model.Reference) {
			clock := now
			board, err := New(Options{Reference: reference(), Now: func() time.Time { return clock }})
			if err != nil {
				t.Fatal(err)
			}
			for _, observe := range observations {
				observe(board)
			}
			board.Complete(now)
			var said []string
			for batches, _ := board.next(); len(batches) > 0; batches, _ = board.next() {
				for _, u := range slices.Concat(batches...) {
					if u.Kind < model.KindHeartbeat {
						said = append(said, say(u))
					}
				}
			}
			return said, board.ref
		}
		want, wantRef := end(sorted)
		got, gotRef := end(shuffled)
		if !slices.Equal(got, want) {
			t.Fatalf("told %q, want %q as in order", got, want)
		}
		if a, b := gotRef.Closes[len(gotRef.Closes)-1], wantRef.Closes[len(wantRef.Closes)-1]; !slices.Equal(a.Price, b.Price) {
			t.Fatalf("the closes are %v, want %v", a, b)
		}
	})
}

func TestABurstCostsNoMemory(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.at(friday.At(10, 0))
	const burst = 300_000
	at := friday.At(10, 0)
	quote := func() {
		at = at.Add(time.Microsecond)
		r.Quote(Quote{Symbol: "ALPHA", At: at, Price: usd(11)})
	}
	if allocs := testing.AllocsPerRun(burst, quote); allocs > 0 {
		t.Errorf("a quote allocates %v times", allocs)
	}
	r.at(friday.At(11, 0))
	if got := r.news(); len(got) != 1 || r.told[len(r.told)-1].Kind != model.KindHeartbeat {
		t.Errorf("told %q, want the newest alone", got)
	}
	if c := r.Report(); c.Taken != burst+1 || c.Conflated != burst { // AllocsPerRun runs once more
		t.Errorf("counted %+v", c)
	}
	if got := r.market.Snapshot(r.clock, model.Query{}).Feed; got.Overtaken != burst || got.Dropped != 0 {
		t.Errorf("the screen shows %d overtaken and %d lost, want %d and none: the newest price is there", got.Overtaken, got.Dropped, burst)
	}
	r.Lost(7)
	r.at(friday.At(11, 1))
	if got := r.market.Snapshot(r.clock, model.Query{}).Feed; got.Overtaken != burst || got.Dropped != 7 {
		t.Errorf("the screen shows %d overtaken and %d lost, want %d and 7", got.Overtaken, got.Dropped, burst)
	}
}

func TestCancels(t *testing.T) {
	quote := func(r *rig, minute int, dollars float64) {
		r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, minute), Price: usd(dollars)})
	}
	for name, c := range map[string]struct {
		cancel Cancel
		unsent bool
		want   []string
		price  num.Price
	}{
		"sent, back to the trade before":  {Cancel{Price: usd(12)}, false, []string{"cancel 0 10:05:00 12"}, usd(11)},
		"sent, corrected":                 {Cancel{Price: usd(12), Instead: usd(10.5)}, false, []string{"cancel 0 10:05:00 12"}, usd(10.5)},
		"unsent, back to what was sent":   {Cancel{Price: usd(12)}, true, nil, usd(11)},
		"unsent, corrected before it is":  {Cancel{Price: usd(12), Instead: usd(10.5)}, true, []string{"quote 0 10:02:00 10.5"}, usd(10.5)},
		"an older trade changes nothing":  {Cancel{Price: usd(11)}, false, []string{"cancel 0 10:05:00 11"}, usd(12)},
		"of an older trade, newer unsent": {Cancel{Price: usd(11)}, true, []string{"quote 0 10:02:00 12", "cancel 0 10:05:00 11"}, usd(12)},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
			quote(r, 1, 11)
			r.at(friday.At(10, 1))
			r.clock = friday.At(10, 2)
			quote(r, 2, 12)
			if !c.unsent {
				r.at(friday.At(10, 3))
			}
			c.cancel.Symbol, c.cancel.At = "ALPHA", friday.At(10, 5)
			r.clock = friday.At(10, 6)
			r.Cancel(c.cancel)
			r.at(friday.At(10, 6))
			r.expect(c.want...)
			if got := r.member(alpha).Price; got != c.price {
				t.Errorf("the price is %v, want %v", got, c.price)
			}
			r.Declare(Identity{Feed: "another", Interval: time.Second}) // a new epoch, which is told everything again
			r.at(friday.At(10, 7))
			if got := r.member(alpha).Price; got != c.price {
				t.Errorf("told again, the price is %v, want %v", got, c.price)
			}
		})
	}
}

func TestOfficialCloses(t *testing.T) {
	r := newRig(t, friday.At(15, 59), reference(usd(10), usd(20), usd(30)), Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(15, 59), Price: usd(11)})
	r.at(friday.At(15, 59))
	r.clock = friday.At(16, 5)
	r.Close(Close{Symbol: "ALPHA", Date: friday, Price: usd(11.5), Volume: 900})
	r.IndexClose(Close{Symbol: "I:RUT", Date: friday, Price: usd(2023.27)})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(16, 4), Price: usd(12)})
	r.at(friday.At(16, 5))
	r.expect("official 0 16:00:00 11.5 v900", "levelo 0 16:00:00 2023.27", "quotex 0 16:04:00 12")
	if got := r.day(alpha); got != "15.00" {
		t.Errorf("after the close 1D is %s %%, want that of the official close, 15.00", got)
	}
	r.Close(Close{Symbol: "ALPHA", Date: friday, Price: usd(11.5), Volume: 900})
	r.IndexClose(Close{Symbol: "RUT", Date: friday, Price: usd(2023.27)})
	r.at(friday.At(16, 6))
	r.expect()
}

func TestWhatChangesBetweenMomentsIsToldOnce(t *testing.T) {
	r := newRig(t, friday.At(10, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.at(friday.At(10, 0))
	r.clock = friday.At(10, 1)
	for i := range 500 {
		at := friday.At(10, 0).Add(time.Duration(i) * time.Millisecond)
		r.Quote(Quote{Symbol: "ALPHA", At: at, Price: usd(11)})
		r.Cancel(Cancel{Symbol: "ALPHA", At: at, Price: usd(11)})
		r.Event(at, model.Event{At: friday.At(10, 0), Title: "PMI", Actual: []string{"49.5", "49.6"}[i%2]})
	}
	if len(r.dirty) != 1 || len(r.notes.dirty) != 1 {
		t.Errorf("%d names and %d notes wait to be sent, want one of each", len(r.dirty), len(r.notes.dirty))
	}
	told := 0
	for _, u := range r.at(friday.At(10, 1)) {
		if e, ok := u.Payload.(*model.Event); ok {
			told++
			if e.Actual != "49.6" {
				t.Errorf("told %q, want what was said last", e.Actual)
			}
		}
	}
	if told != 1 {
		t.Errorf("the event was told %d times", told)
	}
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 1), Price: usd(12)})
	r.at(friday.At(10, 2))
	r.expect("quote 0 10:01:00 12")
}
