package live

import (
	"time"

	"gyre/model"
	"gyre/model/session"
)

// MaxSymbols is how many instruments a universe may have.
const MaxSymbols = 20_000

// maxAhead is how far a vendor's clock may be ahead of ours.
const maxAhead = 5 * time.Second

// Identity is what the screen says of a source.
type Identity struct {
	Feed     string        // its name
	Delay    time.Duration // declared delay of the data; above zero the mode is delayed
	Interval time.Duration // expected time between two complete moments
	// Calendar replaces the reference's, where the vendor knows better; nil keeps it.
	Calendar *session.Calendar
}

// Options set a Board up.
type Options struct {
	Reference *model.Reference // may hold nothing but a calendar; never changed
	Identity
	Now func() time.Time // the wall clock; nil: time.Now
}

// Report is what a Board has counted since its start.
type Report struct {
	Taken     uint64 // observations that were news when they came
	Same      uint64 // observations of what was known already
	Conflated uint64 // news replaced before the hub took them
	Late      uint64 // older than what was known
	Earlier   uint64 // of an earlier day: the last trade of what has not traded today
	Future    uint64 // more than 5 seconds ahead of our clock
	Refused   uint64 // without a time, with a price out of bounds, of another day
	Unknown   uint64 // of symbols that are not in the universe
	Suspects  []Suspect
}

// Suspect is a name whose price has changed by more than 60 % to about a whole
// multiple or a whole part of the previous close, without a corporate action
// that says so: perhaps a split that nobody told us.
type Suspect struct {
	Symbol   string
	New, Old int64 // the split it looks like: New shares for Old
}
