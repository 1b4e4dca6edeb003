package members_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
)

// symbols are the companies of a selection.
func symbols(all []model.Member, rows []int32) string {
	var names []string
	for _, place := range rows {
		names = append(names, all[place].Symbol)
	}
	return strings.Join(names, " ")
}

// Companies without a value come last in both directions; ties go by symbol in
// both directions too.
func TestOrderOfEachColumn(t *testing.T) {
	tests := map[string]struct {
		by                    panel.MembersColumn
		ascending, descending string
	}{
		"contribution": {panel.ColumnContribution, "ALFA DELTA GAMMA OMEGA BETA", "OMEGA DELTA GAMMA ALFA BETA"},
		"day":          {panel.ColumnDay, "ALFA DELTA GAMMA OMEGA BETA", "OMEGA DELTA GAMMA ALFA BETA"},
		"window":       {panel.ColumnWindow, "ALFA DELTA GAMMA OMEGA BETA", "OMEGA DELTA GAMMA ALFA BETA"},
		"debt/EV":      {panel.ColumnDebtEV, "ALFA BETA OMEGA DELTA GAMMA", "OMEGA BETA ALFA DELTA GAMMA"},
		"turnover":     {panel.ColumnTurnover, "DELTA GAMMA OMEGA ALFA BETA", "ALFA OMEGA GAMMA DELTA BETA"},
		"rank":         {panel.ColumnRank, "BETA GAMMA ALFA OMEGA DELTA", "OMEGA ALFA GAMMA BETA DELTA"},
		"symbol":       {panel.ColumnSymbol, "ALFA BETA DELTA GAMMA OMEGA", "OMEGA GAMMA DELTA BETA ALFA"},
		"name":         {panel.ColumnName, "ALFA BETA DELTA GAMMA OMEGA", "OMEGA GAMMA DELTA BETA ALFA"},
		"sector":       {panel.ColumnSector, "DELTA OMEGA GAMMA ALFA BETA", "ALFA BETA GAMMA DELTA OMEGA"},
		"cap":          {panel.ColumnCap, "OMEGA ALFA GAMMA BETA DELTA", "BETA GAMMA ALFA OMEGA DELTA"},
		"price":        {panel.ColumnPrice, "DELTA OMEGA ALFA GAMMA BETA", "GAMMA ALFA OMEGA DELTA BETA"},
		"flags":        {panel.ColumnFlags, "OMEGA GAMMA DELTA BETA ALFA", "ALFA BETA DELTA GAMMA OMEGA"},
	}
	if len(tests) != panel.MembersColumnCount {
		t.Fatalf("%d of %d columns are tested", len(tests), panel.MembersColumnCount)
	}
	all := few()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := smallest()
			s.Sort, s.Ascending = tt.by, true
			if got := symbols(all, members.Select(all, s, session.Week)); got != tt.ascending {
				t.Errorf("ascending %s, want %s", got, tt.ascending)
			}
			s.Ascending = false
			if got := symbols(all, members.Select(all, s, session.Week)); got != tt.descending {
				t.Errorf("descending %s, want %s", got, tt.descending)
			}
		})
	}
}

// However the companies come, and however equal they are, there is one order.
func TestOrderIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := many(rapid.IntRange(0, 60).Draw(t, "n"))
		for i := range all {
			if rapid.Bool().Draw(t, "same") {
				all[i].Return, all[i].Symbol = all[0].Return, all[0].Symbol
				all[i].Cap, all[i].Turnover, all[i].Rank = all[0].Cap, all[0].Turnover, all[0].Rank
			}
		}
		s := smallest()
		s.Sort = panel.MembersColumn(rapid.IntRange(0, panel.MembersColumnCount-1).Draw(t, "sort"))
		s.Ascending = rapid.Bool().Draw(t, "ascending")
		got := members.Select(all, s, session.Week)
		if places := slices.Sorted(slices.Values(got)); len(places) != len(all) || len(slices.Compact(places)) != len(all) {
			t.Fatalf("%d of %d companies", len(places), len(all))
		}
		// A stable order of shuffled companies that are told apart by their place.
		shuffled := slices.Clone(all)
		rand.New(rand.NewPCG(1, uint64(len(all)))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for row, place := range members.Select(shuffled, s, session.Week) {
			if a, b := all[got[row]], shuffled[place]; a.Symbol != b.Symbol || a.Return != b.Return || a.Cap != b.Cap {
				t.Fatalf("row %d is %s or %s", row, a.Symbol, b.Symbol)
			}
		}
	})
}

