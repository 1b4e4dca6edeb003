// Package poll is the one loop that asks a vendor again and again. It asks at
// once, then at an interval that is never quite the same, and after failures
// ever less often. What was fetched last stays as it is and grows old: a
// failure tells nothing but itself.
package poll

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"

	"gyre/feed/clean"
	"gyre/feed/web"
	"gyre/model"
)

// The pauses after failures: they double from the first to the longest, each
// up to a quarter shorter or longer. A failure that may be over at any moment,
// as one of the network or of the vendor's own, is looked after every probe at
// least, so that prices are there again within five seconds; what the vendor
// refuses it refuses for longer.
const (
	firstPause = 250 * time.Millisecond
	probe      = 3200 * time.Millisecond
	maxPause   = 30 * time.Second
	scatter    = 0.25
)

// slow is from when on a failure took so long that it was a pause in itself. A
// vendor that nothing comes back from is asked again at once: it is not at the
// other end of the line, and when it is there again that should be seen.
const slow = 5 * time.Second

// jitter is the part by which an interval may be shorter or longer.
const jitter = 0.1

// MaxWait is the longest that a vendor's request to be left alone is honoured.
const MaxWait = web.MaxWait

// defaultTimeout bounds a fetch for which nothing is said.
const defaultTimeout = 30 * time.Second

// Reporter is told how it goes. problem is one clean sentence, "" when all is
// well. live.Board's Health is one.
type Reporter func(state model.FeedPhase, problem string)

// Options say what is asked and how often.
type Options struct {
	// Fetch asks once and hands over what it got, whole or not at all. An error
	// that holds a backoff.RetryAfterError, as those of package web do, makes the
	// loop wait that long at least; a Final one ends it.
	Fetch    func(ctx context.Context) error
	Interval time.Duration // from one fetch to the next, while all is well
	Timeout  time.Duration // of one fetch; 0: 30 seconds
	Report   Reporter      // may be nil
	// Patient lets the pauses after failures of every kind grow to the longest:
	// nobody looks at prices and waits for this one.
	Patient bool
}

// Final marks an error after which asking again makes no sense.
func Final(err error) error { return backoff.Permanent(err) }

// errSlow is what a fetch ends with that takes too long.
var errSlow = errors.New("it took too long")

// Run asks until ctx ends, and then returns ctx's error, or until Fetch gives a
// Final error, and then returns that one.
func Run(ctx context.Context, opts Options) error {
	if opts.Timeout <= 0 {
		opts.Timeout = defaultTimeout
	}
	l := loop{opts: opts, pauses: backoff.NewExponentialBackOff()}
	l.pauses.InitialInterval, l.pauses.Multiplier, l.pauses.MaxInterval = firstPause, 2, maxPause
	l.pauses.RandomizationFactor = scatter
	for {
		began := time.Now()
		err := l.fetch(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if final := new(backoff.PermanentError); errors.As(err, &final) {
			return final.Unwrap()
		}
		if !sleep(ctx, l.pause(err, time.Since(began))) {
			return ctx.Err()
		}
	}
}

// loop is one run.
type loop struct {
	opts   Options
	pauses *backoff.ExponentialBackOff
	told   bool // how it goes was told
	last   string
}

// fetch asks once, within the timeout. A panic in it is a failure like any
// other: one bad answer must not take the screens down.
func (l *loop) fetch(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, l.opts.Timeout, errSlow)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the answer broke the adapter: %v", r)
		}
	}()
	err = l.opts.Fetch(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errSlow
	}
	return err
}

// pause reports how a fetch went that took so long, and is the time until the
// next one.
func (l *loop) pause(err error, took time.Duration) time.Duration {
	if err == nil {
		l.report(model.FeedOK, "")
		l.pauses.Reset()
		return max(around(l.opts.Interval, jitter)-took, firstPause)
	}
	problem, _ := clean.Text(err.Error())
	l.report(model.FeedFailing, problem)
	if took >= slow {
		l.pauses.Reset()
	}
	pause := l.pauses.NextBackOff()
	if !l.opts.Patient && !refused(err) {
		pause = min(pause, around(probe, scatter))
	}
	if asked := new(backoff.RetryAfterError); errors.As(err, &asked) {
		pause = max(pause, min(asked.Duration, MaxWait))
	}
	return pause
}

// around is a time up to a part shorter or longer.
func around(d time.Duration, part float64) time.Duration {
	return time.Duration(float64(d) * (1 + part*(2*rand.Float64()-1))) //nolint:gosec // timing, no secret
}

// refused tells whether a vendor that is well does not give what it is asked
// for, or gives more than is taken.
func refused(err error) bool {
	answer := new(web.Error)
	if !errors.As(err, &answer) {
		return false
	}
	switch answer.Kind {
	case web.Server, web.Network, web.Malformed:
		return false
	default:
		return true
	}
}

// report tells how it goes, where that is new.
func (l *loop) report(state model.FeedPhase, problem string) {
	if l.opts.Report == nil || l.told && l.last == problem {
		return
	}
	l.told, l.last = true, problem
	l.opts.Report(state, problem)
}

// sleep tells whether ctx has not ended before the time was over.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
