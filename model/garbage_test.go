package model

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// anyUpdate is an update of any kind with anything in it.
func anyUpdate(t *rapid.T) Update {
	ids := rapid.OneOf(rapid.Int32Range(-2, 130), rapid.Int32())
	prices := rapid.OneOf(rapid.Int64Range(1_000_000, 200_000_000), rapid.Int64Range(-5, 5), rapid.Int64())
	u := Update{
		Kind:   Kind(rapid.IntRange(0, 16).Draw(t, "kind")),
		Flags:  Flags(rapid.Uint8().Draw(t, "flags")),
		ID:     ID(ids.Draw(t, "id")),
		At:     anyTime(t),
		Price:  num.Price(prices.Draw(t, "price")),
		Volume: rapid.Int64().Draw(t, "volume"),
		Text:   rapid.String().Draw(t, "text"),
	}
	day := session.Date(rapid.Int32Range(20_100, 20_200).Draw(t, "date"))
	switch rapid.IntRange(0, 12).Draw(t, "payload") {
	case 0:
		u.Payload = &Correction{Price: u.Price / 2}
	case 1:
		u.Payload = &Action{ID: ID(ids.Draw(t, "action id")), ExDate: day, Kind: ActionKind(rapid.Uint8Range(0, 8).Draw(t, "action")), New: u.Volume, Old: int64(u.Price), Amount: u.Price}
	case 2:
		u.Payload = &ShareCount{ID: u.ID, KnownAt: u.At, Shares: u.Volume}
	case 3:
		u.Payload = &Facts{ID: u.ID, KnownAt: u.At, Debt: Amount{num.Dollars(u.Volume), true}, Cash: Amount{num.Dollars(u.Price), true}}
	case 4:
		u.Payload = &Event{At: u.At, Title: u.Text, Consensus: u.Text, Actual: "1.0"}
	case 5:
		u.Payload = &Health{State: FeedPhase(rapid.Uint8().Draw(t, "state")), Problem: u.Text}
	case 6:
		u.Payload = &FedFunds{}
	case 7:
		u.Payload = (*Reset)(nil)
	}
	return u
}

// anyTime is mostly a moment of the last week of March 2025, and sometimes one
// that no clock has ever shown.
func anyTime(t *rapid.T) time.Time {
	if rapid.IntRange(0, 30).Draw(t, "odd") == 0 {
		return rapid.SampledFrom([]time.Time{{}, time.Unix(0, 0), time.Unix(math.MaxInt32, 0), time.Unix(-1<<60, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}).Draw(t, "time")
	}
	minutes := rapid.IntRange(0, 6*24*60).Draw(t, "minutes")
	return time.Date(2025, 3, 24, 4, 0, 0, 0, session.Zone()).Add(time.Duration(minutes) * time.Minute)
}

// Whatever is applied, and whenever one looks: no panic, and counts that add up.
func TestGarbage(t *testing.T) {
	ref := fridayWorld().reference(t)
	rapid.Check(t, func(t *rapid.T) {
		m := start(ref)
		for range rapid.IntRange(1, 60).Draw(t, "n") {
			u := anyUpdate(t)
			m.Apply(&u)
			if rapid.IntRange(0, 20).Draw(t, "look") == 0 {
				checkCounts(t, m.Snapshot(anyTime(t), Query{Rank: RankPolicy(rapid.Uint8Range(0, 5).Draw(t, "rank")), Financials: u.Volume > 0}))
			}
		}
	})
}

// checkCounts fails if the counts of a snapshot cannot be.
func checkCounts(t *rapid.T, s *Snapshot) {
	t.Helper()
	for _, b := range s.Size.Buckets {
		for _, g := range b.Groups {
			if g.N < 0 || g.Invalid < 0 || g.Stale < 0 || g.Halted < 0 || g.Stale+g.Halted > g.N {
				t.Fatalf("a group of %+v", g)
			}
		}
	}
	for _, u := range s.Universes {
		if u.Valid+u.Invalid != u.Members || u.Stale+u.Halted > u.Valid {
			t.Fatalf("a coverage of %+v", u)
		}
	}
	if s.Quality.Rejected < 0 || s.Quality.Late < 0 || s.Feed.Age < 0 {
		t.Fatalf("a quality of %+v, an age of %s", s.Quality, s.Feed.Age)
	}
}

// A reference may be as broken as updates: rows about nothing, out of order,
// out of range.
func TestGarbageReferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		ids := rapid.Int32Range(-3, 35)
		numbers := rapid.OneOf(rapid.Int64Range(-10, 10_000_000), rapid.Int64())
		days := rapid.Int32Range(20_090, 20_180)
		ref := &Reference{}
		for range n {
			ref.Instruments = append(ref.Instruments, Instrument{ShareClassOf: ID(ids.Draw(t, "primary"))})
		}
		for range rapid.IntRange(0, 60).Draw(t, "rows") {
			id, d, v := ID(ids.Draw(t, "id")), session.Date(days.Draw(t, "date")), numbers.Draw(t, "value")
			index := rapid.SampledFrom([]string{"RUT", "RMICRO", "SPX", ""}).Draw(t, "index")
			ref.Members = append(ref.Members, Membership{Index: index, ID: id, From: d, To: session.Date(days.Draw(t, "to")), Quantity: v})
			ref.Shares = append(ref.Shares, ShareCount{ID: id, KnownAt: d.Time(), Shares: v})
			ref.Facts = append(ref.Facts, Facts{ID: id, KnownAt: d.Time(), Debt: Amount{num.Dollars(v), v%2 == 0}})
			ref.Actions = append(ref.Actions, Action{ID: id, ExDate: d, Kind: ActionKind(uint64(v) % 8), New: v, Old: v / 2, Amount: num.Price(v)})
			ref.Spreads = append(ref.Spreads, SpreadPoint{Date: d, Axis: Axis(uint64(v) % 3), Universe: index, Sessions: int(v), Spread: num.Return(v)})
			ref.Ranges = append(ref.Ranges, Range{Symbol: index, Low: num.Price(v), High: num.Price(-v), KnownAt: d.Time()})
			column := CloseColumn{Date: d, Price: make([]num.Price, uint64(v)%40)}
			for i := range column.Price {
				column.Price[i] = num.Price(numbers.Draw(t, "close"))
			}
			ref.Closes = append(ref.Closes, column)
			ref.Indices = append(ref.Indices, IndexSeries{Symbol: index, Days: []IndexDay{{Date: d, Close: num.Price(v)}, {Date: d - 1, Close: num.Price(v / 2)}}})
		}
		m := start(ref)
		for _, moment := range []string{"2025-03-25 12:00:00", "2025-03-28 16:00:00", "2025-03-31 09:31:00"} {
			now, _ := time.ParseInLocation("2006-01-02 15:04:05", moment, session.Zone())
			for id := range ID(n) {
				bar(m, id, now, num.Price(numbers.Draw(t, "price")))
			}
			heartbeat(m, now)
			checkCounts(t, m.Snapshot(now, Query{Rank: RankPolicy(n % 4), Financials: n%2 == 0}))
		}
	})
}
