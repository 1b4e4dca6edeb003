package main

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// maxViewers is how many viewers the server is told to let in.
const maxViewers = 2000

// server is gyre serve, as a process of its own.
type server struct {
	addr, metrics string
	key           ssh.Signer
	process       *exec.Cmd
	dir           string
	log           string
}

// startServer starts it with a key list of its own, on free ports.
func startServer(ctx context.Context, p plan) (s *server, err error) {
	s = &server{}
	if s.dir, err = os.MkdirTemp("", "gyre-load"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(s.dir)
		}
	}()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if s.key, err = ssh.NewSignerFromKey(private); err != nil {
		return nil, err
	}
	keys := filepath.Join(s.dir, "authorized_keys")
	if err = os.WriteFile(keys, ssh.MarshalAuthorizedKey(s.key.PublicKey()), 0o600); err != nil {
		return nil, err
	}
	for _, to := range []*string{&s.addr, &s.metrics} {
		if *to, err = freeAddress(ctx); err != nil {
			return nil, err
		}
	}
	s.log = filepath.Join(s.dir, "log")
	limits := fmt.Sprintf("viewers=%d,connections-per-key=%d,sessions-per-key=%d,logins=%d,received=%d", maxViewers, maxViewers, maxViewers, maxViewers, 1<<24)
	args := []string{
		"serve", "--listen", s.addr, "--metrics", s.metrics, "--keys", keys, "--host-key", filepath.Join(s.dir, "host"),
		"--limit", limits, "--log", s.log,
	}
	s.process = exec.CommandContext(ctx, p.gyre, append(args, p.serve...)...) //nolint:gosec // the program to measure
	s.process.Cancel = func() error { return s.process.Process.Signal(os.Interrupt) }
	s.process.Stderr = os.Stderr
	if err = s.process.Start(); err != nil {
		return nil, err
	}
	return s, s.ready(ctx)
}

// freeAddress is one that nobody listens at.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// ready waits until the server answers.
func (s *server) ready(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	for {
		if _, err := s.sample(ctx); err == nil {
			return nil
		}
		if err := wait(ctx, 50*time.Millisecond); err != nil {
			return errors.Join(errors.New("the server does not start"), s.stop())
		}
	}
}

// stop ends it.
func (s *server) stop() error {
	_ = s.process.Process.Signal(os.Interrupt)
	err := s.process.Wait()
	return errors.Join(err, os.RemoveAll(s.dir))
}

// sample is what the server says of itself.
type sample struct {
	at                     time.Time
	cpu                    float64 // seconds
	rss, goroutines, files float64
	heap                   float64 // at which the next collection begins: twice what the last one has left
	frames, bytes          float64
	sessions               float64
}

func (s *server) sample(ctx context.Context) (sample, error) {
	got := sample{at: time.Now()}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/metrics", http.NoBody)
	if err != nil {
		return got, err
	}
	r.Close = true // or the server would keep a connection for us
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return got, err
	}
	defer func() { _ = answer.Body.Close() }()
	return got, got.read(answer.Body)
}

// viewers is how many the server has.
func (s *server) viewers(ctx context.Context) (int, error) {
	now, err := s.sample(ctx)
	return int(now.sessions), err
}

// read reads the figures that matter out of Prometheus's text.
func (s *sample) read(text io.Reader) error {
	want := map[string]*float64{
		"process_cpu_seconds_total": &s.cpu, "process_resident_memory_bytes": &s.rss, "go_goroutines": &s.goroutines,
		"process_open_fds": &s.files, "go_memstats_next_gc_bytes": &s.heap, "gyre_ssh_frames_total": &s.frames, "gyre_ssh_bytes_total": &s.bytes,
		"gyre_ssh_sessions": &s.sessions,
	}
	lines := bufio.NewScanner(text)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		to := want[name]
		if to == nil {
			continue
		}
		number, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("%s is %q", name, value)
		}
		*to = number
		delete(want, name)
	}
	if len(want) > 0 {
		return fmt.Errorf("the server does not tell %d of the figures", len(want))
	}
	return lines.Err()
}
