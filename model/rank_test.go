package model

import (
	"slices"
	"testing"

	"gyre/model/session"
)

// ranks is the companies of a snapshot's largest bucket over a window.
func (f floor) largest(q Query, w session.Window) []ID {
	f.t.Helper()
	ids := slices.Clone(f.groupings.size(f.Market, q.Rank, f.at("12:00:00")).of[w][0])
	slices.Sort(ids)
	return ids
}

// span is the IDs from a to b.
func ids(from, to ID) []ID {
	var all []ID
	for id := from; id <= to; id++ {
		all = append(all, id)
	}
	return all
}

// swap makes a name of the smallest quarter the largest from a date on, and the
// largest the smallest, by exchanging their shares.
func swap(t *testing.T, ref *Reference, known string) {
	t.Helper()
	a, b := ref.Shares[0].Shares, ref.Shares[79].Shares
	pa, pb := ref.Closes[0].Price[0], ref.Closes[0].Price[79]
	ref.Shares = append(ref.Shares,
		ShareCount{ID: 0, KnownAt: at(t, known), Shares: b * int64(pb) / int64(pa)},
		ShareCount{ID: 79, KnownAt: at(t, known), Shares: a * int64(pa) / int64(pb)})
}

// Each policy ranks at its own date.
func TestRankPolicies(t *testing.T) {
	f := onFriday(t)
	swap(t, f.ref, "2025-03-10 12:00:00") // after the month's end, before the week's base
	f.Market = start(f.ref)
	printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1)
	first, swapped := ids(0, 19), append(ids(1, 19), 79)
	for name, c := range map[string]struct {
		rank RankPolicy
		w    session.Window
		want []ID
		on   string
	}{
		"at the day's base":                  {RankBase, session.Day, swapped, "2025-03-27"},
		"at the week's base":                 {RankBase, session.Week, swapped, "2025-03-21"},
		"at the month's base":                {RankBase, session.MonthToDate, first, "2025-02-28"},
		"at the year's base":                 {RankBase, session.YearToDate, first, "2024-12-31"},
		"at the month's end, for a day":      {RankMonth, session.Day, first, "2025-02-28"},
		"at the month's end, for a year":     {RankMonth, session.YearToDate, first, "2025-02-28"},
		"now, for a day":                     {RankNow, session.Day, swapped, "2025-03-28"},
		"now, for a year":                    {RankNow, session.YearToDate, swapped, "2025-03-28"},
		"without a reconstitution: the base": {RankRecon, session.Week, swapped, "2025-03-21"},
		"a policy that does not exist":       {RankPolicy(99), session.Week, swapped, "2025-03-21"},
	} {
		q := Query{Rank: c.rank}
		s := f.Snapshot(f.at("12:00:00"), q)
		if got := f.largest(q, c.w); !slices.Equal(got, c.want) {
			t.Errorf("%s: the largest are %v, want %v", name, got, c.want)
		}
		if got := s.Size.RankedOn[c.w].String(); got != c.on || s.Size.LookAhead != (c.rank == RankNow) {
			t.Errorf("%s: ranked on %s (look-ahead %t), want %s", name, got, s.Size.LookAhead, c.on)
		}
	}
}

// Ranked by today's caps the winners of the day are among the largest: a look
// ahead that makes any spread larger. Names that have not printed count with
// their last close.
func TestRankNowFollowsThePrices(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 20, f.at("10:00:00"), f.off(20, 49))
	if got := f.largest(Query{Rank: RankNow}, session.Day); !slices.Contains(got, 20) || len(got) != 20 {
		t.Errorf("after a gain of 49 %% the largest are %v", got)
	}
	bar(f.Market, 20, f.at("10:01:00"), f.off(20, -49))
	if got := f.largest(Query{Rank: RankNow}, session.Day); slices.Contains(got, 20) {
		t.Errorf("after a loss of 49 %% the largest are %v", got)
	}
}

// reconstituted has 60 names of which 30 leave and 30 enter on a date.
func reconstituted(t *testing.T, effective string) floor {
	t.Helper()
	ref := world{rut: 90, days: 70, end: "2025-03-28", seed: 5, steady: true}.reference(t)
	d := date(t, effective)
	for i := range ref.Members {
		switch m := &ref.Members[i]; {
		case m.ID < 30:
			m.To = d
		case m.ID >= 60:
			m.From = d
		}
	}
	return floor{Market: start(ref), t: t, ref: ref}
}

// Members and ranks switch at the open of a reconstitution; a window that spans
// it keeps the members of its base.
func TestReconstitution(t *testing.T) {
	f := reconstituted(t, "2025-03-24")
	printAll(t, f.Market, f.ref, f.at("10:00:00"), "2025-03-27", 1)
	if got := f.largest(Query{}, session.Week); !slices.Equal(got, ids(0, 14)) {
		t.Errorf("over the week the largest are %v", got)
	}
	if got := f.largest(Query{}, session.Day); !slices.Equal(got, ids(30, 44)) {
		t.Errorf("over the day the largest are %v", got)
	}
	s := f.Snapshot(f.at("12:00:00"), Query{Rank: RankRecon})
	for _, w := range []session.Window{session.Day, session.Week, session.Quarter} {
		// The new members, ranked at the close before they took their seats.
		if got := f.largest(Query{Rank: RankRecon}, w); !slices.Equal(got, ids(30, 44)) || s.Size.RankedOn[w].String() != "2025-03-21" {
			t.Errorf("%s: by the reconstitution the largest are %v, ranked on %s", w, got, s.Size.RankedOn[w])
		}
	}
	if c := s.Universes[0]; c.Members != 60 || c.Valid != 60 {
		t.Errorf("the coverage is %+v", c)
	}
}

