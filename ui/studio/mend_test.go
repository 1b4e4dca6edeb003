package studio

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
)

// TestWhatIsSentForARow compares with what one would write by hand.
func TestWhatIsSentForARow(t *testing.T) {
	const home = "\x1b[H"
	red := "\x1b[38;2;255;0;0m"
	for name, c := range map[string]struct {
		before, after string
		profile       colorprofile.Profile
		want          string
	}{
		"one figure":                       {"10:00:01 ET", "10:00:02 ET", colorprofile.TrueColor, "\x1b[2;8H2" + home},
		"two that are near":                {"1.2 3.4 5.6", "1.3 3.5 5.6", colorprofile.TrueColor, "\x1b[2;3H3 3.5" + home},
		"two that are far":                 {"1.2 abcdef ", "1.3 abcdeg ", colorprofile.TrueColor, "\x1b[2;3H3\x1b[6Cg" + home},
		"a text that is shorter":           {"Russell2000", "Russ       ", colorprofile.TrueColor, "\x1b[2;5H\x1b[K" + home},
		"another colour":                   {"up 1.2     ", "up " + red + "1.2\x1b[m     ", colorprofile.TrueColor, "\x1b[2;4H" + red + "1.2\x1b[m" + home},
		"which a terminal has not":         {"up 1.2     ", "up " + red + "1.2\x1b[m     ", colorprofile.ANSI, "\x1b[2;4H\x1b[91m1.2\x1b[m" + home},
		"nor any":                          {"up 1.2     ", "up " + red + "1.3\x1b[m     ", colorprofile.ASCII, "\x1b[2;4H1.3" + home},
		"written otherwise":                {"up " + red + "\x1b[m1.2     ", "up 1.2     ", colorprofile.TrueColor, ""},
		"a wide character before":          {"東京 1.2   ", "東京 1.3   ", colorprofile.TrueColor, "\x1b[2;1H\x1b[K東\x1b[3G京\x1b[5G 1.3   " + home},
		"a character of several":           {"e\u0301 1.2      ", "e\u0301 1.3      ", colorprofile.TrueColor, "\x1b[2;1H\x1b[Ke\u0301\x1b[2G 1.3      " + home},
		"a wide character, written anew":   {"東" + red + "\x1b[m 1.2     ", "東 1.2     ", colorprofile.TrueColor, ""},
		"a background to the right margin": {"ab         ", "ab    \x1b[44m     \x1b[m", colorprofile.TrueColor, "\x1b[2;7H\x1b[44m     \x1b[m" + home},
	} {
		t.Run(name, func(t *testing.T) {
			m := new(mender)
			size := ui.Size{W: 11, H: 3}
			for range 2 { // it remembers nothing
				got := string(m.mend([]change{{1, c.before, c.after}}, size, c.profile))
				if got != c.want {
					t.Errorf("it sends %q, want %q", got, c.want)
				}
			}
		})
	}
}

// TestTheLastCellDoesNotScroll writes where a terminal might wrap.
func TestTheLastCellDoesNotScroll(t *testing.T) {
	got := string(new(mender).mend([]change{{2, "abc", "abd"}}, ui.Size{W: 3, H: 3}, colorprofile.TrueColor))
	if want := ansi.ResetModeAutoWrap + "d" + ansi.SetModeAutoWrap; !strings.Contains(got, want) {
		t.Errorf("it sends %q, without %q", got, want)
	}
}

func TestRowsThatMovedAreScrolled(t *testing.T) {
	var rows []string
	for c := 'a'; c <= 'z'; c++ {
		rows = append(rows, strings.Repeat(string(c), 40))
	}
	of := func(rows []string) *Frame { return &Frame{Text: strings.Join(rows, "\n"), Size: ui.Size{W: 40, H: 20}} }
	s, term := New(10_000), Terminal{Profile: colorprofile.TrueColor, Type: "xterm-256color"}
	s.Update(nil, of(rows[:20]), term)
	next := s.Update(of(rows[:20]), of(rows[1:21]), term)
	if len(next) > 120 {
		t.Errorf("a table that is scrolled by a row takes %d bytes: %q", len(next), next)
	}
}
