package model

import (
	"cmp"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// sweepEvents tells n headlines of a day at one instant, as a vendor's sweep does.
func sweepEvents(m *Market, at time.Time, n int) {
	for i := range n {
		e := Event{At: at.Add(time.Duration(i%3600) * time.Second), Title: "headline " + strconv.Itoa(i), Importance: 1}
		m.Apply(&Update{Kind: KindEvent, At: at, Payload: &e})
	}
}

// sweepActions tells n dividends of the day at one instant, for all names in turn.
func sweepActions(m *Market, at time.Time, n int) {
	for i := range n {
		a := Action{ID: ID(i % len(m.names)), ExDate: session.DateOf(at), Kind: ActionSpecial, Amount: num.Price(1 + i)}
		m.Apply(&Update{Kind: KindAction, ID: a.ID, At: at, Payload: &a})
	}
}

// sweeps are what comes by the thousand at one instant.
func sweeps() map[string]func(m *Market, at time.Time, n int) {
	return map[string]func(m *Market, at time.Time, n int){"events": sweepEvents, "actions": sweepActions}
}

// Four times as many rows take about four times as much, not sixteen times.
func TestASweepCostsAsMuchAsItIsLong(t *testing.T) {
	for name, sweep := range sweeps() {
		t.Run(name, func(t *testing.T) {
			cost := func(n int) uint64 {
				f := onFriday(t)
				f.prints("09:30:00", ids(0, 119), 0)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				sweep(f.Market, f.at("10:00:00"), n)
				f.told("10:00:00")
				runtime.ReadMemStats(&after)
				return after.TotalAlloc - before.TotalAlloc
			}
			const each = 8 << 10 // bytes; the bases of all names take ten times that
			if few, many := cost(1000), cost(4000); many > 7*few || many > 4000*each {
				t.Errorf("1000 rows take %d bytes, 4000 take %d", few, many)
			}
		})
	}
}

func BenchmarkSweep(b *testing.B) {
	for name, sweep := range sweeps() {
		for _, n := range []int{1000, 10_000} {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				ref, open := fridayWorld().reference(b), at(b, "2025-03-28 10:00:00")
				for b.Loop() {
					m := start(ref)
					heartbeat(m, open)
					sweep(m, open, n)
					m.Snapshot(open, Query{})
				}
			})
		}
	}
}

// Whether somebody looks after every row or after all of them, the calendar and
// every base are the same in the end; and a row told again replaces the first.
func TestASweepIsWhatItsRowsAreOneByOne(t *testing.T) {
	ref := fridayWorld().reference(t)
	rapid.Check(t, func(rt *rapid.T) {
		open := at(t, "2025-03-28 10:00:00")
		world := *ref
		world.Events = []Event{{At: open, Title: "c", Actual: "1"}, {At: open.Add(time.Hour), Title: "a"}}
		once, often := start(&world), start(&world)
		for _, m := range []*Market{once, often} {
			for id := range ID(120) {
				bar(m, id, open.Add(-time.Minute), closeOf(t, ref, id, "2025-03-27"))
			}
			heartbeat(m, open)
		}
		want := map[string]Event{}
		key := func(e *Event) string { return e.At.String() + e.Title }
		for i := range world.Events {
			want[key(&world.Events[i])] = world.Events[i]
		}
		for range rapid.IntRange(1, 30).Draw(rt, "rows") {
			u := Update{Kind: KindEvent, At: open}
			if rapid.Bool().Draw(rt, "event") {
				e := Event{
					At:     open.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "hour")) * time.Hour),
					Title:  rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "title"),
					Source: rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "source"),
				}
				want[key(&e)] = e
				u.Payload = &e
			} else {
				id := ID(rapid.IntRange(0, 5).Draw(rt, "id"))
				u.Kind, u.ID = KindAction, id
				u.Payload = &Action{
					ID: id, ExDate: session.DateOf(open), Kind: ActionSpecial, Amount: num.Price(rapid.IntRange(1, 500_000).Draw(rt, "amount")),
				}
			}
			once.Apply(&u)
			often.Apply(&u)
			often.Snapshot(open, Query{})
		}
		late := open.Add(time.Second)
		heartbeat(once, late)
		heartbeat(often, late)
		got, same := once.Snapshot(late, Query{}), often.Snapshot(late, Query{})
		if !slices.Equal(got.Calendar, same.Calendar) || !slices.EqualFunc(once.names, often.names, func(a, b name) bool { return a.bases == b.bases && a.ret == b.ret && a.last == b.last }) {
			rt.Fatalf("all at once: %+v\none by one: %+v", got.Calendar, same.Calendar)
		}
		checkSums(rt, once, "after the sweep")
		if len(got.Calendar) != len(want) {
			rt.Fatalf("%d events, want %d", len(got.Calendar), len(want))
		}
		for i := range got.Calendar {
			if e := got.Calendar[i].Event; e != want[key(&e)] {
				rt.Fatalf("%+v, want %+v", e, want[key(&e)])
			}
		}
		if !slices.IsSortedFunc(got.Calendar, func(a, b CalendarEntry) int { return a.At.Compare(b.At) }) {
			rt.Fatal("the calendar is not in the order of time")
		}
	})
}

// What was learned counts for the very next quote, though nobody has looked.
func TestALearnedSplitCountsForTheNextQuote(t *testing.T) {
	t.Parallel()
	f := onFriday(t)
	f.prints("09:30:00", ids(0, 119), 0)
	f.Apply(&Update{Kind: KindAction, At: f.at("10:00:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}})
	bar(f.Market, 3, f.at("10:00:00"), f.last(3)/2)
	if got := f.names[3].ret[session.Day]; got > 1000 || got < -1000 {
		t.Errorf("at half the price after a split of two the return is %v", got.Float())
	}
}

// Thousands of headlines in a day take no more memory than a few hundred, and
// what matters most keeps its place among them.
func TestPricesAreKeptForSoManyInstantsOnly(t *testing.T) {
	t.Parallel()
	const ten = "2025-03-28 10:00:00"
	f := onFriday(t)
	for i := range 5000 {
		f.ref.Events = append(f.ref.Events, Event{At: f.at("09:31:00").Add(time.Duration(i) * time.Second), Title: strconv.Itoa(i), Importance: 1})
	}
	f.ref.Events = append(f.ref.Events, Event{At: f.at("10:00:00"), Title: ten, Importance: 3})
	slices.SortStableFunc(f.ref.Events, func(a, b Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(b.Importance, a.Importance)) })
	f.Market = start(f.ref)
	f.prints("09:30:00", ids(0, 119), 0)
	sweepEvents(f.Market, f.at("09:30:01"), 5000)
	f.prints("10:15:00", smallestOf(), 5)
	s := f.told("16:00:00")
	if n := len(f.today.fixings); n > maxFixings {
		t.Errorf("prices are kept for %d instants", n)
	}
	if got := reactionOf(t, s, ten); got.Change.String() != "0.50" {
		t.Errorf("after what matters most the spread did %q", got.Change)
	}
	watched := 0
	for i := range s.Calendar {
		if s.Calendar[i].Reaction.Change.Known() {
			watched++
		}
	}
	if watched < maxFixings/4 || watched > 4*maxFixings {
		t.Errorf("what the spread did is told of %d events", watched)
	}
}
