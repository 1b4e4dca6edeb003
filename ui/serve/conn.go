package serve

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/ui/serve/gate"
)

// conn is a connection that has logged in.
type conn struct {
	server *server
	raw    *metered
	ssh    *ssh.ServerConn
	who    gate.Identity
	log    *slog.Logger

	ctx  context.Context // ends with the connection; its sessions' contexts are below it
	end  context.CancelCauseFunc
	work sync.WaitGroup // its goroutines

	sessions int         // under the server's mutex
	empty    *time.Timer // runs while there are none
}

// welcome takes a client through the handshake, and serves it until it leaves.
// A login that fails keeps its slot for a while: who guesses, guesses slowly.
func (s *server) welcome(raw *metered, free func()) {
	in := false
	defer func() {
		_ = raw.Close()
		if !in {
			time.AfterFunc(s.Limits.Penalty, free)
		}
	}()
	c, channels, requests := s.handshake(raw)
	if c == nil {
		return
	}
	defer c.end(errLeft)
	if refused := s.enter(c); refused != "" {
		s.refuse(raw, refused, nil)
		dismiss(raw, channels, requests)
		return
	}
	defer s.leave(c)
	in = true
	free()
	c.serve(channels, requests)
}

// handshake lets a client log in; nil where it does not.
func (s *server) handshake(raw *metered) (*conn, <-chan ssh.NewChannel, <-chan *ssh.Request) {
	stop := context.AfterFunc(s.ctx, func() { _ = raw.SetDeadline(time.Now()) })
	defer stop()
	if err := raw.SetDeadline(time.Now().Add(s.Limits.Grace)); err != nil {
		return nil, nil, nil
	}
	shaken, channels, requests, err := ssh.NewServerConn(raw, s.ssh)
	if err != nil {
		s.refuse(raw, "handshake", err)
		return nil, nil, nil
	}
	if !stop() || raw.SetDeadline(time.Time{}) != nil { // the server is stopping
		dismiss(raw, channels, requests)
		return nil, nil, nil
	}
	who, err := s.door.Identify(shaken.Permissions)
	if err != nil {
		s.refuse(raw, "key", err)
		dismiss(raw, channels, requests)
		return nil, nil, nil
	}
	c := &conn{server: s, raw: raw, ssh: shaken, who: who}
	c.ctx, c.end = context.WithCancelCause(s.ctx)
	c.log = s.log.With("from", raw.RemoteAddr().String(), "key", who.Fingerprint, "name", who.Name, "role", who.Role.String())
	return c, channels, requests
}

// dismiss closes a connection that has logged in. What its client has asked for
// already has to be taken, or the SSH library would wait for that for ever.
func dismiss(raw io.Closer, channels <-chan ssh.NewChannel, requests <-chan *ssh.Request) {
	_ = raw.Close()
	var asked sync.WaitGroup
	asked.Go(func() { ssh.DiscardRequests(requests) })
	for range channels {
	}
	asked.Wait()
}

// enter counts a connection in, and lets it read as much as its key may. Where
// the key has enough connections, or logs in too often, it says so.
func (s *server) enter(c *conn) (refused string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.keys, func(_ string, u usage) bool { return u.settled() })
	u, known := s.keys[c.who.Fingerprint]
	if !known {
		u = newUsage(s.Limits)
	}
	switch {
	case u.conns >= s.Limits.ConnectionsPerKey:
		refused = "connections"
	case !u.logins.Allow():
		refused = "logins"
	default:
		u.conns++
		s.conns[c] = struct{}{}
		c.raw.use(u.meter)
	}
	s.keys[c.who.Fingerprint] = u
	return refused
}

// leave counts a connection out. Of one that the SSH library does not let go of,
// which a client can bring about, something stays for ever: it counts for its key
// for as long, so that there are never many.
func (s *server) leave(c *conn) {
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
	forget := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		u := s.keys[c.who.Fingerprint]
		u.conns--
		s.keys[c.who.Fingerprint] = u
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = c.ssh.Wait()
		forget()
	}()
	select {
	case <-gone:
	case <-time.After(goodbye):
		c.log.Error("a client has broken the protocol, and its connection counts until the server ends")
	}
}

