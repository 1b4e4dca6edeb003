package index_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/index"
	"gyre/ui/panel/size"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// The tables show the windows that the viewer has chosen, and the one looked at.
func TestTablesHaveTheChosenWindows(t *testing.T) {
	state := panel.State{Window: session.Week, Windows: panel.WindowsOf(session.YearToDate)}
	in := panel.Input{Snap: uitest.FinalFrame(), State: state, Theme: theme.New(theme.Options{})}
	for name, drawn := range map[string][]string{"index": index.Render(in, 80, 20), "size": size.Render(in, 80, 20)} {
		text := ansi.Strip(strings.Join(drawn, "\n"))
		for window, want := range map[string]bool{"1W": true, "YTD": true, "1D ": false, "MTD": false, "1M": false, "3M": false} {
			if strings.Contains(text, window) != want {
				t.Errorf("%s: %s is shown: %v\n%s", name, window, !want, text)
			}
		}
	}
}
