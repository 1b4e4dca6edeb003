package replay

import (
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Intraday knows what happened within sessions, minute by minute. A session
// that it does not have shows nothing but its official closes.
type Intraday interface {
	// Has tells whether the course of a session is known. It is cheap.
	Has(date session.Date) bool
	// Session is the course of a session that it has. Each call gives one of
	// its own, for one goroutine.
	Session(date session.Date) Path
}

// Path is the course of one session. Minute 0 is the opening instant, minute m
// lies m minutes later, and the last one is the closing instant. Minutes may
// be asked for in any order, and always answer the same.
type Path interface {
	// Minute emits every name that traded since the minute before, with its
	// last price and the shares traded in the session so far.
	Minute(m int, emit func(id model.ID, price num.Price, volume int64))
	// Index is the level of an index, counted as in Reference.Indices, at
	// minute m; zero where it is not known.
	Index(index, m int) num.Price
}

// nothing is an Intraday that has no session.
type nothing struct{}

func (nothing) Has(session.Date) bool     { return false }
func (nothing) Session(session.Date) Path { return nil }
