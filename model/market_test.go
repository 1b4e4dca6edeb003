package model

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// encoded is a snapshot as bytes, but for the charts, whose gaps JSON cannot say.
func encoded(tb rapid.TB, s *Snapshot) string {
	tb.Helper()
	c := *s
	c.Size.Curves = PerWindow[*Curve]{}
	c.Leverage = append([]Leverage(nil), c.Leverage...)
	for i := range c.Leverage {
		c.Leverage[i].Curves = PerWindow[*Curve]{}
	}
	c.Indices = append([]Index(nil), c.Indices...)
	for i := range c.Indices {
		c.Indices[i].Curves = PerWindow[*Curve]{}
	}
	b, err := json.Marshal(c)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// lines is all points of the charts, which reflect.DeepEqual cannot compare
// where they are not known.
func lines(s *Snapshot) string {
	var text []byte
	add := func(c *Curve) {
		if c == nil {
			text = append(text, "none "...)
			return
		}
		for i := range c.At {
			text = c.At[i].AppendFormat(text, " 01-02T15:04:05")
			for _, line := range c.Lines {
				text = append(text, ' ')
				text = appendFloat(text, line[i])
			}
		}
	}
	for w := range s.Size.Curves {
		add(s.Size.Curves[w])
		for i := range s.Leverage {
			add(s.Leverage[i].Curves[w])
		}
		for i := range s.Indices {
			add(s.Indices[i].Curves[w])
		}
	}
	return string(text)
}

func TestNothingBeforeTheFirstReset(t *testing.T) {
	m := NewMarket()
	now := at(t, "2025-03-28 10:00:00")
	for kind := range Kind(20) {
		if kind != KindReset {
			m.Apply(&Update{Kind: kind, At: now, Price: 1})
		}
	}
	s := m.Snapshot(now, Query{Rank: RankNow})
	want := &Snapshot{AsOf: now, Query: Query{Rank: RankNow}}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("the snapshot is %+v", s)
	}
	if !m.Now().IsZero() {
		t.Errorf("the newest heartbeat is %s", m.Now())
	}
}

// A reset with nothing in it, or with less than nothing, is a market without
// names; the snapshot is empty and well-formed.
func TestEmptyReferences(t *testing.T) {
	for name, payload := range map[string]Payload{
		"no payload":     nil,
		"a nil reset":    (*Reset)(nil),
		"other payload":  &Health{},
		"no reference":   &Reset{},
		"empty":          &Reset{Reference: &Reference{}},
		"empty calendar": &Reset{Reference: &Reference{Calendar: &session.Calendar{}}},
	} {
		t.Run(name, func(t *testing.T) {
			m := NewMarket()
			m.Apply(&Update{Kind: KindReset, Payload: payload})
			now := at(t, "2025-03-28 10:00:00")
			heartbeat(m, now)
			s := m.Snapshot(now, Query{})
			if !s.AsOf.Equal(now) || len(s.Universes)+len(s.Indices)+len(s.Size.Buckets) != 0 || s.Pair.Known {
				t.Errorf("the snapshot is %+v", s)
			}
		})
	}
}

func TestSnapshotSaysWhereItComesFrom(t *testing.T) {
	ref := fridayWorld().reference(t)
	ref.Missing, ref.Skipped = []string{"events.csv"}, 3
	m := NewMarket()
	m.Apply(&Update{Kind: KindReset, Payload: &Reset{Epoch: 7, Reference: ref, Mode: ModeDelayed, Feed: "feed", Delay: 15 * time.Minute}})
	now := at(t, "2025-03-31 08:00:00")
	heartbeat(m, now)
	s := m.Snapshot(now, Query{})
	if s.Epoch != 7 || s.Mode != ModeDelayed || s.Name != "test" || !s.Sample || s.Quality.Skipped != 3 || len(s.Missing) != 1 {
		t.Errorf("the snapshot says epoch %d, mode %d, name %q, sample %t, %d skipped, missing %q", s.Epoch, s.Mode, s.Name, s.Sample, s.Quality.Skipped, s.Missing)
	}
	if s.Feed.Name != "feed" || s.Feed.Delay != 15*time.Minute || s.Feed.Phase != FeedOK {
		t.Errorf("the feed is %+v", s.Feed)
	}
	if s.AsOf.Location() != session.Zone() {
		t.Errorf("the time is in %s", s.AsOf.Location())
	}
}

