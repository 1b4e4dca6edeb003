package ndjson

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// pauses are the pauses between two attempts: from first, each twice the last,
// up to most. After an attempt that lasted for healthy they begin anew. Of what
// has worked once, none is longer than probe: it failed for a reason that may be
// over at any moment.
type pauses struct {
	first, most, healthy time.Duration
	probe                time.Duration // 0: no other than most
	worked               func() bool   // needed with probe
}

// againAndAgain attempts something until ctx ends, and tells of every failure.
func (p pauses) againAndAgain(ctx context.Context, attempt func() error, failed func(error)) error {
	growing := backoff.NewExponentialBackOff()
	growing.InitialInterval, growing.Multiplier, growing.MaxInterval = p.first, 2, p.most
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		began := time.Now()
		err := attempt()
		if time.Since(began) >= p.healthy {
			growing.Reset()
		}
		if p.probe > 0 && p.worked() {
			growing.MaxInterval = p.probe
		}
		if ctx.Err() == nil {
			failed(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(growing), backoff.WithMaxElapsedTime(0))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
