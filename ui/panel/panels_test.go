package panel_test

import (
	"slices"
	"testing"

	"gyre/ui/panel"
)

func TestPanels(t *testing.T) {
	usual := []panel.Focus{panel.FocusIndex, panel.FocusSize, panel.FocusLeverage, panel.FocusCalendar, panel.FocusQuality}
	for name, tc := range map[string]struct{ given, want []panel.Focus }{
		"none is all":        {nil, usual},
		"in their order":     {[]panel.Focus{panel.FocusCalendar, panel.FocusIndex}, []panel.Focus{panel.FocusCalendar, panel.FocusIndex}},
		"each taken once":    {[]panel.Focus{panel.FocusSize, panel.FocusSize, 99}, []panel.Focus{panel.FocusSize}},
		"none that there is": {[]panel.Focus{99}, usual},
	} {
		t.Run(name, func(t *testing.T) {
			p := panel.PanelsOf(tc.given...)
			if got := p.All(); !slices.Equal(got, tc.want) {
				t.Errorf("they are %v, want %v", got, tc.want)
			}
			for f := range panel.Focus(panel.FocusCount + 1) {
				if p.Has(f) != slices.Contains(tc.want, f) {
					t.Errorf("has %d: %v", f, p.Has(f))
				}
			}
		})
	}
	if panel.PanelsOf(usual...) != (panel.Panels{}) {
		t.Error("the usual panels in the usual order are not the zero Panels")
	}
}

func TestNextPanel(t *testing.T) {
	p := panel.PanelsOf(panel.FocusCalendar, panel.FocusIndex, panel.FocusSize)
	for name, tc := range map[string]struct {
		from panel.Focus
		by   int
		want panel.Focus
	}{
		"forward":     {panel.FocusCalendar, 1, panel.FocusIndex},
		"round":       {panel.FocusSize, 1, panel.FocusCalendar},
		"back round":  {panel.FocusCalendar, -1, panel.FocusSize},
		"far back":    {panel.FocusCalendar, -7, panel.FocusSize},
		"not shown":   {panel.FocusLeverage, 1, panel.FocusCalendar},
		"no step yet": {panel.FocusIndex, 0, panel.FocusIndex},
	} {
		if got := p.Next(tc.from, tc.by); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
}
