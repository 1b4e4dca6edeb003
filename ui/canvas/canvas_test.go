package canvas_test

import (
	"math/bits"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/canvas"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func plain(c *canvas.Canvas) string {
	return ansi.Strip(c.Block(theme.New(theme.Options{})).String())
}

func TestEveryDotHasItsOwnPlace(t *testing.T) {
	// The braille patterns count their dots down the left column, then the right
	// one; the lowest two came later.
	want := [canvas.DotsDown][canvas.DotsAcross]string{{"⠁", "⠈"}, {"⠂", "⠐"}, {"⠄", "⠠"}, {"⡀", "⢀"}}
	for y := range want {
		for x := range want[y] {
			c := canvas.New(1, 1)
			c.Dot(x, y, theme.Text)
			if got := plain(c); got != want[y][x] {
				t.Errorf("dot %d, %d is %q, want %q", x, y, got, want[y][x])
			}
		}
	}
}

func TestLines(t *testing.T) {
	tests := map[string]struct {
		from, to [2]int
		want     string
	}{
		"flat":           {[2]int{0, 0}, [2]int{5, 0}, "⠉⠉⠉"},
		"flat, backward": {[2]int{5, 0}, [2]int{0, 0}, "⠉⠉⠉"},
		"down":           {[2]int{0, 0}, [2]int{0, 3}, "⡇  "},
		"diagonal":       {[2]int{0, 0}, [2]int{3, 3}, "⠑⢄ "},
		"one dot":        {[2]int{2, 1}, [2]int{2, 1}, " ⠂ "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := canvas.New(3, 1)
			c.Line(tt.from[0], tt.from[1], tt.to[0], tt.to[1], theme.Text)
			if got := plain(c); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestALineHasNoGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const w, h = 20, 10
		c := canvas.New(w, h)
		x := rapid.IntRange(0, w*canvas.DotsAcross-1)
		y := rapid.IntRange(0, h*canvas.DotsDown-1)
		x0, y0, x1, y1 := x.Draw(t, "x0"), y.Draw(t, "y0"), x.Draw(t, "x1"), y.Draw(t, "y1")
		c.Line(x0, y0, x1, y1, theme.Text)
		dots := 0
		for _, r := range plain(c) {
			if r >= 0x2800 {
				dots += bits.OnesCount(uint(r - 0x2800))
			}
		}
		if want := max(x1-x0, x0-x1, y1-y0, y0-y1) + 1; dots != want {
			t.Fatalf("%d dots, want %d", dots, want)
		}
	})
}

func TestOutsideIsCutOff(t *testing.T) {
	c := canvas.New(4, 2)
	c.Dot(-1, 0, theme.Text)
	c.Dot(8, 0, theme.Text)
	c.Dot(0, 8, theme.Text)
	c.Text(-2, 0, "abcdefgh", theme.Text)
	c.Text(0, 5, "below", theme.Text)
	if got := plain(c); got != "cdef\n    " {
		t.Errorf("%q", got)
	}
	uitest.Exact(t, canvas.New(-3, 2).Block(theme.New(theme.Options{})), 0, 2)
}

func TestUnderWritesOverNothing(t *testing.T) {
	c := canvas.New(6, 1)
	c.Text(1, 0, "A", theme.Text)
	c.Dot(6, 0, theme.Text)
	c.Under(0, 0, "------", theme.Faint)
	if got := plain(c); got != "-A-⠁--" {
		t.Errorf("%q", got)
	}
}

func TestFree(t *testing.T) {
	c := canvas.New(6, 1)
	c.Text(0, 0, "A", theme.Text)
	c.Dot(4, 0, theme.Text) // cell 2
	tests := map[string]struct {
		x, y, n int
		clear   bool
		want    bool
	}{
		"over text":             {0, 0, 2, false, false},
		"over a dot":            {1, 0, 3, false, true},
		"over a dot, clear":     {1, 0, 3, true, false},
		"past the dot":          {3, 0, 3, true, true},
		"past the right border": {4, 0, 3, false, false},
		"before the left one":   {-1, 0, 1, false, false},
		"below":                 {0, 1, 1, false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Free(tt.x, tt.y, tt.n, tt.clear); got != tt.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestEveryCellIsOneCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := canvas.New(20, 2)
		c.Text(rapid.IntRange(-5, 25).Draw(t, "x"), 0, rapid.String().Draw(t, "s"), theme.Text)
		for _, line := range c.Block(theme.New(theme.Options{})) {
			if got := ansi.StringWidth(line); got != 20 {
				t.Fatalf("%d cells: %q", got, line)
			}
		}
	})
}

func TestColours(t *testing.T) {
	th := theme.New(theme.Options{})
	c := canvas.New(3, 1)
	c.Dot(0, 0, theme.Up)
	c.Dot(1, 0, theme.Down) // of the same cell: the last one counts
	c.Text(1, 0, "A", theme.Down)
	if got, want := c.Block(th)[0], th.Paint(theme.Down, "⠉A")+" "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestASCIIDrawsPoints(t *testing.T) {
	c := canvas.New(3, 1)
	c.Line(0, 0, 3, 3, theme.Text)
	block := c.Block(theme.New(theme.Options{Ground: theme.Mono, ASCII: true}))
	uitest.ASCII(t, block)
	if got := block.String(); strings.TrimRight(got, " ") != ".." {
		t.Errorf("%q", got)
	}
}

func BenchmarkBlock(b *testing.B) {
	th := theme.New(theme.Options{})
	c := canvas.New(100, 30)
	for i := range 10 {
		c.Line(0, 10*i, 199, 119-10*i, th.Series(i))
	}
	for b.Loop() {
		c.Block(th)
	}
}
