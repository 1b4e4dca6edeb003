package model

import (
	"gyre/model/num"
	"gyre/model/session"
)

// Statistic is how a group's returns become one number.
type Statistic uint8

// The statistics, in the order of the m key.
const (
	Mean        Statistic = iota // equal-weighted arithmetic mean
	Median                       //
	Trimmed                      // mean without 5 % in each tail
	CapWeighted                  // weighted by market cap at the base
	StatCount   = iota
)

// PerStat is one figure for each statistic.
type PerStat [StatCount]num.Figure

// Group is one bucket of names in one window.
type Group struct {
	N, Invalid, Stale, Halted int        // N is the averaged count
	Return                    PerStat    // percent
	Advancing                 num.Figure // percent of N with a return above zero, no decimals
	Above20                   num.Figure // percent of names with the history that are above their 20-session mean, no decimals
	Above50                   num.Figure
	Turnover                  num.Figure // share of the universe's turnover of the session, percent, no decimals
	Volume                    num.Figure // the session's turnover in usual ones, the mean of the 20 before; two decimals, once the session is over
	Weight                    num.Figure // share of the universe's cap at the base, percent, no decimals
	Differ                    bool       // mean and median differ in sign before they are rounded: a few names speak for all
}

// CIMethod says where an interval comes from.
type CIMethod uint8

// The methods.
const (
	CINone      CIMethod = iota
	CIBootstrap          // stratified, 2,000 draws, seeded by the date; on the half-hour grid and while closed
	CIWelch              // between grid points
)

// Trend compares a spread with its own history.
type Trend uint8

// The trends.
const (
	TrendNone Trend = iota // no history
	TrendContinuing
	TrendSpeedingUp
	TrendFading
)

// Spread is the difference of two groups in percentage points.
type Spread struct {
	Return    PerStat
	CI        [2]num.Figure // 95 % interval of the mean difference
	CIMethod  CIMethod
	SectorCI  [2]num.Figure // the same with whole sectors drawn instead of names; with the bootstrap only
	T         num.Figure    // Welch t, one decimal
	Z0        num.Figure    // spread / own sigma, one decimal
	Z         num.Figure    // (spread - own median) / own sigma, one decimal
	History   int           // prior spreads behind z
	Trend     Trend
	Differ    bool       // mean and median differ in sign before they are rounded
	NoOutlier num.Figure // without the top and bottom 1 % of names

	BetaGap      num.Figure // how much the first group's mean beta on the Russell 2000 exceeds the second's, two decimals
	BetaAdjusted num.Figure // the spread of the means less BetaGap times the index's return
}

// Bucket names one group of names.
type Bucket struct {
	ID     string // Q1 … Q4 (or H1, H2), low, mid, high
	Groups PerWindow[Group]
}

// Size is the quartile view of one universe. Spread is smallest minus largest.
type Size struct {
	Universe  string
	RankedOn  PerWindow[session.Date] // session at whose close names were ranked
	LookAhead bool
	Buckets   []Bucket // Q1 largest first; two halves under 40 names; none under 20
	Spread    PerWindow[Spread]
	Curves    PerWindow[*Curve] // one line per bucket: cumulative mean return in percent
	Recon     PerWindow[Reconcile]
}

// SpreadName is what the spread is called by its buckets: Q4-Q1, or H2-H1 with
// halves; "size" where there are none.
func (s *Size) SpreadName() string {
	if len(s.Buckets) < 2 {
		return "size"
	}
	return s.Buckets[len(s.Buckets)-1].ID + "-" + s.Buckets[0].ID
}

// ReconcileState grades the reconcile line.
type ReconcileState uint8

// The grades: ok up to 0.10 pp, amber up to 0.30, red above.
const (
	ReconcileNone ReconcileState = iota
	ReconcileOK
	ReconcileAmber
	ReconcileRed
)

// Reconcile compares what the members imply with the printed index.
type Reconcile struct {
	Implied, Printed num.Figure // percent
	Gap              num.Figure // pp, implied - printed, three decimals
	State            ReconcileState
}

// Leverage is the debt/EV view of one universe. Spread is high minus low.
type Leverage struct {
	Universe  string
	Buckets   []Bucket // low, mid, high
	Spread    PerWindow[Spread]
	Neutral   PerWindow[num.Figure] // sector-neutral spread, pp
	Excluded  PerWindow[Excluded]
	FilingAge PerWindow[num.Figure] // median age of the filings used, days
	Curves    PerWindow[*Curve]     // one line: H-L in pp
}

// Excluded counts companies left out of the leverage buckets, each once, in this order of reasons.
type Excluded struct {
	Financials    int // and real estate, unless the query includes them
	NoDebtData    int // no filing, or debt not given
	OldFiling     int // newest filing older than 400 days
	EVNotPositive int
	NoCap         int // no price or no share count at the base
	FlaggedOld    int // not left out: filing older than 200 days
}
