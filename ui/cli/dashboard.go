package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/note"
	"gyre/feed/replay"
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// dashboard shows the dashboard, or writes the last frame as text where nobody
// looks or the terminal cannot be drawn on.
func (s *shell) dashboard(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	if !isTerminal(s.out) || slices.Contains(s.env, "TERM=dumb") {
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
		o.Player = c.player
		o.Window, o.Stat, o.Query = s.flags.window, s.flags.statistic, s.flags.query()
		o.Notice = notice(c.data, c.player.Status(), mistakes)
		o.Calendar = c.data.Reference.Calendar
		o.Claims = published.Claims
		o.FrameRate = s.config.Screen.FrameRate
		o.Export = exporter(".")
		return ui.Run(ctx, o, ui.Terminal{In: s.in, Out: s.out, Env: s.env})
	})
}

// theme is what is drawn with: the flags' choice, in the configuration's colours
// and glyphs.
func (s *shell) theme() theme.Options { return s.config.Look(s.flags.theme, s.flags.ascii) }

// notice says what is played from when and how fast, and what was wrong with
// the files.
func notice(data *dataset.Dataset, status replay.Status, mistakes []note.Problem) string {
	name := data.Reference.Name
	if data.Reference.Sample {
		name = "the sample (synthetic members)"
	}
	speed := "as fast as it goes"
	if status.Speed != replay.Max {
		speed = "at ×" + strconv.Itoa(int(status.Speed))
	}
	text := fmt.Sprintf("Replaying %s from %s ET, %s", name, status.Now.In(session.Zone()).Format("Mon 2 Jan 2006 15:04"), speed)
	if len(data.Problems) > 0 {
		text += fmt.Sprintf("; %d problems in the files, first %s", data.ProblemCount, sentence(errors.New(data.Problems[0].String())))
	}
	if len(mistakes) > 0 {
		text += fmt.Sprintf("; %d problems in the note, first %s", len(mistakes), sentence(errors.New(mistakes[0].String())))
	}
	return text
}