// A reset forgets everything, whatever came before.
func TestResetForgets(t *testing.T) {
	ref := fridayWorld().reference(t)
	now := at(t, "2025-03-28 11:00:00")
	fresh, used := start(ref), start(ref)
	printAll(t, used, ref, now, "2025-03-27", 5)
	used.Apply(&Update{Kind: KindHalt, ID: 3, At: now})
	used.Apply(&Update{Kind: KindAction, At: now, Payload: &Action{ID: 4, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 2, Old: 1}})
	used.Apply(&Update{Kind: KindHealth, Payload: &Health{State: FeedFailing, Problem: "gone"}})
	used.Snapshot(now, Query{})
	used.Apply(&Update{Kind: KindReset, Payload: &Reset{Epoch: 1, Reference: ref, Feed: "test"}})
	for _, m := range []*Market{fresh, used} {
		printAll(t, m, ref, now, "2025-03-27", -2)
		heartbeat(m, now)
	}
	if a, b := encoded(t, fresh.Snapshot(now, Query{})), encoded(t, used.Snapshot(now, Query{})); a != b {
		t.Errorf("after a reset the market remembers:\n%s\n%s", a, b)
	}
}

func TestWindowsOfTheSessionShown(t *testing.T) {
	m := start(world{rut: 40, days: 75, end: "2025-03-28", seed: 1}.reference(t))
	now := at(t, "2025-03-28 16:00:00")
	heartbeat(m, now)
	s := m.Snapshot(now, Query{})
	want := []struct {
		base     string
		sessions int
	}{{"2025-03-27", 1}, {"2025-03-21", 5}, {"2025-02-28", 20}, {"2025-02-28", 20}, {"2024-12-27", 61}, {"2024-12-31", 59}}
	for w, info := range s.Windows {
		if info.Base.String() != want[w].base || info.Sessions != want[w].sessions {
			t.Errorf("%s is measured from %s over %d sessions, want %s over %d", session.Window(w), info.Base, info.Sessions, want[w].base, want[w].sessions)
		}
	}
}

// Where the dataset does not reach back to a window's base there is no window,
// and nothing in it is zero.
func TestWindowsBeyondTheDataset(t *testing.T) {
	m := start(world{rut: 80, overlap: 20, micro: 40, days: 10, end: "2025-03-28", seed: 1}.reference(t))
	now := at(t, "2025-03-28 16:00:00")
	heartbeat(m, now)
	s := m.Snapshot(now, Query{})
	for w, known := range []bool{true, true, false, false, false, false} {
		g, l := s.Size.Buckets[0].Groups[w], s.Leverage[0].Buckets[0].Groups[w]
		for name, got := range map[string]bool{
			"base":           s.Windows[w].Base != 0,
			"size":           g.Return[Mean].Known(),
			"names":          g.N > 0,
			"spread":         s.Size.Spread[w].Return[Mean].Known(),
			"interval":       s.Size.Spread[w].CIMethod != CINone,
			"leverage":       l.Return[Mean].Known(),
			"curve":          s.Size.Curves[w] != nil,
			"leverage curve": s.Leverage[0].Curves[w] != nil,
			"index":          s.Indices[0].Returns[w].Known(),
			"reconcile":      s.Size.Recon[w].State != ReconcileNone,
		} {
			if got != known {
				t.Errorf("%s: %s is there: %t, want %t", session.Window(w), name, got, known)
			}
		}
	}
}

// Before Monday's open Friday's finished frame stays; from the open on it is
// Monday, and what is counted by session begins at zero.
func TestFridayStaysUntilMondayOpens(t *testing.T) {
	ref := fridayWorld().reference(t)
	m := start(ref)
	friday := at(t, "2025-03-28 15:59:00")
	printAll(t, m, ref, friday, "2025-03-27", 4)
	heartbeat(m, friday)
	m.Apply(&Update{Kind: KindHalt, ID: 5, At: friday, Text: "T1"})
	for i := range ref.Instruments {
		m.Apply(&Update{Kind: KindOfficialClose, ID: ID(i), At: at(t, "2025-03-28 16:00:05"), Price: closeOf(t, ref, ID(i), "2025-03-28")})
	}
	heartbeat(m, at(t, "2025-03-28 16:10:00"))
	frame := m.Snapshot(m.Now(), Query{})
	for _, moment := range []string{"2025-03-28 19:00:00", "2025-03-30 12:00:00", "2025-03-31 09:29:59"} {
		heartbeat(m, at(t, moment))
		s := m.Snapshot(m.Now(), Query{})
		if s.Clock.Session != frame.Clock.Session {
			t.Fatalf("at %s the session of %s is shown", moment, s.Clock.Session.Date)
		}
		if !reflect.DeepEqual(s.Size.Buckets, frame.Size.Buckets) || !reflect.DeepEqual(s.Universes, frame.Universes) || !reflect.DeepEqual(s.Size.Spread, frame.Size.Spread) {
			t.Errorf("at %s Friday's frame has changed", moment)
		}
		if lines(s) != lines(frame) {
			t.Errorf("at %s Friday's charts have changed", moment)
		}
	}
	heartbeat(m, at(t, "2025-03-31 09:30:00"))
	s := m.Snapshot(m.Now(), Query{})
	if s.Clock.Session.Date.String() != "2025-03-31" || s.Windows[session.Day].Base.String() != "2025-03-28" {
		t.Errorf("the session of %s is shown, measured from %s", s.Clock.Session.Date, s.Windows[session.Day].Base)
	}
	// The halt goes on: that name is frozen at Friday's close. No other has a price.
	if c := s.Universes[0]; c.Valid != 1 || c.Halted != 1 || c.Invalid != 79 || c.Stale != 0 {
		t.Errorf("at Monday's open the coverage is %+v", c)
	}
	if len(s.Quality.Incidents) != 0 {
		t.Errorf("Friday's incidents are still there: %+v", s.Quality.Incidents)
	}
}

