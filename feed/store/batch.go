package store

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Batch is what one import brings. It goes into the store whole or not at all.
// Names are called by their canonical symbols (BRK.B), which the store resolves
// to permanent instruments by date: a symbol that was another company's before
// a rename is that company's only before it.
type Batch struct {
	Source string // what it was read from, as the user knows it: a file's name or a vendor's

	Lists   []List
	Closes  []Close
	Levels  []Level
	Shares  []Shares
	Facts   []Facts
	Actions []Action
	Events  []model.Event
	Rates   []model.RateQuote
	EFFR    []EFFR
}

// List is an index's whole membership as a publisher gave it for one day. It
// replaces the list before it from that day on; before the first list of an
// index nothing better is known, so the first one holds for earlier days too.
type List struct {
	Index   string // RUT, RMICRO, SPX
	AsOf    session.Date
	Members []Member
}

// Member is one line of a list.
type Member struct {
	Symbol   string
	Name     string
	Sector   string
	Quantity int64  // shares held; 0 where not given
	Company  string // symbol of the company's primary line; "" where it is this one
}

// Close is the official close of one name, raw (not split adjusted). Open,
// High, Low and Volume are 0 where not given.
type Close struct {
	Date                   session.Date
	Symbol                 string
	Open, High, Low, Close num.Price
	Volume                 int64
}

// Level is one session of an index. Open, High and Low are 0 where not given.
type Level struct {
	Index                  string
	Date                   session.Date
	Open, High, Low, Close num.Price
}

// Shares is a count of shares outstanding, known from KnownAt.
type Shares struct {
	Symbol  string
	KnownAt time.Time
	Shares  int64
}

// Facts are balance-sheet items of one filing, known from KnownAt.
type Facts struct {
	Symbol                          string
	KnownAt                         time.Time
	Debt, Preferred, Minority, Cash model.Amount
}

// Action is a corporate action; model.Action says what its fields mean.
type Action struct {
	Symbol    string
	ExDate    session.Date
	Kind      model.ActionKind
	New, Old  int64
	Amount    num.Price
	NewSymbol string
	Inferred  bool // found in the prices, told by nobody
}
