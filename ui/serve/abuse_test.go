package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/ui/serve/gate"
)

// TestPacketsThatNobodyAskedFor sends what a client that keeps to the protocol
// does not: answers to questions that were not asked, of channels that are there
// and are not, and more.
func TestPacketsThatNobodyAskedFor(t *testing.T) {
	// What the SSH library ends a connection for: what comes after it is not read.
	ends := map[string]bool{
		"a session is opened from its side": true, "text for no session": true, "noise": true, "answers to no session": true,
		"room without end": true, "key exchanges that do not end": true,
	}
	type channel struct{ Channel uint32 }
	for name, bad := range map[string]func(n int, session uint32) []byte{
		"answers to the connection":         func(n int, _ uint32) []byte { return []byte{81 + byte(n%2)} },
		"answers to a session":              func(n int, s uint32) []byte { return packet(99+byte(n%2), channel{s}) },
		"answers to no session":             func(n int, _ uint32) []byte { return packet(99+byte(n%2), channel{uint32(n)}) }, //nolint:gosec // small
		"a session is opened from its side": func(_ int, s uint32) []byte { return packet(91, struct{ A, B, C, D uint32 }{s, 1, 1 << 31, 1 << 15}) },
		"room without end":                  func(_ int, s uint32) []byte { return packet(93, struct{ A, Room uint32 }{s, 1<<32 - 1}) },
		"text for no session": func(n int, _ uint32) []byte {
			return packet(94, struct {
				A uint32
				T string
			}{uint32(n) + 9, "q"})
		}, //nolint:gosec // small
		"pings":                         func(int, uint32) []byte { return packet(192, struct{ T string }{strings.Repeat("x", 1000)}) },
		"key exchanges that do not end": func(int, uint32) []byte { return kexInit() },
		"requests to the connection": func(int, uint32) []byte {
			return packet(80, struct {
				K string
				R bool
			}{"tcpip-forward", true})
		},
		"sessions": func(n int, _ uint32) []byte {
			return packet(90, struct {
				K       string
				N, R, M uint32
			}{"session", uint32(n), 1 << 21, 1 << 15}) //nolint:gosec // small
		},
		"a session with room for nothing": func(n int, _ uint32) []byte {
			return packet(90, struct {
				K       string
				N, R, M uint32
			}{"session", uint32(n), 0, 1 << 15}) //nolint:gosec // small
		},
		"variables": func(_ int, s uint32) []byte {
			return packet(98, struct {
				C       uint32
				K       string
				R       bool
				Name, V string
			}{s, "env", false, "COLORTERM", strings.Repeat("x", 1000)})
		},
		"noise": func(n int, _ uint32) []byte { return []byte{byte(n), byte(n >> 3), 0, 0, 0, 0, 0, 0} },
	} {
		t.Run(name, func(t *testing.T) {
			packets := 200 // at the pace that is the default
			b := start(t, func(c *Config) {
				if !ends[name] {
					packets = 10_000
					quick(c)
				}
				if name == "sessions" {
					packets = 100_000
				}
				c.Limits.KeepAlive = 300 * time.Millisecond
			})
			other := b.look(b.login(b.boss), "xterm", 120, 40)
			other.shows("REPLAY")
			base, before := runtime.NumGoroutine(), heap()
			w := newWire(t, b.addr)
			w.login(b.viewer)
			session := w.open(7)
			w.ask(session, "pty-req", ssh.Marshal(ptyRequest{Term: "xterm", Columns: 80, Rows: 24}))
			w.ask(session, "shell", nil)
			ended := make(chan int, 1)
			go func() { ended <- w.answer() }()
			for n := range packets { // 10 MB where they are large
				if w.try(bad(n, session)) != nil {
					break
				}
			}
			if grown := heap() - before; grown > 16<<20 {
				t.Errorf("the heap has grown by %d MiB", grown>>20)
			}
			_ = w.conn.Close()
			<-ended
			gone(t, base)
			other.clear()
			other.typed("?")
			other.shows("first, last row")
			if strings.Contains(b.log.String(), "msg=panic") {
				t.Errorf("the log has %s", b.log)
			}
		})
	}
}

// heap is what is in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc) //nolint:gosec // far below
}

