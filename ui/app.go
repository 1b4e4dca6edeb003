// Package ui is the dashboard: a pure function that draws one snapshot on a
// screen of any size, under a thin Bubble Tea program that routes keys and
// snapshots.
package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Source is where the snapshots come from; a hub's subscription is one.
type Source interface {
	// Next blocks until there is a snapshot newer than the last one returned.
	Next(ctx context.Context) (*model.Snapshot, error)
	// Ask changes what is asked for; a snapshot that answers it follows.
	Ask(query model.Query)
}

// Player steers a replay; a replay's controller is one. Its methods return at once.
type Player interface {
	Pause()
	Play()
	SetSpeed(speed replay.Speed)
	StepMinutes(n int)
	StepSessions(n int)
	Seek(t time.Time)
	Status() replay.Status
}

// Options set a dashboard up.
type Options struct {
	Source Source
	Player Player // nil where there is nothing to steer

	Theme theme.Options
	// AutoGround is a ground as the terminal has one: dark or light, or its own
	// colours where it has but sixteen; Theme.Ground until that is known.
	AutoGround bool

	Window session.Window
	Stat   model.Statistic
	Query  model.Query // that Source has been asked for
	Notice string      // one sentence, shown until the first key

	Calendar *session.Calendar // of the replay, for the scrubber; nil: the exchange's

	Claims    []claim.Claim // of a note that is checked; none: there is no view of it
	Keys      *KeyMap       // nil: the default
	Panels    panel.Panels  // of the dashboard
	Windows   panel.Windows // of the dashboard's tables
	FrameRate int           // pictures a second at most; 0: as many as are good
	Mouse     bool          // a click focuses, the wheel scrolls; off leaves the terminal's selection alone
	Bell      bool          // urgent alerts ring
	Clipboard bool          // a key copies a figure to the clipboard of the viewer's terminal (OSC 52)
	// Export writes the screen and the snapshot behind it, and says where to.
	// It is called outside the program's loop; nil: there is no export.
	Export func(snap *model.Snapshot, shown Shown) (where string, err error)

	Changes <-chan Change // of the configuration, while the dashboard runs; nil: none

	plain bool // no colour, whatever the viewer chooses
}

// App is the dashboard's Bubble Tea model.
type App struct {
	feed   feed
	deck   deck
	prefs  prefs
	props  *Props
	claims []claim.Claim
	write  func(*model.Snapshot, Shown) (string, error) // nil: there is no export

	snap   *model.Snapshot
	state  panel.State
	size   Size
	theme  *theme.Theme
	prompt textinput.Model // has the focus while a time is being typed
	screen *screen
	news   unread
	err    error // why the snapshots ended
}

// feed is where snapshots and configurations come from.
type feed struct {
	source  Source
	next    tea.Cmd // waits for the next snapshot
	soon    tea.Cmd // waits for it while figures are marked
	changes tea.Cmd // waits for the next change of the configuration; nil where none can come
}

// deck is the replay, and what it was told.
type deck struct {
	player Player            // nil where there is nothing to steer
	played *session.Calendar // its days
	orders []order           // the first one is on its way
}

// prefs are what the viewer likes.
type prefs struct {
	auto    bool // the ground follows the terminal's background
	sixteen bool // colours are all that the terminal has
	mouse   bool
	bell    bool
	copies  bool // into the clipboard
	plain   bool // no colour, whatever the viewer chooses
}

// unread is what the viewer has seen of the alerts.
type unread struct {
	at    time.Time // of the newest one
	fresh News
}

// New makes a dashboard. ctx bounds the waiting for snapshots.
func New(ctx context.Context, o Options) *App {
	prompt := textinput.New()
	prompt.CharLimit = 32
	if o.Player != nil && o.Calendar == nil {
		o.Calendar = session.New()
	}
	a := &App{
		feed:  feed{source: o.Source, next: nextCmd(ctx, o.Source, 0), soon: nextCmd(ctx, o.Source, marked), changes: changeCmd(ctx, o.Changes)},
		deck:  deck{player: o.Player, played: o.Calendar},
		prefs: prefs{auto: o.AutoGround, mouse: o.Mouse, bell: o.Bell, copies: o.Clipboard, plain: o.plain},
		state: panel.State{
			Window: o.Window, Stat: o.Stat, Query: o.Query, Notice: o.Notice,
			Panels: o.Panels, Windows: o.Windows, Focus: o.Panels.All()[0], Playback: playbackOf(o.Player, o.Calendar),
		},
		theme:  theme.New(o.Theme),
		prompt: prompt,
		claims: o.Claims,
		write:  o.Export,
	}
	a.setKeys(o.Keys)
	return a
}

// withoutColour tells whether the viewer wants no colour: NO_COLOR is set to
// anything at all (no-color.org). The renderer reads it as a boolean, so the
// environment that it gets says 1.
func withoutColour(env []string) ([]string, bool) {
	plain := false
	env = slices.Clone(env)
	for i, entry := range env {
		if value, ok := strings.CutPrefix(entry, "NO_COLOR="); ok && value != "" {
			env[i], plain = "NO_COLOR=1", true
		}
	}
	return env, plain
}

// Init starts the waiting for snapshots and asks for the terminal's background.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.feed.next}
	if a.prefs.auto {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if a.feed.changes != nil {
		cmds = append(cmds, a.feed.changes)
	}
	return tea.Batch(cmds...)
}

// View is the screen as it is now.
func (a *App) View() tea.View {
	view := tea.NewView(a.screen.render(frame{a.snap, a.size, a.theme, a.state}))
	view.AltScreen = true
	if a.prefs.mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	return view
}
