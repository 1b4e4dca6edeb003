package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// shades are the colours of one ground.
type shades struct {
	text, dim, faint, accent, attention color.Color
	blue, orange, green, red            color.Color
	bar, selected                       color.Color
	series                              [9]color.Color
}

// Every colour below is one of the 256 that most terminals have: a step of the
// colour cube (0, 95, 135, 175, 215, 255) or a grey (8 + 10n). So a screen looks
// the same in true colour and through a multiplexer that has only those.

func darkShades() shades {
	return shades{
		text: grey(208), dim: grey(128), faint: grey(68),
		accent: rgb(135, 175, 255), attention: rgb(255, 215, 95),
		blue: rgb(95, 175, 255), orange: rgb(255, 175, 95), green: rgb(135, 215, 135), red: rgb(255, 95, 95),
		bar: grey(28), selected: grey(58),
		series: [9]color.Color{
			rgb(95, 175, 255), rgb(135, 175, 215), rgb(215, 175, 135), rgb(255, 135, 0),
			rgb(255, 175, 0), rgb(95, 135, 135), rgb(175, 135, 255), rgb(135, 175, 95), rgb(255, 135, 175),
		},
	}
}

func lightShades() shades {
	return shades{
		text: grey(38), dim: grey(98), faint: grey(188),
		accent: rgb(0, 95, 215), attention: rgb(135, 95, 0),
		blue: rgb(0, 95, 175), orange: rgb(175, 95, 0), green: rgb(0, 135, 0), red: rgb(175, 0, 0),
		bar: grey(228), selected: rgb(215, 215, 255),
		series: [9]color.Color{
			rgb(0, 95, 175), rgb(95, 135, 175), rgb(175, 135, 95), rgb(215, 95, 0),
			rgb(175, 95, 0), rgb(95, 135, 135), rgb(135, 95, 215), rgb(95, 135, 0), rgb(215, 95, 135),
		},
	}
}

// contrastShades are for tired eyes and bright rooms: on black, even what is
// quiet has seven times the luminance of its ground.
func contrastShades() shades {
	return shades{
		text: rgb(255, 255, 255), dim: grey(208), faint: grey(158),
		accent: rgb(95, 255, 255), attention: rgb(255, 255, 95),
		blue: rgb(135, 215, 255), orange: rgb(255, 175, 0), green: rgb(135, 255, 135), red: rgb(255, 135, 135),
		bar: grey(48), selected: rgb(0, 0, 175),
		series: [9]color.Color{
			rgb(135, 215, 255), rgb(215, 255, 255), rgb(255, 255, 175), rgb(255, 175, 0),
			rgb(255, 175, 0), rgb(135, 255, 255), rgb(215, 175, 255), rgb(175, 255, 135), rgb(255, 175, 215),
		},
	}
}

// palette gives every role its style, and the header bar its background, which
// is nil where there is none.
func palette(o Options) ([roleCount]lipgloss.Style, color.Color) {
	switch o.Ground {
	case Mono:
		return monoStyles(), nil
	case Terminal:
		return terminalStyles(o.Signs), nil
	case Light:
		s := lightShades()
		return s.styles(o.Signs), s.bar
	case Contrast:
		s := contrastShades()
		return s.styles(o.Signs), s.bar
	default:
		s := darkShades()
		return s.styles(o.Signs), s.bar
	}
}

func (s shades) styles(signs Signs) [roleCount]lipgloss.Style {
	up, down := s.signs(signs)
	ink := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }
	styles := [roleCount]lipgloss.Style{
		Text:         ink(s.text),
		Strong:       ink(s.text).Bold(true),
		Dim:          ink(s.dim),
		Faint:        ink(s.faint),
		Accent:       ink(s.accent),
		AccentStrong: ink(s.accent).Bold(true),
		Up:           ink(up),
		Down:         ink(down),
		Attention:    ink(s.attention),
		Border:       ink(s.faint),
		BorderFocus:  ink(s.accent),
		Star:         ink(s.attention),
		Selected:     ink(s.text).Background(s.selected),
		Changed:      ink(s.text).Bold(true).Background(s.selected),
	}
	for i, c := range s.series {
		styles[int(Series1)+i] = ink(c)
	}
	return styles
}

// signs are the colours of a positive and of a negative sign.
func (s shades) signs(signs Signs) (up, down color.Color) {
	switch signs {
	case GreenRed:
		return s.green, s.red
	case RedGreen:
		return s.red, s.green
	default:
		return s.blue, s.orange
	}
}

// terminalStyles use the terminal's own sixteen colours, which its owner has
// chosen to be seen on its ground. What is quiet is faint text rather than the
// bright black, which some palettes have as their ground.
func terminalStyles(signs Signs) [roleCount]lipgloss.Style {
	s := shades{
		accent: lipgloss.Cyan, attention: lipgloss.Magenta,
		blue: lipgloss.BrightBlue, orange: lipgloss.Yellow, green: lipgloss.Green, red: lipgloss.Red,
		series: [9]color.Color{
			lipgloss.BrightBlue, lipgloss.Cyan, lipgloss.BrightYellow, lipgloss.Yellow,
			lipgloss.Yellow, lipgloss.Cyan, lipgloss.BrightMagenta, lipgloss.Green, lipgloss.Red,
		},
	}
	styles := s.styles(signs)
	plain := lipgloss.NewStyle()
	dim := plain.Faint(true)
	styles[Text], styles[Strong] = plain, plain.Bold(true)
	styles[Dim], styles[Faint], styles[Border] = dim, dim, dim
	styles[Selected], styles[Changed] = plain.Reverse(true), plain.Bold(true).Underline(true)
	return styles
}

// monoStyles use weight alone, and only where it helps: sign and words already
// say everything that colour repeats.
func monoStyles() [roleCount]lipgloss.Style {
	plain := lipgloss.NewStyle()
	bold, dim := plain.Bold(true), plain.Faint(true)
	return [roleCount]lipgloss.Style{
		Strong: bold, AccentStrong: bold, Attention: bold, BorderFocus: bold,
		Dim: dim, Faint: dim, Border: dim,
		Selected: plain.Reverse(true), Changed: bold,
	}
}
