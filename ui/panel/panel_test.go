package panel_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// letters is a line whose form f has lefts[f] letters at its left and rights[f] at its right.
func letters(lefts, rights []int) func(int) (string, string) {
	return func(form int) (string, string) {
		return strings.Repeat("l", lefts[form]), strings.Repeat("r", rights[form])
	}
}

func TestLineTakesTheFullestFormThatFits(t *testing.T) {
	forms := letters([]int{10, 6, 3}, []int{8, 4, 0})
	cases := map[string]struct {
		w    int
		want string
	}{
		"room to spare":      {22, "llllllllll    rrrrrrrr"},
		"just enough":        {20, "llllllllll  rrrrrrrr"},
		"one too few":        {19, "llllll         rrrr"},
		"the second exactly": {12, "llllll  rrrr"},
		"the last":           {11, "lll        "},
		"cut":                {2, "l…"},
		"nothing":            {0, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := panel.Line(theme.New(theme.Options{}), c.w, 3, forms); got != c.want {
				t.Errorf("%d cells: %q, want %q", c.w, got, c.want)
			}
		})
	}
}

func TestBareBodiesHaveNoFrame(t *testing.T) {
	in := panel.Input{Theme: theme.New(theme.Options{})}
	body := draw.Block{"abc"}
	w, h := in.Inner(20, 5)
	if w >= 20 || h >= 5 {
		t.Errorf("a framed panel of 20 by 5 has a body of %d by %d", w, h)
	}
	if got := ansi.Strip(in.Box(draw.Frame{Title: "T"}, body, 20, 3).String()); !strings.Contains(got, "T") || !strings.Contains(got, "╭") {
		t.Errorf("the frame is\n%s", got)
	}
	in.Bare = true
	if w, h = in.Inner(20, 5); w != 20 || h != 5 {
		t.Errorf("a bare panel of 20 by 5 has a body of %d by %d", w, h)
	}
	if got := in.Box(draw.Frame{Title: "T"}, body, 5, 2).String(); got != "abc  \n     " {
		t.Errorf("the bare body is %q", got)
	}
}

func TestSpeed(t *testing.T) {
	for speed, want := range map[int]string{1: "×1", 60: "×60", 3600: "×3600", 0: "×max"} {
		if got := panel.Speed(speed); got != want {
			t.Errorf("speed %d is %q, want %q", speed, got, want)
		}
	}
}
