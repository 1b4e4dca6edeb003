package config_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
	"gyre/ui/config"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// keyCase is what one key of the file does.
type keyCase struct {
	good string // a value that is not the default
	does func(c *config.Config)
	bad  string // a value that is refused
	says string // a part of why
}

// keys is every key but for those of actions.
func keys() map[string]keyCase {
	rule := func(does func(r *alert.Rules)) func(*config.Config) {
		return func(c *config.Config) { does(&c.Alerts) }
	}
	return map[string]keyCase{
		"screen.theme": {
			`"light"`, func(c *config.Config) { c.Screen.Theme = config.Theme{Ground: theme.Light} },
			`"pink"`, `there is no theme "pink"; choose one of auto, dark, light, mono`,
		},
		"screen.signs": {
			`"red-green"`, func(c *config.Config) { c.Screen.Signs = theme.RedGreen },
			`"red"`, `there is no pair of colours "red"; choose one of blue-orange, green-red, red-green`,
		},
		"screen.glyphs": {
			`"ascii"`, func(c *config.Config) { c.Screen.ASCII = true },
			`"emoji"`, `there is no glyph set "emoji"; choose one of unicode, half-block, braille, ascii`,
		},
		"screen.panels": {
			`["calendar", "size"]`, func(c *config.Config) { c.Screen.Panels = panel.PanelsOf(panel.FocusCalendar, panel.FocusSize) },
			`["weather"]`, `there is no panel "weather"; choose one of index, size, leverage, calendar, alerts`,
		},
		"screen.windows": {
			`["1W", "3M"]`, func(c *config.Config) { c.Screen.Windows = panel.WindowsOf(session.Week, session.Quarter) },
			`["2W"]`, `there is no window "2W"; choose one of 1D, 1W, MTD, 1M, 3M, YTD`,
		},
		"screen.clipboard": {
			`true`, func(c *config.Config) { c.Screen.Clipboard = true },
			`"ssh"`, `"ssh" is not allowed; write true or false`,
		},
		"screen.frame_rate": {
			`24`, func(c *config.Config) { c.Screen.FrameRate = 24 },
			`61`, `61 is not allowed; give a whole number from 1 to 60`,
		},
		"sync.vendor": {
			`"massive"`, func(c *config.Config) { c.Sync.Vendor = "massive" },
			`"bloomberg"`, `there is no vendor "bloomberg"; choose one of alpaca, massive`,
		},
		"sync.contact": {
			`"me@example.com"`, func(c *config.Config) { c.Sync.Contact = "me@example.com" },
			`"me at home"`, `this is no e-mail address; write it as in "me@example.com"`,
		},
		"screen.mouse": {
			`false`, func(c *config.Config) { c.Screen.Mouse = false },
			`"off"`, `"off" is not allowed; write true or false`,
		},
		"screen.bell": {
			`true`, func(c *config.Config) { c.Screen.Bell = true },
			`1`, `1 is not allowed; write true or false`,
		},
		"screen.window": {
			`"3m"`, func(c *config.Config) { c.Screen.Window = session.Quarter },
			`"2W"`, `there is no window "2W"; choose one of 1D, 1W, MTD, 1M, 3M, YTD`,
		},
		"screen.statistic": {
			`"cap-weighted"`, func(c *config.Config) { c.Screen.Statistic = model.CapWeighted },
			`"sum"`, `there is no statistic "sum"; choose one of mean, median, trimmed, cap-weighted`,
		},

		"alerts.on_alert": {
			`["notify-send", "", "Grüße\u001b"]`, func(c *config.Config) { c.OnAlert = []string{"notify-send", "", "Grüße\x1b"} },
			`[" ", "x"]`, "the command has no program; name one first",
		},
		"alerts.windows": {
			`["YTD"]`, rule(func(r *alert.Rules) { r.Windows = []session.Window{session.YearToDate} }),
			`[]`, "name one window or more",
		},
		"alerts.least_state": {
			`"extreme"`, rule(func(r *alert.Rules) { r.LeastState = model.StateExtreme }),
			`"calm"`, `there is no state "calm"; choose one of tilt, rotation, extreme`,
		},
		"alerts.z_levels": {
			`[1, 2.5]`, rule(func(r *alert.Rules) { r.ZLevels = []float64{1, 2.5} }),
			`[2, 1]`, "must be above 0 and ascending",
		},
		"alerts.differ_sigmas":    {`2`, rule(func(r *alert.Rules) { r.DifferSigmas = 2 }), `11`, "from 0 to 10"},
		"alerts.flip_sigmas":      {`0.75`, rule(func(r *alert.Rules) { r.FlipSigmas = 0.75 }), `-1`, "from 0 to 10"},
		"alerts.flip_points":      {`0.25`, rule(func(r *alert.Rules) { r.FlipPoints = 0.25 }), `101`, "from 0 to 100"},
		"alerts.breadth_low":      {`10`, rule(func(r *alert.Rules) { r.BreadthLow = 10 }), `81`, "the low one first"},
		"alerts.breadth_high":     {`90.5`, rule(func(r *alert.Rules) { r.BreadthHigh = 90.5 }), `101`, "must be percentages"},
		"alerts.range_sigmas":     {`0.5`, rule(func(r *alert.Rules) { r.RangeSigmas = 0.5 }), `"near"`, `"near" is not a number`},
		"alerts.worst_days":       {`0`, rule(func(r *alert.Rules) { r.WorstDays = 0 }), `24`, "from 0 to 23"},
		"alerts.event_importance": {`2`, rule(func(r *alert.Rules) { r.EventImportance = 2 }), `4`, "from 1 to 3"},
		"alerts.event_leads": {
			`["90s", "1h"]`, rule(func(r *alert.Rules) { r.EventLeads = []time.Duration{90 * time.Second, time.Hour} }),
			`["soon"]`, `"soon" is not a length of time`,
		},
		"alerts.surprise_sigmas":  {`1.5`, rule(func(r *alert.Rules) { r.SurpriseSigmas = 1.5 }), `nan`, "NaN is not a number"},
		"alerts.surprise_history": {`12`, rule(func(r *alert.Rules) { r.SurpriseHistory = 12 }), `4`, "from 5 to"},
		"alerts.coverage_amber":   {`95`, rule(func(r *alert.Rules) { r.CoverageAmber = 95 }), `79`, "the red one first"},
		"alerts.coverage_red":     {`70`, rule(func(r *alert.Rules) { r.CoverageRed = 70 }), `inf`, "is not a number"},
		"alerts.halt_percent":     {`3`, rule(func(r *alert.Rules) { r.HaltPercent = 3 }), `150`, "from 0 to 100"},
		"alerts.reconcile_gap":    {`0.5`, rule(func(r *alert.Rules) { r.ReconcileGap = 0.5 }), `-0.5`, "from 0 to 100"},
		"alerts.hysteresis":       {`0`, rule(func(r *alert.Rules) { r.Hysteresis = 0 }), `1`, "from 0 to 0.9"},
		"alerts.cooldown":         {`"1h30m"`, rule(func(r *alert.Rules) { r.Cooldown = 90 * time.Minute }), `10`, "10 is not a length of time"},
		"alerts.off": {
			`["z0", "halts"]`, rule(func(r *alert.Rules) { r.Off = []model.AlertKind{alert.Z0, alert.Halts} }),
			`["weather"]`, `there is no alert "weather"; choose one of axis-state, `,
		},

		"names.RUT": {
			`"Small caps"`, func(c *config.Config) { c.Names["RUT"] = "Small caps" },
			`" "`, "nothing in it that can be shown",
		},
	}
}

