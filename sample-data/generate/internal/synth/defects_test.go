package synth

import (
	"math"
	"testing"

	"gyre/model/num"
)

// No company has two things happen to it.
func TestDefectsConcernDifferentCompanies(t *testing.T) {
	x := made(t).Defects
	concerned := map[int]int{x.Merger.Company: 1}
	add := func(i int) { concerned[i]++ }
	add(x.Split.Company)
	add(x.Rename.Company)
	add(x.Tick.Company)
	for _, h := range x.Halts {
		add(h.Company)
	}
	for _, l := range x.Late {
		add(l.Company)
	}
	silent := 0
	for i, is := range x.Silent {
		if is {
			add(i)
			silent++
		}
	}
	for i, n := range concerned {
		if n > 1 {
			t.Errorf("company %d is chosen %d times", i, n)
		}
	}
	if want := 1 + 1 + 1 + 1 + 2 + lateOpens + silent; len(concerned) != want {
		t.Errorf("%d companies, want %d", len(concerned), want)
	}
}

// A silent name has closes up to the week's base, and none after.
func TestSilentNames(t *testing.T) {
	m := made(t)
	for i, silent := range m.Defects.Silent {
		if !m.Traded(m.bases.week, i) {
			t.Errorf("%s has no close at the week's base", m.Companies[i].ID)
		}
		if silent == m.valid(m.bases.week+1, i) || silent == m.valid(m.bases.last, i) {
			t.Errorf("%s: silent %t, valid in the last week %t", m.Companies[i].ID, silent, m.valid(m.bases.last, i))
		}
	}
}

// A company that is bought jumps when the offer is known, hardly moves until
// the end, and is held at the cash paid.
func TestMerger(t *testing.T) {
	m := made(t)
	x := m.Defects.Merger
	price := func(d int) float64 { return m.Price[d][x.Company].Float() }
	if jump := price(x.Session-announcement)/price(x.Session-announcement-1) - 1; jump < .15 {
		t.Errorf("the offer moves the price by %.3f", jump)
	}
	for d := x.Session - announcement + 1; d < x.Session; d++ {
		if move := price(d)/price(d-1) - 1; move > .02 || move < -.02 {
			t.Errorf("in session %d it moves by %.3f", d, move)
		}
	}
	if x.Amount <= m.Price[x.Session-1][x.Company] || x.Amount%(num.PriceScale/4) != 0 {
		t.Errorf("%d is paid for a last price of %d", x.Amount, m.Price[x.Session-1][x.Company])
	}
	for d := x.Session; d <= m.bases.last; d++ {
		if m.Price[d][x.Company] != x.Amount || m.Traded(d, x.Company) || !m.valid(d, x.Company) {
			t.Errorf("in session %d it is at %d, trades: %t", d, m.Price[d][x.Company], m.Traded(d, x.Company))
		}
	}
}

// The bad tick is far from where its name trades that day, but less than half
// its price away, as real jumps and unannounced splits are.
func TestBadTickIsFarOff(t *testing.T) {
	m := made(t)
	x := m.Defects.Tick
	for d, s := range m.Sessions {
		if !x.At.After(s.Opens) || x.At.After(s.Closes) {
			continue
		}
		low, before := m.Bars[d][x.Company].Low.Float(), m.Price[d-1][x.Company].Float()
		if tick := x.Price.Float(); tick > .85*low || tick < .52*before {
			t.Errorf("its low is %.4f, its last close %.4f, the tick %.4f", low, before, tick)
		}
		return
	}
	t.Error("it lies in no session")
}

// Names are chosen once each, from the middle of their quartile.
func TestChooser(t *testing.T) {
	m := newMarket(published(t), seed)
	c := chooser{m: m, quartile: m.quartiles(m.russell, m.bases.week), taken: make([]bool, companies)}
	c.place()
	seen := map[int]bool{}
	for q := range 4 {
		for range 40 {
			i := c.next(q)
			if seen[i] || int(c.quartile[i]) != q {
				t.Fatalf("%s is chosen for Q%d again, or is in Q%d", m.Companies[i].ID, q+1, c.quartile[i]+1)
			}
			seen[i] = true
		}
	}
	dear := c.priced(1, 100, 69)
	if seen[dear] || c.quartile[dear] != 1 {
		t.Errorf("%s is taken or of another quartile", m.Companies[dear].ID)
	}
	distance := func(i int) float64 { return math.Abs(math.Log(m.Price[69][i].Float() / 100)) }
	for _, i := range c.middle[1] {
		if !c.taken[i] && distance(i) < distance(dear) {
			t.Errorf("%s is nearer to 100 dollars than %s", m.Companies[i].ID, m.Companies[dear].ID)
		}
	}
}

func TestLateOpensAreSpreadOverTheFirstMinutes(t *testing.T) {
	minutes := map[int]int{}
	for _, l := range made(t).Defects.Late {
		minutes[l.Minute]++
	}
	for m := range minutes {
		if m < 3 || m > 14 {
			t.Errorf("one opens in minute %d", m)
		}
	}
	if len(minutes) != 12 {
		t.Errorf("they open in %d different minutes", len(minutes))
	}
}
