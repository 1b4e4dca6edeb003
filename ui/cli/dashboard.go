package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/note"
	"gyre/feed/replay"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/terminal"
	"gyre/ui/theme"
)

// dashboard shows the dashboard, or writes the last frame as text where nobody
// looks or the terminal cannot be drawn on.
func (s *shell) dashboard(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	show := s.program.show
	if show == nil && (!isTerminal(s.out) || slices.Contains(s.env, "TERM=dumb")) {
		return s.snapshot(ctx, report.Text)
	}
	c, err := s.open(ctx, false)
	if err != nil {
		return err
	}
	for _, p := range c.data.Problems {
		s.log.Warn("dataset", "file", p.File, "line", p.Line, "column", p.Column, "problem", p.Message)
	}
	published, mistakes := s.readNote(c.data)
	for _, w := range s.config.Warnings {
		s.log.Warn("configuration", "warning", w.String())
	}
	return s.watch(ctx, c, func(ctx context.Context, h *hub.Hub, viewer *hub.Subscription) error {
		r, stop := s.start(ctx, h, &renamed{viewer: viewer, given: c.names, names: s.config.Names, query: s.flags.query()}, cmd.Flags().Changed)
		defer stop()
		o := s.options()
		o.Source, o.Changes = r, r.changes
		if c.player != nil { // an interface that holds nothing is not nil
			o.Player = c.player
		}
		o.Window, o.Stat, o.Query = s.flags.window, s.flags.statistic, s.flags.query()
		o.Notice = s.notice(c, mistakes)
		o.Calendar = c.data.Reference.Calendar
		o.Claims = published.Claims
		o.FrameRate = s.config.Screen.FrameRate
		o.Export = exporter(".", s.ofTheSession(ctx, c, r.rulesInForce))
		if show != nil {
			return show(ctx, o)
		}
		in, closeIn, err := s.keyboard()
		if err != nil {
			return err
		}
		defer closeIn()
		defer time.AfterFunc(started, debug.FreeOSMemory).Stop()
		return terminal.Run(ctx, o, terminal.Terminal{In: in, Out: s.out, Env: s.env})
	})
}

// started is when everything that a dashboard shows at first has been worked out.
// The memory that this took is given back: a screen that waits would keep it.
const started = 2 * time.Second

// theme is what is drawn with: the flags' choice, in the configuration's colours
// and glyphs.
func (s *shell) theme() theme.Options { return s.config.Look(s.flags.theme, s.flags.ascii) }

// keyboard is where keys are read from: standard input, or the terminal itself
// where standard input is the feed, or a file.
func (s *shell) keyboard() (in io.Reader, closeIn func(), err error) {
	if s.flags.feed != fromInput && hasKeys(s.in) {
		return s.in, func() {}, nil
	}
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return nil, nil, fmt.Errorf("standard input is the feed or a file, and there is no terminal to read keys from: %w", reason(err))
	}
	return tty, func() { _ = tty.Close() }, nil
}

// hasKeys tells whether keys may come from in: a terminal, or a pipe, but no file
// and no /dev/null, which are at their end at once.
func hasKeys(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok || isTerminal(f) {
		return true
	}
	info, err := f.Stat()
	return err != nil || info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0
}

// notice says what is shown, and what was wrong with its files.
func (s *shell) notice(c *connection, mistakes []note.Problem) string {
	if c.player != nil {
		return notice(c.data, c.player.Status(), mistakes)
	}
	text := "Watching " + s.flags.feed + " for the members of " + c.data.Reference.Name
	if len(c.data.Problems) > 0 {
		text += "; " + sentence(errors.New(c.data.Problems[0].Message))
	}
	return text
}

// notice says what is played from when and how fast, and what was wrong with
// the files.
func notice(data *dataset.Dataset, status replay.Status, mistakes []note.Problem) string {
	name := data.Reference.Name
	if data.Reference.Sample {
		name = "the sample (synthetic members)"
	}
	when := status.Now.In(session.Zone()).Format("Mon 2 Jan 2006 15:04") + " ET"
	text := fmt.Sprintf("Replaying %s from %s, %s", name, when, pace(status))
	if !status.To.IsZero() && !status.Now.Before(status.To) {
		text = fmt.Sprintf("The end of %s · : goes to a time", name)
	}
	if len(data.Problems) > 0 {
		text += fmt.Sprintf("; %d problems in the files, first %s", data.ProblemCount, sentence(errors.New(data.Problems[0].String())))
	}
	if len(mistakes) > 0 {
		text += fmt.Sprintf("; %d problems in the note, first %s", len(mistakes), sentence(errors.New(mistakes[0].String())))
	}
	return text
}

// pace is how fast a replay goes.
func pace(status replay.Status) string {
	switch {
	case !status.Playing:
		return "paused"
	case status.Speed == replay.Max:
		return "as fast as it goes"
	default:
		return "at ×" + strconv.Itoa(int(status.Speed))
	}
}