// file is a file with one key, which stands at 3:3.
func file(key, value string) string {
	table, name, _ := strings.Cut(key, ".")
	return fmt.Sprintf("# mine\n[%s]\n  %s = %s\n", table, name, value)
}

func TestEveryKeyDoesSomething(t *testing.T) {
	for name, k := range keys() {
		t.Run(name, func(t *testing.T) {
			got, err := config.Parse([]byte(file(name, k.good)), "mine.toml")
			if err != nil {
				t.Fatal(err)
			}
			want := config.Default()
			if k.does(&want); !reflect.DeepEqual(got, want) {
				t.Errorf("it gives\n%+v, want\n%+v", got, want)
			}
			if reflect.DeepEqual(want, config.Default()) {
				t.Error("the value is the default")
			}
		})
	}
}

func TestEveryKeyIsChecked(t *testing.T) {
	for name, k := range keys() {
		values := []string{k.bad, "1979-05-27T07:32:00Z", "{a = 1}"}
		if k.good != "true" && k.good != "false" {
			values = append(values, "true")
		}
		for _, value := range values {
			t.Run(name+" "+value, func(t *testing.T) {
				_, err := config.Parse([]byte(file(name, value)), "mine.toml")
				if err == nil {
					t.Fatal("it is accepted")
				}
				if message := err.Error(); !strings.HasPrefix(message, "mine.toml:3:3: ") || strings.Contains(message, "\n") ||
					value == k.bad && !strings.Contains(message, k.says) {
					t.Errorf("said %s, want %s", message, k.says)
				}
			})
		}
	}
}

