// Package streamtest serves HTTP and websockets over pipes in memory, so that
// what takes seconds can be tested in a bubble where time passes at once.
package streamtest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
)

// Serve serves handler until the test ends. The client reaches it under
// whatever host and port; connections are those of memory.
func Serve(t *testing.T, handler http.Handler) *http.Client {
	t.Helper()
	listener := &pipes{accepted: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler} //nolint:gosec // it serves one test
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // it ends with the test
	}()
	transport := &http.Transport{DialContext: listener.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
		listener.cut()
		<-served
	})
	return &http.Client{Transport: transport}
}

// pipes is a listener whose connections are pipes.
type pipes struct {
	accepted chan net.Conn
	closed   chan struct{}
	once     sync.Once

	mu   sync.Mutex
	ends []net.Conn
}

// errClosed is what a closed listener gives.
var errClosed = errors.New("the test's server is closed")

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.accepted <- far:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.ends = append(p.ends, near, far)
		return near, nil
	case <-p.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// cut closes what hijacked connections are left.
func (p *pipes) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, end := range p.ends {
		_ = end.Close()
	}
}

// Accept waits for a connection.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.accepted:
		return conn, nil
	case <-p.closed:
		return nil, errClosed
	}
}

// Close ends Accept.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr is an address that says nothing.
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
