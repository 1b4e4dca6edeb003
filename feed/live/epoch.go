package live

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gyre/model"
)

// The waits until closes that came late are told with a new epoch. Each costs
// the hub what it has drawn of the day, so they grow.
const (
	firstRegroup  = 10 * time.Second
	regroupGrowth = 4
)

// maxBatch is the most updates that go into one batch.
const maxBatch = 4096

// epochs says which epoch is running and whether it is time for another.
type epochs struct {
	count   uint64
	due     bool          // something was declared, or a day has begun
	owed    bool          // closes were observed that the reference lacks
	live    bool          // a moment was sent
	excused bool          // the last closes were shown, as nothing better came
	sent    time.Time     // the last moment that was sent
	began   time.Time     // by our clock: when the epoch began
	wait    time.Duration // until the next one that is only owed
}

// next is what there is to send, and false where nothing will follow any more.
func (b *Board) next() (batches [][]model.Update, more bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	e := &b.epochs
	switch {
	case e.count == 0:
		return [][]model.Update{append(b.reset(time.Time{}), b.healthUpdate())}, true
	case b.moment.After(e.sent):
		return b.complete(), true
	case b.excuse():
		at := b.lastClose()
		return [][]model.Update{{b.healthUpdate(), {Kind: model.KindHeartbeat, At: at}}}, true
	case b.unsaid:
		return [][]model.Update{{b.healthUpdate()}}, true
	default:
		return nil, !b.ended
	}
}

// excuse tells, once, whether the last closes are to be shown: the source is
// failing and has shown nothing yet, and the screen should say so.
func (b *Board) excuse() bool {
	e := &b.epochs
	if e.live || e.excused || b.health.State != model.FeedFailing {
		return false
	}
	e.excused = true
	return true
}

// lastClose is the time up to which the reference alone is complete: the close
// of its last session, or of the exchange's where it has no closes.
func (b *Board) lastClose() time.Time {
	now := b.dataTime()
	for i := len(b.ref.Closes) - 1; i >= 0; i-- {
		if on, ok := b.ref.Calendar.On(b.ref.Closes[i].Date); ok && !on.Closes.After(now) {
			return on.Closes
		}
	}
	on, _ := b.ref.Calendar.Before(b.day.Date)
	return on.Closes
}

// reset begins an epoch, of which nothing is worth showing before until.
func (b *Board) reset(until time.Time) []model.Update {
	b.epochs.count++
	b.epochs.began = b.now()
	mode := model.ModeLive
	if b.identity.Delay > 0 {
		mode = model.ModeDelayed
	}
	at := until
	if at.IsZero() {
		at = b.dataTime()
	}
	return []model.Update{{Kind: model.KindReset, At: at, Payload: &model.Reset{
		Epoch: b.epochs.count, Reference: b.ref, Mode: mode, Feed: b.identity.Feed,
		Delay: b.identity.Delay, Interval: b.identity.Interval, Until: until,
	}}}
}

// complete is everything up to the newest moment that was not sent yet.
func (b *Board) complete() [][]model.Update {
	e := &b.epochs
	if e.owed && (!e.live || b.now().Sub(e.began) >= e.wait) {
		if e.live {
			e.wait *= regroupGrowth
		}
		b.learned()
		e.due = true
	}
	again := e.due || !e.live
	var batches [][]model.Update
	if again {
		// The clock of the hub goes to just before the moment first, so that a
		// session which has begun without us does not look like one in which
		// nobody traded.
		b.forgotten()
		batches = append(batches, append(b.reset(b.moment), model.Update{Kind: model.KindHeartbeat, At: b.moment.Add(-1)}))
	}
	e.due, e.live, e.sent = false, true, b.moment
	updates := b.gather(again)
	if b.unsaid || again || b.told != b.losses() {
		updates = append(updates, b.healthUpdate())
	}
	updates = append(updates, model.Update{Kind: model.KindHeartbeat, At: b.moment})
	for part := range slices.Chunk(updates, maxBatch) {
		batches = append(batches, slices.Clip(part))
	}
	return batches
}

// forgotten marks everything known as to be sent: a reset makes the hub forget.
func (b *Board) forgotten() {
	b.dirty = b.dirty[:0]
	for i := range b.names {
		n := &b.names[i]
		if n.news |= n.known(); n.news != 0 {
			b.dirty = append(b.dirty, model.ID(i))
		}
	}
	for i := range b.indices {
		b.indices[i].news |= b.indices[i].known()
	}
	b.cancels = nil // those that were sent are part of what is known
}

// gather is what is new up to the moment, in the order in which it happened.
func (b *Board) gather(again bool) []model.Update {
	all := make([]model.Update, 0, len(b.dirty)+8)
	all = b.notes.updates(again, all)
	for i := range all {
		if all[i].At.After(b.moment) {
			all[i].At = b.moment // told live, while the data is delayed: the clock must not run ahead of it
		}
	}
	for id, t := range b.halts {
		all = b.tellTrading(id, t, again, all)
	}
	for i := range b.indices {
		all = b.indices[i].updates(model.ID(i), b.day.Closes, all)
	}
	all, b.cancels = append(all, b.cancels...), nil
	for _, id := range b.dirty {
		all = b.names[id].updates(id, b.day.Closes, all)
	}
	b.dirty = b.dirty[:0]
	slices.SortStableFunc(all, func(x, y model.Update) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.ID, y.ID))
	})
	return all
}

// tellTrading appends how trading in a name has changed up to the moment. A halt
// comes after the last trade, which may lie a little behind it: halts are told
// in whole seconds, and no price is taken from a name that is halted.
func (b *Board) tellTrading(id model.ID, t *trading, again bool, to []model.Update) []model.Update {
	before := len(to)
	if again && t.now.halted {
		to = append(to, t.update(id))
	}
	to = t.until(b.moment, id, to)
	if n := len(to); n > before && to[n-1].Kind == model.KindHalt {
		if last := b.names[id].last.at; last > to[n-1].At.UnixNano() {
			to[n-1].At = instant(last)
		}
	}
	return to
}

// stepBack makes the newest moment one that the data can have come to now that
// they are known to be delayed, and has it sent, as what is on the screen is
// called live. What was observed stays until something is, from then on.
func (b *Board) stepBack() {
	b.moment = earlier(b.moment, b.dataTime())
	limit := b.moment.UnixNano()
	for i := range b.names {
		n := &b.names[i]
		for _, p := range []*tick{&n.last, &n.sent, &n.earlier, &n.extended} {
			p.at = min(p.at, limit)
		}
		n.volumeAt = min(n.volumeAt, limit)
	}
	for i := range b.indices {
		b.indices[i].last.at = min(b.indices[i].last.at, limit)
	}
	for _, t := range b.halts {
		t.now.at = earlier(t.now.at, b.moment)
	}
	b.epochs.sent = time.Time{}
	b.rouse()
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// losses is what the hub never saw.
type losses struct{ dropped, overtaken uint64 }

func (b *Board) losses() losses { return losses{b.lost, b.counts.Conflated} }

// healthUpdate is the health as it is now.
func (b *Board) healthUpdate() model.Update {
	b.unsaid = false
	b.told = b.losses()
	h := b.health
	h.Dropped, h.Overtaken = b.told.dropped, b.told.overtaken
	if h.Problem == "" {
		for _, name := range slices.Sorted(maps.Keys(b.aside)) {
			if h.Problem == "" {
				h.Problem = b.aside[name]
			}
		}
	}
	return model.Update{Kind: model.KindHealth, At: b.dataTime(), Payload: &h}
}