// TestEveryKeyIsTested compares the tests with what is documented.
func TestEveryKeyIsTested(t *testing.T) {
	documented, table := []string{}, ""
	for line := range strings.Lines(string(config.PrintDefault())) {
		if name, ok := strings.CutPrefix(line, "["); ok {
			table = strings.TrimSuffix(name, "]\n")
		} else if name, _, ok := strings.Cut(line, " = "); ok && name[0] != '#' && table != "keys" {
			documented = append(documented, table+"."+name)
		}
	}
	for _, name := range documented {
		if _, ok := keys()[name]; !ok {
			t.Errorf("%s has no test", name)
		}
	}
	for name := range keys() {
		if !slices.Contains(documented, name) && !strings.HasPrefix(name, "names.") {
			t.Errorf("%s is not documented", name)
		}
	}
}

func TestGlyphSets(t *testing.T) {
	for name, want := range map[string]theme.Options{
		"unicode": {}, "half-block": {Spark: theme.Half}, "braille": {Spark: theme.Braille}, "ascii": {ASCII: true},
	} {
		got, err := config.Parse([]byte(file("screen.glyphs", `"`+name+`"`)), "mine.toml")
		if look := got.Look(got.Screen.Theme, got.Screen.ASCII); err != nil || look != want {
			t.Errorf("%s gives %+v: %v", name, look, err)
		}
	}
}

func TestPanelsOfTheDashboard(t *testing.T) {
	for value, want := range map[string]string{
		`[]`:                "name one panel or more",
		`["size", "size"]`:  `the panel "size" is in the list twice`,
		`["size", 3]`:       "3 is not a text",
		`"size"`:            "is not a list",
		`["size", "index"]`: "",
		`["index", "size", "leverage", "calendar", "alerts"]`: "",
	} {
		found := problems(t, file("screen.panels", value))
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || !strings.Contains(found[0].Message, want)) {
			t.Errorf("%s: %v", value, found)
		}
	}
}

func TestCommandsForAlerts(t *testing.T) {
	for value, want := range map[string]string{
		`[]`:                                    "",
		`[""]`:                                  "has no program",
		`"echo hi"`:                             "is not a list",
		`["a", 1]`:                              "1 is not a text; write it in quotes",
		`["a\u0000"]`:                           "no null byte",
		`["` + strings.Repeat("x", 5000) + `"]`: "up to 4096 bytes",
		`[` + strings.Repeat(`"x",`, 65) + `]`:  "has 65 arguments; 64 are allowed",
		`["` + strings.Repeat("/long/path", 20) + `", "$x"]`: "",
	} {
		found := problems(t, file("alerts.on_alert", value))
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || !strings.Contains(found[0].Message, want)) {
			t.Errorf("%.60s: %v", value, found)
		}
	}
}

func TestNamesAreCleaned(t *testing.T) {
	got, err := config.Parse([]byte(file("names.RUT", `"Small\u001b[31m \u202e caps\n"`)), "mine.toml")
	if err != nil || got.Names["RUT"] != "Small[31m caps" {
		t.Errorf("the name is %q: %v", got.Names["RUT"], err)
	}
}

func TestDefaultsAreNotShared(t *testing.T) {
	one := config.Default()
	one.Keys["pause"][0], one.Alerts.ZLevels[0], one.Names["RUT"] = "p", 9, "x"
	if two := config.Default(); two.Keys["pause"][0] != "space" || two.Alerts.ZLevels[0] != 1.5 || len(two.Names) > 0 {
		t.Errorf("a second one is %+v", two)
	}
}

// problems is what is wrong with a file.
func problems(t *testing.T, text string) config.FileError {
	t.Helper()
	var found config.FileError
	if _, err := config.Parse([]byte(text), "f"); err != nil && !errors.As(err, &found) {
		t.Fatalf("the error is a %T", err)
	}
	return found
}
