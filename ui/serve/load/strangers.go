package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// Strangers come from one address of this machine and real logins from another.
const (
	strangersFrom = "127.0.0.1"
	loginsFrom    = "127.0.0.2"
)

const (
	knocking = 64  // strangers who connect at the same time
	logins   = 100 // real ones, one after the other
)

// besiege lets n strangers or more connect and not log in, while somebody with a
// key does, and prints what it has cost.
func besiege(ctx context.Context, n int, p plan, out io.Writer) (err error) {
	s, err := startServer(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if _, err := login(ctx, s); err != nil {
		return err
	}
	before, err := s.sample(ctx)
	if err != nil {
		return err
	}
	crowd := newSiege(s.addr, n)
	defer crowd.end()
	var took []time.Duration
	for range logins {
		each, err := login(ctx, s)
		if err != nil {
			return fmt.Errorf("a real login did not get in: %w", err)
		}
		took = append(took, each)
	}
	slices.Sort(took)
	for crowd.came.Load() < int64(n) {
		if err := wait(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	spent := time.Since(crowd.since)
	with, err := s.sample(ctx)
	if err != nil {
		return err
	}
	crowd.end()
	if err := wait(ctx, p.rest); err != nil {
		return err
	}
	after, err := s.sample(ctx)
	if err != nil {
		return err
	}
	const mega = 1 << 20
	_, err = fmt.Fprintf(out, "%d strangers in %v; meanwhile %d logins, p50 %v, p99 %v, longest %v\n"+
		"RSS %+.1f MB, goroutines %+.0f, files %+.0f; when they have gone %+.1f MB, %+.0f, %+.0f\n",
		crowd.came.Load(), spent.Round(time.Millisecond), logins, percentile(took, 0.5).Round(10*time.Microsecond),
		percentile(took, 0.99).Round(10*time.Microsecond), percentile(took, 1).Round(10*time.Microsecond),
		(with.rss-before.rss)/mega, with.goroutines-before.goroutines, with.files-before.files,
		(after.rss-before.rss)/mega, after.goroutines-before.goroutines, after.files-before.files)
	return err
}

// from connects from an address of this machine.
func from(ctx context.Context, address, to string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 10 * time.Second}
	return d.DialContext(ctx, "tcp", to)
}

// login logs in and out, and tells how long the former took.
func login(ctx context.Context, s *server) (time.Duration, error) {
	began := time.Now()
	raw, err := from(ctx, loginsFrom, s.addr)
	if err != nil {
		return 0, err
	}
	defer func() { _ = raw.Close() }()
	_, _, _, err = ssh.NewClientConn(raw, s.addr, &ssh.ClientConfig{
		User: "load", Auth: []ssh.AuthMethod{ssh.PublicKeys(s.key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the server was started here
	})
	return time.Since(began), err
}

// siege is strangers who come for as long as it lasts.
type siege struct {
	since time.Time
	came  atomic.Int64
	end   func()
}

// newSiege begins one. Each stranger says nothing, a version, the beginning of a
// key exchange, or a byte, and stays until it is sent away; n of them are held
// on this side whatever the server does.
func newSiege(to string, n int) *siege {
	c := &siege{since: time.Now()}
	ctx, stop := context.WithCancel(context.Background())
	var mu sync.Mutex
	var held []net.Conn
	var busy sync.WaitGroup
	words := []string{"", "SSH-2.0-stranger\r\n", "SSH-2.0-stranger\r\n\x00\x00\x05\xdc\x04\x14", "S"}
	for range knocking {
		busy.Go(func() {
			for ctx.Err() == nil {
				conn, err := from(ctx, strangersFrom, to)
				if err != nil {
					continue
				}
				at := int(c.came.Add(1))
				_, _ = io.WriteString(conn, words[at%len(words)])
				if at > n {
					_ = conn.Close()
					continue
				}
				mu.Lock()
				held = append(held, conn)
				mu.Unlock()
			}
		})
	}
	c.end = sync.OnceFunc(func() {
		stop()
		busy.Wait()
		for _, conn := range held {
			_ = conn.Close()
		}
	})
	return c
}
