package model

import (
	"fmt"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// maxLevelJump is how far an index may move from one level to the next, in
// percent, before that has to be confirmed: trading halts for the day at 20 %,
// and before that twice at less.
const maxLevelJump = 10

// nearLevel tells whether a level lies where one may be that follows on last.
func nearLevel(level, last num.Price) bool {
	return last <= 0 || max(level-last, last-level)*100 <= last*maxLevelJump
}

// believes tells whether a level of an index may be shown. One that is far from
// the last, or from the previous close where it is the first, waits until two
// further ones agree with it, as a suspect trade does.
func (m *Market) believes(i *indexState, u *Update) bool {
	last, from := i.level, "the last level"
	if last == 0 {
		last, from = m.previousLevel(u.ID), "the previous close"
	}
	h := &i.held
	switch {
	case nearLevel(u.Price, last):
		*h = heldPrint{}
		return true
	case h.seen > 0 && h.at == u.At.UnixNano() && h.price == u.Price:
		return false // told twice
	case h.seen > 0 && !agree(h.price, u.Price):
		*h = heldPrint{}
	}
	if h.seen == 0 {
		m.noteLevel(u, last, from)
	}
	h.seen++
	if h.seen > confirmations {
		m.today.rejected -= h.rejected
		*h = heldPrint{}
		return true
	}
	h.price, h.at = u.Price, u.At.UnixNano()
	h.rejected++
	m.today.rejected++
	m.revision++
	return false
}

// shortlyBefore is how near to the close a level has to be for the official one
// to be measured by it.
const shortlyBefore = time.Hour

// closesWell tells whether an official close may be shown. It is told once, so
// that nothing could confirm it: one that is far from the session's last levels
// is refused, and the last one stays preliminary.
func (m *Market) closesWell(i *indexState, u *Update) bool {
	recent := i.level > 0 && i.at.UnixNano() >= m.closes-int64(shortlyBefore)
	if !recent || nearLevel(u.Price, i.level) {
		return true
	}
	m.noteLevel(u, i.level, "the last level")
	m.today.rejected++
	return false
}

// noteLevel tells that a level is not believed.
func (m *Market) noteLevel(u *Update, last num.Price, from string) {
	detail := priceText(u.Price)
	if r, ok := num.Change(u.Price, last); ok {
		detail = fmt.Sprintf("%s (%+.0f %% from %s)", detail, 100*r.Float(), from)
	}
	m.note(Incident{At: u.At, Kind: IncidentRejected, Symbol: m.frame.series[u.ID].Symbol, Detail: detail})
}

// previousLevel is an index' close of the session before, 0 where it is not
// known.
func (m *Market) previousLevel(id ID) num.Price {
	bases, _ := m.frame.spans()
	return closeOn(daysBefore(m.frame.series[id].Days, m.frame.session.Date), bases[session.Day])
}
