package config_test

import (
	"fmt"
	"strings"
	"testing"

	"gyre/ui/config"
	"gyre/ui/theme"
)

// palette is a file with one palette that is chosen, whose lines begin at 4:1.
func palette(lines string) string {
	return "[screen]\ntheme = \"sea\"\n[palette.sea]\n" + lines
}

// TestEveryRoleOfAPaletteIsPainted gives each role a colour of its own, and
// finds it on the screen; the other roles stay as they are.
func TestEveryRoleOfAPaletteIsPainted(t *testing.T) {
	for _, ground := range []theme.Ground{theme.Dark, theme.Light, theme.Contrast, theme.Terminal} {
		stock := theme.New(theme.Options{Ground: ground})
		for _, role := range theme.Roles() {
			c, err := config.Parse([]byte(palette(fmt.Sprintf("base = %q\n%s = \"#010203\"", ground, role))), "f")
			if err != nil {
				t.Fatal(err)
			}
			th := theme.New(c.Look(c.Screen.Theme, false))
			for _, other := range theme.Roles() {
				switch painted := strings.Contains(th.Prefix(other), "38;2;1;2;3"); {
				case painted != (other == role):
					t.Errorf("%v: with a colour for %v, %v is painted with %q", ground, role, other, th.Prefix(other))
				case !painted && th.Prefix(other) != stock.Prefix(other):
					t.Errorf("%v: a colour for %v changes %v to %q", ground, role, other, th.Prefix(other))
				}
			}
		}
	}
}

func TestBackgroundsOfAPalette(t *testing.T) {
	c, err := config.Parse([]byte(palette("bar = 17\nselected_ground = \"#AABBCC\"\nchanged_ground = 255\nbackground = \"#000000\"")), "f")
	if err != nil {
		t.Fatal(err)
	}
	th := theme.New(c.Look(c.Screen.Theme, false))
	for what, sequence := range map[string]string{
		"48;5;17":           th.OnBar(theme.Text, "x"),
		"48;2;170;187;204m": th.Prefix(theme.Selected),
		"48;5;255m":         th.Prefix(theme.Changed),
	} {
		if !strings.Contains(sequence, what) {
			t.Errorf("there is no %s in %q", what, sequence)
		}
	}
	if strings.Contains(th.Prefix(theme.Text), "48;") {
		t.Errorf("the terminal's background is painted: %q", th.Prefix(theme.Text))
	}
}

func TestAPaletteHasItsOwnColoursOfUpAndDown(t *testing.T) {
	c, err := config.Parse([]byte(strings.Replace(palette("up = 2"), "[screen]", "[screen]\nsigns = \"green-red\"", 1)), "f")
	if err != nil {
		t.Fatal(err)
	}
	th := theme.New(c.Look(c.Screen.Theme, false))
	stock := theme.New(theme.Options{Signs: theme.GreenRed})
	if th.Prefix(theme.Up) != "\x1b[38;5;2m" || th.Prefix(theme.Down) != stock.Prefix(theme.Down) {
		t.Errorf("up is %q, down %q", th.Prefix(theme.Up), th.Prefix(theme.Down))
	}
}

