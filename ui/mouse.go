package ui

import (
	tea "charm.land/bubbletea/v2"

	"gyre/ui/panel"
)

// wheelRows is how many rows a click of the wheel scrolls.
const wheelRows = 3

// handleClick gives the focus to the panel under the mouse, and zooms the one
// that has it.
func (a *App) handleClick(m tea.Mouse) tea.Cmd {
	if m.Button != tea.MouseLeft || a.state.View != panel.ViewDashboard || a.state.Help {
		return nil
	}
	for _, p := range layout(a.size.W, a.size.H, a.state) {
		if !p.rect.has(m.X, m.Y) || p.part < partIndex || p.part > partQuality {
			continue
		}
		focus := panel.Focus(p.part - partIndex)
		if focus == a.state.Focus {
			return a.enter()
		}
		a.state.Focus = focus
	}
	return nil
}

// handleWheel scrolls the list that is shown.
func (a *App) handleWheel(m tea.Mouse) {
	by := wheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		by = -by
	case tea.MouseWheelDown:
	default:
		return
	}
	if a.state.Help {
		a.scrollHelp(by, byRow)
		return
	}
	switch a.state.View {
	case panel.ViewMembers:
		a.moveMember(by, byRow)
	case panel.ViewAlerts, panel.ViewCalendar, panel.ViewNote:
		a.scroll(by, byRow)
	case panel.ViewIndex, panel.ViewSize, panel.ViewLeverage, panel.ViewMap, panel.ViewHistory:
		a.turn(by/wheelRows, byPage)
	default:
	}
}

func (r rect) has(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }
