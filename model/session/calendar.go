package session

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// New is the calendar of the New York Stock Exchange from 1 January 2007 to
// 31 December 2027, special closures included.
func New() *Calendar {
	c := &Calendar{sessions: make([]Session, 0, 253*(lastYear-firstYear+1))}
	for y := firstYear; y <= lastYear; y++ {
		closed, half := holidays(y), halfDays(y)
		for d := NewDate(y, time.January, 1); d <= NewDate(y, time.December, 31); d++ {
			switch {
			case !weekday(d), slices.Contains(closed, d):
			case slices.Contains(half, d):
				c.sessions = append(c.sessions, HalfDay(d))
			default:
				c.sessions = append(c.sessions, FullDay(d))
			}
		}
	}
	return c
}

// FullDay is a session of d from 09:30 to 16:00.
func FullDay(d Date) Session {
	return Session{Date: d, Opens: d.At(9, 30), Closes: d.At(16, 0)}
}

// HalfDay is a session of d from 09:30 to 13:00.
func HalfDay(d Date) Session {
	return Session{Date: d, Opens: d.At(9, 30), Closes: d.At(13, 0)}
}

// With is the calendar with the given sessions added, each in place of the
// calendar's own session of its date. It fails where a session does not open
// and later close on its own date.
func (c *Calendar) With(overrides ...Session) (*Calendar, error) {
	dates := make([]Date, 0, len(overrides))
	for _, s := range overrides {
		if DateOf(s.Opens) != s.Date || DateOf(s.Closes) != s.Date || !s.Opens.Before(s.Closes) {
			return nil, fmt.Errorf("the session of %s runs from %s to %s; it must open and then close on its own date, New York time",
				s.Date, s.Opens.In(Zone()).Format(time.DateTime), s.Closes.In(Zone()).Format(time.DateTime))
		}
		if slices.Contains(dates, s.Date) {
			return nil, fmt.Errorf("the session of %s is given twice; keep one of them", s.Date)
		}
		dates = append(dates, s.Date)
	}
	changed := c.Without(dates...)
	changed.sessions = append(changed.sessions, overrides...)
	slices.SortFunc(changed.sessions, func(a, b Session) int { return cmp.Compare(a.Date, b.Date) })
	return changed, nil
}

// Without is the calendar with no session on the given dates.
func (c *Calendar) Without(dates ...Date) *Calendar {
	kept := slices.DeleteFunc(slices.Clone(c.sessions), func(s Session) bool {
		return slices.Contains(dates, s.Date)
	})
	return &Calendar{sessions: kept}
}

// First is the calendar's first session; the zero Session if there is none.
func (c *Calendar) First() Session {
	s, _ := c.at(0)
	return s
}

// Last is the calendar's last session; the zero Session if there is none.
// What the calendar says about later dates is not to be trusted: warn.
func (c *Calendar) Last() Session {
	s, _ := c.at(len(c.sessions) - 1)
	return s
}

// On is the session of d, if d is one.
func (c *Calendar) On(d Date) (Session, bool) {
	i, found := c.find(d)
	if !found {
		return Session{}, false
	}
	return c.at(i)
}

// OnOrBefore is the session of d, or the last one before it if d is none.
func (c *Calendar) OnOrBefore(d Date) (Session, bool) { return c.Before(d + 1) }

// Before is the last session strictly before d.
func (c *Calendar) Before(d Date) (Session, bool) {
	i, _ := c.find(d)
	return c.at(i - 1)
}

// After is the first session strictly after d.
func (c *Calendar) After(d Date) (Session, bool) {
	i, _ := c.find(d + 1)
	return c.at(i)
}

// Between counts the sessions after from, up to and including to. The count is
// negative where to lies before from.
func (c *Calendar) Between(from, to Date) int {
	i, _ := c.find(from + 1)
	j, _ := c.find(to + 1)
	return j - i
}

// Range is every session in [from, to], both included, ascending. It is a
// part of the calendar itself and must not be changed.
func (c *Calendar) Range(from, to Date) []Session {
	i, _ := c.find(from)
	j, _ := c.find(to + 1)
	if i >= j {
		return nil
	}
	return c.sessions[i:j:j]
}

// Offset is the session n sessions after session d, or before it where n is
// negative. There is none where d is no session itself.
func (c *Calendar) Offset(d Date, n int) (Session, bool) {
	i, found := c.find(d)
	if !found {
		return Session{}, false
	}
	return c.at(i + n)
}

// find is the place of the first session on or after d, and whether it is on d.
func (c *Calendar) find(d Date) (int, bool) {
	return slices.BinarySearchFunc(c.sessions, d, func(s Session, d Date) int { return cmp.Compare(s.Date, d) })
}

// at is the i-th session, if there is one.
func (c *Calendar) at(i int) (Session, bool) {
	if i < 0 || i >= len(c.sessions) {
		return Session{}, false
	}
	return c.sessions[i], true
}
