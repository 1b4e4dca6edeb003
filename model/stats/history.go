package stats

import "math"

// minHistory is the number of earlier values below which nothing is called
// usual or unusual.
const minHistory = 40

// History is what a spread was like before: the yardstick for today's. The
// zero History knows nothing.
type History struct {
	N      int     // earlier values
	Median float64 // in the unit of the values
	Sigma  float64 // 1.4826 times their median absolute deviation, in the same unit
}

// NewHistory describes earlier values of a spread, today's not among them.
// Values that are no numbers are left out. The values are not changed.
func NewHistory(values []float64) History {
	work := make([]float64, 0, len(values))
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			work = append(work, v)
		}
	}
	if len(work) == 0 {
		return History{}
	}
	low, high := middle(work)
	median := low + (high-low)/2
	for i, v := range work {
		work[i] = math.Abs(v - median)
	}
	low, high = middle(work)
	return History{N: len(work), Median: median, Sigma: madToSigma * (low + (high-low)/2)}
}

// Known tells whether there is enough history to judge a spread: 40 earlier
// values that are not all alike.
func (h History) Known() bool { return h.N >= minHistory && h.Sigma > 0 }

// Z0 is spread/sigma: is there a rotation? There is none where the history is
// not Known.
func (h History) Z0(spread float64) (float64, bool) {
	if !h.Known() {
		return 0, false
	}
	return spread / h.Sigma, true
}

// Z is (spread-median)/sigma: is it new? There is none where the history is
// not Known.
func (h History) Z(spread float64) (float64, bool) {
	if !h.Known() {
		return 0, false
	}
	return (spread - h.Median) / h.Sigma, true
}

// overnight is the part of a session's variance that is there at the open
// already; the rest comes evenly with the minutes.
const overnight = 0.2

// Intraday is the yardstick while a session runs. h is the history of the
// window's spread and daily that of the same spread over one session. For a
// window of so many sessions, of which the last has run for elapsed (0 to 1),
// the variance is daily's times g = sessions-1+f, f = 0.2 + 0.8 elapsed. The
// median is h's times g/sessions: what a spread usually comes to, it comes to
// session by session, and a part of the window has brought that part of it. With
// the whole median a spread that has not moved yet would be called unusual at
// the open. It knows nothing where the window has no session.
func (h History) Intraday(daily History, sessions int, elapsed float64) History {
	if sessions < 1 {
		return History{}
	}
	gone := float64(sessions-1) + overnight + (1-overnight)*min(max(elapsed, 0), 1)
	return History{
		N:      min(h.N, daily.N),
		Median: h.Median * gone / float64(sessions),
		Sigma:  daily.Sigma * math.Sqrt(gone),
	}
}
