package model

import (
	"gyre/model/num"
	"gyre/model/stats"
)

// zInput is a spread and what it was like before.
type zInput struct {
	spread   num.Return
	prior    []num.Return // earlier spreads over as many sessions, newest last
	dayPrior []num.Return // the same over one session
	sessions int          // in the window, the running one included
	elapsed  float64      // part of the running session that has passed
	closed   bool         // the session shown is over
}

// scoreSpread compares a spread with its own history: z0 = spread/sigma asks
// whether there is a rotation, z = (spread-median)/sigma whether it is new.
// Sigma is 1.4826 times the median absolute deviation. While the session runs it
// comes from the one-session spreads, since no earlier day was measured at this
// minute. z0f is z0 unrounded. Without enough history ok is false and nothing is
// claimed.
func scoreSpread(in zInput) (z0, z num.Figure, n int, trend Trend, z0f float64, ok bool) {
	h := stats.NewHistory(floats(in.prior))
	n = h.N
	if !in.closed {
		h = h.Intraday(stats.NewHistory(floats(in.dayPrior)), in.sessions, in.elapsed)
		n = h.N
	}
	z0f, ok = h.Z0(in.spread.Float())
	if !ok {
		return num.Figure{}, num.Figure{}, n, TrendNone, 0, false
	}
	zf, _ := h.Z(in.spread.Float())
	return num.FigureFromFloat(z0f, 1), num.FigureFromFloat(zf, 1), n, trendOf(z0f, zf), z0f, true
}

// trendOf puts z beside z0: a spread further out than its usual is speeding up
// where both point the same way, else fading.
func trendOf(z0, z float64) Trend {
	switch {
	case z > -1 && z < 1:
		return TrendContinuing
	case z*z0 > 0:
		return TrendSpeedingUp
	default:
		return TrendFading
	}
}

func floats(rs []num.Return) []float64 {
	fs := make([]float64, len(rs))
	for i, r := range rs {
		fs[i] = r.Float()
	}
	return fs
}
