package model

import (
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

// checkSums compares every running sum and count with sums from scratch: every
// return by division of decimals, added up in big integers.
func checkSums(t rapid.TB, m *Market, when string) {
	t.Helper()
	var sums [session.WindowCount][slotCount]big.Int
	var counts [session.WindowCount][slotCount]int32
	for i := range m.names {
		n := &m.names[i]
		if n.state&stateValid == 0 {
			continue
		}
		for w := range session.WindowCount {
			r := decimal.Zero
			if base := n.bases[w]; base > 0 {
				r = (n.last - base).Decimal().DivRound(base.Decimal(), num.ReturnDigits)
			}
			units := r.Shift(num.ReturnDigits).BigInt()
			for _, slot := range n.slots[w] {
				sums[w][slot].Add(&sums[w][slot], units)
				counts[w][slot]++
			}
		}
	}
	for w := range session.WindowCount {
		for slot := range slotNone {
			if !sums[w][slot].IsInt64() || sums[w][slot].Int64() != m.sums[w][slot] || counts[w][slot] != m.counts[w][slot] {
				t.Fatalf("%s, %s, group %d: the running sum is %d of %d names, from scratch %s of %d",
					when, session.Window(w), slot, m.sums[w][slot], m.counts[w][slot], &sums[w][slot], counts[w][slot])
			}
		}
	}
}

// checkMeans compares every mean of a snapshot with its fraction.
func checkMeans(t *testing.T, m *Market, s *Snapshot) {
	t.Helper()
	for b := range s.Size.Buckets {
		for w := range session.WindowCount {
			g := &s.Size.Buckets[b].Groups[w]
			want := ""
			if n := m.counts[w][slotSize+b]; n > 0 {
				want = inPercent(big.NewRat(m.sums[w][slotSize+b], int64(n)*int64(num.ReturnScale)))
			}
			if g.Return[Mean].String() != want || g.N != int(m.counts[w][slotSize+b]) {
				t.Fatalf("%s: the mean of bucket %d is %s of %d names, want %s", session.Window(w), b, g.Return[Mean], g.N, want)
			}
		}
	}
}

// disorder makes a million random updates: trades and bars, good and bad, late
// and doubled, halts, cancels and corrections, closes, and actions learned on
// the way, through nine sessions.
type disorder struct {
	m      *Market
	random *rand.Rand
	now    time.Time
	step   time.Duration
	last   []num.Price
}

func (d *disorder) next() {
	d.now = d.now.Add(d.step)
	id := ID(d.random.IntN(len(d.last)))
	u := Update{Kind: KindQuote, ID: id, At: d.now, Price: d.last[id], Volume: d.random.Int64N(1e6)}
	switch k := d.random.IntN(1000); {
	case k < 400:
		u.Flags = FlagBar
		u.Price += u.Price / 1000 * num.Price(d.random.IntN(21)-10)
	case k < 850:
		u.Price += u.Price / 1000 * num.Price(d.random.IntN(41)-20)
	case k < 870: // anything between a tenth and twice the price
		u.Price = u.Price/10 + num.Price(d.random.Int64N(int64(2*u.Price)))
	case k < 890:
		u.Kind = KindCancel
		if d.random.IntN(2) == 0 {
			u.Payload = &Correction{Price: u.Price + u.Price/100}
		}
	case k < 905:
		u.Kind = KindHalt
	case k < 930:
		u.Kind = KindResume
	case k < 945:
		u.At = d.now.Add(-time.Duration(d.random.IntN(3600)) * time.Second)
	case k < 960:
		u.Flags = Flags(d.random.IntN(16))
	case k < 965:
		u.Kind = KindOfficialClose
	case k == 999 && d.random.IntN(20) == 0:
		u.Kind = KindAction
		u.Payload = &Action{
			ID: id, ExDate: d.m.frame.session.Date + session.Date(d.random.IntN(3)), Kind: ActionKind(1 + d.random.IntN(6)),
			New: 1 + d.random.Int64N(3), Old: 1 + d.random.Int64N(3), Amount: u.Price / 20,
		}
	default:
		u.Kind = KindHeartbeat
	}
	d.m.Apply(&u)
	if p := d.m.names[id].last; p > 0 {
		d.last[id] = p
	}
}

// Over a million random updates the running sums stay what they would be from
// scratch, digit for digit, and so do the means that are printed.
func TestRunningMeansAreExact(t *testing.T) {
	w := world{rut: 120, overlap: 60, micro: 40, days: 70, end: "2025-03-17", seed: 21}
	ref := w.reference(t)
	d := disorder{
		m: start(ref), random: rand.New(rand.NewPCG(12, 34)), now: at(t, "2025-03-18 09:29:30"),
		step: 1900 * time.Millisecond, last: make([]num.Price, len(ref.Instruments)),
	}
	for id := range d.last {
		d.last[id] = closeOf(t, ref, ID(id), "2025-03-17")
	}
	heartbeat(d.m, at(t, "2025-03-18 09:30:00"))
	sessions := map[session.Date]bool{}
	taken := uint64(0)
	for i := range 1_050_000 {
		// Nights are skipped.
		if d.now.After(d.m.frame.session.Closes.Add(time.Hour)) {
			checkSums(t, d.m, "before the roll")
			next, _ := d.m.book.cal.NextOpen(d.now)
			d.now = next
		}
		d.next()
		if i%25_000 == 0 || i == 1_049_999 {
			checkSums(t, d.m, d.now.String())
			checkMeans(t, d.m, d.m.Snapshot(d.now, Query{}))
		}
		sessions[d.m.frame.session.Date] = true
		taken = max(taken, d.m.revision)
	}
	if len(sessions) < 9 || taken < 500_000 {
		t.Errorf("only %d sessions and %d changes were met", len(sessions), taken)
	}
}

// A mean does not depend on the order in which prices came.
func TestMeansDoNotDependOnTheOrder(t *testing.T) {
	ref := fridayWorld().reference(t)
	random := rand.New(rand.NewPCG(5, 6))
	now := at(t, "2025-03-28 10:10:00")
	final := make([]num.Price, len(ref.Instruments))
	for id := range final {
		last := closeOf(t, ref, ID(id), "2025-03-27")
		final[id] = last + last/1000*num.Price(random.IntN(201)-100)
	}
	var want string
	for round := range 5 {
		m := start(ref)
		for range 200 * round { // some way to get there
			id := random.IntN(len(final))
			bar(m, ID(id), now.Add(-time.Minute), final[id]+final[id]/1000*num.Price(random.IntN(101)-50))
		}
		for _, id := range random.Perm(len(final)) {
			bar(m, ID(id), now, final[id])
		}
		s := m.Snapshot(now, Query{})
		s.Quality.Incidents, s.Clock.Since = nil, time.Time{} // the first round begins a minute later
		if got := encoded(t, s); round == 0 {
			want = got
		} else if got != want {
			t.Errorf("in round %d the snapshot is\n%s\nwant\n%s", round, got, want)
		}
	}
}
