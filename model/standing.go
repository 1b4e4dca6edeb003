package model

import (
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// standing is how the companies stood at one session's close: who was a
// member, how large, how levered. It never changes afterwards.
type standing struct {
	on       session.Session
	column   int                   // of the session's closes
	members  [universeCount][]ID   // companies, ascending
	caps     []num.Dollars         // of the companies of any universe, by primary line; 0: not known
	order    []ID                  // RUT's companies with a cap, largest first
	leverage [universeCount]thirds // financials left out
}

// thirds are the leverage buckets of one universe.
type thirds struct {
	of       [leverageBuckets][]ID // low, mid, high
	excluded Excluded
	age      num.Figure // median age of the filings used, in days
}

const leverageBuckets = 3

const day = 24 * time.Hour

// stand works out how the companies stood at the close of columns[column]. It
// reads nothing that became known later.
func (b *book) stand(columns []CloseColumn, column int, on session.Session) *standing {
	caps := make([]num.Dollars, len(b.companies))
	st := &standing{on: on, column: column, caps: caps}
	for u := range st.members {
		st.members[u] = b.membersOn(u, on.Date)
		for _, id := range st.members[u] {
			if caps[id] == 0 {
				caps[id] = b.companyCap(columns, column, on, id)
			}
		}
	}
	st.order = b.sizeOrder(st.members[inRUT], caps)
	for u := range st.leverage {
		st.leverage[u] = b.thirds(st.members[u], caps, on.Closes, false)
	}
	return st
}

// sizeOrder is those of the companies that have a cap, in the order of RankSize.
func (b *book) sizeOrder(companies []ID, caps []num.Dollars) []ID {
	values, symbols := make([]num.Dollars, len(companies)), make([]string, len(companies))
	for i, id := range companies {
		values[i], symbols[i] = caps[id], b.symbol(id)
	}
	order := make([]ID, 0, len(companies))
	for _, i := range sizeOrder(values, symbols) {
		order = append(order, companies[i])
	}
	return order
}

// thirds sorts companies into leverage buckets as of a base's close.
func (b *book) thirds(companies []ID, caps []num.Dollars, base time.Time, financials bool) thirds {
	in := make([]LeverageInput, len(companies))
	for i, id := range companies {
		line := &b.ref.Instruments[id]
		in[i] = LeverageInput{Symbol: line.Symbol, Sector: line.Sector, Cap: caps[id], Facts: b.factsAt(id, base)}
	}
	var t thirds
	var ages ageCount
	for i, bucket := range LeverageBuckets(in, base, financials) {
		switch bucket {
		case LeverageLow, LeverageMid, LeverageHigh:
			t.of[bucket] = append(t.of[bucket], companies[i])
			age := base.Sub(in[i].Facts.KnownAt)
			ages.add(age)
			if age > flaggedAge {
				t.excluded.FlaggedOld++
			}
		case LeverageFinancial:
			t.excluded.Financials++
		case LeverageNoDebtData:
			t.excluded.NoDebtData++
		case LeverageOldFiling:
			t.excluded.OldFiling++
		case LeverageNoCap:
			t.excluded.NoCap++
		case LeverageEVNotPositive:
			t.excluded.EVNotPositive++
		}
	}
	t.age = ages.median()
	return t
}

// ageCount counts filings by their age in days, of which none that is used has
// more than missingAge.
type ageCount struct {
	of    [missingAge/day + 1]int
	total int
}

// add counts an age as the nearest number of days, as clocks change between.
func (c *ageCount) add(age time.Duration) {
	c.of[min((age+day/2)/day, missingAge/day)]++
	c.total++
}

// median is the median age, half a day more counting as one; nothing without filings.
func (c *ageCount) median() num.Figure {
	if c.total == 0 {
		return num.Figure{}
	}
	return num.Count((c.at((c.total-1)/2) + c.at(c.total/2) + 1) / 2)
}

// at is the age at a place of the order.
func (c *ageCount) at(place int) int {
	for age, n := range c.of {
		if place -= n; place < 0 {
			return age
		}
	}
	return 0
}

// standings remembers how the companies stood, by date.
type standings struct {
	book    *book
	columns []CloseColumn
	known   map[session.Date]*standing
}

// on is the standing at the close of a session, false where there are no closes.
func (s *standings) on(at session.Session) (*standing, bool) {
	s.prepare([]session.Session{at})
	st, ok := s.known[at.Date]
	return st, ok
}

// prepare works out the standings at several closes at once.
func (s *standings) prepare(closes []session.Session) {
	var missing []session.Session
	for _, at := range closes {
		_, known := s.known[at.Date]
		if _, ok := columnOn(s.columns, at.Date); ok && !known && !slices.Contains(missing, at) {
			missing = append(missing, at)
		}
	}
	found := make([]*standing, len(missing))
	parallel(len(missing), func(i int) {
		column, _ := columnOn(s.columns, missing[i].Date)
		found[i] = s.book.stand(s.columns, column, missing[i])
	})
	for i, st := range found {
		s.known[missing[i].Date] = st
	}
}
