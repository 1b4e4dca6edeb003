//go:build unix

package terminal

import (
	"context"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"gyre/ui"
)

// asChild tells a test's program to be a dashboard on its terminal.
const asChild = "GYRE_TEST_DASHBOARD"

// child is such a dashboard, where this is one.
func child() bool {
	if os.Getenv(asChild) == "" {
		return false
	}
	if err := Run(context.Background(), ui.Options{Source: new(source)}, Terminal{In: os.Stdin, Out: os.Stdout, Env: os.Environ()}); err != nil {
		_, _ = io.WriteString(os.Stderr, err.Error())
		os.Exit(1)
	}
	return true
}

// window is a real terminal with a dashboard on it.
type window struct {
	*screen

	master, slave *os.File
	process       *exec.Cmd
	before        *term.State
	read          chan struct{}
}

func open(t *testing.T, w, h uint16) *window {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := &window{screen: newScreen(), read: make(chan struct{})}
	if o.master, o.slave, err = pty.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = o.master.Close()
		_ = o.slave.Close()
	})
	o.size(t, w, h)
	if o.before, err = term.GetState(o.slave.Fd()); err != nil {
		t.Fatal(err)
	}
	o.process = exec.CommandContext(t.Context(), self)
	o.process.Env = []string{"TERM=xterm-256color", asChild + "=1"}
	o.process.Stdin, o.process.Stdout, o.process.Stderr = o.slave, o.slave, o.slave
	o.process.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := o.process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { defer close(o.read); _, _ = io.Copy(o.screen, o.master) }()
	return o
}

func (o *window) size(t *testing.T, w, h uint16) {
	t.Helper()
	if err := pty.Setsize(o.master, &pty.Winsize{Cols: w, Rows: h}); err != nil {
		t.Fatal(err)
	}
}

func (o *window) typed(t *testing.T, keys string) {
	t.Helper()
	if _, err := io.WriteString(o.master, keys); err != nil {
		t.Fatal(err)
	}
}

// isRaw tells whether keys are read one by one now.
func (o *window) isRaw(t *testing.T) bool {
	t.Helper()
	now, err := term.GetState(o.slave.Fd())
	if err != nil {
		t.Fatal(err)
	}
	return *now != *o.before
}

// wake resumes the program, again and again until stop: nobody outside sees when
// it has begun to wait for that.
func (o *window) wake() (stop func()) {
	done, again := make(chan struct{}), time.NewTicker(20*time.Millisecond)
	var waking sync.WaitGroup
	waking.Go(func() {
		for {
			select {
			case <-again.C:
				_ = o.process.Process.Signal(syscall.SIGCONT)
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		again.Stop()
		waking.Wait()
	}
}

// end waits until the dashboard has ended, and checks what it leaves; the
// terminal was its own when seen bytes had come.
func (o *window) end(t *testing.T, seen int) {
	t.Helper()
	if err := o.process.Wait(); err != nil {
		t.Errorf("it ended with %v; %q", err, o.text())
	}
	o.wait(t, seen, ansi.ResetModeAltScreenSaveCursor)
	givenBack(t, o.text())
	if o.isRaw(t) {
		t.Error("the terminal is left raw")
	}
}

func TestOnARealTerminal(t *testing.T) {
	o := open(t, 120, 40)
	seen := o.wait(t, 0, "2,023.27")
	if !o.isRaw(t) {
		t.Error("keys are not read one by one")
	}
	o.size(t, 60, 20) // the kernel tells
	seen = o.wait(t, seen, ansi.EraseEntireScreen)
	seen = o.wait(t, seen, "2,023.27")
	o.typed(t, "\x1a")
	seen = o.wait(t, seen, ansi.ResetModeAltScreenSaveCursor)
	stop := o.wake()
	seen = o.wait(t, seen, ansi.SetModeAltScreenSaveCursor)
	stop()
	seen = o.wait(t, seen, "2,023.27")
	o.typed(t, "q")
	o.end(t, seen)
}

func TestSignalsEndItAsAKeyDoes(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			o := open(t, 80, 24)
			seen := o.wait(t, 0, "2,023.27")
			if err := o.process.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			o.end(t, seen)
		})
	}
}
