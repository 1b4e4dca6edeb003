package model

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"gyre/model/num"
)

// week is a stream of updates over three days: bars of a random half of the
// names each minute, levels, halts, closes, heartbeats.
func week(t *testing.T, ref *Reference) []Update {
	t.Helper()
	random := rand.New(rand.NewPCG(77, 7))
	var all []Update
	last := make([]num.Price, len(ref.Instruments))
	for id := range last {
		last[id] = closeOf(t, ref, ID(id), "2025-03-25")
	}
	for _, day := range []string{"2025-03-26", "2025-03-27", "2025-03-28"} {
		open := date(t, day).At(9, 30)
		for minute := 0; minute <= 390; minute += 10 {
			now := open.Add(time.Duration(minute) * time.Minute)
			for id := range last {
				if last[id] > 0 && random.IntN(2) == 0 {
					p := last[id] + last[id]/1000*num.Price(random.IntN(21)-10)
					all = append(all, Update{Kind: KindQuote, Flags: FlagBar, ID: ID(id), At: now, Price: p, Volume: int64(minute * 100)})
				}
			}
			all = append(all, Update{Kind: KindIndexLevel, ID: 0, At: now, Price: num.Price(2000+random.IntN(50)) * num.PriceScale})
			if random.IntN(4) == 0 {
				all = append(all, Update{Kind: KindHalt, ID: ID(random.IntN(len(last))), At: now, Text: "LUDP"})
				all = append(all, Update{Kind: KindResume, ID: ID(random.IntN(len(last))), At: now})
			}
			all = append(all, Update{Kind: KindHeartbeat, At: now})
		}
		for id := range last {
			if p := closeOf(t, ref, ID(id), day); p > 0 {
				last[id] = p
				all = append(all, Update{Kind: KindOfficialClose, ID: ID(id), At: open.Add(390 * time.Minute), Price: p})
			}
		}
		all = append(all, Update{Kind: KindHeartbeat, At: open.Add(391 * time.Minute)})
	}
	return all
}

// The same updates give the same bytes, whoever looked in between, how often
// and at what, and on however many processors.
func TestSnapshotsDependOnTheUpdatesOnly(t *testing.T) {
	ref := full(t)
	updates := week(t, ref)
	queries := []Query{{}, {Rank: RankNow}, {Rank: RankMonth, Financials: true}, {Rank: RankRecon}}
	picture := func(m *Market) string {
		var text strings.Builder
		for _, q := range queries {
			s := m.Snapshot(m.Now(), q)
			text.WriteString(encoded(t, s) + lines(s))
		}
		return text.String()
	}
	stops := map[int]bool{300: true, len(updates) / 2: true, len(updates) - 500: true, len(updates) - 1: true}
	play := func(look func(m *Market, i int)) (pictures []string) {
		m := start(ref)
		for i := range updates {
			m.Apply(&updates[i])
			look(m, i)
			if stops[i] {
				pictures = append(pictures, picture(m))
			}
		}
		return pictures
	}
	want := play(func(*Market, int) {})
	random := rand.New(rand.NewPCG(1, 1))
	for name, look := range map[string]func(m *Market, i int){
		"looking now and then": func(m *Market, _ int) {
			if random.IntN(500) == 0 {
				m.Snapshot(m.Now(), queries[random.IntN(len(queries))])
			}
		},
		"looking at the moments between": func(m *Market, i int) {
			if i%400 == 0 && i+1 < len(updates) && !updates[i+1].At.Before(m.Now()) {
				m.Snapshot(updates[i+1].At, Query{})
			}
		},
		"on one processor": func(_ *Market, i int) {
			if i == 0 {
				runtime.GOMAXPROCS(1)
			}
		},
	} {
		before := runtime.GOMAXPROCS(0)
		got := play(look)
		runtime.GOMAXPROCS(before)
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s gives other bytes at stop %d", name, i)
			}
		}
	}
}

// Joining in the middle, as a seek does, shows what playing through shows: a
// session begins from the reference and from its own updates alone.
func TestASeekShowsWhatPlayingShows(t *testing.T) {
	ref := full(t)
	updates := week(t, ref)
	for i := range updates { // halts reach over the night, and a seek does not know them
		if updates[i].Kind == KindHalt {
			updates[i].Kind = KindResume
		}
	}
	played := start(ref)
	friday := at(t, "2025-03-28 00:00:00")
	target := at(t, "2025-03-28 13:30:00")
	sought := start(ref)
	for i := range updates {
		if updates[i].At.After(target) {
			break
		}
		played.Apply(&updates[i])
		if updates[i].At.After(friday) {
			sought.Apply(&updates[i])
		}
	}
	a, b := played.Snapshot(target, Query{}), sought.Snapshot(target, Query{})
	if x, y := encoded(t, a), encoded(t, b); x != y {
		t.Errorf("played:\n%s\nsought:\n%s", x, y)
	}
	if lines(a) != lines(b) {
		t.Error("the charts differ")
	}
}
