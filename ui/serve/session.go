package serve

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/ui"
)

// session is one channel of a connection: a dashboard or a command.
type session struct {
	conn    *conn
	channel ssh.Channel
	out     io.Writer // the channel, watched
	limits  Limits

	ctx context.Context // ends when the session should
	end context.CancelCauseFunc

	// Of the goroutine that answers requests.
	env     *environment
	window  window
	started bool

	over chan struct{} // closed when what was started has ended
	idle *time.Timer
	work sync.WaitGroup
}

func newSession(c *conn, channel ssh.Channel) *session {
	s := &session{
		conn: c, channel: channel, limits: c.server.Limits, over: make(chan struct{}),
		env: newEnvironment(c.server.Limits.Environment),
	}
	s.ctx, s.end = context.WithCancelCause(c.ctx)
	s.out = newWatched(channel, s.limits.Stall, func() { c.drop(errStalled) })
	s.window = window{limits: s.limits, size: ui.Size{W: 80, H: 24}}
	s.idle = time.AfterFunc(s.limits.Idle, func() { s.end(errIdle) })
	return s
}

// serve answers a session's requests until its client has closed it.
func (s *session) serve(requests <-chan *ssh.Request) {
	s.conn.server.metrics.sessions.Inc()
	longest := time.AfterFunc(s.limits.Longest, func() { s.end(errLongest) })
	start := time.AfterFunc(s.limits.Grace, func() { s.end(errEmpty) })
	defer func() {
		s.end(errLeft)
		start.Stop()
		longest.Stop()
		s.idle.Stop()
		s.window.stop()
		_ = s.channel.Close()
		s.work.Wait()
		s.conn.server.metrics.sessions.Dec()
	}()
	ended, over := s.ctx.Done(), s.over
	var late <-chan time.Time
	for {
		select {
		case r, open := <-requests:
			if !open {
				return
			}
			s.answer(r)
			if s.started {
				start.Stop()
			}
		case <-ended:
			if ended = nil; !s.started {
				close(s.over)
			}
		case <-over:
			over = nil
			_ = s.channel.Close()
			late = time.After(s.limits.Stall)
		case <-late:
			// The client does not close its side, and the channel would stay.
			s.conn.drop(errStalled)
		}
	}
}

// answer answers one request. All but these are refused: there is no shell
// behind the dashboard, no file transfer, no forwarding of anything.
func (s *session) answer(r *ssh.Request) {
	defer s.rescue()
	ok := false
	switch r.Type {
	case "env":
		ok = s.env.take(r.Payload)
	case "pty-req":
		ok = !s.started && s.window.open(r.Payload, s.env)
	case "window-change":
		ok = s.window.change(r.Payload)
	case "shell":
		ok = s.begin(s.shell())
	case "exec":
		ok = s.begin(s.exec(r.Payload))
	}
	if r.WantReply {
		_ = r.Reply(ok, nil)
	}
}

// task is what a session is for. It gives the exit status, and what is left to
// say to the client.
type task func() (status uint32, says string)

// begin starts a task, unless there is one already.
func (s *session) begin(do task) bool {
	if do == nil || s.started || s.ctx.Err() != nil {
		return false
	}
	s.started = true
	s.work.Go(func() {
		defer close(s.over)
		defer s.rescue()
		status, says := do()
		if says != "" {
			_, _ = io.WriteString(s.out, "gyre: "+says+s.newline())
		}
		_, _ = s.channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{status}))
		_ = s.channel.CloseWrite()
	})
	return true
}

// newline ends a line: a terminal that the client has made raw does not go back
// to the first column by itself.
func (s *session) newline() string {
	if s.window.isOpen {
		return "\r\n"
	}
	return "\n"
}

// rescue keeps a panic to the session in which it happened. It is deferred.
func (s *session) rescue() {
	if r := recover(); r != nil {
		s.broke(r)
	}
}

// broke notes a panic and ends the session.
func (s *session) broke(r any) {
	s.conn.server.metrics.panics.Inc()
	s.conn.log.Error("panic", "panic", cleaned(fmt.Sprint(r)), "stack", string(debug.Stack()))
	s.end(errPanic)
}
