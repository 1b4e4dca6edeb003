package model

import (
	"math"
	"time"

	"gyre/model/session"
)

// noWord is the newest instant while the source has told nothing.
const noWord = math.MinInt64

// clockAt is the exchange's clock at now.
func (m *Market) clockAt(now time.Time) Clock {
	cal := m.book.cal
	c := Clock{Phase: cal.PhaseAt(now), PastTable: session.DateOf(now) > cal.Last().Date}
	c.NextOpen, _ = cal.NextOpen(now)
	if m.frame != nil {
		c.Session = m.frame.session
		c.HalfDay = c.Session.Minutes() < fullDay
		if !m.today.since.IsZero() {
			c.Since = m.today.since.In(session.Zone())
		}
	}
	if c.Phase == session.Open {
		c.NextClose, _ = cal.NextClose(now)
	}
	return c
}

// fullDay is the minutes of a full session.
const fullDay = 390

// shortestPatience is how long any source may be silent.
const shortestPatience = 10 * time.Second

// feedAt is how the source is doing. One that should have spoken by now is
// stale, whatever it said of itself last. Data that are declared as delayed are
// not old for that: their age counts from the moment at which they were due.
func (m *Market) feedAt(now time.Time) Feed {
	reset, health := &m.source.reset, &m.source.health
	f := Feed{
		Name: reset.Feed, Phase: health.State, Delay: reset.Delay, Problem: health.Problem,
		Dropped: health.Dropped, Overtaken: health.Overtaken,
	}
	if m.newest != noWord {
		f.Age = max(now.Add(-reset.Delay).Sub(time.Unix(0, m.newest)), 0)
		if f.Phase == FeedConnecting {
			f.Phase = FeedOK
		}
	}
	if f.Phase == FeedOK && reset.Interval > 0 && f.Age > max(3*reset.Interval, shortestPatience) {
		f.Phase = FeedStale
	}
	return f
}