// The clock also reaches the open by looking.
func TestSnapshotOpensASession(t *testing.T) {
	m := start(fridayWorld().reference(t))
	heartbeat(m, at(t, "2025-03-28 20:00:00"))
	if s := m.Snapshot(at(t, "2025-03-31 09:30:00"), Query{}); s.Clock.Session.Date.String() != "2025-03-31" {
		t.Errorf("the session of %s is shown", s.Clock.Session.Date)
	}
}

// A look at an earlier moment than the newest heartbeat is a look at that.
func TestSnapshotDoesNotGoBack(t *testing.T) {
	m := start(fridayWorld().reference(t))
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	if s := m.Snapshot(at(t, "2025-03-28 11:00:00"), Query{}); !s.AsOf.Equal(m.Now()) {
		t.Errorf("the snapshot is of %s", s.AsOf)
	}
	heartbeat(m, at(t, "2025-03-28 11:30:00"))
	if !m.Now().Equal(at(t, "2025-03-28 12:00:00")) {
		t.Errorf("a late heartbeat moves the clock back to %s", m.Now())
	}
}

// A clock that starts after a close finds the finished session in the
// reference, index days and all.
func TestStartAfterTheClose(t *testing.T) {
	ref := fridayWorld().reference(t)
	for _, moment := range []string{"2025-03-28 16:00:00", "2025-03-29 12:00:00", "2025-03-31 09:29:59"} {
		m := start(ref)
		heartbeat(m, at(t, moment))
		s := m.Snapshot(m.Now(), Query{})
		if c := s.Universes[0]; c.Valid != 80 || c.Stale != 0 || c.Pct.String() != "100.00" {
			t.Errorf("at %s the coverage is %+v", moment, c)
		}
		rut := s.Indices[0]
		if !rut.Official || rut.Prelim || rut.Level.String() != num.NewFigure(ref.Indices[0].Days[69].Close.Decimal(), 2).String() {
			t.Errorf("at %s the index is %+v", moment, rut)
		}
	}
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 15:59:59"))
	s := m.Snapshot(m.Now(), Query{})
	if s.Universes[0].Valid != 0 || s.Indices[0].Level.Known() {
		t.Error("a second before the close its prices are known")
	}
}

// Days that the reference does not have are remembered as the market saw them.
func TestTheMarketsOwnHistory(t *testing.T) {
	w := fridayWorld()
	w.end = "2025-03-26"
	ref := w.reference(t)
	m := start(ref)
	printAll(t, m, ref, at(t, "2025-03-27 15:00:00"), "2025-03-26", 10) // +1 %
	m.Apply(&Update{Kind: KindOfficialClose, ID: 0, At: at(t, "2025-03-27 16:00:01"), Price: closeOf(t, ref, 0, "2025-03-26") * 2})
	level := ref.Indices[0].Days[69].Close
	m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: at(t, "2025-03-27 15:59:00"), Price: level + level/100})
	printAll(t, m, ref, at(t, "2025-03-28 10:00:00"), "2025-03-26", 20) // +2 %
	m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: at(t, "2025-03-28 10:00:00"), Price: level + level/50})
	now := at(t, "2025-03-28 10:00:00")
	s := m.Snapshot(now, Query{})
	if got := s.Windows[session.Day].Base.String(); got != "2025-03-27" {
		t.Fatalf("one day is measured from %s", got)
	}
	// 1.02/1.01 - 1 = 0.990… %, for all names but the largest, whose official close counts.
	if got := s.Size.Buckets[3].Groups[session.Day].Return[Median].String(); got != "0.99" {
		t.Errorf("the smallest quarter's median is %s, want 0.99", got)
	}
	if got := s.Indices[0].Returns[session.Day].String(); got != "0.99" {
		t.Errorf("the index is %s, want 0.99", got)
	}
	if got := m.names[0].bases[session.Day]; got != 2*closeOf(t, ref, 0, "2025-03-26") {
		t.Errorf("the base of the largest name is %s", got.Decimal())
	}
}

