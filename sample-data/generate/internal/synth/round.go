package synth

import (
	"time"

	"gyre/model/num"
)

// Price steps: a cent, and a hundredth of one below a dollar.
const (
	cent    = num.PriceScale / 100
	subCent = num.PriceScale / 10_000
)

// step is the smallest step of a company's price in session d.
func (m *Market) step(d, i int) num.Price {
	factor := num.Price(m.splitFactor(d, i))
	if m.Price[d][i]/factor < num.PriceScale {
		return subCent * factor
	}
	return cent * factor
}

// splitFactor is what a price of session d was multiplied by to be in the
// money of the last session: 10 before a reverse split of ten into one.
func (m *Market) splitFactor(d, i int) int64 {
	return m.SplitFactor(m.Sessions[d].Closes, i)
}

// SplitFactor is what a company's price of that time is multiplied by to be in
// the money of the last session, and its shares of today to be those of then.
func (m *Market) SplitFactor(at time.Time, i int) int64 {
	s := m.Defects.Split
	if i == s.Company && at.Before(m.Sessions[s.Session].Opens) {
		return s.Old / s.New
	}
	return 1
}

// round puts every price on its step.
func (m *Market) round() {
	for d := range m.Price {
		for i, p := range m.Price[d] {
			step := m.step(d, i)
			m.Price[d][i] = max((p+step/2)/step*step, step)
		}
	}
}
