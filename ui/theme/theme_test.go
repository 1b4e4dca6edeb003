package theme_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/theme"
)

// roles are all roles.
func roles() []theme.Role {
	var all []theme.Role
	for r := theme.Text; r <= theme.Series9; r++ {
		all = append(all, r)
	}
	return all
}

func TestEveryRoleHasAColour(t *testing.T) {
	for _, ground := range []theme.Ground{theme.Dark, theme.Light, theme.Contrast} {
		th := theme.New(theme.Options{Ground: ground})
		for _, role := range roles() {
			if !strings.Contains(th.Prefix(role), "38;2;") {
				t.Errorf("%v: role %d is painted with %q", ground, role, th.Prefix(role))
			}
		}
	}
}

func TestWhatIsOldIsDim(t *testing.T) {
	for _, ground := range theme.Grounds() {
		th := theme.New(theme.Options{Ground: ground})
		old := th.Aged()
		if old != th.Aged() || old != old.Aged() {
			t.Errorf("%v: it is another one each time, and never drawn from memory", ground)
		}
		for _, role := range roles() {
			switch role {
			case theme.Text, theme.Strong, theme.Up, theme.Down, theme.Changed:
				if old.Prefix(role) != th.Prefix(theme.Dim) || old.OnBar(role, "1") != th.OnBar(theme.Dim, "1") {
					t.Errorf("%v: role %d is painted with %q", ground, role, old.Prefix(role))
				}
			default:
				if old.Prefix(role) != th.Prefix(role) {
					t.Errorf("%v: role %d, which is no figure's, changes to %q", ground, role, old.Prefix(role))
				}
			}
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	th := theme.New(theme.Options{Ground: theme.Mono})
	for _, role := range roles() {
		for _, painted := range []string{th.Paint(role, "x"), th.OnBar(role, "x")} {
			for _, colour := range []string{"38;", "48;", "[3", "[4", "[9"} {
				if strings.Contains(painted, colour) {
					t.Errorf("role %d is painted with %q", role, painted)
				}
			}
		}
	}
}

func TestPaintChangesNoText(t *testing.T) {
	for _, th := range []*theme.Theme{theme.New(theme.Options{}), theme.New(theme.Options{Ground: theme.Mono})} {
		for _, role := range roles() {
			if got := ansi.Strip(th.Paint(role, "−2.05 ★")); got != "−2.05 ★" {
				t.Errorf("role %d: %q", role, got)
			}
			if got := th.Paint(role, ""); got != "" {
				t.Errorf("role %d paints nothing as %q", role, got)
			}
		}
	}
}

func TestEveryRunIsEnded(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, role := range roles() {
		if got := th.Paint(role, "x"); !strings.HasSuffix(got, th.Reset()) {
			t.Errorf("role %d bleeds: %q", role, got)
		}
	}
}

func TestBarHasABackgroundOfItsOwn(t *testing.T) {
	th := theme.New(theme.Options{})
	if got := th.OnBar(theme.Text, "x"); !strings.Contains(got, "48;2;28;28;28") || !strings.Contains(got, "38;2;208;208;208") {
		t.Errorf("text on the bar is painted with %q", got)
	}
	if got := th.Paint(theme.Text, "x"); strings.Contains(got, "48;") {
		t.Errorf("text off the bar has a background: %q", got)
	}
}

func TestSigns(t *testing.T) {
	const blue, orange = "38;2;95;175;255", "38;2;255;175;95"
	safe := theme.New(theme.Options{})
	if !strings.Contains(safe.Prefix(theme.Up), blue) || !strings.Contains(safe.Prefix(theme.Down), orange) {
		t.Errorf("the pair is %q, %q, want blue and orange", safe.Prefix(theme.Up), safe.Prefix(theme.Down))
	}
	west := theme.New(theme.Options{Signs: theme.GreenRed})
	east := theme.New(theme.Options{Signs: theme.RedGreen})
	if west.Prefix(theme.Up) != east.Prefix(theme.Down) || west.Prefix(theme.Down) != east.Prefix(theme.Up) {
		t.Error("red-up is not the mirror of green-up")
	}
	for sign, want := range map[int]theme.Role{-3: theme.Down, 0: theme.Text, 7: theme.Up} {
		if got := safe.Sign(sign); got != want {
			t.Errorf("sign %d has role %d, want %d", sign, got, want)
		}
	}
}

func TestSeriesStartAgain(t *testing.T) {
	th := theme.New(theme.Options{})
	for i, want := range map[int]theme.Role{0: theme.Series1, 5: theme.Series6, 6: theme.Series1, -1: theme.Series6} {
		if got := th.Series(i); got != want {
			t.Errorf("line %d has role %d, want %d", i, got, want)
		}
	}
}

func TestNamesAreRead(t *testing.T) {
	for _, g := range theme.Grounds() {
		if got, err := theme.ParseGround(g.String()); err != nil || got != g {
			t.Errorf("%q is read as %v, %v", g, got, err)
		}
	}
	for _, s := range []theme.Signs{theme.BlueOrange, theme.GreenRed, theme.RedGreen} {
		if got, err := theme.ParseSigns(s.String()); err != nil || got != s {
			t.Errorf("%q is read as %v, %v", s, got, err)
		}
	}
	if _, err := theme.ParseGround("solarized"); err == nil || !strings.Contains(err.Error(), "dark, light, mono, contrast, terminal") {
		t.Errorf("an unknown theme gives %v, want the names there are", err)
	}
	if _, err := theme.ParseSigns(""); err == nil || !strings.Contains(err.Error(), "blue-orange") {
		t.Errorf("unknown sign colours give %v, want the names there are", err)
	}
	if got := theme.Ground(99).String(); got != "?" {
		t.Errorf("a ground that is none is called %q", got)
	}
}

func TestGlyphsAreOneCell(t *testing.T) {
	for name, th := range map[string]*theme.Theme{"unicode": theme.New(theme.Options{}), "ascii": theme.New(theme.Options{ASCII: true})} {
		glyphs := reflect.ValueOf(th.Glyph)
		for i := range glyphs.NumField() {
			field := glyphs.Type().Field(i).Name
			texts := []string{}
			if glyphs.Field(i).Kind() == reflect.Slice {
				texts = glyphs.Field(i).Interface().([]string)
			} else if s := glyphs.Field(i).String(); s != "" || field != "HalfBar" {
				texts = append(texts, s)
			}
			for _, s := range texts {
				if ansi.StringWidth(s) != 1 {
					t.Errorf("%s: %s is %q", name, field, s)
				}
				if th.ASCII && s[0] > '~' {
					t.Errorf("%s: %s is %q, not ASCII", name, field, s)
				}
			}
		}
	}
}

func TestSay(t *testing.T) {
	tests := map[string]string{
		"EV ≤ 0 · no debt":   "EV <= 0 . no debt",
		"H−L ×60 ±0.7σ":      "H-L x60 +-0.7 sd",
		"mean ≠ median":      "mean != median",
		"★★★ ● ▲ ▼ → … ■":    "*** o ^ v -> ~ #",
		"plain":              "plain",
		"東証 Index":           "?? Index",
		"“quoted” and ‘low’": `"quoted" and 'low'`,
	}
	unicode, ascii := theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true})
	for s, want := range tests {
		if got := ascii.Say(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
		if got := unicode.Say(s); got != s {
			t.Errorf("%q becomes %q without --ascii", s, got)
		}
	}
}

func TestSaysAnythingInASCII(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range th.Say(rapid.String().Draw(t, "s")) {
			if r > 0x7f {
				t.Fatalf("%q is left", r)
			}
		}
	})
}

func BenchmarkPaint(b *testing.B) {
	th := theme.New(theme.Options{})
	for b.Loop() {
		th.Paint(theme.Up, "+0.35")
	}
}
