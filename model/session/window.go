package session

import (
	"fmt"
	"strings"
)

// Window is a span over which returns are measured, from the official close
// of its base session to now.
type Window uint8

// The windows, in the order in which they are shown.
const (
	Day         Window = iota // 1D: since the previous session's close
	Week                      // 1W: since the last session of the previous calendar week
	MonthToDate               // MTD: since the last session of the previous month
	Month                     // 1M: since the same day one month earlier
	Quarter                   // 3M: since the same day three months earlier
	YearToDate                // YTD: since the last session of the previous year
	WindowCount = iota
)

// String is the name on the screen and in JSON: 1D, 1W, MTD, 1M, 3M or YTD.
func (w Window) String() string {
	names := windowNames()
	if int(w) >= len(names) {
		return "?"
	}
	return names[w]
}

// Windows is every window in order.
func Windows() [WindowCount]Window {
	return [WindowCount]Window{Day, Week, MonthToDate, Month, Quarter, YearToDate}
}

// ParseWindow finds a window by its name, in capitals or not.
func ParseWindow(name string) (Window, error) {
	names := windowNames()
	for i, known := range names {
		if strings.EqualFold(name, known) {
			return Window(i), nil
		}
	}
	return 0, fmt.Errorf("there is no window %q; choose one of %s", name, strings.Join(names[:], ", "))
}

func windowNames() [WindowCount]string {
	return [WindowCount]string{"1D", "1W", "MTD", "1M", "3M", "YTD"}
}
