// Package serve is the dashboard over SSH: one process, one feed, and a screen
// of their own for everybody whose key is in the list.
//
// A connection passes package gate, and gets sessions within Limits. Each
// session with a terminal is a Bubble Tea program of its own that handles keys
// and snapshots and draws nothing; its pen draws, by way of package studio,
// which draws the same screen once for all. Nothing a viewer does can hold
// another one up: a program only leaves its newest scene with the pen, and a
// pen that cannot write is dropped.
package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/time/rate"

	"gyre/ui"
	"gyre/ui/serve/gate"
	"gyre/ui/studio"
)

// DefaultAddress is where the server listens unless it is told otherwise: on
// this machine only.
const DefaultAddress = "127.0.0.1:2222"

// Config is what a server is made of.
type Config struct {
	Listeners []net.Listener // at least one; Run closes them
	Metrics   net.Listener   // of loopback, for Prometheus; Run closes it; nil: none
	HostKey   string         // file; made where there is none
	Keys      string         // file, as of authorized_keys
	Limits    Limits
	Log       *slog.Logger    // nil: none
	Reload    <-chan struct{} // reads the list of keys again; nil: it is watched all the same

	// Changes are configurations that everybody's dashboard takes over while it is
	// looked at; what a viewer may not do stays so. nil: there are none. The
	// notices are not shown.
	Changes <-chan ui.Change

	// Open prepares a dashboard for somebody who has logged in.
	Open func(ctx context.Context, who gate.Identity) (*Show, error)
	// Command writes what one of Commands gives. nil: there are no commands.
	Command func(ctx context.Context, who gate.Identity, command string, out io.Writer) error
}

// Show is a dashboard that is ready to be looked at. Whatever its Options say,
// a viewer cannot export files, suspend the server or, unless the replay is
// private or they are an operator, steer it.
type Show struct {
	Options ui.Options
	Private bool   // the replay is this viewer's alone
	Close   func() // after the viewer has left; nil: nothing to do
}

// server is a running one.
type server struct {
	Config
	ssh      *ssh.ServerConfig
	door     *gate.Door
	slots    *gate.Slots
	audience audience
	studio   *studio.Studio
	metrics  *metrics
	log      *slog.Logger
	chatter  *rate.Limiter // of lines about refusals

	asked context.Context // of Run
	ctx   context.Context // ends when the server stops
	end   context.CancelCauseFunc
	work  sync.WaitGroup // its connections

	mu    sync.Mutex
	conns map[*conn]struct{}
	keys  map[string]usage // by fingerprint
	all   int              // sessions
	rest  *time.Timer      // runs while there are none

	props map[cast]*ui.Props
}

// usage is what one key has open, and what it may still do.
type usage struct {
	conns, sessions int
	logins          *rate.Limiter
	meter           *rate.Limiter // of what its clients send
}

func newUsage(l Limits) usage {
	return usage{logins: rate.NewLimiter(rate.Limit(l.Logins), loginsFor*l.Logins), meter: newMeter(l.Received)}
}

// loginsFor is for how many seconds the logins of a key may come at once.
const loginsFor = 4

// settled tells whether there is nothing to remember of a key.
func (u usage) settled() bool {
	return u.conns == 0 && u.logins.Tokens() >= float64(u.logins.Burst()) && u.meter.Tokens() >= float64(u.meter.Burst())
}

// cellBudget is how many cells the studio's painters keep, of about 250 bytes: two
// of the largest screens, or fifty of 120 by 40. With what the studio keeps beside
// that it is never much more than 100 MB.
const cellBudget = 240_000

// farewell is how long viewers have to be told that the server stops.
const farewell = 3 * time.Second

// A line about a refusal is logged so often; the metrics count every one.
const (
	refusalsASecond = 10
	refusalsAtOnce  = 50
)

