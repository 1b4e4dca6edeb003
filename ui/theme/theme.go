// Package theme gives every part of the screen its look: a role (what a piece
// of text is) becomes a terminal escape sequence, and a glyph set says with
// which signs things are drawn.
//
// A Theme is a value made for one viewer and never changed; nothing here is
// global. Its sequences are taken once from Lip Gloss, in true colour. The
// renderer brings them down to what each terminal can show.
package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Role is what a piece of text is on the screen.
type Role uint8

// The roles.
const (
	Text         Role = iota // answers: numbers without a sign, names
	Strong                   // titles, what must be read first
	Dim                      // labels, context, what is not the answer
	Faint                    // lines of a chart's ground, separators
	Accent                   // focus, links to the eye, time
	AccentStrong             // the same, bold: the chosen window, the next event
	Up                       // a positive sign
	Down                     // a negative sign
	Attention                // what the reader should know: badges, alerts, mode
	Border                   // panel borders
	BorderFocus              // the border of the panel that has the focus
	Star                     // importance of an event
	Selected                 // the chosen row of a list
	Changed                  // a number that has just changed
	Series1                  // lines of a chart; 1 to 4 run from largest to smallest quartile
	Series2
	Series3
	Series4
	Series5 // the first printed index
	Series6 // the second printed index
	Series7 // micro caps
	Series8 // low debt/EV
	Series9 // high debt/EV
	roleCount
)

// reset ends a painted run. Every run ends in it, so that a cut never bleeds.
const reset = "\x1b[m"

// Ground is the kind of background that a theme is made for.
type Ground uint8

// The grounds.
const (
	Dark     Ground = iota
	Light           //
	Mono            // no colour at all: bold and dim only
	Contrast        // a dark one with the strongest colours
	Terminal        // the terminal's own sixteen colours, on either ground
)

// Signs is the pair of colours for positive and negative.
type Signs uint8

// The pairs.
const (
	BlueOrange Signs = iota // safe for all common kinds of colour blindness
	GreenRed
	RedGreen // red is up, as in East Asian markets
)

// Options choose a theme. The zero Options are dark, blue and orange, Unicode.
type Options struct {
	Ground  Ground
	Signs   Signs
	ASCII   bool     // nothing outside ASCII is drawn
	Spark   Spark    // what small columns are drawn with where ASCII is not asked for
	Palette *Palette // colours in place of those of its base ground; nil: none. It is not changed.
}

// Theme paints. It is immutable and safe for concurrent use.
type Theme struct {
	Options

	Glyph  Glyphs
	prefix [roleCount]string
	onBar  [roleCount]string
	says   *strings.Replacer // nil where everything may be said as it is
	aged   *Theme
}

// New makes a theme.
func New(o Options) *Theme {
	t := &Theme{Options: o, Glyph: unicodeGlyphs()}
	t.Glyph.Spark = o.Spark.steps()
	if o.ASCII {
		t.Glyph, t.says = asciiGlyphs(), asciiWords()
	}
	styles, bar := palette(o)
	if o.Palette != nil && o.Palette.Base == o.Ground && o.Ground != Mono {
		bar = o.Palette.apply(&styles, bar)
	}
	for role, style := range styles {
		t.prefix[role] = sequence(style)
		if bar != nil {
			style = style.Background(bar)
		}
		t.onBar[role] = sequence(style)
	}
	t.aged = t.dimmed()
	return t
}

// Aged is the theme for figures that are old because nothing newer comes: all
// of them are dim, and no sign has a colour. It is always the same one.
func (t *Theme) Aged() *Theme { return t.aged }

func (t *Theme) dimmed() *Theme {
	old := *t
	for _, role := range [...]Role{Text, Strong, Up, Down, Changed} {
		old.prefix[role], old.onBar[role] = t.prefix[Dim], t.onBar[Dim]
	}
	old.aged = &old
	return &old
}

// Paint colours s as role. It is a concatenation and nothing more, because
// thousands of cells go through it in each frame.
func (t *Theme) Paint(role Role, s string) string {
	return paint(t.prefix[role], s)
}

// Write is Paint into b, without a string in between.
func (t *Theme) Write(b *strings.Builder, role Role, s string) {
	prefix := t.prefix[role]
	if prefix == "" || s == "" {
		b.WriteString(s)
		return
	}
	b.WriteString(prefix)
	b.WriteString(s)
	b.WriteString(reset)
}

// OnBar is Paint on the header bar's background.
func (t *Theme) OnBar(role Role, s string) string {
	return paint(t.onBar[role], s)
}

// Prefix is the escape sequence that starts role, "" where it has none. A run
// started with it is ended by Reset.
func (t *Theme) Prefix(role Role) string { return t.prefix[role] }

// Reset is the sequence that ends a painted run.
func (t *Theme) Reset() string { return reset }

// Sign is the role of a number with that sign.
func (t *Theme) Sign(sign int) Role {
	switch {
	case sign > 0:
		return Up
	case sign < 0:
		return Down
	}
	return Text
}

// Series is the role of the i-th line of a chart, counted from 0; it starts
// again after the sixth.
func (t *Theme) Series(i int) Role {
	const count = int(Series6-Series1) + 1
	return Series1 + Role(((i%count)+count)%count)
}

func paint(prefix, s string) string {
	if prefix == "" || s == "" {
		return s
	}
	return prefix + s + reset
}

// sequence is what Lip Gloss writes before a text of that style.
func sequence(style lipgloss.Style) string {
	const probe = "x"
	before, _, _ := strings.Cut(style.Render(probe), probe)
	return before
}

// Grounds are all grounds, in the order of the theme key.
func Grounds() []Ground { return []Ground{Dark, Light, Contrast, Terminal, Mono} }

// ParseGround reads "dark", "light", "mono", "contrast" or "terminal".
func ParseGround(s string) (Ground, error) {
	for g, name := range groundNames() {
		if s == name {
			return Ground(g), nil
		}
	}
	return Dark, fmt.Errorf("unknown theme %q: use %s", s, strings.Join(groundNames(), ", "))
}

// String is the name that ParseGround reads.
func (g Ground) String() string { return name(groundNames(), int(g)) }

// ParseSigns reads "blue-orange", "green-red" or "red-green".
func ParseSigns(s string) (Signs, error) {
	for p, name := range signNames() {
		if s == name {
			return Signs(p), nil
		}
	}
	return BlueOrange, fmt.Errorf("unknown sign colours %q: use %s", s, strings.Join(signNames(), ", "))
}

// String is the name that ParseSigns reads.
func (p Signs) String() string { return name(signNames(), int(p)) }

func groundNames() []string { return []string{"dark", "light", "mono", "contrast", "terminal"} }

func signNames() []string { return []string{"blue-orange", "green-red", "red-green"} }

func name(names []string, i int) string {
	if i >= len(names) {
		return "?"
	}
	return names[i]
}

// rgb is a colour as Lip Gloss takes it.
func rgb(r, g, b uint8) color.Color { return color.RGBA{R: r, G: g, B: b, A: 0xff} }

func grey(level uint8) color.Color { return rgb(level, level, level) }
