package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// attack is a market to which everything happens that can go wrong, and beside
// it a plain record of what it was told: enough to say what it may show.
type attack struct {
	m      *Market
	ref    Reference // as the market should know it by now
	random *rand.Rand
	now    time.Time
	told   map[ID]map[num.Price]bool // prices of the session
	last   []num.Price               // around which new prices lie
	sent   []Update
}

func newAttack(ref *Reference, seed uint64, open time.Time) *attack {
	a := &attack{m: start(ref), ref: *ref, random: rand.New(rand.NewPCG(seed, 3)), now: open, told: map[ID]map[num.Price]bool{}}
	a.ref.Actions = slices.Clone(ref.Actions)
	a.last = slices.Clone(ref.Closes[len(ref.Closes)-1].Price)
	return a
}

// send applies an update and keeps it.
func (a *attack) send(u Update) {
	if p := u.Price; p > 0 {
		a.remember(u.ID, p)
	}
	if c, ok := u.Payload.(*Correction); ok {
		a.remember(u.ID, c.Price)
	}
	a.sent = append(a.sent, u)
	a.m.Apply(&u)
}

func (a *attack) remember(id ID, p num.Price) {
	if a.told[id] == nil {
		a.told[id] = map[num.Price]bool{}
	}
	a.told[id][p] = true
}

// teach sends an action or a count of shares and enters it in the record.
func (a *attack) teach(id ID) {
	if a.random.IntN(3) == 0 {
		count := ShareCount{ID: id, KnownAt: a.now, Shares: 1 + a.random.Int64N(1e9)}
		a.ref.Shares = append(slices.Clip(a.ref.Shares), count)
		a.send(Update{Kind: KindShares, ID: id, At: a.now, Payload: &count})
		return
	}
	action := Action{
		ID: id, ExDate: a.m.frame.session.Date + session.Date(a.random.IntN(4)-1), Kind: ActionKind(1 + a.random.IntN(6)),
		New: 1 + a.random.Int64N(3), Old: 1 + a.random.Int64N(3), Amount: max(a.last[id]/200, 1), Symbol: "NEW",
	}
	if !slices.Contains(a.ref.Actions, action) {
		a.ref.Actions = append(a.ref.Actions, action)
		slices.SortStableFunc(a.ref.Actions, func(x, y Action) int { return int(x.ExDate - y.ExDate) })
	}
	a.send(Update{Kind: KindAction, ID: id, At: a.now, Payload: &action})
}

// step is one thing that happens to one name.
func (a *attack) step() {
	a.now = a.now.Add(time.Duration(a.random.IntN(4000)) * time.Millisecond)
	id := ID(a.random.IntN(len(a.last)))
	if id%17 == 16 {
		return // a member of which nothing is ever heard
	}
	p := max(a.last[id]+a.last[id]/1000*num.Price(a.random.IntN(41)-20), 1)
	u := Update{Kind: KindQuote, ID: id, At: a.now, Price: p, Volume: a.random.Int64N(1e6)}
	switch k := a.random.IntN(100); {
	case k < 40:
		u.Flags = FlagBar
	case k < 70: // a trade
	case k < 73:
		u.Price = a.nonsense()
	case k < 75:
		a.jump(id)
		return
	case k < 79:
		u.At = a.now.Add(-time.Duration(a.random.IntN(7200)) * time.Second)
	case k < 82:
		u.Kind, u.Price = KindCancel, a.last[id]
		if a.random.IntN(2) == 0 {
			u.Payload = &Correction{Price: p}
		}
	case k < 84:
		u.Kind, u.Price = KindCancel, 0
	case k < 87:
		u.Kind = KindHalt
	case k < 92:
		u.Kind = KindResume
	case k < 94:
		u.Kind = KindOfficialClose // too early, or told again
	case k < 95 && a.random.IntN(3) == 0:
		a.teach(id)
		return
	case k < 97:
		u = Update{Kind: KindIndexLevel, ID: ID(a.random.IntN(3)) - 1, At: a.now, Price: a.nonsense()}
	default:
		u = Update{Kind: KindHeartbeat, At: a.now}
	}
	a.send(u)
	if a.random.IntN(20) == 0 {
		a.send(u) // told twice
	}
	if n := a.m.names[id]; n.last > 0 {
		a.last[id] = n.last
	}
}

// jump is a move by up to three times, confirmed.
func (a *attack) jump(id ID) {
	p := a.last[id]/3 + num.Price(a.random.Int64N(int64(3*a.last[id])))
	for range 3 {
		a.now = a.now.Add(time.Second)
		a.send(Update{Kind: KindQuote, ID: id, At: a.now, Price: p, Volume: 1})
	}
	if n := a.m.names[id]; n.last > 0 {
		a.last[id] = n.last
	}
}

