package serve

import (
	"context"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/feed/replay"
	exchange "gyre/model/session"
	"gyre/ui/serve/gate"
)

// bomb is a player or a source that panics when it goes off.
type bomb struct {
	*player
	when string
}

func (b bomb) StepMinutes(n int) {
	if b.when == "a command" {
		panic("\x1b]0;boom\a")
	}
	b.player.StepMinutes(n)
}

func (b bomb) Status() replay.Status {
	if b.when == "Update" && strings.Contains(b.orders(), "minutes") {
		panic("boom")
	}
	return b.player.Status()
}

func TestAPanicEndsOneSession(t *testing.T) {
	for _, when := range []string{"Update", "a command", "drawing"} {
		t.Run(when, func(t *testing.T) {
			b := start(t, func(c *Config) {
				open := c.Open
				c.Open = func(ctx context.Context, who gate.Identity) (*Show, error) {
					show, err := open(ctx, who)
					if who.Role == gate.Operator {
						show.Options.Player = bomb{player: newPlayer(), when: when}
						if when == "drawing" {
							show.Options.Window = exchange.Window(99) // no window that there is
						}
					}
					return show, err
				}
			})
			var watching []*screen
			for range 2 {
				watching = append(watching, b.look(b.login(b.viewer), "xterm-256color", 120, 40))
			}
			s := b.look(b.login(b.boss), "xterm-256color", 120, 40)
			for _, w := range watching {
				w.wait("REPLAY")
			}
			if when != "drawing" {
				s.wait("REPLAY")
				s.typed("\x1b[C")
			}
			if s.ended(mostWait) != 1 || !strings.Contains(s.all(), "the dashboard broke down") {
				t.Errorf("the viewer was left with %q", tail(s.all()))
			}
			if text := b.log.String(); !strings.Contains(text, "msg=panic") || !strings.Contains(text, ssh.FingerprintSHA256(b.boss.PublicKey())) || strings.Contains(text, "\x1b") {
				t.Errorf("the log has %q", text)
			}
			for _, w := range watching {
				w.clear()
				w.typed("?")
				w.wait("first, last row")
			}
		})
	}
}

func TestAClientThatDoesNotReadIsDropped(t *testing.T) {
	b := start(t, func(c *Config) {
		c.Limits.Stall, c.Limits.KeepAlive = time.Second, time.Hour
		c.Command = func(_ context.Context, _ gate.Identity, _ string, out io.Writer) error {
			_, err := out.Write(make([]byte, 3<<20)) // more than the two megabytes that the client lets come
			return err
		}
	})
	other := b.look(b.login(b.boss), "xterm-256color", 120, 40)
	other.shows("REPLAY")
	client := b.login(b.viewer)
	channel, requests, err := client.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go ssh.DiscardRequests(requests)
	if ok, err := channel.SendRequest("exec", true, ssh.Marshal(struct{ Command string }{"status"})); !ok || err != nil {
		t.Fatal(ok, err)
	}
	gone := make(chan struct{})
	go func() { _ = client.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(mostWait):
		t.Fatal("it is still there")
	}
	eventually(t, "the reason", func() bool { return strings.Contains(b.log.String(), "reason=stalled") })
	other.typed("?")
	other.shows("first, last row")
}

func TestAClientThatDoesNotAnswerIsDropped(t *testing.T) {
	b := start(t, func(c *Config) {
		c.Limits.KeepAlive, c.Limits.KeepAliveWait = 200*time.Millisecond, 300*time.Millisecond
	})
	client, channels, requests := b.raw(b.viewer)
	_ = channels
	_ = requests // nobody answers them
	gone := make(chan struct{})
	go func() { _ = client.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(mostWait):
		t.Fatal("it is still there")
	}
	eventually(t, "a line in the log", func() bool { return strings.Contains(b.log.String(), "reason=silent") })
}

func TestTimeLimits(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Limits)
		says   string
	}{
		"no key pressed": {func(l *Limits) { l.Idle = 300 * time.Millisecond }, "no key was pressed"},
		"open too long":  {func(l *Limits) { l.Longest = 300 * time.Millisecond }, "log in again"},
		"too much typed": {func(l *Limits) { l.Input = 10 }, "too much was typed"},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, func(cfg *Config) { c.change(&cfg.Limits) })
			s := b.look(b.login(b.viewer), "xterm", 80, 24)
			if name == "too much typed" {
				s.wait("REPLAY")
				s.typed("\x1b[200~" + strings.Repeat("x", 100))
			}
			s.ended(mostWait)
			if text := s.all(); !strings.Contains(text, c.says) || !strings.Contains(text, "\x1b[?1049l") {
				t.Errorf("it says %q", tail(text))
			}
		})
	}
}

func TestAConnectionWithoutASessionEnds(t *testing.T) {
	b := start(t, func(c *Config) { c.Limits.Empty = 200 * time.Millisecond })
	client := b.login(b.viewer)
	gone := make(chan struct{})
	go func() { _ = client.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(mostWait):
		t.Fatal("it is still there")
	}
}

func TestStoppingTellsViewers(t *testing.T) {
	b := start(t, nil)
	s := b.look(b.login(b.viewer), "xterm-256color", 120, 40)
	s.wait("REPLAY")
	if err := b.stop(); err != nil {
		t.Fatal(err)
	}
	s.ended(mostWait)
	if text := s.all(); !strings.Contains(text, "the server is shutting down") || !strings.Contains(text, "\x1b[?1049l") {
		t.Errorf("the viewer was left with %q", tail(text))
	}
}

func TestClosedChannelsLeaveNothing(t *testing.T) {
	b := start(t, nil)
	client := b.login(b.viewer)
	keep := b.look(client, "xterm", 80, 24) // the connection stays, as of ssh -M
	keep.wait("REPLAY")
	base := runtime.NumGoroutine()
	for i := range 20 {
		s := b.look(client, "xterm", 80, 24)
		s.wait("REPLAY")
		_ = s.session.Close()
		eventually(t, "the session's end", func() bool { return strings.Count(b.log.String(), "session ended") > i })
	}
	gone(t, base+3)
	keep.clear()
	keep.typed("?")
	keep.wait("\x1b[")
}

func TestEscapesOfAFeedDoNotReachTheTerminal(t *testing.T) {
	// What comes past the door is clean; what a key, a user or a client calls
	// itself must be as well, in the log.
	b := start(t, nil)
	b.list(line(b.viewer, "", "evil\x1b]52;c;AAAA\a\u202ename"))
	eventually(t, "the new list", func() bool { return strings.Count(b.log.String(), "list of keys") > 1 })
	client, err := ssh.Dial("tcp", b.addr, &ssh.ClientConfig{
		User: "a\x1b[2Jb\u009bc\r\nd", Auth: []ssh.AuthMethod{ssh.PublicKeys(b.viewer)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), ClientVersion: "SSH-2.0-x;]0;y", //nolint:gosec // the server is ours
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	eventually(t, "the login", func() bool { return strings.Contains(b.log.String(), "msg=login") })
	for _, r := range b.log.String() {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e') {
			t.Fatalf("the log has %q: %q", r, b.log)
		}
	}
	if strings.Contains(b.log.String(), `\x1b`) || strings.Contains(b.log.String(), `\u202e`) {
		t.Errorf("the log leaves the cleaning to its handler: %s", b.log)
	}
}