// Run serves until ctx ends, and returns when everybody has left: nil then. It
// fails where it cannot begin: without a key in the list, with a host key that
// others could read, with limits out of bounds.
func Run(ctx context.Context, c Config) error {
	defer closeAll(c)
	s, file, err := prepare(ctx, c)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	var keepers sync.WaitGroup
	keepers.Go(func() { file.Watch(s.ctx, c.Reload, s.reload) })
	keepers.Go(s.follow)
	if c.Metrics != nil {
		keepers.Go(func() { s.metrics.serve(s.ctx, c.Metrics, failed) })
	}
	for _, l := range c.Listeners {
		s.log.Info("serving", "address", l.Addr().String())
		keepers.Go(func() { s.accept(l) })
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.stop()
	keepers.Wait()
	s.rest.Stop()
	s.log.Info("stopped")
	return err
}

// prepare is a server that is ready to accept.
func prepare(ctx context.Context, c Config) (*server, *gate.File, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if len(c.Listeners) == 0 || c.Open == nil {
		return nil, nil, errors.New("there is nothing to serve, or nowhere to serve it")
	}
	if err := c.Limits.Check(); err != nil {
		return nil, nil, err
	}
	if c.Metrics != nil {
		if err := onLoopback(c.Metrics.Addr()); err != nil {
			return nil, nil, err
		}
	}
	host, err := gate.LoadHostKey(c.HostKey)
	if err != nil {
		return nil, nil, err
	}
	file := &gate.File{Path: c.Keys}
	list, problems, err := file.Load()
	if err != nil {
		return nil, nil, err
	}
	s := &server{
		Config:  c,
		door:    gate.NewDoor(list, time.Now),
		slots:   gate.NewSlots(c.Limits.Handshakes, c.Limits.HandshakesPerSource),
		studio:  studio.New(cellBudget),
		log:     c.Log,
		chatter: rate.NewLimiter(refusalsASecond, refusalsAtOnce),
		conns:   make(map[*conn]struct{}),
		keys:    make(map[string]usage),
		props:   make(map[cast]*ui.Props),
	}
	s.rest = time.AfterFunc(emptyFor, s.giveBack)
	s.rest.Stop()
	s.metrics = newMetrics(s)
	s.ssh = gate.ServerConfig(s.door, host, c.Limits.Failures)
	s.asked = ctx
	s.ctx, s.end = context.WithCancelCause(context.WithoutCancel(ctx))
	for _, p := range problems {
		s.log.Warn("list of keys", "problem", p.Error())
	}
	s.log.Info("list of keys", "keys", list.Len(), "host key", ssh.FingerprintSHA256(host.PublicKey()))
	return s, file, nil
}

func closeAll(c Config) {
	for _, l := range c.Listeners {
		_ = l.Close()
	}
	if c.Metrics != nil {
		_ = c.Metrics.Close()
	}
}

// accept takes connections in until the listener is closed.
func (s *server) accept(l net.Listener) {
	for {
		raw, err := l.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			// Out of file descriptors, most likely: those who are in stay.
			s.log.Error("accepting", "error", err.Error())
			select {
			case <-time.After(100 * time.Millisecond):
				continue
			case <-s.ctx.Done():
				return
			}
		}
		free, refused := s.slots.Take(raw.RemoteAddr())
		if refused != "" {
			s.refuse(raw, string(refused), nil)
			_ = raw.Close()
			continue
		}
		s.work.Go(func() { s.welcome(newMetered(raw, newMeter(s.Limits.Received)), free) })
	}
}

// emptyFor is how long nobody looks or knocks before the memory that they took is
// given back: collecting it at once is work, which somebody who comes and goes
// must not be able to ask for at every turn.
const emptyFor = 3 * time.Second

// quiet begins to wait for that where nobody looks.
func (s *server) quiet() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == 0 {
		s.rest.Reset(emptyFor)
	}
}

// giveBack gives back what viewers took who have left.
func (s *server) giveBack() {
	s.studio.Clear()
	debug.FreeOSMemory()
}

// refuse notes that somebody did not get in.
func (s *server) refuse(raw net.Conn, reason string, err error) {
	s.metrics.refusals.WithLabelValues(reason).Inc()
	s.quiet()
	if !s.chatter.Allow() {
		return
	}
	text := ""
	if err != nil {
		text = cleaned(err.Error())
	}
	s.log.Warn("refused", "from", raw.RemoteAddr().String(), "reason", reason, "error", text)
}

// stop tells everybody that the server ends, and returns when all have left.
func (s *server) stop() {
	s.end(errStopping)
	for _, l := range s.Listeners {
		_ = l.Close()
	}
	left := make(chan struct{})
	go func() {
		defer close(left)
		s.work.Wait()
	}()
	select {
	case <-left:
		return
	case <-time.After(farewell):
	}
	s.mu.Lock()
	for c := range s.conns {
		_ = c.raw.Close()
	}
	s.mu.Unlock()
	<-left
}

// follow lets everybody take over the configurations that come.
func (s *server) follow() {
	for {
		select {
		case change, open := <-s.Changes:
			if !open {
				return
			}
			if change.Options != nil {
				s.audience.renew(change.Options)
			}
		case <-s.ctx.Done():
			return
		}
	}
}

// reload takes over what has become of the list of keys: who is not in it any
// more, or in another role, is sent away.
func (s *server) reload(to gate.Changed) {
	for _, p := range to.Problems {
		s.log.Error("list of keys", "problem", cleaned(p.Error()))
	}
	if to.List == nil {
		s.log.Error("list of keys", "problem", "it stays as it was")
		return
	}
	s.door.Use(to.List)
	s.log.Info("list of keys", "keys", to.List.Len())
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		if now, err := s.door.Identify(c.ssh.Permissions); err != nil || now.Role != c.who.Role {
			c.end(errRemoved)
		}
	}
}
