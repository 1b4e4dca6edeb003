package serve

import (
	"gyre/feed/replay"
	"gyre/ui"
	"gyre/ui/serve/studio"
)

// edition is a configuration that has come while the server runs.
type edition struct {
	number  uint64      // 0: the one that the server was started with
	options *ui.Options // those that a ui.Change has; nil for the first one
}

// of is o as the edition has it.
func (e edition) of(o ui.Options) ui.Options {
	n := e.options
	if n == nil {
		return o
	}
	o.Theme, o.AutoGround, o.Panels, o.Windows = n.Theme, n.AutoGround, n.Panels, n.Windows
	o.Keys, o.Mouse, o.Bell, o.Clipboard = n.Keys, n.Mouse, n.Bell, n.Clipboard
	return o
}

// renew makes a configuration that of everybody, those who will come included.
func (a *audience) renew(options *ui.Options) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = edition{a.now.number + 1, options}
	for p := range a.here {
		go p.Send(a.now)
	}
}

// newest is the configuration that is in force.
func (a *audience) newest() edition {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

// still is a replay that nobody plays.
type still struct{ spectator }

func (still) Status() replay.Status { return replay.Status{} }

// model is a dashboard that gives its keys to the screens of all viewers of a
// variant, and is not looked at.
func (s *server) model(v studio.Variant, o ui.Options) *ui.App {
	s.mu.Lock()
	defer s.mu.Unlock()
	for older := range s.models {
		if older.Edition < v.Edition {
			delete(s.models, older) // who is still at it keeps theirs
		}
	}
	if s.models[v] == nil {
		o.Source = nil
		if o.Player != nil {
			o.Player = still{}
		}
		s.models[v] = ui.New(s.ctx, o)
	}
	return s.models[v]
}

// adopt lets a viewer's dashboard take an edition over.
func (v *viewer) adopt(e edition) ui.Change {
	o := e.of(v.options)
	o.Keys = allowed(o.Keys, o.Player != nil, v.variant.Steers)
	o, _ = o.InTerminal(v.env)
	v.options = o
	v.variant.Edition = e.number
	return ui.Change{Options: &o}
}
