package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"gyre/ui/panel"
	"gyre/ui/uitest"
)

func click(x, y int) tea.MouseClickMsg {
	return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}
}

func wheel(b tea.MouseButton) tea.MouseWheelMsg { return tea.MouseWheelMsg{X: 60, Y: 20, Button: b} }

func TestAClickFocusesAndTheNextOneZooms(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	for _, p := range layout(120, 40, a.state) {
		if p.part < partIndex || p.part > partQuality {
			continue
		}
		a.state.Focus = panel.Focus((int(p.part-partIndex) + 1) % panel.FocusCount)
		x, y := p.rect.x+p.rect.w-1, p.rect.y
		send(a, click(x, y))
		focus := panel.Focus(p.part - partIndex)
		if a.state.Focus != focus || a.state.View != panel.ViewDashboard {
			t.Errorf("a click at %d,%d: focus on %d in view %d", x, y, a.state.Focus, a.state.View)
		}
		send(a, click(x, y))
		if a.state.View != focus.Zoomed() {
			t.Errorf("a second click on panel %d leads to view %d", focus, a.state.View)
		}
		typed(a, "esc")
	}
}

func TestClicksElsewhereDoNothing(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	before := a.state
	for _, msg := range []tea.MouseClickMsg{click(5, 0), click(5, 39), click(-1, -1), click(500, 500), {X: 80, Y: 10, Button: tea.MouseRight}} {
		if send(a, msg); a.state != before {
			t.Errorf("%+v changes %+v", msg, a.state)
		}
	}
	typed(a, "?")
	if send(a, click(80, 10)); a.state.Focus != before.Focus {
		t.Error("a click on the help goes through it")
	}
}

func TestTheWheelScrolls(t *testing.T) {
	for name, c := range map[string]struct {
		keys  []string
		state func(a *App) int
		want  int
	}{
		"members":  {[]string{"s", "enter"}, func(a *App) int { return a.state.Members.Cursor }, wheelRows},
		"calendar": {[]string{"c", "ctrl+home"}, func(a *App) int { return a.state.Scroll }, wheelRows},
		"pages":    {[]string{"s"}, func(a *App) int { return a.state.Zoom.Page }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			a, _, _ := full(uitest.FinalFrame())
			send(a, tea.WindowSizeMsg{Width: 120, Height: 16})
			typed(a, c.keys...)
			start := c.state(a)
			send(a, wheel(tea.MouseWheelDown))
			if got := c.state(a) - start; got != c.want {
				t.Errorf("down moves by %d, want %d", got, c.want)
			}
			send(a, wheel(tea.MouseWheelUp))
			send(a, wheel(tea.MouseWheelLeft))
			if got := c.state(a); got != start {
				t.Errorf("and up again leaves %d", got-start)
			}
		})
	}
}

func TestWithoutTheMouseTheTerminalKeepsIt(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	if got := a.View().MouseMode; got != tea.MouseModeNone {
		t.Errorf("the mouse mode is %v", got)
	}
	a.prefs.mouse = true
	if got := a.View().MouseMode; got != tea.MouseModeCellMotion {
		t.Errorf("with the mouse it is %v", got)
	}
}
