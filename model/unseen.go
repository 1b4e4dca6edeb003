package model

import (
	"time"

	"gyre/model/session"
)

// unseen tells whether a session was not watched from its open on, because the
// first that is known of its path came late, and gives a moment within what was
// missed. Charts have a point there whose value is not known: a line from the
// previous close straight to the first observation would tell of a path that
// nobody has seen.
func unseen(s session.Session, first time.Time) (time.Time, bool) {
	missed := first.Sub(s.Opens)
	return s.Opens.Add(missed / 2), missed > sampleEvery
}

// missed is a moment of the session shown at which no price is known, because
// nobody watched until later.
func (b *builder) missed() (time.Time, bool) {
	s := b.m.frame.session
	switch samples := b.m.today.samples; {
	case len(samples) > 0:
		return unseen(s, samples[0].at)
	case b.m.anyPrint && !b.m.closed(b.now):
		return unseen(s, b.now)
	default:
		return time.Time{}, false
	}
}
