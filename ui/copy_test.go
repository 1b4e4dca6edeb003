package ui

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gyre/model"
	"gyre/ui/panel"
	"gyre/ui/uitest"
)

// copied is what a press of y puts into the clipboard, by OSC 52.
func copied(a *App) string {
	_, cmd := a.Update(press("y"))
	if cmd == nil {
		return ""
	}
	raw, _ := cmd().(tea.RawMsg)
	coded, _ := strings.CutPrefix(fmt.Sprint(raw.Msg), "\x1b]52;c;")
	text, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(coded, "\a"))
	if err != nil {
		return "no base64: " + err.Error()
	}
	return string(text)
}

func TestWhatIsCopied(t *testing.T) {
	for name, tc := range map[string]struct{ keys, want string }{
		"index":                {"", "Russell 2000 2023.27 -1.64 % 1W"},
		"size":                 {"tab", "Q4-Q1 -2.44 pp 1W"},
		"another window":       {"tab 4", "Q4-Q1 -15.89 pp 3M"},
		"debt":                 {"d esc", "R2000 H-L +0.90 pp 1W"},
		"the next event":       {"c", "2025-03-31"},
		"the newest alert":     {"shift+tab", "2025-03-28 16:00 ET range-close: "},
		"zoomed":               {"s", "Q4-Q1 -2.44 pp 1W"},
		"the verdict":          {"g", "ROTATION"},
		"the first company":    {"s enter", "%"},
		"the list of alerts":   {"a", "2025-03-28 16:00 ET range-close: "},
		"scrolled past it all": {"a > >", "2025-03-28"},
	} {
		t.Run(name, func(t *testing.T) {
			a, _, _ := full(uitest.FinalFrame())
			typed(a, strings.Fields(tc.keys)...)
			got := copied(a)
			if !strings.Contains(got, tc.want) || strings.Contains(got, "−") {
				t.Errorf("copied is %q, want %q", got, tc.want)
			}
			if a.state.Notice != "Copied: "+got {
				t.Errorf("it says %q", a.state.Notice)
			}
		})
	}
}

func TestTheMarkedCompanyIsCopied(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	typed(a, "s", "enter", "down")
	m := a.members().Member(a.state.Members.Cursor)
	if m == nil {
		t.Fatal("there is no second company")
	}
	if got := copied(a); !strings.HasPrefix(got, m.Symbol+" ") || !strings.HasSuffix(got, " % 1W") {
		t.Errorf("copied is %q, marked is %s", got, m.Symbol)
	}
}

func TestNothingToCopy(t *testing.T) {
	empty := *uitest.FinalFrame()
	empty.Alerts, empty.Indices, empty.Calendar, empty.Leverage, empty.Members = nil, nil, nil, nil, nil
	empty.Size = model.Size{}
	for name, snap := range map[string]*model.Snapshot{"no snapshot": nil, "an empty one": &empty} {
		for _, v := range []panel.View{panel.ViewDashboard, panel.ViewMembers, panel.ViewAlerts} {
			for f := range panel.Focus(panel.FocusCount) {
				a, _, _ := full(snap)
				a.state.View, a.state.Focus = v, f
				if got := copied(a); got != "" || a.state.Notice != "There is no figure to copy here" {
					t.Errorf("%s, view %d, panel %d: copied is %q, it says %q", name, v, f, got, a.state.Notice)
				}
			}
		}
	}
}

func TestCopyingMustBeAllowed(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	if got := copied(a); got != "" || a.state.Notice != "" {
		t.Errorf("copied is %q, it says %q", got, a.state.Notice)
	}
	if typed(a, "?"); strings.Contains(text(a), "copy the figure") {
		t.Error("the help has a key that does nothing")
	}
	a.handleChange(Change{Options: &Options{Clipboard: true}})
	if copied(a) == "" {
		t.Error("allowed while it runs, nothing is copied")
	}
}
