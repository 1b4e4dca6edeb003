package model

import (
	"cmp"
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// reactionTime is how long after an event the size spread is looked at.
const reactionTime = 30 * time.Minute

// leastPriced is the part of a group, one in so many, that must have a price.
const leastPriced = 3

// maxFixings is how many instants of a session prices are kept for: of 5,000
// names 10 MB. The calendar of a day has a dozen; a wire of headlines may have
// thousands.
const maxFixings = 256

// fixing is every name's price at one instant of the session shown.
type fixing struct {
	at     time.Time
	prices []num.Price // 0: no price; nil until the instant has passed
}

// reactionTo is the part of session s in which the market reacts to an event at
// an instant: the half hour after it. The market was closed to what came since
// the close before, and reacts to it from the open on: the opening prints get as
// long as a name may take to print. What comes at the close, or after it, is of
// the next session.
func reactionTo(cal *session.Calendar, s session.Session, at time.Time) (Reaction, bool) {
	before, ok := cal.Before(s.Date)
	if !ok || at.Before(before.Closes) || !at.Before(s.Closes) {
		return Reaction{}, false
	}
	r := Reaction{From: at, To: at.Add(reactionTime)}
	if !at.After(s.Opens) {
		r = Reaction{From: s.Opens.Add(lateAfter), To: s.Opens.Add(reactionTime), AtOpen: true}
	}
	if r.To.After(s.Closes) {
		r.To = s.Closes
	}
	r.From, r.To = r.From.In(session.Zone()), r.To.In(session.Zone())
	return r, true
}

// planFixings notes when prices have to be kept for the events of the calendar,
// from t on: what was before has not been watched. What matters most comes
// first, as there is room for so many only.
func (m *Market) planFixings(t time.Time) {
	events := slices.Clone(m.book.events.schedule())
	slices.SortStableFunc(events, func(a, b scheduled) int { return cmp.Compare(b.Importance, a.Importance) })
	for i := range events {
		m.planFixing(events[i].At, t)
	}
}

// planFixing is planFixings for one event. Half of an event is no use: it gets
// both its instants or none.
func (m *Market) planFixing(event, t time.Time) {
	r, ok := reactionTo(m.book.cal, m.frame.session, event)
	if !ok {
		return
	}
	_, begun := m.today.fixingAt(r.From)
	if !begun && (r.From.Before(t) || len(m.today.fixings) > maxFixings-2) {
		return
	}
	for _, at := range [...]time.Time{r.From, r.To} {
		i, planned := m.today.fixingAt(at)
		if !planned && !at.Before(t) && len(m.today.fixings) < maxFixings {
			m.today.fixings = slices.Insert(m.today.fixings, i, fixing{at: at})
		}
	}
}

// fixingAt is the place of the fixing of an instant.
func (d *today) fixingAt(at time.Time) (int, bool) {
	return slices.BinarySearchFunc(d.fixings, at, func(r fixing, at time.Time) int { return r.at.Compare(at) })
}

// nextFixing is the first instant that is still to come; zero where there
// is none.
func (d *today) nextFixing() time.Time {
	for i := range d.fixings {
		if d.fixings[i].prices == nil {
			return d.fixings[i].at
		}
	}
	return time.Time{}
}

// fix takes the fixings of the instants that have passed.
func (m *Market) fix(passed func(time.Time) bool) {
	for i := range m.today.fixings {
		if r := &m.today.fixings[i]; r.prices == nil && passed(r.at) {
			r.prices = m.lastPrices()
		}
	}
}

// reactions fills in what the size spread did after the events of the session
// shown.
func (m *Market) reactions(entries []CalendarEntry) {
	var last Reaction // most events share their time with others
	for i := range entries {
		e := &entries[i]
		if !e.Past {
			break
		}
		r, ok := reactionTo(m.book.cal, m.frame.session, e.At)
		switch {
		case !ok:
			continue
		case r.From.Equal(last.From) && r.To.Equal(last.To):
			r.Change = last.Change
		default:
			r.Change = m.spreadChange(r.From, r.To)
			last = r
		}
		e.Reaction = r
	}
}

// spreadChange is by how much the size spread of the day has moved between two
// fixings: the mean over the smallest names less that over the largest, of the
// names that have a price in both. There is none where these are less than a
// third of either group: at the open many small companies have not traded yet.
func (m *Market) spreadChange(from, to time.Time) num.Figure {
	i, okFrom := m.today.fixingAt(from)
	j, okTo := m.today.fixingAt(to)
	if !okFrom || !okTo || m.today.fixings[i].prices == nil || m.today.fixings[j].prices == nil {
		return num.Figure{}
	}
	of := m.groupings.size(m, RankBase, from).of[session.Day]
	if len(of) == 0 {
		return num.Figure{}
	}
	first, second := m.today.fixings[i].prices, m.today.fixings[j].prices
	large := m.meanChange(of[0], first, second)
	small := m.meanChange(of[len(of)-1], first, second)
	if leastPriced*large.N < len(of[0]) || leastPriced*small.N < len(of[len(of)-1]) {
		return num.Figure{}
	}
	return small.Minus(large).Percent()
}

// meanChange is by how much the day's return of names has changed between two
// fixings, on average.
func (m *Market) meanChange(ids []ID, first, second []num.Price) num.Mean {
	var mean num.Mean
	for _, id := range ids {
		base := m.names[id].bases[session.Day]
		before, okBefore := num.Change(first[id], base)
		after, okAfter := num.Change(second[id], base)
		if okBefore && okAfter {
			mean.Sum += int64(after - before)
			mean.N++
		}
	}
	return mean
}
