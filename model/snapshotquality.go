package model

import (
	"time"

	"gyre/model/num"
)

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
