package synth

import (
	"cmp"
	"math"
	"slices"
	"time"

	"gyre/model/num"
)

// Defects are what goes wrong, or just happens, in the sample's data, so that
// it looks like data. They are chosen before prices are adjusted, and the
// averages that are adjusted leave out what the dashboard leaves out.
type Defects struct {
	Silent []bool // by company: no close in the last week
	Merger Merger
	Split  Split
	Rename Rename
	Halts  []Halt
	Late   []LateOpen
	Tick   BadTick
}

// Merger is a takeover for cash: the company does not trade from Session on.
type Merger struct {
	Company, Session int
	Amount           num.Price
}

// Split is a reverse split, New shares for Old, from Session on.
type Split struct {
	Company, Session int
	New, Old         int64
}

// Rename is a new symbol from Session on.
type Rename struct {
	Company, Session int
	Symbol           string
}

// Halt is trading that stopped on the last session and did not go on.
type Halt struct {
	Company int
	At      time.Time
	Code    string
}

// LateOpen is a first trade that came late on the last session.
type LateOpen struct {
	Company, Minute int
}

// BadTick is a print far from its price, though not so far that it could be a
// split.
type BadTick struct {
	Company int
	At      time.Time
	Price   num.Price
}

// Names without data in the last week, by quartile, and how many companies of
// the micro-cap index have none.
func silentByQuartile() [4]int { return [4]int{12, 13, 15, 18} }

const silentMicro = 58

// lateOpens is how many names open late on the last session.
const lateOpens = 14

// inject chooses the defects. It looks at the prices as they were drawn, and
// takes names from the middle of their quartiles, so that they are still there
// when prices have been adjusted.
func (m *Market) inject() {
	last, days := m.bases.last, m.Sessions
	c := chooser{m: m, quartile: m.quartiles(m.russell, m.bases.week), taken: make([]bool, len(m.Companies))}
	c.place()
	friday, thursday := days[last].Date, days[last-1].Date
	m.Defects.Split = Split{Company: c.priced(3, 5.6, last-3), Session: last - 2, New: 1, Old: 10}
	m.Defects.Merger = Merger{Company: c.priced(2, 14.5, last-4), Session: last - 3}
	m.Defects.Rename = Rename{Company: c.next(1), Session: last - 1}
	m.Defects.Rename.Symbol = "S9" + m.Companies[m.Defects.Rename.Company].ID[2:]
	m.Defects.Halts = []Halt{
		{Company: c.priced(3, 7, last), At: friday.At(10, 12).Add(20 * time.Second), Code: "T1"},
		{Company: c.priced(3, 9, last), At: friday.At(15, 52).Add(10 * time.Second), Code: "LUDP"},
	}
	m.Defects.Tick = BadTick{Company: c.priced(3, .6, last-1), At: thursday.At(11, 7).Add(12 * time.Second), Price: 410_000}
	for k := range lateOpens {
		m.Defects.Late = append(m.Defects.Late, LateOpen{Company: c.next(k % 2), Minute: 3 + (5*k)%12})
	}
	c.silence()
	m.calmBeforeMerger()
	m.reprice()
}

// chooser hands out names, each once.
type chooser struct {
	m        *Market
	quartile []int8
	middle   [4][]int // of each quartile's middle, in the order of their places
	taken    []bool
}

// place fills the middles: the middle third of each quartile's
// companies, by size.
func (c *chooser) place() {
	var all [4][]int
	for i := range large { // companies are in the order of their first size
		if q := c.quartile[i]; q >= 0 {
			all[q] = append(all[q], i)
		}
	}
	for q, ids := range all {
		slices.SortFunc(ids, func(a, b int) int {
			return cmp.Compare(c.m.capAt(c.m.bases.week, b), c.m.capAt(c.m.bases.week, a))
		})
		c.middle[q] = ids[len(ids)/3 : len(ids)*2/3]
	}
}

// next is a name of the quartile that nobody has yet: every seventeenth.
func (c *chooser) next(q int) int {
	const stride = 17
	ids := c.middle[q]
	for k := range ids {
		if i := ids[(k+1)*stride%len(ids)]; !c.taken[i] {
			c.taken[i] = true
			return i
		}
	}
	return ids[0]
}

// priced is a free name of the quartile whose price in session d is nearest to
// dollars.
func (c *chooser) priced(q int, dollars float64, d int) int {
	best, distance := -1, math.Inf(1)
	for _, i := range c.middle[q] {
		if away := math.Abs(math.Log(c.m.Price[d][i].Float() / dollars)); !c.taken[i] && away < distance {
			best, distance = i, away
		}
	}
	c.taken[best] = true
	return best
}

// silence chooses the names without data.
func (c *chooser) silence() {
	silent, micro := c.m.Defects.Silent, 0
	for q, n := range silentByQuartile() {
		for range n {
			i := c.next(q)
			silent[i] = true
			if c.m.Companies[i].Micro {
				micro++
			}
		}
	}
	const stride = 13
	for k := 0; micro < silentMicro; k++ {
		silent[large+(k*stride+5)%microOnly] = true
		micro++
	}
}

// announcement is how many sessions before its end a merger becomes known, and
// calm is how much of its moves a company keeps from then on.
const (
	announcement = 18
	calm         = .06
)

// calmBeforeMerger gives the company that is bought the course of one: a jump
// when the offer becomes known, and hardly a move from then on.
func (m *Market) calmBeforeMerger() {
	const premium = .24
	target := m.Defects.Merger
	for d := target.Session - announcement; d < len(m.moves); d++ {
		m.moves[d][target.Company] *= calm
	}
	m.moves[target.Session-announcement][target.Company] += premium
}

// hold fixes the price in session d of a company that has been bought: the cash
// paid, which is a little more than it last traded at, in quarters of a dollar.
func (t *Merger) hold(m *Market, d int) {
	const quarter = num.PriceScale / 4
	if d == t.Session {
		t.Amount = (m.Price[d-1][t.Company]/quarter + 1) * quarter
	}
	if d >= t.Session {
		m.Price[d][t.Company] = t.Amount
	}
}

// halted tells whether a company stops trading on the last session.
func (x *Defects) halted(i int) bool {
	return slices.ContainsFunc(x.Halts, func(h Halt) bool { return h.Company == i })
}
