package session_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
)

func TestPhases(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct {
		at   string
		want session.Phase
	}{
		"night":                            {"2025-03-28 03:59:59", session.Closed},
		"pre-market begins":                {"2025-03-28 04:00:00", session.Pre},
		"last second before the open":      {"2025-03-28 09:29:59", session.Pre},
		"the opening instant":              {"2025-03-28 09:30:00", session.Open},
		"last second of trading":           {"2025-03-28 15:59:59", session.Open},
		"the closing instant":              {"2025-03-28 16:00:00", session.Post},
		"last second of post-market":       {"2025-03-28 19:59:59", session.Post},
		"post-market ends":                 {"2025-03-28 20:00:00", session.Closed},
		"Saturday noon":                    {"2025-03-29 12:00:00", session.Closed},
		"Independence Day":                 {"2025-07-04 12:00:00", session.Closed},
		"half day, before the early close": {"2025-07-03 12:59:59", session.Open},
		"half day, the early close":        {"2025-07-03 13:00:00", session.Post},
		"half day, late session":           {"2025-07-03 16:59:59", session.Post},
		"half day, late session ends":      {"2025-07-03 17:00:00", session.Closed},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.PhaseAt(clock(t, tc.at)); got != tc.want {
				t.Errorf("the phase at %s is %s, want %s", tc.at, got, tc.want)
			}
		})
	}
}

// The exchange keeps New York's wall clock, so in UTC it opens an hour earlier
// from the second Sunday of March to the first Sunday of November.
func TestOpensAcrossClockChanges(t *testing.T) {
	c := session.New()
	for date, utc := range map[string]string{
		"2025-03-07": "14:30", "2025-03-10": "13:30", // clocks go forward on 9 March 2025
		"2025-10-31": "13:30", "2025-11-03": "14:30", // and back on 2 November 2025
		"2026-03-06": "14:30", "2026-03-09": "13:30", // 8 March 2026
		"2026-10-30": "13:30", "2026-11-02": "14:30", // 1 November 2026
	} {
		s, ok := c.On(day(t, date))
		if got := s.Opens.UTC().Format("15:04"); !ok || got != utc {
			t.Errorf("%s opens at %s UTC, want %s", date, got, utc)
		}
		if s.Minutes() != 390 || s.Opens.In(session.Zone()).Format("15:04") != "09:30" {
			t.Errorf("%s has %d minutes from %s", date, s.Minutes(), s.Opens)
		}
	}
}

func TestNextOpenOverTheWeekendOfAClockChange(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct{ from, open, wait string }{
		"forward 2025": {"2025-03-07 16:00:00", "2025-03-10 09:30:00", "64h30m0s"}, // an hour less than usual
		"back 2025":    {"2025-10-31 16:00:00", "2025-11-03 09:30:00", "66h30m0s"}, // an hour more
		"forward 2026": {"2026-03-06 16:00:00", "2026-03-09 09:30:00", "64h30m0s"},
		"back 2026":    {"2026-10-30 16:00:00", "2026-11-02 09:30:00", "66h30m0s"},
		"no change":    {"2025-03-28 16:00:00", "2025-03-31 09:30:00", "65h30m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			from := clock(t, tc.from)
			open, ok := c.NextOpen(from)
			if !ok || !open.Equal(clock(t, tc.open)) || open.Sub(from).String() != tc.wait {
				t.Errorf("opens at %s, in %s; want %s, in %s", open, open.Sub(from), tc.open, tc.wait)
			}
		})
	}
	// In the hour that does not exist and in the one that comes twice, the market is closed.
	for _, utc := range []string{"2025-03-09T06:59:59Z", "2025-03-09T07:00:00Z", "2025-11-02T05:30:00Z", "2025-11-02T06:30:00Z"} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.PhaseAt(at); got != session.Closed {
			t.Errorf("at %s the phase is %s", utc, got)
		}
	}
}

func TestStarted(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct{ at, want string }{
		"Monday before the open is still Friday's": {"2025-03-24 09:29:59", "2025-03-21"},
		"Monday's opening instant":                 {"2025-03-24 09:30:00", "2025-03-24"},
		"during the session":                       {"2025-03-24 12:00:00", "2025-03-24"},
		"in the evening":                           {"2025-03-24 23:59:59", "2025-03-24"},
		"on Sunday":                                {"2025-03-23 12:00:00", "2025-03-21"},
		"on a holiday":                             {"2025-01-09 12:00:00", "2025-01-08"},
		"past the calendar's end":                  {"2028-06-01 12:00:00", "2027-12-31"},
	} {
		t.Run(name, func(t *testing.T) {
			if s, ok := c.Started(clock(t, tc.at)); !ok || s.Date.String() != tc.want {
				t.Errorf("at %s the session is %s, want %s", tc.at, s.Date, tc.want)
			}
		})
	}
	if s, ok := c.Started(clock(t, "2007-01-03 09:29:59")); ok {
		t.Errorf("%s has started before the first open", s.Date)
	}
}

