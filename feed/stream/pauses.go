package stream

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// refusal is why a server that is there gives no stream.
type refusal struct{ error }

// Unwrap gives the error itself.
func (r refusal) Unwrap() error { return r.error }

// Refused marks an error of a server that is well and does not give what it is
// asked for just now: another program has the account's only connection. The
// pauses after it grow to the longest.
func Refused(err error) error { return refusal{err} }

// refused tells whether an error, or one that it wraps, is marked so.
func refused(err error) bool {
	_, marked := errors.AsType[refusal](err)
	return marked
}

// pauses are those between two attempts. They grow with every failure; while the
// last one was no refusal none is longer than a probe.
type pauses struct {
	*backoff.ExponentialBackOff

	refused bool
}

func newPauses() *pauses {
	growing := backoff.NewExponentialBackOff()
	growing.InitialInterval, growing.Multiplier, growing.MaxInterval = firstPause, 2, maxPause
	growing.RandomizationFactor = scatter
	return &pauses{ExponentialBackOff: growing}
}

// NextBackOff is the next pause.
func (p *pauses) NextBackOff() time.Duration {
	pause := p.ExponentialBackOff.NextBackOff()
	if p.refused {
		return pause
	}
	look := float64(probe) * (1 + scatter*(2*rand.Float64()-1)) //nolint:gosec // timing, no secret
	return min(pause, time.Duration(look))
}
