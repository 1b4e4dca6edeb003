// Package session knows when the New York exchanges trade: sessions, half
// days, holidays, special closures, and the base session of every window.
//
// It is pure: the time is always an argument. All instants are understood in
// America/New_York, with the time zone data embedded in the binary.
package session

import "time"

// Date is a civil date, as the count of days since 1 January 1970. The zero
// Date means that there is none.
type Date int32

// Phase is where a moment stands in the trading day.
type Phase uint8

// The phases of the day.
const (
	Closed Phase = iota // nights, weekends, holidays
	Pre                 // 04:00 to the open of a session
	Open                // the regular session, opening instant included
	Post                // the close (its instant included) to 20:00
)

// String is the phase in one lower-case word: closed, pre, open or post.
func (p Phase) String() string {
	switch p {
	case Closed:
		return "closed"
	case Pre:
		return "pre"
	case Open:
		return "open"
	case Post:
		return "post"
	default:
		return "?"
	}
}

// Session is one trading day.
type Session struct {
	Date   Date
	Opens  time.Time // 09:30 ET
	Closes time.Time // 16:00 ET, 13:00 on a half day
}

// Calendar is an immutable list of sessions. The zero value has none; New
// gives the exchange's own.
type Calendar struct {
	sessions []Session
}
