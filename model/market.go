package model

import (
	"math"
	"slices"
	"time"

	"gyre/model/session"
)

// Market turns updates into snapshots. It belongs to one goroutine.
//
// It shows one session, the last that has opened, and keeps for every name its
// price and its returns over all windows. A quote changes the running sums of
// the groups its name is in; everything else is worked out when a snapshot is
// taken. Nothing is read before it was known: a row of the reference counts
// from its own instant, be that filed years ago or a minute after now.
type Market struct {
	// What a quote touches.
	names      []name
	sums       [session.WindowCount][slotCount]int64
	counts     [session.WindowCount][slotCount]int32
	opens      int64 // the session's bounds in Unix nanoseconds
	closes     int64
	wake       int64 // from this instant on a quote has to let the clock or the bases catch up
	due        int64 // from this instant on the clock has something to do
	newest     int64 // of what the source has told
	revision   uint64
	anyPrint   bool
	quarantine map[ID]heldPrint
	book       *book
	frame      *frame // nil until a session has opened
	worked     *frame // of before the last reset, where it may still serve
	taught     bool   // updates have added to the book
	unsettled  bool   // actions were learned that the frame does not know of yet
	source     source
	heartbeat  time.Time
	today      today
	indices    []indexState
	seen       seen
	laterHalts map[ID]bool // halted (or resumed) after the close, from the next open on
	groupings  groupings
	intervals  map[Query]*intervals
	scratch    scratch
	strip      strip
}

// source is what is known of where the updates come from.
type source struct {
	reset  Reset
	health Health
}

// NewMarket is a market that waits for its first reset; until then it ignores
// every other update.
func NewMarket() *Market { return &Market{wake: math.MaxInt64} }

// Now is the time of the newest heartbeat; zero before the first one.
func (m *Market) Now() time.Time { return m.heartbeat }

// Apply takes in one update. Updates are expected in the order in which they
// became known; what comes too late to matter, names nothing or makes no sense
// is ignored.
func (m *Market) Apply(u *Update) {
	if u.Kind == KindQuote {
		m.quote(u)
		return
	}
	if u.Kind == KindReset {
		m.reset(u)
	}
	if m.book == nil {
		return
	}
	switch u.Kind {
	case KindReset:
	case KindHealth:
		if h, ok := u.Payload.(*Health); ok && h != nil {
			m.source.health = *h
		}
	default:
		m.hear(u.At.UnixNano())
		if u.Kind != KindAction || u.At.UnixNano() >= m.due {
			m.settle()
		}
		m.advance(u.At, u.Kind == KindHeartbeat)
		m.tell(u)
	}
}

// tell takes in an update that is neither a quote nor about the source.
func (m *Market) tell(u *Update) {
	switch u.Kind {
	case KindHeartbeat:
		if u.At.After(m.heartbeat) {
			m.heartbeat = u.At
		}
	case KindOfficialClose:
		m.officialClose(u)
	case KindIndexLevel:
		m.indexLevel(u)
	case KindCancel:
		m.cancel(u)
	case KindHalt, KindResume:
		m.halt(u)
	case KindAction, KindShares, KindFacts, KindEvent:
		m.learn(u)
	case KindFedFunds:
		if f, ok := u.Payload.(*FedFunds); ok && f != nil {
			m.strip.learn(*f, u.At)
		}
	default: // there are no others
	}
}

// reset forgets everything and starts from a new reference.
func (m *Market) reset(u *Update) {
	r, ok := u.Payload.(*Reset)
	if !ok || r == nil {
		return
	}
	ref := r.Reference
	if ref == nil {
		ref = &Reference{}
	}
	book, worked := m.reuse(ref)
	*m = Market{
		names:   make([]name, len(ref.Instruments)),
		opens:   math.MaxInt64,
		closes:  math.MinInt64,
		wake:    math.MinInt64,
		due:     math.MinInt64,
		newest:  noWord,
		book:    book,
		worked:  worked,
		source:  source{reset: *r},
		indices: make([]indexState, len(ref.Indices)),
		seen:    seen{days: make([][]IndexDay, len(ref.Indices))},
	}
}

// reuse is the book of ref and the last frame worked out from it. A replay that
// jumps starts again from the same reference, and what follows from closes and
// filings alone is then still true: only where nothing else was learned.
func (m *Market) reuse(ref *Reference) (*book, *frame) {
	if m.book == nil || m.book.ref != ref || m.taught {
		return newBook(ref), nil
	}
	for _, c := range m.seen.closes {
		if !slices.ContainsFunc(ref.Closes, func(given CloseColumn) bool { return given.Date == c.Date }) {
			return newBook(ref), nil
		}
	}
	if m.frame != nil {
		return m.book, m.frame
	}
	return m.book, m.worked
}

// hear notes that the source has told something that happened at an instant.
func (m *Market) hear(at int64) { m.newest = max(m.newest, at) }
