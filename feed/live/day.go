package live

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// dayHour is the hour in New York at which trading before the open begins.
const dayHour = 4

// dayBegins is the instant from which a session's date is the running day.
func dayBegins(d session.Date) time.Time { return d.At(dayHour, 0) }

// tradingDay is the session whose day has begun by t.
func tradingDay(calendar *session.Calendar, t time.Time) session.Session {
	date := session.DateOf(t)
	if t.Before(dayBegins(date)) {
		date--
	}
	day, _ := calendar.OnOrBefore(date)
	return day
}

// turn begins the next trading day when its time has come.
func (b *Board) turn() {
	if b.nextDay.IsZero() {
		return
	}
	if now := b.dataTime(); !now.Before(b.nextDay) {
		b.rollOver(tradingDay(b.ref.Calendar, now))
	}
}

// rollOver begins a day. What the day before closed at becomes part of the
// reference: the official closes, else the last regular prices that are borne
// out, and for what was halted all day the close before that.
func (b *Board) rollOver(day session.Session) {
	past := b.day.Date
	names, levels, unofficial := b.closings()
	b.learned()
	if len(names)+len(levels) > 0 {
		b.grow(past, names, levels)
	}
	clear(b.names)
	clear(b.indices)
	b.dirty, b.cancels = nil, nil
	b.epochs.due = true
	_ = b.begin(day) // cannot fail: the reference has as many instruments as before
	b.epochs.wait = firstRegroup
	if b.before.date == past {
		b.before.rough = unofficial
	}
}

// closings are how the names and the indices closed on the running day, of the
// names nothing where none of them traded, and which of them are last prices
// for want of an official close.
func (b *Board) closings() (names map[model.ID]closing, levels map[model.ID]num.Price, unofficial rough) {
	names, levels = map[model.ID]closing{}, map[model.ID]num.Price{}
	unofficial = rough{names: map[model.ID]bool{}, levels: map[model.ID]bool{}}
	traded := false
	for i := range b.names {
		id := model.ID(i)
		c := b.closingOf(id)
		if c.price == 0 {
			continue
		}
		names[id] = c
		traded = traded || firstOf(b.names[i].official, b.names[i].settled) > 0
		unofficial.names[id] = b.names[i].official == 0 && b.referenceClose(b.day.Date, id) == 0
	}
	if !traded {
		clear(names)
	}
	for i := range b.indices {
		id, x := model.ID(i), &b.indices[i]
		if level := x.close(b.day); level > 0 {
			levels[id] = level
			_, given := b.ref.Indices[i].DayOn(b.day.Date)
			unofficial.levels[id] = x.official == 0 && !given
		}
	}
	return names, levels, unofficial
}

// learned puts what was observed of the session before into the reference.
func (b *Board) learned() {
	if b.epochs.owed {
		b.grow(b.before.date, b.before.names, b.before.levels)
		for id := range b.before.names {
			delete(b.before.rough.names, id)
		}
		for id := range b.before.levels {
			delete(b.before.rough.levels, id)
		}
		b.epochs.owed = false
	}
}

// closingOf is how a name closed on the running day.
func (b *Board) closingOf(id model.ID) closing {
	n := &b.names[id]
	if p := firstOf(n.official, n.settled); p > 0 {
		return closing{price: p, volume: max(n.volume, n.shares)}
	}
	if t := b.halts[id]; t != nil && t.now.halted && !b.acts(id, b.day.Date) {
		return closing{price: b.previousClose(id)}
	}
	return closing{}
}

// previousClose is the close of the session before the running day.
func (b *Board) previousClose(id model.ID) num.Price {
	return firstOf(b.referenceClose(b.before.date, id), b.before.names[id].price)
}

func firstOf(a, b num.Price) num.Price {
	if a > 0 {
		return a
	}
	return b
}

// acts tells whether a corporate action of a name takes effect on a date.
func (b *Board) acts(id model.ID, d session.Date) bool {
	for i := len(b.ref.Actions) - 1; i >= 0 && b.ref.Actions[i].ExDate >= d; i-- {
		if a := &b.ref.Actions[i]; a.ID == id && a.ExDate == d {
			return true
		}
	}
	return b.notes.acts(id, d)
}
