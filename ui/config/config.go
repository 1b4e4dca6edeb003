// Package config reads gyre's configuration: a TOML file in which every key
// may be left out.
//
// What there is to configure is one list of settings. Reading a file, checking
// it and printing the documented default all go through that list, so that no
// key can be read without being documented, or documented without being read.
package config

import (
	"strings"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Config is everything that a viewer may choose once and for all.
type Config struct {
	Screen Screen
	Keys   Keys
	Alerts alert.Rules
	// OnAlert is a program and its arguments, run for each new alert; none: none is.
	OnAlert  []string
	Sync     Sync
	Names    map[string]string         // of printed indices by symbol, in place of the dataset's
	Palettes map[string]*theme.Palette // somebody's own colours by name

	// Warnings is what may be meant, but is hard to read. Nothing is refused
	// for it.
	Warnings []Problem
}

// Screen is what the screen looks like, and what it shows first.
type Screen struct {
	Theme     Theme
	Signs     theme.Signs
	ASCII     bool
	Spark     theme.Spark   // where ASCII is not asked for
	Panels    panel.Panels  // of the dashboard
	Windows   panel.Windows // of the dashboard's tables
	FrameRate int           // pictures a second at most, 1 to 60
	Mouse     bool          // a click focuses, the wheel scrolls
	Bell      bool          // urgent alerts ring
	Clipboard bool          // figures are copied over SSH, too
	Window    session.Window
	Statistic model.Statistic
}

// Sync is what gyre sync asks of whom.
type Sync struct {
	Vendor  string // alpaca or massive; "": the one whose key is set
	Contact string // an e-mail address; "": none is told
}

// Default is the configuration of somebody who has written none.
func Default() Config {
	return Config{
		Screen:   Screen{Theme: Theme{Auto: true}, FrameRate: 60, Mouse: true, Window: session.Week, Statistic: model.Mean},
		Keys:     defaultKeys(),
		Alerts:   alert.Defaults(),
		Names:    map[string]string{},
		Palettes: map[string]*theme.Palette{},
	}
}

// Theme is the choice of colours.
type Theme struct {
	Auto    bool // dark or light, as the terminal's background is
	Ground  theme.Ground
	Palette string // name of a palette in the file, whose base is the ground; "": none
}

const auto = "auto"

// Look is what is drawn with: a theme in the colours and glyphs of the screen.
func (c *Config) Look(t Theme, ascii bool) theme.Options {
	o := theme.Options{Ground: t.Ground, Signs: c.Screen.Signs, ASCII: ascii, Spark: c.Screen.Spark}
	if p := c.Palettes[t.Palette]; p != nil {
		o.Ground, o.Palette = p.Base, p
	}
	return o
}

// ThemeNames is every name that ParseTheme reads.
func ThemeNames() []string { return append([]string{auto}, namesOf[theme.Ground]()...) }

// ParseTheme finds a theme that is built in by its name.
func ParseTheme(name string) (Theme, error) {
	if name == auto {
		return Theme{Auto: true}, nil
	}
	ground, err := theme.ParseGround(name)
	if err != nil {
		return Theme{}, noSuch("theme", name, ThemeNames())
	}
	return Theme{Ground: ground}, nil
}

// String is the name that ParseTheme reads.
func (t Theme) String() string {
	switch {
	case t.Auto:
		return auto
	case t.Palette != "":
		return t.Palette
	}
	return t.Ground.String()
}

// namesOf is the names of a choice of the theme package, which counts them
// from 0 and calls whatever lies beyond them "?".
func namesOf[T interface {
	~uint8
	String() string
}]() []string {
	var names []string
	for i := T(0); i.String() != "?"; i++ {
		names = append(names, i.String())
	}
	return names
}

// snake is a Go name as a key: RangeSigmas is range_sigmas.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
