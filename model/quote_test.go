package model

import (
	"strings"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// floor is a market on Friday 28 March 2025 with closes up to Thursday.
type floor struct {
	*Market
	t   *testing.T
	ref *Reference
}

func onFriday(t *testing.T) floor {
	t.Helper()
	ref := fridayWorld().reference(t)
	return floor{Market: start(ref), t: t, ref: ref}
}

// at is a moment of the session.
func (f floor) at(clock string) time.Time {
	f.t.Helper()
	return at(f.t, "2025-03-28 "+clock)
}

// last is Thursday's close.
func (f floor) last(id ID) num.Price {
	f.t.Helper()
	return closeOf(f.t, f.ref, id, "2025-03-27")
}

// off is Thursday's close and so many percent.
func (f floor) off(id ID, percent num.Price) num.Price { return f.last(id) + f.last(id)*percent/100 }

// see is the snapshot at a moment of the session.
func (f floor) see(clock string) *Snapshot {
	f.t.Helper()
	return f.Snapshot(f.at(clock), Query{})
}

// wantPrice fails unless a name's last price is so many percent off Thursday's
// close.
func (f floor) wantPrice(what string, id ID, percent num.Price) {
	f.t.Helper()
	if got, want := f.names[id].last, f.off(id, percent); got != want {
		f.t.Errorf("%s: the price is %s, want %s", what, got.Decimal(), want.Decimal())
	}
}

// wantNone fails if a name has a price.
func (f floor) wantNone(what string, id ID) {
	f.t.Helper()
	if got := f.names[id].last; got != 0 {
		f.t.Errorf("%s: the price is %s, want none", what, got.Decimal())
	}
}

// incidents is the session's incidents of a kind, in words.
func (f floor) incidents(kind IncidentKind) []string {
	var texts []string
	for _, i := range f.today.incidents {
		if i.Kind == kind {
			texts = append(texts, strings.TrimSpace(i.Symbol+" "+i.Detail))
		}
	}
	return texts
}

// A name that opens late has no price until it prints: the previous close is
// not used. Half a minute after the open those without one are counted.
func TestLateOpen(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	for id := range ID(70) {
		bar(f.Market, id, f.at("09:30:00"), f.off(id, 1))
	}
	heartbeat(f.Market, f.at("09:30:00"))
	s := f.see("09:30:00")
	if c := s.Universes[0]; c.Members != 80 || c.Valid != 70 || c.Invalid != 10 || c.Pct.String() != "87.50" {
		t.Errorf("at the open the coverage is %+v", c)
	}
	if g := s.Size.Buckets[3].Groups[session.Day]; g.N != 10 || g.Invalid != 10 || g.Return[Mean].String() != "1.00" {
		t.Errorf("the smallest quarter has %d and %d names and gains %s", g.N, g.Invalid, g.Return[Mean])
	}
	if s.Quality.Late != 0 || s.Quality.Unprinted != 50 {
		t.Errorf("%d are late and %d have not printed", s.Quality.Late, s.Quality.Unprinted)
	}
	for id := ID(70); id < 75; id++ {
		bar(f.Market, id, f.at("09:30:30"), f.off(id, 2))
	}
	heartbeat(f.Market, f.at("09:30:30"))
	if s = f.see("09:30:30"); s.Quality.Late != 45 {
		t.Errorf("%d names are late, want 45 of 120", s.Quality.Late)
	}
	bar(f.Market, 79, f.at("09:44:00"), f.off(79, -3))
	heartbeat(f.Market, f.at("09:45:00"))
	s = f.see("09:45:00")
	if s.Quality.Late != 45 || s.Quality.Unprinted != 44 || s.Universes[0].Valid != 76 {
		t.Errorf("later %d were late, %d have not printed and %d are valid", s.Quality.Late, s.Quality.Unprinted, s.Universes[0].Valid)
	}
	if got := f.incidents(IncidentLateOpen); len(got) != 1 || got[0] != "45 not printed" || s.Quality.Incidents[0].Count != 45 {
		t.Errorf("the incidents are %q", got)
	}
}

// The count is made by whatever comes after the half minute, a quote or a
// heartbeat, and from what came up to it.
func TestLateOpenIsCountedByAQuoteToo(t *testing.T) {
	f := onFriday(t)
	bar(f.Market, 0, f.at("09:30:00"), f.off(0, 1))
	bar(f.Market, 1, f.at("09:30:30"), f.off(1, 1))
	bar(f.Market, 2, f.at("09:30:31"), f.off(2, 1))
	if f.today.late != 118 {
		t.Errorf("%d are late, want all but the two of the first half minute", f.today.late)
	}
}

// A source that has daily closes only has no late names.
func TestNobodyIsLateWithoutPrints(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("09:30:00"))
	heartbeat(f.Market, f.at("10:00:00"))
	for id := range ID(120) {
		f.Apply(&Update{Kind: KindOfficialClose, ID: id, At: f.at("16:00:00"), Price: f.off(id, 1)})
	}
	heartbeat(f.Market, f.at("16:00:00"))
	if s := f.see("16:00:00"); s.Quality.Late != 0 || len(s.Quality.Incidents) != 0 || s.Universes[0].Valid != 80 {
		t.Errorf("%d are late, %d valid, incidents %v", s.Quality.Late, s.Universes[0].Valid, s.Quality.Incidents)
	}
	if len(f.today.samples) != 0 {
		t.Errorf("%d samples were taken of nothing", len(f.today.samples))
	}
}

