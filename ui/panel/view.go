package panel

import (
	"fmt"
	"strings"

	"gyre/model/claim"
)

// View names what the screen shows: the dashboard, or one thing that has all
// the room.
type View uint8

// The views.
const (
	ViewDashboard View = iota
	ViewIndex
	ViewSize
	ViewLeverage
	ViewCalendar
	ViewAlerts // and the data they rest on
	ViewMap
	ViewHistory
	ViewNote
	ViewMembers
	ViewMember // one company's page
	ViewCount  = iota
)

// Zoomed is the view that shows more of the panel with the focus.
func (f Focus) Zoomed() View { return ViewIndex + View(f) }

// Focus is the panel that a view shows more of; false for the views that show
// none of them.
func (v View) Focus() (Focus, bool) {
	if v < ViewIndex || v > ViewAlerts {
		return 0, false
	}
	return Focus(v - ViewIndex), true
}

// ViewState is which view the viewer has chosen, and where in it they are. The
// zero state is the dashboard.
type ViewState struct {
	View       View
	Row        int   // the marked bucket in the views of size and leverage, from 0: the size quartiles, or low to high of each universe
	Scroll     int   // rows that a view's list is scrolled down from where it begins
	Importance int   // least importance of the events in the view of the calendar; 0: all
	Unread     int   // alerts that came after the viewer last looked at them
	Note       *Note // beside this snapshot; nil: there is none
}

// Note is a published note's claims, each beside what the snapshot has. It is
// never changed.
type Note struct{ Results []claim.Result }

// viewNames are the views by their names in commands.
func viewNames() [ViewCount]string {
	return [ViewCount]string{
		"dashboard", "index", "size", "leverage", "calendar", "alerts", "map", "history", "note", "members", "member",
	}
}

// String is the name that ParseView reads.
func (v View) String() string {
	if names := viewNames(); int(v) < len(names) {
		return names[v]
	}
	return "?"
}

// Views are the views that need nothing to be chosen first: all but the page of
// one company.
func Views() []View {
	var all []View
	for v := ViewDashboard; v < ViewMember; v++ {
		all = append(all, v)
	}
	return all
}

// ParseView reads the name of one of Views.
func ParseView(name string) (View, error) {
	names := make([]string, 0, ViewCount)
	for _, v := range Views() {
		if strings.EqualFold(name, v.String()) {
			return v, nil
		}
		names = append(names, v.String())
	}
	return ViewDashboard, fmt.Errorf("there is no view %q; choose one of %s", name, strings.Join(names, ", "))
}
