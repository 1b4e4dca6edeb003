package synth

import (
	"math"

	"gyre/feed/sim"
	"gyre/model/num"
	"gyre/model/session"
)

// filings is how many filings each company has.
const filings = 2

// Market is the made-up market while it is being made: companies, their
// filings, and their closes of every session.
//
// Prices are in the money of the last session: before a split they are what
// the share of today would have cost. On paper, in closes.csv, they are not.
type Market struct {
	Companies []Company
	Books     Books
	Defects   Defects
	Sessions  []session.Session
	Index     []float64     // closes of the real Russell 2000
	Price     [][]num.Price // by session and company
	Volume    [][]int64     // shares traded, likewise
	Bars      [][]sim.Bar   // of the last week, likewise; nil before
	History   []HistoryPoint

	seed    uint64
	moves   [][]float64 // logarithmic returns, by session and company
	bases   bases
	russell universe
	micro   universe
}

// bases are the places of the sessions that the last session's windows are
// measured from.
type bases struct{ day, week, month, quarter, year, last int }

// Make makes up a market around what is known of the index: companies, their
// balance sheets, and prices whose averages meet the targets. The error says
// which promise of the sample could not be kept.
func Make(p *Published, seed uint64, t *Targets) (*Market, error) {
	m := newMarket(p, seed)
	m.inject()
	m.calibrate(t)
	m.volumes()
	m.round()
	m.nudge(t)
	m.bars(p)
	m.History = m.history(session.New())
	return m, m.verify(t)
}

// newMarket makes up companies and their returns as they come, before anything
// is adjusted.
func newMarket(p *Published, seed uint64) *Market {
	sessions, index := p.Sessions, make([]float64, len(p.Closes))
	for d := range index {
		index[d] = p.Closes[d].Float()
	}
	m := &Market{Companies: companiesOf(seed), Sessions: sessions, Index: index, seed: seed}
	m.Books = balances(m.Companies, seed)
	m.moves = draws(m.Companies, index, seed)
	m.Price = make([][]num.Price, len(sessions))
	for d := range m.Price {
		m.Price[d] = make([]num.Price, len(m.Companies))
	}
	m.bases = findBases(sessions)
	m.Defects = Defects{Silent: make([]bool, len(m.Companies)), Merger: Merger{Session: len(sessions)}, Split: Split{Session: 0, New: 1, Old: 1}}
	m.russell, m.micro = m.members(inRussell), m.members(inMicro)
	m.reprice()
	return m
}

// findBases finds the base sessions of the last session's windows.
func findBases(sessions []session.Session) bases {
	calendar, last := session.New(), len(sessions)-1
	place := func(w session.Window) int {
		base, _ := calendar.Base(w, sessions[last].Date)
		for d := range sessions {
			if sessions[d].Date == base.Date {
				return d
			}
		}
		return 0
	}
	return bases{
		day: place(session.Day), week: place(session.Week), month: place(session.Month),
		quarter: place(session.Quarter), year: place(session.YearToDate), last: last,
	}
}

// reprice computes all prices from the returns.
func (m *Market) reprice() {
	for d := range m.Price {
		m.repriceOn(d)
	}
}

// repriceOn computes the prices of session d from those of the session before.
func (m *Market) repriceOn(d int) {
	for i := range m.Companies {
		before := m.Companies[i].price0
		if d > 0 {
			before = m.Price[d-1][i].Float()
		}
		m.Price[d][i] = num.Price(math.Round(before * math.Exp(m.moves[d][i]) * float64(num.PriceScale)))
	}
	m.Defects.Merger.hold(m, d)
}

// Traded tells whether a company has a close in a session.
func (m *Market) Traded(d, i int) bool {
	t := m.Defects.Merger
	return m.valid(d, i) && (i != t.Company || d < t.Session)
}

// valid tells whether a company has a price in a session: a close, or the cash
// that was paid for it.
func (m *Market) valid(d, i int) bool { return d <= m.bases.week || !m.Defects.Silent[i] }
