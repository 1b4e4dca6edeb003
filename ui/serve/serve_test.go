package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/crypto/ssh"

	"gyre/feed/replay"
	"gyre/model"
	exchange "gyre/model/session"
	"gyre/ui"
	"gyre/ui/serve/gate"
	"gyre/ui/uitest"
	"gyre/ui/uitest/glass"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newKey is a key of its own.
func newKey(tb testing.TB) ssh.Signer {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return signer
}

// line is a line of the list of keys.
func line(key ssh.Signer, options, name string) string {
	text := strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey()))) + " " + name + "\n"
	if options != "" {
		text = options + " " + text
	}
	return text
}

// journal is a log that tests read.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// feed hands every viewer the same snapshots.
type feed struct {
	mu   sync.Mutex
	snap *model.Snapshot
	news chan struct{} // closed when there is another one
}

func newFeed(snap *model.Snapshot) *feed { return &feed{snap: snap, news: make(chan struct{})} }

func (f *feed) publish(snap *model.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.snap = snap
	close(f.news)
	f.news = make(chan struct{})
}

// subscriber is one viewer's end of a feed.
type subscriber struct {
	feed *feed
	last *model.Snapshot
}

func (s *subscriber) Next(ctx context.Context) (*model.Snapshot, error) {
	for {
		s.feed.mu.Lock()
		snap, news := s.feed.snap, s.feed.news
		s.feed.mu.Unlock()
		if snap != s.last {
			s.last = snap
			return snap, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (*subscriber) Ask(model.Query) {}

// player notes what it is told.
type player struct {
	mu     sync.Mutex
	told   []string
	status replay.Status
}

func newPlayer() *player {
	monday, friday := exchange.NewDate(2025, time.March, 24), exchange.NewDate(2025, time.March, 28)
	return &player{status: replay.Status{From: monday.At(9, 0), To: friday.At(20, 0), Now: friday.At(12, 0), Playing: true, Speed: 60}}
}

func (p *player) note(text string, do func(*replay.Status)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, text)
	do(&p.status)
}

func (p *player) Pause() { p.note("pause", func(s *replay.Status) { s.Playing = false }) }
func (p *player) Play()  { p.note("play", func(s *replay.Status) { s.Playing = true }) }

func (p *player) SetSpeed(speed replay.Speed) {
	p.note("speed", func(s *replay.Status) { s.Speed = speed })
}

func (p *player) StepMinutes(int)  { p.note("minutes", func(*replay.Status) {}) }
func (p *player) StepSessions(int) { p.note("sessions", func(*replay.Status) {}) }
func (p *player) Seek(time.Time)   { p.note("seek", func(*replay.Status) {}) }

func (p *player) Status() replay.Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

func (p *player) orders() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.told, " ")
}

// bench is a server that runs, with two keys in its list.
type bench struct {
	t      testing.TB
	addr   string
	keys   string // file
	viewer ssh.Signer
	boss   ssh.Signer
	feed   *feed
	player *player
	log    *journal
	stop   func() error
}

// start starts a server on loopback; change may change how it is made.
func start(tb testing.TB, change func(*Config)) *bench {
	tb.Helper()
	dir := tb.TempDir()
	b := &bench{
		t: tb, keys: filepath.Join(dir, "keys"), viewer: newKey(tb), boss: newKey(tb),
		feed: newFeed(uitest.FinalFrame()), player: newPlayer(), log: new(journal),
	}
	b.list(line(b.boss, `role="operator"`, "boss@desk") + line(b.viewer, "", "viewer@desk"))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	b.addr = listener.Addr().String()
	c := Config{
		Listeners: []net.Listener{listener}, HostKey: filepath.Join(dir, "host"), Keys: b.keys, Limits: DefaultLimits(),
		Log: slog.New(slog.NewTextHandler(b.log, nil)),
		Open: func(context.Context, gate.Identity) (*Show, error) {
			return &Show{Options: ui.Options{Source: &subscriber{feed: b.feed}, Player: b.player, Window: exchange.Week}}, nil
		},
		Command: func(_ context.Context, who gate.Identity, command string, out io.Writer) error {
			_, err := fmt.Fprintf(out, "%s by %s, %s\n", command, who.Name, who.Role)
			return err
		},
	}
	if change != nil {
		change(&c)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, c) }()
	b.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(mostWait):
			return errors.New("the server does not stop")
		}
	})
	tb.Cleanup(func() {
		if err := b.stop(); err != nil {
			tb.Errorf("the server ended with %v", err)
		}
	})
	eventually(tb, "the start", func() bool { return strings.Contains(b.log.String(), "msg=serving") })
	return b
}

