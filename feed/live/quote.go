package live

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Quote observes a trade or an aggregate. One of an earlier day is none.
func (b *Board) Quote(q Quote) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(q.Symbol)
	if !ok || q.Price == 0 && q.Volume == 0 || !b.sound(q.At, q.Price) {
		return
	}
	if q.Volume < 0 {
		b.counts.Refused++
		return
	}
	if q.At.Before(b.began) {
		b.counts.Earlier++
		return
	}
	p := tick{at: q.At.UnixNano(), price: q.Price, volume: q.Volume, sequence: q.Sequence, flags: q.Flags & (model.FlagBar | model.FlagNoLast)}
	if b.regular(q.At) {
		b.trade(id, p)
	} else if p.price > 0 && p.flags&model.FlagNoLast == 0 {
		b.replace(id, &b.names[id].extended, p, newExtended)
	}
}

// regular tells whether an instant lies in the running day's session.
func (b *Board) regular(at time.Time) bool {
	return !at.Before(b.day.Opens) && !at.After(b.day.Closes)
}

// trade takes in a trade of the regular session.
func (b *Board) trade(id model.ID, p tick) {
	n := &b.names[id]
	grown := p.volume > n.volume
	if grown {
		n.volume, n.volumeAt = p.volume, p.at
	} else if p.volume == n.volume {
		n.volumeAt = min(n.volumeAt, p.at) // since when it is that many
	}
	before := n.last.price
	switch {
	case p.price > 0 && p.flags&model.FlagNoLast == 0 && b.replace(id, &n.last, p, newLast):
		b.settle(id, before)
	case grown:
		b.mark(id, newVolume)
	case p.price == 0 || p.flags&model.FlagNoLast != 0:
		b.counts.Same++
	}
}

// settle decides whether the last price may become the close, should nobody tell
// an official one. A single trade may be wrong: one that leaps away from the
// price that is borne out, or is the first and far from the previous close, needs
// a second that agrees with it.
func (b *Board) settle(id model.ID, before num.Price) {
	n := &b.names[id]
	p := n.last.price
	single := n.last.flags&model.FlagBar == 0
	switch {
	case !single, before > 0 && !leaps(p, before):
	case n.settled > 0 && leaps(p, n.settled):
		return
	case n.settled == 0 && b.farFromClose(id, p):
		return
	}
	n.settled = p
}

// farFromClose tells whether a price is less than half or more than one and a
// half times the previous close, and no corporate action of the day says why.
func (b *Board) farFromClose(id model.ID, p num.Price) bool {
	previous := b.previousClose(id)
	return previous > 0 && (p < previous/2 || p > previous+previous/2) && !b.acts(id, b.day.Date)
}

// replace puts a trade in the place of an older one. It tells whether it was
// one.
func (b *Board) replace(id model.ID, old *tick, p tick, what news) bool {
	switch {
	case p == *old:
		b.counts.Same++
		return false
	case !p.after(old):
		b.counts.Late++
		return false
	}
	if b.names[id].news&what != 0 {
		b.counts.Conflated++
	}
	*old = p
	b.mark(id, what)
	return true
}

// Cancel observes that a trade was cancelled or corrected. One that was not
// sent yet is put right before it is.
func (b *Board) Cancel(c Cancel) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(c.Symbol)
	if !ok || !b.sound(c.At, c.Price) || !b.sound(c.At, c.Instead) {
		return
	}
	n := &b.names[id]
	if c.Price == 0 || n.last.at == 0 {
		b.counts.Refused++
		return
	}
	if n.settled == c.Price && (c.Instead > 0 || n.last.price == c.Price) {
		defer func() { n.settled = firstOf(c.Instead, n.last.price) }()
	}
	if n.last.price == c.Price && n.news&newLast != 0 && n.last != n.sent {
		if c.Instead > 0 {
			n.last.price = c.Instead
		} else {
			n.last = n.sent
			n.news = n.news&^newLast | tookBack
		}
		b.counts.Taken++
		return
	}
	if len(b.cancels) == maxCancels {
		b.lost++
		b.cancels = b.cancels[1:]
	}
	b.counts.Taken++
	b.cancels = append(b.cancels, model.Update{
		Kind: model.KindCancel, ID: id, At: c.At, Price: c.Price, Payload: &model.Correction{Price: c.Instead},
	})
	if n.sent.price == c.Price {
		n.takeBack(c.Instead)
	}
}

// maxCancels is how many cancels may wait for the hub.
const maxCancels = 4096

// takeBack undoes the trade that was sent last.
func (n *name) takeBack(instead num.Price) {
	untouched := n.last == n.sent
	switch {
	case instead > 0:
		n.sent.price = instead
	default:
		n.sent.price = n.earlier.price // at the cancelled trade's time, so that no older trade is news
	}
	if n.sent.price == 0 {
		n.sent = tick{}
	}
	if untouched {
		n.last = n.sent
	}
}

// index is what is known of an index on the running day.
type index struct {
	last     tick
	settled  num.Price // the last level that was no leap from those before it
	official num.Price
	news     news
}

// leaps tells whether a price, or an index, would have moved by more than a tenth
// from one to the other, which one print alone is not believed.
func leaps(a, b num.Price) bool { return max(a, b)-min(a, b) > max(a, b)/10 }

// close is how an index closed: officially, where that fits the session's last
// hour, else at the last level that is believed.
func (x *index) close(day session.Session) num.Price {
	recent := x.settled > 0 && x.last.at > day.Closes.Add(-time.Hour).UnixNano()
	if recent && leaps(x.official, x.settled) {
		return x.settled
	}
	return firstOf(x.official, x.settled)
}

// Level observes a level of an index.
func (b *Board) Level(l Level) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.findIndex(l.Symbol)
	if !ok || l.Price == 0 || !b.sound(l.At, l.Price) || !b.regular(l.At) {
		return
	}
	x, p := &b.indices[id], tick{at: l.At.UnixNano(), price: l.Price}
	switch {
	case p == x.last:
		b.counts.Same++
	case !p.after(&x.last):
		b.counts.Late++
	default:
		if x.news&newLast != 0 {
			b.counts.Conflated++
		}
		if x.settled == 0 || !leaps(p.price, x.settled) || !leaps(p.price, x.last.price) {
			x.settled = p.price
		}
		x.last = p
		x.news |= newLast
		b.counts.Taken++
	}
}

func (b *Board) findIndex(symbol string) (model.ID, bool) {
	id, ok := b.universe.FindIndex(symbol)
	if !ok {
		b.counts.Unknown++
	}
	return id, ok
}

// updates appends what of an index is to be sent.
func (x *index) updates(id model.ID, closes time.Time, to []model.Update) []model.Update {
	if x.news&newLast != 0 {
		to = append(to, model.Update{Kind: model.KindIndexLevel, ID: id, At: instant(x.last.at), Price: x.last.price})
	}
	if x.news&newOfficial != 0 {
		to = append(to, model.Update{Kind: model.KindIndexLevel, Flags: model.FlagOfficial, ID: id, At: closes, Price: x.official})
	}
	x.news = 0
	return to
}

// known is all that there is of an index, to be sent again.
func (x *index) known() news {
	var all news
	if x.last.at != 0 {
		all |= newLast
	}
	if x.official != 0 {
		all |= newOfficial
	}
	return all
}
