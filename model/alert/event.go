package alert

import (
	"fmt"
	"math"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// release names one event of the calendar.
type release struct {
	at             int64 // Unix seconds
	title, country string
}

// events tells of events that are near, of those whose time has come, and of
// figures that are out.
func (l *look) events() {
	before := l.released
	l.released = make(map[release]bool)
	var soon, now []*model.CalendarEntry
	for i := range l.snap.Calendar {
		e := &l.snap.Calendar[i]
		name := release{e.At.Unix(), e.Title, e.Country}
		if e.Released {
			l.released[name] = true
		}
		if !l.started || e.Importance < l.rules.EventImportance {
			continue
		}
		switch {
		case e.Released && !before[name]:
			l.out(e)
		case l.approaches(e):
			soon = append(soon, e)
		case !e.Released && l.due(e):
			now = append(now, e)
		}
	}
	for _, together := range byTime(soon) {
		l.raise(EventSoon, "in %s, at %s: %s", minutes(together[0].At.Sub(l.snap.AsOf)), clock(together[0].At), titles(together))
	}
	for _, together := range byTime(now) {
		l.raise(EventNow, "%s now: %s", clock(together[0].At), titles(together))
	}
}

// approaches tells whether one of the leads has begun since the last look, and
// the event is still to come.
func (l *look) approaches(e *model.CalendarEntry) bool {
	for _, lead := range l.rules.EventLeads {
		if lead > 0 && l.snap.AsOf.Before(e.At) && l.reached(e.At.Add(-lead)) {
			return true
		}
	}
	return false
}

// due tells whether the event's time has come since the last look, and not
// long ago: after a night that was skipped it is no news.
func (l *look) due(e *model.CalendarEntry) bool {
	for _, lead := range l.rules.EventLeads {
		if lead == 0 && l.reached(e.At) && l.snap.AsOf.Sub(e.At) < l.rules.Cooldown {
			return true
		}
	}
	return false
}

// reached tells whether t came between the last look and this one.
func (l *look) reached(t time.Time) bool { return t.After(l.asOf) && !t.After(l.snap.AsOf) }

// out tells a figure that has just come out, as a surprise where its history
// says that it is one.
func (l *look) out(e *model.CalendarEntry) {
	if e.Actual == "" {
		return
	}
	text := clock(e.At) + " " + e.Title + ": " + e.Actual
	if e.Consensus != "" {
		text += ", consensus " + e.Consensus
	}
	if away := math.Abs(e.Sigmas.Float()); e.Surprises >= l.rules.SurpriseHistory && away > l.rules.SurpriseSigmas {
		l.raise(Surprise, "%s, a surprise of %s%s (%.1f sigmas)", text, signed(e.Surprise), e.Unit, away)
		return
	}
	l.raise(Release, "%s", text)
}

// byTime groups entries, which are in order of time, by it.
func byTime(entries []*model.CalendarEntry) [][]*model.CalendarEntry {
	var groups [][]*model.CalendarEntry
	for _, e := range entries {
		if n := len(groups); n > 0 && groups[n-1][0].At.Equal(e.At) {
			groups[n-1] = append(groups[n-1], e)
			continue
		}
		groups = append(groups, []*model.CalendarEntry{e})
	}
	return groups
}

// titles names events that share a time, the first few of them.
func titles(entries []*model.CalendarEntry) string {
	const named = 3
	var all []string
	for i, e := range entries {
		if i == named {
			all = append(all, fmt.Sprintf("%d more", len(entries)-named))
			break
		}
		text := e.Title
		if e.Consensus != "" {
			text += " (consensus " + e.Consensus + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// clock is the time of day in New York.
func clock(t time.Time) string { return t.In(session.Zone()).Format("15:04") }

// minutes is a time to go, begun minutes counted whole.
func minutes(d time.Duration) string {
	return fmt.Sprintf("%d min", int((d+time.Minute-1)/time.Minute))
}