// nonsense is a price that is none, or hardly one.
func (a *attack) nonsense() num.Price {
	odd := []num.Price{0, -1, math.MinInt64, math.MaxInt64, num.MaxPrice, num.MaxPrice + 1, 1, -5 * num.PriceScale}
	return odd[a.random.IntN(len(odd))]
}

// close tells the official closes of most names, some of them twice and not
// alike, then goes on after the close and to the next session's open.
func (a *attack) close() {
	a.now = a.m.frame.session.Closes
	for i, p := range a.last {
		for range a.random.IntN(3) {
			a.send(Update{Kind: KindOfficialClose, ID: ID(i), At: a.now.Add(time.Second), Price: p + num.Price(a.random.IntN(2)), Volume: 5})
		}
	}
	for range 100 {
		a.step()
	}
}

func (a *attack) next() {
	open, _ := a.m.book.cal.NextOpen(a.m.frame.session.Opens)
	a.now = open
	a.send(Update{Kind: KindHeartbeat, At: open})
	a.told = map[ID]map[num.Price]bool{}
}

// cash is what a name was bought for, where that is the last that happened to it.
func (a *attack) cash(id ID) (num.Price, bool) {
	var ended *Action
	for i := range a.ref.Actions {
		switch x := &a.ref.Actions[i]; {
		case x.ID != id || x.ExDate > a.m.frame.session.Date:
		case ended != nil:
			return 0, false
		case x.Kind == ActionCashMerger || x.Kind == ActionDelisting:
			ended = x
		}
	}
	if ended == nil || ended.Kind != ActionCashMerger {
		return 0, false
	}
	return ended.Amount, true
}

// check compares the market with the record: sums and statistics digit for
// digit with those worked out from the definitions, and no price that nobody told.
func (a *attack) check(t rapid.TB, when string) {
	t.Helper()
	checkSums(t, a.m, when)
	o := oracle{ref: &a.ref, on: a.m.frame.session.Date, last: map[ID]num.Price{}}
	with := a.ref
	with.Closes = slices.Concat(a.ref.Closes, a.m.seen.closes)
	o.ref = &with
	for i := range a.m.names {
		n, id := &a.m.names[i], ID(i)
		if n.state&stateValid == 0 {
			continue
		}
		o.last[id] = n.last
		if cash, ok := a.cash(id); ok && n.last != cash {
			t.Fatalf("%s: name %d was bought for %s and has the price %s", when, id, cash.Decimal(), n.last.Decimal())
		}
		if n.state&stateEnded == 0 && n.last != n.bases[session.Day] && !a.told[id][n.last] {
			t.Fatalf("%s: name %d has the price %s, which nobody told", when, id, n.last.Decimal())
		}
	}
	o.check(t, a.m.Snapshot(a.now, Query{}))
}

// Splits, payments, mergers and new share counts that are learned late, halts,
// bad ticks, jumps, cancels, updates out of order, told twice or after the
// close, prices that are none, and names that never print: through all of it
// every mean, median, trimmed and weighted mean is the one of the definitions,
// and looking in between changes nothing.
func TestNothingThatGoesWrongMakesAWrongNumber(t *testing.T) {
	ref := world{rut: 60, overlap: 25, micro: 25, days: 24, end: "2025-03-26", seed: 4}.reference(t)
	open := at(t, "2025-03-27 09:30:00")
	rapid.Check(t, func(t *rapid.T) {
		a := newAttack(ref, rapid.Uint64().Draw(t, "seed"), open)
		a.send(Update{Kind: KindHeartbeat, At: open})
		for day := range 2 {
			for i := range 200 {
				if a.step(); i%100 == 0 {
					a.m.Snapshot(a.now, Query{Rank: RankPolicy(i/100 + 2*day), Financials: day > 0, Detail: DetailMembers, Only: session.WindowSetOf(session.Week)})
				}
			}
			if day > 0 {
				a.check(t, "during the session")
			}
			a.close()
			a.next()
		}
		a.step()
		a.check(t, "after two sessions")
		blind := start(ref)
		for i := range a.sent {
			blind.Apply(&a.sent[i])
		}
		if seen, unseen := a.m.Snapshot(a.now, Query{}), blind.Snapshot(a.now, Query{}); encoded(t, seen) != encoded(t, unseen) {
			t.Fatalf("looking in between has changed the snapshot:\n%s\n%s", encoded(t, seen), encoded(t, unseen))
		}
	})
}
