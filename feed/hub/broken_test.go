package hub

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// told is a source that tells one moment and then what it is handed.
type told struct{ more chan []model.Update }

func (s told) Run(ctx context.Context, out chan<- []model.Update) error {
	day := session.NewDate(2025, 3, 28)
	ref := &model.Reference{
		Calendar: session.New(), Instruments: []model.Instrument{{Key: "A", Symbol: "A"}},
		Closes: []model.CloseColumn{{Date: day - 1, Price: []num.Price{1_000_000}}},
	}
	batch := []model.Update{
		{Kind: model.KindReset, Payload: &model.Reset{Epoch: 1, Reference: ref}},
		{Kind: model.KindHeartbeat, At: day.At(12, 0)},
	}
	for {
		select {
		case out <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case batch = <-s.more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// What breaks the watch for alerts is an error of the source like any other: the
// screens stay and say so, and the source is asked for nothing more.
func TestABrokenWatchForAlertsIsAFailingFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := told{make(chan []model.Update)}
		h := New(Options{Source: source})
		h.guard.lookout = nil // which breaks at the first update
		ctx, stop := context.WithCancel(t.Context())
		end := make(chan error, 1)
		go func() { end <- h.Run(ctx) }()
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		var snap *model.Snapshot
		for range 2 { // the moment, and perhaps later that it has failed
			if next, err := nextWithin(sub, time.Second); err == nil {
				snap = next
			}
		}
		if snap == nil || snap.Feed.Phase != model.FeedFailing || !strings.Contains(snap.Feed.Problem, "the watch for alerts broke down") {
			t.Fatalf("the viewers see %+v", snap)
		}
		select {
		case source.more <- nil:
			t.Error("the source still runs")
		case <-time.After(time.Minute):
		}
		sub.Ask(model.Query{Financials: true})
		if snap, err := nextWithin(sub, time.Second); err != nil || snap.Feed.Phase != model.FeedFailing {
			t.Errorf("a minute later: %v", err)
		}
		stop()
		if err := <-end; err == nil || errors.Is(err, io.EOF) || !strings.Contains(err.Error(), "the watch for alerts broke down") {
			t.Errorf("Run ends with %v", err)
		}
	})
}

func nextWithin(sub *Subscription, limit time.Duration) (*model.Snapshot, error) {
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	return sub.Next(ctx)
}

// What breaks the market itself ends the hub with an error, and its source too.
func TestABrokenMarketEndsTheHub(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Source: told{}, Now: func() time.Time { panic("no clock") }})
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		if err := h.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "broke down: no clock") {
			t.Errorf("Run ends with %v", err)
		}
		if _, err := nextWithin(sub, time.Second); !errors.Is(err, ErrEnded) {
			t.Errorf("a viewer is told %v", err)
		}
	})
}
