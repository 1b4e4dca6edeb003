package cli

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed"
	"gyre/feed/live"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func cents(n int) num.Price { return num.Price(n) * num.PriceScale / 100 }

// counter is a vendor who tells the prices of a day and after the close the
// official ones, and brings index levels along.
type counter struct {
	now                    func() time.Time
	prices, official       map[session.Date]map[string]num.Price
	levels, officialLevels map[session.Date]num.Price
}

func (c *counter) observe(ctx context.Context, board *live.Board) error {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		now, day := c.now(), board.Day()
		for symbol, p := range c.prices[day.Date] {
			if !now.Before(day.Opens) && now.Before(day.Closes) {
				board.Quote(live.Quote{Symbol: symbol, At: now, Price: p, Volume: 1000})
			}
			if official := c.official[day.Date][symbol]; official > 0 && now.After(day.Closes.Add(10*time.Minute)) {
				board.Close(live.Close{Symbol: symbol, Date: day.Date, Price: official, Volume: 2000})
			}
		}
		if level := c.levels[day.Date]; level > 0 && !now.Before(day.Opens) && now.Before(day.Closes) {
			board.Level(live.Level{Symbol: "RUT", At: now, Price: level})
		}
		if level := c.officialLevels[day.Date]; level > 0 && now.After(day.Closes.Add(10*time.Minute)) {
			board.IndexClose(live.Close{Symbol: "RUT", Date: day.Date, Price: level})
		}
		board.Complete(now)
		board.Health(model.FeedOK, "")
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// first is what the store has on Monday: Friday's closes and the list of the
// week before.
func first() store.Batch {
	members := func(symbols ...string) (all []store.Member) {
		for _, symbol := range symbols {
			all = append(all, store.Member{Symbol: symbol, Name: "Company " + symbol, Sector: "IND", Quantity: 100})
		}
		return all
	}
	friday := monday - 3
	b := store.Batch{Source: "before", Lists: []store.List{
		{Index: "RUT", AsOf: friday - 1, Members: members("AAA", "BBB", "CCC")},
		{Index: "RUT", AsOf: monday + 1, Members: members("AAA", "BBB", "DDD")}, // told ahead
	}}
	for symbol, c := range map[string]int{"AAA": 1000, "BBB": 2000, "CCC": 3000, "DDD": 4000} {
		for _, d := range []session.Date{friday - 1, friday} {
			b.Closes = append(b.Closes, store.Close{Date: d, Symbol: symbol, Close: cents(c), Volume: 1000})
		}
		b.Shares = append(b.Shares, store.Shares{Symbol: symbol, KnownAt: (friday - 10).At(16, 0), Shares: 1_000_000})
	}
	for _, d := range []session.Date{friday - 1, friday} {
		b.Levels = append(b.Levels, store.Level{Index: "RUT", Date: d, Close: cents(200_000)})
	}
	return b
}

// synced is what a synchronization brings in the night: Monday's closes, one of
// which the feed told otherwise, and Tuesday's split.
func synced() store.Batch {
	return store.Batch{
		Source: "sync",
		Closes: []store.Close{
			{Date: monday, Symbol: "AAA", Close: cents(1105), Volume: 1},
			{Date: monday, Symbol: "BBB", Close: cents(2100), Volume: 1},
			{Date: monday, Symbol: "CCC", Close: cents(3100), Volume: 1},
			{Date: monday, Symbol: "DDD", Close: cents(4400), Volume: 1},
		},
		Levels:  []store.Level{{Index: "RUT", Date: monday, Close: cents(201_000)}},
		Actions: []store.Action{{Symbol: "BBB", ExDate: monday + 1, Kind: model.ActionSplit, New: 2, Old: 1}},
	}
}

// A gyre that runs through the night begins Tuesday with Monday's official
// closes, Tuesday's splits and Tuesday's members, out of a store that a
// synchronization has written to beside it. Without the synchronization it
// begins with the closes that it has seen itself.
func TestANightWithTheStore(t *testing.T) {
	for name, c := range map[string]struct {
		sync    time.Duration         // after Monday's 22:00 closes and index come, and the split a minute later; 0: nothing comes
		returns map[string]num.Return // on Tuesday at 10:00
	}{
		// AAA 11.16 on 11.05, BBB 10.29 on 21.00/2, DDD 44.44 on 44.00.
		"synchronized": {time.Minute, map[string]num.Return{"AAA": basisPoints(t, 1116, 1105), "BBB": basisPoints(t, 1029, 1050), "DDD": basisPoints(t, 4444, 4400)}},
		// AAA 11.16 on the 11.10 that the feed told, BBB on 21.00, as nobody told of
		// the split, DDD 44.44 on 44.40, its last price, as it had no official one.
		"synchronized while it looks": {10*time.Hour - 30*time.Second, map[string]num.Return{"AAA": basisPoints(t, 1116, 1105), "BBB": basisPoints(t, 1029, 1050), "DDD": basisPoints(t, 4444, 4400)}},
		"on its own":                  {0, map[string]num.Return{"AAA": basisPoints(t, 1116, 1110), "BBB": basisPoints(t, 1029, 2100), "DDD": basisPoints(t, 4444, 4440)}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gyre.db")
			write(t, path, first())
			synctest.Test(t, func(t *testing.T) { night(t, path, c.sync, c.returns) })
		})
	}
}

