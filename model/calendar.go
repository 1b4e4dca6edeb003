package model

import (
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
	Change   num.Figure // percentage points, of the names priced at both ends; not known before To, or where From was not watched
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
