package cli

import (
	"context"
	"sync"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
	"gyre/ui"
)

// desks are the hubs of a server: that of all, or one for each viewer.
type desks struct {
	mu    sync.Mutex
	rules alert.Rules
	hubs  map[*hub.Hub]struct{}
}

func newDesks(rules alert.Rules) *desks {
	return &desks{rules: rules, hubs: make(map[*hub.Hub]struct{})}
}

// SetRules changes the rules for alerts of all of them, and of those to come.
func (d *desks) SetRules(rules alert.Rules) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rules = rules
	for h := range d.hubs {
		h.SetRules(rules)
	}
}

// open makes a hub that is one of them until ctx ends.
func (d *desks) open(ctx context.Context, o hub.Options) *hub.Hub {
	d.mu.Lock()
	defer d.mu.Unlock()
	o.Rules = d.rules
	h := hub.New(o)
	d.hubs[h] = struct{}{}
	context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.hubs, h)
	})
	return h
}

// add makes a hub one of them.
func (d *desks) add(h *hub.Hub) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hubs[h] = struct{}{}
}

// unseen is a viewer who sees nothing: those of a server have names of their own.
type unseen struct{}

func (unseen) Next(ctx context.Context) (*model.Snapshot, error) { <-ctx.Done(); return nil, ctx.Err() }
func (unseen) Ask(model.Query)                                   {}

// attend lets a server follow its configuration, which it takes over whole or not
// at all, when the file changes or on a hangup, until stop is called. On a hangup
// the server's keys are read again, too.
func (s *shell) attend(ctx context.Context, d *desks, given func(string) bool) (changes <-chan ui.Change, keys <-chan struct{}, stop func()) {
	own := *s
	r := &running{
		shell: &own, given: given, hub: d, source: &renamed{viewer: unseen{}, names: s.config.Names},
		changes: make(chan ui.Change), alerts: newAlerter(s, func(context.Context, string) {}),
	}
	again := make(chan struct{})
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	changed := make(chan struct{}, 1)
	all.Go(func() {
		for {
			asked := false
			select {
			case <-s.hangups:
				asked, r.told = true, "" // what is wrong is said each time
			case <-changed:
			case <-ctx.Done():
				return
			}
			r.attend(ctx)
			if asked {
				send(ctx, again, struct{}{})
			}
		}
	})
	if path := s.configFile(); path != "" {
		w, err := watchFile(path, s.log)
		if err != nil {
			s.log.Warn("changes of the configuration are not seen", "error", sentence(err))
		} else {
			all.Go(func() { w.run(ctx, func() { send(ctx, changed, struct{}{}) }) })
		}
	}
	return r.changes, again, func() {
		cancel()
		all.Wait()
	}
}

// attend takes over what the file says now. Viewers are not told what is wrong
// with it: the log is.
func (r *running) attend(ctx context.Context) {
	change, _ := r.reload()
	if change.Options == nil {
		return
	}
	change.Options.Clipboard = r.shell.config.Screen.Clipboard // it is the viewer's own
	change.Notice = ""
	send(ctx, r.changes, change)
}

// send sends, unless ctx ends first.
func send[T any](ctx context.Context, to chan<- T, what T) {
	select {
	case to <- what:
	case <-ctx.Done():
	}
}
