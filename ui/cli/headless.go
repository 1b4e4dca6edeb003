package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/spf13/cobra"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/ui/report"
)

// snapshot writes one moment.
func (s *shell) snapshot(ctx context.Context, format report.Format) error {
	c, snap, err := s.moment(ctx, withAlerts)
	if err != nil {
		return err
	}
	options := s.flags.report()
	if s.flags.note {
		if options.Note, err = s.checkNote(c.data, snap); err != nil {
			return err
		}
	}
	text, err := report.Render(format, snap, options)
	if err != nil {
		return err
	}
	return s.write(text)
}

// What a snapshot is taken with: to find the session's alerts takes a while.
const (
	bare       = false
	withAlerts = true
)

// moment is the snapshot at --at, or at the end of the dataset, and the feed
// that it comes from.
func (s *shell) moment(ctx context.Context, alerts bool) (*connection, *model.Snapshot, error) {
	c, err := s.open(ctx, true)
	if err != nil {
		return nil, nil, err
	}
	s.complain(c.data)
	if c.player == nil {
		snap, err := s.first(ctx, c)
		return c, snap, err
	}
	status := c.player.Status()
	at := status.To
	if s.flags.at.given() {
		at = status.Now
	}
	if alerts {
		snap := hub.AtWithAlerts(until(ctx, c.stateAt(at)), s.flags.query(), s.config.Alerts)
		return c, snap, ctx.Err()
	}
	snap, err := stand(ctx, c, at, s.flags.query())
	return c, snap, err
}

// stand is what is known at the moment t.
func stand(ctx context.Context, c *connection, t time.Time, query model.Query) (*model.Snapshot, error) {
	return hub.At(until(ctx, c.stateAt(t)), query), ctx.Err()
}

// until is all batches until ctx ends.
func until(ctx context.Context, batches iter.Seq[[]model.Update]) iter.Seq[[]model.Update] {
	return func(yield func([]model.Update) bool) {
		for batch := range batches {
			if ctx.Err() != nil || !yield(batch) {
				return
			}
		}
	}
}

// status writes the status line, once or for every change.
func (s *shell) status(cmd *cobra.Command, _ []string) error {
	if s.flags.watch {
		return s.follow(cmd.Context())
	}
	for _, name := range []string{"speed", "from", "to"} {
		if cmd.Flags().Changed(name) {
			return usagef("--%s steers the replay; give it together with --watch", name)
		}
	}
	_, snap, err := s.moment(cmd.Context(), bare)
	if err != nil {
		return err
	}
	return s.write([]byte(report.Status(snap, s.flags.report()) + "\n"))
}

// follow plays the feed and writes a status line for every change, until the
// feed is over or ctx ends.
func (s *shell) follow(ctx context.Context) error {
	c, err := s.open(ctx, true)
	if err != nil {
		return err
	}
	s.complain(c.data)
	var end time.Time // of a replay
	if c.player != nil {
		end = c.player.Status().To
	}
	return s.watch(ctx, c, func(ctx context.Context, _ *hub.Hub, viewer *hub.Subscription) error {
		last := ""
		for {
			snap, err := viewer.Next(ctx)
			if err != nil {
				return err
			}
			if line := report.Status(snap, s.flags.report()); line != last {
				last = line
				if err := s.write([]byte(line + "\n")); err != nil {
					return err
				}
			}
			if c.player != nil && !snap.AsOf.Before(end) || c.over(snap) {
				return nil
			}
		}
	})
}

// watch runs the feed through a hub while look looks at it. To be interrupted
// is a good end.
func (s *shell) watch(ctx context.Context, c *connection, look func(context.Context, *hub.Hub, *hub.Subscription) error) error {
	running, stop := context.WithCancel(ctx)
	options := hub.Options{Source: c.source, Rules: s.config.Alerts}
	if c.player == nil {
		options.Now = s.program.clock()
	}
	h := hub.New(options)
	ended := make(chan error, 1)
	go func() { ended <- h.Run(running) }()
	viewer := h.Subscribe(s.flags.query())
	err := look(running, h, viewer)
	viewer.Close()
	stop()
	switch failure := <-ended; {
	case failure != nil && !errors.Is(failure, context.Canceled):
		return fmt.Errorf("the feed failed: %w", failure)
	case ctx.Err() == nil:
		return err
	}
	return nil // interrupted, which is how watching ends
}
