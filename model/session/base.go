package session

import "time"

// Base is the base session of window w as seen in session s: the one whose
// official close the window's returns are measured from. Where the nominal
// date is no session, the last session before it counts. The base is strictly
// before s; there is none where the calendar does not reach.
//
//	1D   the previous session
//	1W   the last session of the previous calendar week
//	MTD  the last session of the previous month
//	1M   the same day one month earlier, clamped to the month's end
//	3M   the same day three months earlier, clamped to the month's end
//	YTD  the last session of the previous year
func (c *Calendar) Base(w Window, s Date) (Session, bool) {
	if s > c.Last().Date {
		return Session{}, false
	}
	y, m, _ := s.Civil()
	switch w {
	case Day:
		return c.Before(s)
	case Week:
		return c.Before(monday(s))
	case MonthToDate:
		return c.Before(NewDate(y, m, 1))
	case Month:
		return c.OnOrBefore(s.AddMonths(-1))
	case Quarter:
		return c.OnOrBefore(s.AddMonths(-3))
	case YearToDate:
		return c.Before(NewDate(y, time.January, 1))
	default:
		return Session{}, false
	}
}

// monday is the Monday of d's calendar week, which ends on Sunday.
func monday(d Date) Date {
	sinceMonday := (int(d.Weekday()) + 6) % 7
	return d.AddDays(-sinceMonday)
}
