package serve

import (
	"context"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/ui"
)

func TestItDoesNotStart(t *testing.T) {
	good := line(newKey(t), "", "somebody")
	for name, c := range map[string]struct {
		keys     string
		mode     os.FileMode
		hostMode os.FileMode // 0: there is no host key yet
		change   func(*Config)
		want     string
	}{
		"without a list":        {want: "there is no list of keys"},
		"with an empty list":    {keys: "# nobody\n", mode: 0o600, want: "nobody could log in"},
		"with bad lines only":   {keys: "ssh-ed25519 AAAA\n", mode: 0o600, want: "keys:1:"},
		"others could add one":  {keys: good, mode: 0o666, want: "chmod go-w"},
		"with a loose host key": {keys: good, mode: 0o600, hostMode: 0o644, want: "chmod 600"},
		"without limits":        {keys: good, mode: 0o600, change: func(c *Config) { c.Limits = Limits{} }, want: "limit handshakes"},
		"too wide a window":     {keys: good, mode: 0o600, change: func(c *Config) { c.Limits.Columns = 501 }, want: "from 1 to 500"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			made := Config{
				Listeners: []net.Listener{listener}, HostKey: filepath.Join(dir, "host"), Keys: filepath.Join(dir, "keys"),
				Limits: DefaultLimits(), Open: Shared(nil, ui.Options{}),
			}
			for path, file := range map[string]struct {
				text string
				mode os.FileMode
			}{made.Keys: {c.keys, c.mode}, made.HostKey: {"", c.hostMode}} {
				if file.mode == 0 {
					continue
				}
				if err := os.WriteFile(path, []byte(file.text), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(path, file.mode); err != nil {
					t.Fatal(err)
				}
			}
			if c.change != nil {
				c.change(&made)
			}
			if err := Run(context.Background(), made); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v, want something with %q", err, c.want)
			}
			if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
				t.Error("it listens all the same")
			}
		})
	}
}

func TestMetricsStayOnThisMachine(t *testing.T) {
	everywhere := &net.TCPAddr{IP: net.IPv4zero, Port: 9222}
	if err := onLoopback(everywhere); err == nil {
		t.Error("metrics were accepted for everybody")
	}
	if err := onLoopback(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}); err != nil {
		t.Error(err)
	}
}

func TestOnlyKeysOfTheListLogIn(t *testing.T) {
	b := start(t, nil)
	for name, auth := range map[string][]ssh.AuthMethod{
		"nothing":   nil,
		"password":  {ssh.Password("secret")},
		"questions": {ssh.KeyboardInteractive(func(_, _ string, q []string, _ []bool) ([]string, error) { return make([]string, len(q)), nil })},
		"other key": {ssh.PublicKeys(newKey(t))},
	} {
		t.Run(name, func(t *testing.T) {
			if client, err := b.dial(auth...); err == nil {
				_ = client.Close()
				t.Error("it let somebody in")
			}
		})
	}
	if n := strings.Count(b.log.String(), "msg=login"); n != 0 {
		t.Errorf("%d logins were logged", n)
	}
	b.login(b.viewer)
}

// signsWith offers the key of one signer and signs with another.
type signsWith struct {
	ssh.Signer
	offers ssh.PublicKey
}

func (s signsWith) PublicKey() ssh.PublicKey { return s.offers }

func TestTheKeyThatSignedIsTheIdentity(t *testing.T) {
	b := start(t, func(c *Config) {
		many(c)
		c.Limits.Handshakes, c.Limits.HandshakesPerSource = 2000, 2000 // which those that fail keep for a second
	})
	came := 0
	stranger := newKey(t)
	for i := range 1000 {
		signers := []ssh.Signer{stranger, signsWith{b.viewer, b.boss.PublicKey()}, b.viewer}
		want := "viewer"
		if i%2 == 0 {
			signers = []ssh.Signer{signsWith{b.viewer, b.boss.PublicKey()}, signsWith{stranger, b.viewer.PublicKey()}, b.boss}
			want = "operator"
		}
		// What is no key of theirs comes in any order; the real one has to be among the first three.
		rand.Shuffle(len(signers), func(i, j int) { signers[i], signers[j] = signers[j], signers[i] })
		client, err := b.dial(ssh.PublicKeys(signers...))
		if err != nil {
			continue // too many failures, or a signature that does not belong to its key
		}
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		said, err := session.Output("status")
		if err != nil || !strings.HasSuffix(string(said), ", "+want+"\n") {
			t.Fatalf("the %s was taken for %q (%v)", want, said, err)
		}
		_ = client.Close()
		came++
	}
	if came < 200 { // a third has the real key first, and some the others' before it
		t.Errorf("%d of 1,000 came in", came)
	}
	if !strings.Contains(b.log.String(), "role=operator") || !strings.Contains(b.log.String(), "role=viewer") {
		t.Error("nobody ever came in")
	}
}

