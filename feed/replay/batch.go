package replay

import (
	"time"

	"gyre/model"
)

// maxBatch is the most updates that go into one batch.
const maxBatch = 4096

// batcher gathers updates into batches and hands each on when it is full or
// its moment complete. When one is refused, the rest goes nowhere.
type batcher struct {
	yield   func([]model.Update) bool
	batch   []model.Update
	lent    bool // its reader is done with a batch when yield returns
	last    int  // size of the batch before, which the next one will be much like
	stopped bool
}

// add appends an update.
func (b *batcher) add(u model.Update) { *b.next() = u }

// next is a new update at the end of the batch, to be filled in: most are
// quotes, and there are too many of them to copy each one twice.
func (b *batcher) next() *model.Update {
	if len(b.batch) == maxBatch {
		b.flush()
	}
	if b.batch == nil {
		room := maxBatch
		if !b.lent {
			room = min(b.last+b.last/8+8, maxBatch)
		}
		b.batch = make([]model.Update, 0, room)
	}
	b.batch = append(b.batch, model.Update{})
	return &b.batch[len(b.batch)-1]
}

// beat completes a moment.
func (b *batcher) beat(at time.Time) {
	b.add(model.Update{Kind: model.KindHeartbeat, At: at})
	b.flush()
}

// flush hands the batch on, which belongs to its reader then, unless it is lent.
func (b *batcher) flush() {
	if len(b.batch) > 0 && !b.stopped {
		b.stopped = !b.yield(b.batch)
	}
	if b.last = len(b.batch); b.lent {
		b.batch = b.batch[:0]
		return
	}
	b.batch = nil
}
