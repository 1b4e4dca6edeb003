package panel_test

import (
	"testing"

	"gyre/model"
	"gyre/ui/panel"
)

func TestNextBenchmark(t *testing.T) {
	maps := []model.Map{{Benchmark: "SPX"}, {Benchmark: "RUT"}}
	cases := map[string]struct {
		chosen string
		maps   []model.Map
		want   string
	}{
		"from none, which is the first": {"", maps, "RUT"},
		"from the first":                {"SPX", maps, "RUT"},
		"from the last":                 {"RUT", maps, "SPX"},
		"from one that is gone":         {"DAX", maps, "RUT"},
		"of one":                        {"SPX", maps[:1], "SPX"},
		"of none":                       {"", nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := (panel.ZoomState{Benchmark: c.chosen}).NextBenchmark(c.maps).Benchmark; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
