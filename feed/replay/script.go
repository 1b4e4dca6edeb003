package replay

import (
	"slices"
	"time"

	"gyre/feed/dataset"
	"gyre/model/session"
)

// preOpen is how long before an open the play of a session begins.
const preOpen = 5 * time.Minute

// script is the list of the moments at which a replay has something to tell.
// It is immutable.
//
// Within a session whose course is known the moments are its minutes, from
// shortly before the open to the close; of any other session there is only
// the close. Between them lie the marks: instants at which something happens
// or becomes known.
type script struct {
	calendar *session.Calendar
	intraday Intraday
	from, to time.Time
	marks    []time.Time       // ascending
	sessions []session.Session // those with closes, ascending
}

// newScript plans the replay of a dataset.
func newScript(data *dataset.Dataset, opts Options) *script {
	s := &script{calendar: data.Reference.Calendar, intraday: opts.Intraday}
	switch {
	case s.intraday != nil:
	case data.Settings.Synthetic:
		s.intraday = synthetic{data}
	default:
		s.intraday = nothing{}
	}
	for _, day := range data.Reference.Closes {
		if on, ok := s.calendar.On(day.Date); ok {
			s.sessions = append(s.sessions, on)
		}
	}
	s.from, s.to = bounds(s.sessions, data.Settings, opts)
	s.marks = marks(data)
	return s
}

// bounds are the first and the last moment of a replay: as the options say,
// or else the dataset, or else its first and its last close.
func bounds(sessions []session.Session, settings dataset.Settings, opts Options) (from, to time.Time) {
	if len(sessions) > 0 {
		from, to = sessions[0].Closes, sessions[len(sessions)-1].Closes
	}
	for _, given := range [...][2]time.Time{{settings.From, settings.To}, {opts.From, opts.To}} {
		if !given[0].IsZero() {
			from = given[0]
		}
		if !given[1].IsZero() {
			to = given[1]
		}
	}
	if to.Before(from) {
		to = from
	}
	return from.In(session.Zone()), to.In(session.Zone())
}

// marks are the instants at which something happens that is no minute of a
// session.
func marks(data *dataset.Dataset) []time.Time {
	all := []time.Time{data.NoteKnownAt}
	for _, e := range data.Reference.Events {
		all = append(all, e.At, e.KnownAt, e.Listed)
	}
	for _, r := range data.Reference.Ranges {
		all = append(all, r.KnownAt)
	}
	for _, r := range data.Reference.Rates {
		all = append(all, r.KnownAt)
	}
	for _, h := range data.Halts {
		all = append(all, h.At)
	}
	for _, t := range data.Ticks {
		all = append(all, t.At)
	}
	all = slices.DeleteFunc(all, time.Time.IsZero)
	slices.SortFunc(all, time.Time.Compare)
	all = slices.CompactFunc(all, time.Time.Equal)
	for i := range all {
		all[i] = all[i].In(session.Zone())
	}
	return all
}

// clamp moves t between from and to.
func (s *script) clamp(t time.Time) time.Time {
	switch {
	case t.Before(s.from):
		return s.from
	case t.After(s.to):
		return s.to
	default:
		return t.In(session.Zone())
	}
}

// after is the next moment of the play after t, false at the end.
func (s *script) after(t time.Time) (time.Time, bool) {
	if !t.Before(s.to) {
		return time.Time{}, false
	}
	next := s.to
	if minute, ok := s.minuteAfter(t); ok {
		next = earlier(next, minute)
	} else if begin, ok := s.beginAfter(t); ok {
		next = earlier(next, begin)
	}
	if i := s.markAfter(t); i < len(s.marks) {
		next = earlier(next, s.marks[i])
	}
	return next, true
}

// playing tells whether t lies within the minutes of a session: market time
// flows. Elsewhere it jumps from moment to moment.
func (s *script) playing(t time.Time) bool {
	_, ok := s.minuteAfter(t)
	return ok
}

// minuteAfter is the next whole minute after t in the session that t lies in.
func (s *script) minuteAfter(t time.Time) (time.Time, bool) {
	on, ok := s.endingAfter(t)
	if !ok || t.Before(on.Opens.Add(-preOpen)) || !s.intraday.Has(on.Date) {
		return time.Time{}, false
	}
	return t.Truncate(time.Minute).Add(time.Minute), true
}

// beginAfter is where the play of the next session begins that has one; that
// of a session without minutes is its close.
func (s *script) beginAfter(t time.Time) (time.Time, bool) {
	on, ok := s.endingAfter(t)
	if ok && s.intraday.Has(on.Date) {
		return on.Opens.Add(-preOpen), true
	}
	return on.Closes, ok
}

// endingAfter is the first session that closes after t.
func (s *script) endingAfter(t time.Time) (session.Session, bool) {
	i := s.closedBy(t)
	if i == len(s.sessions) {
		return session.Session{}, false
	}
	return s.sessions[i], true
}

// closedBy counts the sessions that are over at t.
func (s *script) closedBy(t time.Time) int {
	i, closing := slices.BinarySearchFunc(s.sessions, t, func(on session.Session, t time.Time) int {
		return on.Closes.Compare(t)
	})
	if closing {
		i++
	}
	return i
}

// markAfter is the place of the first mark after t.
func (s *script) markAfter(t time.Time) int {
	i, on := slices.BinarySearchFunc(s.marks, t, time.Time.Compare)
	if on {
		i++
	}
	return i
}

// minutesFrom is n minutes of play after t, or before it. Where the play jumps,
// a minute is a moment.
func (s *script) minutesFrom(t time.Time, n int) time.Time {
	for ; n > 0 && t.Before(s.to); n-- {
		next, ok := s.minuteAfter(t)
		if !ok {
			next, _ = s.after(t)
		}
		t = next
	}
	for ; n < 0 && t.After(s.from); n++ {
		t = s.before(t)
	}
	return s.clamp(t)
}

// before is the last minute of play before t, or where the play jumps the last
// moment.
func (s *script) before(t time.Time) time.Time {
	if just := t.Add(-1); s.playing(just) {
		return just.Truncate(time.Minute)
	}
	last := s.from
	if i := s.closedBy(t.Add(-1)); i > 0 {
		last = later(last, s.sessions[i-1].Closes)
	}
	if i, _ := slices.BinarySearchFunc(s.marks, t, time.Time.Compare); i > 0 {
		last = later(last, s.marks[i-1])
	}
	return last
}

// sessionsFrom is the n-th close after t, or before it.
func (s *script) sessionsFrom(t time.Time, n int) time.Time {
	var i int
	switch {
	case n > 0:
		i = s.closedBy(t) + n - 1
	case n < 0:
		i = s.closedBy(t.Add(-1)) + n
	default:
		return t
	}
	switch {
	case i < 0:
		return s.from
	case i >= len(s.sessions):
		return s.to
	default:
		return s.clamp(s.sessions[i].Closes)
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
