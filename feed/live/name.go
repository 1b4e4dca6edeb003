package live

import (
	"time"

	"gyre/model"
	"gyre/model/num"
)

// tick is a price at a time.
type tick struct {
	at       int64 // Unix nanoseconds; 0: there is none
	price    num.Price
	volume   int64
	sequence int64
	flags    model.Flags
}

// after orders prints. The order is total, so that the newest of many is the
// same in whatever order they come.
func (p *tick) after(q *tick) bool {
	switch {
	case p.at != q.at:
		return p.at > q.at
	case p.volume != q.volume:
		return p.volume > q.volume
	case p.sequence != q.sequence:
		return p.sequence > q.sequence
	case p.price != q.price:
		return p.price > q.price
	default:
		return p.flags > q.flags
	}
}

// news is what of a name is to be sent. A name that has any is listed in
// Board.dirty, once.
type news uint8

const (
	newLast news = 1 << iota
	newVolume
	newExtended
	newOfficial
	tookBack // what was to be sent is not any more; the name stays listed
)

// name is what is known of an instrument on the running day. It is all that a
// name may take of memory, however often it trades.
type name struct {
	last     tick // in the regular session
	sent     tick // the last one that was sent
	earlier  tick // the one sent before it
	extended tick
	settled  num.Price // the last price that is borne out: see settle
	volume   int64
	volumeAt int64
	official num.Price
	shares   int64 // traded in the session, as the official close says
	news     news
}

// mark notes that something of a name is to be sent.
func (b *Board) mark(id model.ID, what news) {
	n := &b.names[id]
	if n.news == 0 {
		b.dirty = append(b.dirty, id)
	}
	n.news |= what
	b.counts.Taken++
}

// updates appends what of a name is to be sent.
func (n *name) updates(id model.ID, closes time.Time, to []model.Update) []model.Update {
	if n.news&newLast != 0 {
		to = append(to, model.Update{
			Kind: model.KindQuote, Flags: n.last.flags, ID: id, At: instant(n.last.at), Price: n.last.price, Volume: n.volume,
		})
		if n.sent != n.last {
			n.earlier, n.sent = n.sent, n.last
		}
	} else if n.news&newVolume != 0 {
		to = append(to, model.Update{
			Kind: model.KindQuote, Flags: model.FlagNoLast, ID: id, At: instant(n.volumeAt), Volume: n.volume,
		})
	}
	if n.news&newExtended != 0 {
		to = append(to, model.Update{
			Kind: model.KindQuote, Flags: n.extended.flags | model.FlagExtended, ID: id,
			At: instant(n.extended.at), Price: n.extended.price, Volume: n.extended.volume,
		})
	}
	if n.news&newOfficial != 0 {
		to = append(to, model.Update{Kind: model.KindOfficialClose, ID: id, At: closes, Price: n.official, Volume: n.shares})
	}
	n.news = 0
	return to
}

// known is all that there is of a name, to be sent again.
func (n *name) known() news {
	var all news
	if n.last.at != 0 {
		all |= newLast
	} else if n.volume > 0 {
		all |= newVolume
	}
	if n.extended.at != 0 {
		all |= newExtended
	}
	if n.official != 0 {
		all |= newOfficial
	}
	return all
}

func instant(ns int64) time.Time { return time.Unix(0, ns) }
