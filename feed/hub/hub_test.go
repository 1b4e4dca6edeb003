package hub_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// script is a source that sends what the test hands it, and ends as it says.
type script struct {
	batches chan []model.Update
	end     chan error
}

func newScript() *script {
	return &script{batches: make(chan []model.Update), end: make(chan error, 1)}
}

func (s *script) Run(ctx context.Context, out chan<- []model.Update) error {
	for {
		select {
		case batch := <-s.batches:
			select {
			case out <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		case err := <-s.end:
			if err == nil {
				panic("a bug in the feed\x1b[2J")
			}
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// noon is a moment of the session that the tests play in.
func noon() time.Time { return session.NewDate(2025, 3, 28).At(12, 0) }

// reset begins an epoch over two names, and tells the past up to until.
func reset(epoch uint64, until time.Time) model.Update {
	calendar := session.New()
	day := session.NewDate(2025, 3, 27)
	return model.Update{Kind: model.KindReset, Payload: &model.Reset{
		Epoch: epoch, Until: until, Feed: "script", Interval: 2 * time.Second, Mode: model.ModeLive,
		Reference: &model.Reference{
			Name: "test", Calendar: calendar,
			Instruments: []model.Instrument{{Key: "A", Symbol: "A"}, {Key: "B", Symbol: "B", ShareClassOf: 1}},
			Members:     []model.Membership{{Index: "RUT", ID: 0}, {Index: "RUT", ID: 1}},
			Closes:      []model.CloseColumn{{Date: day, Price: []num.Price{10_000_000, 20_000_000}, Volume: []int64{1, 1}}},
		},
	}}
}

func beat(at time.Time) model.Update { return model.Update{Kind: model.KindHeartbeat, At: at} }

func quote(at time.Time, p num.Price) model.Update {
	return model.Update{Kind: model.KindQuote, Flags: model.FlagBar, At: at, Price: p}
}

// valid is how many names have a price in a snapshot.
func valid(snap *model.Snapshot) int {
	if len(snap.Universes) == 0 {
		return 0
	}
	return snap.Universes[0].Valid
}

// bench runs a hub on a script in a bubble.
func bench(t *testing.T, options hub.Options, body func(h *hub.Hub, s *script)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newScript()
		options.Source = s
		h := hub.New(options)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.Run(ctx) }()
		body(h, s)
		stop()
		if err := <-done; err == nil {
			t.Error("a hub that was stopped says that all is well")
		}
	})
}

// next is the next snapshot if there is one already.
func next(t *testing.T, sub *hub.Subscription) *model.Snapshot {
	t.Helper()
	synctest.Wait()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context())) // t's own is not of the bubble
	stop()
	snap, err := sub.Next(ctx)
	if err != nil {
		return nil
	}
	return snap
}

// within is the next snapshot, which must come in time.
func within(t *testing.T, sub *hub.Subscription, limit time.Duration) *model.Snapshot {
	t.Helper()
	ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), limit)
	defer stop()
	snap, err := sub.Next(ctx)
	if err != nil {
		t.Fatalf("no snapshot within %s: %v", limit, err)
	}
	return snap
}

func TestSnapshotsFollowHeartbeats(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{})}
		if snap := next(t, sub); snap != nil {
			t.Fatalf("before the first heartbeat there is a snapshot of %s", snap.AsOf)
		}
		s.batches <- []model.Update{beat(noon())}
		snap := next(t, sub)
		if snap == nil || !snap.AsOf.Equal(noon()) || snap.Epoch != 1 {
			t.Fatalf("got %+v", snap)
		}
		s.batches <- []model.Update{quote(noon(), 10_000_000)}
		<-time.After(time.Second)
		if snap := next(t, sub); snap != nil {
			t.Error("half a moment was shown")
		}
		s.batches <- []model.Update{beat(noon().Add(time.Minute))}
		if snap := next(t, sub); snap == nil || valid(snap) != 1 {
			t.Errorf("after the heartbeat: %+v", snap)
		}
	})
}

func TestOnlyChangesAreShown(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, sub, time.Second)
		for range 5 {
			s.batches <- []model.Update{beat(noon())}
			<-time.After(time.Second)
		}
		if snap := next(t, sub); snap != nil {
			t.Error("the same heartbeat again gives a snapshot")
		}
		s.batches <- []model.Update{beat(noon().Add(time.Second))}
		if snap := next(t, sub); snap == nil {
			t.Error("the clock moved but there is no snapshot")
		}
	})
}

