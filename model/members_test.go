package model

import (
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// detailed is the test world at the close of Friday 28 March 2025 with a detail.
func detailed(t *testing.T, q Query) (*Reference, *Snapshot) {
	t.Helper()
	ref := fridayWorld().reference(t)
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 16:00:00"))
	return ref, m.Snapshot(at(t, "2025-03-28 16:00:00"), q)
}

func TestMembersOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	_, plain := detailed(t, Query{})
	if plain.Members != nil || plain.Page != nil || plain.Maps != nil || plain.History != nil || plain.Regimes != nil {
		t.Error("a detail that nobody asked for")
	}
	_, asked := detailed(t, Query{Detail: DetailMembers})
	if len(asked.Members) != 120 {
		t.Fatalf("%d rows, want one for each of 80 names of the Russell 2000 and 40 micro caps", len(asked.Members))
	}
	asked.Members, asked.Query = nil, Query{}
	if encoded(t, asked) != encoded(t, plain) {
		t.Error("asking for the members changes the rest of the snapshot")
	}
}

func TestMemberRowsAddUpToTheGroups(t *testing.T) {
	t.Parallel()
	for name, q := range map[string]Query{
		"ranked at the base": {Detail: DetailMembers},
		"ranked now":         {Detail: DetailMembers, Rank: RankNow},
		"with financials":    {Detail: DetailMembers, Financials: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, snap := detailed(t, q)
			check := func(g GroupRef, w session.Window, group Group) {
				c := ContributorsOf(snap.Members, g, w, 3)
				if c.N != group.N || c.Mean != group.Return[Mean] {
					t.Errorf("%+v %s: %d rows with a mean of %s, the group has %d and %s", g, w, c.N, c.Mean, group.N, group.Return[Mean])
				}
			}
			for _, w := range session.Windows() {
				for b, bucket := range snap.Size.Buckets {
					check(GroupRef{Axis: AxisSize, Universe: "RUT", Bucket: int8(b)}, w, bucket.Groups[w])
				}
				for _, universe := range snap.Leverage {
					for b, bucket := range universe.Buckets {
						check(GroupRef{Axis: AxisLeverage, Universe: universe.Universe, Bucket: int8(b)}, w, bucket.Groups[w])
					}
				}
			}
		})
	}
}

func TestMemberFlags(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	ref.Facts[3].Debt = Amount{}
	ref.Facts[4].Cash = Amount{Dollars: 900_000_000_000, Known: true}
	ref.Facts[6].KnownAt = at(t, "2024-08-01 09:00:00")
	ref.Actions = []Action{{ID: 7, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}}
	m := start(ref)
	open := at(t, "2025-03-28 09:30:00")
	heartbeat(m, open)
	for i := range ref.Instruments {
		if i != 9 {
			bar(m, ID(i), open, closeOf(t, ref, ID(i), "2025-03-27"))
		}
	}
	m.Apply(&Update{Kind: KindHalt, ID: 8, At: open, Text: "T1"})
	snap := m.Snapshot(at(t, "2025-03-28 09:50:00"), Query{Detail: DetailMembers})
	for id, want := range map[ID]MemberFlags{
		3: MemberNoDebtData, 4: MemberNegativeEV, 6: MemberOldFiling, 7: MemberAdjusted, 8: MemberHalted, 9: MemberInvalid, 10: MemberStale,
	} {
		if got := snap.Members[id].Flags; got&want == 0 {
			t.Errorf("name %d has flags %b, which lack %b", id, got, want)
		}
	}
	if row := snap.Members[9]; row.HasReturn[session.Week] || row.Price != 0 {
		t.Errorf("a return without a price: %+v", row)
	}
	if row := snap.Members[3]; row.DebtEV[session.Week].Known() {
		t.Errorf("debt/EV of a company whose debt is not known: %s", row.DebtEV[session.Week])
	}
}

func TestMemberPage(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	ref.Actions = []Action{{ID: 5, ExDate: date(t, "2025-03-26"), Kind: ActionSplit, New: 2, Old: 1}}
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 16:00:00"))
	snap := m.Snapshot(at(t, "2025-03-28 16:00:00"), Query{Page: "K00005"})
	p := snap.Page
	if p == nil || p.ID != 5 || len(p.Actions) != 1 {
		t.Fatalf("the page: %+v", p)
	}
	week := p.Curves[session.Week].Lines[0]
	if want := closeOf(t, ref, 5, "2025-03-21").Float() / 2; week[0] != want {
		t.Errorf("the curve starts at %v, want the base close halved by the split, %v", week[0], want)
	}
	if want := closeOf(t, ref, 5, "2025-03-28").Float(); week[len(week)-1] != want {
		t.Errorf("the curve ends at %v, want the close, %v", week[len(week)-1], want)
	}
	bridge := p.Bridge[session.Week]
	if bridge.EV != bridge.Cap+bridge.Debt.Dollars-bridge.Cash.Dollars || bridge.Base != date(t, "2025-03-21") {
		t.Errorf("the bridge does not lead to the other side: %+v", bridge)
	}
	if m.Snapshot(at(t, "2025-03-28 16:00:00"), Query{Page: "nobody"}).Page != nil {
		t.Error("a page of nobody")
	}
}

func TestBridge(t *testing.T) {
	t.Parallel()
	base, ok := session.New().On(date(t, "2025-03-21"))
	if !ok {
		t.Fatal("no session")
	}
	dollars := func(v num.Dollars) Amount { return Amount{Dollars: v, Known: true} }
	filed := at(t, "2025-03-03 17:00:00")
	cases := map[string]struct {
		facts Facts
		cap   num.Dollars
		ev    num.Dollars
		ratio string
		flags MemberFlags
	}{
		"all parts":       {Facts{KnownAt: filed, Debt: dollars(300), Preferred: dollars(20), Minority: dollars(10), Cash: dollars(30)}, 900, 1200, "0.25", 0},
		"no debt":         {Facts{KnownAt: filed, Debt: dollars(0), Cash: dollars(30)}, 900, 870, "0.00", 0},
		"debt not known":  {Facts{KnownAt: filed, Cash: dollars(30)}, 900, 870, "", MemberNoDebtData},
		"cash exceeds it": {Facts{KnownAt: filed, Debt: dollars(10), Cash: dollars(1000)}, 900, -90, "", MemberNegativeEV},
		"no cap":          {Facts{KnownAt: filed, Debt: dollars(10)}, 0, 0, "", 0},
		"too old":         {Facts{KnownAt: at(t, "2024-01-02 17:00:00"), Debt: dollars(300)}, 900, 1200, "", MemberNoDebtData},
		"old":             {Facts{KnownAt: at(t, "2024-07-02 17:00:00"), Debt: dollars(300)}, 900, 1200, "0.25", MemberOldFiling},
		"known later":     {Facts{KnownAt: base.Closes.Add(1), Debt: dollars(300)}, 900, 0, "", MemberNoDebtData},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBook(&Reference{Instruments: []Instrument{{Key: "A"}}, Facts: []Facts{c.facts}})
			bridge := b.bridge(0, base, c.cap)
			if bridge.EV != c.ev || bridge.DebtEV.String() != c.ratio || bridge.flags() != c.flags {
				t.Errorf("EV %d debt/EV %q flags %b, want %d %q %b", bridge.EV, bridge.DebtEV, bridge.flags(), c.ev, c.ratio, c.flags)
			}
		})
	}
}
