//go:build unix

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// runningAlerter runs a's command until the test ends.
func runningAlerter(t *testing.T, a *alerter) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); a.run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
		goleak.VerifyNone(t)
	})
}

// fifo is a pipe in the file system, as a command sees it.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fifo")
	done(t, syscall.Mkfifo(path, 0o600))
	return path
}

// all reads a pipe until nothing holds it any more.
func all(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	done(t, err)
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(f)
	done(t, err)
	return string(text)
}

func TestTheCommandGetsTheAlert(t *testing.T) {
	path := fifo(t)
	a, _, told := alerterOf(t, "sh", "-c", `{ echo "$1"; cat; } > "$2"`, "sh", "$HOME; * `x`", path)
	runningAlerter(t, a)
	a.see(alerted(1, 0))
	a.see(alerted(1, 1, 1))
	first, second, _ := strings.Cut(all(t, path), "\n")
	if first != "$HOME; * `x`" {
		t.Errorf("its argument is %q", first)
	}
	var line alertLine
	if err := json.Unmarshal([]byte(second), &line); err != nil || !strings.HasSuffix(second, "}\n") || strings.Count(second, "\n") != 1 {
		t.Errorf("its input is %q: %v", second, err)
	}
	if want := (alertLine{"gyre.alert/1", "2025-03-28T12:01:00-04:00", "z0", "notice", "minute 1", "replay", true}); line != want {
		t.Errorf("it got %+v", line)
	}
	if len(told) > 0 {
		t.Errorf("it told %q", <-told)
	}
}

// TestACommandIsStoppedWithAllThatItStarted has a child hold a pipe, whose end
// is read once the child is gone, too.
func TestACommandIsStoppedWithAllThatItStarted(t *testing.T) {
	path := fifo(t)
	command := []string{"sh", "-c", `exec 3> "$1"; sleep 600 & echo up >&3; wait`, "sh", path}
	a, log, told := alerterOf(t, command...)
	a.limit = 300 * time.Millisecond
	run := func() string {
		ended := make(chan struct{})
		go func() { defer close(ended); a.execute(t.Context(), command, alertLine{}) }()
		wrote := all(t, path)
		<-ended
		return wrote
	}
	if got := run(); got != "up\n" {
		t.Errorf("it wrote %q", got)
	}
	if got := <-told; got != "on_alert failed: it was stopped after 300ms" {
		t.Errorf("it told %q", got)
	}
	if run(); len(told) > 0 {
		t.Errorf("the second time it told %q", <-told)
	}
	if got := strings.Count(log.String(), "stopped after"); got != 2 {
		t.Errorf("the log has it %d times: %s", got, log)
	}
}

func TestTheCommandEndsWithTheDashboard(t *testing.T) {
	path := fifo(t)
	a, log, told := alerterOf(t, "sh", "-c", `exec 3> "$1"; echo up >&3; sleep 600`, "sh", path)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); a.run(ctx) }()
	a.see(alerted(1, 0))
	a.see(alerted(1, 1, 1))
	f, err := os.Open(path)
	done(t, err)
	defer func() { _ = f.Close() }()
	_, err = io.ReadFull(f, make([]byte, len("up\n")))
	done(t, err)
	stop()
	<-ended
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("somebody still writes: %v", err)
	}
	if len(told) > 0 || log.Len() > 0 {
		t.Errorf("it told %d times, the log is %s", len(told), log)
	}
}

func TestCommandsThatFail(t *testing.T) {
	for name, tc := range map[string]struct {
		command []string
		told    string
		log     string
	}{
		"a status":         {[]string{"sh", "-c", "printf 'no\\033[31m way\\n'; echo again >&2; exit 3"}, "on_alert failed: exit status 3", `output="no[31m way again"`},
		"no such program":  {[]string{"gyre-has-no-such-program"}, "on_alert failed: exec: \"gyre-has-no-such-program\": executable file not found in $PATH", "level=WARN"},
		"no program":       {[]string{"/"}, "on_alert failed: exec: \"/\": is a directory", "level=WARN"},
		"it reads nothing": {[]string{"true"}, "", "level=INFO msg=on_alert kind=z0"},
		"much output":      {[]string{"sh", "-c", "yes no-no | head -c 100000; exit 1"}, "on_alert failed: exit status 1", "no-no"},
	} {
		t.Run(name, func(t *testing.T) {
			a, log, told := alerterOf(t, tc.command...)
			a.execute(t.Context(), tc.command, lineOf(alerted(1, 0), &alerted(1, 0, 1).Alerts[0]))
			got := ""
			if len(told) > 0 {
				got = <-told
			}
			if got != tc.told || !strings.Contains(log.String(), tc.log) {
				t.Errorf("it told %q, the log is %s", got, log)
			}
			if log.Len() > alertOutput+1000 || bytes.ContainsRune(log.Bytes(), '\x1b') {
				t.Errorf("the log has %d bytes: %.200s", log.Len(), log)
			}
			a.execute(t.Context(), tc.command, alertLine{})
			if len(told) > 0 {
				t.Errorf("the second time it told %q", <-told)
			}
		})
	}
}

// TestTheCommandHasNoTerminal: it could draw over the dashboard.
func TestTheCommandHasNoTerminal(t *testing.T) {
	command := []string{"sh", "-c", "(: < /dev/tty) 2>/dev/null && echo a terminal || echo none"}
	a, log, _ := alerterOf(t, command...)
	a.execute(t.Context(), command, alertLine{})
	if !strings.Contains(log.String(), `output=none`) {
		t.Errorf("the log is %s", log)
	}
}