// list writes the list of keys, as an editor does.
func (b *bench) list(text string) {
	b.t.Helper()
	if err := os.WriteFile(b.keys+".new", []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Rename(b.keys+".new", b.keys); err != nil {
		b.t.Fatal(err)
	}
}

// dial tries to log in.
func (b *bench) dial(auth ...ssh.AuthMethod) (*ssh.Client, error) {
	return ssh.Dial("tcp", b.addr, &ssh.ClientConfig{
		User: "somebody", Auth: auth, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second, //nolint:gosec // the server is ours
	})
}

// login logs in with a key.
func (b *bench) login(key ssh.Signer) *ssh.Client {
	b.t.Helper()
	client, err := b.dial(ssh.PublicKeys(key))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = client.Close() })
	return client
}

// screen is the terminal of a session, as a client sees it.
type screen struct {
	t       testing.TB
	session *ssh.Session
	keys    io.WriteCloser

	mu    sync.Mutex
	text  []byte
	glass *glass.Glass  // what is shown
	more  chan struct{} // closed when there is more of it
}

// look opens a dashboard.
func (b *bench) look(client *ssh.Client, term string, w, h int, env ...string) *screen {
	b.t.Helper()
	s, err := client.NewSession()
	if err != nil {
		b.t.Fatal(err)
	}
	sc := &screen{t: b.t, session: s, more: make(chan struct{}), glass: glass.New(min(w, 500), min(h, 200))}
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		if err := s.Setenv(name, value); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := s.RequestPty(term, h, w, ssh.TerminalModes{}); err != nil {
		b.t.Fatal(err)
	}
	sc.keys, _ = s.StdinPipe()
	s.Stdout = sc
	if err := s.Shell(); err != nil {
		b.t.Fatal(err)
	}
	return sc
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = append(s.text, p...)
	_, _ = s.glass.Write(p)
	close(s.more)
	s.more = make(chan struct{})
	return len(p), nil
}

func (s *screen) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.text)
}

// clear forgets what has come.
func (s *screen) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = nil
}

// wait waits until something has been sent.
func (s *screen) wait(text string) {
	s.t.Helper()
	s.until(text, func() bool { return bytes.Contains(s.text, []byte(text)) })
}

// shows waits until the terminal shows something.
func (s *screen) shows(text string) {
	s.t.Helper()
	s.until(text, func() bool { return strings.Contains(s.glass.Text(), text) })
}

func (s *screen) until(text string, is func() bool) {
	s.t.Helper()
	late := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		found, more := is(), s.more
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-more:
		case <-late:
			s.t.Fatalf("%q has not come; %q has, and the terminal shows\n%s", text, tail(s.all()), s.glass.Text())
		}
	}
}

func (s *screen) typed(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatal(err)
	}
}

// ended waits for the session's end, and gives its exit status; -1 where there
// is none.
func (s *screen) ended(within time.Duration) int {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.session.Wait() }()
	select {
	case err := <-done:
		var status *ssh.ExitError
		switch {
		case err == nil:
			return 0
		case errors.As(err, &status):
			return status.ExitStatus()
		}
		return -1
	case <-time.After(within):
		s.t.Fatalf("after %v the session is still open; %q", within, tail(s.all()))
		return -1
	}
}

func tail(text string) string { return text[max(0, len(text)-400):] }

// mostWait is for how long a test waits for what must come: the machine may be
// busy with others.
const mostWait = 30 * time.Second

// eventually waits for something to become true.
func eventually(tb testing.TB, what string, is func() bool) {
	tb.Helper()
	late := time.After(mostWait)
	for !is() {
		select {
		case <-late:
			tb.Fatalf("%s: not within %v", what, mostWait)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// gone waits until there are no more goroutines than before.
func gone(tb testing.TB, before int) {
	tb.Helper()
	for late := time.Now().Add(mostWait); runtime.NumGoroutine() > before; <-time.After(5 * time.Millisecond) {
		if time.Now().After(late) {
			stacks := make([]byte, 1<<20)
			tb.Fatalf("%d goroutines after %v, before there were %d:\n%s", runtime.NumGoroutine(), mostWait, before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func dialTCP(ctx context.Context, addr string) (net.Conn, error) {
	return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
}