// basisPoints is the return from one price in cents to another.
func basisPoints(t *testing.T, to, from int) num.Return {
	t.Helper()
	r, ok := num.Change(cents(to), cents(from))
	if !ok {
		t.Fatal("no return")
	}
	return r
}

func write(t *testing.T, path string, b store.Batch) {
	t.Helper()
	kept, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = kept.Put(t.Context(), b)
	if err := errors.Join(err, kept.Close()); err != nil {
		t.Fatal(err)
	}
}

func night(t *testing.T, path string, sync time.Duration, returns map[string]num.Return) {
	t.Helper()
	began, start := time.Now(), monday.At(15, 0)
	now := func() time.Time { return start.Add(time.Since(began)) }
	s := &shell{}
	load := func(ctx context.Context) (*model.Reference, error) {
		data, err := s.loadStore(ctx, path)
		if err != nil {
			return nil, err
		}
		return data.Reference, nil
	}
	ref, err := load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tuesday := monday + 1
	vendor := &counter{
		now: now,
		prices: map[session.Date]map[string]num.Price{
			monday:  {"AAA": cents(1100), "BBB": cents(2100), "CCC": cents(3100), "DDD": cents(4440)},
			tuesday: {"AAA": cents(1116), "BBB": cents(1029), "CCC": cents(3131), "DDD": cents(4444)},
		},
		official:       map[session.Date]map[string]num.Price{monday: {"AAA": cents(1110), "BBB": cents(2100), "CCC": cents(3100)}},
		levels:         map[session.Date]num.Price{monday: cents(200_500), tuesday: cents(203_010)},
		officialLevels: map[session.Date]num.Price{monday: cents(201_000)},
	}
	r := &reloading{
		reference: ref, now: now, log: slog.New(slog.DiscardHandler), load: load,
		open: func(ref *model.Reference) (feed.Source, error) {
			return live.NewSource(live.Options{Reference: ref, Identity: live.Identity{Feed: "test", Interval: time.Minute}, Now: now}, live.AdapterFunc(vendor.observe))
		},
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- r.Run(ctx, out) }()
	market := model.NewMarket()
	play := func(until time.Time) *model.Snapshot {
		for end := time.After(until.Sub(now())); ; {
			select {
			case batch := <-out:
				for i := range batch {
					market.Apply(&batch[i])
				}
			case <-end:
				return market.Snapshot(now(), model.Query{Detail: model.DetailMembers})
			}
		}
	}
	before := play(monday.At(15, 30))
	if u := before.Universes[0]; u.Members != 3 || u.Valid != 3 || returnsOf(before)["CCC"] != basisPoints(t, 3100, 3000) {
		t.Errorf("on Monday %d of %d members are valid, with %v", u.Valid, u.Members, returnsOf(before))
	}
	play(monday.At(22, 0))
	if sync > 0 {
		split := synced()
		closes := split
		closes.Actions, split.Closes, split.Levels = nil, nil, nil
		play(now().Add(sync))
		write(t, path, closes)
		play(now().Add(time.Minute))
		write(t, path, split)
	}
	after := play(tuesday.At(10, 0))
	if got := after.Clock.Session.Date; got != tuesday {
		t.Fatalf("the session shown is %s", got)
	}
	got := returnsOf(after)
	for symbol, want := range returns {
		if r, ok := got[symbol]; !ok || r != want {
			t.Errorf("on Tuesday %s has %v, %t; want %v", symbol, r, ok, want)
		}
	}
	if len(got) != len(returns) || after.Universes[0].Members != 3 {
		t.Errorf("on Tuesday the members are %v, want those of %v among 3: the list is the new one", got, returns)
	}
	if x := after.Indices[0]; x.PrevClose.String() != "2010.00" || x.Returns[session.Day].String() != "1.00" {
		t.Errorf("the index stands %s on %s", x.Returns[session.Day], x.PrevClose)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}

// returnsOf are the returns of the day of the members that have one.
func returnsOf(s *model.Snapshot) map[string]num.Return {
	all := map[string]num.Return{}
	for i := range s.Members {
		if m := &s.Members[i]; m.HasReturn[session.Day] {
			all[m.Symbol] = m.Return[session.Day]
		}
	}
	return all
}
