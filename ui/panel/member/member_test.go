package member_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/panel"
	"gyre/ui/panel/member"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func text(in panel.Input, w, h int) string { return ansi.Strip(member.Render(in, w, h).String()) }

// expect fails t unless a text has all of these.
func expect(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in\n%s", w, got)
		}
	}
}

func TestEverySizeIsExact(t *testing.T) {
	const widest, highest, step = 130, 50, 3
	looks := uitest.Looks()
	turns := [...]string{"dark", "ascii", "mono"}
	wide := company()
	wide.Symbol, wide.Name, wide.Sector = "日経平均", "東京証券取引所プライム市場指数 e\u0301\u0302👩‍👩‍👧", "不動産業"
	wide.Price, wide.Turnover, wide.Flags = 1<<62, 1<<62, 1<<16-1
	for w := range wide.Return {
		wide.Return[w], wide.Rank[w], wide.Cap[w], wide.Bridge[w].EV = -1<<62, 1<<30, 1<<62, 1<<62
		wide.Bridge[w].Cap, wide.Bridge[w].Debt.Dollars, wide.Bridge[w].Age = 1<<62, 1<<62, 1<<62
	}
	wide.Actions[0] = model.Action{Kind: model.ActionRename, Symbol: "東京証券取引所プライム市場指数"}
	cases := []panel.Input{
		input(frame(company())), input(frame(wide)), input(frame(&model.MemberPage{Member: model.Member{Key: key}})),
		input(frame(nil)), input(nil), input(uitest.Empty()),
	}
	for i, in := range cases {
		for w := 0; w <= widest; w++ {
			for h := 0; h <= highest; h++ {
				if (w+h+i)%step != 0 {
					continue
				}
				in.Theme, in.Bare = looks[turns[(w+2*h)%len(turns)]], w%2 == 0
				block := member.Render(in, w, h)
				uitest.Exact(t, block, w, h)
				if in.Theme.ASCII {
					uitest.ASCII(t, block)
				}
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for _, size := range [][2]int{{60, 17}, {80, 20}, {120, 36}, {200, 56}} {
		for look, th := range uitest.Looks() {
			t.Run(fmt.Sprintf("%s-%dx%d", look, size[0], size[1]), func(t *testing.T) {
				in := input(frame(company()))
				in.Theme, in.Bare = th, size[0] < 100
				golden.RequireEqual(t, member.Render(in, size[0], size[1]).String())
			})
		}
	}
}

func TestPageSaysEverything(t *testing.T) {
	got := text(input(frame(company())), 140, 40)
	expect(t, got,
		"HRBR · Harbour Therapeutics · Health care", "1W since 21 Mar",
		"12.34 · −0.45 · −3.52 % · at 10:11 · $2.9m traded", "halted",
		"return %", "−7.04", "rank by cap", "1,661", "size group", "Q4", "R2000 third", "high", "micro third", "mid", "cap $m", "318.2",
		"enterprise value, $m, at the close of 21 Mar",
		"D/EV 0.34 · filed 6 Nov 2024 · 134 days before",
		"trading is halted, the price frozen", "earlier prices adjusted, see the actions", "in the Russell 2000 and the micro caps",
		"10:12  halted T1", "09:58  tick rejected 0.41 (8.9 MAD)",
		"26 Mar  reverse split, 1 for 10", "17 May 2024  special dividend of $1.50",
	)
	for _, want := range []string{"cap 318.2", "+ debt 120.4", "+ preferred 0.0", "+ minority not given", "− cash 81.1", "= EV 357.5"} {
		found := false
		for _, line := range strings.Split(got, "\n") {
			found = found || strings.Contains(strings.Join(strings.Fields(line), " "), want)
		}
		if !found {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	wide := text(input(frame(company())), 200, 40) // what happened is one column
	if halt, rejected := strings.Index(wide, "halted T1"), strings.Index(wide, "tick rejected"); halt > rejected {
		t.Error("the newest incident is not the first")
	}
}

// What matters most stays where the room shrinks: the price, the returns, then
// the way to enterprise value, the chart, the place among the others, the news.
func TestWhatGoesWhenTheRoomShrinks(t *testing.T) {
	in := input(frame(company()))
	in.Bare = true
	tests := []struct {
		h           int
		want, never []string
	}{
		{1, []string{"HRBR · Harbour Therapeutics"}, []string{"12.34"}},
		{2, []string{"12.34 · −0.45"}, []string{"return"}},
		{4, []string{"return %", "−7.04"}, []string{"D/EV"}},
		{6, []string{"EV 357.5 = cap 318.2 + debt 120.4 − cash 81.1 $m", "D/EV 0.34"}, []string{"Fri 28"}},
		{12, []string{"Fri 28"}, []string{"rank"}},
		{14, []string{"rank by cap", "size group"}, []string{"trading is halted"}},
		{17, []string{"trading is halted", "in the Russell 2000"}, []string{"R2000 third"}},
		{21, []string{"R2000 third", "cap $m"}, []string{"+ debt  "}},
		{27, []string{"+ debt  ", "= EV"}, []string{"reverse split"}},
		{31, []string{"reverse split", "17 May 2024"}, nil},
	}
	for _, tt := range tests {
		t.Run(strconv.Itoa(tt.h), func(t *testing.T) {
			got := text(in, 70, tt.h)
			expect(t, got, tt.want...)
			for _, never := range tt.never {
				if strings.Contains(got, never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

func TestChartIsThatOfTheWindow(t *testing.T) {
	in := input(frame(company()))
	in.Snap.Page.Curves[session.Month] = nil
	expect(t, text(in, 120, 36), "Fri 28", "!")
	in.State.Window = session.Month
	expect(t, text(in, 120, 36), "no history for this window")
}

// A chart that is kept is the chart that is drawn.
func TestKeptChartsChangeNothing(t *testing.T) {
	in := input(frame(company()))
	want := member.Render(in, 120, 36).String()
	in.Charts = &chart.Memo{}
	for range 2 {
		if member.Render(in, 120, 36).String() != want {
			t.Fatal("the page with a memo differs")
		}
	}
}

func TestBridgeSaysWhatIsNotKnown(t *testing.T) {
	tests := map[string]struct {
		change      func(e *model.EVBridge)
		want, never []string
	}{
		"no filing": {
			func(e *model.EVBridge) { *e = model.EVBridge{Base: e.Base, Cap: e.Cap} },
			[]string{"EV n/a = cap 318.2 $m", "debt, preferred, minority, cash not given", "no filing known by 21 Mar", "D/EV n/a"},
			[]string{"0.0", "filed"},
		},
		"debt not given": {
			func(e *model.EVBridge) { e.Debt, e.DebtEV = model.Amount{}, num.Figure{} },
			[]string{"EV n/a = cap 318.2 − cash 81.1 $m", "debt, minority not given"},
			[]string{"357.5"},
		},
		"no cap": {
			func(e *model.EVBridge) { e.Cap, e.DebtEV = 0, num.Figure{} },
			[]string{"EV n/a = cap not known + debt 120.4"},
			[]string{"357.5"},
		},
		"all is given": {
			func(e *model.EVBridge) { e.Minority = model.Amount{Dollars: 4_000_000, Known: true} },
			[]string{"+ minority 4.0 − cash"},
			[]string{"not given"},
		},
		"EV below zero": {
			func(e *model.EVBridge) { e.EV, e.DebtEV = -89_300_000, num.Figure{} },
			[]string{"EV −89.3 = cap", "D/EV n/a · EV not above zero"},
			nil,
		},
		"an old filing": {
			func(e *model.EVBridge) { e.Age = 201 * 24 * time.Hour },
			[]string{"201 days before"},
			[]string{"too old"},
		},
		"a filing too old": {
			func(e *model.EVBridge) { e.Age, e.DebtEV = 1401*24*time.Hour, num.Figure{} },
			[]string{"1,401 days before, too old"},
			nil,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := company()
			tt.change(&p.Bridge[session.Week])
			in := input(frame(p))
			in.Bare = true
			got := text(in, 90, 6)
			expect(t, got, tt.want...)
			for _, never := range tt.never {
				if strings.Contains(strings.Join(strings.Split(got, "\n")[4:], "\n"), never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

// Each bar of the ladder begins where the one before it ends, and that of the
// value ends where the last one does.
func TestLadderIsOneWay(t *testing.T) {
	got := strings.Split(text(input(frame(company())), 140, 40), "\n")
	bar := func(row string) (from, to int) {
		t.Helper()
		for _, line := range got {
			runes := []rune(line)
			for i := range runes {
				if strings.HasPrefix(string(runes[i:]), row) {
					from, to = -1, -1
					for j := i; j < len(runes); j++ {
						if runes[j] == '━' {
							if from < 0 {
								from = j
							}
							to = j + 1
						}
					}
					return from, to
				}
			}
		}
		t.Fatalf("no row %q", row)
		return 0, 0
	}
	capFrom, capTo := bar("  cap  ")
	debtFrom, debtTo := bar("+ debt")
	cashFrom, cashTo := bar("− cash")
	evFrom, evTo := bar("= EV")
	if capFrom < 0 || debtFrom != capTo || cashTo != debtTo || evFrom != capFrom || evTo != cashFrom {
		t.Errorf("cap %d-%d, debt %d-%d, cash %d-%d, EV %d-%d", capFrom, capTo, debtFrom, debtTo, cashFrom, cashTo, evFrom, evTo)
	}
	if from, _ := bar("+ minority"); from >= 0 {
		t.Error("an amount that is not given has a bar")
	}
	share := float64(debtTo-debtFrom) / float64(debtTo-capFrom)
	if want := 120.4 / (318.2 + 120.4); share < want-0.04 || share > want+0.04 {
		t.Errorf("debt takes %.2f of the way, want %.2f", share, want)
	}
}

func TestLadderBelowZero(t *testing.T) {
	p := company()
	e := &p.Bridge[session.Week]
	e.Cash.Dollars, e.EV = 600_000_000, -161_400_000
	got := text(input(frame(p)), 140, 40)
	expect(t, got, "600.0", "−161.4", "EV not above zero")
}

func TestActionsInWords(t *testing.T) {
	tests := map[string]model.Action{
		"split, 3 for 2":             {Kind: model.ActionSplit, New: 3, Old: 2},
		"reverse split, 1 for 1,000": {Kind: model.ActionSplit, New: 1, Old: 1000},
		"merged for cash at $15.50":  {Kind: model.ActionCashMerger, Amount: 15_500_000},
		"delisted":                   {Kind: model.ActionDelisting},
		"special dividend of $2.00":  {Kind: model.ActionSpecial, Amount: 2_000_000},
		"spin-off worth $7.25":       {Kind: model.ActionSpinOff, Amount: 7_250_000},
		"renamed to HBR":             {Kind: model.ActionRename, Symbol: "HBR"},
		"corporate action":           {},
	}
	for want, a := range tests {
		t.Run(want, func(t *testing.T) {
			p := company()
			a.ExDate = session.NewDate(2025, time.March, 3)
			p.Actions = []model.Action{a}
			expect(t, text(input(frame(p)), 140, 40), "3 Mar  "+want)
		})
	}
}

func TestIncidentsOfAnEarlierSessionHaveTheirDay(t *testing.T) {
	p := company()
	p.Incidents = []model.Incident{{At: at(27, 11, 0), Kind: model.IncidentHalt, Detail: "M"}}
	expect(t, text(input(frame(p)), 140, 40), "27 Mar  halted M")
}

func TestUnknownIsNeverZero(t *testing.T) {
	p := &model.MemberPage{Member: model.Member{Key: key, Symbol: "NONE"}}
	for w := range p.Quartile {
		p.Quartile[w], p.Third[w] = model.NoBucket, [2]int8{model.NoBucket, model.NoBucket}
	}
	for _, w := range []int{70, 140} {
		got := text(input(frame(p)), w, 40)
		expect(t, got, "n/a", "not given", "not known")
		if strings.Contains(got, "0.0") {
			t.Errorf("what is not known looks like a number:\n%s", got)
		}
	}
}

func TestNeverThePageOfAnotherCompany(t *testing.T) {
	other := company()
	other.Key = "key:OTHER"
	stale := frame(other)
	stale.Query.Page = "key:OTHER"
	tests := map[string]struct {
		snap *model.Snapshot
		want string
	}{
		"no snapshot yet":              {nil, "waiting for the first prices"},
		"the page before is still on":  {stale, "waiting for the company"},
		"the company is not there":     {frame(nil), "this company is in none of the universes"},
		"a snapshot without any pages": {uitest.FinalFrame(), "waiting for the company"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := text(input(tt.snap), 80, 24)
			expect(t, got, tt.want)
			if strings.Contains(got, "HRBR") {
				t.Errorf("another company is shown:\n%s", got)
			}
		})
	}
}

func TestOldFilingsDrawTheEye(t *testing.T) {
	p := company()
	p.Bridge[session.Week].Age = 250 * 24 * time.Hour
	in := input(frame(p))
	if got := member.Render(in, 140, 40).String(); !strings.Contains(got, in.Theme.Paint(theme.Attention, "250 days before")) {
		t.Error("an old filing looks like any other")
	}
}

func BenchmarkRender(b *testing.B) {
	for _, size := range [][2]int{{60, 20}, {120, 40}, {200, 60}} {
		in := input(frame(company()))
		for name, memo := range map[string]*chart.Memo{"cold": nil, "warm": {}} {
			in.Charts = memo
			b.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(b *testing.B) {
				for b.Loop() {
					member.Render(in, size[0], size[1])
				}
			})
		}
	}
}

// TestTheTitleLeavesRoomForTheWindow: the sector goes before what the chart is
// about is cut.
func TestTheTitleLeavesRoomForTheWindow(t *testing.T) {
	for w, want := range map[int]string{
		120: "─ HRBR · Harbour Therapeutics · Health care ─",
		60:  "─ HRBR · Harbour Therapeutics ─",
	} {
		if top, _, _ := strings.Cut(text(input(frame(company())), w, 20), "\n"); !strings.Contains(top, want) || !strings.Contains(top, "─ 1W since 21 Mar ─") {
			t.Errorf("%d cells: %s", w, top)
		}
	}
}
