package model

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// Detail is what a viewer asks for beyond the dashboard. Details can be added.
type Detail uint8

// The details.
const (
	DetailMembers Detail = 1 << iota // Snapshot.Members
	DetailMap                        // Snapshot.Maps
	DetailHistory                    // Snapshot.History
)

// Member is one company of the small-cap universes: a row of the members
// table. What is said of a window is as of its base.
type Member struct {
	ID        ID
	Key       string // the permanent id
	Symbol    string
	Name      string
	Sector    string
	Price     num.Price // the last one, 0 where there is none in this session
	At        time.Time // of the last trade
	Turnover  num.Dollars
	Flags     MemberFlags
	InMicro   bool                   // also in the micro-cap universe on the session's date
	Cap       PerWindow[num.Dollars] // market cap, 0 where not known
	Rank      PerWindow[int32]       // by cap in the Russell 2000, 1 the largest; 0: not ranked
	Quartile  PerWindow[int8]        // 0 the largest …; NoBucket where not ranked
	Third     PerWindow[[2]int8]     // debt/EV in RUT and RMICRO: 0 low, 1 mid, 2 high, NoBucket
	DebtEV    PerWindow[num.Figure]  // two decimals
	Return    PerWindow[num.Return]
	HasReturn PerWindow[bool] // where false, Return is nothing, not zero
}

// MemberFlags mark what a reader should know about a row.
type MemberFlags uint16

// The flags.
const (
	MemberInvalid    MemberFlags = 1 << iota // no price in this session
	MemberStale                              // the last trade is older than its limit
	MemberHalted                             // trading is halted, the price frozen
	MemberEnded                              // held flat by a merger or delisting
	MemberAdjusted                           // a split, special dividend or spin-off lies within a window
	MemberFinancial                          // left out of debt/EV by its sector
	MemberNoDebtData                         // no filing, or debt not given
	MemberNegativeEV                         // enterprise value not above zero
	MemberOldFiling                          // the filing is older than 200 days
)

// AllBuckets in a GroupRef is every name of the universe that is in a bucket,
// and on the axis of size for RMICRO every micro cap.
const AllBuckets int8 = -2

// GroupRef names one bucket of names: a size quartile, or a third by debt/EV of
// one universe.
type GroupRef struct {
	Axis     Axis
	Universe string // RUT or RMICRO; size is of RUT
	Bucket   int8   // 0 is the largest quartile, or the low third; AllBuckets
}

// Has tells whether a member is in the group over window w.
func (g GroupRef) Has(m *Member, w session.Window) bool {
	all := g.Bucket == AllBuckets
	if g.Axis == AxisSize {
		if all && g.Universe == universeName(inMicro) {
			return m.InMicro
		}
		return m.Quartile[w] == g.Bucket || all && m.Quartile[w] != NoBucket
	}
	universe := inRUT
	if g.Universe == universeName(inMicro) {
		universe = inMicro
	}
	return m.Third[w][universe] == g.Bucket || all && m.Third[w][universe] != NoBucket
}
