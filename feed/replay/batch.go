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
	last    int // size of the batch before, which the next one will be much like
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
		b.batch = make([]model.Update, 0, min(b.last+b.last/8+8, maxBatch))
	}
	b.batch = append(b.batch, model.Update{})
	return &b.batch[len(b.batch)-1]
}

// beat completes a moment.
func (b *batcher) beat(at time.Time) {
	b.add(model.Update{Kind: model.KindHeartbeat, At: at})
	b.flush()
}

// flush hands the batch on and forgets it: it belongs to its reader now.
func (b *batcher) flush() {
	if len(b.batch) > 0 && !b.stopped {
		b.stopped = !b.yield(b.batch)
	}
	b.last, b.batch = len(b.batch), nil
}
