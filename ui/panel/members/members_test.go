package members_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// render is the panel of a state in exactly w by h cells.
func render(in panel.Input, w, h int) draw.Block {
	v := members.NewView(in.Snap, in.State.Members, in.State.Window)
	return members.Render(in, &v, w, h)
}

// lines are the panel without its colours.
func lines(in panel.Input, w, h int) []string {
	return strings.Split(ansi.Strip(render(in, w, h).String()), "\n")
}

func text(in panel.Input, w, h int) string { return strings.Join(lines(in, w, h), "\n") }

// odd are companies that try the table's manners.
func odd() []model.Member {
	all := many(40)
	all[0].Symbol, all[0].Name, all[0].Sector = "日経平均株価指数", "東京証券取引所プライム市場指数 e\u0301\u0302👩‍👩‍👧", "不動産業"
	all[1].Symbol, all[1].Name, all[1].Sector = "", "", ""
	for w := range session.WindowCount {
		all[2].Return[w], all[2].Cap[w], all[2].Rank[w] = 1<<62, 1<<62, 1<<30
		all[3].Return[w] = -1 << 62
	}
	all[2].Price, all[2].Turnover, all[2].Flags = 1<<62, 1<<62, 1<<16-1
	return all
}

func TestEverySizeIsExact(t *testing.T) {
	const widest, highest, step = 130, 50, 3
	looks := uitest.Looks()
	turns := [...]string{"dark", "ascii", "mono"}
	full, strange := frame(many(500)), frame(odd())
	var searched, scrolled, missed panel.MembersState
	scrolled.Group, scrolled.Cursor, scrolled.Sort = smallest().Group, 250, panel.ColumnName
	searched, missed = scrolled, scrolled
	searched.Search, searched.Searching, searched.Cursor = "the", true, 3
	missed.Search = strings.Repeat("市", 32)
	cases := []panel.Input{
		input(full, scrolled), input(full, searched), input(full, missed), input(strange, smallest()), input(strange, scrolled),
		input(nil, smallest()), input(uitest.Empty(), smallest()), input(uitest.LookAhead(), smallest()), input(uitest.Wide(), smallest()),
	}
	for i, in := range cases {
		v := members.NewView(in.Snap, in.State.Members, in.State.Window)
		for w := 0; w <= widest; w++ {
			for h := 0; h <= highest; h++ {
				if (w+h+i)%step != 0 {
					continue
				}
				in.Theme, in.Bare = looks[turns[(w+2*h)%len(turns)]], w%2 == 0
				block := members.Render(in, &v, w, h)
				uitest.Exact(t, block, w, h)
				if in.Theme.ASCII {
					uitest.ASCII(t, block)
				}
			}
		}
	}
}

func TestGolden(t *testing.T) {
	snap := frame(many(490))
	s := smallest()
	s.Cursor = 4
	for _, size := range [][2]int{{60, 17}, {80, 20}, {120, 36}, {200, 56}} {
		for look, th := range uitest.Looks() {
			t.Run(fmt.Sprintf("%s-%dx%d", look, size[0], size[1]), func(t *testing.T) {
				in := input(snap, s)
				in.Theme, in.Bare = th, size[0] < 100
				golden.RequireEqual(t, render(in, size[0], size[1]).String())
			})
		}
	}
	s.Search, s.Searching, s.Cursor = "works", true, 0
	t.Run("search", func(t *testing.T) {
		golden.RequireEqual(t, render(input(snap, s), 120, 16).String())
	})
}