// counted counts the connections that are kept in memory.
type counted struct {
	net.Listener

	kept atomic.Int64
}

// mark is what is collected with its connection.
type mark struct {
	net.Conn
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c.kept.Add(1)
	m := &mark{conn}
	runtime.AddCleanup(m, func(kept *atomic.Int64) { kept.Add(-1) }, &c.kept)
	return m, nil
}

func TestNobodyIsRememberedWhoHasLeft(t *testing.T) {
	var listener *counted
	b := start(t, func(c *Config) {
		quick(c)
		c.Limits.HandshakesPerSource, c.Limits.Handshakes, c.Limits.Penalty = 1000, 1000, 100*time.Millisecond
		c.Limits.ConnectionsPerKey = 1
		listener = &counted{Listener: c.Listeners[0]}
		c.Listeners[0] = listener
	})
	stays := b.login(b.viewer)
	for name, visit := range map[string]func(){
		"with another key": func() { _, _ = b.dial(ssh.PublicKeys(newKey(t))) },
		"with one connection too many": func() {
			if client, err := b.dial(ssh.PublicKeys(b.viewer)); err == nil {
				late := time.AfterFunc(5*time.Second, func() { t.Error("the first one has gone"); _ = client.Close() })
				_ = client.Wait()
				late.Stop()
			}
		},
		"who logs in": func() {
			if client, err := b.dial(ssh.PublicKeys(b.boss)); err == nil {
				_ = client.Close()
			}
		},
		"who says nothing": func() {
			if conn, err := dialTCP(t.Context(), b.addr); err == nil {
				_ = conn.Close()
			}
		},
	} {
		for range 50 {
			visit()
		}
		eventually(t, "nobody is left "+name, func() bool { runtime.GC(); return listener.kept.Load() == 1 })
	}
	_ = stays.Close()
}

// TestOneConnectionTooManyLeavesNothing asks for much at once over a connection
// that is refused for its key has enough of them.
func TestOneConnectionTooManyLeavesNothing(t *testing.T) {
	b := start(t, func(c *Config) { quick(c); c.Limits.ConnectionsPerKey = 1 })
	b.look(b.login(b.viewer), "xterm", 80, 24).shows("REPLAY")
	base := runtime.NumGoroutine()
	for range 5 {
		w := newWire(t, b.addr)
		// All at once, so that it is there before the connection is refused.
		w.login(b.viewer)
		for range 200 {
			_ = w.try(packet(80, struct {
				K string
				R bool
			}{"tcpip-forward", false}))
			_ = w.try(packet(90, struct {
				K       string
				N, R, M uint32
			}{"session", 1, 1 << 21, 1 << 15}))
		}
		w.answer()
		_ = w.conn.Close()
	}
	gone(t, base)
}

// stuck is a connection that the SSH library does not let go of.
type stuck struct {
	ssh.Conn

	ends chan struct{}
}

func (s stuck) Wait() error { <-s.ends; return io.EOF }

func TestAConnectionThatStaysCounts(t *testing.T) {
	log := new(journal)
	s := &server{Config: Config{Limits: DefaultLimits()}, conns: make(map[*conn]struct{}), keys: make(map[string]usage)}
	s.Limits.ConnectionsPerKey = 1
	one := stuck{ends: make(chan struct{})}
	enter := func(name string) (*conn, string) {
		c := &conn{
			server: s, who: gate.Identity{Fingerprint: name}, log: slog.New(slog.NewTextHandler(log, nil)),
			raw: newMetered(nil, nil), ssh: &ssh.ServerConn{Conn: one},
		}
		return c, s.enter(c)
	}
	c, refused := enter("a")
	if refused != "" {
		t.Fatal(refused)
	}
	s.leave(c)
	if !strings.Contains(log.String(), "broken the protocol") || len(s.conns) != 0 {
		t.Errorf("of one that stays there are %d, and the log has %s", len(s.conns), log)
	}
	if _, refused := enter("a"); refused != "connections" {
		t.Errorf("its key may have another one: %q", refused)
	}
	if _, refused := enter("b"); refused != "" {
		t.Errorf("another key is refused for %q", refused)
	}
	close(one.ends)
	eventually(t, "room for the key", func() bool { _, refused := enter("a"); return refused == "" })
}

