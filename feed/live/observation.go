package live

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Quote is the newest trade of a name, or an aggregate of trades.
type Quote struct {
	Symbol string    // in any known spelling
	At     time.Time // of the trade, by the vendor's clock; without it nothing is observed
	Price  num.Price // 0: only the volume is observed
	Volume int64     // shares traded in the session so far; 0: not known
	// Flags are FlagBar for an aggregate and FlagNoLast for a print that counts
	// for volume only. FlagExtended is the Board's to set.
	Flags model.Flags
	// Sequence orders trades of one instant, where the vendor counts them.
	Sequence int64
}

// Close is the official close of one session, raw: in the shares of that date.
// The date decides what it is for: that of the running day is the official
// close, that of the session before is the previous close, which fills in where
// the reference has none. Any other is out of place.
type Close struct {
	Symbol string
	Date   session.Date
	Price  num.Price
	Volume int64 // of the session; 0: not known
}

// Level is a level of an index.
type Level struct {
	Symbol string // as in the reference, or as vendors write it: I:RUT, ^GSPC
	At     time.Time
	Price  num.Price
}

// Halt says that trading in a name has stopped.
type Halt struct {
	Symbol string
	At     time.Time
	Reason string // T1, LUDP, M …
	// Resumes is when trading goes on, as far as that is announced. A later Halt
	// with the same At replaces it.
	Resumes time.Time
}

// Resume says that trading in a name goes on.
type Resume struct {
	Symbol string
	At     time.Time
	Reason string
}

// Cancel says that the trade at Price did not happen.
type Cancel struct {
	Symbol  string
	At      time.Time
	Price   num.Price
	Instead num.Price // what did happen; 0: nothing
}
