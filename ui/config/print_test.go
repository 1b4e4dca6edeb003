package config_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"gyre/ui/config"
)

func TestThePrintedDefaultIsTheDefault(t *testing.T) {
	got, err := config.Parse(config.PrintDefault(), "default")
	if err != nil {
		t.Fatal(err)
	}
	if want := config.Default(); !reflect.DeepEqual(got, want) {
		t.Errorf("read again it is\n%+v, want\n%+v", got, want)
	}
}

// TestEveryKeyIsDocumented looks at the lines of the default: above every key
// and every table stands a comment.
func TestEveryKeyIsDocumented(t *testing.T) {
	before, keys := "", 0
	for line := range strings.Lines(string(config.PrintDefault())) {
		switch documented := strings.HasPrefix(before, "# ") && len(before) > len("# x"); {
		case line == "\n" || strings.HasPrefix(line, "# "):
		case !documented:
			t.Errorf("nothing is said about %s", line)
		case strings.Contains(line, " = "):
			keys++
		}
		before = line
	}
	if keys < 50 {
		t.Errorf("there are %d keys", keys)
	}
}

func TestWhatIsPrintedCanBeShown(t *testing.T) {
	for _, r := range string(config.PrintDefault()) {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%U is in the printed default", r)
		}
	}
}
