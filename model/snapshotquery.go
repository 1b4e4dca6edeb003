package model

import "gyre/model/session"

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
