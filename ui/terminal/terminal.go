// Package terminal shows the dashboard on the terminal that gyre runs in. Bubble
// Tea reads its keys and routes its messages; a pen of package studio draws, as
// it does for viewers over SSH: when there is something to draw, and not by a
// clock.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gyre/ui"
)

// Terminal is what a dashboard runs on.
type Terminal struct {
	In  io.Reader
	Out io.Writer
	Env []string // as of os.Environ
}

// Run shows the dashboard until the viewer quits or ctx ends, and leaves the
// terminal as it found it. It fails where the snapshots end with an error, with
// ctx's cause where ctx ends, where the terminal is gone, and with a BreakdownError.
func Run(ctx context.Context, o ui.Options, t Terminal) error {
	o, t.Env = o.InTerminal(t.Env)
	on := newTTY(t)
	if err := on.raw(); err != nil {
		return fmt.Errorf("the terminal: %w", err)
	}
	defer on.cooked()
	running, end := context.WithCancelCause(ctx)
	defer end(nil)
	app, err := show(running, end, o, t, on)
	cause := context.Cause(running)
	var broke *BreakdownError
	switch {
	case errors.As(cause, &broke), ctx.Err() != nil:
		return cause //nolint:wrapcheck // it is the caller's own, or complete
	case cause != nil:
		return fmt.Errorf("the terminal: %w", cause)
	case err != nil:
		return fmt.Errorf("the terminal: %w", err)
	}
	return app.Err() //nolint:wrapcheck // the source's own
}

// BreakdownError is a mistake in the dashboard itself.
type BreakdownError struct {
	What  any    // as of recover
	Stack []byte // of the goroutine
}

func (b *BreakdownError) Error() string {
	return fmt.Sprintf("the dashboard broke down, which is a mistake in gyre: %v; please report it with what --log FILE says", b.What)
}
