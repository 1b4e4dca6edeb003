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

func TestWhereThereIsRoomThereIsEverything(t *testing.T) {
	cases := map[string]struct {
		w, h int
		all  bool // at once, without scrolling
		side bool // the signs beside the keys
	}{
		"wide": {120, 22, true, true},
		"high": {50, 32, true, false},
		"low":  {60, 10, false, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			lines := page(t, c.w, c.h)
			all, side := false, false
			for _, l := range lines {
				if strings.Contains(l, "sigmas of its own history") {
					all, side = true, strings.Contains(l, "do a thing")
				}
			}
			if all != c.all || side != c.side {
				t.Errorf("signs: %v, beside the keys: %v\n%s", all, side, strings.Join(lines, "\n"))
			}
		})
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

// TestSmallPagesScroll goes through the page line by line: every key is seen,
// and its words are whole.
func TestSmallPagesScroll(t *testing.T) {
	for _, size := range [][2]int{{80, 20}, {60, 14}, {60, 6}, {58, 4}} {
		w, h := size[0], size[1]
		in := panel.Input{Theme: theme.New(theme.Options{})}
		e := help.Extent(in, long{}, w, h)
		var seen strings.Builder
		for row := range e.Rows {
			in.State.HelpRow = row
			block := help.Render(in, long{}, w, h)
			if len(block) != h || draw.Width(block[h-1]) != w {
				t.Fatalf("%v: %d lines of %d cells", size, len(block), draw.Width(block[h-1]))
			}
			seen.WriteString(ansi.Strip(block.String()))
		}
		for r := 'a'; r <= 'z'; r++ {
			if !strings.Contains(seen.String(), "does what "+string(r)+" is there for, at length") {
				t.Errorf("%v: nowhere does the page say what the key %c does", size, r)
			}
		}
		if !strings.Contains(seen.String(), "the same within each sector") {
			t.Errorf("%v: the last of the signs is not explained", size)
		}
	}
}

func TestTheFrameSaysWhereTheListStands(t *testing.T) {
	in := panel.Input{Theme: theme.New(theme.Options{})}
	for row, want := range map[int]string{0: "↑ ↓ 1–18 of ", 3: "↑ ↓ 4–21 of ", 1000: "30–47 of 47 · ? or esc closes"} {
		in.State.HelpRow = row
		if top := ansi.Strip(help.Render(in, long{}, 80, 20)[0]); !strings.Contains(top, want) {
			t.Errorf("row %d: %q has no %q", row, top, want)
		}
	}
}
