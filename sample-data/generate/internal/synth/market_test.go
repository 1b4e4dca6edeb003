package synth

import (
	"math"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// The windows of 28 March 2025 begin at these closes.
func TestBases(t *testing.T) {
	m := made(t)
	for name, c := range map[string]struct {
		place int
		want  string
	}{
		"1D":   {m.bases.day, "2025-03-27"},
		"1W":   {m.bases.week, "2025-03-21"},
		"1M":   {m.bases.month, "2025-02-28"},
		"3M":   {m.bases.quarter, "2024-12-27"},
		"YTD":  {m.bases.year, "2024-12-31"},
		"last": {m.bases.last, "2025-03-28"},
	} {
		if got := m.Sessions[c.place].Date.String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestPricesFollowTheMoves(t *testing.T) {
	m := raw(t)
	for _, i := range []int{0, 1000, companies - 1} {
		p := m.Companies[i].price0
		for d := range m.Price {
			p *= math.Exp(m.moves[d][i])
			if away := math.Abs(m.Price[d][i].Float()/p - 1); away > 1e-4 {
				t.Fatalf("%s in session %d costs %.6f, want %.6f", m.Companies[i].ID, d, m.Price[d][i].Float(), p)
			}
		}
	}
}

// A cap is the price times the shares that were known by then, and no others.
func TestCapUsesWhatWasKnown(t *testing.T) {
	m := *made(t)
	m.Books.Shares = append(m.Books.Shares[:0:0], m.Books.Shares...)
	m.Price = append([][]num.Price(nil), m.Price...)
	const i = 5
	first, second := &m.Books.Shares[filings*i], &m.Books.Shares[filings*i+1]
	first.Shares, second.Shares = 1000, 2000
	second.KnownAt = m.Sessions[20].Closes
	for d, want := range map[int]int64{0: 1000, 19: 1000, 20: 2000, 69: 2000} {
		if got := m.capAt(d, i); got != num.Cap(want, m.Price[d][i]) {
			t.Errorf("in session %d the cap is %d, want that of %d shares", d, got, want)
		}
	}
	second.KnownAt = second.KnownAt.Add(time.Second)
	if got := m.capAt(20, i); got != num.Cap(1000, m.Price[20][i]) {
		t.Errorf("a filing after the close counts: %d", got)
	}
}

func TestReturnsOfNamesThatAreGone(t *testing.T) {
	m := made(t)
	silent := 0
	for !m.Defects.Silent[silent] {
		silent++
	}
	bought, b := m.Defects.Merger, m.bases
	for name, c := range map[string]struct {
		from, to, company int
		want              bool
	}{
		"silent, before":         {b.quarter, b.week, silent, true},
		"silent, to the end":     {b.week, b.last, silent, false},
		"bought, to the end":     {b.week, b.last, bought.Company, true},
		"bought, from afterward": {bought.Session, b.last, bought.Company, false},
		"ordinary":               {b.day, b.last, 0, true},
	} {
		if _, ok := m.ret(c.from, c.to, c.company); ok != c.want {
			t.Errorf("%s: it has a return: %t, want %t", name, ok, c.want)
		}
	}
	cash, _ := m.ret(b.week, b.last, bought.Company)
	if want := bought.Amount.Float()/m.Price[b.week][bought.Company].Float() - 1; math.Abs(cash.Float()-want) > 1e-9 {
		t.Errorf("the company bought returns %.6f, want %.6f", cash.Float(), want)
	}
}

func TestQuartilesAreOfOneUniverse(t *testing.T) {
	m := made(t)
	sizes := map[int8]int{}
	for i, q := range m.quartiles(m.russell, m.bases.week) {
		if m.Companies[i].Only && q >= 0 {
			t.Fatalf("%s is not in the Russell 2000 and in quartile %d", m.Companies[i].ID, q)
		}
		sizes[q]++
	}
	if sizes[0] != 491 || sizes[1] != 490 || sizes[2] != 490 || sizes[3] != 490 {
		t.Errorf("the quartiles hold %v", sizes)
	}
}

func TestMakeDependsOnTheSeed(t *testing.T) {
	p := published(t)
	a, b := newMarket(p, 1), newMarket(p, 2)
	same := 0
	for i := range a.Companies {
		if a.Price[69][i] == b.Price[69][i] {
			same++
		}
	}
	if same > 10 {
		t.Errorf("%d of %d last prices are alike", same, companies)
	}
}

func TestSessionsAreTheIndexs(t *testing.T) {
	m := made(t)
	if len(m.Sessions) != 70 || m.Sessions[0].Date != session.NewDate(2024, time.December, 16) || len(m.Price) != 70 {
		t.Errorf("%d sessions from %s", len(m.Sessions), m.Sessions[0].Date)
	}
}
