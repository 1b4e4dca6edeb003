package config

import (
	"errors"
	"fmt"

	"gyre/ui/panel"
)

// panelNames is the dashboard's panels by the names of what they zoom into.
func panelNames() []string {
	names := make([]string, 0, panel.FocusCount)
	for f := range panel.Focus(panel.FocusCount) {
		names = append(names, f.Zoomed().String())
	}
	return names
}

func parsePanel(name string) (panel.Focus, error) {
	for i, known := range panelNames() {
		if name == known {
			return panel.Focus(i), nil
		}
	}
	return 0, noSuch("panel", name, panelNames())
}

// parsePanels reads the panels of the dashboard in their order.
func parsePanels(v any) (panel.Panels, error) {
	all, err := parseList(v, func(one any) (panel.Focus, error) { return parseWord(one, parsePanel) })
	switch {
	case err != nil:
		return panel.Panels{}, err
	case len(all) == 0:
		return panel.Panels{}, errors.New("name one panel or more")
	}
	for i, f := range all {
		for _, other := range all[:i] {
			if f == other {
				return panel.Panels{}, fmt.Errorf("the panel %s is in the list twice; leave one out", quote(panelNames()[f]))
			}
		}
	}
	return panel.PanelsOf(all...), nil
}
