package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/claim"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/picture"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// form is what a snapshot is written as: a report or a picture of the screen.
type form struct {
	report  report.Format
	picture string // svg or ansi; "" where it is a report
}

func pictureNames() []string { return []string{"svg", "ansi"} }

func formNames() []string { return slices.Concat(report.FormatNames(), pictureNames()) }

func parseForm(name string) (form, error) {
	if slices.Contains(pictureNames(), strings.ToLower(name)) {
		return form{picture: strings.ToLower(name)}, nil
	}
	format, err := report.ParseFormat(name)
	if err != nil {
		return form{}, fmt.Errorf("there is no format %q; choose one of %s", name, strings.Join(formNames(), ", "))
	}
	return form{report: format}, nil
}

// The largest picture.
const (
	widest  = 500
	tallest = 200
)

// parseSize reads a screen's size in cells, as in 120x40.
func parseSize(text string) (ui.Size, error) {
	width, height, _ := strings.Cut(text, "x")
	w, badWidth := strconv.Atoi(width)
	h, badHeight := strconv.Atoi(height)
	if badWidth != nil || badHeight != nil || w < 1 || h < 1 || w > widest || h > tallest {
		return ui.Size{}, fmt.Errorf("%q is not a size; give columns and rows as in 120x40, up to %dx%d", text, widest, tallest)
	}
	return ui.Size{W: w, H: h}, nil
}

// drawPicture writes one view of the dashboard as it stands at one moment.
func (s *shell) drawPicture(ctx context.Context) error {
	c, snap, err := s.moment(ctx, withAlerts)
	if err != nil {
		return err
	}
	look := s.theme()
	state := panel.State{
		Window: s.flags.window, Stat: s.flags.statistic, Query: s.flags.query(), Playback: playback(c, snap), Panels: s.config.Screen.Panels, Windows: s.config.Screen.Windows,
	}
	state.View = s.flags.view
	if focus, zooms := state.View.Focus(); zooms {
		state.Focus = focus
	}
	if published, _ := s.readNote(c.data); len(published.Claims) > 0 {
		state.Note = &panel.Note{Results: claim.Check(published.Claims, snap)}
	}
	frame := ui.Render(snap, s.flags.size, theme.New(look), state)
	if s.flags.form.picture == "ansi" {
		return s.write([]byte(frame + "\n"))
	}
	ground := picture.Dark()
	if look.Ground == theme.Light {
		ground = picture.Light()
	}
	return s.write(picture.SVG(frame, s.flags.size.W, s.flags.size.H, ground))
}

// playback is where the replay stands when the snapshot is on the screen.
func playback(c *connection, snap *model.Snapshot) panel.Playback {
	if c.player == nil {
		return panel.Playback{}
	}
	status := c.player.Status()
	return panel.Playback{
		Known: true, Playing: status.Playing, Ended: !snap.AsOf.Before(status.To), Speed: int(status.Speed),
		Now: snap.AsOf, From: status.From, To: status.To, Calendar: c.data.Reference.Calendar,
	}
}
