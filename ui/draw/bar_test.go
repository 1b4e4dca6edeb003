package draw_test

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

func TestBar(t *testing.T) {
	tests := map[string]struct {
		value, scale float64
		w            int
		want         string
	}{
		"full":              {3.4, 3.4, 6, "━━━━━━"},
		"half":              {1.7, 3.4, 6, "━━━"},
		"negative is long":  {-3.4, 3.4, 6, "━━━━━━"},
		"half a cell":       {1.5, 4, 4, "━╸"},
		"never nothing":     {0.001, 100, 4, "╸"},
		"beyond the scale":  {9, 3, 4, "━━━━"},
		"zero":              {0, 3, 4, ""},
		"not a number":      {math.NaN(), 3, 4, ""},
		"infinite":          {math.Inf(1), 3, 4, "━━━━"},
		"no scale":          {3, 0, 4, ""},
		"scale is not one":  {3, math.NaN(), 4, ""},
		"no room":           {3, 3, 0, ""},
		"less than no room": {3, 3, -2, ""},
	}
	th := theme.New(theme.Options{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := ansi.Strip(draw.Bar(th, theme.Up, tt.value, tt.scale, tt.w)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	if got := draw.Bar(theme.New(theme.Options{ASCII: true, Ground: theme.Mono}), theme.Up, 2, 4, 8); got != "####" {
		t.Errorf("in ASCII: %q", got)
	}
}

func TestSpark(t *testing.T) {
	nan := math.NaN()
	tests := map[string]struct {
		values []float64
		w      int
		want   string
	}{
		"rising":           {[]float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█"},
		"the newest stay":  {[]float64{9, 9, 0, 7}, 2, "▁█"},
		"constant":         {[]float64{5, 5, 5}, 5, "▅▅▅"},
		"gap":              {[]float64{0, nan, 7}, 5, "▁ █"},
		"infinite is gap":  {[]float64{0, math.Inf(1), 7}, 5, "▁ █"},
		"nothing known":    {[]float64{nan, nan}, 5, "  "},
		"largest floats":   {[]float64{-math.MaxFloat64, math.MaxFloat64}, 5, "▁█"},
		"none":             {nil, 5, ""},
		"no room":          {[]float64{1, 2}, 0, ""},
		"less than no one": {[]float64{1, 2}, -1, ""},
	}
	th := theme.New(theme.Options{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := ansi.Strip(draw.Spark(th, theme.Dim, tt.values, tt.w)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestSparkStaysInItsRoom(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	rapid.Check(t, func(t *rapid.T) {
		values, w := rapid.SliceOf(rapid.Float64()).Draw(t, "values"), rapid.IntRange(0, 20).Draw(t, "w")
		got := ansi.Strip(draw.Spark(th, theme.Dim, values, w))
		if draw.Width(got) != min(len(values), w) || strings.ContainsFunc(got, func(r rune) bool { return r > '~' }) {
			t.Fatalf("%v in %d cells: %q", values, w, got)
		}
	})
}
