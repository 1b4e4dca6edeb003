package model

import (
	"math"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// betaReturns is how many daily returns a beta rests on.
const betaReturns = 60

// newBetas is every name's beta on the printed Russell 2000 as of the open of
// session on: the betas of its last 60 daily returns on the index's return of the
// same day and of the day before, summed (Dimson 1979), and drawn a third of the
// way to one (Blume 1975). NaN where a close is missing; nil without the index.
func newBetas(b *book, columns []CloseColumn, series []IndexSeries, on session.Date) []float64 {
	const needed = betaReturns + 2 // closes: of the returns, and of the day before the first
	if len(columns) < needed {
		return nil
	}
	columns = columns[len(columns)-needed:]
	market := marketReturns(series, columns)
	weights, ok := stats.SumBetaWeights(market)
	if !ok {
		return nil
	}
	betas := make([]float64, len(b.companies))
	for id := range betas {
		betas[id] = shrunk(b.weighed(ID(id), columns[1:], weights, on))
	}
	return betas
}

// marketReturns is the printed Russell 2000's returns from each column to the
// next; nil where it lacks one of the closes.
func marketReturns(series []IndexSeries, columns []CloseColumn) []float64 {
	for i := range series {
		if series[i].Symbol != universeName(inRUT) {
			continue
		}
		returns := make([]float64, 0, len(columns)-1)
		for c := 1; c < len(columns); c++ {
			r, ok := num.Change(closeOn(series[i].Days, columns[c].Date), closeOn(series[i].Days, columns[c-1].Date))
			if !ok {
				return nil
			}
			returns = append(returns, r.Float())
		}
		return returns
	}
	return nil
}

// weighed is the sum of a name's returns from each column to the next, times
// their weights; NaN where it lacks one of the closes.
func (b *book) weighed(id ID, columns []CloseColumn, weights []float64, on session.Date) float64 {
	var sum, before float64
	for c := range columns {
		p := columns[c].raw(id)
		if p > 0 && len(b.actions[id]) > 0 {
			p = b.carry(id, p, columns[c].Date, on)
		}
		if p <= 0 {
			return math.NaN()
		}
		if c > 0 {
			sum += float64(weights[c-1] * (p.Float()/before - 1))
		}
		before = p.Float()
	}
	return sum
}

// shrunk draws a beta a third of the way to one: estimates far out are mostly
// so by chance.
func shrunk(beta float64) float64 { return (2*beta + 1) / 3 }

// betaSum is the betas of a group's names, for their mean.
type betaSum struct {
	sum float64
	n   int
}

func (s *betaSum) add(beta float64) {
	if !math.IsNaN(beta) {
		s.sum += beta
		s.n++
	}
}

// betaAdjusted is how much larger the mean beta of the first group is than that
// of the second, and their spread less what that lets the move of the Russell
// 2000 explain: spread - gap x index. There is none where fewer than half of
// either group's names have a beta, and without the index.
func (b *builder) betaAdjusted(spread num.Return, w session.Window, first, second *summary) (gap, adjusted num.Figure) {
	index, ok := b.printed(w)
	for _, s := range [...]*summary{first, second} {
		ok = ok && s.betas.n > 0 && 2*s.betas.n >= len(s.returns)
	}
	if !ok {
		return num.Figure{}, num.Figure{}
	}
	apart := first.betas.sum/float64(first.betas.n) - second.betas.sum/float64(second.betas.n)
	return num.FigureFromFloat(apart, 2), num.FigureFromFloat(100*(spread.Float()-float64(apart*index.Float())), 2)
}
