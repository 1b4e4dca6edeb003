package replay

import (
	"context"
	"io"
	"time"
)

// Pacing, in wall time unless said otherwise.
const (
	// beatEvery is the shortest time between two heartbeats that only let the
	// clock on the screen move, and beatLeast the same in market time.
	beatEvery = 100 * time.Millisecond
	beatLeast = time.Second
	// beatSpeed is the speed above which minutes follow each other so fast that
	// no heartbeat is needed between them.
	beatSpeed Speed = 60
	// jumpPause, in market time, is how long a moment stays before the play
	// jumps away from it, between the two others.
	jumpPause     = 2 * time.Minute
	shortestPause = 250 * time.Millisecond
	longestPause  = 2 * time.Second
	// maxLag is how far the play may be behind before it gives up catching up.
	maxLag = 500 * time.Millisecond
)

// player is one run of a source.
type player struct {
	source *Source
	teller teller
	out    *batcher
	now    time.Time // market time
	due    time.Time // when the last moment was due; zero where the pace has changed
}

// run plays until ctx ends, or until the end of the replay.
func (p *player) run(ctx context.Context) error {
	control := p.source.control
	p.obey(order{to: control.Status().Now})
	for !p.out.stopped {
		order, status := control.take()
		if order != nil {
			p.obey(*order)
			continue
		}
		next, more := p.next(status.Speed)
		switch {
		case !more && p.source.once:
			return io.EOF
		case !more:
			control.end()
			p.sleep(ctx, nil)
		case !status.Playing:
			p.sleep(ctx, nil)
		case p.wait(ctx, p.cost(next, status.Speed)):
			p.teller.tell(next, p.out)
			p.arrive(next)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return ctx.Err()
}

// obey goes where it was ordered to.
func (p *player) obey(o order) {
	if o.stride && !o.to.Before(p.now) {
		p.teller.stride(p.now, o.to, p.out)
	} else {
		p.source.epoch++
		p.teller.seek(p.source.epoch, o.to, p.out)
	}
	p.due = time.Time{}
	p.arrive(o.to)
}

// arrive notes that everything up to now is told.
func (p *player) arrive(now time.Time) {
	if !p.out.stopped {
		p.now = now
		p.source.control.arrive(now)
	}
}

// next is the next moment, which at slow speeds may be one that only lets the
// clock move; false at the end of the replay.
func (p *player) next(speed Speed) (time.Time, bool) {
	next, more := p.source.script.after(p.now)
	if !more || speed == Max || speed > beatSpeed || !p.source.script.playing(p.now) {
		return next, more
	}
	tick := max(beatLeast, (time.Duration(speed) * beatEvery).Truncate(beatLeast))
	return earlier(next, p.now.Truncate(tick).Add(tick)), true
}

// cost is how long it takes to come to the next moment.
func (p *player) cost(next time.Time, speed Speed) time.Duration {
	switch {
	case speed == Max:
		return 0
	case p.source.script.playing(p.now):
		return next.Sub(p.now) / time.Duration(speed)
	default:
		return min(max(jumpPause/time.Duration(speed), shortestPause), longestPause)
	}
}

// wait lets the time pass that the next moment is away from the last one. It
// gives up, and tells so, when something is ordered or ctx ends.
func (p *player) wait(ctx context.Context, cost time.Duration) bool {
	if cost == 0 {
		return true
	}
	now := time.Now()
	if p.due.IsZero() || now.Sub(p.due) > maxLag {
		p.due = now
	}
	due := p.due.Add(cost)
	timer := time.NewTimer(due.Sub(now))
	defer timer.Stop()
	if p.sleep(ctx, timer.C) {
		p.due = due
		return true
	}
	p.due = time.Time{}
	return false
}

// sleep tells whether the timer fired before anything was ordered.
func (p *player) sleep(ctx context.Context, timer <-chan time.Time) bool {
	select {
	case <-timer:
		return true
	case <-p.source.control.wake:
	case <-ctx.Done():
	}
	return false
}
