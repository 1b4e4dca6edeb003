package cli

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
	"gyre/ui"
	"gyre/ui/config"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// ruled is a hub that remembers its rules.
type ruled struct{ rules alert.Rules }

func (r *ruled) SetRules(rules alert.Rules) { r.rules = rules }

// bench is a dashboard that follows the file at path.
type bench struct {
	*running

	path string
	hub  *ruled
	asks *asked
	log  bytes.Buffer
}

func newBench(t *testing.T, text string, env ...string) *bench {
	t.Helper()
	b := &bench{path: filepath.Join(t.TempDir(), "mine.toml"), asks: &asked{}, hub: &ruled{alert.Defaults()}}
	b.write(t, text)
	s := bareShell(t)
	s.log = slog.New(slog.NewTextHandler(&b.log, nil))
	s.env, s.flags.config = env, b.path
	c, err := s.readConfig()
	if err != nil {
		t.Fatal(err)
	}
	none := func(string) bool { return false }
	s.adopt(c, none)
	b.running = &running{shell: s, given: none, hub: b.hub, source: &renamed{viewer: b.asks, names: c.Names}, alerts: newAlerter(s, nil)}
	return b
}

func (b *bench) write(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(b.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// force is everything that a configuration has a say in, as it is in force.
func (b *bench) force() string {
	o := b.shell.options()
	keys, palette := *o.Keys, theme.Palette{}
	if o.Theme.Palette != nil {
		palette = *o.Theme.Palette
	}
	o.Keys, o.Theme.Palette = nil, nil
	return fmt.Sprintf("%+v %+v %+v %+v %v %v", o, palette, keys.FullHelp(), b.hub.rules, b.source.names, b.alerts.chosen())
}

func TestEveryPartOfAConfigurationIsTakenOver(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		is   func(b *bench, o *ui.Options) bool
	}{
		"theme":     {"[screen]\ntheme = \"light\"", func(_ *bench, o *ui.Options) bool { return o.Theme.Ground == theme.Light && !o.AutoGround }},
		"palette":   {"[screen]\ntheme = \"sea\"\n[palette.sea]\nbase = \"light\"\ndim = 99", func(_ *bench, o *ui.Options) bool { return o.Theme.Palette != nil && o.Theme.Ground == theme.Light }},
		"signs":     {"[screen]\nsigns = \"red-green\"", func(_ *bench, o *ui.Options) bool { return o.Theme.Signs == theme.RedGreen }},
		"glyphs":    {"[screen]\nglyphs = \"ascii\"", func(_ *bench, o *ui.Options) bool { return o.Theme.ASCII }},
		"sparks":    {"[screen]\nglyphs = \"braille\"", func(_ *bench, o *ui.Options) bool { return o.Theme.Spark == theme.Braille }},
		"panels":    {"[screen]\npanels = [\"size\"]", func(_ *bench, o *ui.Options) bool { return o.Panels == panel.PanelsOf(panel.FocusSize) }},
		"mouse":     {"[screen]\nmouse = false", func(_ *bench, o *ui.Options) bool { return !o.Mouse }},
		"bell":      {"[screen]\nbell = true", func(_ *bench, o *ui.Options) bool { return o.Bell }},
		"clipboard": {"[screen]\nclipboard = true", func(_ *bench, o *ui.Options) bool { return o.Clipboard }},
		"keys":      {"[keys]\npause = [\"f5\"]", func(_ *bench, o *ui.Options) bool { return reflect.DeepEqual(o.Keys.Pause.Keys(), []string{"f5"}) }},
		"rules":     {"[alerts]\nworst_days = 7", func(b *bench, _ *ui.Options) bool { return b.hub.rules.WorstDays == 7 }},
		"on_alert":  {"[alerts]\non_alert = [\"true\"]", func(b *bench, _ *ui.Options) bool { return reflect.DeepEqual(b.alerts.chosen(), []string{"true"}) }},
		"names":     {"[names]\nRUT = \"Small\"", func(b *bench, _ *ui.Options) bool { return b.source.names["RUT"] == "Small" && b.asks.count == 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, "", "SSH_TTY=/dev/pts/1")
			if o := b.shell.options(); tc.is(b, &o) {
				t.Fatal("it is so without the configuration")
			}
			b.write(t, tc.text)
			change, ok := b.reload()
			if !ok || change.Options == nil || change.Notice != "The configuration was read again" {
				t.Fatalf("the change is %+v", change)
			}
			if !tc.is(b, change.Options) {
				t.Errorf("it is not so with it: %+v", change.Options)
			}
			before := b.force()
			b.write(t, tc.text+"\n[screen.x]\n")
			if change, ok := b.reload(); !ok || change.Options != nil || b.force() != before {
				t.Errorf("a mistake changes\n%s to\n%s", before, b.force())
			}
			b.write(t, "")
			if change, ok := b.reload(); !ok || change.Options == nil || tc.is(b, change.Options) {
				t.Errorf("taken out it is still so: %+v", change.Options)
			}
		})
	}
}

