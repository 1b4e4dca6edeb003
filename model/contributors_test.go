package model

import (
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// quarter is members of one quartile with given returns in percent.
func quarter(q int8, sector string, percents ...num.Return) []Member {
	var members []Member
	for i, r := range percents {
		m := Member{Symbol: sector + string(rune('a'+i)), Sector: sector}
		m.Quartile[session.Week], m.HasReturn[session.Week] = q, true
		m.Return[session.Week] = r * num.ReturnScale / 100
		members = append(members, m)
	}
	return members
}

func TestContributors(t *testing.T) {
	t.Parallel()
	members := append(quarter(3, "HC", 40, -10, 2, 1, -3, 0), quarter(0, "IT", 99)...)
	missing := quarter(3, "HC", 1000)
	missing[0].HasReturn[session.Week] = false
	members = append(members, missing...)
	c := ContributorsOf(members, GroupRef{Axis: AxisSize, Bucket: 3}, session.Week, 1)
	if c.N != 6 || c.Mean.String() != "5.00" {
		t.Fatalf("%d names with a mean of %s, want 6 and 5.00", c.N, c.Mean)
	}
	if c.Best[0].Member.Symbol != "HCa" || c.Best[0].Points.String() != "6.667" {
		t.Errorf("best %s %s, want the name with 40 %% and 6.667 pp", c.Best[0].Member.Symbol, c.Best[0].Points)
	}
	if c.Worst[0].Member.Symbol != "HCb" || c.Worst[0].Points.String() != "-1.667" {
		t.Errorf("worst %s %s", c.Worst[0].Member.Symbol, c.Worst[0].Points)
	}
	if c.WithoutBest.String() != "-2.00" || c.WithoutWorst.String() != "8.00" || c.WithoutEither.String() != "0.00" {
		t.Errorf("without: %s %s %s, want -2.00 8.00 0.00", c.WithoutBest, c.WithoutWorst, c.WithoutEither)
	}
}

func TestContributorsOfFewNames(t *testing.T) {
	t.Parallel()
	group := GroupRef{Axis: AxisSize, Bucket: 0}
	for names, want := range map[int]int{0: 0, 1: 0, 2: 1, 3: 1, 10: 5} {
		c := ContributorsOf(quarter(0, "IT", make([]num.Return, names)...), group, session.Week, 5)
		if len(c.Best) != want || len(c.Worst) != want {
			t.Errorf("%d names: %d best and %d worst, want %d: nobody is both", names, len(c.Best), len(c.Worst), want)
		}
	}
	if c := ContributorsOf(nil, group, session.Week, 5); c.Mean.Known() || c.WithoutEither.Known() {
		t.Errorf("a mean of nobody: %+v", c)
	}
}

func TestDistribution(t *testing.T) {
	t.Parallel()
	members := quarter(1, "FIN", -40, -15, -14, -5, -1, 0, 4, 5, 10, 80)
	d := DistributionOf(members, GroupRef{Axis: AxisSize, Bucket: 1}, session.Week)
	want := []int{1, 2, 0, 2, 2, 1, 2} // a bound belongs to the bin above it
	if d.N != 10 {
		t.Fatalf("%d names, want 10", d.N)
	}
	for bin, n := range want {
		if d.Names[bin] != n {
			t.Errorf("bin %d has %d names, want %d: %v", bin, d.Names[bin], n, d.Names)
		}
	}
	if d.Share[0].String() != "10" {
		t.Errorf("a share of %s %%, want 10", d.Share[0])
	}
}

func TestSectorsBySize(t *testing.T) {
	t.Parallel()
	members := append(quarter(0, "HC", 1, 3), quarter(3, "HC", -6)...)
	members = append(members, quarter(2, "IT", 5)...)
	members = append(members, quarter(NoBucket, "IT", 50)...)
	rows := SectorsBySize(members, session.Week)
	if len(rows) != 2 || rows[0].Sector != "HC" || rows[0].N != 3 || rows[1].N != 1 {
		t.Fatalf("%+v", rows)
	}
	if rows[0].Means[0].String() != "2.00" || rows[0].Means[3].String() != "-6.00" || rows[0].Means[1].Known() {
		t.Errorf("means %v, want 2.00, two of nothing, -6.00", rows[0].Means)
	}
}
