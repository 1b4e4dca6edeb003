package model

import (
	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// History is the spreads' own past, for each window over as many sessions as
// the window has.
type History struct {
	Size     PerWindow[SpreadHistory] // Q4 - Q1
	Leverage PerWindow[SpreadHistory] // high - low in the Russell 2000
	Micro    PerWindow[SpreadHistory] // high - low in the micro caps
}

// SpreadHistory is the earlier values of one spread in percentage points, each
// ranked at its own beginning, and what they come to.
type SpreadHistory struct {
	On     []session.Date // the sessions on which the values end, ascending
	Spread []float64
	Median float64
	Sigma  float64 // 1.4826 times the median absolute deviation; 0 with too few values
}

// history is the past of all three spreads over all windows.
func (b *builder) history() *History {
	h := &History{}
	for w := range session.WindowCount {
		sessions := b.m.frame.windows[w].sessions
		if sessions < 1 {
			continue
		}
		h.Size[w] = b.trail(sessions, AxisSize, inRUT).history()
		h.Leverage[w] = b.trail(sessions, AxisLeverage, inRUT).history()
		h.Micro[w] = b.trail(sessions, AxisLeverage, inMicro).history()
	}
	return h
}

func (p *pastSpreads) history() SpreadHistory {
	h := SpreadHistory{On: p.on, Spread: floats(p.values)}
	for i := range h.Spread {
		h.Spread[i] *= 100
	}
	if known := stats.NewHistory(h.Spread); known.Known() {
		h.Median, h.Sigma = known.Median, known.Sigma
	}
	return h
}

// Regime is where money went in one week: the signs of the two spreads over it.
type Regime struct {
	Week     session.Date // the last session of the week, or the one running
	Size     int          // of Q4 - Q1: -1 into large, +1 into small
	Leverage int          // of high - low in the Russell 2000: +1 into high debt/EV
}

// Name is the regime's name: LARGE+LEVERED, LARGE+UNLEVERED (quality),
// SMALL+LEVERED (reflation) or SMALL+UNLEVERED (speculative growth); "" where
// a spread is zero or not known.
func (r Regime) Name() string {
	switch [2]int{r.Size, r.Leverage} {
	case [2]int{-1, 1}:
		return "LARGE+LEVERED"
	case [2]int{-1, -1}:
		return "LARGE+UNLEVERED"
	case [2]int{1, 1}:
		return "SMALL+LEVERED"
	case [2]int{1, -1}:
		return "SMALL+UNLEVERED"
	}
	return ""
}

// regimeWeeks is how many finished weeks are shown beside the running one.
const regimeWeeks = 8

// regimes is the regimes of the last weeks and of the running one, oldest first.
func (b *builder) regimes() []Regime {
	var all []Regime
	cal, f := b.m.book.cal, b.m.frame
	end := f.session.Date
	for range regimeWeeks {
		last, ok := cal.Base(session.Week, end)
		if !ok {
			break
		}
		first, ok := cal.Base(session.Week, last.Date)
		if !ok {
			break
		}
		column, closed := columnOn(f.columns, last.Date)
		st, known := f.standings.on(first)
		if !closed || !known {
			break
		}
		small, large := st.extremes()
		low, high := st.lowHigh(inRUT)
		all = append([]Regime{{
			Week:     last.Date,
			Size:     f.signBetween(st, column, small, large),
			Leverage: f.signBetween(st, column, high, low),
		}}, all...)
		end = last.Date
	}
	now := Regime{Week: f.session.Date, Size: b.snap.Size.Spread[session.Week].Return[Mean].Sign()}
	for i := range b.snap.Leverage {
		if b.snap.Leverage[i].Universe == universeName(inRUT) {
			now.Leverage = b.snap.Leverage[i].Spread[session.Week].Return[Mean].Sign()
		}
	}
	return append(all, now)
}

// signBetween is the sign of a spread as it would be printed, 0 where it is not known.
func (f *frame) signBetween(st *standing, column int, a, b []ID) int {
	spread, ok := f.spreadBetween(st, column, a, b)
	if !ok {
		return 0
	}
	return num.Percent(spread).Sign()
}