func TestGuessingIsSlow(t *testing.T) {
	const slots, penalty, span = 4, 500 * time.Millisecond, 3 * time.Second
	b := start(t, func(c *Config) {
		quick(c)
		c.Limits.HandshakesPerSource, c.Limits.Penalty = slots, penalty
	})
	var guessed atomic.Int64
	var all sync.WaitGroup
	until := time.Now().Add(span)
	for range 2 * slots {
		all.Go(func() {
			for time.Now().Before(until) {
				if _, err := b.dial(ssh.PublicKeys(newKey(t))); err != nil && strings.Contains(err.Error(), "unable to authenticate") {
					guessed.Add(1)
				}
			}
		})
	}
	for time.Now().Before(until) {
		conn, err := b.from("127.0.0.2")
		if err != nil {
			t.Fatal(err)
		}
		client, err := b.over(conn)
		if err != nil {
			t.Fatalf("a real login did not get in: %v", err)
		}
		_ = client.Close()
	}
	all.Wait()
	if most := int64(slots * (span/penalty + 1)); guessed.Load() > most || guessed.Load() < slots {
		t.Errorf("%d keys were guessed, at most %d might be", guessed.Load(), most)
	}
}

// huge is an RSA key of so many bits that nobody has.
type huge struct {
	ssh.Signer

	bits uint
}

func (huge) Type() string { return ssh.KeyAlgoRSA }

func (h huge) Marshal() []byte {
	n := new(big.Int).Lsh(big.NewInt(1), h.bits-1)
	return ssh.Marshal(struct {
		Name string
		E, N *big.Int
	}{ssh.KeyAlgoRSA, big.NewInt(65537), n.SetBit(n, 0, 1)})
}

func (h huge) Verify([]byte, *ssh.Signature) error          { return fmt.Errorf("%d bits", h.bits) }
func (h huge) PublicKey() ssh.PublicKey                     { return h }
func (huge) Sign(io.Reader, []byte) (*ssh.Signature, error) { return nil, io.EOF }
func (huge) Algorithms() []string                           { return []string{ssh.KeyAlgoRSASHA256} }

func (h huge) SignWithAlgorithm(io.Reader, []byte, string) (*ssh.Signature, error) {
	blob := make([]byte, h.bits/8)
	_, _ = rand.Read(blob)
	return &ssh.Signature{Format: ssh.KeyAlgoRSASHA256, Blob: blob}, nil
}

func TestHugeKeysAreCheap(t *testing.T) {
	b := start(t, func(c *Config) { quick(c); c.Limits.Failures = 100 })
	for _, bits := range []uint{1024, 8193, 16384, 65536} {
		began := time.Now()
		var offers []ssh.Signer
		for range 90 {
			offers = append(offers, huge{bits: bits})
		}
		if _, err := b.dial(ssh.PublicKeys(offers...)); err == nil {
			t.Errorf("a key of %d bits came in", bits)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("90 keys of %d bits took %v", bits, took)
		}
	}
	b.login(b.viewer)
}

func TestWhatAKeySendsIsMetered(t *testing.T) {
	const bytes, span = 4 << 10, 4 * time.Second
	b := start(t, func(c *Config) {
		c.Limits.Received = bytes
		c.Limits.KeepAlive = time.Hour // the answers would wait, too
	})
	var sent atomic.Int64
	began := time.Now()
	var all sync.WaitGroup
	for range 2 { // over two connections: it is the key that counts
		client := b.login(b.viewer)
		all.Go(func() {
			for time.Since(began) < span {
				if _, _, err := client.SendRequest("no-such@example.org", true, make([]byte, 200)); err != nil {
					return
				}
				sent.Add(200)
			}
		})
	}
	other := b.look(b.login(b.boss), "xterm", 80, 24)
	other.shows("REPLAY")
	all.Wait()
	if most := int64(bytes * (span/time.Second + 1)); sent.Load() > most || sent.Load() < bytes {
		t.Errorf("%d bytes were taken, of at most %d", sent.Load(), most)
	}
}

