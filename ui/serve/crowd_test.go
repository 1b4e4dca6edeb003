package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"

	"gyre/ui/uitest"
	"gyre/ui/uitest/glass"
)

// many lets one key have as many viewers as a test wants.
func many(c *Config) {
	c.Limits.Viewers, c.Limits.ConnectionsPerKey, c.Limits.SessionsPerKey = 1000, 1000, 1000
	quick(c)
}

// quick lets clients log in and send as fast as they can.
func quick(c *Config) { c.Limits.Logins, c.Limits.Received = 1000, 1<<28 }

// from connects from an address of this machine, and logs in there.
func (b *bench) from(address string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 5 * time.Second}
	return d.DialContext(context.Background(), "tcp", b.addr)
}

// over logs in over a connection.
func (b *bench) over(conn net.Conn) (*ssh.Client, error) {
	c, channels, requests, err := ssh.NewClientConn(conn, b.addr, &ssh.ClientConfig{
		User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(b.viewer)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the server is ours
	})
	if err != nil {
		return nil, err
	}
	return ssh.NewClient(c, channels, requests), nil
}

// TestTenThousandStrangers lets ten thousand connect from one address who say
// nothing, a version, the beginning of a key exchange, or one byte, and stay
// until they are sent away. Somebody with a key logs in all the while.
func TestTenThousandStrangers(t *testing.T) {
	const strangers, atOnce = 10_000, 50
	b := start(t, func(c *Config) { many(c); c.Limits.Grace = 2 * time.Second })
	base := runtime.NumGoroutine()
	words := []string{"", "SSH-2.0-stranger\r\n", "SSH-2.0-stranger\r\n\x00\x00\x05\xdc\x04\x14", "S"}
	var came, sentAway atomic.Int64
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for {
				n := came.Add(1)
				if n > strangers {
					return
				}
				conn, err := b.from("127.0.0.1")
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.WriteString(conn, words[n%int64(len(words))])
				_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
				if _, err := io.Copy(io.Discard, conn); os.IsTimeout(err) {
					t.Error("a stranger is still there")
				}
				sentAway.Add(1)
				_ = conn.Close()
			}
		})
	}
	for came.Load() < strangers {
		began := time.Now()
		conn, err := b.from("127.0.0.2")
		if err != nil {
			t.Fatal(err)
		}
		client, err := b.over(conn)
		if err != nil {
			t.Fatalf("a real login did not get in: %v", err)
		}
		_ = client.Close()
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("a real login took %v", took)
		}
		if n := runtime.NumGoroutine(); n > base+2*atOnce+300 {
			t.Errorf("there are %d goroutines more", n-base)
		}
	}
	all.Wait()
	if sentAway.Load() != strangers {
		t.Errorf("%d of %d were sent away", sentAway.Load(), strangers)
	}
	gone(t, base)
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

func (f *freezer) Close() error {
	f.once.Do(func() { close(f.closed) })
	return f.Conn.Close()
}

// TestFrozenViewersCostTheOthersNothing stops some of the clients, as SIGSTOP
// would: their kernel goes on to acknowledge.
func TestFrozenViewersCostTheOthersNothing(t *testing.T) {
	const viewers, frozen = 40, 4
	b := start(t, func(c *Config) {
		many(c)
		c.Limits.KeepAlive, c.Limits.KeepAliveWait = time.Second, time.Second
	})
	var screens []*screen
	for i := range viewers {
		raw, err := dialTCP(t.Context(), b.addr)
		if err != nil {
			t.Fatal(err)
		}
		conn := &freezer{Conn: raw, closed: make(chan struct{})}
		client, err := b.over(conn)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		s := b.look(client, "xterm-256color", 120, 40)
		s.shows("REPLAY")
		if conn.frozen.Store(i < frozen); i >= frozen {
			screens = append(screens, s)
		}
	}
	gone := func() (n int) {
		for line := range strings.Lines(b.log.String()) {
			if strings.Contains(line, "msg=logout") && strings.Contains(line, "reason=silent") {
				n++
			}
		}
		return n
	}
	for minutes := 1; gone() < frozen || minutes < 10; minutes++ {
		if minutes > 500 {
			t.Fatalf("%d of %d are gone", gone(), frozen)
		}
		b.feed.publish(at(uitest.FinalFrame(), time.Duration(minutes)*time.Minute))
		clock := fmt.Sprintf("%02d:%02d:00 ET", 16+minutes/60, minutes%60)
		for _, s := range screens {
			s.shows(clock)
		}
	}
	if n := strings.Count(b.log.String(), "msg=logout"); n != frozen {
		t.Errorf("%d have left, of whom %d were frozen", n, frozen)
	}
}

