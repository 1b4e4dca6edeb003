package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"gyre/model/session"
)

// learn takes in a row that belongs to the reference and became known later.
// It counts from now on: nothing that was worked out before is restated, except
// that an action of the session shown, or of an earlier one, changes its bases.
func (m *Market) learn(u *Update) {
	m.revision++
	m.taught = true
	switch row := u.Payload.(type) {
	case *Action:
		if row != nil && m.book.knows(row.ID) {
			m.learnAction(*row, u.At)
		}
	case *ShareCount:
		if row != nil && m.book.knows(row.ID) {
			late := *row
			late.KnownAt = later(late.KnownAt, u.At)
			insert(&m.book.shares[row.ID], late, func(a, b ShareCount) int { return a.KnownAt.Compare(b.KnownAt) })
		}
	case *Facts:
		if row != nil && m.book.knows(row.ID) {
			late := *row
			late.KnownAt = later(late.KnownAt, u.At)
			insert(&m.book.facts[row.ID], late, func(a, b Facts) int { return a.KnownAt.Compare(b.KnownAt) })
		}
	case *Event:
		if row != nil {
			m.learnEvent(*row, u.At)
		}
	default:
	}
}

func (m *Market) learnAction(a Action, at time.Time) {
	if slices.Contains(m.book.actions[a.ID], a) {
		return
	}
	insert(&m.book.actions[a.ID], a, func(a, b Action) int { return cmp.Compare(a.ExDate, b.ExDate) })
	if m.frame == nil || a.ExDate > m.frame.session.Date {
		return
	}
	if i, ok := actionIncident(m.book, &a, at); ok {
		m.note(i)
	}
	m.release(&m.names[a.ID], a.ID)
	m.rebase(a.ID)
	m.reprice(a.ID)
	m.unsettled = true
	m.wake = math.MinInt64
}

// settle works the groups and their sums out again where actions have changed
// what they rest on. A sweep brings actions by the thousand: this is done once
// for all of them, before anything else is told and before anybody looks.
func (m *Market) settle() {
	if !m.unsettled {
		return
	}
	m.unsettled = false
	m.frame = newFrame(m.book, m.frame.session, &m.seen, map[session.Date]*standing{})
	m.arrange()
	m.setWake()
}

// learnEvent adds an event, or replaces the one of the same time and title.
func (m *Market) learnEvent(e Event, at time.Time) {
	m.book.events.put(e)
	if m.frame != nil {
		m.planFixing(e.At, later(at, time.Unix(0, m.newest)))
	}
}

// insert puts a row behind those that are not above it.
func insert[T any](rows *[]T, row T, order func(a, b T) int) {
	i := len(*rows)
	for i > 0 && order((*rows)[i-1], row) > 0 {
		i--
	}
	*rows = slices.Insert(*rows, i, row)
}

// noteActions notes the corporate actions that take effect at a session's open.
func (m *Market) noteActions(s session.Session) {
	for id := range m.book.actions {
		for i := range m.book.actions[id] {
			a := &m.book.actions[id][i]
			if a.ExDate != s.Date {
				continue
			}
			if incident, ok := actionIncident(m.book, a, s.Opens); ok {
				m.note(incident)
			}
		}
	}
}

// actionIncident is what a reader is told of an action; dividends and spin-offs
// are not worth a line.
func actionIncident(b *book, a *Action, at time.Time) (Incident, bool) {
	i := Incident{At: at, Symbol: b.symbolOn(a.ID, a.ExDate-1)}
	switch a.Kind {
	case ActionSplit:
		i.Kind, i.Detail = IncidentSplit, fmt.Sprintf("%d:%d", a.New, a.Old)
	case ActionCashMerger:
		i.Kind, i.Detail = IncidentMerger, "held at "+priceText(a.Amount)
	case ActionDelisting:
		i.Kind, i.Detail = IncidentMerger, "delisted, held at its last price"
	case ActionRename:
		i.Kind, i.Detail = IncidentRename, "now "+a.Symbol
	default:
		return Incident{}, false
	}
	return i, true
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
