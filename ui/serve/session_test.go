package serve

import (
	"context"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/crypto/ssh"

	"gyre/model"
	"gyre/ui/serve/gate"
	"gyre/ui/uitest"
)

func TestTwoViewersAreTwo(t *testing.T) {
	b := start(t, nil)
	client := b.login(b.viewer)
	wide := b.look(client, "xterm-256color", 120, 40)
	narrow := b.look(client, "xterm-256color", 80, 24, "NO_COLOR=yes")
	wide.wait("Size quartiles")
	narrow.wait("REPLAY")
	eventually(t, "colours", func() bool { return strings.Contains(wide.all(), "\x1b[38;5;") })
	if text := narrow.all(); strings.Contains(text, "38;5;") || strings.Contains(text, ";38;2;") {
		t.Errorf("a viewer who wants no colour has some: %q", tail(text))
	}
	narrow.clear()
	wide.clear()
	wide.typed("?")
	wide.wait("first, last row")
	b.feed.publish(at(uitest.FinalFrame(), time.Minute))
	narrow.wait("\x1b[") // the clock
	if strings.Contains(narrow.all(), "first, last row") {
		t.Error("one viewer's key opened the other one's help")
	}
	narrow.typed("q")
	if status := narrow.ended(mostWait); status != 0 {
		t.Errorf("quitting gave the status %d", status)
	}
	if text := narrow.all(); !strings.HasSuffix(text, ansi.SetModeTextCursorEnable+ansi.ResetModeAltScreenSaveCursor) {
		t.Errorf("the terminal was not given back: %q", tail(text))
	}
	wide.clear()
	wide.typed("\x1b")
	wide.wait("\x1b[")
}

// at is a snapshot some time later.
func at(snap *model.Snapshot, later time.Duration) *model.Snapshot {
	s := *snap
	s.AsOf = s.AsOf.Add(later)
	return &s
}

func TestColoursFollowTheTerminal(t *testing.T) {
	for name, c := range map[string]struct {
		term, env, has, hasNot string
	}{
		"256 colours":   {"xterm-256color", "", "38;5;", "38;2;"},
		"true colour":   {"xterm-256color", "COLORTERM=truecolor", "38;2;", "38;5;"},
		"kitty":         {"xterm-kitty", "", "38;2;", "38;5;"},
		"sixteen":       {"xterm", "", "\x1b[", "38;5;"},
		"odd TERM":      {"a\x1b]0;b\a", "", "REPLAY", "]0;"},
		"no colour":     {"xterm-256color", "NO_COLOR=1", "REPLAY", "38;"},
		"vt100 has few": {"vt100", "", "REPLAY", "38;"},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, nil)
			var env []string
			if c.env != "" {
				env = []string{c.env}
			}
			s := b.look(b.login(b.viewer), c.term, 100, 30, env...)
			s.wait("REPLAY")
			s.wait(c.has)
			if text := s.all(); strings.Contains(text, c.hasNot) {
				t.Errorf("there is %q: %q", c.hasNot, tail(text))
			}
		})
	}
}

func TestATerminalThatCanShowMoreGetsIt(t *testing.T) {
	b := start(t, nil)
	s := b.look(b.login(b.viewer), "xterm-256color", 100, 30)
	s.wait("38;5;")
	s.clear()
	s.typed("\x1bP1+r524742=382F382F38\x1b\\") // RGB=8/8/8
	s.wait("38;2;")
	s.clear()
	s.typed("\x1b[?2026;2$y")
	s.typed("3")
	s.wait("\x1b[?2026h")
	s.wait("\x1b[?2026l")
}

