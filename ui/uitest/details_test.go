package uitest_test

import (
	"math"
	"testing"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/uitest"
)

func TestMembersAreRankedOnceAndInTheOrderOfTheirIDs(t *testing.T) {
	for _, n := range []int{0, 1, 7, 60, 3000} {
		members := uitest.ManyMembers(n)
		if len(members) != n {
			t.Fatalf("%d members, want %d", len(members), n)
		}
		ranks := map[int32]bool{}
		var quartiles [4]int
		for i := range members {
			m := &members[i]
			if m.ID != model.ID(i) {
				t.Fatalf("of %d, member %d has the id %d", n, i, m.ID)
			}
			rank := m.Rank[session.Week]
			if rank == 0 {
				continue
			}
			if ranks[rank] || int(rank) > n {
				t.Errorf("of %d, rank %d is taken twice or too high", n, rank)
			}
			ranks[rank] = true
			quartiles[m.Quartile[session.Week]]++
		}
		if low, high := min(quartiles[0], quartiles[3]), max(quartiles[0], quartiles[3]); high-low > 1 {
			t.Errorf("of %d, quartiles of %v", n, quartiles)
		}
	}
}

func TestMembersFollowTheirQuartiles(t *testing.T) {
	members := uitest.ManyMembers(3000)
	for q, want := range []float64{-3.19, -14.50, -17.41, -19.08} {
		c := model.ContributorsOf(members, model.GroupRef{Bucket: int8(q)}, session.Quarter, 1) //nolint:gosec // below 4
		if got := c.Mean.Float(); math.Abs(got-want) > 3 {
			t.Errorf("Q%d has a mean of %.2f, want about %.2f", q+1, got, want)
		}
	}
	const needed = model.MemberStale | model.MemberInvalid | model.MemberHalted | model.MemberEnded | model.MemberAdjusted |
		model.MemberFinancial | model.MemberNoDebtData | model.MemberNegativeEV | model.MemberOldFiling
	var seen model.MemberFlags
	for i := range members {
		seen |= members[i].Flags
		if m := &members[i]; m.Flags&model.MemberInvalid != 0 && (m.Price != 0 || m.HasReturn[session.Week]) {
			t.Errorf("%s has no price and a return", m.Symbol)
		}
	}
	if seen != needed {
		t.Errorf("the flags %b are never set", needed&^seen)
	}
}

func TestTheMapEndsAsTheWeekDid(t *testing.T) {
	snap := uitest.FinalFrame()
	points := snap.Maps[0].Trails[0].Points
	want := [][2]string{{"101.21", "98.78"}, {"99.91", "97.65"}, {"99.95", "97.87"}, {"99.72", "98.53"}, {"99.36", "99.09"}}
	for i, p := range points[len(points)-len(want):] {
		if p.Trend.String() != want[i][0] || p.Momentum.String() != want[i][1] {
			t.Errorf("%v: %v/%v, want %v", p.Date, p.Trend, p.Momentum, want[i])
		}
	}
	if last := points[len(points)-1].Date; last != snap.Clock.Session.Date {
		t.Errorf("the way ends on %v", last)
	}
}

func TestHistoryIsBeforeToday(t *testing.T) {
	snap := uitest.FinalFrame()
	for w, h := range snap.History.Size {
		if len(h.On) != 65 || len(h.Spread) != 65 || h.On[64] >= snap.Clock.Session.Date || h.Sigma <= 0 {
			t.Errorf("%v: %d sessions up to %v, sigma %v", session.Window(w), len(h.On), h.On[len(h.On)-1], h.Sigma)
		}
	}
	if got := snap.Regimes[len(snap.Regimes)-1]; got.Week != snap.Clock.Session.Date || got.Name() != "LARGE+LEVERED" {
		t.Errorf("the running week is %v %s", got.Week, got.Name())
	}
	if in := snap.Intensity[session.Week]; in.Total != 53 {
		t.Errorf("the week's intensity is %d", in.Total)
	}
}

func TestPlainHasNoDetails(t *testing.T) {
	plain, whole := uitest.Plain(), uitest.FinalFrame()
	if plain.Members != nil || plain.Maps != nil || plain.History != nil || plain.Page != nil || plain.Regimes != nil {
		t.Error("details without having been asked for")
	}
	if whole.Page.Symbol == "" || len(whole.Page.Actions) == 0 || whole.Page.Curves[session.Week] == nil {
		t.Error("the final frame has no page")
	}
}
