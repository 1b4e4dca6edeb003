package panel

import (
	"slices"
	"testing"

	"gyre/model/session"
)

func TestWindowsThatAreShown(t *testing.T) {
	all := session.Windows()
	for name, c := range map[string]struct {
		chosen Windows
		looked session.Window
		want   []session.Window
	}{
		"all of them":               {Windows(0), session.Week, all[:]},
		"none named":                {WindowsOf(), session.Week, all[:]},
		"every one named":           {WindowsOf(all[:]...), session.Week, all[:]},
		"two":                       {WindowsOf(session.Week, session.Day), session.Week, []session.Window{session.Day, session.Week}},
		"the one that is looked at": {WindowsOf(session.Day), session.YearToDate, []session.Window{session.Day, session.YearToDate}},
	} {
		if got := c.chosen.With(c.looked); !slices.Equal(got, c.want) {
			t.Errorf("%s: shows %v, want %v", name, got, c.want)
		}
	}
	if WindowsOf(all[:]...) != Windows(0) {
		t.Error("naming all of them differs from naming none")
	}
	if got := WindowsOf(session.YearToDate, session.Day).All(); !slices.Equal(got, []session.Window{session.Day, session.YearToDate}) {
		t.Errorf("they are %v", got)
	}
}
