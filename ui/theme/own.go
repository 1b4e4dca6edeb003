package theme

import (
	"fmt"
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
)

// Palette is somebody's own colours. They stand in place of those of the
// ground that it is based on; whatever it leaves out is as it is there.
type Palette struct {
	Base   Ground
	Roles  map[Role]color.Color
	Places map[Place]color.Color
}

// Place is a background.
type Place uint8

// The places.
const (
	Background     Place = iota // the terminal's own: nothing is painted in it, contrast is measured against it
	Bar                         // below the header
	SelectedGround              // below the chosen row
	ChangedGround               // below a number that has just changed
)

// apply gives the styles their colours, and returns the background of the
// header bar.
func (p *Palette) apply(styles *[roleCount]lipgloss.Style, bar color.Color) color.Color {
	for role, ink := range p.Roles {
		styles[role] = heavy(role).Foreground(ink).Background(styles[role].GetBackground())
	}
	for role, place := range map[Role]Place{Selected: SelectedGround, Changed: ChangedGround} {
		if ground := p.Places[place]; ground != nil {
			styles[role] = heavy(role).Foreground(styles[role].GetForeground()).Background(ground)
		}
	}
	if own := p.Places[Bar]; own != nil {
		return own
	}
	return bar
}

// heavy is the weight of a role without its colours.
func heavy(role Role) lipgloss.Style {
	bold := role == Strong || role == AccentStrong || role == Changed
	return lipgloss.NewStyle().Bold(bold)
}

// Faded is a text that is hard to read on the ground behind it.
type Faded struct {
	Role  Role
	On    Place
	Ratio float64 // of their luminances, 1 to Readable
}

// Readable is the least contrast of text by WCAG 2, level AA.
const Readable = 4.5

// Faded finds the texts whose contrast is below Readable on a background that
// the palette names, in the order of the roles. What has no luminance of its
// own, as the terminal's sixteen colours, is not judged.
func (p *Palette) Faded(signs Signs) []Faded {
	styles, _ := palette(Options{Ground: p.Base, Signs: signs})
	p.apply(&styles, nil)
	var all []Faded
	for role, style := range styles {
		for _, on := range grounds(Role(role)) {
			ground, ink := p.Places[on], style.GetForeground()
			if ground == nil || !fixed(ground) || !fixed(ink) {
				continue
			}
			if found := ratio(ink, ground); found < Readable {
				all = append(all, Faded{Role(role), on, found})
			}
		}
	}
	return all
}

// grounds is where a role is read as text. Lines and borders are not text.
func grounds(role Role) []Place {
	switch role {
	case Text, Strong, Dim, Accent, AccentStrong, Attention:
		return []Place{Background, Bar}
	case Up, Down, Star:
		return []Place{Background}
	case Selected:
		return []Place{SelectedGround}
	case Changed:
		return []Place{ChangedGround}
	default:
		return nil
	}
}

// Roles is every role.
func Roles() []Role {
	all := make([]Role, roleCount)
	for i := range all {
		all[i] = Role(i)
	}
	return all
}

// About says what has the role, in a few words.
func (r Role) About() string {
	texts := [roleCount]string{
		"names and numbers without a sign", "titles, in bold", "labels and context", "lines of a chart's ground", "focus and time",
		"the chosen window and the next event, in bold", "a positive sign, in place of that of signs", "a negative sign, likewise",
		"badges, alerts and the mode", "borders", "the border of the panel with the focus", "importance of an event", "the chosen row",
		"a number that has just changed, in bold", "the largest quartile", "the second quartile", "the third quartile",
		"the smallest quartile", "the first printed index", "the second printed index", "micro caps", "low debt/EV", "high debt/EV",
	}
	return name(texts[:], int(r))
}

// String is the name that ParseRole reads.
func (r Role) String() string { return name(roleNames(), int(r)) }

// ParseRole reads a role's name, as in "accent_strong" or "series1".
func ParseRole(s string) (Role, error) {
	i := slices.Index(roleNames(), s)
	if i < 0 {
		return Text, fmt.Errorf("unknown role %q", s)
	}
	return Role(i), nil
}

func roleNames() []string {
	return []string{
		"text", "strong", "dim", "faint", "accent", "accent_strong", "up", "down", "attention", "border", "border_focus", "star",
		"selected", "changed", "series1", "series2", "series3", "series4", "series5", "series6", "series7", "series8", "series9",
	}
}

// Places is every place.
func Places() []Place { return []Place{Background, Bar, SelectedGround, ChangedGround} }

// String is the name that ParsePlace reads.
func (p Place) String() string { return name(placeNames(), int(p)) }

// ParsePlace reads "background", "bar", "selected_ground" or "changed_ground".
func ParsePlace(s string) (Place, error) {
	i := slices.Index(placeNames(), s)
	if i < 0 {
		return Background, fmt.Errorf("unknown background %q", s)
	}
	return Place(i), nil
}

// About says what stands on the background, in a few words.
func (p Place) About() string {
	return name([]string{
		"the terminal's own: it is not painted, but contrast is measured against it", "behind the header",
		"behind the chosen row", "behind a number that has just changed",
	}, int(p))
}

func placeNames() []string { return []string{"background", "bar", "selected_ground", "changed_ground"} }
