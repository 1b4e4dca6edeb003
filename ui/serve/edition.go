package serve

import "gyre/ui"

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

// cast is what viewers have in common who have the same keys.
type cast struct {
	steers  bool   // a replay
	plain   bool   // wants no colour
	edition uint64 // of the configuration
}

// propsOf are those of everybody in a cast: the first one's.
func (s *server) propsOf(c cast, app *ui.App) *ui.Props {
	s.mu.Lock()
	defer s.mu.Unlock()
	for older := range s.props {
		if older.edition < c.edition {
			delete(s.props, older) // who is still at it keeps theirs
		}
	}
	if s.props[c] == nil {
		s.props[c] = app.Props()
	}
	return s.props[c]
}

// adopt lets a viewer's dashboard take an edition over.
func (v *viewer) adopt(e edition) ui.Change {
	o := e.of(v.options)
	o.Keys = allowed(o.Keys, o.Player != nil, v.cast.steers)
	o, _ = o.InTerminal(v.env)
	v.options = o
	v.cast.edition = e.number
	return ui.Change{Options: &o}
}
