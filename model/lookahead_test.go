package model

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// full is a messy reference with every kind of row that becomes known in time:
// events with revisions, forecast ranges, quoted rates, and spreads of its own.
func full(tb testing.TB) *Reference {
	tb.Helper()
	ref := messy(tb)
	for d := date(tb, "2025-03-01"); d < date(tb, "2025-04-10"); d++ {
		ref.Events = append(ref.Events, Event{
			At: d.At(8, 30), Title: "Release", Consensus: "1.0", Previous: "0.9", Revised: "0.8", Actual: "1.1", KnownAt: d.At(8, 30),
		})
		ref.Spreads = append(ref.Spreads, SpreadPoint{Date: d, Axis: AxisLeverage, Universe: "RUT", Sessions: 5, Spread: num.Return(d)})
	}
	for i, known := range []string{"2025-03-14 09:00:00", "2025-03-21 09:00:00", "2025-03-28 09:00:00"} {
		low := num.Price(1900+100*i) * num.PriceScale
		ref.Ranges = append(ref.Ranges, Range{Symbol: "RUT", Low: low, High: low + 90*num.PriceScale, Source: "desk", KnownAt: at(tb, known)})
		ref.Rates = append(ref.Rates, RateQuote{KnownAt: at(tb, known), CutsPriced: string(rune('1' + i)), Year: 2025, Source: "desk"})
	}
	return ref
}

// knownBy is a reference without the rows that become known after t.
func knownBy(ref *Reference, t time.Time) *Reference {
	cut := *ref
	cal := ref.Calendar
	closed := func(d session.Date) bool {
		s, ok := cal.On(d)
		return ok && !s.Closes.After(t)
	}
	opened := func(d session.Date) bool { return d <= session.DateOf(t) && !d.At(9, 30).After(t) }
	cut.Shares = slices.DeleteFunc(slices.Clone(ref.Shares), func(s ShareCount) bool { return s.KnownAt.After(t) })
	cut.Facts = slices.DeleteFunc(slices.Clone(ref.Facts), func(f Facts) bool { return f.KnownAt.After(t) })
	cut.Actions = slices.DeleteFunc(slices.Clone(ref.Actions), func(a Action) bool { return !opened(a.ExDate) })
	cut.Closes = slices.DeleteFunc(slices.Clone(ref.Closes), func(c CloseColumn) bool { return !closed(c.Date) })
	cut.Ranges = slices.DeleteFunc(slices.Clone(ref.Ranges), func(r Range) bool { return r.KnownAt.After(t) })
	cut.Rates = slices.DeleteFunc(slices.Clone(ref.Rates), func(r RateQuote) bool { return r.KnownAt.After(t) })
	cut.Spreads = slices.DeleteFunc(slices.Clone(ref.Spreads), func(s SpreadPoint) bool { return !closed(s.Date) })
	cut.Members = slices.DeleteFunc(slices.Clone(ref.Members), func(m Membership) bool { return m.From != 0 && !opened(m.From) })
	for i := range cut.Members {
		if m := &cut.Members[i]; m.To != 0 && !opened(m.To) {
			m.To = 0
		}
	}
	cut.Indices = slices.Clone(ref.Indices)
	for i := range cut.Indices {
		cut.Indices[i].Days = slices.DeleteFunc(slices.Clone(ref.Indices[i].Days), func(d IndexDay) bool { return !closed(d.Date) })
	}
	cut.Events = slices.Clone(ref.Events)
	for i := range cut.Events {
		if e := &cut.Events[i]; e.KnownAt.After(t) {
			e.Actual, e.Revised = "", ""
		}
	}
	return &cut
}

// Nothing that becomes known after the clock is read: without it the snapshot
// is the same, byte for byte, at any moment and for any query.
func TestNoLookAhead(t *testing.T) {
	ref := full(t)
	for _, moment := range []string{
		"2025-03-14 16:00:00", "2025-03-17 08:00:00", "2025-03-20 10:07:00", "2025-03-24 09:30:00", "2025-03-24 16:30:00",
		"2025-03-25 12:00:00", "2025-03-26 09:29:59", "2025-03-26 09:30:00", "2025-03-27 15:59:59", "2025-03-28 12:00:00", "2025-03-29 10:00:00",
	} {
		now := at(t, moment)
		full, cut := start(ref), start(knownBy(ref, now))
		for _, m := range []*Market{full, cut} {
			printSome(t, m, ref, now)
			heartbeat(m, now)
		}
		for _, q := range []Query{{}, {Rank: RankMonth}, {Rank: RankRecon, Financials: true}, {Rank: RankNow}} {
			a, b := full.Snapshot(now, q), cut.Snapshot(now, q)
			if x, y := encoded(t, a), encoded(t, b); x != y {
				t.Fatalf("at %s with %+v the snapshot knows the future:\n%s\nwithout it:\n%s", moment, q, x, y)
			}
			if lines(a) != lines(b) {
				t.Fatalf("at %s with %+v the charts know the future", moment, q)
			}
		}
	}
}

// printSome plays a moment of the session that runs at now, if one does.
func printSome(t *testing.T, m *Market, ref *Reference, now time.Time) {
	t.Helper()
	s, ok := ref.Calendar.Started(now)
	if !ok || !now.Before(s.Closes) {
		return
	}
	random := rand.New(rand.NewPCG(uint64(s.Date), 9))
	before, _ := ref.Calendar.Before(s.Date)
	for id := range ref.Instruments {
		if p := closeOf(t, ref, ID(id), before.Date.String()); p > 0 && random.IntN(5) > 0 {
			bar(m, ID(id), now, p+p/1000*num.Price(random.IntN(41)-20))
		}
	}
	m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: now, Price: closeOfIndex(ref, before.Date)})
}

func closeOfIndex(ref *Reference, d session.Date) num.Price {
	for _, day := range ref.Indices[0].Days {
		if day.Date == d {
			return day.Close
		}
	}
	return 0
}

// The test above can fail: a reference that lacks a row which is known already
// gives another snapshot.
func TestWhatIsKnownIsRead(t *testing.T) {
	ref := full(t)
	now := at(t, "2025-03-28 12:00:00")
	picture := func(r *Reference) string {
		m := start(r)
		printSome(t, m, ref, now)
		heartbeat(m, now)
		return encoded(t, m.Snapshot(now, Query{}))
	}
	want := picture(ref)
	for name, drop := range map[string]func(r *Reference){
		"a close":  func(r *Reference) { r.Closes = r.Closes[:len(r.Closes)-2] },
		"a count":  func(r *Reference) { r.Shares = r.Shares[1:] },
		"a filing": func(r *Reference) { r.Facts = r.Facts[3:] },
		"a split":  func(r *Reference) { r.Actions = r.Actions[2:] },
		"a range":  func(r *Reference) { r.Ranges = r.Ranges[:2] },
		"a quote":  func(r *Reference) { r.Rates = r.Rates[:2] },
		"an event": func(r *Reference) { r.Events = r.Events[1:] },
		"a day":    func(r *Reference) { r.Indices[0].Days = r.Indices[0].Days[:68] },
		"a member": func(r *Reference) { r.Members = r.Members[1:] },
	} {
		r := *ref
		r.Indices = slices.Clone(ref.Indices)
		drop(&r)
		if picture(&r) == want {
			t.Errorf("without %s the snapshot is the same", name)
		}
	}
}