func TestHostileWindows(t *testing.T) {
	b := start(t, quick)
	client := b.login(b.viewer)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	channel, requests, err := client.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go ssh.DiscardRequests(requests)
	got := make(chan int, 1)
	go func() { n, _ := io.Copy(io.Discard, channel); got <- int(n) }()
	ask := func(name string, payload any) bool {
		var blob []byte
		if payload != nil {
			blob = ssh.Marshal(payload)
		}
		ok, err := channel.SendRequest(name, true, blob)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if ask("window-change", windowChange{Columns: 80, Rows: 24}) {
		t.Error("a window changed before there was one")
	}
	if !ask("pty-req", ptyRequest{Term: "xterm-256color", Columns: 1<<32 - 1, Rows: 1<<32 - 1}) || !ask("shell", nil) {
		t.Fatal("the session was refused")
	}
	for i := range 100_000 {
		size := windowChange{Columns: uint32(i) * 42_949, Rows: uint32(i) * 1_000_003 % (1<<32 - 1)} //nolint:gosec // any will do
		if _, err := channel.SendRequest("window-change", false, ssh.Marshal(size)); err != nil {
			t.Fatal(err)
		}
	}
	// A terminal may also report a size between the keys: that one does not count.
	if _, err := io.WriteString(channel, "\x1b[8;4000;200t\x1b[48;4000;200;1;1t"); err != nil {
		t.Fatal(err)
	}
	if !ask("window-change", windowChange{Columns: 0, Rows: 0}) || !ask("window-change", windowChange{Columns: 80, Rows: 24}) {
		t.Error("an ordinary window was refused")
	}
	if ask("pty-req", ptyRequest{Term: "xterm"}) {
		t.Error("a second terminal was accepted")
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 128<<20 { //nolint:gosec // far below
		t.Errorf("the heap has grown by %d MiB", grown>>20)
	}
	if _, err := io.WriteString(channel, "q"); err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-got:
		if n > 4<<20 {
			t.Errorf("100,000 resizes were answered with %d bytes", n)
		}
	case <-time.After(mostWait):
		t.Fatal("the session does not end")
	}
}

func TestOnlyTheDashboardAndTwoCommands(t *testing.T) {
	b := start(t, quick)
	client := b.login(b.viewer)
	for command, want := range map[string]string{
		"status": "status by viewer@desk, viewer\n", "snapshot  --format json": "snapshot --format json by viewer@desk, viewer\n",
	} {
		s := b.session(client)
		if said, err := s.Output(command); err != nil || string(said) != want {
			t.Errorf("%s gives %q, %v", command, said, err)
		}
	}
	for _, command := range []string{
		"", "sh", "id", "scp -f /etc/passwd", "status; id", "status\nid", "snapshot --format csv", "snapshot --data /etc", "rsync --server", "STATUS",
	} {
		s := b.session(client)
		if said, err := s.CombinedOutput(command); err == nil || len(said) > 0 {
			t.Errorf("%q gives %q", command, said)
		}
		_ = s.Close()
	}
	s := b.session(client)
	for _, name := range []string{"x11-req", "auth-agent-req@openssh.com", "subsystem", "break", "no-such"} {
		if ok, err := s.SendRequest(name, true, ssh.Marshal(struct{ Name string }{"sftp"})); ok || err != nil {
			t.Errorf("%s was accepted (%v)", name, err)
		}
	}
	if err := s.Setenv("LD_PRELOAD", "x"); err == nil {
		t.Error("a variable that does not matter was taken")
	}
	if err := s.Setenv("COLORTERM", strings.Repeat("x", 10_000)); err == nil {
		t.Error("a variable of 10,000 bytes was taken")
	}
	if _, err := client.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port was forwarded")
	}
	for range 10_000 {
		if _, _, err := client.OpenChannel("direct-tcpip", nil); err == nil {
			t.Fatal("a connection was forwarded")
		}
	}
}

// session opens a session once those before it have made room.
func (b *bench) session(client *ssh.Client) (s *ssh.Session) {
	b.t.Helper()
	eventually(b.t, "a session", func() bool {
		var err error
		s, err = client.NewSession()
		return err == nil
	})
	return s
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	b := start(t, nil)
	client := b.login(b.viewer)
	s, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	s.Stdout = &said
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err == nil || !strings.Contains(said.String(), "ssh -t") {
		t.Errorf("it said %q, %v", said.String(), err)
	}
	dumb := b.look(client, "dumb", 80, 24)
	dumb.wait("needs a terminal")
	if dumb.ended(mostWait) != 1 || strings.Contains(dumb.all(), "\x1b") {
		t.Errorf("a dumb terminal got %q", dumb.all())
	}
}

func TestWhoSteers(t *testing.T) {
	b := start(t, nil)
	viewer := b.look(b.login(b.viewer), "xterm-256color", 120, 40)
	boss := b.look(b.login(b.boss), "xterm-256color", 120, 40)
	viewer.wait("REPLAY")
	boss.shows("space pause")
	viewer.typed(" ][\x1b[C\x1b[1;2C\x1b[H:end\r\x1ae")
	viewer.clear()
	viewer.typed("?")
	viewer.wait("first, last row")
	if orders := b.player.orders(); orders != "" {
		t.Errorf("a viewer steered: %s", orders)
	}
	for _, what := range []string{"pause, play", "write the screen", "suspend"} {
		if strings.Contains(viewer.all(), what) {
			t.Errorf("a viewer's help offers %q", what)
		}
	}
	viewer.typed("?")
	boss.typed(" ")
	eventually(t, "the pause", func() bool { return b.player.orders() == "pause" })
	viewer.shows("REPLAY PAUSED")
}

func TestAPrivateReplayIsTheViewers(t *testing.T) {
	var mine []*player
	b := start(t, func(c *Config) {
		open := c.Open
		c.Open = func(ctx context.Context, who gate.Identity) (*Show, error) {
			show, err := open(ctx, who)
			p := newPlayer()
			mine = append(mine, p)
			show.Private, show.Options.Player = true, p
			return show, err
		}
	})
	s := b.look(b.login(b.viewer), "xterm-256color", 120, 40)
	s.wait("REPLAY")
	s.typed(" ")
	eventually(t, "the pause", func() bool { return mine[0].orders() == "pause" })
	if b.player.orders() != "" {
		t.Error("the shared replay was steered")
	}
}

// raw is a connection whose requests and channels the test handles.
func (b *bench) raw(key ssh.Signer) (ssh.Conn, <-chan ssh.NewChannel, <-chan *ssh.Request) {
	b.t.Helper()
	c, err := dialTCP(b.t.Context(), b.addr)
	if err != nil {
		b.t.Fatal(err)
	}
	conn, channels, requests, err := ssh.NewClientConn(c, b.addr, &ssh.ClientConfig{
		User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the server is ours
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return conn, channels, requests
}

func TestViewersInAll(t *testing.T) {
	b := start(t, func(c *Config) { c.Limits.Viewers = 2 })
	first, second := b.login(b.viewer), b.login(b.boss)
	b.look(first, "xterm", 80, 24)
	b.look(second, "xterm", 80, 24)
	if _, err := second.NewSession(); err == nil {
		t.Error("a third viewer came in")
	}
}
