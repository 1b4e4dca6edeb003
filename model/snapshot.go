package model

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// PerWindow is one value for each window.
type PerWindow[T any] [session.WindowCount]T

// Query is what a viewer may ask of the Market beyond the default. The zero
// Query is the default: ranked at each window's base, financials left out.
type Query struct {
	Rank       RankPolicy
	Financials bool // banks, insurers and real estate take part in the leverage buckets
	Detail     Detail
	Page       string // permanent id of the company whose page is asked for, "" none
	// Only limits the groups, their spreads, the reconcile line, the verdicts
	// and the intensity to a few windows, and leaves out every curve, which
	// costs a fraction; zero: all of it.
	Only session.WindowSet
}

// wants tells whether the query asks for window w.
func (q Query) wants(w session.Window) bool { return q.Only == 0 || q.Only.Has(w) }

// charts tells whether the query asks for curves.
func (q Query) charts() bool { return q.Only == 0 }

// RankPolicy says when names are ranked into size quartiles.
type RankPolicy uint8

// The rank policies.
const (
	RankBase  RankPolicy = iota // at the close of each window's base session
	RankMonth                   // at the last month end
	RankRecon                   // at the last reconstitution
	RankNow                     // now: a look ahead, badged
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

// Snapshot is everything a screen or a report needs of one moment. It is
// immutable and self-contained; equal inputs give equal snapshots.
// Percentages and percentage points have two decimals unless said otherwise;
// a Figure that is not Known is shown as n/a, never as zero.
type Snapshot struct {
	AsOf   time.Time // America/New_York
	Epoch  uint64
	Mode   Mode
	Sample bool
	Name   string // of the reference
	Query  Query

	Clock   Clock
	Feed    Feed
	Windows PerWindow[WindowInfo]

	Universes []Coverage // RUT first, then RMICRO
	Indices   []Index    // in the reference's order
	Size      Size
	Leverage  []Leverage // RUT, RMICRO
	Pair      Pair
	Verdicts  PerWindow[Verdict]
	Rates     Rates
	Calendar  []CalendarEntry // past and coming, ascending
	Alerts    []Alert         // of the epoch, newest last, at most 200; a Market leaves them to whoever watches it
	Quality   Quality
	Missing   []string // optional parts of the dataset that are not there

	// What a query asks for beyond the dashboard; nothing without it.
	Members   []Member // ascending by ID
	Page      *MemberPage
	Maps      []Map // against the S&P 500, then against the Russell 2000
	History   *History
	Regimes   []Regime // of the last weeks, newest last; with DetailHistory
	Intensity PerWindow[Intensity]
}

// Clock is the exchange's clock at the snapshot.
type Clock struct {
	Phase     session.Phase
	Session   session.Session // the session shown: the last one that has opened
	NextOpen  time.Time       // zero past the calendar's end
	NextClose time.Time       // close of the running session; zero outside one
	HalfDay   bool
	PastTable bool // the calendar does not reach this far
	// Since is from when on the session shown was watched, where that is later
	// than its first minutes; zero otherwise. Charts have a gap before it.
	Since time.Time
}

// Feed is how the source is doing.
type Feed struct {
	Name    string
	Phase   FeedPhase
	Age     time.Duration // since the last word from the source, never negative
	Delay   time.Duration // declared
	Problem string
	Dropped uint64 // updates lost
	// Overtaken are prices that newer ones replaced before they could be shown.
	Overtaken uint64
}

// WindowInfo is the base of one window.
type WindowInfo struct {
	Base     session.Date // zero: no base in this dataset
	Sessions int          // sessions in the window, the running one included
}

// Coverage counts one universe. N = Valid + Invalid. It concerns the session
// shown, whatever the window.
type Coverage struct {
	Universe string     // RUT, RMICRO
	Members  int        // companies
	Valid    int        // with a price in this session (or rightly frozen: halt, merger)
	Invalid  int        // without
	Stale    int        // valid, but the last trade is older than its limit
	Halted   int        // valid and frozen
	Pct      num.Figure // Valid / Members
	CapPct   num.Figure // the same by market cap
}

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

// Curve is a few lines over one time axis, for charts: the base first, then
// one point a session, then the session's own path. Values are float64 (NaN:
// not known, as once in the part of the session that nobody watched); nothing
// printed comes from them.
type Curve struct {
	At    []time.Time
	Lines [][]float64 // Lines[i] is as long as At
}

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

// AxisState grades one axis.
type AxisState uint8

// The grades, weakest first.
const (
	StateNA AxisState = iota // not enough history or data: no claim
	StateNone
	StateTilt
	StateRotation
	StateExtreme
)

// AxisVerdict is the verdict of one axis.
type AxisVerdict struct {
	State  AxisState
	Sign   int // of the spread: size -1 into large, +1 into small; leverage +1 into high, -1 into low
	Z0, Z  num.Figure
	Trend  Trend
	Differ bool // mean and median of the spread differ in sign: capped at TILT
}

// Verdict is what one window says.
type Verdict struct {
	Withheld   bool      // coverage below 80 %
	State      AxisState // the strongest axis
	Size       AxisVerdict
	Leverage   AxisVerdict // the stronger of the two universes
	LeverageIn string      // universe that speaks
	MicroMore  bool        // micro caps rotate more than the Russell 2000, same direction
	Dots       Dots
	Coverage   num.Figure // percent, one decimal
	Text       string     // one sentence, ASCII
}

// Dots are the four reasons to trust the size axis.
type Dots struct {
	CIExcludesZero, SignsAgree, Covered, Unusual bool
}

// Count is the number of dots lit.
func (d Dots) Count() int {
	n := 0
	for _, lit := range [...]bool{d.CIExcludesZero, d.SignsAgree, d.Covered, d.Unusual} {
		if lit {
			n++
		}
	}
	return n
}

// Rates is the rate-cuts line: computed from futures where there are any, else quoted.
type Rates struct {
	Known  bool
	Cuts   string // "2" quoted, "2.9" computed
	Year   int
	Quoted bool
	AsOf   time.Time
	Source string
}

// AlertKind names a rule.
type AlertKind string

// Severity is how much an alert asks of its reader.
type Severity uint8

// The severities, mildest first.
const (
	SeverityInfo   Severity = iota // good to know
	SeverityNotice                 // worth a look
	SeverityUrgent                 // look now, or trust the screen less
)

// String is the severity in one lower-case word: info, notice or urgent.
func (s Severity) String() string {
	switch s {
	case SeverityInfo:
		return "info"
	case SeverityNotice:
		return "notice"
	case SeverityUrgent:
		return "urgent"
	default:
		return "?"
	}
}

// Alert is one edge of a rule.
type Alert struct {
	At       time.Time
	Kind     AlertKind
	Severity Severity
	Text     string
}

// IncidentKind is a kind of data incident.
type IncidentKind uint8

// The kinds of incident.
const (
	IncidentRejected IncidentKind = iota + 1
	IncidentHalt
	IncidentResume
	IncidentSplit
	IncidentMerger
	IncidentRename
	IncidentLateOpen
	IncidentQuarantine
	IncidentCorrection
)

// Incident is something about the data that a reader should know.
type Incident struct {
	At     time.Time
	Kind   IncidentKind
	Symbol string
	Detail string // ASCII, short: "T1", "1:10", "0.41 (8.9 MAD)"
	Count  int    // names concerned, for kinds that are counted
}

// Quality is the trust line. Counters are of the session shown.
type Quality struct {
	Stale, Halted, Rejected, Unprinted int
	Late                               int        // members that had not printed by 09:30:30
	Skipped                            int        // rows refused while the dataset was read
	Incidents                          []Incident // newest last, at most 32
	Heaviest                           []Heavy    // the ten largest companies of the Russell 2000 at the previous close, largest first
}

// Heavy is one of the companies that weigh most in the index.
type Heavy struct {
	Symbol string
	Halted bool // its primary line, now
}
