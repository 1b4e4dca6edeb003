package panel_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/ui/panel"
)

// at is a state with its cursor and its first row there.
func at(cursor, offset int) panel.MembersState {
	return panel.MembersState{Cursor: cursor, Offset: offset}
}

func TestMembersMovements(t *testing.T) {
	ten := panel.Extent{Rows: 100, Height: 10}
	tests := map[string]struct {
		from panel.MembersState
		e    panel.Extent
		do   func(panel.MembersState, panel.Extent) panel.MembersState
		want panel.MembersState
	}{
		"down within the screen scrolls nothing": {at(0, 0), ten, move(1), at(1, 0)},
		"down over the edge scrolls by one":      {at(9, 0), ten, move(1), at(10, 1)},
		"up within the screen scrolls nothing":   {at(15, 10), ten, move(-1), at(14, 10)},
		"up over the edge scrolls by one":        {at(10, 10), ten, move(-1), at(9, 9)},
		"up from the first row stays":            {at(0, 0), ten, move(-1), at(0, 0)},
		"down from the last row stays":           {at(99, 90), ten, move(1), at(99, 90)},
		"far down ends on the last row":          {at(5, 0), ten, move(1 << 40), at(99, 90)},
		"far up ends on the first row":           {at(50, 45), ten, move(-1 << 40), at(0, 0)},
		"a page keeps one row in sight":          {at(3, 0), ten, page(1), at(12, 9)},
		"a page back":                            {at(12, 9), ten, page(-1), at(3, 0)},
		"the last page is a full one":            {at(85, 85), ten, page(1), at(94, 90)},
		"and after it comes the last row":        {at(94, 90), ten, page(1), at(99, 90)},
		"home":                                   {at(55, 50), ten, panel.MembersState.Home, at(0, 0)},
		"end":                                    {at(5, 0), ten, panel.MembersState.End, at(99, 90)},
		"no rows":                                {at(5, 3), panel.Extent{Height: 10}, move(1), at(0, 0)},
		"end of no rows":                         {at(5, 3), panel.Extent{Height: 10}, panel.MembersState.End, at(0, 0)},
		"no height":                              {at(5, 3), panel.Extent{Rows: 9}, move(1), at(6, 6)},
		"fewer rows than the screen":             {at(0, 0), panel.Extent{Rows: 3, Height: 10}, page(1), at(2, 0)},
		"rows that have gone":                    {at(99, 90), panel.Extent{Rows: 20, Height: 10}, move(0), at(19, 10)},
		"a screen that has grown":                {at(99, 90), panel.Extent{Rows: 100, Height: 40}, move(0), at(99, 60)},
		"a screen that has shrunk":               {at(9, 0), panel.Extent{Rows: 100, Height: 4}, move(0), at(9, 6)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.do(tt.from, tt.e); got != tt.want {
				t.Errorf("cursor %d, offset %d; want %d, %d", got.Cursor, got.Offset, tt.want.Cursor, tt.want.Offset)
			}
		})
	}
}

func move(by int) func(panel.MembersState, panel.Extent) panel.MembersState {
	return func(s panel.MembersState, e panel.Extent) panel.MembersState { return s.Move(by, e) }
}

func page(by int) func(panel.MembersState, panel.Extent) panel.MembersState {
	return func(s panel.MembersState, e panel.Extent) panel.MembersState { return s.Page(by, e) }
}

// Wherever one goes, the cursor is on a row and the row on the screen, and the
// screen is full where there are rows to fill it.
func TestMembersCursorIsAlwaysInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := at(rapid.Int().Draw(t, "cursor"), rapid.Int().Draw(t, "offset"))
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			e := panel.Extent{Rows: rapid.IntRange(0, 3000).Draw(t, "rows"), Height: rapid.IntRange(0, 60).Draw(t, "height")}
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				s = s.Move(rapid.Int().Draw(t, "by"), e)
			case 1:
				s = s.Page(rapid.Int().Draw(t, "by"), e)
			case 2:
				s = s.Home(e)
			default:
				s = s.End(e)
			}
			height := max(e.Height, 1)
			if s.Cursor < 0 || s.Cursor > max(e.Rows-1, 0) || s.Cursor < s.Offset || s.Cursor >= s.Offset+height ||
				s.Offset < 0 || s.Offset > max(e.Rows-height, 0) {
				t.Fatalf("%+v in %+v", s, e)
			}
		}
	})
}

