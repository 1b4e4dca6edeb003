// Package feedtest is the contract of a feed.Source as a test that every
// source must pass.
package feedtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed"
	"gyre/model"
)

const (
	// enough is how many batches of a source are looked at.
	enough = 50
	// patience is how long a source may take for anything it owes.
	patience = 10 * time.Second
	// quiet is how long a source is silent that has nothing to tell for now.
	quiet = 200 * time.Millisecond
	// slow is how long it may take over its first whole moment, on a busy machine.
	slow = 2 * time.Second
)

// errSilent is what a source gives that sends nothing.
var errSilent = errors.New("the source sends nothing")

// rule is one part of the contract. It runs a fresh source and says in what it
// breaks the rule.
type rule struct {
	name  string
	check func(ctx context.Context, source feed.Source) error
}

// Run tests the sources that newSource makes. It must make a new one each time,
// which sends at least one complete moment without being asked for anything.
func Run(t *testing.T, newSource func(t *testing.T) feed.Source) {
	t.Helper()
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			source := newSource(t)
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			ctx, stop := context.WithTimeout(t.Context(), 2*patience)
			defer stop()
			if err := r.check(ctx, source); err != nil {
				t.Error(err)
			}
		})
	}
}

func rules() []rule {
	return []rule{
		{"the first update is a reset with a reference", beginsWithReset},
		{"a heartbeat ends its batch and time does not go back", beatsInOrder},
		{"cancelling ends a source that nobody reads", endsUnread},
		{"cancelling ends a source that is read", endsWhileRead},
		{"a batch that was sent is never written to again", keepsBatches},
		{"a slow reader gets the same order", bearsSlowReader},
		{"the channel stays open after the end", leavesChannelOpen},
	}
}

// trial runs a source beside a reader.
type trial struct {
	stop context.CancelFunc
	out  chan []model.Update
	end  chan error // what Run returned
}

func start(ctx context.Context, source feed.Source) *trial {
	ctx, stop := context.WithCancel(ctx)
	s := &trial{stop: stop, out: make(chan []model.Update), end: make(chan error, 1)}
	go func() { s.end <- source.Run(ctx, s.out) }()
	return s
}

// next is the next batch, io.EOF when the source has ended by itself, and
// errSilent when nothing comes for a while.
func (s *trial) next(while time.Duration) ([]model.Update, error) {
	timeout := time.NewTimer(while)
	defer timeout.Stop()
	select {
	case batch, open := <-s.out:
		if !open {
			return nil, errors.New("the source closed the channel")
		}
		if len(batch) == 0 {
			return nil, errors.New("the source sent an empty batch")
		}
		return batch, nil
	case err := <-s.end:
		s.end <- err
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("the source ended with %w", err)
	case <-timeout.C:
		return nil, errSilent
	}
}

// batches are the first batches of the source, each of which the reader hands
// to seen, and then the source is cancelled.
func (s *trial) batches(seen func([]model.Update)) ([][]model.Update, error) {
	var all [][]model.Update
	while := patience
	for len(all) < enough {
		batch, err := s.next(while)
		if errors.Is(err, io.EOF) || errors.Is(err, errSilent) && len(all) > 0 {
			break
		}
		if err != nil {
			return all, errors.Join(err, s.cancel())
		}
		if n := len(batch); n > 0 && batch[n-1].Kind == model.KindHeartbeat {
			while = quiet
		} else if len(all) == 0 {
			while = slow
		}
		all = append(all, batch)
		seen(batch)
	}
	return all, s.cancel()
}

// cancel cancels the source and waits for its end.
func (s *trial) cancel() error {
	s.stop()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case err := <-s.end:
		s.end <- err
		if !errors.Is(err, context.Canceled) && !errors.Is(err, io.EOF) {
			return fmt.Errorf("a cancelled source must end with the context's error, not %w", err)
		}
		return nil
	case <-timeout.C:
		return fmt.Errorf("the source did not end within %s of being cancelled", patience)
	}
}

func beginsWithReset(ctx context.Context, source feed.Source) error {
	s := start(ctx, source)
	first, err := s.next(patience)
	if err = errors.Join(err, s.cancel()); err != nil {
		return err
	}
	reset, ok := first[0].Payload.(*model.Reset)
	switch {
	case first[0].Kind != model.KindReset || !ok:
		return fmt.Errorf("the first update is of kind %d, not a reset", first[0].Kind)
	case reset.Reference == nil || reset.Reference.Calendar == nil:
		return errors.New("the first reset has no reference, or one without a calendar")
	case reset.Epoch == 0:
		return errors.New("epochs are counted from 1")
	}
	return nil
}

func beatsInOrder(ctx context.Context, source feed.Source) error {
	all, err := start(ctx, source).batches(func([]model.Update) {})
	if err != nil {
		return err
	}
	return orderOf(all)
}

// orderOf says what is wrong with the order of batches.
func orderOf(all [][]model.Update) error {
	var last time.Time
	var epoch uint64
	beats := 0
	for i, batch := range all {
		for k, u := range batch {
			switch reset, _ := u.Payload.(*model.Reset); {
			case u.Kind == model.KindReset && reset != nil && reset.Epoch <= epoch:
				return fmt.Errorf("batch %d: epoch %d follows epoch %d", i, reset.Epoch, epoch)
			case u.Kind == model.KindReset && reset != nil:
				epoch, last = reset.Epoch, time.Time{}
			case u.Kind != model.KindHeartbeat:
			case k != len(batch)-1:
				return fmt.Errorf("batch %d goes on after its heartbeat", i)
			case u.At.Before(last):
				return fmt.Errorf("batch %d: the heartbeat of %s follows that of %s", i, u.At, last)
			default:
				last = u.At
				beats++
			}
		}
	}
	if beats == 0 {
		return fmt.Errorf("no heartbeat in %d batches", len(all))
	}
	return nil
}

func endsUnread(ctx context.Context, source feed.Source) error {
	return start(ctx, source).cancel()
}

func endsWhileRead(ctx context.Context, source feed.Source) error {
	s := start(ctx, source)
	if _, err := s.next(patience); err != nil {
		return errors.Join(err, s.cancel())
	}
	return s.cancel()
}

func keepsBatches(ctx context.Context, source feed.Source) error {
	var copies [][]model.Update
	all, err := start(ctx, source).batches(func(batch []model.Update) {
		copies = append(copies, slices.Clone(batch))
	})
	if err != nil {
		return err
	}
	for i := range all {
		if !slices.Equal(all[i], copies[i]) {
			return fmt.Errorf("batch %d was changed after it was sent", i)
		}
	}
	return nil
}

func bearsSlowReader(ctx context.Context, source feed.Source) error {
	all, err := start(ctx, source).batches(func([]model.Update) {
		for range 1000 {
			runtime.Gosched()
		}
	})
	if err != nil {
		return err
	}
	return orderOf(all)
}

func leavesChannelOpen(ctx context.Context, source feed.Source) error {
	s := start(ctx, source)
	if _, err := s.next(patience); err != nil {
		return errors.Join(err, s.cancel())
	}
	if err := s.cancel(); err != nil {
		return err
	}
	select {
	case _, open := <-s.out:
		if !open {
			return errors.New("the source closed the channel")
		}
		return errors.New("the source sent something after its end")
	default:
		return nil
	}
}
