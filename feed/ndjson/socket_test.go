package ndjson

import (
	"io"
	"net"
	"slices"
	"strings"
	"testing"
)

// listen listens at a socket.
func listen(t *testing.T, path string) *net.UnixListener {
	t.Helper()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

// serve takes the next connection and writes lines to it. The connection stays.
func serve(t *testing.T, listener *net.UnixListener, lines ...int) *net.UnixConn {
	t.Helper()
	conn, err := listener.AcceptUnix()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	for _, n := range lines {
		if _, err := io.WriteString(conn, line(n)); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

// socketPath is short, as a socket's path has room for a hundred bytes only.
func socketPath(t *testing.T) string {
	t.Helper()
	t.Chdir(t.TempDir())
	return "feed.socket"
}

// A socket is connected to again and again: before anybody listens, and after
// the feed has hung up, be it in the middle of a line.
func TestSocketComesBack(t *testing.T) {
	path := socketPath(t)
	l := newLedger()
	run(t, socket{path, socketPauses()}, l.intake)
	l.untilTrouble(t, "there is no such socket yet")

	listener := listen(t, path)
	conn := serve(t, listener, 1, 2)
	l.count(t, 2)
	if _, err := io.WriteString(conn, strings.TrimSuffix(line(3), "\n")); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	serve(t, listener, 4)
	l.count(t, 4)

	l.mu.Lock()
	defer l.mu.Unlock()
	if want := []int64{1, 2, 3, 4}; !slices.Equal(l.got, want) || l.bad > 0 {
		t.Errorf("the lines %v came, want %v; %d were bad", l.got, want, l.bad)
	}
}

func TestSocketThatRefuses(t *testing.T) {
	path := socketPath(t)
	listener := listen(t, path)
	listener.SetUnlinkOnClose(false)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	l := newLedger()
	run(t, socket{path, quick()}, l.intake)
	l.untilTrouble(t, "nobody listens at the socket; start the feed again")
}
