package cli_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/ui/cli"
	"gyre/ui/panel"
)

// draw is a picture of the sample's Monday at ten, which costs less than one of
// the week's end.
func draw(t *testing.T, args string) string {
	t.Helper()
	return drawAt(t, "2025-03-24T10:00:00-04:00", args)
}

func drawAt(t *testing.T, at, args string) string {
	t.Helper()
	got := run(t.Context(), t, program(), strings.Fields("snapshot --at "+at+" "+args)...)
	if got.code != cli.ExitDone || got.err != "" {
		t.Fatalf("ended with %d and %q", got.code, got.err)
	}
	return got.out
}

func TestPicturesHaveTheirSize(t *testing.T) {
	for size, want := range map[string][2]int{"": {120, 40}, "--size 60x20": {60, 20}, "--size 80x24": {80, 24}, "--size 200x60": {200, 60}, "--size 1x1": {1, 1}} {
		t.Run(size, func(t *testing.T) {
			picture := draw(t, "--format ansi "+size)
			lines := strings.Split(strings.TrimSuffix(picture, "\n"), "\n")
			if len(lines) != want[1] {
				t.Errorf("it has %d rows", len(lines))
			}
			for i, line := range lines {
				if width := ansi.StringWidth(line); width != want[0] {
					t.Errorf("row %d has %d columns", i, width)
				}
			}
		})
	}
}

func TestThePictureIsTheDashboard(t *testing.T) {
	text := ansi.Strip(drawAt(t, "end", "--format ansi"))
	for _, want := range []string{"REPLAY", "SAMPLE", "Russell 2000", "2,023.27", "5,580.94", "1W"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not show %s:\n%s", want, text)
		}
	}
	if noon := ansi.Strip(draw(t, "--format ansi --window 1D")); strings.Contains(noon, "2,023.27") || noon == text {
		t.Error("another moment has the same picture")
	}
}

func TestEveryViewHasAPicture(t *testing.T) {
	shows := map[string]string{
		"dashboard": "REPLAY",
		"index":     "since 21 Mar, %",
		"size":      "ranked 21 Mar · page 1",
		"leverage":  "1W · mean · page 1",
		"calendar":  "ISM manufacturing",
		"alerts":    "6 in all",
		"map":       "momentum",
		"history":   "ntensity",
		"note":      "not out yet",
		"members":   "S0",
	}
	for _, view := range panel.Views() {
		t.Run(view.String(), func(t *testing.T) {
			text := ansi.Strip(draw(t, "--format ansi --view "+view.String()))
			if want := shows[view.String()]; want == "" || !strings.Contains(text, want) {
				t.Errorf("it does not show %q:\n%s", want, text)
			}
		})
	}
}

func TestTheSVGIsWellFormed(t *testing.T) {
	for theme, background := range map[string]string{"auto": "#14161b", "dark": "#14161b", "light": "#fbfbf9", "mono": "#14161b"} {
		t.Run(theme, func(t *testing.T) {
			picture := draw(t, "--format svg --size 60x20 --theme "+theme)
			if !strings.Contains(picture, `rx="6" fill="`+background) || !strings.Contains(picture, "2,089.30") {
				t.Errorf("it begins with %.200s", picture)
			}
			decoder := xml.NewDecoder(strings.NewReader(picture))
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestPicturesInTheColoursOfTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.toml")
	pictures := map[string]string{}
	for _, screen := range []string{"", `signs = "green-red"`, `signs = "red-green"`, `theme = "light"`, `theme = "mono"`, `glyphs = "ascii"`, `window = "3M"`, `statistic = "median"`} {
		if err := os.WriteFile(path, []byte("[screen]\n"+screen+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		picture := draw(t, "--format svg --config "+path)
		if other, ok := pictures[picture]; ok {
			t.Errorf("%q and %q look the same", screen, other)
		}
		pictures[picture] = screen
	}
}
