package hub

import (
	"context"
	"sync"

	"gyre/model"
)

// Subscription is one viewer's mailbox: it holds one snapshot, the newest. A
// viewer that does not look misses snapshots, and costs nobody anything.
type Subscription struct {
	hub    *Hub
	ready  chan struct{} // holds one token: the mailbox was filled
	closed chan struct{}
	once   sync.Once

	mu    sync.Mutex
	query model.Query
	waits bool // for an answer to query
	box   *model.Snapshot
	last  *model.Snapshot // that was put into the box
}

// Next blocks until there is a snapshot newer than the last one returned. The
// error is that of ctx, or ErrEnded. One goroutine at a time may wait.
func (s *Subscription) Next(ctx context.Context) (*model.Snapshot, error) {
	for {
		if snap := s.take(); snap != nil {
			return snap, nil
		}
		select {
		case <-s.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.closed:
			return nil, ErrEnded
		case <-s.hub.done:
			if snap := s.take(); snap != nil {
				return snap, nil
			}
			return nil, ErrEnded
		}
	}
}

// Ask changes the query; a snapshot that answers it follows at once.
func (s *Subscription) Ask(query model.Query) {
	s.mu.Lock()
	s.query, s.waits, s.box = query, true, nil
	s.mu.Unlock()
	s.hub.rouse()
}

// Close ends the subscription.
func (s *Subscription) Close() {
	s.once.Do(func() {
		s.hub.mu.Lock()
		delete(s.hub.subs, s)
		s.hub.mu.Unlock()
		close(s.closed)
	})
}

// take empties the mailbox.
func (s *Subscription) take() *model.Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := s.box
	s.box = nil
	return snap
}

// asks is the query, and whether its answer is still due.
func (s *Subscription) asks() (model.Query, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.query, s.waits
}

// put fills the mailbox, if the viewer still asks for what snap answers.
func (s *Subscription) put(snap *model.Snapshot) {
	s.mu.Lock()
	news := s.query == snap.Query && (s.last != snap || s.waits)
	if news {
		s.box, s.last, s.waits = snap, snap, false
	}
	s.mu.Unlock()
	if !news {
		return
	}
	select {
	case s.ready <- struct{}{}:
	default: // the token of the snapshot that this one replaces
	}
}