func TestQuotesThatDoNotCount(t *testing.T) {
	for name, c := range map[string]struct {
		u    func(f floor) Update
		want num.Price // percent off
	}{
		"before the open": {func(f floor) Update {
			return Update{At: f.at("09:29:59"), Price: f.off(7, 3)}
		}, 1},
		"after the close": {func(f floor) Update {
			return Update{At: f.at("16:00:01"), Price: f.off(7, 3)}
		}, 1},
		"flagged as extended": {func(f floor) Update {
			return Update{At: f.at("10:01:00"), Price: f.off(7, 3), Flags: FlagExtended}
		}, 1},
		"older than the last": {func(f floor) Update {
			return Update{At: f.at("09:59:59"), Price: f.off(7, 3)}
		}, 1},
		"no price": {func(f floor) Update {
			return Update{At: f.at("10:01:00")}
		}, 1},
		"a negative price": {func(f floor) Update {
			return Update{At: f.at("10:01:00"), Price: -f.last(7)}
		}, 1},
		"an unknown name": {func(f floor) Update {
			return Update{ID: 120, At: f.at("10:01:00"), Price: f.off(7, 3)}
		}, 1},
		"a name below zero": {func(f floor) Update {
			return Update{ID: -1, At: f.at("10:01:00"), Price: f.off(7, 3)}
		}, 1},
		"an ordinary one": {func(f floor) Update {
			return Update{At: f.at("10:01:00"), Price: f.off(7, 3)}
		}, 3},
		"in the same instant": {func(f floor) Update {
			return Update{At: f.at("10:00:00"), Price: f.off(7, 3)}
		}, 3},
		"the last instant": {func(f floor) Update {
			return Update{At: f.at("16:00:00"), Price: f.off(7, 3)}
		}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			bar(f.Market, 7, f.at("10:00:00"), f.off(7, 1))
			u := c.u(f)
			u.Kind = KindQuote
			if u.ID == 0 {
				u.ID = 7
			}
			f.Apply(&u)
			f.wantPrice(name, 7, c.want)
		})
	}
}

// Odd lots, average prices and late prints count for the volume only.
func TestVolumeOnlyPrints(t *testing.T) {
	f := onFriday(t)
	quote := func(clock string, percent num.Price, volume int64, flags Flags) {
		f.Apply(&Update{Kind: KindQuote, ID: 7, At: f.at(clock), Price: f.off(7, percent), Volume: volume, Flags: flags})
	}
	quote("10:00:00", 5, 100, FlagNoLast)
	f.wantNone("a print that is no last price", 7)
	quote("10:01:00", 1, 300, 0)
	quote("10:02:00", 9, 400, FlagNoLast)
	f.wantPrice("after an odd lot", 7, 1)
	if n := f.names[7]; n.volume != 400 || n.at != f.at("10:01:00").UnixNano() {
		t.Errorf("the volume is %d and the last trade at %d", n.volume, n.at)
	}
	quote("10:00:30", 9, 350, FlagNoLast) // the volume of a session never falls
	quote("16:30:00", 9, 900, FlagNoLast|FlagExtended)
	if n := f.names[7]; n.volume != 400 {
		t.Errorf("the volume is %d, want 400", n.volume)
	}
}

