package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"gyre/feed/dataset"
	"gyre/feed/hub"
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
	published, _ := s.readNote(c.data)
	keys := s.config.Keys.KeyMap(true)
	return s.watch(ctx, c, func(ctx context.Context, viewer *hub.Subscription) error {
		return ui.Run(ctx, ui.Options{
			Source:     viewer,
			Player:     c.player,
			Theme:      s.theme(),
			AutoGround: s.flags.theme.Auto,
			Window:     s.flags.window,
			Stat:       s.flags.statistic,
			Query:      s.flags.query(),
			Notice:     notice(c.data, c.player.Status()),
			Calendar:   c.data.Reference.Calendar,
			Claims:     published.Claims,
			Keys:       &keys,
			FrameRate:  s.config.Screen.FrameRate,
			Mouse:      s.config.Screen.Mouse,
			Bell:       s.config.Screen.Bell,
			Export:     exporter("."),
		}, ui.Terminal{In: s.in, Out: s.out, Env: s.env})
	})
}

// theme is what is drawn with: the flags' choice, in the configuration's colours
// of up and down.
func (s *shell) theme() theme.Options {
	return theme.Options{Ground: s.flags.theme.Ground, Signs: s.config.Screen.Signs, ASCII: s.flags.ascii}
}

// notice says what is played from when and how fast, and what was wrong with
// the files.
func notice(data *dataset.Dataset, status replay.Status) string {
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
		text += fmt.Sprintf("; %d problems in the files, first %s", data.ProblemCount, sentence(fmt.Errorf("%s", data.Problems[0])))
	}
	return text
}
