package synth

import (
	"math"
)

// Trading in a day, as a part of a company's shares, and how it varies: from
// company to company, from day to day, and with how far the price moves.
const (
	turnover      = .0065
	sigmaTurnover = .45
	sigmaDay      = .32
	byMove        = .5 // for each of a company's daily standard deviations
	largestByMove = 6
)

// Days on which everybody trades more or less: options expire and indices are
// rebalanced, or the session is short.
const (
	tripleWitching = 1.7
	fullMinutes    = 390
)

// volumes makes up the shares traded in each session, to two digits.
func (m *Market) volumes() {
	rng := random(m.seed, streamVolumes)
	busy := make([]float64, len(m.Companies))
	for i := range busy {
		busy[i] = turnover * math.Exp(sigmaTurnover*rng.NormFloat64())
	}
	m.Volume = make([][]int64, len(m.Sessions))
	for d, s := range m.Sessions {
		day := float64(s.Minutes()) / fullMinutes
		if date := s.Date.String(); date == "2024-12-20" || date == "2025-03-21" {
			day *= tripleWitching
		}
		m.Volume[d] = make([]int64, len(m.Companies))
		for i := range m.Companies {
			c := &m.Companies[i]
			noise := math.Exp(sigmaDay * rng.NormFloat64())
			moved := min(math.Abs(m.moves[d][i])/ownVol(c), largestByMove)
			shares := float64(c.shares) * busy[i] * day * noise * (1 + byMove*moved)
			m.Volume[d][i] = twoDigits(shares)
		}
	}
}

// twoDigits rounds a number of shares to two digits, at least to hundreds.
func twoDigits(x float64) int64 {
	unit := math.Pow(10, max(math.Floor(math.Log10(max(x, 1)))-1, 2))
	return int64(max(math.Round(x/unit), 1) * unit)
}
