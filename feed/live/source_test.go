package live

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed"
	"gyre/feed/feedtest"
	"gyre/model"
)

// errRefused is a vendor that will never answer.
var errRefused = errors.New("the vendor refuses the key")

// sweep is an adapter that observes one name every second.
func sweep(ctx context.Context, b *Board) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for price := usd(10); ; price += 10_000 {
		now := time.Now()
		b.Quote(Quote{Symbol: "ALPHA", At: now, Price: price})
		b.Health(model.FeedOK, "")
		b.Complete(now)
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestContract(t *testing.T) {
	feedtest.Run(t, func(t *testing.T) feed.Source {
		t.Helper()
		return source(t, sweep)
	})
}

func source(t *testing.T, prices AdapterFunc, beside ...Adapter) *Source {
	t.Helper()
	s, err := NewSource(Options{Reference: reference(), Identity: Identity{Feed: "test", Interval: time.Second}}, prices, beside...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// watch runs a source for a while of the bubble's time and gives what it sent
// and how it ended.
func watch(t *testing.T, s *Source, while time.Duration) (sent []model.Update, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), while)
		defer cancel()
		out, ended := make(chan []model.Update), make(chan error, 1)
		go func() { ended <- s.Run(ctx, out) }()
		for {
			select {
			case batch := <-out:
				sent = append(sent, batch...)
			case err = <-ended:
				return
			}
		}
	})
	return sent, err
}

// healths are the problems that were told.
func healths(sent []model.Update) string {
	var all []string
	for _, u := range sent {
		if h, ok := u.Payload.(*model.Health); ok {
			all = append(all, h.Problem)
		}
	}
	return strings.Join(all, "|")
}

func TestHowASourceEnds(t *testing.T) {
	for name, c := range map[string]struct {
		prices AdapterFunc
		want   error
		says   string
	}{
		"with the context": {sweep, context.DeadlineExceeded, ""},
		"with its last moment": {func(_ context.Context, b *Board) error {
			b.Complete(b.now())
			return io.EOF
		}, io.EOF, ""},
		"with an error":     {func(context.Context, *Board) error { return errRefused }, errRefused, ""},
		"with a panic":      {func(context.Context, *Board) error { var b *Board; b.Report(); return nil }, nil, "broke down"},
		"without any word":  {func(context.Context, *Board) error { return nil }, errSilent, ""},
		"deaf to the error": {func(ctx context.Context, _ *Board) error { <-ctx.Done(); return errRefused }, context.DeadlineExceeded, ""},
	} {
		t.Run(name, func(t *testing.T) {
			sent, err := watch(t, source(t, c.prices), 10*time.Second)
			if c.want != nil && !errors.Is(err, c.want) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("ended with %v", err)
			}
			if errors.Is(c.want, io.EOF) && sent[len(sent)-1].Kind != model.KindHeartbeat {
				t.Errorf("sent %v before the end, want the last moment too", sent)
			}
		})
	}
}

func TestWhatFailsBesideThePricesIsToldAndNoMore(t *testing.T) {
	failing := AdapterFunc(func(context.Context, *Board) error { return errRefused })
	breaking := AdapterFunc(func(_ context.Context, b *Board) error { b.halts[7].take(change{}); return nil })
	sent, err := watch(t, source(t, sweep, failing, breaking), 5*time.Second)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the source ended with %v", err)
	}
	if got := healths(sent); !strings.Contains(got, errRefused.Error()) {
		t.Errorf("told %q", got)
	}
	last := sent[len(sent)-1]
	if last.Kind != model.KindHeartbeat {
		t.Errorf("the last word is %v, want a heartbeat: the prices go on", last)
	}
}

func TestHealth(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.take()
	r.Health(model.FeedFailing, "no\x1b[31m key")
	if r.take(); len(r.told) != 2 || healths(r.told) != "no[31m key" || !r.told[1].At.Equal(thursday.At(16, 0)) {
		t.Errorf("told %v, want the health, and Thursday's closes to show it on", r.told)
	}
	if snap := r.market.Snapshot(r.clock, model.Query{}); snap.Feed.Phase != model.FeedFailing || snap.Feed.Age != 19*time.Hour {
		t.Errorf("the screen shows %+v, want a failing feed and the age of what there is", snap.Feed)
	}
	r.Health(model.FeedFailing, "no\x1b[31m key")
	if r.take(); len(r.told) != 0 {
		t.Errorf("told again: %v", r.told)
	}
	r.Health(model.FeedOK, "")
	r.Aside("halts", "no halts: gone")
	r.at(friday.At(11, 0))
	if snap := r.market.Snapshot(r.clock, model.Query{}); snap.Feed.Phase != model.FeedOK || snap.Feed.Problem != "no halts: gone" || snap.Feed.Age != 0 {
		t.Errorf("the screen shows %+v, want a good feed without halts", snap.Feed)
	}
	r.Health(model.FeedFailing, "down")
	if r.take(); healths(r.told) != "down" || len(r.told) != 1 {
		t.Errorf("told %v, want the worse problem and nothing that moves the clock", r.told)
	}
	r.Aside("halts", "")
	r.Health(model.FeedOK, "")
	if r.take(); healths(r.told) != "" {
		t.Errorf("told %q, want that all is well", healths(r.told))
	}
	r.Declare(Identity{Feed: "new", Interval: time.Second})
	r.Health(model.FeedFailing, "down")
	r.at(friday.At(11, 1))
	if snap := r.market.Snapshot(r.clock, model.Query{}); snap.Feed.Phase != model.FeedFailing {
		t.Errorf("a new epoch has forgotten the health: %+v", snap.Feed)
	}
}

func TestAMomentDoesNotGoBack(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(), Identity{})
	r.at(friday.At(11, 0))
	r.Complete(friday.At(10, 0))
	r.Complete(friday.At(11, 0))
	if got := r.take(); len(got) > 0 {
		t.Errorf("told %v", got)
	}
	r.Complete(friday.At(12, 0)) // a clock ahead of ours
	r.take()
	r.clock = friday.At(11, 1)
	r.Complete(friday.At(12, 0))
	if got := r.take(); len(got) != 1 || !got[0].At.Equal(friday.At(11, 1)) {
		t.Errorf("told %v, want the moment held at our own clock", got)
	}
}

func TestManyObserveWhileTheHubIsSlow(t *testing.T) {
	const rounds = 2000
	burst := AdapterFunc(func(ctx context.Context, b *Board) error {
		for i := range rounds {
			now := time.Now()
			b.Quote(Quote{Symbol: "BRK.B", At: now, Price: usd(20), Sequence: int64(i)})
			b.Halt(Halt{Symbol: "GAMMA", At: now})
			b.Level(Level{Symbol: "RUT", At: now, Price: usd(2000)})
			b.Declare(Identity{Feed: "test", Interval: time.Duration(i)})
			b.Complete(now)
		}
		<-ctx.Done()
		return ctx.Err()
	})
	s := source(t, sweep, burst, burst, burst)
	sent, err := watch(t, s, 3*time.Second)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
	if c := s.Report(); c.Taken+c.Same+c.Late < 3*rounds*2 {
		t.Errorf("counted %+v, want everything that was observed", c)
	}
	if len(sent) > 10*rounds {
		t.Errorf("%d updates were sent", len(sent))
	}
}
