package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/ui/theme"
)

// coloured are the grounds that bring colours of their own.
func coloured() []theme.Ground {
	return []theme.Ground{theme.Dark, theme.Light, theme.Contrast}
}

// inks are the colours in a sequence, of the text and of its ground.
func inks(t *testing.T, sequence string) map[string]color.RGBA {
	t.Helper()
	all := map[string]color.RGBA{}
	for _, m := range regexp.MustCompile(`([34]8);2;(\d+);(\d+);(\d+)`).FindAllStringSubmatch(sequence, -1) {
		var r, g, b uint8
		if _, err := fmt.Sscan(m[2]+" "+m[3]+" "+m[4], &r, &g, &b); err != nil {
			t.Fatal(err)
		}
		all[m[1]] = color.RGBA{r, g, b, 0xff}
	}
	return all
}

func TestColoursAreOfThe256(t *testing.T) {
	for _, ground := range coloured() {
		for _, signs := range []theme.Signs{theme.BlueOrange, theme.GreenRed} {
			th := theme.New(theme.Options{Ground: ground, Signs: signs})
			for _, role := range roles() {
				for _, ink := range inks(t, th.OnBar(role, "x")+th.Prefix(role)) {
					if r, g, b, _ := ansi.Convert256(ink).RGBA(); (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}) != ink {
						t.Errorf("%v: role %d has %v, which 256 colours show as %d %d %d", ground, role, ink, r>>8, g>>8, b>>8)
					}
				}
			}
		}
	}
}

// contrast is the contrast ratio of two colours by WCAG 2.
func contrast(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) float64 {
		linear := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	high, low := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (high + 0.05) / (low + 0.05)
}

func TestTextCanBeRead(t *testing.T) {
	black, white := color.RGBA{20, 22, 27, 0xff}, color.RGBA{255, 255, 255, 0xff}
	tests := map[theme.Ground]struct {
		on    color.RGBA
		least float64
	}{
		theme.Dark:     {black, 4.5},
		theme.Light:    {white, 4.5},
		theme.Contrast: {black, 7},
	}
	words := []theme.Role{
		theme.Text, theme.Strong, theme.Dim, theme.Accent, theme.AccentStrong, theme.Up, theme.Down, theme.Attention, theme.Star,
	}
	for ground, tt := range tests {
		for _, signs := range []theme.Signs{theme.BlueOrange, theme.GreenRed} {
			th := theme.New(theme.Options{Ground: ground, Signs: signs})
			for _, role := range words {
				if got := contrast(inks(t, th.Prefix(role))["38"], tt.on); got < tt.least {
					t.Errorf("%v: role %d has a contrast of %.1f, want %.1f", ground, role, got, tt.least)
				}
			}
		}
	}
}

func TestTerminalHasItsOwnersColours(t *testing.T) {
	for _, signs := range []theme.Signs{theme.BlueOrange, theme.GreenRed, theme.RedGreen} {
		th := theme.New(theme.Options{Ground: theme.Terminal, Signs: signs})
		for _, role := range roles() {
			for _, painted := range []string{th.Paint(role, "x"), th.OnBar(role, "x")} {
				if strings.Contains(painted, "38;") || strings.Contains(painted, "48;") || strings.Contains(painted, "\x1b[4") {
					t.Errorf("role %d is painted with %q", role, painted)
				}
			}
		}
		if th.Prefix(theme.Up) == th.Prefix(theme.Down) || th.Prefix(theme.Up) == th.Prefix(theme.Text) {
			t.Errorf("signs %v look like %q and %q", signs, th.Prefix(theme.Up), th.Prefix(theme.Down))
		}
	}
}

func TestSelectedAndChangedStandOut(t *testing.T) {
	for _, ground := range theme.Grounds() {
		th := theme.New(theme.Options{Ground: ground})
		for _, role := range []theme.Role{theme.Selected, theme.Changed} {
			if th.Prefix(role) == th.Prefix(theme.Text) || th.Prefix(role) == "" {
				t.Errorf("%v: role %d is painted as text is: %q", ground, role, th.Prefix(role))
			}
		}
	}
}
