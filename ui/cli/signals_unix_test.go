//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gyre/ui/cli"
)

// pipe is a pipe in the file system. Whoever waits for its other end is let go
// when the test ends.
func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe.json")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		f, err := os.OpenFile(path, os.O_RDWR|syscall.O_NONBLOCK, 0)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
	})
	return path
}

// TestWaitingForAPipeCanBeInterrupted names a pipe that nobody opens at its other
// end wherever a file is opened.
func TestWaitingForAPipeCanBeInterrupted(t *testing.T) {
	for _, args := range []string{
		"config check PIPE", "snapshot --config PIPE", "doctor --offline --config PIPE --store /not/there.db", "snapshot --log PIPE",
		"import closes PIPE", "import facts PIPE --companies PIPE", "serve --config PIPE", "--config PIPE",
	} {
		t.Run(args, func(t *testing.T) {
			path := pipe(t)
			ctx, stop := context.WithCancel(t.Context())
			defer time.AfterFunc(50*time.Millisecond, stop).Stop()
			got := run(ctx, t, program(), strings.Fields(strings.ReplaceAll(args, "PIPE", path))...)
			if got.code == cli.ExitDone || got.code == cli.ExitUsage || strings.Contains(got.out, "ok") {
				t.Errorf("it ends with %d, %q and %q", got.code, got.out, got.err)
			}
		})
	}
}

// TestWhatIsNoFileIsNotWaitedFor names a pipe where it can be no more than a
// mistake.
func TestWhatIsNoFileIsNotWaitedFor(t *testing.T) {
	for args, want := range map[string]string{
		"snapshot --data PIPE":            "PIPE is no folder; give the path of a folder that holds instruments.csv and closes.csv",
		"store check --store PIPE":        "PIPE is a pipe, a socket or a device, not a store",
		"import closes PIPE --store PIPE": "PIPE is a pipe, a socket or a device, not a store",
	} {
		t.Run(args, func(t *testing.T) {
			path := pipe(t)
			if strings.HasPrefix(args, "import") {
				go func() { _ = os.WriteFile(path, []byte("date,symbol,close\n2025-03-28,A,1\n"), 0) }()
			}
			got := run(t.Context(), t, program(), strings.Fields(strings.ReplaceAll(args, "PIPE", path))...)
			if want := "gyre: " + strings.ReplaceAll(want, "PIPE", path) + "\n"; got.err != want {
				t.Errorf("it says %q, want %q", got.err, want)
			}
		})
	}
}

// process is gyre as a process of its own.
func process(t *testing.T, args ...string) (cmd *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	cmd, said = exec.CommandContext(t.Context(), "gyre", args...), &bytes.Buffer{}
	cmd.Env, cmd.Stderr = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, said
	return cmd, said
}

// A signal ends a process that reads from a pipe of which no end comes.
func TestASignalEndsReadingAPipe(t *testing.T) {
	path := pipe(t)
	cmd, said := process(t, "import", "closes", path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writer, err := os.OpenFile(path, os.O_WRONLY, 0) // waits until it reads
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Close() }()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || said.String() != "gyre: interrupted\n" {
		t.Errorf("it ends with %v and says %q", err, said)
	}
}

// A process that does not heed the first signal, as whoever reads its output does
// not read it, is killed by a later one.
func TestALaterSignalKills(t *testing.T) {
	cmd, _ := process(t, "snapshot", "--format", "svg", "--size", "500x200")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil { // it writes now, more than the pipe takes
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	limit := time.After(time.Minute)
	for {
		select {
		case err := <-ended:
			status := new(exec.ExitError)
			if !errors.As(err, &status) || status.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
				t.Errorf("it ends with %v", err)
			}
			return
		case <-again.C:
			_ = cmd.Process.Signal(syscall.SIGTERM)
		case <-limit:
			_ = cmd.Process.Kill()
			t.Fatal("it does not end")
		}
	}
}
