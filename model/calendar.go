package model

import (
	"cmp"
	"slices"
	"time"

	"gyre/model/num"
)

// CalendarEntry is an event as it is known at the snapshot.
type CalendarEntry struct {
	Event               // Actual and Revised are empty until known
	Past     bool       // its time has come
	Released bool       // the actual is known
	Surprise num.Figure // actual - consensus in the consensus' own unit, where both are plain numbers
	Unit     string     // "%", "k", "M", "bn" …
	// Sigmas is the surprise in sample standard deviations of the earlier ones of
	// the same release, two decimals; not known where these are fewer than
	// LeastSurprises. Surprises is how many there were when this one came out.
	Sigmas    num.Figure
	Surprises int
	Reaction  Reaction // what the size spread did after it; zero unless it is past and of the session shown
}

// Reaction is what the size spread of the day (mean, ranked at the base) did in
// the half hour after an event. It is known of the session shown alone: what is
// known of a moment must not depend on how long one has been watching.
type Reaction struct {
	From, To time.Time  // To comes sooner where the session ends; both are in it
	AtOpen   bool       // the market was closed when the event came: From is half a minute after the open
	Change   num.Figure // percentage points, of the names priced at both ends; not known before To, where From was not watched, or where there were too many events to watch
}

// agenda is the events of a reference, with those that were learned since.
type agenda struct {
	given  int     // how many of the rows are the reference's
	rows   []Event // those that were learned come in the order in which they did
	place  map[occasion]int
	worked []scheduled // by time; nil where it has to be worked out anew
}

// occasion is what makes an event itself, whatever else is said of it.
type occasion struct {
	second int64 // Unix time
	nano   int
	title  string
}

func occasionOf(e *Event) occasion { return occasion{e.At.Unix(), e.At.Nanosecond(), e.Title} }

func newAgenda(events []Event) *agenda {
	return &agenda{given: len(events), rows: events, worked: schedule(events)}
}

// put adds an event, or replaces the one of the same time and title. The
// calendar is put in order once it is asked for, as events come by the thousand.
func (a *agenda) put(e Event) {
	if a.place == nil {
		a.rows = slices.Clone(a.rows) // the reference stays as it is
		a.place = make(map[occasion]int, len(a.rows))
		for i := range slices.Backward(a.rows) { // the first of two that are alike counts
			a.place[occasionOf(&a.rows[i])] = i
		}
	}
	a.worked = nil
	key := occasionOf(&e)
	if i, known := a.place[key]; known {
		a.rows[i] = e
		return
	}
	a.place[key] = len(a.rows)
	a.rows = append(a.rows, e)
}

// schedule is the events by time, in whatever order they were learned.
func (a *agenda) schedule() []scheduled {
	if a.worked == nil {
		a.worked = schedule(a.merged())
	}
	return a.worked
}

// merged puts every event that was learned behind those that are not above it
// by time and title. Those of the reference keep their order.
func (a *agenda) merged() []Event {
	order := func(x, y Event) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Title, y.Title)) }
	given, learned := slices.Clone(a.rows[:a.given]), slices.Clone(a.rows[a.given:])
	slices.SortStableFunc(given, func(x, y Event) int { return x.At.Compare(y.At) })
	slices.SortFunc(learned, order)
	all := make([]Event, 0, len(a.rows)) // backwards
	for _, e := range slices.Backward(learned) {
		for len(given) > 0 && order(given[len(given)-1], e) > 0 {
			all = append(all, given[len(given)-1])
			given = given[:len(given)-1]
		}
		all = append(all, e)
	}
	slices.Reverse(all)
	return append(given, all...)
}

// scheduled is an event with what it comes to once its figure is out.
type scheduled struct {
	Event
	out       time.Time // from when the figure is known
	surprise  num.Figure
	unit      string
	sigmas    num.Figure
	surprises int
}

// schedule puts events in the order of their time and works out what their
// figures come to. Each is compared with what was known before it alone, so that
// nothing changes when more comes out.
func schedule(events []Event) []scheduled {
	all := make([]scheduled, len(events))
	for i, e := range events {
		all[i] = scheduled{Event: e, out: e.KnownAt}
		if e.KnownAt.IsZero() {
			all[i].out = e.At
		}
		if e.Actual != "" {
			all[i].surprise, all[i].unit = surprise(e.Actual, e.Consensus)
		}
	}
	slices.SortStableFunc(all, func(a, b scheduled) int { return a.At.Compare(b.At) })
	scoreSurprises(all)
	return all
}

// calendarAt is the calendar as it is known at now, ascending by time: rows
// that are listed by then, with actuals and revisions only once they are known.
func calendarAt(events []scheduled, now time.Time) []CalendarEntry {
	entries := make([]CalendarEntry, 0, len(events))
	for i := range events {
		e := &events[i]
		if e.Listed.After(now) {
			continue
		}
		entry := CalendarEntry{Event: e.Event, Past: !e.At.After(now)}
		if e.out.After(now) {
			entry.Actual, entry.Revised = "", ""
		}
		entry.Released = entry.Actual != ""
		if entry.Released {
			entry.Surprise, entry.Unit = e.surprise, e.unit
			entry.Sigmas, entry.Surprises = e.sigmas, e.surprises
		}
		entries = append(entries, entry)
	}
	return entries
}