func TestWhatIsSaidOfAConfiguration(t *testing.T) {
	b := newBench(t, "[screen]\nbell = true\n")
	for i, step := range []struct {
		text, says string
		applied    bool
	}{
		{"[screen]\nbell = true\n", "", false},
		{"[screen]\nbell = true # a comment\n", "", false},
		{"[screen]\nbell = 1\n", "The old configuration stays: mine.toml:2:1: bell: 1 is not allowed; write true or false", false},
		{"[screen]\nbell = 1\n", "", false},
		{"[screen]\nbell = 1\nmouse = 2\n", "The old configuration stays: mine.toml:2:1: bell: 1 is not allowed; write true or false (and 1 more)", false},
		{"[screen]\nbell = true\n", "The configuration is right again, and as it was", false},
		{"[screen]\nbell = true\n", "", false},
		{"[screen]\nframe_rate = 9\nwindow = \"1D\"\nstatistic = \"median\"", "The configuration was read again; frame_rate, window, statistic from the next start on", true},
		{"[screen]\nframe_rate = 9\nwindow = \"1D\"\nstatistic = \"median\"\n[names]\nX = \"y\"", "The configuration was read again", true},
	} {
		b.write(t, step.text)
		change, told := b.reload()
		if change.Notice != step.says || told != (step.says != "") || (change.Options != nil) != step.applied {
			t.Errorf("step %d: told %v, says %q, want %q", i, told, change.Notice, step.says)
		}
	}
	if err := os.Remove(b.path); err != nil {
		t.Fatal(err)
	}
	if change, _ := b.reload(); change.Options != nil || !strings.HasPrefix(change.Notice, "The old configuration stays: the configuration ") ||
		!strings.HasSuffix(change.Notice, "cannot be read: no such file or directory") {
		t.Errorf("without the file that --config names it says %q", change.Notice)
	}
	if log := b.log.String(); !strings.Contains(log, b.path+":2:1") || !strings.Contains(log, "configuration read again") {
		t.Errorf("the log is %s", log)
	}
}

func TestFlagsOverrideANewConfiguration(t *testing.T) {
	b := newBench(t, "")
	b.given = func(flag string) bool { return flag == "theme" || flag == "ascii" }
	b.shell.flags.theme, b.shell.flags.ascii = config.Theme{Ground: theme.Contrast}, true
	b.write(t, "[screen]\ntheme = \"light\"\nglyphs = \"braille\"\nmouse = false")
	change, _ := b.reload()
	if o := change.Options; o == nil || o.Mouse || o.Theme.Ground != theme.Contrast || !o.Theme.ASCII {
		t.Errorf("with flags it gives %+v", o)
	}
}

