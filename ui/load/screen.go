package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"

	"gyre/ui/uitest/glass"
)

// The size of the terminal in cells.
const (
	wide = 120
	high = 40
)

// screen is gyre on a terminal.
type screen struct {
	process  *exec.Cmd
	terminal *os.File
	read     sync.WaitGroup
	ended    chan struct{} // closed when gyre writes no more

	mu      sync.Mutex
	glass   *glass.Glass
	changed chan struct{} // closed when more was drawn
	window  int           // that was asked for last
}

// start starts gyre on a feed and a dataset.
func start(ctx context.Context, gyre, address, folder string) (*screen, error) {
	s := &screen{glass: glass.New(wide, high), changed: make(chan struct{}), ended: make(chan struct{})}
	s.process = exec.CommandContext(ctx, gyre, "--feed", address, "--data", folder, "--window", "1D") //nolint:gosec // the program to measure
	s.process.Env = append(os.Environ(), "TERM=xterm-256color", "HOME="+folder)
	var err error
	if s.terminal, err = pty.StartWithSize(s.process, &pty.Winsize{Rows: high, Cols: wide}); err != nil {
		return nil, err
	}
	s.read.Go(s.watch)
	return s, nil
}

// watch draws what gyre writes until it ends.
func (s *screen) watch() {
	defer close(s.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := s.terminal.Read(buf)
		if err != nil {
			return
		}
		s.mu.Lock()
		_, _ = s.glass.Write(buf[:n]) // it never fails
		close(s.changed)
		s.changed = make(chan struct{})
		s.mu.Unlock()
	}
}

func (s *screen) stop() {
	_ = s.process.Process.Signal(os.Interrupt)
	_ = s.process.Wait() // how it ends is not measured
	_ = s.terminal.Close()
	s.read.Wait()
}

// patience is how long a key may take to be answered at all.
const patience = 10 * time.Second

// press chooses the other of two windows, and tells how long it took until the
// line of the verdict began with its name.
func (s *screen) press(ctx context.Context) (time.Duration, error) {
	s.window = 1 - s.window
	began := time.Now()
	if _, err := s.terminal.WriteString([]string{"1", "2"}[s.window]); err != nil {
		return 0, err
	}
	want := []string{" 1D ", " 1W "}[s.window]
	late := time.After(patience)
	for {
		s.mu.Lock()
		lines, changed := strings.Split(s.glass.Text(), "\n"), s.changed
		s.mu.Unlock()
		if len(lines) > 2 && strings.HasPrefix(lines[2], want) {
			return time.Since(began), nil
		}
		select {
		case <-changed:
		case <-late:
			return 0, errors.New("a key was not answered; the screen is\n" + strings.Join(lines, "\n"))
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// text is the whole screen.
func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.glass.Text()
}

// tail is the head of the screen and the panel of the data.
func (s *screen) tail() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := strings.Split(s.glass.Text(), "\n")
	return strings.Join(append([]string{lines[0]}, lines[max(len(lines)-7, 1):]...), "\n")
}

// usage is what gyre has used.
type usage struct {
	memory    float64 // resident, in MB
	processor time.Duration
}

// usage reads it from where Linux tells it.
func (s *screen) usage() (usage, error) {
	folder := "/proc/" + strconv.Itoa(s.process.Process.Pid)
	status, err := os.ReadFile(folder + "/status")
	if err != nil {
		return usage{}, fmt.Errorf("gyre has ended, or this is not Linux: %w", err)
	}
	stat, err := os.ReadFile(folder + "/stat")
	if err != nil {
		return usage{}, err
	}
	u := usage{}
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kb), "kB")))
			if err != nil {
				return u, err
			}
			u.memory = float64(n) / 1024
		}
	}
	u.processor, err = ticks(string(stat))
	return u, err
}

// ticks is the processor time in a line of /proc/PID/stat, which counts it in
// hundredths of a second.
func ticks(stat string) (time.Duration, error) {
	const user, system = 11, 12 // after the name, which may hold anything
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) <= system {
		return 0, errors.New("the processor time cannot be read")
	}
	total := 0
	for _, i := range []int{user, system} {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			return 0, fmt.Errorf("the processor time cannot be read: %w", err)
		}
		total += n
	}
	return time.Duration(total) * time.Second / 100, nil
}
