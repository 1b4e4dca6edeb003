package draw_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/draw"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// texts draws strings of all that may stand on the screen: ASCII, signs, wide
// and combining characters, painted runs; and more pieces.
func texts(th *theme.Theme, more ...string) *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringMatching(`[ -~]{0,8}`),
		rapid.SampledFrom(append([]string{
			"−2.05", "★★★", "╭─╮", "▁▅█", "…", "·", "≤≠±σ×", "ÄÖüßŁ", "日経平均", "e\u0301", "👩‍👩‍👧", "🇯🇵", "👍🏽", "☆",
			th.Paint(theme.Up, "+0.35"), th.Paint(theme.Strong, "東京"), th.Prefix(theme.Dim), th.Reset(),
		}, more...)),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
	})
}

func TestWidthIsTheTerminals(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		s := texts(th, "\x1b[", "\x1b[2J", "\x1b]8;;x\x07", "\u00ad", "\ufe0f", "\u0301").Draw(t, "s")
		if got, want := draw.Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q is %d cells wide, want %d", s, got, want)
		}
	})
}

func TestWidthOfEveryCharacter(t *testing.T) {
	for r := rune(' '); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "\u0301"} {
			if got, want := draw.Width(s), ansi.StringWidth(s); got != want {
				t.Fatalf("%U in %q: %d cells, want %d", r, s, got, want)
			}
		}
	}
}

func TestFitIsExact(t *testing.T) {
	for name, th := range uitest.Looks() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s, w := texts(th).Draw(t, "s"), rapid.IntRange(-3, 40).Draw(t, "w")
				for how, got := range map[string]string{"left": draw.Fit(th, s, w), "right": draw.FitRight(th, s, w)} {
					if cells := ansi.StringWidth(got); cells != max(w, 0) {
						t.Fatalf("%s: %q in %d cells is %d wide: %q", how, s, w, cells, got)
					}
				}
			})
		})
	}
}

func TestFit(t *testing.T) {
	th, ascii := theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true})
	tests := []struct{ name, got, want string }{
		{"pads", draw.Fit(th, "abc", 5), "abc  "},
		{"pads at the left", draw.FitRight(th, "abc", 5), "  abc"},
		{"cuts", draw.Fit(th, "abcdef", 5), "abcd…"},
		{"cuts in ASCII", draw.Fit(ascii, "abcdef", 5), "abcd~"},
		{"leaves what fits", draw.Fit(th, "abcde", 5), "abcde"},
		{"does not halve a wide character", draw.Fit(th, "日経平均", 4), "日… "},
		{"nothing in no room", draw.Fit(th, "abc", 0), ""},
		{"spreads", draw.Spread(th, "a", "b", 5), "a   b"},
		{"spreads: the left stays", draw.Spread(th, "abc", "de", 5), "abc  "},
		{"spreads: cuts the left", draw.Spread(th, "abcdef", "g", 5), "abcd…"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestPadIsExact(t *testing.T) {
	th := theme.New(theme.Options{})
	lines := draw.Block{"short", th.Paint(theme.Up, strings.Repeat("long", 40)), "日経平均株価指数"}
	for w := range 131 {
		for h := range 51 {
			uitest.Exact(t, draw.Pad(th, lines, w, h), w, h)
			uitest.Exact(t, draw.Blank(w, h), w, h)
		}
	}
	uitest.Exact(t, draw.Pad(th, lines, -1, -1), 0, 0)
}

func TestBesideAndStack(t *testing.T) {
	left, right := draw.Block{"aa", "bb", "cc"}, draw.Block{"1"}
	if got, want := draw.Beside(left, right).String(), "aa1\nbb \ncc "; got != want {
		t.Errorf("beside: %q, want %q", got, want)
	}
	if got, want := draw.Beside(right, nil, left).String(), "1aa\n bb\n cc"; got != want {
		t.Errorf("beside: %q, want %q", got, want)
	}
	if got, want := draw.Stack(left, nil, draw.Block{"dd"}).String(), "aa\nbb\ncc\ndd"; got != want {
		t.Errorf("stack: %q, want %q", got, want)
	}
}

func TestBoxIsExact(t *testing.T) {
	for name, th := range uitest.Looks() {
		t.Run(name, func(t *testing.T) {
			body := draw.Block{th.Paint(theme.Down, th.Say("−2.05")), strings.Repeat("x", 200), th.Say("日経")}
			frames := []draw.Frame{
				{},
				{Title: "Size quartiles · Russell 2000", Context: "3M · mean", Focused: true},
				{Title: "日経平均", Context: th.Paint(theme.Attention, "LOOK-AHEAD")},
				{Context: strings.Repeat("context ", 10)},
			}
			for w := range 131 {
				for h := range 51 {
					block := draw.Box(th, frames[(w+h)%len(frames)], body, w, h)
					uitest.Exact(t, block, w, h)
					if th.ASCII {
						uitest.ASCII(t, block)
					}
				}
			}
		})
	}
}

func TestBox(t *testing.T) {
	th := theme.New(theme.Options{})
	tests := map[string]struct {
		frame draw.Frame
		w     int
		want  string
	}{
		"title and context":     {draw.Frame{Title: "Index levels", Context: "1W"}, 30, "╭─ Index levels ─────── 1W ─╮"},
		"title alone":           {draw.Frame{Title: "Index"}, 14, "╭─ Index ────╮"},
		"the context is cut":    {draw.Frame{Title: "Index", Context: "since 13 Feb"}, 22, "╭─ Index ─ since 1… ─╮"},
		"the context goes":      {draw.Frame{Title: "Index", Context: "since 13 Feb"}, 16, "╭─ Index ──────╮"},
		"then the title is cut": {draw.Frame{Title: "Index levels", Context: "1W"}, 12, "╭─ Index… ─╮"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			box := draw.Box(th, tt.frame, draw.Block{"body"}, tt.w, 4)
			got := ansi.Strip(box[0])
			// The line between is as long as it has to be.
			if shrink := func(s string) string {
				return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '─' }), "─")
			}; shrink(got) != shrink(tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if want := "│ body"; !strings.HasPrefix(ansi.Strip(box[1]), want) {
				t.Errorf("body line %q, want %q", ansi.Strip(box[1]), want)
			}
		})
	}
}

func TestFocusIsInTheBorderAlone(t *testing.T) {
	th := theme.New(theme.Options{})
	frame := draw.Frame{Title: "Index", Context: "1W"}
	calm := draw.Box(th, frame, draw.Block{"body"}, 30, 4)
	frame.Focused = true
	focused := draw.Box(th, frame, draw.Block{"body"}, 30, 4)
	if calm.String() == focused.String() {
		t.Error("focus is not to be seen")
	}
	if ansi.Strip(calm.String()) != ansi.Strip(focused.String()) {
		t.Error("focus moves the text")
	}
}

func BenchmarkBox(b *testing.B) {
	th := theme.New(theme.Options{})
	body := draw.Blank(56, 15)
	for i := range body {
		body[i] = th.Paint(theme.Dim, "range ") + th.Paint(theme.Down, "−2.05") + draw.Spaces(30)
	}
	for b.Loop() {
		draw.Box(th, draw.Frame{Title: "Index levels", Context: "since 13 Feb, %"}, body, 60, 17)
	}
}
