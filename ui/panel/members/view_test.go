package members_test

import (
	"testing"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
	"gyre/ui/uitest"
)

func TestGroupsAndTheirNames(t *testing.T) {
	snap := uitest.FinalFrame()
	want := [][2]string{
		{"Russell 2000 · Q1 largest", "R2000 Q1"},
		{"Russell 2000 · Q2", "R2000 Q2"},
		{"Russell 2000 · Q3", "R2000 Q3"},
		{"Russell 2000 · Q4 smallest", "R2000 Q4"},
		{"Russell 2000 · low debt/EV", "R2000 low debt"},
		{"Russell 2000 · mid debt/EV", "R2000 mid debt"},
		{"Russell 2000 · high debt/EV", "R2000 high debt"},
		{"Micro caps · low debt/EV", "Micro low debt"},
		{"Micro caps · mid debt/EV", "Micro mid debt"},
		{"Micro caps · high debt/EV", "Micro high debt"},
		{"Russell 2000", "R2000"},
		{"Micro caps", "Micro"},
	}
	groups := members.Groups(snap)
	if len(groups) != len(want) {
		t.Fatalf("%d groups, want %d", len(groups), len(want))
	}
	for i, g := range groups {
		if full, short := members.GroupName(snap, g); full != want[i][0] || short != want[i][1] {
			t.Errorf("group %d is %q, %q; want %q, %q", i, full, short, want[i][0], want[i][1])
		}
	}
	if n := len(members.Groups(uitest.LookAhead())); n != 10 {
		t.Errorf("with two halves there are %d groups, want 10", n)
	}
	if n := len(members.Groups(nil)); n != 12 {
		t.Errorf("before the first snapshot there are %d groups, want 12", n)
	}
}

func TestNamesOfGroupsThatAreNot(t *testing.T) {
	snap := uitest.FinalFrame()
	for name, g := range map[string]model.GroupRef{
		"a fifth quartile": {Axis: model.AxisSize, Bucket: 4},
		"no bucket":        {Axis: model.AxisLeverage, Bucket: model.NoBucket},
	} {
		if full, short := members.GroupName(snap, g); full != "Russell 2000" || short != "R2000" {
			t.Errorf("%s is %q, %q", name, full, short)
		}
	}
	if full, _ := members.GroupName(snap, model.GroupRef{Axis: model.AxisLeverage, Bucket: model.AllBuckets}); full != "Russell 2000 · with debt/EV" {
		t.Errorf("all with debt/EV are %q", full)
	}
}

func TestViewCountsTheGroup(t *testing.T) {
	s := smallest()
	s.Search = "oil"
	v := view(frame(few()), s)
	if len(v.Rows) != 2 || v.Names != 5 || v.Contributors.N != 4 {
		t.Errorf("%d rows of %d names, %d averaged; want 2, 5, 4", len(v.Rows), v.Names, v.Contributors.N)
	}
	if got := v.Contributors.Mean.String(); got != "-0.75" { // (10 - 20 + 3.5 + 3.5) / 4
		t.Errorf("mean %s, want -0.75: a search changes no mean", got)
	}
	if v.Member(0).Symbol != "OMEGA" || v.Member(2) != nil || v.Member(-1) != nil {
		t.Error("the rows are not those of the search")
	}
	if e := v.Extent(7); e != (panel.Extent{Rows: 2, Height: 7}) {
		t.Errorf("extent %+v", e)
	}
	if v := members.NewView(nil, s, session.Week); len(v.Rows) != 0 || v.Member(0) != nil {
		t.Error("no snapshot has rows")
	}
}

// Rows that change places take the cursor with them, unless it stands at the top.
func TestFollow(t *testing.T) {
	before := frame(few()) // OMEGA DELTA GAMMA ALFA BETA
	moved := few()
	for w := range session.WindowCount {
		moved[1].Return[w] = 5 * moved[0].Return[w] // ALFA OMEGA DELTA GAMMA BETA
	}
	after := frame(moved)
	gone := frame(few()[:3]) // OMEGA GAMMA ALFA
	for name, tt := range map[string]struct {
		snap         *model.Snapshot
		cursor, want int
	}{
		"the top stays":                      {after, 0, 0},
		"down with its company":              {after, 1, 2},
		"up with its company":                {after, 3, 0},
		"the last stays":                     {after, 4, 4},
		"a company that has gone":            {gone, 1, 1},
		"a row that has gone":                {gone, 4, 2},
		"a company that is still there":      {gone, 2, 1},
		"a cursor where there never was one": {after, 9, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := smallest()
			s.Cursor = tt.cursor
			if got := view(tt.snap, s).Follow(s, view(before, s).Member(tt.cursor), 3); got.Cursor != tt.want || got.Cursor < got.Offset || got.Cursor >= got.Offset+3 {
				t.Errorf("cursor %d from row %d, want %d", got.Cursor, got.Offset, tt.want)
			}
		})
	}
}

func TestMemoSelectsOnlyWhenItMust(t *testing.T) {
	var memo members.Memo
	snap, s := frame(few()), smallest()
	first := memo.View(snap, s, session.Week).Rows
	same := func() bool {
		rows := memo.View(snap, s, session.Week).Rows
		return len(rows) > 0 && &rows[0] == &first[0]
	}
	s.Cursor, s.Offset, s.Searching = 3, 2, true
	if !same() {
		t.Error("a movement of the cursor selects anew")
	}
	s.Search = "oil"
	if rows := memo.View(snap, s, session.Week).Rows; len(rows) != 2 {
		t.Errorf("%d rows after a search, want 2", len(rows))
	}
	s.Search = ""
	if memo.View(snap, s, session.Week); same() {
		t.Error("a view that was not the last is kept")
	}
	snap = frame(few()[:2])
	if rows := memo.View(snap, s, session.Week).Rows; len(rows) != 2 {
		t.Errorf("%d rows of another snapshot, want 2", len(rows))
	}
	for i := range snap.Members {
		snap.Members[i].Quartile[session.Day] = 0
	}
	if rows := memo.View(snap, s, session.Day).Rows; len(rows) != 0 {
		t.Errorf("%d rows over another window, want 0", len(rows))
	}
	if rows := memo.View(nil, s, session.Day).Rows; len(rows) != 0 {
		t.Errorf("%d rows without a snapshot", len(rows))
	}
}
