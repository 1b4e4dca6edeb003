package panel_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gyre/ui/panel"
)

func TestScrolling(t *testing.T) {
	e := panel.Extent{Rows: 10, Height: 4}
	cases := map[string]struct{ start, scroll, by, want, top int }{
		"down":                 {0, 0, 1, 1, 1},
		"not above the first":  {0, 0, -1, 0, 0},
		"not below the last":   {0, 5, 9, 6, 6},
		"from the middle":      {3, 0, -2, -2, 1},
		"a start past the end": {9, 0, 1, 0, 6},
		"a start before all":   {-5, 0, 1, 1, 1},
		"further than an int":  {0, 1, math.MaxInt, 6, 6},
		"back from far away":   {0, math.MaxInt, -1, 5, 5},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := e.Scroll(c.start, c.scroll, c.by)
			if top := e.Top(c.start, got); got != c.want || top != c.top {
				t.Errorf("scrolled to %d with row %d at the top, want %d and %d", got, top, c.want, c.top)
			}
		})
	}
}

func TestNoRowOfTheScreenIsWasted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := panel.Extent{Rows: rapid.IntRange(0, 50).Draw(t, "rows"), Height: rapid.IntRange(-2, 20).Draw(t, "height")}
		top := e.Top(rapid.Int().Draw(t, "start"), rapid.Int().Draw(t, "scroll"))
		if top < 0 || top > 0 && top+max(e.Height, 1) > e.Rows {
			t.Fatalf("%+v begins at row %d", e, top)
		}
	})
}

func TestEveryPanelHasItsView(t *testing.T) {
	for f := range panel.Focus(panel.FocusCount) {
		if back, ok := f.Zoomed().Focus(); !ok || back != f {
			t.Errorf("panel %d is zoomed in view %d, which shows panel %d, %v", f, f.Zoomed(), back, ok)
		}
	}
	for _, v := range []panel.View{panel.ViewDashboard, panel.ViewMap, panel.ViewNote, panel.ViewMembers, panel.ViewMember} {
		if f, ok := v.Focus(); ok {
			t.Errorf("view %d is said to show panel %d", v, f)
		}
	}
}
