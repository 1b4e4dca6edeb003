package footer_test

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/footer"
	"gyre/ui/theme"
)

type keys struct{}

func bind(label, does string) key.Binding {
	return key.NewBinding(key.WithKeys(label), key.WithHelp(label, does))
}

func (keys) ShortHelp() []key.Binding {
	return []key.Binding{bind("a", "first"), bind("b", "second"), bind("c", "third"), bind("?", "help")}
}

func (keys) PromptHelp() []key.Binding {
	return []key.Binding{bind("enter", "go"), bind("esc", "cancel")}
}

func line(t *testing.T, state panel.State, w int) string {
	t.Helper()
	block := footer.Render(panel.Input{Theme: theme.New(theme.Options{}), State: state}, keys{}, w, 1)
	if len(block) != 1 || draw.Width(block[0]) != w {
		t.Fatalf("%d lines, the first %d cells wide; want 1 of %d", len(block), draw.Width(block[0]), w)
	}
	return strings.TrimSpace(ansi.Strip(block[0]))
}

func TestKeysThatFitAndAlwaysTheHelp(t *testing.T) {
	for w, want := range map[int]string{
		100: "a first   b second   c third   ? help",
		40:  "a first  b second  c third  ? help",
		28:  "a first  b second  ? help",
		17:  "a first  ? help",
		8:   "? help",
		4:   "? h…",
	} {
		if got := line(t, panel.State{}, w); got != want {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
}

func TestANoticeTakesThePlaceOfTheKeys(t *testing.T) {
	if got := line(t, panel.State{Notice: "Something happened."}, 60); got != "Something happened." {
		t.Errorf("the line is %q", got)
	}
}

func TestThePrompt(t *testing.T) {
	open := panel.Prompt{Open: true, Text: "10:3", Cursor: 4}
	cases := map[string]struct {
		state panel.State
		w     int
		want  string
	}{
		"with a hint":   {panel.State{Prompt: open}, 90, "go to 10:3    enter go  esc cancel   28 Mar 10:30, 10:30, start, end"},
		"no room":       {panel.State{Prompt: open}, 40, "go to 10:3    enter go  esc cancel"},
		"with an error": {panel.State{Prompt: open, Notice: "That is no time."}, 90, "go to 10:3    That is no time."},
		"a wild cursor": {panel.State{Prompt: panel.Prompt{Open: true, Text: "ab", Cursor: 99}}, 40, "go to ab    enter go  esc cancel"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := line(t, c.state, c.w); got != c.want {
				t.Errorf("the line is %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheCursorIsMarkedWhereItStands(t *testing.T) {
	th := theme.New(theme.Options{})
	state := panel.State{Prompt: panel.Prompt{Open: true, Text: "10:30", Cursor: 2}}
	got := footer.Render(panel.Input{Theme: th, State: state}, keys{}, 80, 1)[0]
	if !strings.Contains(got, th.Paint(theme.Selected, ":")) {
		t.Errorf("the colon under the cursor is not marked: %q", got)
	}
}

func TestEveryWidthIsExact(t *testing.T) {
	for w := range 200 {
		for _, state := range []panel.State{{}, {Notice: strings.Repeat("word ", 50)}, {Prompt: panel.Prompt{Open: true, Text: "28 Mar"}}} {
			line(t, state, w)
		}
	}
}