func TestMistakesInPalettes(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"unknown role":      {palette("text = 1\n  txt = 2"), "f:5:3: txt: there is no such key in a palette; it has base, background, bar, "},
		"no hex":            {palette(`dim = "#12345g"`), `f:4:1: dim: "#12345g" is not a colour; write it as in "#87afff"`},
		"short":             {palette(`dim = "#123"`), `f:4:1: dim: "#123" is not a colour`},
		"signed":            {palette(`dim = "#+12345"`), `f:4:1: dim: "#+12345" is not a colour`},
		"a name":            {palette(`dim = "red"`), `f:4:1: dim: "red" is not a colour`},
		"too large":         {palette("dim = 256"), "f:4:1: dim: 256 is not a colour"},
		"negative":          {palette("dim = -1"), "f:4:1: dim: -1 is not a colour"},
		"a list":            {palette("dim = [1]"), "f:4:1: dim: a list is not a colour"},
		"unknown base":      {palette(`base = "pink"`), `f:4:1: base: there is no ground for a palette "pink"; choose one of dark, light, contrast, terminal`},
		"colourless base":   {palette(`base = "mono"`), `f:4:1: base: there is no ground for a palette "mono"`},
		"no table":          {"[palette]\nsea = 3", "f:2:1: a palette is a table; write [palette.sea] and its keys in lines below it"},
		"list of tables":    {"[[palette.sea]]\ntext = 1", "f:1:11: a palette is a table"},
		"name of a ground":  {"[palette.dark]\ntext = 1", `f:1:10: no palette can be called "dark"; take up to 32 of a to z`},
		"name with spaces":  {"[palette.\"my own\"]\ntext = 1", `f:1:10: no palette can be called "my own"`},
		"no palette of all": {"palette = 1", "f:1:1: palette is a table"},
		"a theme that is not there": {
			"[screen]\ntheme = \"lake\"\n[palette.sea]\ntext = 1",
			`f:2:1: theme: there is no theme "lake"; choose one of auto, dark, light, mono, contrast, terminal, sea, or write a table [palette.NAME]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if found := problems(t, tc.text); len(found) != 1 || !strings.HasPrefix(found[0].String(), tc.want) {
				t.Errorf("said %v\nwant %s", found, tc.want)
			}
		})
	}
}

// TestTextsThatAreHardToRead has ratios from the formula of WCAG 2 by hand:
// #777777 on white is 4.48:1, #767676 4.54:1.
func TestTextsThatAreHardToRead(t *testing.T) {
	for name, tc := range map[string]struct {
		lines string
		want  []string
	}{
		"nothing declared":  {"text = \"#000001\"", nil},
		"just readable":     {"base = \"light\"\nbackground = \"#ffffff\"\ndim = \"#767676\"", nil},
		"just not":          {"base = \"light\"\nbackground = \"#ffffff\"\ndim = \"#777777\"", []string{"f:6:1: dim has a contrast of 4.4:1 on background; from 4.5:1 on it is easy to read"}},
		"inherited":         {"base = \"dark\"\nbackground = \"#d0d0d0\"\ntext = 16\nstrong = 16\ndim = 16\naccent = 16\naccent_strong = 16\nattention = 16\nup = 16\nstar = 16", []string{"f:5:1: down has a contrast of 1.1:1 on background"}},
		"on the bar":        {"bar = \"#808080\"\ntext = 16\nstrong = 16\ndim = \"#7f7f7f\"\naccent = 16\naccent_strong = 16\nattention = 16", []string{"f:7:1: dim has a contrast of 1.0:1 on bar"}},
		"the chosen row":    {"selected_ground = 231\nselected = 255", []string{"f:5:1: selected has a contrast of 1.1:1 on selected_ground"}},
		"lines are no text": {"background = \"#000000\"\nborder = \"#010101\"\nfaint = \"#010101\"\nseries1 = \"#010101\"", nil},
		"terminal's own":    {"background = 0\ntext = 8", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := config.Parse([]byte(palette(tc.lines)), "f")
			if err != nil || len(c.Warnings) != len(tc.want) {
				t.Fatalf("warned of %v: %v", c.Warnings, err)
			}
			for i, want := range tc.want {
				if !strings.HasPrefix(c.Warnings[i].String(), want) {
					t.Errorf("warned of %s, want %s", c.Warnings[i], want)
				}
			}
		})
	}
}

func TestPalettesAreKeptByName(t *testing.T) {
	c, err := config.Parse([]byte("[palette.sea]\ntext = 231\n[palette.sand_2]\nbase = \"light\"\n"), "f")
	if err != nil || len(c.Palettes) != 2 || c.Palettes["sand_2"].Base != theme.Light || c.Palettes["sea"].Roles[theme.Text] != theme.Indexed(231) {
		t.Errorf("they are %v: %v", c.Palettes, err)
	}
	if look := c.Look(c.Screen.Theme, false); look.Palette != nil {
		t.Errorf("one that is not chosen is used: %+v", look)
	}
}

// TestThePrintedDefaultNamesEveryKeyOfAPalette looks for a line with each, and
// what it is.
func TestThePrintedDefaultNamesEveryKeyOfAPalette(t *testing.T) {
	printed := string(config.PrintDefault())
	_, lines, found := strings.Cut(printed, "# [palette.NAME]\n")
	if !found {
		t.Fatal("it does not say how a palette begins")
	}
	names := []string{"base"}
	for _, p := range theme.Places() {
		names = append(names, p.String())
	}
	for _, r := range theme.Roles() {
		names = append(names, r.String())
	}
	for _, name := range names {
		if !strings.Contains(lines, "#   "+name+" ") || strings.Contains(lines, "#   "+name+" \n") {
			t.Errorf("nothing is said about %s", name)
		}
	}
	if strings.Contains(lines, "?") || strings.Count(lines, "\n") != len(names) {
		t.Errorf("the lines are\n%s", lines)
	}
}