// It does not count before its open, and it needs more than fifty changes.
func TestWhatIsNoReconstitution(t *testing.T) {
	f := reconstituted(t, "2025-03-31")
	heartbeat(f.Market, f.at("10:00:00"))
	if got := f.Snapshot(f.Now(), Query{Rank: RankRecon}).Size.RankedOn[session.Week].String(); got != "2025-03-21" {
		t.Errorf("on Friday Monday's reconstitution ranks on %s", got)
	}
	if f.frame.reconstitution() != nil {
		t.Error("on Friday Monday's reconstitution is known")
	}
	few := reconstituted(t, "2025-03-24")
	for i := range few.ref.Members {
		if m := &few.ref.Members[i]; m.ID < 5 {
			m.To = 0
		} else if m.ID >= 85 {
			m.From = 0
		}
	}
	few.Market = start(few.ref)
	heartbeat(few.Market, few.at("10:00:00"))
	if few.frame.reconstitution() != nil {
		t.Error("fifty changes make a reconstitution")
	}
}

// A stay that goes on in a new row, as when index shares change, is no change.
func TestNewRowsOfTheSameStay(t *testing.T) {
	ref := fridayWorld().reference(t)
	var rows []Membership
	for _, m := range ref.Members {
		if m.Index == "RUT" {
			first, second := m, m
			first.To, second.From = date(t, "2025-03-24"), date(t, "2025-03-24")
			rows = append(rows, first, second)
		}
	}
	ref.Members = rows
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 10:00:00"))
	if m.frame.reconstitution() != nil {
		t.Error("80 stays that go on are a reconstitution")
	}
	if got := len(m.frame.members[inRUT]); got != 80 {
		t.Errorf("there are %d members", got)
	}
}

// With few names there are halves, with fewer none, and a bucket means the same
// in all windows.
func TestSmallUniverses(t *testing.T) {
	for n, want := range map[int][]string{40: {"Q1", "Q2", "Q3", "Q4"}, 39: {"H1", "H2"}, 20: {"H1", "H2"}, 19: nil} {
		m := start(world{rut: n, days: 70, end: "2025-03-28", seed: 1}.reference(t))
		now := at(t, "2025-03-28 16:00:00")
		heartbeat(m, now)
		s := m.Snapshot(now, Query{})
		var got []string
		for _, b := range s.Size.Buckets {
			got = append(got, b.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d names make %v, want %v", n, got, want)
		}
		if known := s.Size.Spread[session.Week].Return[Mean].Known(); known != (want != nil) {
			t.Errorf("%d names: the spread is known: %t", n, known)
		}
		if n == 39 {
			h1, h2 := &s.Size.Buckets[0].Groups[session.Week], &s.Size.Buckets[1].Groups[session.Week]
			if h1.N != 20 || h2.N != 19 {
				t.Errorf("the halves are of %d and %d names", h1.N, h2.N)
			}
		}
	}
	// 60 names now, 30 at the beginning of the year.
	ref := world{rut: 60, days: 70, end: "2025-03-28", seed: 1}.reference(t)
	for i := range ref.Members {
		if i%2 == 1 {
			ref.Members[i].From = date(t, "2025-02-03")
		}
	}
	m := start(ref)
	now := at(t, "2025-03-28 16:00:00")
	heartbeat(m, now)
	s := m.Snapshot(now, Query{})
	if len(s.Size.Buckets) != 2 || s.Size.Buckets[0].Groups[session.Week].N != 30 || s.Size.Buckets[0].Groups[session.YearToDate].N != 15 {
		t.Errorf("there are %d buckets", len(s.Size.Buckets))
	}
}

// Any universe may be missing.
func TestMissingUniverses(t *testing.T) {
	for name, c := range map[string]struct {
		index string
		left  string
	}{"no micro caps": {"RMICRO", "RUT"}, "no Russell 2000": {"RUT", "RMICRO"}} {
		ref := fridayWorld().reference(t)
		ref.Members = slices.DeleteFunc(ref.Members, func(m Membership) bool { return m.Index == c.index })
		m := start(ref)
		now := at(t, "2025-03-28 16:00:00")
		heartbeat(m, now)
		s := m.Snapshot(now, Query{})
		if len(s.Universes) != 1 || s.Universes[0].Universe != c.left || len(s.Leverage) != 1 || s.Leverage[0].Universe != c.left {
			t.Errorf("%s: universes %+v, leverage of %d", name, s.Universes, len(s.Leverage))
		}
		if !s.Leverage[0].Spread[session.Week].Return[Mean].Known() {
			t.Errorf("%s: the leverage spread is not known", name)
		}
		if got := len(s.Size.Buckets) > 0; got != (c.left == "RUT") {
			t.Errorf("%s: there are size buckets: %t", name, got)
		}
	}
}

// The smallest bucket's own caps decide who may be quiet for an hour.
func TestWhoTradesSeldom(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	for id := range ID(120) {
		if want := id >= 60; f.names[id].slow != want {
			t.Errorf("name %d may be quiet for an hour: %t, want %t", id, f.names[id].slow, want)
		}
	}
	small := world{rut: 30, days: 70, end: "2025-03-28", seed: 1}.reference(t)
	m := start(small)
	heartbeat(m, at(t, "2025-03-28 10:00:00"))
	if slices.ContainsFunc(m.names, func(n name) bool { return n.slow }) {
		t.Error("half of a small universe is allowed to be quiet")
	}
}
