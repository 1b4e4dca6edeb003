package model

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// Index is one printed index.
type Index struct {
	Symbol, Name string
	Level        num.Figure
	At           time.Time // of the level
	Prelim       bool      // after the close, before the official close
	Official     bool      // the official close is in
	PrevClose    num.Figure
	Change       num.Figure // points
	Open         num.Figure
	High, Low    num.Figure            // of the session so far
	PriorHigh    PerWindow[num.Figure] // highest level of the window's sessions before the one shown: highs where known, else closes; the base left out; nothing where there is no such session
	PriorLow     PerWindow[num.Figure] // the lowest one, in the same way
	Returns      PerWindow[num.Figure] // percent
	Base         PerWindow[num.Figure] // base closes
	MonthRank    int                   // 1: today is the worst day of its month so far; 0: not known
	MonthDays    int                   // days ranked
	VsSMA20      num.Figure            // percent above the mean of the last 20 closes, this level included
	VsSMA50      num.Figure
	WeekSigma    num.Figure // one weekly sigma in percent: daily sd x sqrt(5)
	Range        *RangePlace
	Curves       PerWindow[*Curve] // one line: the level
}

// RangeState is where a level lies against a forecast range.
type RangeState uint8

// The places.
const (
	RangeInside RangeState = iota
	RangeBelow
	RangeAbove
)

// RangePlace is an index's place in its newest forecast range.
type RangePlace struct {
	From, To   session.Date
	Low, High  num.Figure
	Source     string
	State      RangeState
	Distance   num.Figure // points to the nearest bound; negative below the low, positive above the high; inside: to the nearer bound
	DistPct    num.Figure // the same in percent of the bound
	ToLowPct   num.Figure // percent move that reaches the low
	ToHighPct  num.Figure
	Place      num.Figure // 0 at the low, 1 at the high, two decimals
	HalfSigmas num.Figure // half the range's width in weekly sigmas, one decimal
}

// Pair compares two printed indices, A minus B.
type Pair struct {
	A, B     string
	Known    bool
	Spread   PerWindow[num.Figure] // pp
	Relative PerWindow[num.Figure] // (1+a)/(1+b)-1, percent
	Ratio    num.Figure            // A/B, four decimals
	Beta     num.Figure            // of A on B over 60 sessions, today's so far the newest; two decimals
	Adjusted PerWindow[num.Figure] // a - Beta b, pp, of the unrounded Beta
	Z0, Z    PerWindow[num.Figure]
	State    PerWindow[AxisState]
}