func TestRowsSayWhatIsKnown(t *testing.T) {
	got := text(input(frame(few()), smallest()), 130, 20)
	for _, want := range []string{
		"Members · Russell 2000 · Q4 smallest", "1W since 21 Mar", "mean −0.75 % · 4 averaged · 1 left out", "1–5 of 5",
		// cap 80m, 10 % of 4 names is 2.5 pp
		"1,900  OMEGA    Omega Oil & Gas     EN            80    4.50", "+10.00", "+2.500", "0.61",
		"−5.000", "12.25",
		// no rank, no cap, a price that is not nothing
		"n/a  DELTA ", "<0.01",
		"H halted", "X no price", "~ stale", "A adjusted", "D no debt data", "F fin", "M also micro",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, line := range strings.Split(got, "\n") {
		if strings.Contains(line, "BETA") && strings.Contains(line, "Health") && strings.Contains(line, " 0.00") {
			t.Errorf("a company without a price has a zero: %s", line)
		}
	}
}

func TestNumbersStandOnTheirPoint(t *testing.T) {
	got := lines(input(frame(many(200)), smallest()), 120, 36)
	points := map[int]int{}
	rows := 0
	for _, line := range got {
		if !strings.Contains(line, "mean") && strings.Count(line, ".") == 6 {
			rows++
			for i, r := range []rune(line) {
				if r == '.' {
					points[i]++
				}
			}
		}
	}
	if rows < 20 || len(points) != 6 {
		t.Fatalf("in %d rows the points stand in %d places:\n%s", rows, len(points), strings.Join(got, "\n"))
	}
}

// The columns stay where they are while one scrolls through the rows.
func TestScrollingMovesNothingSideways(t *testing.T) {
	all := many(300)
	all[299].Price, all[299].Turnover = 123_456_000_000, 9_876_543_000_000
	snap, s := frame(all), smallest()
	s.Sort = panel.ColumnRank
	head := lines(input(snap, s), 120, 20)[2]
	for _, cursor := range []int{10, 150, 299} {
		s.Cursor = cursor
		if got := lines(input(snap, s), 120, 20)[2]; got != head {
			t.Errorf("at row %d the heads are\n%s, not\n%s", cursor, got, head)
		}
	}
}

func TestChosenRowIsMarkedInEveryLook(t *testing.T) {
	snap, s := frame(few()), smallest()
	s.Cursor = 1
	marks := map[string]string{"dark": "▶", "mono": "▶", "ascii": ">"}
	for look, th := range uitest.Looks() {
		in := input(snap, s)
		in.Theme = th
		block := render(in, 100, 14)
		for i, line := range block {
			chosen := strings.Contains(line, th.Prefix(theme.Selected)) && th.Prefix(theme.Selected) != ""
			if marked := strings.Contains(ansi.Strip(line), marks[look]+"   n/a  DELTA"); marked != chosen {
				t.Errorf("%s: line %d is marked: %v, a bar: %v", look, i, marked, chosen)
			} else if chosen {
				return
			}
		}
		t.Errorf("%s: no chosen row in\n%s", look, ansi.Strip(block.String()))
	}
}

func TestHeadsShowTheOrder(t *testing.T) {
	s := smallest()
	in := input(frame(few()), s)
	check := func(want string) {
		t.Helper()
		in.State.Members = s
		if got := lines(in, 120, 20)[2]; !strings.Contains(got, want) || strings.Count(got, "▼")+strings.Count(got, "▲") != 1 {
			t.Errorf("no %q alone in %s", want, got)
		}
	}
	check("contrib▼")
	s = s.Reverse()
	check("contrib▲")
	s = s.NextSort()
	check("D/EV▼")
	s.Sort, s.Ascending = panel.ColumnRank, true
	check("rank▲")
	s.Sort, s.Ascending = panel.ColumnDay, false
	check("1D▼")
	s.Sort = panel.ColumnWindow
	check("1W▼")
	in.State.Window = session.Day
	check("1D▼")
	s.Sort = panel.ColumnDay
	check("1D▼")
}

// Nor do they move while a search is typed, which keeps the contributors too.
func TestSearchMovesNothingSideways(t *testing.T) {
	snap, s := frame(many(300)), smallest()
	all := lines(input(snap, s), 120, 20)
	for _, search := range []string{"the", "works", "zzz"} {
		s.Search = search
		got := lines(input(snap, s), 120, 20)
		if got[2] != all[2] || got[16] != all[16] || !strings.Contains(got[16], "best 5   CR095 ") {
			t.Errorf("with %q searched for:\n%s\n%s\nnot\n%s\n%s", search, got[2], got[16], all[2], all[16])
		}
	}
}

// The column by which the table is sorted has room where any has.
func TestSortedColumnStays(t *testing.T) {
	heads := []string{"contrib", "D/EV", "$vol m", "flags", "rank", "symbol", "name", "sector", "cap $m", "$last", "1D", "1W"}
	s := smallest()
	for range panel.MembersColumnCount {
		if got := lines(input(frame(many(50)), s), 60, 20)[2]; !strings.Contains(got, heads[s.Sort]) {
			t.Errorf("sorted by %s: %s", heads[s.Sort], got)
		}
		s = s.NextSort()
	}
}

func TestColumnsByWidth(t *testing.T) {
	in := input(frame(many(50)), smallest())
	in.Bare = true
	for w, want := range map[int]string{
		40:  "symbol 1W contrib▼ flags",
		60:  "symbol cap $m 1D 1W contrib▼ D/EV flags",
		80:  "rank symbol name cap $m 1D 1W contrib▼ D/EV flags",
		120: "rank symbol name sector cap $m $last 1D 1W contrib▼ D/EV $vol m flags",
		200: "rank symbol name sector cap $m $last at 1D 1W MTD 1M 3M YTD contrib▼ D/EV $vol m flags",
	} {
		if got := strings.Join(strings.Fields(lines(in, w, 20)[1]), " "); got != want {
			t.Errorf("%d cells: %s, want %s", w, got, want)
		}
	}
}

func TestFlagsAreWordsWhereThereIsRoom(t *testing.T) {
	s := smallest()
	s.Sort = panel.ColumnFlags
	if got := text(input(frame(few()), s), 200, 20); !strings.Contains(got, "stale, adjusted, micro") || strings.Contains(got, "H halted") {
		t.Errorf("no words, or a legend of letters, in\n%s", got)
	}
	if got := text(input(frame(few()), s), 110, 20); !strings.Contains(got, "~AM") || !strings.Contains(got, "H halted") {
		t.Errorf("no letters, or no legend of them, in\n%s", got)
	}
	s.Group = model.GroupRef{Axis: model.AxisLeverage, Universe: "RMICRO", Bucket: 2}
	if got := text(input(frame(few()), s), 110, 20); strings.Contains(got, "micro") || strings.Contains(got, "~AM") {
		t.Errorf("micro caps are said to be micro caps:\n%s", got)
	}
}

func TestSearchIsShownAndItsFindsMarked(t *testing.T) {
	s := smallest()
	s.Search, s.Searching, s.Cursor = "oil", true, 1
	in := input(frame(few()), s)
	th := in.Theme
	got := render(in, 110, 12)
	if all := ansi.Strip(got.String()); !strings.Contains(all, "/oil_  2 of 5") {
		t.Errorf("no search in\n%s", all)
	}
	if mark := th.Paint(theme.AccentStrong, "Oil"); strings.Count(got.String(), mark) != 1 {
		t.Errorf("the find in the other row is not marked: %q", got[3])
	}
	if mark := th.Paint(theme.Changed, "Oil"); strings.Count(got.String(), mark) != 1 {
		t.Errorf("the find in the chosen row is not marked: %q", got[4])
	}
	in.State.Members.Searching = false
	if all := text(in, 110, 12); !strings.Contains(all, "/oil  2 of 5") {
		t.Errorf("a search that has been typed is gone from\n%s", all)
	}
	in.State.Members.Search = "energy"
	if mark := th.Paint(theme.AccentStrong, "EN"); !strings.Contains(render(in, 110, 12).String(), mark) {
		t.Error("a sector that is found by its full name is not marked")
	}
}

func TestWhyThereAreNoRows(t *testing.T) {
	s := smallest()
	found := s
	found.Search = "zzz"
	tests := map[string]struct {
		in   panel.Input
		want string
	}{
		"no snapshot yet":     {input(nil, s), "waiting for the first prices"},
		"members not come":    {input(frame(nil), s), "waiting for the members"},
		"an empty group":      {input(frame([]model.Member{}), s), "no names in this group"},
		"nothing of the kind": {input(frame(few()), found), "no symbol, name or sector has “zzz” in it"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := text(tt.in, 80, 12); !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
		})
	}
}

