// Package hub runs one source, owns the one Market, and hands the newest
// snapshot to every viewer.
package hub

import (
	"cmp"
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"gyre/feed"
	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/alert"
)

// ErrEnded is what Next gives once the hub has ended, or the subscription was
// closed.
var ErrEnded = errors.New("there are no more snapshots: the feed was shut down")

// defaultInterval is the shortest time between two snapshots: a screen that
// changes more often than ten times a second cannot be read.
const defaultInterval = 100 * time.Millisecond

// Options set a hub up.
type Options struct {
	Source feed.Source
	// Now is the wall clock of a live feed. In replay it is nil: time is that
	// of the newest heartbeat.
	Now func() time.Time
	// MinInterval is the shortest time between two snapshots (default 100 ms).
	MinInterval time.Duration
	// Rules say what is worth an alert; without windows they are alert.Defaults.
	Rules alert.Rules
}

// Hub is a running feed.
type Hub struct {
	opts Options
	wake chan struct{} // holds one token: a viewer waits for an answer
	done chan struct{} // closed when Run has returned

	guard *sentry

	mu   sync.Mutex
	subs map[*Subscription]struct{}
}

// New prepares a hub; Run starts it.
func New(opts Options) *Hub {
	if opts.MinInterval <= 0 {
		opts.MinInterval = defaultInterval
	}
	return &Hub{
		opts:  opts,
		wake:  make(chan struct{}, 1),
		done:  make(chan struct{}),
		guard: newSentry(opts),
		subs:  make(map[*Subscription]struct{}),
	}
}

// SetRules changes what is worth an alert from the next look at the market on;
// rules without windows are alert.Defaults. What lies beyond a new threshold
// already is no alert, and those that were raised stay.
func (h *Hub) SetRules(rules alert.Rules) { h.guard.setRules(rules) }

// Run runs the source until ctx ends or the source is finished; after a
// source's end (io.EOF) it keeps serving the last snapshot until ctx ends, and
// after a source's failure it keeps serving it as that of a failing feed. The
// error is the source's, or else that of ctx. What breaks down over what the
// source has told is an error of the source. A hub runs once.
func (h *Hub) Run(ctx context.Context) (err error) {
	defer close(h.done)
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the market", r)
		}
	}()
	ctx, stop := context.WithCancel(ctx)
	updates, ended := make(chan []model.Update), make(chan error, 1)
	feeding, hush := context.WithCancel(ctx)
	go func() {
		defer close(ended)
		ended <- runSource(feeding, h.opts.Source, updates)
	}()
	left, broken := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(left)
		if err := h.guard.run(ctx); err != nil {
			broken <- err
		}
	}()
	defer func() {
		hush()
		stop()
		for range ended { // until the source has returned
		}
		<-left
	}()

	d := newDesk(h, h.guard)
	defer d.close()
	var failure error
	finished := ended
	for {
		incoming := updates
		if h.guard.full() {
			incoming = nil // until it has looked at what there is
		}
		select {
		case batch := <-incoming:
			d.apply(batch)
		case err := <-finished:
			finished = nil
			if !errors.Is(err, io.EOF) && ctx.Err() == nil {
				failure = err
			}
			d.ended(failure)
		case failure = <-broken: // nobody takes in what the source tells any more
			hush()
			finished, updates = nil, nil
			d.ended(failure)
		case <-h.wake:
			d.asked = true
		case <-h.guard.said:
			d.listen()
		case <-d.due.C:
		case <-d.pulse:
			d.look()
		case <-ctx.Done():
			return cmp.Or(failure, ctx.Err())
		}
		d.serve()
	}
}

// runSource runs a source. Should it panic, that is an error like any other:
// one feed must not take the screens down.
func runSource(ctx context.Context, source feed.Source, out chan<- []model.Update) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the feed", r)
		}
	}()
	return source.Run(ctx, out)
}

// Subscribe adds a viewer that asks query. The viewer must Close it.
func (h *Hub) Subscribe(query model.Query) *Subscription {
	s := &Subscription{hub: h, ready: make(chan struct{}, 1), closed: make(chan struct{}), query: query, waits: true}
	h.mu.Lock()
	h.subs[s] = struct{}{}
	h.mu.Unlock()
	h.rouse()
	return s
}

// rouse lets the hub look after viewers that wait.
func (h *Hub) rouse() { raise(h.wake) }
