package theme_test

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"gyre/ui/theme"
)

func TestColoursAreRead(t *testing.T) {
	for text, want := range map[string]color.Color{
		"#000000": color.RGBA{A: 0xff},
		"#87afFF": color.RGBA{0x87, 0xaf, 0xff, 0xff},
		"#ffffff": color.RGBA{0xff, 0xff, 0xff, 0xff},
		"":        nil, "#": nil, "87afff": nil, "#87aff": nil, "#87afff0": nil, "#87afxx": nil, "#-7afff": nil, "#+7afff": nil, "##87afff": nil,
		"#0x87af": nil, "#8_7aff": nil, " #87afff": nil,
	} {
		if got, err := theme.ParseColour(text); got != want || (err == nil) != (want != nil) {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
}

func TestNamesOfRolesAndPlacesAreRead(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range theme.Roles() {
		if got, err := theme.ParseRole(r.String()); err != nil || got != r {
			t.Errorf("%s is %v: %v", r, got, err)
		}
		if about := r.About(); about == "?" || seen[about] || seen[r.String()] {
			t.Errorf("%s is said to be %q", r, about)
		}
		seen[r.About()], seen[r.String()] = true, true
	}
	for _, p := range theme.Places() {
		if got, err := theme.ParsePlace(p.String()); err != nil || got != p || seen[p.String()] {
			t.Errorf("%s is %v: %v", p, got, err)
		}
		if about := p.About(); about == "?" || seen[about] {
			t.Errorf("%s is said to be %q", p, about)
		}
		seen[p.About()], seen[p.String()] = true, true
	}
	if len(theme.Roles()) != len(roles()) {
		t.Errorf("there are %d roles, want %d", len(theme.Roles()), len(roles()))
	}
	for _, text := range []string{"", "Text", "series0", "series10", "?"} {
		if _, err := theme.ParseRole(text); err == nil {
			t.Errorf("%q is a role", text)
		}
		if _, err := theme.ParsePlace(text); err == nil {
			t.Errorf("%q is a place", text)
		}
	}
}

func TestAPaletteIsThatOfItsBaseAlone(t *testing.T) {
	own := &theme.Palette{Base: theme.Light, Roles: map[theme.Role]color.Color{theme.Text: theme.Indexed(99)}}
	for _, ground := range theme.Grounds() {
		painted := strings.Contains(theme.New(theme.Options{Ground: ground, Palette: own}).Prefix(theme.Text), "38;5;99")
		if painted != (ground == theme.Light) {
			t.Errorf("on the ground %v it is used: %v", ground, painted)
		}
	}
	own.Base = theme.Mono
	if got := theme.New(theme.Options{Ground: theme.Mono, Palette: own}).Prefix(theme.Text); got != "" {
		t.Errorf("without colours there is %q", got)
	}
}

// TestOwnColoursAreNoLessVisible: the terminal's ground makes quiet text faint
// and chosen rows reverse, which an own colour must not be.
func TestOwnColoursAreNoLessVisible(t *testing.T) {
	own := &theme.Palette{
		Base:   theme.Terminal,
		Roles:  map[theme.Role]color.Color{theme.Dim: theme.Indexed(250), theme.Strong: theme.Indexed(231), theme.Selected: theme.Indexed(16)},
		Places: map[theme.Place]color.Color{theme.SelectedGround: theme.Indexed(45)},
	}
	th := theme.New(theme.Options{Ground: theme.Terminal, Palette: own})
	for role, want := range map[theme.Role]string{
		theme.Dim: "\x1b[38;5;250m", theme.Strong: "\x1b[1;38;5;231m", theme.Selected: "\x1b[38;5;16;48;5;45m", theme.Faint: "\x1b[2m",
	} {
		if got := th.Prefix(role); got != want {
			t.Errorf("%v is %q, want %q", role, got, want)
		}
	}
}

// TestFadedTexts compares with ratios of contrast that WCAG's own tools print.
func TestFadedTexts(t *testing.T) {
	colour := func(s string) color.Color {
		c, err := theme.ParseColour(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, tc := range []struct {
		ink, ground string
		ratio       float64
	}{
		{"#777777", "#ffffff", 4.48}, {"#808080", "#ffffff", 3.95}, {"#ff0000", "#ffffff", 4.00}, {"#0000ff", "#000000", 2.44}, {"#123456", "#123456", 1},
	} {
		p := &theme.Palette{
			Base: theme.Terminal, Roles: map[theme.Role]color.Color{theme.Dim: colour(tc.ink)},
			Places: map[theme.Place]color.Color{theme.Background: colour(tc.ground)},
		}
		faded := p.Faded(theme.BlueOrange)
		if len(faded) != 1 || faded[0].Role != theme.Dim || faded[0].On != theme.Background || math.Abs(faded[0].Ratio-tc.ratio) > 0.005 {
			t.Errorf("%s on %s: %+v, want a ratio of %.2f", tc.ink, tc.ground, faded, tc.ratio)
		}
	}
}

func TestTheGroundsThemselvesAreNotFaded(t *testing.T) {
	for ground, on := range map[theme.Ground]uint8{theme.Dark: 16, theme.Light: 231, theme.Contrast: 16} {
		for _, signs := range []theme.Signs{theme.BlueOrange, theme.GreenRed, theme.RedGreen} {
			p := &theme.Palette{Base: ground, Places: map[theme.Place]color.Color{theme.Background: theme.Indexed(on)}}
			if faded := p.Faded(signs); len(faded) > 0 {
				t.Errorf("%v with %v: %+v", ground, signs, faded)
			}
		}
	}
}

func TestGlyphsOfSmallColumns(t *testing.T) {
	for name, want := range map[string]string{"unicode": "▁▂▃▄▅▆▇█", "half-block": "_▄█", "braille": "⣀⣤⣶⣿"} {
		spark, err := theme.ParseSpark(name)
		if err != nil || spark.String() != name {
			t.Errorf("%s is %v: %v", name, spark, err)
		}
		if got := strings.Join(theme.New(theme.Options{Spark: spark}).Glyph.Spark, ""); got != want {
			t.Errorf("%s draws %q, want %q", name, got, want)
		}
		for _, step := range theme.New(theme.Options{Spark: spark, ASCII: true}).Glyph.Spark {
			if len(step) != 1 {
				t.Errorf("%s draws %q in ASCII", name, step)
			}
		}
	}
	if _, err := theme.ParseSpark("ascii"); err == nil {
		t.Error("ASCII is said to be no ASCII")
	}
}