// TestWhoComesAndGoesLeavesNothing lets viewers leave in every way there is.
func TestWhoComesAndGoesLeavesNothing(t *testing.T) {
	const rounds, atOnce = 15, 8
	b := start(t, func(c *Config) {
		many(c)
		c.Limits.HandshakesPerSource = 2 * atOnce
	})
	files := func() int {
		all, err := os.ReadDir("/dev/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	visit := func(way int) {
		raw, err := dialTCP(t.Context(), b.addr)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = raw.Close() }()
		client, err := b.over(raw)
		if err != nil {
			t.Error(err)
			return
		}
		if way == 0 { // at once
			return
		}
		s := b.look(client, "xterm-256color", 40+way, 12)
		if way == 1 { // before the first frame
			return
		}
		s.shows("REPLAY")
		switch way {
		case 2:
			s.typed("q")
			s.ended(mostWait)
		case 3:
			_ = s.session.Close()
		case 4: // with a reset instead of an end
			_ = raw.(*net.TCPConn).SetLinger(0)
		case 5:
			_ = s.session.WindowChange(30, 100)
			_ = client.Close()
		}
	}
	visit(2)
	idle := func() bool {
		return strings.Count(b.log.String(), "msg=login") == strings.Count(b.log.String(), "msg=logout")
	}
	eventually(t, "an empty house", idle)
	base, open := runtime.NumGoroutine(), files()
	for range rounds {
		var all sync.WaitGroup
		for range atOnce {
			all.Go(func() { visit(rand.IntN(6)) })
		}
		all.Wait()
	}
	eventually(t, "an empty house", idle)
	gone(t, base)
	eventually(t, "files as before", func() bool { return files() <= open })
}

// TestAnyResizeShowsTheSameInTheEnd goes through sizes of all kinds and back: a
// terminal shows what a new one of that size does.
func TestAnyResizeShowsTheSameInTheEnd(t *testing.T) {
	b := start(t, nil)
	client := b.login(b.viewer)
	s, fresh := b.look(client, "xterm-256color", 120, 40), b.look(client, "xterm-256color", 120, 40)
	s.shows("Size quartiles")
	sizes := [][2]int{{1, 1}, {0, 0}, {65535, 1}, {1, 65535}, {1 << 31, 1 << 31}}
	for range 200 {
		sizes = append(sizes, [2]int{rand.IntN(600), rand.IntN(300)})
	}
	for _, size := range sizes {
		if err := s.session.WindowChange(size[1], size[0]); err != nil {
			t.Fatal(err)
		}
	}
	s.mu.Lock()
	s.glass = glass.New(120, 40)
	s.mu.Unlock()
	if err := s.session.WindowChange(40, 120); err != nil {
		t.Fatal(err)
	}
	text := func(s *screen) string {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.glass.Text()
	}
	eventually(t, "the same screen", func() bool {
		return strings.Contains(text(fresh), "Size quartiles") && text(s) == text(fresh)
	})
}

// TestViewersWithoutNewsDoNothing looks for goroutines that wake up by a clock
// where nothing happens, once a dashboard is open.
func TestViewersWithoutNewsDoNothing(t *testing.T) {
	stacks := make([]byte, 1<<20)
	clock := func() bool {
		return bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("bubbletea/v2.(*Program).startRenderer"))
	}
	other := tea.NewProgram(nothing{}, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = other.Run()
	}()
	eventually(t, "a program that has one", clock)
	other.Kill()
	<-ended
	b := start(t, nil)
	s := b.look(b.login(b.viewer), "xterm", 80, 24)
	s.wait("REPLAY")
	eventually(t, "a dashboard without one", func() bool { return !clock() })
	s.clear()
	s.typed("?")
	s.wait("\x1b[")
	s.typed("qq")
	s.ended(mostWait)
}

// nothing is a program that does nothing.
type nothing struct{}

func (nothing) Init() tea.Cmd                       { return nil }
func (nothing) Update(tea.Msg) (tea.Model, tea.Cmd) { return nothing{}, nil }
func (nothing) View() tea.View                      { return tea.View{} }

// TestTogether spreads beginnings over a second: whoever waits from then on does
// so for one of a few moments, and not for longer than they meant to.
func TestTogether(t *testing.T) {
	const every = 2 * time.Second
	moments := map[time.Time]bool{}
	for i := range 1000 {
		now := time.Date(2025, time.March, 28, 9, 30, 0, i*999_999, time.UTC)
		wait := together(now, every)
		if wait <= every-every/8 || wait > every {
			t.Fatalf("at %v it waits for %v", now, wait)
		}
		moments[now.Add(wait)] = true
	}
	if len(moments) > 5 {
		t.Errorf("%d moments in a second", len(moments))
	}
}
