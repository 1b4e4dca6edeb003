package ndjson

import (
	"time"

	"gyre/feed/wire"
	"gyre/model"
)

// memory is what was known of filings and events. A record says only what
// changes; an update says everything.
type memory struct {
	filings map[model.ID]model.Facts
	events  map[eventKey]model.Event
}

// eventKey tells events apart.
type eventKey struct {
	at    int64
	title string
}

// maxMemory is how many events are remembered; a calendar has hundreds.
const maxMemory = 20_000

func newMemory(ref *model.Reference) memory {
	m := memory{filings: map[model.ID]model.Facts{}, events: map[eventKey]model.Event{}}
	if ref == nil {
		return m
	}
	for _, f := range ref.Facts { // in the order in which they became known
		m.filings[f.ID] = f
	}
	for _, e := range ref.Events {
		m.events[eventKey{e.At.Unix(), e.Title}] = e
	}
	return m
}

// saysFacts tells whether a record says anything of a balance sheet.
func saysFacts(r *wire.Record) bool {
	return r.Debt.Known || r.Preferred.Known || r.Minority.Known || r.Cash.Known
}

// facts are the facts of a name after a record.
func (m *memory) facts(id model.ID, r *wire.Record) model.Facts {
	f := m.filings[id]
	set(&f.Debt, r.Debt)
	set(&f.Preferred, r.Preferred)
	set(&f.Minority, r.Minority)
	set(&f.Cash, r.Cash)
	m.filings[id] = f
	return f
}

func set(to *model.Amount, said model.Amount) {
	if said.Known {
		*to = said
	}
}

// event is an event after a record.
func (m *memory) event(r *wire.Record) model.Event {
	key := eventKey{r.EventAt.Unix(), r.Title}
	e, known := m.events[key]
	if !known {
		e = model.Event{At: r.EventAt, Title: r.Title, Importance: 1, Listed: r.At, KnownAt: r.EventAt}
	}
	if r.Actual != "" && r.Actual != e.Actual || r.Revised != "" && r.Revised != e.Revised {
		e.KnownAt = r.At
	}
	for _, field := range []struct {
		to   *string
		said string
	}{
		{&e.Country, r.Country},
		{&e.Consensus, r.Consensus},
		{&e.Previous, r.Previous},
		{&e.Revised, r.Revised},
		{&e.Actual, r.Actual},
		{&e.Source, r.EventSource},
	} {
		if field.said != "" {
			*field.to = field.said
		}
	}
	if r.Importance > 0 {
		e.Importance = int(r.Importance)
	}
	if known || len(m.events) < maxMemory {
		m.events[key] = e
	}
	return e
}

// later is the later of two moments.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
