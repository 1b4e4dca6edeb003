package ui

import (
	"testing"

	"gyre/ui/uitest"
)

func TestTheKeyOfTheCountries(t *testing.T) {
	snap := uitest.FinalFrame()
	snap.Calendar[1].Country, snap.Calendar[2].Country = "DE", "JP"
	a, _, _ := full(snap)
	if typed(a, "f"); a.state.Zoom.Country != "" {
		t.Errorf("on the dashboard f chooses %q", a.state.Zoom.Country)
	}
	typed(a, "c")
	for _, want := range []string{"DE", "JP", "US", "", "DE"} {
		a.state.Scroll = 3
		if typed(a, "f"); a.state.Zoom.Country != want || a.state.Scroll != 0 {
			t.Errorf("the country is %q, scrolled by %d; want %q from the top", a.state.Zoom.Country, a.state.Scroll, want)
		}
	}
}
