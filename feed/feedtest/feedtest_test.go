package feedtest

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed"
	"gyre/model"
	"gyre/model/session"
)

// sourceFunc is a source made of its Run.
type sourceFunc func(ctx context.Context, out chan<- []model.Update) error

func (f sourceFunc) Run(ctx context.Context, out chan<- []model.Update) error { return f(ctx, out) }

// good keeps every rule: a reset, then a heartbeat a minute, without end.
func good(ctx context.Context, out chan<- []model.Update) error {
	at := time.Date(2025, 3, 28, 9, 30, 0, 0, session.Zone())
	batch := []model.Update{reset(1), beat(at)}
	for {
		select {
		case out <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
		at = at.Add(time.Minute)
		batch = []model.Update{{Kind: model.KindQuote, At: at, Price: 1}, beat(at)}
	}
}

func reset(epoch uint64) model.Update {
	return model.Update{Kind: model.KindReset, Payload: &model.Reset{
		Epoch: epoch, Reference: &model.Reference{Calendar: session.New()},
	}}
}

func beat(at time.Time) model.Update { return model.Update{Kind: model.KindHeartbeat, At: at} }

// send sends the batches and waits for the end.
func send(batches ...[]model.Update) sourceFunc {
	return func(ctx context.Context, out chan<- []model.Update) error {
		for _, batch := range batches {
			select {
			case out <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		<-ctx.Done()
		return ctx.Err()
	}
}

func TestRunAcceptsAGoodSource(t *testing.T) {
	Run(t, func(*testing.T) feed.Source { return sourceFunc(good) })
}

func TestRunAcceptsAShortSource(t *testing.T) {
	Run(t, func(*testing.T) feed.Source {
		return sourceFunc(func(ctx context.Context, out chan<- []model.Update) error {
			select {
			case out <- []model.Update{reset(1), beat(time.Unix(0, 0))}:
				return io.EOF
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
}

// TestRulesCatch breaks the rules one by one. In the bubble time passes at
// once, so that a source that hangs is found out without waiting for it.
func TestRulesCatch(t *testing.T) {
	noon := time.Date(2025, 3, 28, 12, 0, 0, 0, session.Zone())
	noReference := model.Update{Kind: model.KindReset, Payload: &model.Reset{Epoch: 1}}
	for name, c := range map[string]struct {
		rule   string
		source sourceFunc
		want   string
	}{
		"no reset": {
			"the first update is a reset with a reference", send([]model.Update{beat(noon)}), "not a reset",
		},
		"no reference": {
			"the first update is a reset with a reference", send([]model.Update{noReference}), "no reference",
		},
		"epoch zero": {
			"the first update is a reset with a reference", send([]model.Update{reset(0)}), "counted from 1",
		},
		"empty batch": {
			"the first update is a reset with a reference", send(nil), "empty batch",
		},
		"silence": {
			"the first update is a reset with a reference", send(), "sends nothing",
		},
		"fails at once": {
			"the first update is a reset with a reference",
			func(context.Context, chan<- []model.Update) error { return errors.New("no key") }, "ended with no key",
		},
		"time goes back": {
			"a heartbeat ends its batch and time does not go back",
			repeat([]model.Update{reset(1), beat(noon)}, []model.Update{beat(noon.Add(-1))}), "follows that of",
		},
		"epoch goes back": {
			"a heartbeat ends its batch and time does not go back",
			repeat([]model.Update{reset(2), beat(noon)}, []model.Update{reset(1), beat(noon)}), "epoch 1 follows epoch 2",
		},
		"heartbeat in the middle": {
			"a heartbeat ends its batch and time does not go back",
			repeat([]model.Update{reset(1), beat(noon), beat(noon)}, []model.Update{beat(noon)}), "goes on after its heartbeat",
		},
		"no heartbeat": {
			"a heartbeat ends its batch and time does not go back",
			repeat([]model.Update{reset(1)}, []model.Update{{Kind: model.KindQuote}}), "no heartbeat",
		},
		"does not end": {
			"cancelling ends a source that nobody reads",
			func(_ context.Context, out chan<- []model.Update) error {
				select {
				case out <- []model.Update{reset(1)}:
				case <-time.After(time.Hour):
				}
				return io.EOF
			}, "did not end",
		},
		"does not end while read": {
			"cancelling ends a source that is read",
			func(_ context.Context, out chan<- []model.Update) error {
				out <- []model.Update{reset(1)}
				<-time.After(time.Hour)
				return io.EOF
			}, "did not end",
		},
		"another error": {
			"cancelling ends a source that is read",
			func(ctx context.Context, out chan<- []model.Update) error {
				out <- []model.Update{reset(1)}
				<-ctx.Done()
				return errors.New("connection closed")
			}, "must end with the context's error",
		},
		"one batch for all": {
			"a batch that was sent is never written to again",
			func(ctx context.Context, out chan<- []model.Update) error {
				batch := []model.Update{reset(1), beat(noon)}
				out <- batch
				<-ctx.Done()
				batch[1].At = noon.Add(time.Minute)
				return ctx.Err()
			}, "was changed",
		},
		"closes the channel": {
			"the channel stays open after the end",
			func(ctx context.Context, out chan<- []model.Update) error {
				out <- []model.Update{reset(1)}
				<-ctx.Done()
				close(out)
				return ctx.Err()
			}, "closed the channel",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := find(t, c.rule).check(t.Context(), c.source)
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want an error that says %q", err, c.want)
				}
				<-time.After(2 * time.Hour) // until what hung is over
			})
		})
	}
}

// repeat sends the first batch and then the second one again and again.
func repeat(first, then []model.Update) sourceFunc {
	batches := [][]model.Update{first}
	for range enough {
		batches = append(batches, then)
	}
	return send(batches...)
}

func find(t *testing.T, name string) rule {
	t.Helper()
	for _, r := range rules() {
		if r.name == name {
			return r
		}
	}
	t.Fatalf("there is no rule %q", name)
	return rule{}
}
