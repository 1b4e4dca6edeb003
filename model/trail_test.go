package model

import (
	"math/big"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// spreadOn is a spread over some sessions ending on a date, as the oracle says:
// ranked at the beginning, among those that have a price at the end.
func (o *oracle) spreadOn(t *testing.T, sessions int, end session.Date, groups func(base session.Date) (a, b []ID)) num.Return {
	t.Helper()
	base, ok := o.ref.Calendar.Offset(end, -sessions)
	if !ok {
		t.Fatal("the calendar does not reach back that far")
	}
	then := oracle{ref: o.ref, on: end, last: map[ID]num.Price{}}
	for id := range o.ref.Instruments {
		if p := o.raw(ID(id), end); p > 0 && !o.gone(ID(id), end) {
			then.last[ID(id)] = p
		}
	}
	for id, p := range o.last { // held flat by a merger
		if o.gone(id, end) {
			then.last[id] = p
		}
	}
	a, b := groups(base.Date)
	mean := func(ids []ID) *big.Rat {
		_, exact, _, _, _ := then.group(ids, base.Date)
		return exact
	}
	units := big.NewRat(int64(num.ReturnScale), 1)
	round := func(r *big.Rat) num.Return {
		n, ok := new(big.Int).SetString(new(big.Rat).Mul(r, units).FloatString(0), 10)
		if !ok {
			t.Fatal("no number")
		}
		return num.Return(n.Int64())
	}
	return round(mean(a)) - round(mean(b))
}

// Every earlier spread of a messy market, against the definitions: members,
// ranks, splits and mergers as they were at the time.
func TestTrailsAgreeWithTheDefinitions(t *testing.T) {
	ref := messy(t)
	ref.Closes = ref.Closes[len(ref.Closes)-30:]
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	o := &oracle{ref: ref, last: map[ID]num.Price{25: 33_000_000}, on: date(t, "2025-03-28")}
	for _, sessions := range []int{1, 5} {
		trail := m.frame.trailOver(sessions)
		for i, end := range trail.size.on {
			want := o.spreadOn(t, sessions, end, func(base session.Date) (a, b []ID) {
				q := o.quartiles(base)
				return q[3], q[0]
			})
			if got := trail.size.values[i]; got != want {
				t.Errorf("over %d sessions to %s the size spread is %d, want %d", sessions, end, got, want)
			}
		}
		for u := range universeCount {
			past := &trail.leverage[u]
			for i, end := range past.on {
				if i%4 != 0 {
					continue // every fourth is enough: the oracle takes its time
				}
				want := o.spreadOn(t, sessions, end, func(base session.Date) (a, b []ID) {
					low, _, high, _ := o.thirds(universeName(u), base)
					return high, low
				})
				if got := past.values[i]; got != want {
					t.Errorf("over %d sessions to %s the leverage spread of %s is %d, want %d", sessions, end, universeName(u), got, want)
				}
			}
		}
		if got := len(trail.size.on); got != 29-sessions {
			t.Errorf("over %d sessions there are %d earlier spreads in 29 sessions of closes", sessions, got)
		}
	}
}

// Before the closes begin the reference's own values stand in, those of exactly
// as many sessions; the closes have the last word.
func TestTrailsBeforeTheCloses(t *testing.T) {
	w := fridayWorld()
	w.days = 12
	ref := w.reference(t)
	first := ref.Closes[0].Date
	cal := session.New()
	for back := -70; back < 12; back++ {
		s, _ := cal.Offset(first, back)
		for sessions, spread := range map[int]num.Return{1: 1000, 5: 5000, 6: 6000} {
			ref.Spreads = append(ref.Spreads,
				SpreadPoint{Date: s.Date, Axis: AxisSize, Universe: "RUT", Sessions: sessions, Spread: spread + num.Return(back)},
				SpreadPoint{Date: s.Date, Axis: AxisLeverage, Universe: "RMICRO", Sessions: sessions, Spread: -spread})
		}
	}
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	trail := m.frame.trailOver(5)
	if len(trail.size.values) != trailLength || len(trail.leverage[inMicro].values) != trailLength {
		t.Fatalf("there are %d and %d earlier spreads", len(trail.size.values), len(trail.leverage[inMicro].values))
	}
	// Eleven sessions of closes before Friday hold six spans of five sessions.
	given := 0
	for i, v := range trail.size.values {
		if back := cal.Between(first, trail.size.on[i]); v == 5000+num.Return(back) {
			given++
		}
	}
	if given != trailLength-6 {
		t.Errorf("%d values are the reference's own, want %d", given, trailLength-6)
	}
	if got := len(trail.leverage[inRUT].values); got != 6 {
		t.Errorf("without values of its own the Russell 2000 has %d", got)
	}
	s := m.Snapshot(m.Now(), Query{})
	if s.Size.Spread[session.Week].History != 0 && s.Size.Spread[session.Week].History != trailLength {
		t.Errorf("z rests on %d values", s.Size.Spread[session.Week].History)
	}
}

// Values of the reference's that end on the session shown, or later, are not
// read.
func TestTrailsKnowNothingOfToday(t *testing.T) {
	ref := fridayWorld().reference(t)
	ref.Closes = nil
	for d := date(t, "2024-12-01"); d < date(t, "2025-06-01"); d++ {
		ref.Spreads = append(ref.Spreads, SpreadPoint{Date: d, Axis: AxisSize, Universe: "RUT", Sessions: 1, Spread: num.Return(d)})
	}
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	past := m.frame.trailOver(1).size
	if len(past.values) != trailLength || past.values[trailLength-1] != num.Return(date(t, "2025-03-27")) {
		t.Errorf("there are %d values up to %d", len(past.values), past.values[len(past.values)-1])
	}
}

// A session later the trail has moved on by one: what it shares with the one
// before is the same, though it comes from what was kept.
func TestTrailsMoveOn(t *testing.T) {
	ref := fridayWorld().reference(t)
	m := start(ref)
	heartbeat(m, at(t, "2025-03-27 12:00:00"))
	before := m.frame.trailOver(5)
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	after := m.frame.trailOver(5)
	fresh := start(ref)
	heartbeat(fresh, at(t, "2025-03-28 12:00:00"))
	again := fresh.frame.trailOver(5)
	n := len(after.size.values)
	for i := range n {
		if after.size.values[i] != again.size.values[i] || after.size.on[i] != again.size.on[i] {
			t.Errorf("on %s the spread is %d, from scratch %d", after.size.on[i], after.size.values[i], again.size.values[i])
		}
	}
	shift := len(before.size.values) - (n - 1)
	for i := range n - 1 {
		if before.size.values[i+shift] != after.size.values[i] {
			t.Errorf("on %s the spread is now %d, was %d", after.size.on[i], after.size.values[i], before.size.values[i+shift])
		}
	}
}
