package cli

import (
	"log/slog"
	"strings"
	"testing"

	"gyre/model"
	"gyre/model/session"
	sampledata "gyre/sample-data"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// bareShell is a shell with default flags and the sample.
func bareShell(tb testing.TB) *shell {
	tb.Helper()
	s := &shell{program: Program{Sample: sampledata.FS()}, log: slog.New(slog.DiscardHandler)}
	s.command()
	return s
}

// BenchmarkFirstFrame is everything between the start of the program and the
// first frame of the sample: reading it, replaying to the start, the
// snapshot, and drawing 120 by 40 cells.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		s := bareShell(b)
		c, err := s.open(b.Context(), false)
		if err != nil {
			b.Fatal(err)
		}
		snap, err := stand(b.Context(), c, c.player.Status().Now, model.Query{})
		if err != nil {
			b.Fatal(err)
		}
		state := panel.State{Window: session.Week, Notice: notice(c.data, c.player.Status(), nil)}
		if frame := ui.Render(snap, ui.Size{W: 120, H: 40}, theme.New(theme.Options{}), state); !strings.Contains(frame, "2,056.98") {
			b.Fatal("the frame does not show Friday's close")
		}
	}
}

// BenchmarkReport is one report of the final frame, in each format.
func BenchmarkReport(b *testing.B) {
	s := bareShell(b)
	c, err := s.open(b.Context(), false)
	if err != nil {
		b.Fatal(err)
	}
	snap, err := stand(b.Context(), c, c.player.Status().To, model.Query{})
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range report.FormatNames() {
		b.Run(name, func(b *testing.B) {
			f, err := report.ParseFormat(name)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := report.Render(f, snap, s.flags.report()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
