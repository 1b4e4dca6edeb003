package model

import (
	"testing"
	"time"
)

// Data that come a quarter of an hour late, as they are declared to, are
// neither stale nor do they make names stale.
func TestDeclaredDelayIsNoAge(t *testing.T) {
	const delay = 15 * time.Minute
	data := at(t, "2025-03-28 11:00:00") // the newest there is at 11:15
	for name, c := range map[string]struct {
		declared time.Duration
		now      time.Time
		age      time.Duration
		phase    FeedPhase
		stale    int
	}{
		"at its time":            {delay, data.Add(delay), 0, FeedOK, 0},
		"earlier than declared":  {delay, data.Add(delay - time.Minute), 0, FeedOK, 0},
		"a little later":         {delay, data.Add(delay + time.Minute), time.Minute, FeedOK, 0},
		"too late":               {delay, data.Add(delay + 4*time.Minute), 4 * time.Minute, FeedStale, 0},
		"a name much too late":   {delay, data.Add(delay + 16*time.Minute), 16 * time.Minute, FeedStale, 1},
		"the same without delay": {0, data.Add(delay), delay, FeedStale, 0},
	} {
		t.Run(name, func(t *testing.T) {
			ref := fridayWorld().reference(t)
			m := NewMarket()
			m.Apply(&Update{Kind: KindReset, Payload: &Reset{Reference: ref, Interval: time.Minute, Mode: ModeDelayed, Delay: c.declared}})
			heartbeat(m, at(t, "2025-03-28 09:30:00"))
			const large = 5
			m.Apply(&Update{Kind: KindQuote, Flags: FlagBar, ID: large, At: data, Price: ref.Closes[len(ref.Closes)-2].Price[large]})
			heartbeat(m, data)
			s := m.Snapshot(c.now, Query{})
			if s.Feed.Age != c.age || s.Feed.Phase != c.phase || s.Feed.Delay != c.declared {
				t.Errorf("the feed is %+v", s.Feed)
			}
			if s.Universes[0].Valid != 1 {
				t.Fatalf("%d names have a price", s.Universes[0].Valid)
			}
			if s.Quality.Stale != c.stale {
				t.Errorf("%d names are stale, want %d", s.Quality.Stale, c.stale)
			}
		})
	}
}
