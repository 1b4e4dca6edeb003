package model

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// onFridayWith is a market on Friday 28 March 2025 that knows of events at
// instants of New York.
func onFridayWith(t *testing.T, instants ...string) floor {
	t.Helper()
	ref := fridayWorld().reference(t)
	for _, text := range instants {
		ref.Events = append(ref.Events, Event{At: at(t, text), Title: text})
	}
	return floor{Market: start(ref), t: t, ref: ref}
}

// smallestOf is the fourth quarter of the world, largestOf the first one.
func smallestOf() []ID { return ids(60, 79) }
func largestOf() []ID  { return ids(0, 19) }

// prints puts names so many thousandths above Thursday's close.
func (f floor) prints(clock string, names []ID, thousandths num.Price) {
	f.t.Helper()
	for _, id := range names {
		bar(f.Market, id, f.at(clock), f.last(id)+f.last(id)/1000*thousandths)
	}
}

// told is what is shown once everything up to a moment has been told.
func (f floor) told(clock string) *Snapshot {
	f.t.Helper()
	heartbeat(f.Market, f.at(clock))
	return f.Snapshot(f.at(clock), Query{})
}

// reactionOf is what is known of an event's half hour.
func reactionOf(t *testing.T, s *Snapshot, title string) Reaction {
	t.Helper()
	i := slices.IndexFunc(s.Calendar, func(e CalendarEntry) bool { return e.Title == title })
	if i < 0 {
		t.Fatalf("there is no event %q", title)
	}
	return s.Calendar[i].Reaction
}

// The small names are at +0.5 % at ten, +0.8 % ten seconds later, +0.2 % at
// half past and +1.2 % at the close; the large ones do not move but for 0.1 %
// at half past ten.
func TestWhatTheSpreadDidAfterEvents(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]struct {
		from, to, change string
		atOpen           bool
	}{
		"2025-03-27 15:59:59": {}, // of the session before
		"2025-03-27 16:00:00": {"09:30:30", "10:00:00", "0.50", true},
		"2025-03-28 08:30:00": {"09:30:30", "10:00:00", "0.50", true},
		"2025-03-28 09:30:00": {"09:30:30", "10:00:00", "0.50", true},
		"2025-03-28 09:30:01": {"09:30:01", "10:00:01", "0.50", false},
		"2025-03-28 10:00:00": {"10:00:00", "10:30:00", "-0.40", false},
		"2025-03-28 10:00:10": {"10:00:10", "10:30:10", "-0.70", false},
		"2025-03-28 11:17:42": {"11:17:42", "11:47:42", "0.00", false},
		"2025-03-28 15:50:00": {"15:50:00", "16:00:00", "1.00", false},
		"2025-03-28 16:00:00": {}, // of the session after
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			f := onFridayWith(t, title)
			f.prints("09:30:00", ids(0, 119), 0)
			f.prints("10:00:00", smallestOf(), 5)
			f.prints("10:00:10", smallestOf(), 8)
			f.prints("10:30:00", smallestOf(), 2)
			f.prints("10:30:00", largestOf(), 1)
			f.prints("16:00:00", smallestOf(), 12)
			got := reactionOf(t, f.told("16:00:00"), title)
			if want.to == "" {
				if got != (Reaction{}) {
					t.Errorf("%+v of another session", got)
				}
				return
			}
			if !got.From.Equal(f.at(want.from)) || !got.To.Equal(f.at(want.to)) || got.Change.String() != want.change || got.AtOpen != want.atOpen {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

func TestReactionsThatAreNotKnown(t *testing.T) {
	t.Parallel()
	const ten = "2025-03-28 10:00:00"
	all := ids(0, 119)
	for name, c := range map[string]struct {
		play  func(f floor)
		until string
		want  string
	}{
		"the half hour is not over": {func(f floor) { f.prints("09:30:00", all, 0) }, "10:29:59", ""},
		"it is just over":           {func(f floor) { f.prints("09:30:00", all, 0) }, "10:30:00", "0.00"},
		"a third of the small names have a price": {func(f floor) {
			f.prints("09:30:00", ids(0, 66), 0)
			f.prints("10:15:00", ids(60, 66), 3)
		}, "11:00:00", "0.30"},
		"less than a third of them have one": {func(f floor) {
			f.prints("09:30:00", ids(0, 65), 0)
			f.prints("10:15:00", all, 3)
		}, "11:00:00", ""},
		"the watch began after the event":       {func(f floor) { f.prints("10:00:01", all, 0) }, "11:00:00", ""},
		"the watch began at the very instant":   {func(f floor) { f.prints("10:00:00", all, 0) }, "11:00:00", "0.00"},
		"nothing was told but the day's closes": {func(floor) {}, "16:00:00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := onFridayWith(t, ten)
			c.play(f)
			if got := reactionOf(t, f.told(c.until), ten); got.Change.String() != c.want || got.From.IsZero() {
				t.Errorf("%+v, want %q", got, c.want)
			}
		})
	}
}

// A name that prints for the first time within the half hour would move the
// means without anything having happened to the others.
func TestOnlyNamesPricedAtBothEndsCount(t *testing.T) {
	t.Parallel()
	const ten = "2025-03-28 10:00:00"
	f := onFridayWith(t, ten)
	f.prints("09:30:00", ids(0, 74), 0)
	f.prints("10:20:00", ids(75, 79), 40)
	if got := reactionOf(t, f.told("10:30:00"), ten); got.Change.String() != "0.00" {
		t.Errorf("names that were late to print moved the spread by %s", got.Change)
	}
}

func TestReactionToAnEventToldInTheSession(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]string{"10:00:00": "0.50", "10:00:01": ""} {
		f := onFridayWith(t)
		f.prints("09:30:00", ids(0, 119), 0)
		f.Apply(&Update{Kind: KindEvent, At: f.at(told), Payload: &Event{At: f.at("10:00:00"), Title: "tariffs"}})
		f.prints("10:10:00", smallestOf(), 5)
		if got := reactionOf(t, f.told("11:00:00"), "tariffs"); got.Change.String() != want {
			t.Errorf("told at %s it is %q, want %q", told, got.Change, want)
		}
	}
}

