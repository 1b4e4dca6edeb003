package ui

import (
	"charm.land/bubbles/v2/key"

	"gyre/model"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
)

// footerKeys is the keys of the footer: those of the view that is shown.
type footerKeys struct {
	KeyMap
	in panel.Input
}

// ShortHelp is the keys in few words, most useful first. The last one, which
// leads to all the others, is shown before any of them.
func (f footerKeys) ShortHelp() []key.Binding {
	k, s := f.KeyMap, f.in.State
	if s.View == panel.ViewMembers && s.Members.Searching {
		return enabled(short(k.PromptConfirmed, "keep"), short(k.PromptCancelled, "show all"))
	}
	first := []key.Binding{short(k.Back, "back")}
	rest := []key.Binding{
		short(k.Windows, "window"), short(k.Statistic, "mean/median"), short(k.Pause, "pause"), short(k.Speeds, "speed"),
		short(k.Steps, "step"), short(k.Rank, "rank date"), short(k.Financial, "financials"),
	}
	rows := both("scroll", k.RowUp, k.RowDown)
	switch s.View {
	case panel.ViewIndex:
		first = append(first, short(k.PageDown, "page"), short(k.Levels, "levels"), short(k.Next, "next"))
	case panel.ViewSize, panel.ViewLeverage:
		name := "members"
		if f.in.Snap != nil {
			_, name = members.GroupName(f.in.Snap, bucket(s))
		}
		first = append(first, short(rows, "bucket"), short(k.PageDown, "page"), short(k.Open, name), short(k.Next, "next"))
	case panel.ViewCalendar:
		first = append(first, rows, short(k.Importance, "importance"), short(k.Country, "country"), short(k.Next, "next"))
	case panel.ViewAlerts:
		first = append(first, rows, short(k.Next, "next"))
	case panel.ViewNote:
		first = append(first, rows)
	case panel.ViewMap:
		first = append(first, short(k.Benchmark, "benchmark"))
	case panel.ViewMembers:
		first = append(first,
			short(rows, "row"), short(k.Open, "company"), short(k.Next, "group"), short(k.Search, "search"), short(k.Sort, "sort"), short(k.Reverse, "reverse"))
	case panel.ViewMember:
		first = append(first, short(rows, "company"))
	case panel.ViewHistory:
	default:
		first = []key.Binding{
			short(k.Windows, "window"), short(k.Next, "panel"), short(k.Open, "zoom"), short(k.Statistic, "mean/median"),
			short(k.Map, "map"), short(k.Note, "note"),
		}
		rest = []key.Binding{
			short(k.Pause, "pause"), short(k.Speeds, "speed"), short(k.Size, "size"), short(k.Debt, "debt"), short(k.Calendar, "calendar"),
			short(k.Alerts, "alerts"), short(k.History, "history"), short(k.Steps, "step"), k.GoTo, short(k.Export, "export"),
		}
	}
	return enabled(append(append(first, rest...), k.Quit, k.Help)...)
}

// bucket is the group that is marked in the views of size and leverage.
func bucket(s panel.State) model.GroupRef {
	const thirds = 3
	row := int8(min(max(s.Row, 0), 2*thirds-1)) //nolint:gosec // 0 to 5
	if s.View == panel.ViewSize {
		return model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: row}
	}
	ref := model.GroupRef{Axis: model.AxisLeverage, Universe: "RUT", Bucket: row % thirds}
	if row >= thirds {
		ref.Universe = "RMICRO"
	}
	return ref
}
