package replay_test

import (
	"slices"
	"testing"
	"time"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
)

// beats are the moments of the heartbeats in what a seek to t tells.
func beats(source *replay.Source, t time.Time) []time.Time {
	var all []time.Time
	for batch := range source.StateAt(t) {
		if last := batch[len(batch)-1]; last.Kind == model.KindHeartbeat {
			all = append(all, last.At)
		}
	}
	return all
}

func TestStateAtTellsTheSessionShown(t *testing.T) {
	source, _ := replay.New(market(t), replay.Options{})
	for name, c := range map[string]struct {
		at, first string
		count     int
	}{
		// With a session that has no minutes there is its open, its close, and
		// what lies between.
		"the close of a session without minutes": {"27 16:00", "27 09:30", 2},
		"a night":                                {"27 20:00", "27 09:30", 3},
		// The play of a session with minutes begins at 09:25, so that moment is
		// told of the session before.
		"after a release before the open":    {"28 08:31", "27 09:30", 4},
		"shortly before the open":            {"28 09:29", "27 09:30", 8},
		"the open":                           {"28 09:30", "28 09:30", 1},
		"between two minutes":                {"28 09:31:30", "28 09:30", 3},
		"after a halt between two minutes":   {"28 10:42:15", "28 09:30", 74},
		"the close":                          {"28 16:00", "28 09:30", 1 + 390 + 4},
		"a weekend, after a headline":        {"29 20:00", "28 09:30", 1 + 390 + 4 + 2},
		"before Monday's open":               {"31 09:25", "28 09:30", 1 + 390 + 4 + 2},
		"Monday's open":                      {"31 09:30", "31 09:30", 1},
		"after the end, which means the end": {"31 20:00", "31 09:30", 391},
	} {
		t.Run(name, func(t *testing.T) {
			at := ny(t, c.at)
			got := beats(source, at)
			if len(got) != c.count || !got[0].Equal(ny(t, c.first)) {
				t.Fatalf("got %d moments from %s on, want %d from %s", len(got), got[0], c.count, c.first)
			}
			if last := got[len(got)-1]; !last.Equal(at) && !last.Equal(ny(t, "31 16:00")) {
				t.Errorf("it ends at %s", last)
			}
			if !slices.IsSortedFunc(got, time.Time.Compare) {
				t.Error("the moments are not in order")
			}
		})
	}
}

func TestStateAtBeforeTheBeginning(t *testing.T) {
	source, control := replay.New(market(t), replay.Options{})
	from := control.Status().From
	if want := ny(t, "26 09:25"); !from.Equal(want) {
		t.Fatalf("the replay begins at %s, want %s", from, want)
	}
	got := beats(source, ny(t, "10 12:00"))
	if !got[len(got)-1].Equal(from) {
		t.Errorf("got the state of %s, want that of the beginning", got[len(got)-1])
	}
}

