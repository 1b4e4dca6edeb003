package hub_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
)

// replayed begins an epoch of a replay, which never grows stale.
func replayed(epoch uint64, until time.Time) model.Update {
	u := reset(epoch, until)
	r := u.Payload.(*model.Reset)
	r.Mode, r.Interval = model.ModeReplay, 0
	return u
}

// figures is an update that tells an important event and its figure.
func figures(at, known time.Time, title string) model.Update {
	return model.Update{Kind: model.KindEvent, At: at, Payload: &model.Event{
		At: at, KnownAt: known, Title: title, Importance: 3, Actual: "49.0", Consensus: "49.5",
	}}
}

// texts are the kinds and times of a snapshot's alerts.
func texts(snap *model.Snapshot) string {
	var all []string
	for _, a := range snap.Alerts {
		all = append(all, a.At.Format("15:04:05")+" "+string(a.Kind))
	}
	return strings.Join(all, ", ")
}

// settled is the newest snapshot once everything is looked at.
func settled(t *testing.T, sub *hub.Subscription) *model.Snapshot {
	t.Helper()
	var newest *model.Snapshot
	<-time.After(time.Second)
	for snap := next(t, sub); snap != nil; snap = next(t, sub) {
		newest = snap
		<-time.After(time.Second)
	}
	if newest == nil {
		t.Fatal("there is no new snapshot")
	}
	return newest
}

func TestAnAlertBringsASnapshot(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		release := noon().Add(20 * time.Minute)
		s.batches <- []model.Update{replayed(1, time.Time{}), figures(release, release, "ISM"), beat(noon())}
		before := settled(t, sub)
		s.batches <- []model.Update{beat(release)}
		after := settled(t, sub)
		if want := "12:05:00 event-soon, 12:15:00 event-soon, 12:20:00 release"; texts(after) != want {
			t.Errorf("got %s, want %s", texts(after), want)
		}
		if len(before.Alerts) > 0 {
			t.Error("a snapshot changed after it was published")
		}
		sub.Ask(model.Query{Financials: true})
		other := within(t, sub, time.Second)
		if texts(other) != texts(after) {
			t.Errorf("another question has the alerts %s", texts(other))
		}
		s.batches <- []model.Update{replayed(2, time.Time{}), beat(noon())}
		if snap := settled(t, sub); snap.Epoch != 2 || len(snap.Alerts) > 0 {
			t.Errorf("the epoch %d has the alerts of the one before: %s", snap.Epoch, texts(snap))
		}
	})
}

// TestInstantsBetweenHeartbeats jumps over times at which there was something
// to say: it is said as of those.
func TestInstantsBetweenHeartbeats(t *testing.T) {
	release := noon().Add(30 * time.Minute)
	known := release.Add(90 * time.Second)
	for name, tc := range map[string]struct {
		beats []time.Duration
		want  string
	}{
		"one jump":            {[]time.Duration{time.Hour}, "12:15:00 event-soon, 12:25:00 event-soon, 12:30:00 event-now, 12:31:30 release"},
		"every ten minutes":   {[]time.Duration{10 * time.Minute, 20 * time.Minute, 30 * time.Minute, 40 * time.Minute}, "12:15:00 event-soon, 12:25:00 event-soon, 12:30:00 event-now, 12:31:30 release"},
		"to just before it":   {[]time.Duration{30*time.Minute - time.Nanosecond}, "12:15:00 event-soon, 12:25:00 event-soon"},
		"to it":               {[]time.Duration{30 * time.Minute}, "12:15:00 event-soon, 12:25:00 event-soon, 12:30:00 event-now"},
		"not far enough":      {[]time.Duration{14 * time.Minute}, ""},
		"the same once again": {[]time.Duration{16 * time.Minute, 16 * time.Minute, 17 * time.Minute}, "12:15:00 event-soon"},
	} {
		t.Run(name, func(t *testing.T) {
			bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
				sub := h.Subscribe(model.Query{})
				defer sub.Close()
				s.batches <- []model.Update{replayed(1, time.Time{}), figures(release, known, "ISM"), beat(noon())}
				for _, d := range tc.beats {
					s.batches <- []model.Update{beat(noon().Add(d))}
				}
				if got := texts(settled(t, sub)); got != tc.want {
					t.Errorf("got %s, want %s", got, tc.want)
				}
			})
		})
	}
}

// TestAlertsOfAJumpComeTogether seeks over a release: nobody sees the alerts
// until the moment that is sought.
func TestAlertsOfAJumpComeTogether(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		release := noon().Add(-30 * time.Minute)
		s.batches <- []model.Update{replayed(1, noon()), figures(release, release, "ISM"), beat(noon().Add(-time.Hour))}
		s.batches <- []model.Update{beat(noon().Add(-time.Minute))}
		<-time.After(time.Second)
		if snap := next(t, sub); snap != nil {
			t.Fatalf("on the way there is a snapshot with %s", texts(snap))
		}
		s.batches <- []model.Update{beat(noon())}
		if got, want := texts(settled(t, sub)), "11:15:00 event-soon, 11:25:00 event-soon, 11:30:00 release"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestRulesOfAHub(t *testing.T) {
	rules := alert.Defaults()
	rules.Off, rules.EventLeads = []model.AlertKind{alert.Release}, []time.Duration{time.Minute}
	bench(t, hub.Options{Rules: rules}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		release := noon().Add(30 * time.Minute)
		s.batches <- []model.Update{replayed(1, time.Time{}), figures(release, release, "ISM"), beat(noon())}
		s.batches <- []model.Update{beat(release)}
		if got, want := texts(settled(t, sub)), "12:29:00 event-soon"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestTheNewestAlertsAreKept(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		updates := []model.Update{replayed(1, time.Time{})}
		for i := range 100 {
			at := noon().Add(time.Duration(i+1) * 30 * time.Minute)
			updates = append(updates, figures(at, at, "ISM"))
		}
		s.batches <- append(updates, beat(noon()))
		s.batches <- []model.Update{beat(noon().Add(72 * time.Hour))}
		snap := settled(t, sub)
		last := snap.Alerts[len(snap.Alerts)-1]
		if len(snap.Alerts) != 200 || last.Kind != alert.Release || !last.At.Equal(noon().Add(50*time.Hour)) {
			t.Errorf("there are %d alerts, the last one %+v", len(snap.Alerts), last)
		}
	})
}

// TestALiveFeedIsWatched falls silent for half a minute, in the middle of a moment.
func TestALiveFeedIsWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		now := func() time.Time { return noon().Add(time.Since(start)) }
		s := newScript()
		h := hub.New(hub.Options{Source: s, Now: now})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.Run(ctx) }()
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(now())}
		<-time.After(500 * time.Millisecond)
		s.batches <- []model.Update{beat(now()), quote(now(), 10_000_000)}
		<-time.After(30 * time.Second)
		if snap := next(t, sub); snap == nil || texts(snap) != "12:00:11 feed-stale" {
			t.Errorf("after half a minute: %+v", snap)
		}
		s.batches <- []model.Update{beat(now())}
		<-time.After(1500 * time.Millisecond)
		if snap := next(t, sub); snap == nil || texts(snap) != "12:00:11 feed-stale, 12:00:31 feed-back" {
			t.Errorf("after a word from it: %+v", snap)
		}
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestAFeedThatFailsIsAnAlert(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, sub, time.Second)
		s.end <- errors.New("the key is not valid")
		if got, want := texts(settled(t, sub)), "12:00:00 feed-failing"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
