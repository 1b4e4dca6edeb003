package panel

import "gyre/model/session"

// Windows are the windows that the dashboard's tables show. The zero Windows
// are all of them. They are compared with ==.
type Windows uint16

// WindowsOf is the windows given; none: all of them.
func WindowsOf(all ...session.Window) Windows {
	var chosen Windows
	for _, w := range all {
		chosen |= 1 << w
	}
	if chosen == 1<<session.WindowCount-1 {
		return 0
	}
	return chosen
}

// All is the windows from the shortest to the longest.
func (c Windows) All() []session.Window { return c.With(session.WindowCount) }

// With is All and the window that the viewer looks at.
func (c Windows) With(looked session.Window) []session.Window {
	shown := make([]session.Window, 0, session.WindowCount)
	for _, w := range session.Windows() {
		if c == 0 || c&(1<<w) != 0 || w == looked {
			shown = append(shown, w)
		}
	}
	return shown
}
