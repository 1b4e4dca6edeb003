package config_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"gyre/ui/config"
)

func TestEmptyFilesAreTheDefault(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":       "",
		"a comment":     "# later",
		"empty tables":  "[screen]\n[keys]\n[alerts]\n[names]\n",
		"Windows lines": "[screen]\r\nwindow = \"1W\"\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := config.Parse([]byte(text), "f")
			if err != nil || !reflect.DeepEqual(got, config.Default()) {
				t.Errorf("it gives %+v: %v", got, err)
			}
		})
	}
}

func TestKeysMayBeWrittenInAnyWay(t *testing.T) {
	for name, text := range map[string]string{
		"a table":         "[screen]\nframe_rate = 7",
		"a dotted key":    "screen.frame_rate = 7",
		"an inline table": "screen = {frame_rate = 7}",
		"in quotes":       "[\"screen\"]\n'frame_rate' = 7",
		"as a hex number": "[screen]\nframe_rate = 0x7",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := config.Parse([]byte(text), "f"); err != nil || got.Screen.FrameRate != 7 {
				t.Errorf("the frame rate is %d: %v", got.Screen.FrameRate, err)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []string // of each problem, its beginning
	}{
		"unknown table":      {"\n[scren]\na = 1", []string{`f:2:2: there is no table "scren"; a configuration has [screen], [keys], [alerts], [sync], [names], [palette.NAME]`}},
		"unknown key":        {"[screen]\ntheme = \"dark\"\n them = 1", []string{`f:3:2: there is no key "them" in [screen]; it has theme, signs, glyphs, `}},
		"key without table":  {"theme = \"dark\"", []string{`f:1:1: there is no table "theme"; `}},
		"value for a table":  {"screen = 3", []string{"f:1:1: screen is a table; write [screen] and its keys in lines below it"}},
		"list of tables":     {"[[screen]]\ntheme = \"dark\"", []string{"f:1:3: screen is a table; "}},
		"dotted key":         {"screen.theme = 4", []string{"f:1:8: theme: 4 is not a text; write it in quotes"}},
		"inline table":       {"screen = {window = \"1W\", theme = 4}", []string{"f:1:26: theme: 4 is not a text"}},
		"wrong in a list":    {"[alerts]\nz_levels = [1, \"2\"]", []string{`f:2:1: z_levels: "2" is not a number; write it without quotes, as in 1.5`}},
		"no list":            {"[alerts]\noff = \"z0\"", []string{`f:2:1: off: "z0" is not a list; write it in brackets, as in `}},
		"list in a list":     {"[alerts]\noff = [[1]]", []string{"f:2:1: off: a list is not a text"}},
		"a huge number":      {"[screen]\nframe_rate = 9223372036854775807", []string{"f:2:1: frame_rate: 9223372036854775807 is not allowed"}},
		"beyond all numbers": {"[screen]\nframe_rate = 9223372036854775808", []string{"f:2:14: this is not TOML: "}},
		"no TOML":            {"[screen]\ntheme = dark", []string{"f:2:9: this is not TOML: "}},
		"twice":              {"[screen]\nwindow = \"1W\"\nwindow = \"1D\"", []string{"f:3:1: this is not TOML: "}},
		"not closed":         {"[screen", []string{"f:1:"}},
		"no UTF-8":           {"[screen]\ntheme = \"\xff\"", []string{"f:2:10: this is not TOML: "}},
		"thresholds that do not go together": {
			"[alerts]\nbreadth_high = 30\n\nbreadth_low = 40",
			[]string{"f:4:1: breadth_low, breadth_high: 40 and 30 must be percentages, the low one first"},
		},
		"everything is told, in the order of the file": {
			"[screen]\nwindow = \"2W\"\n[alerts]\nhysteresis = 2\nbogus = 1\n[screens]\n[keys]\npause = [\"q\"]\nfly = [\"f\"]\n[names]\nSPX = 500",
			[]string{
				`f:2:1: window: there is no window "2W"`, "f:4:1: hysteresis: 2 must be", `f:5:1: there is no key "bogus" in [alerts]`,
				`f:6:2: there is no table "screens"`, `f:8:1: pause: the key "q" is that of quit already`,
				`f:9:1: there is no key "fly" in [keys]`, `f:11:1: "SPX": 500 is not a text`,
			},
		},
		"nothing acts on a terminal": {
			"\"a\\u001b[31m\" = 1\n[screen]\ntheme = \"\\u001b]0;x\\u0007\\u202e\"",
			[]string{`f:1:1: there is no table "a[31m"`, `f:3:1: theme: there is no theme "]0;x"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, tc.text)
			if len(found) != len(tc.want) {
				t.Fatalf("found %d problems:\n%v", len(found), found)
			}
			for i, want := range tc.want {
				if !strings.HasPrefix(found[i].String(), want) {
					t.Errorf("said %s\nwant %s", found[i], want)
				}
			}
		})
	}
}

func TestLongFiles(t *testing.T) {
	for name, text := range map[string]string{
		"too long":     strings.Repeat("# \n", config.MaxBytes/3+1),
		"much nesting": "a = " + strings.Repeat("[", config.MaxBytes-100),
		"long value":   "[screen]\ntheme = \"" + strings.Repeat("x", config.MaxBytes-100) + "\"",
		"long key":     strings.Repeat("k", config.MaxBytes-100) + " = 1",
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, text)
			if len(found) != 1 || len(found[0].Message) > 400 {
				t.Errorf("%d problems", len(found))
			}
		})
	}
}

// TestBrokenFiles changes the default at random places. Whatever comes of it
// is read, or refused with a place in the file.
func TestBrokenFiles(t *testing.T) {
	whole := string(config.PrintDefault())
	pieces := []string{
		"", "\x00", "\"", "'", "[", "]", "[[", "{", "}", "=", ".", ",", "\n", "#", "\"\"\"", "\\u0000", "\xff", "\u202e",
		"nan", "-inf", "1e999", "1979-05-27", "true", "a.b.c = 1\n", "[keys]\n", "[[keys]]\n", "\"\" = 1\n", "[names]\nRUT = \"\\u001b\"\n",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := whole
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			from := rapid.IntRange(0, len(text)).Draw(t, "from")
			to := min(from+rapid.IntRange(0, 40).Draw(t, "length"), len(text))
			text = text[:from] + rapid.SampledFrom(pieces).Draw(t, "piece") + text[to:]
		}
		lines := strings.Split(text, "\n")
		_, err := config.Parse([]byte(text), "f")
		if err == nil {
			return
		}
		var found config.FileError
		if !errors.As(err, &found) || len(found) == 0 {
			t.Fatalf("the error is %v, a %T", err, err)
		}
		for _, p := range found {
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1 {
				t.Fatalf("%s is no place in the file", p)
			}
			if p.Message == "" || strings.ContainsFunc(p.Message, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Fatalf("said %q", p.Message)
			}
		}
	})
}
