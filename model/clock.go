package model

import (
	"math"
	"time"

	"gyre/model/session"
)

const (
	// lateAfter is how long after the open a name may take to print.
	lateAfter = 30 * time.Second
	// sampleEvery is the grid of the session's own path on the charts. Market
	// time drives it, so the path does not depend on the speed of a replay.
	sampleEvery = 5 * time.Minute
)

// advance moves the clock on to t. Where t reaches the open of a later session
// that one is shown from then on. complete tells that everything up to t, t
// included, has been told.
func (m *Market) advance(t time.Time, complete bool) {
	m.roll(t)
	if m.frame == nil {
		return
	}
	passed := func(mark time.Time) bool {
		return !mark.IsZero() && (t.After(mark) || complete && t.Equal(mark))
	}
	m.fix(passed)
	for mark := m.today.mark; passed(mark); mark = m.today.mark {
		m.pass(mark)
	}
	m.setWake()
}

// roll shows the session that has started by t, if that is a later one.
func (m *Market) roll(t time.Time) {
	s, ok := m.book.cal.Started(t)
	if ok && (m.frame == nil || s.Date > m.frame.session.Date) {
		m.keepCloses()
		m.open(s)
		if !t.Before(s.Closes) {
			m.adoptCloses()
		} else if _, late := unseen(s, t); late {
			m.today.since = t
		}
		m.today.mark = nextMark(s, t)
		m.planFixings(t)
	}
	m.setWake()
}

// pass does what is due at a mark: everything up to it is in.
func (m *Market) pass(mark time.Time) {
	s := m.frame.session
	switch {
	case !m.anyPrint:
	case mark.Equal(s.Opens.Add(lateAfter)):
		m.countLate(mark)
	default:
		m.sample(mark)
	}
	m.today.mark = nextMark(s, mark)
}

// nextMark is the first mark of a session after t: half a minute after the
// open, then every five minutes until the close. It is zero after the last one.
func nextMark(s session.Session, t time.Time) time.Time {
	late := s.Opens.Add(lateAfter)
	if t.Before(late) {
		return late
	}
	mark := s.Opens.Add(t.Sub(s.Opens).Truncate(sampleEvery) + sampleEvery)
	if mark.After(s.Closes) {
		return time.Time{}
	}
	return mark
}

// setWake tells the quotes, which do nothing else about the clock, when it is due.
func (m *Market) setWake() {
	m.due = math.MaxInt64
	if opens, ok := m.book.cal.NextOpen(m.shownSince()); ok {
		m.due = opens.UnixNano()
	}
	for _, due := range [...]time.Time{m.today.mark, m.today.nextFixing()} {
		if !due.IsZero() {
			m.due = min(m.due, due.UnixNano()+1)
		}
	}
	m.wake = m.due
	if m.unsettled {
		m.wake = math.MinInt64
	}
}

// shownSince is the open of the session shown.
func (m *Market) shownSince() time.Time {
	if m.frame == nil {
		return time.Unix(0, math.MinInt64)
	}
	return m.frame.session.Opens
}
