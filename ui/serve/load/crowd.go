package main

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// crowd is viewers who watch and note when something comes.
type crowd struct {
	viewers []*viewer
	noting  atomic.Bool
	reading sync.WaitGroup
	once    sync.Once
}

// viewer is one of them.
type viewer struct {
	client  *ssh.Client
	conn    *freezer
	session *ssh.Session
	keys    io.Writer
	screen  io.Reader
	mu      sync.Mutex
	came    []time.Time
}

// atOnce is how many viewers log in at a time: fewer than the server lets one
// address try.
const atOnce = 4

// enter lets n viewers log in.
func enter(s *server, n int, differ bool) (*crowd, error) {
	c := &crowd{viewers: make([]*viewer, n)}
	errs := make(chan error, n)
	turns := make(chan struct{}, atOnce)
	for i := range n {
		turns <- struct{}{}
		go func() {
			defer func() { <-turns }()
			w, h := sizeOf(i, differ)
			v, err := c.login(s, w, h)
			c.viewers[i] = v
			errs <- err
		}()
	}
	var failed error
	for range n {
		if err := <-errs; err != nil {
			failed = err
		}
	}
	return c, failed
}

// sizeOf is the size of a viewer's terminal: 120 by 40, or one that no other of
// the first 300 has.
func sizeOf(i int, differ bool) (w, h int) {
	if !differ {
		return 120, 40
	}
	return 111 + i%20, 33 + i/20%15
}

// login opens a dashboard and reads all that it sends.
func (c *crowd) login(s *server, w, h int) (*viewer, error) {
	v, err := look(s, w, h)
	if err == nil {
		c.reading.Go(func() { c.read(v, v.screen) })
	}
	return v, err
}

// look opens a dashboard. Where that fails in the middle the viewer is there and
// has to be closed.
func look(s *server, w, h int) (*viewer, error) {
	raw, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(context.Background(), "tcp", s.addr)
	if err != nil {
		return nil, err
	}
	conn := &freezer{Conn: raw, closed: make(chan struct{})}
	shaken, channels, requests, err := ssh.NewClientConn(conn, s.addr, &ssh.ClientConfig{
		User: "load", Auth: []ssh.AuthMethod{ssh.PublicKeys(s.key)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the server was started here
	})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	v := &viewer{client: ssh.NewClient(shaken, channels, requests), conn: conn}
	if v.session, err = v.client.NewSession(); err != nil {
		return v, err
	}
	if err := v.session.RequestPty("xterm-256color", h, w, ssh.TerminalModes{}); err != nil {
		return v, err
	}
	if v.screen, err = v.session.StdoutPipe(); err != nil {
		return v, err
	}
	if v.keys, err = v.session.StdinPipe(); err != nil {
		return v, err
	}
	return v, v.session.Shell()
}

// read notes when something comes.
func (c *crowd) read(v *viewer, from io.Reader) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && c.noting.Load() {
			v.mu.Lock()
			v.came = append(v.came, time.Now())
			v.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// watch lets the viewers note what comes, but for some who read nothing more.
func (c *crowd) watch(frozen int) {
	for _, v := range c.viewers[:frozen] {
		v.conn.frozen.Store(true)
	}
	c.noting.Store(true)
}

// watched is when something came, for each viewer.
func (c *crowd) watched() [][]time.Time {
	c.noting.Store(false)
	all := make([][]time.Time, len(c.viewers))
	for i, v := range c.viewers {
		v.mu.Lock()
		all[i] = v.came
		v.mu.Unlock()
	}
	return all
}

// leave closes every connection.
func (c *crowd) leave() {
	c.once.Do(func() {
		for _, v := range c.viewers {
			if v != nil {
				_ = v.conn.Close()
			}
		}
		c.reading.Wait()
	})
}

// freezer is a connection that can stop being read.
type freezer struct {
	net.Conn

	frozen atomic.Bool
	closed chan struct{}
	once   sync.Once
}

func (f *freezer) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	if f.frozen.Load() {
		<-f.closed
		return 0, net.ErrClosed
	}
	return n, err
}

// Close closes it.
func (f *freezer) Close() error {
	f.once.Do(func() { close(f.closed) })
	return f.Conn.Close()
}

// reset closes it without a goodbye.
func (f *freezer) reset() error {
	if tcp, ok := f.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	return f.Close()
}