func TestThePastOfASeekIsNotShown(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, noon())}
		for m := -60; m < 0; m++ {
			s.batches <- []model.Update{beat(noon().Add(time.Duration(m) * time.Minute))}
			<-time.After(time.Second)
			if snap := next(t, sub); snap != nil {
				t.Fatalf("on the way to %s there is a snapshot of %s", noon(), snap.AsOf)
			}
		}
		s.batches <- []model.Update{beat(noon())}
		if snap := next(t, sub); snap == nil || !snap.AsOf.Equal(noon()) {
			t.Errorf("got %+v", snap)
		}
	})
}

func TestNewestWins(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		slow := h.Subscribe(model.Query{})
		defer slow.Close()
		quick := h.Subscribe(model.Query{})
		defer quick.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		seen := 0
		start := time.Now()
		for i := range 1000 { // ten seconds, a hundred moments each
			s.batches <- []model.Update{beat(noon().Add(time.Duration(i+1) * time.Second))}
			if next(t, quick) != nil {
				seen++
			}
			<-time.After(10 * time.Millisecond)
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("a viewer that does not look held the feed up: %s", took)
		}
		if seen < 99 || seen > 101 {
			t.Errorf("in ten seconds there were %d snapshots, want ten a second", seen)
		}
		<-time.After(time.Second)
		if snap := next(t, slow); snap == nil || !snap.AsOf.Equal(noon().Add(1000*time.Second)) {
			t.Errorf("the slow viewer got %+v, not the newest", snap)
		}
		if snap := next(t, slow); snap != nil {
			t.Error("it got more than the newest")
		}
	})
}

func TestViewersShareSnapshots(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		var subs []*hub.Subscription
		for i := range 20 {
			subs = append(subs, h.Subscribe(model.Query{Financials: i%2 == 1}))
		}
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		distinct := map[*model.Snapshot]bool{}
		for i, sub := range subs {
			snap := within(t, sub, time.Second)
			if snap.Query.Financials != (i%2 == 1) {
				t.Errorf("viewer %d asked something else", i)
			}
			distinct[snap] = true
			sub.Close()
		}
		if len(distinct) != 2 {
			t.Errorf("two questions have %d answers", len(distinct))
		}
	})
}

func TestAskIsAnsweredAtOnce(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, sub, time.Second)
		// Nothing comes any more: the replay is paused.
		<-time.After(time.Hour)
		for _, query := range []model.Query{{Rank: model.RankNow}, {Rank: model.RankNow, Financials: true}, {}} {
			start := time.Now()
			sub.Ask(query)
			snap := within(t, sub, time.Second)
			if snap.Query != query || time.Since(start) > 0 || !snap.AsOf.Equal(noon()) {
				t.Errorf("asked %+v, got %+v of %s after %s", query, snap.Query, snap.AsOf, time.Since(start))
			}
		}
		late := h.Subscribe(model.Query{Rank: model.RankMonth})
		defer late.Close()
		if snap := next(t, late); snap == nil || snap.Query.Rank != model.RankMonth {
			t.Errorf("a viewer that comes now gets %+v", snap)
		}
	})
}

// TestAnAnswerIsGivenOnce asks between two rounds of snapshots: the next round
// has nothing newer for this viewer.
func TestAnAnswerIsGivenOnce(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, sub, time.Second)
		s.batches <- []model.Update{beat(noon().Add(time.Second))}
		synctest.Wait()
		sub.Ask(model.Query{Financials: true})
		if snap := next(t, sub); snap == nil || !snap.AsOf.Equal(noon().Add(time.Second)) {
			t.Fatalf("the answer is %+v", snap)
		}
		<-time.After(time.Second)
		if snap := next(t, sub); snap != nil {
			t.Error("the same answer came again")
		}
	})
}

// TestAskForgetsTheOldAnswer leaves a snapshot in the mailbox that answers what
// is not asked any more.
func TestAskForgetsTheOldAnswer(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		synctest.Wait()
		sub.Ask(model.Query{Financials: true})
		if snap := within(t, sub, time.Second); !snap.Query.Financials {
			t.Error("the old answer came first")
		}
	})
}

// TestAskInTheMiddleOfAMoment waits for the moment's end, as half a moment
// must not be shown.
func TestAskInTheMiddleOfAMoment(t *testing.T) {
	bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
		sub := h.Subscribe(model.Query{})
		defer sub.Close()
		s.batches <- []model.Update{reset(1, time.Time{}), beat(noon())}
		within(t, sub, time.Second)
		s.batches <- []model.Update{quote(noon().Add(time.Minute), 10_000_000)}
		synctest.Wait()
		sub.Ask(model.Query{Financials: true})
		if snap := next(t, sub); snap != nil {
			t.Fatalf("half a moment was shown: %d valid", valid(snap))
		}
		s.batches <- []model.Update{beat(noon().Add(time.Minute))}
		if snap := next(t, sub); snap == nil || !snap.Query.Financials || valid(snap) != 1 {
			t.Errorf("got %+v", snap)
		}
	})
}
