package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// orders is every choice of panels in every order.
func panelOrders() [][]panel.Focus {
	var all [][]panel.Focus
	var extend func(chosen []panel.Focus)
	extend = func(chosen []panel.Focus) {
		for f := range panel.Focus(panel.FocusCount) {
			if !panel.PanelsOf(chosen...).Has(f) || len(chosen) == 0 {
				longer := append(append([]panel.Focus{}, chosen...), f)
				all = append(all, longer)
				extend(longer)
			}
		}
	}
	extend(nil)
	return all
}

// TestEveryChoiceOfPanelsIsShown looks for every panel that is chosen, and for
// no other, on screens that have room for all.
func TestEveryChoiceOfPanelsIsShown(t *testing.T) {
	all := panelOrders()
	if len(all) != 325 { // 5 + 20 + 60 + 120 + 120
		t.Fatalf("there are %d orders", len(all))
	}
	for _, chosen := range all {
		state := playing()
		state.Panels = panel.PanelsOf(chosen...)
		for _, size := range []Size{{60, 70}, {80, 60}, {100, 30}, {120, 40}, {200, 60}} {
			covered, at := 0, map[panel.Focus]rect{}
			for _, p := range layout(size.W, size.H, state) {
				if p.part >= partIndex && p.part <= partQuality {
					at[panel.Focus(p.part-partIndex)] = p.rect
					covered += p.rect.w * p.rect.h
				}
			}
			if len(at) != len(chosen) {
				t.Fatalf("%v of %v: shown are %v", size, chosen, at)
			}
			for i, f := range chosen[1:] {
				before, r := at[chosen[i]], at[f]
				if r.y < before.y || r.y == before.y && r.x < before.x {
					t.Fatalf("%v of %v: panel %d stands at %+v, before %+v", size, chosen, f, r, before)
				}
			}
			if around := 8 * size.W; covered < size.W*size.H-around {
				t.Fatalf("%v of %v: the panels have %d cells", size, chosen, covered)
			}
		}
	}
}

func TestEveryChoiceOfPanelsIsExact(t *testing.T) {
	t.Parallel()
	snap, looks, all := uitest.FinalFrame(), themes(), sizes()
	for n, chosen := range panelOrders() {
		state := playing()
		state.Panels = panel.PanelsOf(chosen...)
		state.Focus = chosen[0]
		for i := n; i < len(all); i += 97 {
			exact(t, Render(snap, all[i], looks["dark"], state), all[i])
		}
	}
}

func TestFocusGoesFromPanelToPanel(t *testing.T) {
	panels := panel.PanelsOf(panel.FocusCalendar, panel.FocusIndex)
	a := New(t.Context(), Options{Source: newSource(), Panels: panels, Theme: theme.Options{}})
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	for _, step := range []struct {
		key  string
		want panel.Focus
	}{{"", panel.FocusCalendar}, {"tab", panel.FocusIndex}, {"tab", panel.FocusCalendar}, {"shift+tab", panel.FocusIndex}} {
		if step.key != "" {
			typed(a, step.key)
		}
		if a.state.Focus != step.want {
			t.Errorf("after %q the focus is on %d, want %d", step.key, a.state.Focus, step.want)
		}
	}
	typed(a, "d", "esc", "tab")
	if a.state.Focus != panel.FocusCalendar {
		t.Errorf("back from a view whose panel is not shown, tab goes to %d", a.state.Focus)
	}
	a.handleChange(Change{Options: &Options{Panels: panel.PanelsOf(panel.FocusSize)}})
	if a.state.Focus != panel.FocusSize {
		t.Errorf("the panel with the focus is gone, and the focus is on %d", a.state.Focus)
	}
}
