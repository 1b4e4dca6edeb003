package synth

import (
	"math"

	"gyre/model"
	"gyre/model/session"
	"gyre/model/stats"
)

// Spreads are the three spreads that the dashboard keeps a history of, as
// fractions: smallest less largest quartile, and high less low debt/EV in the
// Russell 2000 and in the micro caps.
type Spreads [3]float64

// spreads are the spreads from session b to session d, of names ranked at b.
func (m *Market) spreads(b, d int) Spreads {
	quartile := m.quartiles(m.russell, b)
	in := func(q int8) func(int) bool { return func(i int) bool { return quartile[i] == q } }
	return Spreads{
		m.mean(b, d, in(3)) - m.mean(b, d, in(0)),
		m.leverageSpread(m.leverage(m.russell, b), b, d),
		m.leverageSpread(m.leverage(m.micro, b), b, d),
	}
}

// yardsticks describe the spreads over so many sessions that ended in each of
// the sixty sessions before the last.
func (m *Market) yardsticks(sessions int) [3]stats.History {
	const window = 60
	var values [3][]float64
	for d := max(sessions, m.bases.last-window); d < m.bases.last; d++ {
		for k, s := range m.spreads(d-sessions, d) {
			values[k] = append(values[k], s)
		}
	}
	var h [3]stats.History
	for k := range h {
		h[k] = stats.NewHistory(values[k])
	}
	return h
}

// HistoryPoint is one spread of the time before the closes begin.
type HistoryPoint struct {
	Date     session.Date
	Axis     string // as in spread_history.csv
	Universe string
	Sessions int
	Spread   float64 // fraction
}

// historySessions is how many sessions the history covers.
const historySessions = 190

// history makes up spreads of the sessions before the closes begin, without
// names behind them: around zero, and as large as those of the sample are.
func (m *Market) history(calendar *session.Calendar) []HistoryPoint {
	const week = 5
	rng := random(m.seed, streamHistory)
	day, five := m.yardsticks(1), m.yardsticks(week)
	names := [3]struct{ axis, universe string }{{"size", "RUT"}, {"leverage", "RUT"}, {"leverage", "RMICRO"}}
	var all []HistoryPoint
	for k, name := range names {
		daily := make([]float64, historySessions+week-1)
		for i := range daily {
			daily[i] = rng.NormFloat64()
		}
		for i := range historySessions {
			on, _ := calendar.Offset(m.Sessions[0].Date, i-historySessions)
			var sum float64
			for _, z := range daily[i : i+week] {
				sum += z / math.Sqrt(week)
			}
			all = append(all,
				HistoryPoint{on.Date, name.axis, name.universe, 1, day[k].Sigma * daily[i+week-1]},
				HistoryPoint{on.Date, name.axis, name.universe, week, five[k].Sigma * sum})
		}
	}
	return all
}

// leverageSpread is the mean return of names with high debt/EV less that of
// names with low debt/EV.
func (m *Market) leverageSpread(bucket []model.LeverageBucket, b, d int) float64 {
	in := func(want model.LeverageBucket) func(int) bool {
		return func(i int) bool { return bucket[i] == want }
	}
	return m.mean(b, d, in(model.LeverageHigh)) - m.mean(b, d, in(model.LeverageLow))
}

// neutral is the leverage spread within sectors: their spreads, weighted by
// the smaller of each sector's two sides, if that has three names.
func (m *Market) neutral(u universe, b, d int) float64 {
	const fewest = 3
	bucket := m.leverage(u, b)
	var sum, weights float64
	for _, s := range sectors() {
		in := func(want model.LeverageBucket) func(int) bool {
			return func(i int) bool {
				return bucket[i] == want && m.Companies[i].Sector == s.code && m.valid(d, i)
			}
		}
		low, high := in(model.LeverageLow), in(model.LeverageHigh)
		if n := min(m.count(low), m.count(high)); n >= fewest {
			sum += float64(n) * (m.mean(b, d, high) - m.mean(b, d, low))
			weights += float64(n)
		}
	}
	return sum / weights
}
