// Package claim checks what a published note says against what the market's
// snapshot holds.
package claim

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// Metric is what a claim is about.
type Metric string

// The metrics.
const (
	Level     Metric = "level"       // of an index
	Return    Metric = "return"      // of an index or a group's mean, in percent
	Spread    Metric = "spread"      // of two groups' means or of two indices, in percentage points
	MonthRank Metric = "month_rank"  // of an index: 1 is the worst day of its month
	Range     Metric = "range"       // a forecast range of an index
	Cuts      Metric = "cuts_priced" // rate cuts of 25 basis points that a year is expected to bring
)

// Precision says how a claim's value is to be read.
type Precision string

// The precisions.
const (
	Exact    Precision = "exact"     // the value, to its printed digits
	Over     Precision = "over"      // further from zero than the value, in its direction; above zero for 0
	JustOver Precision = "just over" // over, and by less than one unit of the value's last digit
	About    Precision = "about"     // the value, rounded by the writer
	More     Precision = "more"      // further above zero than another subject, which the value names; below zero with a minus before it
	Rank     Precision = "rank"      // the value is a place
	Quoted   Precision = "quoted"    // a forecast or an opinion: shown, not checked
)

// Claim is one figure or statement of a note.
type Claim struct {
	ID   string
	Text string // as the note has it
	// Subject is an index symbol (RUT), a group of a universe (RUT/Q1,
	// RMICRO/high), the spread of a universe (RUT/size, RUT/leverage), two
	// indices (RUT-SPX), or for cuts anything.
	Subject   string
	Metric    Metric
	Window    string // 1D … YTD, for returns and spreads
	Value     string // plain decimal text; the low bound of a range
	High      string // the high bound of a range
	Precision Precision
	AsOf      session.Date // the session that the claim is about; zero: whichever is shown
	KnownAt   time.Time    // from when the claim may be shown; zero: always
	Source    string       // who says so, "" where the note itself does
}

// Verdict is what a check has found.
type Verdict uint8

// The verdicts.
const (
	Unknown    Verdict = iota // there is nothing here to check it against
	NotYet                    // the session it is about is not over
	OK                        // as the note says
	Rounded                   // the note has rounded visibly
	False                     // not so
	QuotedOnly                // a forecast or an opinion
	verdictCount
)

// String is the verdict in lower-case words: unknown, not yet, ok, rounded,
// false or quoted.
func (v Verdict) String() string {
	switch v {
	case Unknown:
		return "unknown"
	case NotYet:
		return "not yet"
	case OK:
		return "ok"
	case Rounded:
		return "rounded"
	case False:
		return "false"
	case QuotedOnly:
		return "quoted"
	default:
		return "?"
	}
}

// Result is one claim beside what gyre computes.
type Result struct {
	Claim   Claim
	Here    string     // what gyre has, as text; "" where it has nothing
	Figure  num.Figure // the same as a number, where it is one
	Verdict Verdict
	Why     string // a few words, ASCII
}

// Tally counts results by verdict.
type Tally [verdictCount]int

// Count is the tally of results.
func Count(results []Result) Tally {
	var t Tally
	for i := range results {
		t[results[i].Verdict]++
	}
	return t
}
