package massive

import (
	"context"
	"sync"
	"time"

	"gyre/feed/live"
	"gyre/feed/poll"
	"gyre/model"
	"gyre/model/session"
)

var _ live.Adapter = (*Adapter)(nil)

// sweepWithin bounds one sweep with all that goes with it.
const sweepWithin = time.Minute

// auctionsLast is how long after the close a day's last price is no official
// close yet.
const auctionsLast = 10 * time.Minute

// Observe sweeps over the market until ctx ends, and streams what happens
// between the sweeps. A key or a plan that Massive refuses is final.
func (a *Adapter) Observe(ctx context.Context, board *live.Board) error {
	ctx, stop := context.WithCancel(ctx)
	defer a.host.Close()
	var streams sync.WaitGroup
	defer streams.Wait()
	defer stop()
	w := &watch{Adapter: a, board: board}
	w.begin = func(plan Plan) {
		for _, l := range w.lines(plan) {
			streams.Go(func() { w.stream(ctx, l) })
		}
	}
	return poll.Run(ctx, poll.Options{Fetch: w.fetch, Interval: a.opts.Interval, Timeout: sweepWithin, Report: board.Health})
}

// watch is one run of an adapter.
type watch struct {
	*Adapter
	board *live.Board
	begin func(Plan) // begins the streams, once

	// Of the sweeps.
	plan     Plan
	identity live.Identity // as it was declared last
	errands  errands

	mu        sync.Mutex
	late      time.Duration // how late the data are
	completed time.Time     // when a moment was last said to be complete
	swept     bool          // a sweep went well
}

// fetch is one sweep, and before the first one the question how late the data
// are.
func (w *watch) fetch(ctx context.Context) error {
	if w.plan == "" {
		if err := w.choose(ctx); err != nil {
			return err
		}
	}
	day, universe := w.board.Day(), w.board.Universe()
	found, refused, err := w.client.Snapshots(ctx)
	if err != nil {
		return refusal(err)
	}
	over := !w.opts.Now().Before(day.Closes.Add(auctionsLast + w.plan.Delay()))
	for i := range found {
		if _, known := universe.Find(found[i].Symbol); known { // the sweep is of the whole market
			w.observe(&found[i], day, over)
		}
	}
	w.board.Lost(uint64(refused))
	w.errands.run(ctx, w, w.opts.Now(), day, over)
	w.complete(true)
	return nil
}

// choose finds out how late the data are and tells the board. The holidays are
// asked for as well; without an answer the embedded calendar holds.
func (w *watch) choose(ctx context.Context) error {
	plan := w.opts.Plan
	if plan == "" {
		found, err := w.client.Choose(ctx)
		if err != nil {
			return err
		}
		plan = found
	}
	w.identity = live.Identity{Feed: "massive", Delay: plan.Delay(), Interval: w.opts.Interval}
	calendar, err := w.calendar(ctx)
	w.identity.Calendar = calendar
	w.board.Declare(w.identity)
	if err == nil {
		w.errands.days = w.board.Day().Date
	}
	w.mu.Lock()
	w.late = plan.Delay()
	w.mu.Unlock()
	w.plan = plan
	if !w.opts.NoStream {
		w.begin(plan)
	}
	return nil
}

// calendar is the calendar in force with the coming holidays; the one in force
// where these are nothing new.
func (w *watch) calendar(ctx context.Context) (*session.Calendar, error) {
	inForce := w.board.Calendar()
	days, err := w.client.Holidays(ctx)
	if err != nil {
		return inForce, err
	}
	revised, err := revise(inForce, days)
	if err != nil {
		return inForce, err
	}
	return revised, nil
}

// observe tells the board of one symbol of the universe. Over tells that the
// day's auctions are, so that its last price is the official close.
func (w *watch) observe(s *Snapshot, day session.Session, over bool) {
	if over && s.Day.Close > 0 && session.DateOf(s.Updated) == day.Date {
		w.board.Close(live.Close{Symbol: s.Symbol, Date: day.Date, Price: s.Day.Close, Volume: s.Day.Volume})
	}
	p, at, single, ok := s.Last(w.board.Calendar())
	if !ok {
		return
	}
	q := live.Quote{Symbol: s.Symbol, At: at, Price: p, Volume: s.Day.Volume}
	if !single {
		q.Flags = model.FlagBar
	}
	w.board.Quote(q)
}

// complete says that everything is observed that Massive has told by now. The
// stream is of the whole market and says so as well, once a sweep has found
// what does not trade just now.
func (w *watch) complete(sweep bool) {
	now := w.opts.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if sweep {
		w.swept = true
	} else if !w.swept || now.Sub(w.completed) < time.Second {
		return
	}
	w.completed = now
	w.board.Complete(now.Add(-w.late))
}
