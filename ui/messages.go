package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
)

// snapshotMsg is a new snapshot.
type snapshotMsg struct{ snap *model.Snapshot }

// sourceEndedMsg says that no further snapshot will come. err is nil where
// that was asked for.
type sourceEndedMsg struct{ err error }

// orderedMsg says that the source or the replay has been told.
type orderedMsg struct{}

// nextCmd waits for the next snapshot, and until figures have been marked for
// long enough; marked 0 is for ever. A timer beside it would go off for every
// snapshot of every viewer, mostly for nothing: the next one is there before.
// Exactly one is outstanding at a time; it ends with ctx.
func nextCmd(ctx context.Context, source Source, marked time.Duration) tea.Cmd {
	return func() tea.Msg {
		waiting, stop := ctx, func() {}
		if marked > 0 {
			waiting, stop = context.WithTimeout(ctx, marked)
		}
		defer stop()
		snap, err := source.Next(waiting)
		switch {
		case ctx.Err() != nil:
			return sourceEndedMsg{}
		case err == nil:
			return snapshotMsg{snap: snap}
		case waiting.Err() != nil:
			return unmarkMsg{}
		}
		return sourceEndedMsg{err: err}
	}
}

// exportedMsg says that the screen has been written, or why not.
type exportedMsg struct {
	where string
	err   error
}

func (m exportedMsg) say() string {
	if m.err != nil {
		return "The screen was not written: " + m.err.Error()
	}
	return "Written to " + m.where
}

// order is one thing to tell the source or the replay.
type order func()

// orderCmd carries an order out. Commands run side by side, so the App sends
// the next order when the last one has come back: two quick keys keep their
// order.
func orderCmd(do order) tea.Cmd {
	return func() tea.Msg {
		do()
		return orderedMsg{}
	}
}

// playbackOf is where the replay stands; unknown without one.
func playbackOf(player Player, played *session.Calendar) panel.Playback {
	if player == nil {
		return panel.Playback{}
	}
	s := player.Status()
	return panel.Playback{
		Known: true, Playing: s.Playing, Ended: s.Ended, Speed: int(s.Speed),
		Now: s.Now, From: s.From, To: s.To, Calendar: played,
	}
}

// speeds are those of the [ and ] keys, slowest first.
func speeds() []replay.Speed {
	return []replay.Speed{1, 10, 60, 300, 900, 3600, replay.Max}
}