// TestBrokenConfigurationsAreTakenOverWholeOrNotAtAll changes a configuration at
// random places, 500 times. Each is in force as if the dashboard had been
// started with it, or everything is as it was before.
func TestBrokenConfigurationsAreTakenOverWholeOrNotAtAll(t *testing.T) {
	var bare strings.Builder
	bare.WriteString("[palette.sea]\nbase = \"light\"\ndim = 99\n")
	for line := range strings.Lines(string(config.PrintDefault())) {
		if line != "\n" && line[0] != '#' {
			bare.WriteString(line)
		}
	}
	whole := bare.String()
	pieces := []string{
		"", "0", "1", "9", "\"", "'", "[", "]", "{", "=", ",", "\n", "#", "\"\"\"", "\\u0000", "\xff", "\u202e", "nan", "true", "false",
		"\"light\"", "\"sea\"", "\"1D\"", "[\"f9\"]", "w", "2", "5", "8", "%", "[names]\n", "[alerts]\n", "bell = true\n", "RUT = \"x\"\n",
	}
	lines := []string{
		`theme = "sea"`, `theme = "light"`, `signs = "red-green"`, `glyphs = "braille"`, `panels = ["size", "index"]`, `mouse = false`, `bell = true`,
		`clipboard = true`, `frame_rate = 9`, `window = "3M"`, `next = ["f9"]`, `pause = []`, `quit = ["Q"]`, `on_alert = ["true", "x"]`,
		`z_levels = [2, 4]`, `worst_days = 5`, `cooldown = "1h"`, `off = ["z0"]`, `windows = ["YTD"]`, `dim = "#808080"`, `base = "contrast"`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	b := newBench(t, "")
	applied, refused := 0, 0
	for range 500 {
		text := whole
		for range 1 + random.IntN(4) {
			line := lines[random.IntN(len(lines))]
			key, _, _ := strings.Cut(line, " = ")
			text = regexp.MustCompile(`(?m)^`+key+` = .*$`).ReplaceAllLiteralString(text, line)
		}
		for range random.IntN(3) {
			from := random.IntN(len(text) + 1)
			to := min(from+random.IntN(4), len(text))
			text = text[:from] + pieces[random.IntN(len(pieces))] + text[to:]
		}
		b.write(t, text)
		before := b.force()
		change, _ := b.reload()
		_, err := config.Parse([]byte(text), "mine.toml")
		switch {
		case err != nil:
			refused++
			if change.Options != nil || b.force() != before {
				t.Fatalf("a broken one changed\n%s to\n%s\nIt was\n%s", before, b.force(), text)
			}
		case change.Options != nil:
			applied++
			if other := newBench(t, text); b.force() != fresh(other) {
				t.Fatalf("in force is\n%s, not\n%s\nIt was\n%s", b.force(), fresh(other), text)
			}
		}
	}
	if applied < 50 || refused < 50 {
		t.Errorf("%d were applied and %d refused, which proves little", applied, refused)
	}
}

// fresh is what is in force after a start, whose hub has its rules from there.
func fresh(b *bench) string {
	b.hub.rules = b.shell.config.Alerts
	return b.force()
}

// TestADashboardFollowsItsFile starts one without a screen.
func TestADashboardFollowsItsFile(t *testing.T) {
	b := newBench(t, "[screen]\nbell = false\n")
	viewer := &asked{snap: alerted(1, 0)}
	r, stop := b.shell.start(t.Context(), hub.New(hub.Options{}), &renamed{viewer: viewer}, b.given)
	b.write(t, "[screen]\nbell = true\n")
	if change := <-r.changes; change.Options == nil || !change.Options.Bell {
		t.Errorf("the change is %+v", change)
	}
	b.write(t, "[screen]\nbell = maybe\n")
	if change := <-r.changes; change.Options != nil || !strings.HasPrefix(change.Notice, "The old configuration stays: mine.toml:2:8: this is not TOML") {
		t.Errorf("the change is %+v", change)
	}
	if b.shell.config.Screen.Bell {
		t.Error("the dashboard's own shell was changed while it runs")
	}
	b.write(t, "[alerts]\non_alert = [\"true\"]\n")
	<-r.changes
	for _, snap := range []*model.Snapshot{alerted(1, 0), alerted(1, 1, 1)} {
		viewer.snap = snap
		if got, err := r.Next(t.Context()); err != nil || got != snap {
			t.Errorf("it shows %v: %v", got, err)
		}
	}
	b.write(t, "[screen]\nmouse = false\n") // told to nobody: the dashboard ends
	stop()
	goleak.VerifyNone(t)
}

func TestWhoMayCopy(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		env  []string
		want bool
	}{
		"at the machine":      {"", []string{"TERM=xterm"}, true},
		"over SSH":            {"", []string{"SSH_TTY=/dev/pts/1"}, false},
		"without a terminal":  {"", []string{"SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22"}, false},
		"an empty variable":   {"", []string{"SSH_TTY="}, true},
		"over SSH if allowed": {"[screen]\nclipboard = true", []string{"SSH_TTY=/dev/pts/1"}, true},
	} {
		if got := newBench(t, tc.text, tc.env...).shell.options().Clipboard; got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

var errOver = errors.New("it is over")

// asked is a viewer that counts the questions, and shows one snapshot.
type asked struct {
	count int
	last  model.Query
	snap  *model.Snapshot
}