func TestSearchFinds(t *testing.T) {
	tests := map[string]string{
		"":         "OMEGA DELTA GAMMA ALFA BETA",
		"oil":      "OMEGA DELTA",
		"OIL":      "OMEGA DELTA",
		"amm":      "GAMMA",
		"hc":       "ALFA BETA",
		"health":   "ALFA BETA", // the sector's full name, and Beta's own
		"& g":      "OMEGA",
		"bio tech": "",
		"a":        "OMEGA DELTA GAMMA ALFA BETA",
		"omegas":   "",
		"日本":       "",
	}
	all := few()
	for search, want := range tests {
		t.Run(search, func(t *testing.T) {
			s := smallest()
			s.Search = search
			if got := symbols(all, members.Select(all, s, session.Week)); got != want {
				t.Errorf("%q finds %q, want %q", search, got, want)
			}
		})
	}
}

func TestSearchKnowsCapitalsOfAllLetters(t *testing.T) {
	all := few()
	all[0].Name, all[1].Name = "ÅNGSTRÖM AG", "東京電力"
	for search, want := range map[string]string{"ångström": "OMEGA", "STRÖM": "OMEGA", "京電": "ALFA"} {
		s := smallest()
		s.Search = search
		if got := symbols(all, members.Select(all, s, session.Week)); got != want {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

// The search agrees with the plain way to say it.
func TestSearchAgreesWithLowerCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := few()[:1]
		all[0].Symbol = rapid.StringMatching(`[A-Za-z]{0,6}`).Draw(t, "symbol")
		all[0].Name = rapid.StringMatching(`[abABäÄ ]{0,12}`).Draw(t, "name")
		all[0].Sector = "zz"
		s := smallest()
		s.Search = rapid.StringMatching(`[abAäÄ ]{0,3}`).Draw(t, "search")
		fold := strings.ToLower
		want := strings.Contains(fold(all[0].Symbol), fold(s.Search)) || strings.Contains(fold(all[0].Name), fold(s.Search)) ||
			strings.Contains("zz", fold(s.Search))
		if got := len(members.Select(all, s, session.Week)) == 1; got != want {
			t.Fatalf("%q in %q or %q: %v", s.Search, all[0].Symbol, all[0].Name, got)
		}
	})
}

func TestSelectKeepsToTheGroup(t *testing.T) {
	all := few()
	all[0].Quartile[session.Week], all[1].Quartile[session.Week] = 0, model.NoBucket
	for name, tt := range map[string]struct {
		group model.GroupRef
		want  string
	}{
		"smallest":       {model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 3}, "BETA DELTA GAMMA"},
		"largest":        {model.GroupRef{Axis: model.AxisSize, Universe: "RUT"}, "OMEGA"},
		"all ranked":     {model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: model.AllBuckets}, "BETA DELTA GAMMA OMEGA"},
		"all micro caps": {model.GroupRef{Axis: model.AxisSize, Universe: "RMICRO", Bucket: model.AllBuckets}, "DELTA OMEGA"},
		"low debt":       {model.GroupRef{Axis: model.AxisLeverage, Universe: "RUT"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := panel.MembersState{Group: tt.group, Sort: panel.ColumnSymbol, Ascending: true}
			if got := symbols(all, members.Select(all, s, session.Week)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
