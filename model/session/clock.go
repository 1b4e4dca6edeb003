package session

import (
	"sort"
	"time"
)

// Trading outside the regular session: from 04:00, and for four hours after
// the close (20:00, or 17:00 on a half day).
const (
	preOpensHour = 4
	postLasts    = 4 * time.Hour
)

// Started is the last session whose opening instant is at or before t: before
// Monday's open it is still Friday's.
func (c *Calendar) Started(t time.Time) (Session, bool) {
	return c.at(c.firstAfter(t, Session.opens) - 1)
}

// PhaseAt is the phase of the day at t. The opening instant is Open, the
// closing instant is Post, and the end of each phase belongs to the next one.
func (c *Calendar) PhaseAt(t time.Time) Phase {
	s, ok := c.On(DateOf(t))
	switch {
	case !ok, t.Before(s.Date.At(preOpensHour, 0)), !t.Before(s.Closes.Add(postLasts)):
		return Closed
	case t.Before(s.Opens):
		return Pre
	case t.Before(s.Closes):
		return Open
	default:
		return Post
	}
}

// NextOpen is the first opening strictly after t. There is none past the
// calendar's end.
func (c *Calendar) NextOpen(t time.Time) (time.Time, bool) {
	s, ok := c.at(c.firstAfter(t, Session.opens))
	return s.Opens, ok
}

// NextClose is the first close strictly after t. There is none past the
// calendar's end.
func (c *Calendar) NextClose(t time.Time) (time.Time, bool) {
	s, ok := c.at(c.firstAfter(t, Session.closes))
	return s.Closes, ok
}

// Elapsed is the part of the session that has passed at t, from 0 before its
// open to 1 after its close.
func (s Session) Elapsed(t time.Time) float64 {
	switch {
	case !t.After(s.Opens):
		return 0
	case !t.Before(s.Closes):
		return 1
	default:
		return float64(t.Sub(s.Opens)) / float64(s.Closes.Sub(s.Opens))
	}
}

// Minutes is the length of the session: 390 minutes, 210 on a half day.
func (s Session) Minutes() int { return int(s.Closes.Sub(s.Opens) / time.Minute) }

// firstAfter is the place of the first session whose instant is strictly after t.
func (c *Calendar) firstAfter(t time.Time, instant func(Session) time.Time) int {
	return sort.Search(len(c.sessions), func(i int) bool { return instant(c.sessions[i]).After(t) })
}

func (s Session) opens() time.Time  { return s.Opens }
func (s Session) closes() time.Time { return s.Closes }