func TestGuessingIsBounded(t *testing.T) {
	b := start(t, nil)
	offered := 0
	offer := func() ([]ssh.Signer, error) {
		var all []ssh.Signer
		for range 20 {
			all = append(all, newKey(t))
		}
		offered++
		return append(all, b.viewer), nil
	}
	if _, err := b.dial(ssh.PublicKeysCallback(offer)); err == nil || offered == 0 {
		t.Errorf("after twenty wrong keys the right one got in: %v", err)
	}
}

func TestHandshakesAreBounded(t *testing.T) {
	b := start(t, func(c *Config) { c.Limits.Grace = time.Second })
	before := time.Now()
	var held []net.Conn
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, Timeout: time.Second}
	for range 300 {
		if c, err := dialer.DialContext(t.Context(), "tcp", b.addr); err == nil {
			held = append(held, c)
		}
	}
	// A real login comes in meanwhile, from somewhere else.
	raw, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}).DialContext(t.Context(), "tcp", b.addr)
	if err != nil {
		t.Fatal(err)
	}
	conn, channels, requests, err := ssh.NewClientConn(raw, b.addr, &ssh.ClientConfig{
		User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(b.viewer)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the server is ours
	})
	if err != nil {
		t.Fatalf("a real login did not get in: %v", err)
	}
	_ = ssh.NewClient(conn, channels, requests).Close()
	// Those who say nothing are cut: eight at their grace's end, the others at once.
	for _, c := range held {
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		buf := make([]byte, 256)
		for {
			if _, err = c.Read(buf); err != nil {
				break
			}
		}
		if nerr, ok := err.(net.Error); ok && nerr.Timeout() { //nolint:errorlint // as net gives it
			t.Fatal("a connection that says nothing is still open")
		}
		_ = c.Close()
	}
	if took := time.Since(before); took > 4*time.Second {
		t.Errorf("they were cut after %v", took)
	}
}

func TestAKeyThatIsRemovedEndsItsSessions(t *testing.T) {
	b := start(t, nil)
	var screens []*screen
	for range 3 {
		screens = append(screens, b.look(b.login(b.viewer), "xterm-256color", 120, 40))
	}
	boss := b.look(b.login(b.boss), "xterm-256color", 120, 40)
	for _, s := range append(slices.Clone(screens), boss) {
		s.wait("Size quartiles")
	}
	b.list(line(b.boss, `role="operator"`, "boss@desk") + "a line that is wrong\n")
	for _, s := range screens {
		s.ended(5 * time.Second) // as is promised
		if text := s.all(); !strings.Contains(text, "your key was removed") || !strings.Contains(text, "\x1b[?1049l") {
			t.Errorf("the viewer was left with %q", tail(text))
		}
	}
	if _, err := b.dial(ssh.PublicKeys(b.viewer)); err == nil {
		t.Error("the key still logs in")
	}
	if !strings.Contains(b.log.String(), "keys:2:") {
		t.Error("the wrong line was not reported")
	}
	boss.clear()
	boss.typed("?")
	boss.wait("first, last row")

	b.list(line(b.boss, "", "boss@desk"))
	boss.ended(5 * time.Second) // not an operator any more
}

func TestKeysPerConnectionAndKey(t *testing.T) {
	b := start(t, func(c *Config) { c.Limits.ConnectionsPerKey = 3 })
	one := b.login(b.viewer)
	b.look(one, "xterm", 80, 24)
	b.look(one, "xterm", 80, 24)
	if _, err := one.NewSession(); err == nil {
		t.Error("a third session over one connection was opened")
	}
	two := b.login(b.viewer)
	b.look(two, "xterm", 80, 24)
	last := b.look(two, "xterm", 80, 24)
	three := b.login(b.viewer)
	if _, err := three.NewSession(); err == nil {
		t.Error("a fifth session with one key was opened")
	}
	if client, err := b.dial(ssh.PublicKeys(b.viewer)); err == nil {
		if _, err := client.NewSession(); err == nil {
			t.Error("a fourth connection with one key stays")
		}
	}
	b.look(b.login(b.boss), "xterm", 80, 24).wait("REPLAY")
	last.wait("REPLAY")
	last.typed("q")
	last.ended(mostWait)
	eventually(t, "a session that has ended makes room", func() bool {
		s, err := three.NewSession()
		if err == nil {
			_ = s.Close()
		}
		return err == nil
	})
}
