package wire

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Type says what a record tells.
type Type byte

// The types of record, as they are written in t.
const (
	Quote     Type = 'q' // what a name trades at
	Cancel    Type = 'x' // a trade did not happen, or not at that price
	Halt      Type = 'h' // trading stopped or goes on
	Action    Type = 'c' // a corporate action
	Reference Type = 'r' // shares outstanding, debt and cash
	Event     Type = 'e' // a release of the calendar
	FedFunds  Type = 'f' // a contract of the fed-funds strip
	Heartbeat Type = 'k' // all is well, and everything until ts was told
	Index     Type = 'i' // the level of an index
	Close     Type = 'o' // the official close of a name
)

// The states of trading, as they are written in st.
const (
	Halted  = "H"
	Paused  = "P" // by a price band
	Quoting = "Q" // quotes are taken again, trades are not
	Trading = "T"
)

// The parts of a trading day, as they are written in ses.
const (
	PreMarket  = "pre"
	Regular    = "reg"
	PostMarket = "post"
	Overnight  = "ovn"
)

// Delay is the declared delay of the data, perhaps unknown. Unknown is not zero.
type Delay struct {
	Seconds int64
	Known   bool
}

// Record is one line. Each type of record has some of the fields, which are
// named here as they are in the line; the others are neither read nor written.
// A zero value means that the field is absent.
type Record struct {
	Type   Type      // t
	At     time.Time // ts, in UTC
	Symbol string    // s; sym of a fed-funds contract
	Price  num.Price // p

	Source   string // src: the name of the feed
	Delay    Delay  // dly: of the data, in seconds
	Sequence int64  // seq

	// Of a quote, an index level or an official close.
	Size            int64        // sz: shares in the last trade
	Volume          int64        // vol: shares traded in the session so far
	Open, High, Low num.Price    // o, h, l: of the session so far
	Bid, Ask        num.Price    // bid, ask
	PreviousClose   num.Price    // pc
	PreviousDate    session.Date // pcd: the session that closed at pc
	OfficialClose   num.Price    // oc: of the session of ts
	Session         string       // ses
	Conditions      []string     // cond: sale conditions as the tape writes them
	Aggregate       bool         // agg: p stands for many trades

	// Of a cancel: the trade at Cancelled did not happen; Price is what did.
	Cancelled num.Price // ref

	// Of a halt.
	State   string    // st
	Reason  string    // rc: T1, LUDP, M …
	Resumes time.Time // resume: when trading is expected to go on

	// Of a corporate action.
	ExDate    session.Date     // ex
	Kind      model.ActionKind // kind: a split where it is absent
	New, Old  int64            // new, old: New shares for Old
	Amount    num.Price        // amount: per share, in money
	NewSymbol string           // new_symbol

	// Of a reference record, in whole dollars.
	Shares              int64        // shares: outstanding
	Debt, Cash          model.Amount // debt, cash
	Preferred, Minority model.Amount // preferred, minority
	AsOf                session.Date // asof: the date of the balance sheet

	// Of an event.
	EventAt             time.Time // at: when it is due
	Title               string    // title
	Country             string    // country
	Importance          int64     // importance: 1 to 3
	Consensus, Previous string    // consensus, previous
	Revised, Actual     string    // revised, actual
	EventSource         string    // source: who says so

	// Of a heartbeat.
	Lag     time.Duration // lag_ms: how far the feed is behind its vendor
	Records int64         // n: records sent since the last heartbeat
}
