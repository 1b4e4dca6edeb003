package synth

import (
	"gyre/model"
	"gyre/model/num"
)

// The rules by which names are ranked and sorted are the dashboard's own; here
// they are only asked.

// universe is one of the two indices.
type universe struct {
	ids     []int
	symbols []string
}

// members are the companies that want holds for.
func (m *Market) members(want func(*Company) bool) universe {
	var u universe
	for i := range m.Companies {
		if c := &m.Companies[i]; want(c) {
			u.ids, u.symbols = append(u.ids, i), append(u.symbols, c.Symbol)
		}
	}
	return u
}

func inRussell(c *Company) bool { return !c.Only }
func inMicro(c *Company) bool   { return c.Micro }

// capAt is a company's market cap at the close of session d; 0 if it has none.
func (m *Market) capAt(d, i int) num.Dollars {
	if !m.Traded(d, i) {
		return 0
	}
	closes := m.Sessions[d].Closes
	var shares int64
	for _, s := range m.Books.Shares[i*filings : (i+1)*filings] {
		if !s.KnownAt.After(closes) {
			shares = s.Shares
		}
	}
	return num.Cap(shares, m.Price[d][i])
}

// quartiles are the size quartiles of a universe at the close of session d, by
// company; model.NoBucket for a company that is in none.
func (m *Market) quartiles(u universe, d int) []int8 {
	caps := make([]num.Dollars, len(u.ids))
	for k, i := range u.ids {
		caps[k] = m.capAt(d, i)
	}
	buckets := make([]int8, len(m.Companies))
	for i := range buckets {
		buckets[i] = model.NoBucket
	}
	for k, bucket := range model.RankSize(caps, u.symbols) {
		buckets[u.ids[k]] = bucket
	}
	return buckets
}

// leverage are the leverage buckets of a universe at the close of session d,
// by company. Companies outside the universe count as not eligible.
func (m *Market) leverage(u universe, d int) []model.LeverageBucket {
	closes := m.Sessions[d].Closes
	in := make([]model.LeverageInput, len(u.ids))
	for k, i := range u.ids {
		in[k] = model.LeverageInput{Symbol: u.symbols[k], Sector: m.Companies[i].Sector, Cap: m.capAt(d, i)}
		own := m.Books.Facts[i*filings : (i+1)*filings]
		for f := range own {
			if !own[f].KnownAt.After(closes) {
				in[k].Facts = &own[f]
			}
		}
	}
	buckets := make([]model.LeverageBucket, len(m.Companies))
	for i := range buckets {
		buckets[i] = model.LeverageNoCap
	}
	for k, bucket := range model.LeverageBuckets(in, closes, false) {
		buckets[u.ids[k]] = bucket
	}
	return buckets
}

// ret is the return of a company from the close of session b to that of
// session d; false where it has no price in either.
func (m *Market) ret(b, d, i int) (num.Return, bool) {
	if !m.Traded(b, i) || !m.valid(d, i) {
		return 0, false
	}
	return num.Change(m.Price[d][i], m.Price[b][i])
}

// mean is the mean return, as a fraction, from session b to session d of the
// companies that want holds for.
func (m *Market) mean(b, d int, want func(i int) bool) float64 {
	var sum num.Return
	n := 0
	for i := range m.Companies {
		if !want(i) {
			continue
		}
		if r, ok := m.ret(b, d, i); ok {
			sum += r
			n++
		}
	}
	return sum.Float() / float64(max(n, 1))
}

// implied is the cap-weighted return of the Russell 2000's members from
// session b to session d.
func (m *Market) implied(b, d int) float64 {
	var moved, total float64
	for i := range large {
		if r, ok := m.ret(b, d, i); ok {
			c := float64(m.capAt(b, i))
			moved += c * r.Float()
			total += c
		}
	}
	return moved / total
}
