package alpaca

import (
	"context"
	"strings"
	"sync"
	"time"

	"gyre/feed/live"
	"gyre/feed/poll"
	"gyre/feed/stream"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

var _ live.Adapter = (*Adapter)(nil)

// sweepWithin bounds one sweep with all that goes with it.
const sweepWithin = 2 * time.Minute

// Observe sweeps over the symbols of the board until ctx ends, and streams
// those that are watched. A key or a plan that Alpaca refuses is final.
func (a *Adapter) Observe(ctx context.Context, board *live.Board) error {
	ctx, stop := context.WithCancel(ctx)
	defer func() {
		for _, host := range a.hosts {
			host.Close()
		}
	}()
	var streams sync.WaitGroup
	defer streams.Wait()
	defer stop()
	w := &watch{Adapter: a, board: board, sweep: sweep{client: &a.client}, previous: map[string]num.Price{}}
	w.chosen = func(feed Feed) { streams.Go(func() { w.stream(ctx, feed) }) }
	return poll.Run(ctx, poll.Options{
		Fetch: w.fetch, Interval: a.opts.Interval, Timeout: sweepWithin,
		Report: board.Health,
	})
}

// watch is one run of an adapter.
type watch struct {
	*Adapter
	board  *live.Board
	chosen func(Feed) // starts the stream, once

	// Of the sweeps.
	feed     Feed
	identity live.Identity // as it was declared last
	sweep    sweep
	previous map[string]num.Price // previous closes
	errands  errands

	mu        sync.Mutex
	late      time.Duration // how late the feed is
	completed time.Time     // when a moment was last said to be complete
	swept     time.Time     // when a sweep last went well
}

// fetch is one sweep, and before the first one the choice of a feed.
func (w *watch) fetch(ctx context.Context) error {
	if w.feed == "" {
		if err := w.choose(ctx); err != nil {
			return err
		}
	}
	day := w.board.Day()
	found, refused, err := w.sweep.run(ctx, w.feed, w.board.Universe().Symbols())
	if unsubscribed(err) {
		w.feed = "" // the plan has changed, or the probe was too kind: find out again
	}
	if err != nil {
		return refusal(err)
	}
	for i := range found {
		w.observe(&found[i], day.Date)
	}
	w.board.Lost(uint64(refused))
	w.errands.run(ctx, w, w.opts.Now(), day)
	w.complete(true)
	return nil
}

// choose finds out what the account may see and tells the board. The trading
// days are asked for as well; without an answer the embedded calendar holds.
func (w *watch) choose(ctx context.Context) error {
	feed, err := w.client.Choose(ctx, w.opts.Feed)
	if err != nil {
		return err
	}
	w.identity = live.Identity{Feed: feed.Label(), Delay: feed.Delay(), Interval: w.opts.Interval}
	calendar, err := w.calendar(ctx)
	w.identity.Calendar = calendar
	w.board.Declare(w.identity)
	if err == nil {
		w.errands.days = w.board.Day().Date
	}
	w.mu.Lock()
	w.late = feed.Delay()
	w.mu.Unlock()
	w.feed = feed
	if w.chosen != nil && (feed == FeedSIP || len(w.opts.Watch) > 0) {
		w.chosen(feed)
		w.chosen = nil
	}
	return nil
}

// daysAhead is how far ahead the trading days are asked for.
const daysAhead = 30

// calendar is the calendar in force with what the trading host says of the days
// ahead; the one in force where that is nothing new.
func (w *watch) calendar(ctx context.Context) (*session.Calendar, error) {
	inForce := w.board.Calendar()
	today := session.DateOf(w.opts.Now())
	days, err := w.client.Days(ctx, today, today.AddDays(daysAhead))
	if err != nil {
		return inForce, err
	}
	revised, err := revise(inForce, days)
	if err != nil {
		return inForce, err
	}
	return revised, nil
}

// observe tells the board of one symbol.
func (w *watch) observe(s *Snapshot, today session.Date) {
	if before := s.PreviousClose(today); before.Date != 0 {
		w.previous[s.Symbol] = before.Price
		w.board.Close(live.Close{Symbol: s.Symbol, Date: before.Date, Price: before.Price})
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

// complete says that everything is observed that the feed has told by now. A
// stream says so only while the sweeps go well: it knows of a few names, and
// the others must not look fresh.
func (w *watch) complete(sweep bool) {
	now := w.opts.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if sweep {
		w.swept = now
	} else if now.Sub(w.swept) > 2*w.opts.Interval || now.Sub(w.completed) < time.Second {
		return
	}
	w.completed = now
	w.board.Complete(now.Add(-w.late))
}

// stream streams until ctx ends. What goes wrong with it is told and never ends
// the sweeps.
func (w *watch) stream(ctx context.Context, feed Feed) {
	l := login{key: w.opts.KeyID, secret: w.opts.Secret, ask: subscribe(feed, w.opts.Watch)}
	tell := func(err error) {
		problem := ""
		if err != nil {
			problem = l.hide(err.Error())
		}
		w.board.Aside("stream", problem)
	}
	err := stream.Run(ctx, stream.Options{
		URL: strings.TrimSuffix(w.opts.StreamURL, "/") + "/v2/" + string(feed), Proxy: w.opts.Proxy, Transport: w.opts.Transport,
		Open: l.open, Message: func(_ context.Context, body []byte) error { return w.message(body) }, State: tell,
	})
	if ctx.Err() == nil {
		tell(err)
	}
}

// message takes in one message of the stream.
func (w *watch) message(body []byte) error {
	messages, refused, err := decodeMessages(body)
	if err != nil {
		return err
	}
	w.board.Lost(uint64(refused))
	universe := w.board.Universe()
	for i := range messages {
		m := &messages[i]
		if m.Type == "error" {
			return m.streamError()
		}
		t, ok := m.tell()
		if !ok {
			continue
		}
		if _, known := universe.Find(t.symbol); !known {
			continue // with all bars come those of every symbol there is
		}
		switch t.kind {
		case model.KindQuote:
			w.board.Quote(live.Quote{Symbol: t.symbol, At: t.at, Price: t.price, Flags: t.flags})
		case model.KindCancel:
			w.board.Cancel(live.Cancel{Symbol: t.symbol, At: t.at, Price: t.price, Instead: t.becomes})
		case model.KindHalt:
			w.board.Halt(live.Halt{Symbol: t.symbol, At: t.at, Reason: t.text})
		case model.KindResume:
			w.board.Resume(live.Resume{Symbol: t.symbol, At: t.at, Reason: t.text})
		default: // tell knows no other
		}
	}
	w.complete(false)
	return nil
}