// In the first days of the calendar some windows have no base at all.
func TestWindowsBeyondTheCalendar(t *testing.T) {
	m := start(&Reference{})
	now := at(t, "2007-01-05 12:00:00")
	heartbeat(m, now)
	for w, info := range m.Snapshot(now, Query{}).Windows {
		if info != (WindowInfo{}) {
			t.Errorf("%s is measured from %s", session.Window(w), info.Base)
		}
	}
}

func TestClock(t *testing.T) {
	ref := fridayWorld().reference(t)
	for moment, want := range map[string]struct {
		phase       session.Phase
		open, close string
		half        bool
	}{
		"2025-03-28 03:00:00": {session.Closed, "2025-03-28 09:30:00", "", false},
		"2025-03-28 09:29:59": {session.Pre, "2025-03-28 09:30:00", "", false},
		"2025-03-28 09:30:00": {session.Open, "2025-03-31 09:30:00", "2025-03-28 16:00:00", false},
		"2025-03-28 16:00:00": {session.Post, "2025-03-31 09:30:00", "", false},
		"2025-03-29 12:00:00": {session.Closed, "2025-03-31 09:30:00", "", false},
		"2025-07-03 12:00:00": {session.Open, "2025-07-07 09:30:00", "2025-07-03 13:00:00", true},
	} {
		m := start(ref)
		heartbeat(m, at(t, moment))
		c := m.Snapshot(m.Now(), Query{}).Clock
		if c.Phase != want.phase || !c.NextOpen.Equal(at(t, want.open)) || c.HalfDay != want.half || c.PastTable {
			t.Errorf("at %s the clock is %+v", moment, c)
		}
		if (want.close == "") != c.NextClose.IsZero() || want.close != "" && !c.NextClose.Equal(at(t, want.close)) {
			t.Errorf("at %s the next close is %s", moment, c.NextClose)
		}
	}
}

func TestClockPastTheCalendar(t *testing.T) {
	m := start(fridayWorld().reference(t))
	heartbeat(m, at(t, "2028-02-01 12:00:00"))
	c := m.Snapshot(m.Now(), Query{}).Clock
	if !c.PastTable || !c.NextOpen.IsZero() || c.Phase != session.Closed {
		t.Errorf("the clock is %+v", c)
	}
}

// A feed is stale after three intervals, and after ten seconds at the least.
func TestFeedAge(t *testing.T) {
	for name, c := range map[string]struct {
		interval, age time.Duration
		health        *Health
		want          FeedPhase
	}{
		"in time":                    {time.Minute, 3 * time.Minute, nil, FeedOK},
		"late":                       {time.Minute, 3*time.Minute + 1, nil, FeedStale},
		"a fast feed within seconds": {time.Second, 10 * time.Second, nil, FeedOK},
		"a fast feed after seconds":  {time.Second, 10*time.Second + 1, nil, FeedStale},
		"a replay has no age":        {0, time.Hour, nil, FeedOK},
		"what the source says":       {time.Second, 0, &Health{State: FeedFailing, Problem: "refused", Dropped: 4, Overtaken: 9}, FeedFailing},
		"a failing feed stays so":    {time.Second, time.Hour, &Health{State: FeedFailing}, FeedFailing},
		"an ended one too":           {time.Second, time.Hour, &Health{State: FeedEnded}, FeedEnded},
		"a good one goes stale":      {time.Second, time.Hour, &Health{State: FeedOK}, FeedStale},
	} {
		m := NewMarket()
		m.Apply(&Update{Kind: KindReset, Payload: &Reset{Reference: fridayWorld().reference(t), Interval: c.interval, Mode: ModeLive}})
		now := at(t, "2025-03-28 12:00:00")
		heartbeat(m, now)
		if c.health != nil {
			m.Apply(&Update{Kind: KindHealth, Payload: c.health})
		}
		f := m.Snapshot(now.Add(c.age), Query{}).Feed
		if f.Phase != c.want || f.Age != c.age {
			t.Errorf("%s: phase %d at age %s, want %d", name, f.Phase, f.Age, c.want)
		}
		if c.health != nil && (f.Problem != c.health.Problem || f.Dropped != c.health.Dropped || f.Overtaken != c.health.Overtaken) {
			t.Errorf("%s: the feed is %+v", name, f)
		}
	}
}

func TestFeedThatHasNotSpoken(t *testing.T) {
	m := start(fridayWorld().reference(t))
	if f := m.Snapshot(at(t, "2025-03-28 12:00:00"), Query{}).Feed; f.Phase != FeedConnecting || f.Age != 0 {
		t.Errorf("the feed is %+v", f)
	}
}
