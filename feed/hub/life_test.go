package hub_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/hub"
	"gyre/model"
)

func TestAfterTheSourcesEndTheLastSnapshotStays(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), quote(noon(), 10_000_000), beat(noon())}
		within(t, sub, time.Second)
		s.end <- io.EOF
		if snap := within(t, sub, time.Second); snap.Feed.Phase != model.FeedEnded || valid(snap) != 1 {
			t.Errorf("after the end the feed is %+v with %d valid", snap.Feed, valid(snap))
		}
		<-time.After(time.Hour)
		sub.Ask(model.Query{Financials: true})
		if snap := within(t, sub, time.Second); valid(snap) != 1 {
			t.Errorf("an hour later there are %d valid", valid(snap))
		}
	})
}

func TestASourceThatFailsIsShownFailing(t *testing.T) {
	for name, c := range map[string]struct {
		end  error
		sent bool
		want string
	}{
		"an error":                      {errors.New("the key is not valid"), true, "the key is not valid"},
		"a panic":                       {nil, true, "the feed broke down: a bug in the feed[2J"},
		"an error before any update":    {errors.New("no such host\x1b[2J"), false, "no such host[2J"},
		"a long error is cut, not lost": {errors.New(strings.Repeat("much to say ", 100)), true, "much to say"},
	} {
		t.Run(name, func(t *testing.T) {
			bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
				sub := h.Subscribe(model.Query{})
				defer sub.Close()
				if c.sent {
					s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
					within(t, sub, time.Second)
				}
				s.end <- c.end
				snap := within(t, sub, time.Second)
				if c.sent && (snap.Feed.Phase != model.FeedFailing || !strings.HasPrefix(snap.Feed.Problem, c.want)) {
					t.Errorf("the feed is %+v, want failing with %q", snap.Feed, c.want)
				}
			})
		})
	}
}

func TestTheErrorOfRun(t *testing.T) {
	failure := errors.New("the key is not valid")
	for name, c := range map[string]struct{ end, want error }{
		"an error":       {failure, failure},
		"the end":        {io.EOF, context.Canceled},
		"only cancelled": {nil, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScript()
				h := hub.New(hub.Options{Source: s})
				ctx, stop := context.WithCancel(t.Context())
				done := make(chan error, 1)
				go func() { done <- h.Run(ctx) }()
				if c.end != nil {
					s.end <- c.end
				}
				synctest.Wait()
				stop()
				if err := <-done; !errors.Is(err, c.want) {
					t.Errorf("got %v, want %v", err, c.want)
				}
			})
		})
	}
}

// TestALiveFeedGrowsOld runs a feed that promises a heartbeat every two
// seconds and then says nothing.
func TestALiveFeedGrowsOld(t *testing.T) {
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
		phase := func() model.FeedPhase { return next(t, sub).Feed.Phase }

		s.batches <- []model.Update{reset(1, time.Time{}), beat(now())}
		if got := phase(); got != model.FeedOK {
			t.Errorf("at first the feed is %d", got)
		}
		<-time.After(9900 * time.Millisecond)
		if got := phase(); got != model.FeedOK {
			t.Errorf("after 9.9 seconds the feed is %d", got)
		}
		<-time.After(700 * time.Millisecond)
		if got := phase(); got != model.FeedStale {
			t.Errorf("after 10.6 seconds the feed is %d, want stale", got)
		}
		s.batches <- []model.Update{beat(now())}
		<-time.After(100 * time.Millisecond)
		if got := phase(); got != model.FeedOK {
			t.Errorf("after a word from it the feed is %d", got)
		}
		// It falls silent in the middle of a moment.
		s.batches <- []model.Update{quote(now(), 10_000_000)}
		<-time.After(11 * time.Second)
		if got := next(t, sub); got == nil || got.Feed.Phase != model.FeedStale {
			t.Errorf("half a moment and then nothing: %+v", got)
		}
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestSubscriptionsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript()
		h := hub.New(hub.Options{Source: s})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.Run(ctx) }()
		closed, open := h.Subscribe(model.Query{}), h.Subscribe(model.Query{})
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, closed, time.Second)

		waiting := make(chan error, 1)
		go func() {
			_, err := closed.Next(t.Context())
			waiting <- err
		}()
		synctest.Wait()
		closed.Close()
		closed.Close() // a second time does nothing
		if err := <-waiting; !errors.Is(err, hub.ErrEnded) {
			t.Errorf("a closed subscription says %v", err)
		}
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
		if snap, err := open.Next(t.Context()); err != nil || snap == nil {
			t.Errorf("the last snapshot is lost with the hub: %v", err)
		}
		if _, err := open.Next(t.Context()); !errors.Is(err, hub.ErrEnded) {
			t.Errorf("after the hub's end: %v", err)
		}
		open.Ask(model.Query{Financials: true}) // does not hang
		open.Close()
	})
}

func TestNextEndsWithItsContext(t *testing.T) {
	h := hub.New(hub.Options{Source: newScript()})
	sub := h.Subscribe(model.Query{})
	defer sub.Close()
	ctx, stop := context.WithTimeoutCause(t.Context(), time.Millisecond, nil)
	defer stop()
	if _, err := sub.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestAt(t *testing.T) {
	batches := slices.Values([][]model.Update{
		{reset(1, noon()), quote(noon().Add(-time.Minute), 10_000_000), beat(noon().Add(-time.Minute))},
		{quote(noon(), 10_100_000), beat(noon())},
	})
	snap := hub.At(batches, model.Query{Financials: true})
	if !snap.AsOf.Equal(noon()) || valid(snap) != 1 || !snap.Query.Financials {
		t.Errorf("got %s with %d valid", snap.AsOf, valid(snap))
	}
	if snap := hub.At(slices.Values([][]model.Update(nil)), model.Query{}); snap == nil || !snap.AsOf.IsZero() {
		t.Errorf("of nothing: %+v", snap)
	}
}
