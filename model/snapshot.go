package model

import (
	"time"

	"gyre/model/session"
)

// PerWindow is one value for each window.
type PerWindow[T any] [session.WindowCount]T

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

// Curve is a few lines over one time axis, for charts: the base first, then
// one point a session, then the session's own path. Values are float64 (NaN:
// not known, as once in the part of the session that nobody watched); nothing
// printed comes from them.
type Curve struct {
	At    []time.Time
	Lines [][]float64 // Lines[i] is as long as At
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
