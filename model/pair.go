package model

import (
	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// pairInput is two printed indices and where the session stands.
type pairInput struct {
	a, b           *IndexSeries
	aLevel, bLevel num.Price // 0: none yet
	shown          session.Date
	bases          PerWindow[session.Date]
	sessions       PerWindow[int] // in each window, the running one included
	elapsed        float64
	closed         bool
}

// pairHistory is how many earlier spreads a spread is compared with.
const pairHistory = 60

// buildPair compares two printed indices, a minus b, window by window, each
// spread with its own history of closes; the scores are its z0 unrounded. Its
// states rest on z0 alone: one pair has no names whose mean, median or interval
// could speak against it.
func buildPair(in pairInput) (p Pair, scores PerWindow[score]) {
	if in.a == nil || in.b == nil || in.aLevel <= 0 || in.bLevel <= 0 {
		return p, scores
	}
	as, bs := commonDays(daysBefore(in.a.Days, in.shown), daysBefore(in.b.Days, in.shown))
	p = Pair{
		A: in.a.Symbol, B: in.b.Symbol, Known: true,
		Ratio: num.NewFigure(in.aLevel.Decimal().DivRound(in.bLevel.Decimal(), 4), 4),
	}
	beta, hasBeta := pairBeta(as, bs, in.aLevel, in.bLevel)
	if hasBeta {
		p.Beta = num.FigureFromFloat(beta, 2)
	}
	daily := pairSpreads(as, bs, 1)
	for w, base := range in.bases {
		ra, okA := num.Change(in.aLevel, closeOn(as, base))
		rb, okB := num.Change(in.bLevel, closeOn(bs, base))
		if !okA || !okB {
			continue
		}
		spread := ra - rb
		p.Spread[w] = num.Percent(spread)
		p.Relative[w] = relative(ra, rb)
		if hasBeta {
			p.Adjusted[w] = num.FigureFromFloat(100*(ra.Float()-float64(beta*rb.Float())), 2)
		}
		p.Z0[w], p.Z[w], _, _, scores[w].z0, scores[w].known = scoreSpread(zInput{
			spread: spread, prior: pairSpreads(as, bs, in.sessions[w]), dayPrior: daily,
			sessions: in.sessions[w], elapsed: in.elapsed, closed: in.closed,
		})
		p.State[w] = grade(scores[w].z0, scores[w].known, true)
	}
	return p, scores
}

// pairBeta is the beta of a on b over 60 daily returns, of which the session
// shown has the newest, as far as it has come; none with fewer. Two printed
// indices trade at the same time, so that no day before needs to be asked.
func pairBeta(as, bs []IndexDay, aLevel, bLevel num.Price) (float64, bool) {
	if len(as) < betaReturns {
		return 0, false
	}
	as, bs = as[len(as)-betaReturns:], bs[len(bs)-betaReturns:]
	var ra, rb []float64
	for i := range as {
		a, b := aLevel, bLevel
		if i+1 < len(as) {
			a, b = as[i+1].Close, bs[i+1].Close
		}
		changeA, okA := num.Change(a, as[i].Close)
		changeB, okB := num.Change(b, bs[i].Close)
		if !okA || !okB {
			return 0, false
		}
		ra, rb = append(ra, changeA.Float()), append(rb, changeB.Float())
	}
	return stats.Beta(ra, rb)
}

// relative is (1+a)/(1+b)-1 = (a-b)/(1+b) in percent.
func relative(a, b num.Return) num.Figure {
	over := (num.ReturnScale + b).Decimal()
	if over.Sign() <= 0 {
		return num.Figure{}
	}
	return num.NewFigure((a-b).Decimal().Shift(2).DivRound(over, 2), 2)
}

// commonDays is the days that both series have, ascending.
func commonDays(a, b []IndexDay) (as, bs []IndexDay) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].Date < b[j].Date:
			i++
		case a[i].Date > b[j].Date:
			j++
		default:
			as, bs = append(as, a[i]), append(bs, b[j])
			i, j = i+1, j+1
		}
	}
	return as, bs
}

// pairSpreads is the newest spreads over a number of sessions, newest last, at
// most 60.
func pairSpreads(as, bs []IndexDay, sessions int) []num.Return {
	if sessions < 1 {
		return nil
	}
	var spreads []num.Return
	for i := max(sessions, len(as)-pairHistory); i < len(as); i++ {
		ra, okA := num.Change(as[i].Close, as[i-sessions].Close)
		rb, okB := num.Change(bs[i].Close, bs[i-sessions].Close)
		if okA && okB {
			spreads = append(spreads, ra-rb)
		}
	}
	return spreads
}
