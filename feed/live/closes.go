package live

import (
	"slices"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// closes are what was observed of the session before the running day where the
// reference has nothing.
type closes struct {
	date   session.Date // zero where the calendar has no such session
	names  map[model.ID]closing
	levels map[model.ID]num.Price
	rough  rough
}

// rough are the names and the indices for which the reference has a last price
// of ours, for want of an official close.
type rough struct{ names, levels map[model.ID]bool }

// closing is how a name closed.
type closing struct {
	price  num.Price
	volume int64
}

// Close observes an official close, of the running day or of the one before.
func (b *Board) Close(c Close) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(c.Symbol)
	if !ok || c.Price == 0 && c.Volume == 0 {
		return
	}
	if c.Price <= 0 || c.Price > num.MaxPrice || c.Volume < 0 {
		b.counts.Refused++
		return
	}
	switch n := &b.names[id]; {
	case b.over(c.Date):
		if n.official == c.Price && n.shares == c.Volume {
			b.counts.Same++
			return
		}
		n.official, n.shares = c.Price, c.Volume
		b.mark(id, newOfficial)
	case c.Date != 0 && c.Date == b.before.date:
		b.learn(id, closing{c.Price, c.Volume})
	default:
		b.counts.Refused++
	}
}

// over tells whether d is the running day, and its session over.
func (b *Board) over(d session.Date) bool {
	return d == b.day.Date && !b.dataTime().Before(b.day.Closes)
}

// learn keeps a close of the session before. The reference's own is better, as
// far as it is an official close.
func (b *Board) learn(id model.ID, c closing) {
	known := b.referenceClose(b.before.date, id)
	if known == c.price || known > 0 && !b.before.rough.names[id] || b.before.names[id] == c {
		b.counts.Same++
		return
	}
	if b.before.names == nil {
		b.before.names = map[model.ID]closing{}
	}
	b.before.names[id] = c
	b.counts.Taken++
	b.epochs.owed = true
}

// referenceClose is the close that the reference has, 0 for none.
func (b *Board) referenceClose(d session.Date, id model.ID) num.Price {
	i, ok := b.ref.CloseOn(d)
	if !ok || int(id) >= len(b.ref.Closes[i].Price) {
		return 0
	}
	return b.ref.Closes[i].Price[id]
}

// IndexClose observes the official close of an index, of the running day or of
// the one before.
func (b *Board) IndexClose(c Close) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.findIndex(c.Symbol)
	if !ok || c.Price == 0 {
		return
	}
	if c.Price < 0 || c.Price > num.MaxPrice {
		b.counts.Refused++
		return
	}
	switch x := &b.indices[id]; {
	case b.over(c.Date):
		if x.official == c.Price {
			b.counts.Same++
			return
		}
		x.official = c.Price
		x.news |= newOfficial
		b.counts.Taken++
	case c.Date != 0 && c.Date == b.before.date:
		b.learnLevel(id, c.Price)
	default:
		b.counts.Refused++
	}
}

// learnLevel keeps an index's close of the session before, as learn does.
func (b *Board) learnLevel(id model.ID, level num.Price) {
	var known num.Price
	if i, ok := b.ref.Indices[id].DayOn(b.before.date); ok {
		known = b.ref.Indices[id].Days[i].Close
	}
	if known == level || known > 0 && !b.before.rough.levels[id] || b.before.levels[id] == level {
		b.counts.Same++
		return
	}
	if b.before.levels == nil {
		b.before.levels = map[model.ID]num.Price{}
	}
	b.before.levels[id] = level
	b.counts.Taken++
	b.epochs.owed = true
}

// grow gives the reference the closes of a session where it has none. The
// reference itself, which others read, stays as it is.
func (b *Board) grow(d session.Date, names map[model.ID]closing, levels map[model.ID]num.Price) {
	ref := *b.ref
	if len(names) > 0 {
		ref.Closes = slices.Clone(ref.Closes)
		column := model.CloseColumn{Date: d, Price: make([]num.Price, len(ref.Instruments)), Volume: make([]int64, len(ref.Instruments))}
		i, there := ref.CloseOn(d)
		if there {
			copy(column.Price, ref.Closes[i].Price)
			copy(column.Volume, ref.Closes[i].Volume)
			ref.Closes[i] = column
		} else {
			ref.Closes = slices.Insert(ref.Closes, i, column)
		}
		for id, c := range names {
			if column.Price[id] == 0 || d == b.before.date && b.before.rough.names[id] {
				column.Price[id], column.Volume[id] = c.price, c.volume
			}
		}
	}
	if len(levels) > 0 {
		ref.Indices = slices.Clone(ref.Indices)
		for id, level := range levels {
			s := &ref.Indices[id]
			i, there := s.DayOn(d)
			s.Days = slices.Clone(s.Days)
			switch {
			case !there:
				s.Days = slices.Insert(s.Days, i, model.IndexDay{Date: d, Close: level})
			case s.Days[i].Close == 0 || d == b.before.date && b.before.rough.levels[id]:
				s.Days[i].Close = level
			}
		}
	}
	b.ref = &ref
}
