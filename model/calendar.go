package model

import (
	"slices"
	"time"
)

// calendarAt is the calendar as it is known at now, ascending by time: rows
// that are listed by then, with actuals and revisions only once they are known.
func calendarAt(events []Event, now time.Time) []CalendarEntry {
	entries := make([]CalendarEntry, 0, len(events))
	for _, e := range events {
		if e.Listed.After(now) {
			continue
		}
		entry := CalendarEntry{Event: e, Past: !e.At.After(now)}
		known := e.KnownAt
		if known.IsZero() {
			known = e.At
		}
		if known.After(now) {
			entry.Actual, entry.Revised = "", ""
		}
		entry.Released = entry.Actual != ""
		if entry.Released {
			entry.Surprise, entry.Unit = surprise(entry.Actual, entry.Consensus)
		}
		entries = append(entries, entry)
	}
	slices.SortStableFunc(entries, func(a, b CalendarEntry) int { return a.At.Compare(b.At) })
	return entries
}
