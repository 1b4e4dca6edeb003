package ui

import (
	"gyre/model"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Scene is all that a screen is drawn from, as a value: two viewers with equal
// scenes and the same keys see the same screen. Scenes are compared with ==.
type Scene struct {
	Snap  *model.Snapshot // nil before the first one
	Size  Size
	Look  theme.Options
	State panel.State
}

// Scene is what the viewer sees now.
func (a *App) Scene() Scene {
	return Scene{Snap: a.snap, Size: a.size, Look: a.theme.Options, State: a.state}
}

// Err is why the snapshots have ended; nil while they have not, and where that
// was asked for.
func (a *App) Err() error { return a.err }

// Mouse tells whether the viewer's mouse does something.
func (a *App) Mouse() bool { return a.prefs.mouse }

// Props are what a screen is drawn from beside its scene: the keys that it
// tells. They do not change; a dashboard whose keys do has others from then on.
type Props struct{ keys KeyMap }

// Props are those of this dashboard.
func (a *App) Props() *Props { return a.props }

// Stage draws scenes for viewers with the same props, and remembers the parts
// that the next scene may have in common with the last one.
type Stage struct {
	screen *screen
	theme  *theme.Theme
}

// Stage is an empty one for viewers with these props.
func (p *Props) Stage() *Stage {
	return &Stage{screen: newScreen(p.keys), theme: theme.New(theme.Options{})}
}

// Draw draws a scene: Size.H lines of Size.W cells. One goroutine at a time may.
func (s *Stage) Draw(scene Scene) string {
	if s.theme.Options != scene.Look {
		s.theme = theme.New(scene.Look)
	}
	return s.screen.render(frame{scene.Snap, scene.Size, s.theme, scene.State})
}

// Steered tells a dashboard that somebody else has steered the replay.
type Steered struct{}

// Watching is k for somebody who watches a replay that others steer.
func (k KeyMap) Watching() KeyMap {
	for _, b := range k.replay() {
		b.SetEnabled(false)
	}
	return k
}

// InTerminal is o and the environment of a viewer's terminal as they go
// together: where the terminal asks for no colour there is none.
func (o Options) InTerminal(env []string) (Options, []string) {
	env, plain := withoutColour(env)
	if plain {
		o.Theme.Ground, o.AutoGround, o.plain = theme.Mono, false, true
	}
	return o, env
}