func TestContributorsWithTheMeanWithoutThem(t *testing.T) {
	got := text(input(frame(few()), smallest()), 120, 14)
	// Of 4 names 2 are at either end: (−20 + 3.5) / 2 and (10 + 3.5) / 2.
	for _, want := range []string{"best 2 ", "OMEGA +2.500  DELTA +0.875", "mean without them −8.25 %", "worst 2", "ALFA  −5.000  GAMMA +0.875", "mean without them +6.75 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := text(input(frame(few()), smallest()), 45, 14); !strings.Contains(got, "without −8.25 %") {
		t.Errorf("a narrow panel loses the mean without them:\n%s", got)
	}
	if got := text(input(frame(many(490)), smallest()), 120, 14); !strings.Contains(got, "without the 10 below") {
		t.Errorf("no mean without the extremes in\n%s", got)
	}
}

func TestLookAheadIsBadged(t *testing.T) {
	snap := uitest.LookAhead()
	snap.Members = few()
	in := input(snap, panel.OpenMembers(model.GroupRef{Axis: model.AxisSize, Bucket: model.AllBuckets}))
	if got := render(in, 100, 12)[0]; !strings.Contains(got, in.Theme.Paint(theme.Attention, "LOOK-AHEAD")) {
		t.Errorf("no badge in %q", got)
	}
}

// A view is made of a snapshot; before that there is nothing to draw.
func TestNoViewYet(t *testing.T) {
	in := input(frame(few()), smallest())
	if got := ansi.Strip(members.Render(in, &members.View{}, 60, 12).String()); !strings.Contains(got, "waiting for the first prices") {
		t.Errorf("without a view:\n%s", got)
	}
}

// Height says how many rows are drawn: the last one that it promises is there,
// the one after it is not.
func TestHeightIsWhatIsDrawn(t *testing.T) {
	all := many(80)
	for i := range all {
		all[i].Symbol = fmt.Sprintf("ROW%02d", i)
	}
	s := smallest()
	s.Sort, s.Ascending = panel.ColumnSymbol, true
	for _, bare := range []bool{true, false} {
		in := input(frame(all), s)
		in.Bare = bare
		for h := range 60 {
			rows := 0
			for _, line := range lines(in, 90, h) {
				fields := strings.Fields(strings.Trim(line, "│ ▶"))
				if len(fields) > 8 && strings.Contains(line, "ROW") && fields[0] != "best" && fields[0] != "worst" {
					rows++
				}
			}
			if want := members.Height(in, 90, h); rows != want {
				t.Errorf("bare %v, %d lines: %d rows, want %d", bare, h, rows, want)
			}
		}
	}
}
