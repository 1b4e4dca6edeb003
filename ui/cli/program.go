// Package cli is gyre's command line: it reads flags, opens a feed, and hands
// it to the dashboard or to a report.
package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"charm.land/fang/v2"

	"gyre/ui"
)

// Exit codes of the program.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2
)

// Program is gyre. The zero Program has no sample to play.
type Program struct {
	Sample  fs.FS  // the embedded dataset, played where no other is named
	Version string // of the build; empty: as the Go tool recorded it
	// Hangup tells that the terminal is gone, which ends everything but a server:
	// that reads its list of keys again. nil: nobody tells.
	Hangup <-chan os.Signal

	// Of a test; nil are the real ones.
	now       func() time.Time
	transport http.RoundTripper
	show      func(ctx context.Context, o ui.Options) error // in place of a terminal
}

// Run runs the program with the arguments after its name until it is done or
// ctx ends, and returns its exit code. What it has to say about a failure is
// one sentence on stderr.
func (p Program) Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	s := &shell{program: p, in: stdin, out: stdout, err: stderr, env: env, log: slog.New(slog.DiscardHandler), serves: new(atomic.Bool), hangups: make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go s.hear(ctx, stop)
	root := s.command()
	root.SetArgs(append([]string{}, args...))
	err := fang.Execute(ctx, root, fang.WithVersion(p.version()), fang.WithoutManpage(), fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
	err = cmp.Or(s.told.failed, s.failure, err)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "gyre: "+sentence(err))
	}
	s.closeLog(err)
	return exitCode(err)
}

// hear listens for hangups.
func (s *shell) hear(ctx context.Context, stop func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.program.Hangup:
		}
		if !s.serves.Load() {
			stop()
			return
		}
		select {
		case s.hangups <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// clock is the wall clock.
func (p Program) clock() func() time.Time {
	if p.now != nil {
		return p.now
	}
	return time.Now
}

// version is the version to show.
func (p Program) version() string {
	if p.Version != "" {
		return p.Version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return strings.Trim(info.Main.Version, "()")
	}
	return "devel"
}