func TestNextOpenAndCloseAreStrictlyLater(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct{ at, open, closes string }{
		"before the open":     {"2025-11-28 09:00:00", "2025-11-28 09:30:00", "2025-11-28 13:00:00"},
		"the opening instant": {"2025-11-28 09:30:00", "2025-12-01 09:30:00", "2025-11-28 13:00:00"},
		"the closing instant": {"2025-11-28 13:00:00", "2025-12-01 09:30:00", "2025-12-01 16:00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := c.NextOpen(clock(t, tc.at)); !ok || !got.Equal(clock(t, tc.open)) {
				t.Errorf("opens next at %s, want %s", got, tc.open)
			}
			if got, ok := c.NextClose(clock(t, tc.at)); !ok || !got.Equal(clock(t, tc.closes)) {
				t.Errorf("closes next at %s, want %s", got, tc.closes)
			}
		})
	}
	end := c.Last().Closes
	if got, ok := c.NextOpen(end); ok || !got.IsZero() {
		t.Errorf("the market opens at %s, past the calendar's end", got)
	}
	if got, ok := c.NextClose(end); ok || !got.IsZero() {
		t.Errorf("the market closes at %s, past the calendar's end", got)
	}
}

func TestElapsed(t *testing.T) {
	c := session.New()
	for name, tc := range map[string]struct {
		at   string
		want float64
	}{
		"before the open":        {"2025-03-28 04:00:00", 0},
		"at the open":            {"2025-03-28 09:30:00", 0},
		"after 39 minutes":       {"2025-03-28 10:09:00", 0.1},
		"half way":               {"2025-03-28 12:45:00", 0.5},
		"at the close":           {"2025-03-28 16:00:00", 1},
		"after the close":        {"2025-03-28 18:00:00", 1},
		"half day, 21 of 210":    {"2025-07-03 09:51:00", 0.1},
		"half day, half way":     {"2025-07-03 11:15:00", 0.5},
		"half day, at the close": {"2025-07-03 13:00:00", 1},
	} {
		t.Run(name, func(t *testing.T) {
			at := clock(t, tc.at)
			s, ok := c.On(session.DateOf(at))
			if !ok {
				t.Fatalf("%s is no session", tc.at)
			}
			if got := s.Elapsed(at); got != tc.want {
				t.Errorf("%g of the session has passed, want %g", got, tc.want)
			}
		})
	}
}

// The pieces of the clock tell one story at any instant.
func TestClockIsConsistent(t *testing.T) {
	c := session.New()
	first, last := c.First().Opens.Unix(), c.Last().Opens.Unix()-1
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(first, last).Draw(t, "unix"), 0)
		s, ok := c.Started(at)
		if !ok || s.Opens.After(at) {
			t.Fatalf("at %s the session of %s has started", at, s.Date)
		}
		next, _ := c.After(s.Date)
		if !next.Opens.After(at) {
			t.Fatalf("at %s the session of %s has started too", at, next.Date)
		}
		if open, hasNext := c.NextOpen(at); hasNext && !open.Equal(next.Opens) {
			t.Fatalf("the next open is %s, the next session opens at %s", open, next.Opens)
		}
		open := c.PhaseAt(at) == session.Open
		if running := at.Before(s.Closes); open != running {
			t.Fatalf("at %s the phase is %s, the session of %s closes at %s", at, c.PhaseAt(at), s.Date, s.Closes)
		}
		if elapsed := s.Elapsed(at); elapsed < 0 || elapsed > 1 || open != (elapsed < 1) {
			t.Fatalf("at %s %g of the session has passed, the phase is %s", at, elapsed, c.PhaseAt(at))
		}
	})
}

func TestPhaseNames(t *testing.T) {
	for phase, want := range map[session.Phase]string{
		session.Closed: "closed", session.Pre: "pre", session.Open: "open", session.Post: "post", 99: "?",
	} {
		if got := phase.String(); got != want {
			t.Errorf("phase %d is called %q, want %q", phase, got, want)
		}
	}
}
