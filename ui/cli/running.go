package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
	"gyre/ui"
	"gyre/ui/config"
)

// running is a dashboard that is shown, and takes a new configuration over
// while it is: all of it, or nothing.
type running struct {
	shell   *shell // of its own; its configuration is the one in force
	given   func(flag string) bool
	hub     interface{ SetRules(alert.Rules) }
	source  *renamed
	alerts  *alerter
	changes chan ui.Change
	told    string // of the configuration's mistakes; "": it has none

	mu    sync.Mutex
	rules alert.Rules // in force
}

// rulesInForce say what is worth an alert now.
func (r *running) rulesInForce() alert.Rules {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rules
}

// start lets a dashboard follow its configuration, and run the command for
// alerts, until stop is called.
func (s *shell) start(ctx context.Context, h *hub.Hub, source *renamed, given func(string) bool) (r *running, stop func()) {
	own := *s
	r = &running{shell: &own, given: given, hub: h, source: source, changes: make(chan ui.Change), rules: s.config.Alerts}
	r.alerts = newAlerter(s, func(ctx context.Context, notice string) { r.tell(ctx, ui.Change{Notice: notice}) })
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { r.alerts.run(ctx) })
	if path := s.configFile(); path != "" {
		w, err := watchFile(path, s.log)
		if err != nil {
			s.log.Warn("changes of the configuration are not seen", "error", sentence(err))
		} else {
			all.Go(func() { w.run(ctx, func() { r.follow(ctx) }) })
		}
	}
	return r, func() {
		cancel()
		all.Wait()
	}
}

// follow takes over what the file says now.
func (r *running) follow(ctx context.Context) {
	if change, ok := r.reload(); ok {
		r.tell(ctx, change)
	}
}

// Next is the next snapshot for the screen; what is new in it is told to the
// command for alerts.
func (r *running) Next(ctx context.Context) (*model.Snapshot, error) {
	snap, err := r.source.Next(ctx)
	if err == nil {
		r.alerts.see(snap)
	}
	return snap, err
}

// Ask changes what is asked for.
func (r *running) Ask(query model.Query) { r.source.Ask(query) }

// options is what the configuration says of a dashboard that is running.
func (s *shell) options() ui.Options {
	keys := s.config.Keys.KeyMap(s.replays())
	screen := &s.config.Screen
	return ui.Options{
		Theme:      s.theme(),
		AutoGround: s.flags.theme.Auto,
		Panels:     screen.Panels,
		Windows:    screen.Windows,
		Keys:       &keys,
		Mouse:      screen.Mouse,
		Bell:       screen.Bell,
		Clipboard:  screen.Clipboard || !s.remote(),
	}
}

// remote tells whether somebody looks from afar, over SSH.
func (s *shell) remote() bool {
	for _, entry := range s.env {
		for _, name := range []string{"SSH_TTY=", "SSH_CONNECTION="} {
			if value, ok := strings.CutPrefix(entry, name); ok && value != "" {
				return true
			}
		}
	}
	return false
}

// reload reads the configuration again. What is to be told or changed on the
// screen is the result; false where there is nothing.
func (r *running) reload() (ui.Change, bool) {
	c, err := r.shell.readSafely()
	if err != nil {
		return r.refuse(err)
	}
	old := r.shell.config
	mended := r.told != ""
	r.told = ""
	switch same := reflect.DeepEqual(c, old); {
	case same && mended:
		return ui.Change{Notice: "The configuration is right again, and as it was"}, true
	case same:
		return ui.Change{}, false
	}
	r.shell.adopt(c, r.given)
	if !reflect.DeepEqual(c.Alerts, old.Alerts) {
		r.hub.SetRules(c.Alerts)
		r.mu.Lock()
		r.rules = c.Alerts
		r.mu.Unlock()
	}
	r.source.rename(c.Names)
	r.alerts.set(c.OnAlert)
	options := r.shell.options()
	r.shell.log.Info("configuration read again", "warnings", len(c.Warnings))
	return ui.Change{Options: &options, Notice: applied(&old, &c)}, true
}

// refuse leaves everything as it is, and says once why.
func (r *running) refuse(err error) (ui.Change, bool) {
	var problems config.FileError
	short := err
	if errors.As(err, &problems) {
		// The folder is known, and a line is short.
		first := problems[0]
		first.File = filepath.Base(first.File)
		short = errors.New(first.String())
		if more := len(problems) - 1; more > 0 {
			short = fmt.Errorf("%w (and %d more)", short, more)
		}
	}
	notice := "The old configuration stays: " + sentence(short)
	if notice == r.told {
		return ui.Change{}, false
	}
	r.told = notice
	r.shell.log.Warn("configuration refused", "error", sentence(err))
	return ui.Change{Notice: notice}, true
}

// applied says that a new configuration is in force, and which part of it is
// not before the next start.
func applied(old, c *config.Config) string {
	var later []string
	if old.Screen.FrameRate != c.Screen.FrameRate {
		later = append(later, "frame_rate")
	}
	if old.Screen.Window != c.Screen.Window {
		later = append(later, "window")
	}
	if old.Screen.Statistic != c.Screen.Statistic {
		later = append(later, "statistic")
	}
	if len(later) == 0 {
		return "The configuration was read again"
	}
	return "The configuration was read again; " + strings.Join(later, ", ") + " from the next start on"
}

// tell brings a change to the screen.
func (r *running) tell(ctx context.Context, change ui.Change) {
	select {
	case r.changes <- change:
	case <-ctx.Done():
	}
}

// readSafely is readConfig that fails where reading breaks down: a file that is
// being written must not take the dashboard down.
func (s *shell) readSafely() (c config.Config, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("reading it broke down: %v", broken)
		}
	}()
	if path := s.configFile(); path != "" && odd(path) {
		return c, fmt.Errorf("the configuration %s cannot be read: %w; put a file in its place", path, errOdd)
	}
	return s.readConfig()
}