// serve serves the sessions of a connection until it ends.
func (c *conn) serve(channels <-chan ssh.NewChannel, requests <-chan *ssh.Request) {
	c.log.Info("login", "user", cleaned(c.ssh.User()), "client", cleaned(string(c.ssh.ClientVersion())))
	c.server.metrics.logins.Inc()
	since := time.Now()
	c.empty = time.AfterFunc(c.server.Limits.Empty, func() { c.end(errEmpty) })
	defer c.empty.Stop()
	if !c.who.Until.IsZero() {
		expire := time.AfterFunc(time.Until(c.who.Until), func() { c.end(errExpired) })
		defer expire.Stop()
	}
	// Sessions have a moment to say goodbye, then the connection goes.
	stop := context.AfterFunc(c.ctx, c.hangUp)
	defer stop()
	c.work.Go(func() { ssh.DiscardRequests(requests) }) // they ask for forwarding
	c.work.Go(c.keepAlive)
	c.open(channels) // until the connection has ended
	c.end(errLeft)
	_ = c.raw.Close()
	c.work.Wait()
	why := causeOf(c.ctx)
	c.server.metrics.drops.WithLabelValues(why.label).Inc()
	c.log.Info("logout", "reason", why.label, "after", time.Since(since).Round(time.Millisecond))
}

// hangUp closes the connection once its sessions have said goodbye.
func (c *conn) hangUp() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if c.sessions == 0 {
		_ = c.raw.Close()
		return
	}
	time.AfterFunc(goodbye, func() { _ = c.raw.Close() })
}

// goodbye is how long a session has to put its terminal back.
const goodbye = time.Second

// drop ends the connection at once: it takes nothing any more.
func (c *conn) drop(why *cause) {
	c.end(why)
	_ = c.raw.Close()
}

// open opens the sessions that a client asks for, and nothing else.
func (c *conn) open(channels <-chan ssh.NewChannel) {
	for asked := range channels {
		if asked.ChannelType() != "session" {
			c.server.metrics.refusals.WithLabelValues("channel").Inc()
			_ = asked.Reject(ssh.Prohibited, "only sessions are served")
			continue
		}
		if !c.take() {
			c.server.metrics.refusals.WithLabelValues("sessions").Inc()
			if c.server.chatter.Allow() {
				c.log.Warn("refused", "reason", "sessions")
			}
			_ = asked.Reject(ssh.ResourceShortage, "too many sessions")
			continue
		}
		channel, requests, err := asked.Accept()
		if err != nil {
			c.give()
			continue
		}
		c.work.Go(func() {
			defer c.give()
			newSession(c, channel).serve(requests)
		})
	}
}

// take counts a session in, unless there are enough of them.
func (c *conn) take() bool {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.keys[c.who.Fingerprint]
	if c.sessions >= s.Limits.SessionsPerConnection || u.sessions >= s.Limits.SessionsPerKey || s.all >= s.Limits.Viewers || c.ctx.Err() != nil {
		return false
	}
	c.sessions++
	u.sessions++
	s.all++
	s.keys[c.who.Fingerprint] = u
	c.empty.Stop()
	s.rest.Stop()
	return true
}

func (c *conn) give() {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.sessions--
	if s.all--; s.all == 0 {
		s.rest.Reset(emptyFor)
	}
	u := s.keys[c.who.Fingerprint]
	u.sessions--
	s.keys[c.who.Fingerprint] = u
	switch {
	case c.sessions > 0:
	case c.ctx.Err() != nil:
		_ = c.raw.Close()
	default:
		c.empty.Reset(s.Limits.Empty)
	}
}

// keepAlive asks the client now and then whether it is there. The kernel of a
// client that was stopped would go on to acknowledge.
func (c *conn) keepAlive() {
	limits := c.server.Limits
	ask := time.NewTimer(together(time.Now(), limits.KeepAlive))
	defer ask.Stop()
	var silent *time.Timer
	silent = time.AfterFunc(time.Hour, func() {
		if left := limits.KeepAliveWait - c.raw.silence(); left > 0 { // its answer waits behind what it sends
			silent.Reset(left)
			return
		}
		c.drop(errSilent)
	})
	silent.Stop()
	defer silent.Stop()
	for {
		select {
		case <-ask.C:
			silent.Reset(limits.KeepAliveWait)
			_, _, err := c.ssh.SendRequest("keepalive@openssh.com", true, nil)
			silent.Stop()
			if err != nil {
				return
			}
			ask.Reset(together(time.Now(), limits.KeepAlive))
		case <-c.ctx.Done():
			return
		}
	}
}

// together is how long to wait from now, a little less than every, so that many
// who wait do so for the same few moments: the machine wakes up for all of them
// at once.
func together(now time.Time, every time.Duration) time.Duration {
	return now.Add(every).Truncate(every / 8).Sub(now)
}