func TestLoginsOfAKeyAreMetered(t *testing.T) {
	b := start(t, func(c *Config) { c.Limits.Logins, c.Limits.Handshakes, c.Limits.HandshakesPerSource = 2, 100, 100 })
	for range 40 {
		if client, err := b.dial(ssh.PublicKeys(b.viewer)); err == nil {
			_ = client.Close()
		}
	}
	if n := strings.Count(b.log.String(), "msg=login"); n < 2*loginsFor || n > 4*loginsFor {
		t.Errorf("%d logins came in, %d might at once", n, 2*loginsFor)
	}
	if !strings.Contains(b.log.String(), "reason=logins") {
		t.Error("the log does not say why")
	}
	b.login(b.boss)
}

// TestTheMeterLetsGo closes a connection that waits.
func TestTheMeterLetsGo(t *testing.T) {
	ours, theirs := net.Pipe()
	defer func() { _ = theirs.Close() }()
	m := newMetered(ours, newMeter(2<<10))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(io.Discard, m)
	}()
	ctx, stop := context.WithTimeout(t.Context(), mostWait)
	defer stop()
	go func() { _, _ = theirs.Write(make([]byte, 1<<20)) }()
	<-time.After(50 * time.Millisecond)
	_ = m.Close()
	select {
	case <-done:
	case <-ctx.Done():
		t.Error("it still waits")
	}
}

// TestTheEndOfAConnectionIsRead writes to a client who has gone.
func TestTheEndOfAConnectionIsRead(t *testing.T) {
	ours, theirs := net.Pipe()
	m := newMetered(ours, newMeter(2<<10))
	_ = theirs.Close()
	for range inTheClear {
		if _, err := m.Write([]byte("key exchange")); err == nil {
			t.Error("in the clear the library reads nothing ahead, and may know at once")
		}
	}
	for range 3 {
		if n, err := m.Write([]byte("answer")); n != len("answer") || err != nil {
			t.Errorf("an answer: %d, %v; the library would give up with packets waiting", n, err)
		}
	}
	if n, err := m.Read(make([]byte, 1)); err == nil {
		t.Errorf("%d byte was read", n)
	}
}

// TestStrangersWhoSendTooMuchLeaveNothing sends many packets at once that are
// not looked at any more after the first ones.
func TestStrangersWhoSendTooMuchLeaveNothing(t *testing.T) {
	b := start(t, nil)
	base := runtime.NumGoroutine()
	for range 5 {
		w := newWire(t, b.addr)
		for range 200 {
			if w.try(packet(5, struct{ Service string }{"ssh-userauth"})) != nil {
				break
			}
		}
		_, _ = io.Copy(io.Discard, w.conn)
		_ = w.conn.Close()
	}
	gone(t, base)
}

// TestALongPasteIsNoSilence pastes so much that an answer behind it comes late.
func TestALongPasteIsNoSilence(t *testing.T) {
	b := start(t, func(c *Config) {
		c.Limits.KeepAlive, c.Limits.KeepAliveWait, c.Limits.Received = 100*time.Millisecond, 500*time.Millisecond, 8<<10
	})
	s := b.look(b.login(b.viewer), "xterm-256color", 120, 40)
	s.shows("REPLAY")
	s.typed("\x1b[200~" + strings.Repeat("x", 16<<10) + "\x1b[201~?")
	s.shows("first, last row")
}

// TestOrdinaryUseIsNotHeldUp holds a key down and turns the wheel in as many
// sessions as a key may have, with the limits that are the default.
func TestOrdinaryUseIsNotHeldUp(t *testing.T) {
	b := start(t, nil)
	var screens []*screen
	for range 2 {
		client := b.login(b.viewer)
		for range 2 {
			s := b.look(client, "xterm-256color", 120, 40)
			s.shows("REPLAY")
			screens = append(screens, s)
		}
	}
	every := time.NewTicker(time.Second / 30)
	defer every.Stop()
	for range 3 * 30 {
		<-every.C
		for _, s := range screens {
			s.typed("\t")
			s.typed("\x1b[<64;20;9M\x1b[<65;20;9M")
		}
	}
	began := time.Now()
	for _, s := range screens {
		s.typed("?")
	}
	for _, s := range screens {
		s.shows("first, last row")
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("a key was answered after %v", took)
	}
}
