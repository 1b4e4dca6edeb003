package hub

import (
	"context"
	"slices"
	"sync"
	"time"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/alert"
)

const (
	// maxPending is how many batches may wait for the sentry. A jump of the
	// replay tells a whole session in half as many, and is not held up.
	maxPending = 1000
	// watchEvery is how often a live feed is looked at.
	watchEvery = time.Second
)

// sentry watches for alerts beside the desk, on a goroutine of its own, so that
// no snapshot waits for it.
type sentry struct {
	now     func() time.Time // of a live feed, else nil
	lookout *lookout         // of the sentry's goroutine
	heard   time.Time        // when the last batch came; likewise
	told    handed           // what the desk has; likewise

	waiting chan struct{} // holds one token: there are batches
	said    chan struct{} // holds one token: there is news for the desk

	mu      sync.Mutex
	pending [][]model.Update
	turn    int // counts the resets that were put in
	alerts  []model.Alert
	rules   *alert.Rules // to go by from the next look on; nil: those in force
}

// handed is how many alerts of a turn have been handed to the desk.
type handed struct{ turn, found int }

func newSentry(o Options) *sentry {
	return &sentry{
		now:     o.Now,
		lookout: newLookout(o.Rules, o.Now != nil),
		waiting: make(chan struct{}, 1),
		said:    make(chan struct{}, 1),
	}
}

// put hands over a batch. One that begins a new epoch drops all that waits, and
// the alerts of the old one.
func (s *sentry) put(batch []model.Update) {
	s.mu.Lock()
	for i := range batch {
		if batch[i].Kind == model.KindReset {
			s.pending, s.alerts = nil, nil
			s.turn++
		}
	}
	s.pending = append(s.pending, batch)
	s.mu.Unlock()
	raise(s.waiting)
}

// full tells whether the sentry has fallen far behind. It says so when it has
// not any more.
func (s *sentry) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending) >= maxPending
}

// list is the alerts of the newest epoch. It is shared: nobody changes it.
func (s *sentry) list() []model.Alert {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.alerts
}

// run watches until ctx ends. The error says what has broken the watch; one of
// ctx is none.
func (s *sentry) run(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the watch for alerts", r)
		}
	}()
	var tick <-chan time.Time
	if s.now != nil {
		ticker := time.NewTicker(watchEvery)
		defer ticker.Stop()
		tick, s.heard = ticker.C, s.now()
	}
	for {
		select {
		case <-s.waiting:
			for batch, turn, ok := s.take(); ok && ctx.Err() == nil; batch, turn, ok = s.take() {
				s.adopt()
				s.lookout.apply(batch)
				s.tell(turn)
			}
		case <-tick:
			s.glance()
		case <-ctx.Done():
			return nil
		}
	}
}

// take is the oldest batch that waits, and the turn that it belongs to.
func (s *sentry) take() (batch []model.Update, turn int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) == 0 {
		return nil, 0, false
	}
	if len(s.pending) == maxPending {
		raise(s.said)
	}
	batch = s.pending[0]
	s.pending[0] = nil
	s.pending = s.pending[1:]
	if s.now != nil {
		s.heard = s.now()
	}
	return batch, s.turn, true
}

// setRules changes the rules; the sentry's goroutine takes them over.
func (s *sentry) setRules(rules alert.Rules) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = &rules
}

// adopt takes new rules over, where there are any.
func (s *sentry) adopt() {
	s.mu.Lock()
	rules := s.rules
	s.rules = nil
	s.mu.Unlock()
	if rules != nil {
		s.lookout.setRules(*rules)
	}
}

// glance looks at a live feed, unless it is in the middle of a moment.
func (s *sentry) glance() {
	s.adopt()
	s.mu.Lock()
	turn, behind := s.turn, len(s.pending) > 0
	s.mu.Unlock()
	if now := s.now(); !behind && s.lookout.begun && (s.lookout.complete || now.Sub(s.heard) >= silence) {
		s.lookout.look(now)
		s.tell(turn)
	}
}

// tell hands new alerts to the desk, unless a new epoch has begun.
func (s *sentry) tell(turn int) {
	now := handed{turn, s.lookout.found}
	if !s.lookout.caughtUp() || now.found == 0 || now == s.told {
		return
	}
	s.told = now
	s.mu.Lock()
	defer s.mu.Unlock()
	if turn == s.turn {
		s.alerts = slices.Clone(s.lookout.alerts)
		raise(s.said)
	}
}

// raise leaves a token, unless there is one.
func raise(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
