package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/panel/say"
)

// copyFigure copies the figure that is marked to the clipboard of the viewer's
// terminal, and says which one it is. The terminal does not answer, so whether
// it has taken it cannot be said.
func (a *App) copyFigure() tea.Cmd {
	text := a.marked()
	if text == "" {
		a.state.Notice = "There is no figure to copy here"
		return nil
	}
	a.state.Notice = "Copied: " + text
	return tea.Raw(ansi.SetSystemClipboard(text))
}

// marked is what the viewer looks at as a text for other programs, with plain
// minus signs: a company's return, an alert, a panel's first figure, and in the
// other views the verdict. It is "" where there is none.
func (a *App) marked() string {
	if a.snap == nil {
		return ""
	}
	switch a.state.View {
	case panel.ViewMembers, panel.ViewMember:
		return memberText(a.members().Member(a.state.Members.Cursor), a.window())
	case panel.ViewAlerts:
		return a.alertText()
	case panel.ViewMap, panel.ViewHistory, panel.ViewNote:
		return a.snap.Verdicts[a.window()].Text
	default:
		return a.headline(a.state.Focus)
	}
}

// window is the window that is shown.
func (a *App) window() session.Window { return say.Chosen(a.state.Window) }

// headline is the figure that a panel is about.
func (a *App) headline(f panel.Focus) string {
	snap, w := a.snap, a.window()
	stat := say.ChosenStat(a.state.Stat)
	switch f {
	case panel.FocusIndex:
		return indexText(snap.Indices, w)
	case panel.FocusSize:
		n := len(snap.Size.Buckets)
		if n < 2 {
			return ""
		}
		return figureText(snap.Size.Buckets[n-1].ID+"-"+snap.Size.Buckets[0].ID, snap.Size.Spread[w].Return[stat], "pp", w)
	case panel.FocusLeverage:
		if len(snap.Leverage) == 0 {
			return ""
		}
		first := &snap.Leverage[0]
		return figureText(say.Short(first.Universe)+" H-L", first.Spread[w].Return[stat], "pp", w)
	case panel.FocusCalendar:
		return eventText(snap.Calendar)
	default:
		return a.alertText()
	}
}

// figureText is a figure with its name, its unit and its window, as in
// "Q4-Q1 -2.44 pp 1W".
func figureText(name string, f num.Figure, unit string, w session.Window) string {
	if !f.Known() {
		return ""
	}
	return name + " " + signed(f) + " " + unit + " " + w.String()
}

func signed(f num.Figure) string {
	if f.Sign() > 0 {
		return "+" + f.String()
	}
	return f.String()
}

func memberText(m *model.Member, w session.Window) string {
	if m == nil || !m.HasReturn[w] {
		return ""
	}
	return figureText(m.Symbol, num.Percent(m.Return[w]), "%", w)
}

// indexText is the first index: where it stands, and its return.
func indexText(all []model.Index, w session.Window) string {
	if len(all) == 0 || !all[0].Level.Known() {
		return ""
	}
	level := all[0].Name + " " + all[0].Level.String()
	if !all[0].Returns[w].Known() {
		return level
	}
	return figureText(level, all[0].Returns[w], "%", w)
}

// eventText is the next event with a figure or, after the last one, that one.
func eventText(all []model.CalendarEntry) string {
	var next *model.CalendarEntry
	for i := range all {
		if next = &all[i]; !next.Past {
			break
		}
	}
	if next == nil {
		return ""
	}
	parts := []string{next.At.In(session.Zone()).Format("2006-01-02 15:04 ET") + " " + next.Title}
	for _, figure := range [...]struct{ name, text string }{
		{"actual", next.Actual}, {"consensus", next.Consensus}, {"previous", next.Previous},
	} {
		if figure.text != "" {
			parts = append(parts, figure.name+" "+figure.text)
		}
	}
	return strings.Join(parts, ", ")
}

// alertText is the alert at the top of the list, which on the dashboard is the
// newest.
func (a *App) alertText() string {
	var top *model.Alert
	if a.state.View == panel.ViewAlerts {
		top = alerts.Top(a.viewInput())
	} else if all := alerts.Newest(a.snap); len(all) > 0 {
		top = &all[0]
	}
	if top == nil {
		return ""
	}
	return top.At.In(session.Zone()).Format("2006-01-02 15:04 ET") + " " + string(top.Kind) + ": " + top.Text
}