// A quote that is told twice is one quote: it neither moves the median nor
// confirms itself.
func TestDuplicates(t *testing.T) {
	f := onFriday(t)
	for range 3 {
		f.Apply(&Update{Kind: KindQuote, ID: 7, At: f.at("10:00:00"), Price: f.off(7, 1), Volume: 100})
	}
	if got := f.names[7].recent.count; got != 1 {
		t.Errorf("one print told three times counts %d times", got)
	}
	for range 5 {
		f.Apply(&Update{Kind: KindQuote, ID: 7, At: f.at("10:01:00"), Price: f.off(7, 40), Volume: 200})
	}
	f.wantPrice("a bad tick told five times", 7, 1)
	if f.today.rejected != 1 {
		t.Errorf("%d rejected, want 1", f.today.rejected)
	}
}

// After the official close nothing changes the price but another one.
func TestOfficialClose(t *testing.T) {
	f := onFriday(t)
	official := func(clock string, percent num.Price) {
		f.Apply(&Update{Kind: KindOfficialClose, ID: 7, At: f.at(clock), Price: f.off(7, percent), Volume: 5000})
	}
	bar(f.Market, 7, f.at("15:59:00"), f.off(7, 1))
	official("15:59:30", 9)
	f.wantPrice("an official close before the close", 7, 1)
	official("16:00:05", 2)
	f.wantPrice("the official close", 7, 2)
	if n := f.names[7]; n.volume != 5000 || n.at != f.closes {
		t.Errorf("the volume is %d, the last trade at %d", n.volume, n.at)
	}
	bar(f.Market, 7, f.at("16:00:00"), f.off(7, 5))
	f.wantPrice("a bar after the official close", 7, 2)
	official("16:10:00", 3)
	f.wantPrice("a corrected official close", 7, 3)
	official("16:11:00", -100)
	f.wantPrice("an official close of nothing", 7, 3)
	heartbeat(f.Market, at(t, "2025-03-31 09:30:00"))
	official("16:12:00", 4)
	f.wantNone("Friday's official close on Monday", 7)
}

// An official close far from the previous one counts, and is told; one that no
// return can hold does not.
func TestOfficialCloseFarOff(t *testing.T) {
	f := onFriday(t)
	heartbeat(f.Market, f.at("15:00:00"))
	f.Apply(&Update{Kind: KindOfficialClose, ID: 7, At: f.at("16:00:00"), Price: f.off(7, 200)})
	f.wantPrice("three times the previous close", 7, 200)
	if got := f.incidents(IncidentQuarantine); len(got) != 1 || !strings.HasSuffix(got[0], ", official") {
		t.Errorf("the incidents are %q", got)
	}
	f.Apply(&Update{Kind: KindOfficialClose, ID: 8, At: f.at("16:00:00"), Price: f.last(8) * 20_000})
	f.wantNone("20,000 times the previous close", 8)
}

func TestStaleNames(t *testing.T) {
	f := onFriday(t)
	// 5 is large, 65 in the smallest quarter, 100 in the micro caps only.
	for _, id := range []ID{5, 65, 100} {
		bar(f.Market, id, f.at("10:00:00"), f.last(id))
	}
	stale := func(clock string) (names []ID) {
		for id, l := range f.look(f.at(clock)) {
			if l.is&isStale != 0 {
				names = append(names, ID(id))
			}
		}
		return names
	}
	for clock, want := range map[string]int{
		"10:00:00": 0, "10:15:00": 0, "10:15:01": 1, "11:00:00": 1, "11:00:01": 3, "16:00:00": 3, "20:00:00": 3,
	} {
		if got := stale(clock); len(got) != want {
			t.Errorf("at %s the stale names are %v, want %d", clock, got, want)
		}
	}
	if s := f.see("10:30:00"); s.Quality.Stale != 1 || s.Universes[0].Stale != 1 || s.Universes[0].Valid != 2 || s.Universes[1].Stale != 0 {
		t.Errorf("stale are %d, of the Russell 2000 %+v", s.Quality.Stale, s.Universes[0])
	}
	if g := f.see("10:30:00").Size.Buckets[0].Groups[session.Day]; g.Stale != 1 || g.N != 1 {
		t.Errorf("a stale name is no longer averaged: %+v", g)
	}
	// A trade in the last minutes before the close does not grow old after it.
	bar(f.Market, 5, f.at("15:50:00"), f.last(5))
	if got := stale("19:00:00"); len(got) != 2 {
		t.Errorf("after the close the stale names are %v, want the two that had not traded for hours", got)
	}
}
