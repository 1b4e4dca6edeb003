package session

import (
	"sync"
	"time"
	_ "time/tzdata" // the exchange's clock must not depend on what the host has installed
)

// newYork is loaded once and never changes: reading the zone data for each
// conversion would cost more than all the rest of the calendar.
var newYork = sync.OnceValue(loadNewYork) //nolint:gochecknoglobals // a constant that needs a function call; time.UTC is one too

// Zone is America/New_York, the time zone of the exchanges.
func Zone() *time.Location { return newYork() }

// loadNewYork cannot fail, as the zone data is part of the binary; were that
// ever lost, Eastern Standard Time is the least wrong clock.
func loadNewYork() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return time.FixedZone("EST", -5*60*60)
	}
	return zone
}
