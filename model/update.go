package model

import (
	"time"

	"gyre/model/num"
)

// ID is the number of an instrument: its place in Reference.Instruments.
// Sources map their symbols to IDs once, at the door.
type ID int32

// Kind says what an Update tells.
type Kind uint8

// The kinds of update.
const (
	KindQuote         Kind = iota + 1 // Price, Volume: a trade or an aggregate of trades
	KindCancel                        // Price: that trade did not happen; Correction says what did
	KindHalt                          // Text: the reason code (T1, LUDP, M …)
	KindResume                        //
	KindOfficialClose                 // Price, Volume: the auction's print, final
	KindIndexLevel                    // ID counts in Reference.Indices; Price is the level
	KindAction                        // Payload is *Action
	KindShares                        // Payload is *ShareCount
	KindFacts                         // Payload is *Facts
	KindEvent                         // Payload is *Event
	KindFedFunds                      // Payload is *FedFunds
	KindHeartbeat                     // nothing but At: the source is alive and complete up to At
	KindHealth                        // Payload is *Health
	KindReset                         // Payload is *Reset: forget everything, start from a new reference
)

// Flags qualify a quote.
type Flags uint8

// The flags of a quote.
const (
	FlagBar      Flags = 1 << iota // an aggregate of many trades: no single bad tick can be in it
	FlagNoLast                     // odd lot, average price, late, out of sequence: counts for volume only
	FlagExtended                   // pre- or post-market
	FlagOfficial                   // an index level that is the official close
)

// Update is one thing a source has to tell. It is small and copied by value;
// what does not fit hangs on Payload, which is never changed after sending.
type Update struct {
	Kind    Kind
	Flags   Flags
	ID      ID
	At      time.Time // when it happened
	Price   num.Price
	Volume  int64 // shares traded in the session so far, this trade included
	Text    string
	Payload Payload
}

// Payload is what a rare update carries.
type Payload interface{ payload() }

// Reset starts a new epoch. Everything known before is forgotten.
type Reset struct {
	Epoch     uint64
	Reference *Reference
	Mode      Mode
	Feed      string        // the source's name on the screen
	Delay     time.Duration // declared delay of the data
	Interval  time.Duration // expected time between heartbeats; 0 in replay
	// Until is how far the source goes on to tell what is past already. Before
	// the heartbeat of that moment there is nothing worth showing. Zero: nothing
	// of the past follows.
	Until time.Time
}

// Correction replaces a cancelled trade; zero Price means it just vanished.
type Correction struct{ Price num.Price }

// Health is the state of a source.
type Health struct {
	State   FeedPhase
	Problem string // one clean sentence, "" when all is well
	Dropped uint64 // updates lost since the start
	// Overtaken are prices that newer ones of the same name replaced before their
	// moment was told, since the start. Nothing is lost with them.
	Overtaken uint64
}

// FedFunds is one contract of the fed-funds strip.
type FedFunds struct {
	Year  int
	Month time.Month
	Price num.Price
}

func (*Reset) payload()      {}
func (*Correction) payload() {}
func (*Health) payload()     {}
func (*FedFunds) payload()   {}
func (*Action) payload()     {}
func (*ShareCount) payload() {}
func (*Facts) payload()      {}
func (*Event) payload()      {}

// Mode says where the market time comes from.
type Mode uint8

// The modes.
const (
	ModeReplay Mode = iota
	ModeLive
	ModeDelayed
)

// FeedPhase is how a source is doing.
type FeedPhase uint8

// The states of a source.
const (
	FeedConnecting FeedPhase = iota
	FeedOK
	FeedStale
	FeedFailing
	FeedEnded
)
