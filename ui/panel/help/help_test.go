package help_test

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/help"
	"gyre/ui/theme"
)

type keys struct{}

func bind(label, does string) key.Binding {
	return key.NewBinding(key.WithKeys(label), key.WithHelp(label, does))
}

func (keys) FullHelp() [][]key.Binding {
	return [][]key.Binding{
		{bind("a", "do a thing"), bind("bb", "do another thing")},
		{bind("c", "something else")},
		{bind("?", "help"), bind("q", "quit")},
	}
}

func page(t *testing.T, w, h int) []string {
	t.Helper()
	block := help.Render(panel.Input{Theme: theme.New(theme.Options{})}, keys{}, w, h)
	if len(block) != h {
		t.Fatalf("%d lines, want %d", len(block), h)
	}
	lines := make([]string, h)
	for i, l := range block {
		if draw.Width(l) != w {
			t.Fatalf("line %d is %d cells wide, want %d", i, draw.Width(l), w)
		}
		lines[i] = ansi.Strip(l)
	}
	return lines
}

func TestThePageListsTheKeys(t *testing.T) {
	for _, size := range [][2]int{{60, 12}, {60, 24}, {120, 30}} {
		text := strings.Join(page(t, size[0], size[1]), "\n")
		for _, want := range []string{
			"─ Keys ─", "? or esc closes",
			"│ a    do a thing", "│ bb   do another thing", "│ c    something else", "│ q    quit",
		} {
			if !strings.Contains(text, want) && !strings.Contains(text, strings.Replace(want, "   ", "        ", 1)) {
				t.Errorf("%v: %q is not on the page\n%s", size, want, text)
			}
		}
	}
}

func TestTheSignsAreExplainedWhereThereIsRoom(t *testing.T) {
	cases := map[string]struct {
		w, h  int
		signs bool
		side  bool // beside the keys
	}{
		"wide": {120, 20, true, true},
		"high": {50, 30, true, false},
		"low":  {60, 10, false, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			lines := page(t, c.w, c.h)
			signs, side := false, false
			for _, l := range lines {
				if strings.Contains(l, "sigmas of its own history") {
					signs, side = true, strings.Contains(l, "do a thing")
				}
			}
			if signs != c.signs || side != c.side {
				t.Errorf("signs: %v, beside the keys: %v\n%s", signs, side, strings.Join(lines, "\n"))
			}
		})
	}
}

func TestLowPagesHaveTwoColumnsOfKeys(t *testing.T) {
	lines := page(t, 70, 7)
	if !strings.Contains(lines[1], "do a thing") || !strings.Contains(lines[1], "something else") {
		t.Errorf("the first row has not the first key of two groups: %q", lines[1])
	}
}

func TestEverySizeIsExact(t *testing.T) {
	for w := range 100 {
		for h := range 15 {
			page(t, w, h)
		}
	}
}

// long is more keys than a small screen has rows.
type long struct{}

func (long) FullHelp() [][]key.Binding {
	var group []key.Binding
	for r := 'a'; r <= 'z'; r++ {
		group = append(group, bind(string(r), "does what "+string(r)+" is there for, at length"))
	}
	return [][]key.Binding{group, {bind("?", "help")}}
}

func TestSmallPagesHaveEveryKey(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 10}, {40, 14}} {
		block := help.Render(panel.Input{Theme: theme.New(theme.Options{})}, long{}, size[0], size[1])
		text := ansi.Strip(block.String())
		for r := 'a'; r <= 'z'; r++ {
			if !strings.Contains(text, string(r)+"  does") {
				t.Errorf("%v: the key %c is not on the page:\n%s", size, r, text)
			}
		}
	}
}