func TestTheNextSessionForgetsReactions(t *testing.T) {
	t.Parallel()
	const ten = "2025-03-28 10:00:00"
	f := onFridayWith(t, ten)
	f.prints("09:30:00", ids(0, 119), 0)
	heartbeat(f.Market, f.at("16:00:00"))
	monday := at(t, "2025-03-31 09:30:00")
	before := f.Snapshot(monday.Add(-time.Second), Query{})
	if got := reactionOf(t, before, ten); !got.Change.Known() {
		t.Errorf("it is gone while Friday is still shown: %+v", got)
	}
	heartbeat(f.Market, monday)
	if got := reactionOf(t, f.Snapshot(monday, Query{}), ten); got != (Reaction{}) {
		t.Errorf("Monday shows %+v", got)
	}
}

// quoted is a price of a name at an instant.
type quoted struct {
	id    ID
	at    time.Time
	price num.Price
}

// bruteReaction adds up, in fractions, what the names that have a price at both
// instants have done in between.
func bruteReaction(f floor, prints []quoted, from, to time.Time) *big.Rat {
	mean := func(names []ID) *big.Rat {
		sum := new(big.Rat)
		for _, id := range names {
			var ends [2]num.Price
			for i, until := range []time.Time{from, to} {
				for _, p := range prints {
					if p.id == id && !p.at.After(until) {
						ends[i] = p.price
					}
				}
			}
			sum.Add(sum, big.NewRat(int64(ends[1]-ends[0]), int64(f.last(id))))
		}
		return sum.Quo(sum, big.NewRat(int64(len(names)), 1))
	}
	return new(big.Rat).Sub(mean(smallestOf()), mean(largestOf()))
}

// Whatever trades, and however often somebody looks or the source is heard, the
// reaction is what the prices at both ends say.
func TestReactionsAreThoseOfThePrices(t *testing.T) {
	ref := fridayWorld().reference(t)
	rapid.Check(t, func(rt *rapid.T) {
		second := func(name string) time.Time {
			return session.NewDate(2025, time.March, 28).At(9, 30).Add(time.Duration(rapid.IntRange(1, 6*3600).Draw(rt, name)) * time.Second)
		}
		event := second("event")
		world := *ref
		world.Events = []Event{{At: event, Title: "event"}}
		f := floor{Market: start(&world), t: t, ref: ref}
		var prints []quoted
		for _, id := range ids(0, 79) {
			prints = append(prints, quoted{id, f.at("09:30:00"), f.last(id)})
		}
		for range rapid.IntRange(0, 60).Draw(rt, "prints") {
			id := rapid.SampledFrom(slices.Concat(smallestOf(), largestOf())).Draw(rt, "id")
			percent := num.Price(rapid.IntRange(-20, 20).Draw(rt, "percent"))
			prints = append(prints, quoted{id, second("print"), f.off(id, percent)})
		}
		slices.SortStableFunc(prints, func(a, b quoted) int { return a.at.Compare(b.at) })
		for _, p := range prints {
			switch rapid.IntRange(0, 3).Draw(rt, "before") {
			case 0:
				heartbeat(f.Market, p.at.Add(-1)) // all before it has been told
			case 1:
				f.Snapshot(p.at.Add(-1), Query{Only: session.WindowSetOf(session.Day)})
			}
			bar(f.Market, p.id, p.at, p.price)
		}
		got := reactionOf(t, f.told("16:00:00"), "event")
		want := bruteReaction(f, prints, got.From, got.To)
		// A hundredth of a point: what is rounded for print, and each return once.
		away := new(big.Rat).Sub(new(big.Rat).Mul(want, big.NewRat(100, 1)), got.Change.Decimal().Rat())
		if away.Abs(away).Cmp(big.NewRat(5001, 1_000_000)) > 0 {
			rt.Fatalf("%s from %s to %s, want %s", got.Change, got.From, got.To, want.FloatString(6))
		}
	})
}