// TestSteps steps a replay that is not running: where it will go is known at once.
func TestSteps(t *testing.T) {
	for name, c := range map[string]struct {
		at    string
		steps func(*replay.Controller)
		want  string
	}{
		"a minute on":                         {"28 10:00", func(c *replay.Controller) { c.StepMinutes(1) }, "28 10:01"},
		"to the next whole minute":            {"28 10:00:20", func(c *replay.Controller) { c.StepMinutes(1) }, "28 10:01"},
		"a minute over a halt":                {"28 10:42", func(c *replay.Controller) { c.StepMinutes(1) }, "28 10:43"},
		"ten minutes on":                      {"28 10:00", func(c *replay.Controller) { c.StepMinutes(10) }, "28 10:10"},
		"a minute back":                       {"28 10:00", func(c *replay.Controller) { c.StepMinutes(-1) }, "28 09:59"},
		"back to the whole minute":            {"28 10:00:20", func(c *replay.Controller) { c.StepMinutes(-1) }, "28 10:00"},
		"three steps at once":                 {"28 10:00", func(c *replay.Controller) { c.StepMinutes(1); c.StepMinutes(1); c.StepMinutes(1) }, "28 10:03"},
		"on and back":                         {"28 10:00", func(c *replay.Controller) { c.StepMinutes(5); c.StepMinutes(-5) }, "28 10:00"},
		"into the open":                       {"28 09:29", func(c *replay.Controller) { c.StepMinutes(1) }, "28 09:30"},
		"back over the open":                  {"28 09:30", func(c *replay.Controller) { c.StepMinutes(-1) }, "28 09:29"},
		"from the first minute to a release":  {"28 09:25", func(c *replay.Controller) { c.StepMinutes(-1) }, "28 08:30"},
		"from a release to the close before":  {"28 08:30", func(c *replay.Controller) { c.StepMinutes(-1) }, "27 16:00"},
		"from the close to the weekend":       {"28 16:00", func(c *replay.Controller) { c.StepMinutes(1) }, "29 12:00"},
		"over the weekend":                    {"28 16:00", func(c *replay.Controller) { c.StepMinutes(2) }, "31 09:25"},
		"back over the weekend":               {"31 09:25", func(c *replay.Controller) { c.StepMinutes(-2) }, "28 16:00"},
		"a step in a session without minutes": {"27 11:00", func(c *replay.Controller) { c.StepMinutes(1) }, "27 16:00"},
		"beyond the end":                      {"31 15:59", func(c *replay.Controller) { c.StepMinutes(100_000_000) }, "31 16:00"},
		"before the beginning":                {"26 10:00", func(c *replay.Controller) { c.StepMinutes(-100_000_000) }, "26 09:25"},
		"no minute":                           {"28 10:00:20", func(c *replay.Controller) { c.StepMinutes(0) }, "28 10:00:20"},
		"the close of the session":            {"28 10:00", func(c *replay.Controller) { c.StepSessions(1) }, "28 16:00"},
		"the next session's close":            {"28 16:00", func(c *replay.Controller) { c.StepSessions(1) }, "31 16:00"},
		"two closes on":                       {"27 12:00", func(c *replay.Controller) { c.StepSessions(2) }, "28 16:00"},
		"the close before":                    {"28 10:00", func(c *replay.Controller) { c.StepSessions(-1) }, "27 16:00"},
		"the close before a close":            {"28 16:00", func(c *replay.Controller) { c.StepSessions(-1) }, "27 16:00"},
		"before the first close":              {"26 12:00", func(c *replay.Controller) { c.StepSessions(-1) }, "26 09:25"},
		"after the last close":                {"28 12:00", func(c *replay.Controller) { c.StepSessions(9) }, "31 16:00"},
		"no session":                          {"28 10:00", func(c *replay.Controller) { c.StepSessions(0) }, "28 10:00"},
		"a time":                              {"28 10:00", func(c *replay.Controller) { c.Seek(ny(t, "27 12:34:56")) }, "27 12:34:56"},
		"a time after the end":                {"28 10:00", func(c *replay.Controller) { c.Seek(ny(t, "31 23:00")) }, "31 16:00"},
		"a time before the beginning":         {"28 10:00", func(c *replay.Controller) { c.Seek(time.Time{}) }, "26 09:25"},
		"the last order counts":               {"28 10:00", func(c *replay.Controller) { c.Seek(ny(t, "27 12:00")); c.Seek(ny(t, "28 12:00")) }, "28 12:00"},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, replay.Options{At: ny(t, c.at), Paused: true}, func(control *replay.Controller, out <-chan []model.Update) {
				listen(out, time.Second)
				c.steps(control)
				listen(out, time.Second)
				if got := control.Status(); !got.Now.Equal(ny(t, c.want)) || got.Playing {
					t.Errorf("it stands at %s, playing %t; want %s", got.Now.In(session.Zone()), got.Playing, c.want)
				}
			})
		})
	}
}

func TestBoundsOfADatasetThatSaysNothing(t *testing.T) {
	ds := *market(t)
	ds.Settings.From, ds.Settings.To, ds.Settings.Start = time.Time{}, time.Time{}, time.Time{}
	_, control := replay.New(&ds, replay.Options{})
	got := control.Status()
	if !got.From.Equal(ny(t, "26 16:00")) || !got.To.Equal(ny(t, "31 16:00")) || !got.Now.Equal(got.From) {
		t.Errorf("got %+v, want from the first close to the last", got)
	}
}

func TestBoundsOfTheOptions(t *testing.T) {
	options := replay.Options{From: ny(t, "28 10:00"), To: ny(t, "28 11:00"), At: ny(t, "27 10:00"), Speed: 60, Paused: true}
	_, control := replay.New(market(t), options)
	want := replay.Status{Now: options.From, From: options.From, To: options.To, Speed: 60}
	if got := control.Status(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
