package model

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/session"
)

// Reference is everything slow about a market: who is in it, what the
// companies owe, what every session closed at. It is immutable once handed
// over and may hold rows that become known only later: every row has the
// instant from which it is known, and the Market reads no row before it.
type Reference struct {
	Name     string // "sample", or the dataset's or store's name
	Sample   bool   // members are synthetic
	Calendar *session.Calendar

	Instruments []Instrument
	Members     []Membership  // sorted by Index, ID, From
	Shares      []ShareCount  // sorted by ID, KnownAt
	Facts       []Facts       // sorted by ID, KnownAt
	Actions     []Action      // sorted by ExDate, ID
	Closes      []CloseColumn // ascending by Date
	Indices     []IndexSeries
	Events      []Event // sorted by At, Title
	Ranges      []Range // sorted by KnownAt
	Rates       []RateQuote
	Effective   []EffectiveRate // ascending by KnownAt
	Spreads     []SpreadPoint   // spread history older than the closes, ascending by Date

	Missing []string // names of optional dataset files that are not there
	Skipped int      // rows that were refused while loading
}

// Instrument is one listed line. Its ID is permanent: symbols change, IDs do not.
type Instrument struct {
	Key          string // permanent id, as in the dataset
	Symbol       string
	Name         string
	Sector       string // sector code as in Sectors, or the dataset's own
	ShareClassOf ID     // the company's primary line; the instrument itself when it is primary
}

// Membership is one stay of an instrument in an index, From included, To excluded (zero: open).
type Membership struct {
	Index    string // RUT, RMICRO, SPX
	ID       ID
	From, To session.Date
	Quantity int64 // index shares, 0 where not given
}

// ShareCount is the number of shares outstanding, known from KnownAt.
type ShareCount struct {
	ID      ID
	KnownAt time.Time
	Shares  int64
}

// Amount is money that may be unknown. Unknown is not zero.
type Amount struct {
	Dollars num.Dollars
	Known   bool
}

// Facts are balance-sheet items of one filing, known from its filing instant.
type Facts struct {
	ID        ID
	KnownAt   time.Time
	Debt      Amount // short + long + leases where reported
	Preferred Amount
	Minority  Amount
	Cash      Amount // cash and short-term investments
}

// ActionKind is a kind of corporate action.
type ActionKind uint8

// The kinds of corporate action.
const (
	ActionSplit      ActionKind = iota + 1 // New shares for Old shares
	ActionCashMerger                       // Amount per share; the name is held flat at it, then leaves
	ActionDelisting                        // held flat at the last price
	ActionSpecial                          // special dividend above 5 %: Amount per share leaves the base
	ActionSpinOff                          // Amount per share (the child's value) leaves the base
	ActionRename                           // Symbol is the new symbol
)

// Action is a corporate action; it takes effect at the open of ExDate.
type Action struct {
	ID       ID
	ExDate   session.Date
	Kind     ActionKind
	New, Old int64     // split ratio: New shares for Old
	Amount   num.Price // per share, in money
	Symbol   string
}

// CloseColumn holds the official closes of one session, raw (not split
// adjusted), indexed by ID; known from the session's close. 0 means no close.
type CloseColumn struct {
	Date   session.Date
	Price  []num.Price
	Volume []int64
}

// CloseOn is the place in Closes of the session of d, or where it would be.
func (r *Reference) CloseOn(d session.Date) (int, bool) { return columnOn(r.Closes, d) }

// IndexSeries is the history of one printed index.
type IndexSeries struct {
	Symbol string     // RUT, SPX
	Name   string     // Russell 2000
	Days   []IndexDay // ascending by Date
}

// DayOn is the place in Days of the session of d, or where it would be.
func (s *IndexSeries) DayOn(d session.Date) (int, bool) {
	return slices.BinarySearchFunc(s.Days, d, func(day IndexDay, d session.Date) int { return cmp.Compare(day.Date, d) })
}

// IndexDay is one session of an index, known from the session's close.
type IndexDay struct {
	Date                   session.Date
	Open, High, Low, Close num.Price // Open, High, Low may be 0
}

// Event is a scheduled release or a headline.
type Event struct {
	At         time.Time
	Title      string
	Country    string
	Importance int    // 1 to 3
	Consensus  string // as printed by the source: "49.5", "7.63M", ""
	Previous   string // as it was known before the release
	Revised    string // the previous value's revision, known with the actual
	Actual     string
	KnownAt    time.Time // from when Actual and Revised are known
	Listed     time.Time // from when the row itself is known; zero: always
	Source     string
}

// Range is a forecast range of an index for the sessions From to To.
type Range struct {
	Symbol    string
	From, To  session.Date
	Low, High num.Price
	Source    string
	KnownAt   time.Time
}

// EffectiveRate is the effective federal funds rate of a business day in percent.
// The Federal Reserve Bank of New York publishes it on the next one.
type EffectiveRate struct {
	KnownAt time.Time
	Percent decimal.Decimal
}

// RateQuote is a quoted claim about rate cuts ("two", by a named source).
type RateQuote struct {
	KnownAt    time.Time
	CutsPriced string // decimal text, in cuts of 25 basis points
	Year       int
	Source     string
}

// SpreadPoint is one value of a spread's own history, in percentage points,
// for sessions that have no member closes.
type SpreadPoint struct {
	Date     session.Date
	Axis     Axis
	Universe string
	Sessions int // the horizon h: the spread over Sessions sessions ending Date
	Spread   num.Return
}

// Axis is one of the two questions: large or small, high or low debt.
type Axis uint8

// The axes.
const (
	AxisSize Axis = iota
	AxisLeverage
)
