package replay

import (
	"sync"
	"time"
)

// Status is where a replay stands, for the scrubber.
type Status struct {
	Now, From, To time.Time
	Playing       bool
	Speed         Speed
	Ended         bool
}

// Speed is market seconds per second; Max plays as fast as it goes.
type Speed int

// Max plays without pauses. The speeds of the [ and ] keys are 1, 10, 60, 300,
// 900, 3600 and Max.
const Max Speed = 0

// maxSteps bounds a single step, so that every call returns at once.
const maxSteps = 10_000

// Controller steers a running replay. All methods return at once, may be
// called from any goroutine, and take effect at the next moment of the replay.
type Controller struct {
	script *script
	wake   chan struct{} // holds one token: something was ordered

	mu     sync.Mutex
	status Status
	order  *order // not yet carried out
}

// order is where to go.
type order struct {
	to time.Time
	// stride tells that the way there is to be told, and not only its end: no
	// new epoch is needed for a step forward.
	stride bool
}

// newController is the controller of a replay that stands at now.
func newController(s *script, now time.Time, opts Options) *Controller {
	return &Controller{
		script: s,
		wake:   make(chan struct{}, 1),
		status: Status{Now: now, From: s.from, To: s.to, Playing: !opts.Paused, Speed: opts.Speed},
	}
}

// Pause stops the market's clock.
func (c *Controller) Pause() { c.change(func() { c.status.Playing = false }) }

// Play lets the market's clock run. At the end of the replay it stays there.
func (c *Controller) Play() { c.change(func() { c.status.Playing = true }) }

// SetSpeed changes the speed; a negative one counts as Max.
func (c *Controller) SetSpeed(speed Speed) {
	c.change(func() { c.status.Speed = max(speed, Max) })
}

// StepMinutes pauses and goes n minutes on, or back where n is negative. Nights
// are skipped as in the play.
func (c *Controller) StepMinutes(n int) {
	n = max(-maxSteps, min(n, maxSteps))
	c.change(func() {
		c.status.Playing = false
		c.order = &order{
			to:     c.script.minutesFrom(c.heading(), n),
			stride: n > 0 && (c.order == nil || c.order.stride),
		}
	})
}

// StepSessions pauses and goes to the n-th next close, or to the n-th one
// before where n is negative.
func (c *Controller) StepSessions(n int) {
	n = max(-maxSteps, min(n, maxSteps))
	c.change(func() {
		c.status.Playing = false
		c.order = &order{to: c.script.sessionsFrom(c.heading(), n)}
	})
}

// Seek goes to t, or to the end of the replay that is nearer to it.
func (c *Controller) Seek(t time.Time) {
	c.change(func() { c.order = &order{to: c.script.clamp(t)} })
}

// Status is where the replay stands.
func (c *Controller) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status
}

// change changes something and wakes the replay up.
func (c *Controller) change(how func()) {
	c.mu.Lock()
	how()
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default: // it will wake up already
	}
}

// heading is where the replay will stand once its order is carried out.
func (c *Controller) heading() time.Time {
	if c.order != nil {
		return c.order.to
	}
	return c.status.Now
}

// take is the order to carry out, nil if there is none, and the status.
func (c *Controller) take() (*order, Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := c.order
	c.order = nil
	return o, c.status
}

// arrive tells viewers of Status where the replay stands now.
func (c *Controller) arrive(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status.Now = now
	c.status.Ended = !now.Before(c.script.to)
}

// end stops the clock at the end of the replay, unless it is ordered back.
func (c *Controller) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.order == nil {
		c.status.Playing = false
	}
}