func TestMembersSortGoesThroughAllColumns(t *testing.T) {
	s, seen := at(7, 5), map[panel.MembersColumn]bool{}
	for range panel.MembersColumnCount {
		next := s.NextSort()
		if next.PreviousSort().Sort != s.Sort {
			t.Errorf("after column %d and back comes %d", s.Sort, next.PreviousSort().Sort)
		}
		s = next
		if seen[s.Sort] {
			t.Fatalf("column %d comes twice", s.Sort)
		}
		seen[s.Sort] = true
		rises := s.Sort == panel.ColumnRank || s.Sort == panel.ColumnSymbol || s.Sort == panel.ColumnName || s.Sort == panel.ColumnSector
		if s.Ascending != rises {
			t.Errorf("column %d starts ascending: %v", s.Sort, s.Ascending)
		}
		if s.Cursor != 0 || s.Offset != 0 {
			t.Errorf("sorted anew, the cursor stands at %d", s.Cursor)
		}
	}
	if s.Sort != panel.ColumnContribution {
		t.Errorf("after the last column comes %d", s.Sort)
	}
	if back := s.PreviousSort(); back.Sort != panel.ColumnWindow {
		t.Errorf("before the first column comes %d", back.Sort)
	}
}

func TestMembersReverse(t *testing.T) {
	s := at(7, 5).Reverse()
	if !s.Ascending || s.Cursor != 0 || s.Reverse() != at(0, 0) {
		t.Errorf("%+v, and back %+v", s, s.Reverse())
	}
}

func TestMembersSearchIsTyped(t *testing.T) {
	s := at(7, 5).StartSearch()
	if !s.Searching || s.Cursor != 7 {
		t.Errorf("before a letter is typed: %+v", s)
	}
	for _, r := range "Öl \x1b\n&" {
		s = s.Type(r)
	}
	if s.Search != "Öl &" || s.Cursor != 0 || s.Offset != 0 {
		t.Errorf("typed: %+v", s)
	}
	if s = s.Backspace().Backspace().Backspace(); s.Search != "Ö" {
		t.Errorf("after three taken back: %q", s.Search)
	}
	if s = s.Backspace().Backspace(); s.Search != "" || !s.Searching {
		t.Errorf("after all taken back: %+v", s)
	}
	s = s.Type('x').EndSearch()
	if s.Search != "x" || s.Searching {
		t.Errorf("ended: %+v", s)
	}
	s.Cursor = 3
	if s = s.ClearSearch(); s != at(0, 0) {
		t.Errorf("cleared: %+v", s)
	}
	if s = at(7, 5).StartSearch().ClearSearch(); s != at(7, 5) {
		t.Errorf("a search for nothing moved the cursor: %+v", s)
	}
}

func TestMembersSearchStaysShort(t *testing.T) {
	s := panel.MembersState{}
	for range 1000 {
		s = s.Type('ä')
	}
	if s.Search != strings.Repeat("ä", 32) {
		t.Errorf("%d bytes", len(s.Search))
	}
}

func TestMembersGroups(t *testing.T) {
	q1 := model.GroupRef{Axis: model.AxisSize, Universe: "RUT"}
	high := model.GroupRef{Axis: model.AxisLeverage, Universe: "RUT", Bucket: 2}
	micro := model.GroupRef{Axis: model.AxisSize, Universe: "RMICRO", Bucket: model.AllBuckets}
	unknown := model.GroupRef{Universe: "SPX"}
	all := []model.GroupRef{q1, high, micro}
	tests := map[string]struct {
		from     model.GroupRef
		all      []model.GroupRef
		next     model.GroupRef
		previous model.GroupRef
	}{
		"the first":             {q1, all, high, micro},
		"one in the middle":     {high, all, micro, q1},
		"the last":              {micro, all, q1, high},
		"the zero group is Q1":  {model.GroupRef{}, all, high, micro},
		"one that is not there": {unknown, all, q1, micro},
		"none to go to":         {high, nil, high, high},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := panel.OpenMembers(tt.from)
			s.Search, s.Sort = "oil", panel.ColumnCap
			next, previous := s.NextGroup(tt.all), s.PreviousGroup(tt.all)
			if next.Group != tt.next || previous.Group != tt.previous {
				t.Errorf("next %v, previous %v; want %v, %v", next.Group, previous.Group, tt.next, tt.previous)
			}
			if next.Search != "oil" || next.Sort != panel.ColumnCap {
				t.Errorf("order or search are lost: %+v", next)
			}
		})
	}
	s := panel.OpenMembers(q1)
	s.Cursor, s.Offset = 9, 9
	if s = s.NextGroup(all); s.Cursor != 0 || s.Offset != 0 {
		t.Errorf("another group is shown from row %d", s.Offset)
	}
}
