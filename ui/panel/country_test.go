package panel_test

import (
	"slices"
	"testing"

	"gyre/model"
	"gyre/ui/panel"
)

func TestNextCountry(t *testing.T) {
	var events []model.CalendarEntry
	for _, code := range []string{"US", "DE", "", "US", "JP"} {
		events = append(events, model.CalendarEntry{Event: model.Event{Country: code}})
	}
	if got := panel.Countries(events); !slices.Equal(got, []string{"DE", "JP", "US"}) {
		t.Errorf("the countries are %q", got)
	}
	for name, c := range map[string]struct {
		chosen string
		events []model.CalendarEntry
		want   string
	}{
		"from all":              {"", events, "DE"},
		"from the first":        {"DE", events, "JP"},
		"from the last":         {"US", events, ""},
		"from one that is gone": {"FR", events, "DE"},
		"of one":                {"", events[:1], "US"},
		"of one, back to all":   {"US", events[:1], ""},
		"of none":               {"", nil, ""},
		"of none, from one":     {"US", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (panel.ZoomState{Country: c.chosen}).NextCountry(c.events).Country; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
