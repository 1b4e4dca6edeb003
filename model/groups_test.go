package model

import (
	"math/rand/v2"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// messy is a reference in which everything happens that happens in a market:
// share classes, names without closes, shares, debt data or new filings,
// companies that hold more cash than they are worth, splits, special dividends,
// mergers, and members that come and go.
func messy(tb testing.TB) *Reference {
	tb.Helper()
	w := world{rut: 220, overlap: 100, micro: 80, days: 70, end: "2025-03-28", seed: 11}
	ref := w.reference(tb)
	random := rand.New(rand.NewPCG(3, 3))
	day := func(s string) session.Date { return date(tb, s) }
	// Two companies have a second line, one of them a member as well.
	ref.Instruments[31].ShareClassOf = 30
	ref.Instruments[251].ShareClassOf = 40
	for i := range ref.Facts {
		switch random.IntN(12) {
		case 0:
			ref.Facts[i].Debt.Known = false
		case 1:
			ref.Facts[i].Cash.Dollars = 1_000_000_000_000
		case 2:
			ref.Facts[i].KnownAt = at(tb, "2024-02-01 17:00:00")
		case 3:
			ref.Facts[i].KnownAt = at(tb, "2024-08-01 17:00:00")
		case 4:
			ref.Facts[i].KnownAt = at(tb, "2025-03-10 17:00:00") // before some bases, after others
		}
	}
	ref.Shares = append(ref.Shares,
		ShareCount{ID: 12, KnownAt: at(tb, "2025-03-05 08:00:00"), Shares: 5},
		ShareCount{ID: 13, KnownAt: at(tb, "2025-03-24 08:00:00"), Shares: 1 << 40})
	ref.Shares[14].KnownAt = at(tb, "2025-02-28 16:00:01") // a second too late for the month
	ref.Shares[15].Shares = 0
	for _, c := range ref.Closes {
		if random.IntN(3) == 0 {
			c.Price[16+random.IntN(100)] = 0
		}
	}
	ref.Actions = []Action{
		{ID: 21, ExDate: day("2025-01-15"), Kind: ActionSplit, New: 2, Old: 1},
		{ID: 22, ExDate: day("2025-03-26"), Kind: ActionSplit, New: 1, Old: 10},
		{ID: 22, ExDate: day("2025-03-28"), Kind: ActionSplit, New: 3, Old: 2},
		{ID: 23, ExDate: day("2025-03-28"), Kind: ActionSpecial, Amount: 500_000},
		{ID: 24, ExDate: day("2025-03-03"), Kind: ActionSpinOff, Amount: 700_000},
		{ID: 25, ExDate: day("2025-03-25"), Kind: ActionCashMerger, Amount: 33_000_000},
		{ID: 26, ExDate: day("2025-01-06"), Kind: ActionDelisting},
		{ID: 27, ExDate: day("2025-03-26"), Kind: ActionRename, Symbol: "NEW"},
	}
	split := func(id ID, from string, newShares, old int64) {
		for _, c := range ref.Closes {
			if c.Date >= day(from) {
				c.Price[id], _ = c.Price[id].Scale(old, newShares)
			}
		}
	}
	split(21, "2025-01-15", 2, 1)
	split(22, "2025-03-26", 1, 10)
	split(22, "2025-03-28", 3, 2)
	for i := range ref.Members {
		switch m := &ref.Members[i]; m.ID {
		case 50:
			m.To = day("2025-03-28")
		case 51:
			m.To = day("2025-01-02")
		case 52:
			m.From = day("2025-02-28")
		case 53:
			m.From = day("2025-03-28")
		}
	}
	return ref
}

// heldFlat is what the two names of messy that end are worth from then on.
func heldFlat(tb testing.TB, ref *Reference) map[ID]num.Price {
	tb.Helper()
	return map[ID]num.Price{25: 33_000_000, 26: closeOf(tb, ref, 26, "2025-01-03")}
}

// The groups at the close of a messy Friday, against the definitions.
func TestGroupsAgreeWithTheDefinitions(t *testing.T) {
	ref := messy(t)
	m := start(ref)
	heartbeat(m, at(t, "2025-03-29 12:00:00"))
	o := oracle{ref: ref, last: heldFlat(t, ref), on: date(t, "2025-03-28")}
	for id := range ref.Instruments {
		if p := o.raw(ID(id), o.on); p > 0 && !o.gone(ID(id), o.on) {
			o.last[ID(id)] = p
		}
	}
	o.check(t, m.Snapshot(m.Now(), Query{}))
}

// The same through a session, print by print, at moments when some names have
// not printed yet.
func TestGroupsAgreeWithTheDefinitionsThroughASession(t *testing.T) {
	ref := messy(t)
	m := start(ref)
	random := rand.New(rand.NewPCG(8, 8))
	o := oracle{ref: ref, last: heldFlat(t, ref), on: date(t, "2025-03-28")}
	now := at(t, "2025-03-28 09:30:00")
	for round := range 4 {
		for i := range ref.Instruments {
			id := ID(i)
			p := o.raw(id, date(t, "2025-03-27"))
			if p == 0 || o.gone(id, o.on) || random.IntN(4) == 0 {
				continue
			}
			p = num.Price(o.adjusted(id, date(t, "2025-03-27")).Shift(num.PriceDigits).IntPart())
			p += p / 1000 * num.Price(random.IntN(81)-40)
			bar(m, id, now, p)
			o.last[id] = p
		}
		heartbeat(m, now)
		o.check(t, m.Snapshot(now, Query{}))
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
		now = now.Add(7 * 60e9)
	}
}

// Every statistic is rounded once. A mean a third of 1e-10 short of a half would
// be the half if it were rounded to 1e-10 first.
func TestStatisticsRoundOnce(t *testing.T) {
	m := &Market{}
	short := m.summarize([]num.Return{-32_500_000, -32_500_000, -32_499_999}, []num.Dollars{1, 1, 1})
	even := m.summarize([]num.Return{-40_000_000, -32_500_000, -32_499_999, 0}, nil)
	zero := m.summarize([]num.Return{0, 0, 0}, []num.Dollars{1, 1, 1})
	for name, got := range map[string]num.Figure{
		"mean":                   short.figures()[Mean],
		"median":                 even.figures()[Median],
		"trimmed mean":           short.figures()[Trimmed],
		"cap-weighted mean":      short.figures()[CapWeighted],
		"spread of means":        spreadFigures(m, &short, &zero)[Mean],
		"spread of medians":      spreadFigures(m, &even, &zero)[Median],
		"spread of trimmed":      spreadFigures(m, &short, &zero)[Trimmed],
		"spread of cap-weighted": spreadFigures(m, &short, &zero)[CapWeighted],
	} {
		if got.String() != "-0.32" {
			t.Errorf("the %s is %s, want -0.32: it is less than 0.325", name, got)
		}
	}
	if even.figures()[CapWeighted].Known() || spreadFigures(m, &even, &zero)[CapWeighted].Known() {
		t.Error("a cap-weighted mean without caps")
	}
}

func spreadFigures(m *Market, a, b *summary) PerStat {
	s, _ := m.spreadOf(a, b)
	return s.Return
}
