package replay

import (
	"slices"
	"time"

	"gyre/feed/dataset"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// teller turns moments of a replay into updates. It goes forward only; seek
// starts it anew.
type teller struct {
	*script
	data *dataset.Dataset

	date   session.Date // of the session that path and volume belong to
	path   Path         // nil where the course of the session is not known
	volume []int64      // by ID: shares traded in the session so far
	frozen map[model.ID]dataset.Halt
}

// seek tells everything that a new viewer has to know at t: the reference, and
// the session shown at t from its open on, moment by moment as in the play.
func (t *teller) seek(epoch uint64, at time.Time, out *batcher) {
	out.add(model.Update{Kind: model.KindReset, At: at, Payload: &model.Reset{
		Epoch: epoch, Reference: t.data.Reference, Mode: model.ModeReplay, Feed: "replay", Until: at,
	}})
	if on, ok := t.calendar.Started(at); ok {
		t.recallHalts(on.Opens, out)
		t.tell(on.Opens, out)
		t.stride(on.Opens, at, out)
	} else {
		out.beat(at)
	}
}

// stride tells every moment after from, up to at.
func (t *teller) stride(from, at time.Time, out *batcher) {
	for next, ok := t.after(from); ok && !next.After(at) && !out.stopped; next, ok = t.after(from) {
		from = next
		t.tell(next, out)
	}
	if from.Before(at) {
		out.beat(at)
	}
}

// recallHalts tells which names are halted when a session opens, as it was told
// when they were.
func (t *teller) recallHalts(opens time.Time, out *batcher) {
	t.frozen = make(map[model.ID]dataset.Halt)
	i, _ := slices.BinarySearchFunc(t.data.Halts, opens, func(h dataset.Halt, at time.Time) int { return h.At.Compare(at) })
	for _, h := range t.data.Halts[:i] {
		t.freeze(h)
	}
	for _, h := range t.data.Halts[:i] {
		if t.frozen[h.ID] == h {
			out.add(model.Update{Kind: model.KindHalt, ID: h.ID, At: h.At, Text: h.Code})
		}
	}
}

func (t *teller) freeze(h dataset.Halt) {
	if h.Resume {
		delete(t.frozen, h.ID)
	} else {
		t.frozen[h.ID] = h
	}
}

// tell sends all that happens at one moment.
func (t *teller) tell(at time.Time, out *batcher) {
	if on, ok := t.calendar.On(session.DateOf(at)); ok && !at.Before(on.Opens) && !at.After(on.Closes) {
		t.open(on, at)
		t.minute(on, at, out)
		t.trades(at, out)
		if at.Equal(on.Closes) {
			t.closes(on, out)
		}
	} else {
		t.trades(at, out)
	}
	out.beat(at)
}

// open turns to a session, when its first moment is told.
func (t *teller) open(on session.Session, at time.Time) {
	if t.date != on.Date {
		t.date, t.path = on.Date, nil
		if t.intraday.Has(on.Date) {
			t.path = t.intraday.Session(on.Date)
		}
	}
	if at.Equal(on.Opens) {
		t.volume = make([]int64, len(t.data.Reference.Instruments))
	}
}

// minute sends what the session's course has for a whole minute.
func (t *teller) minute(on session.Session, at time.Time, out *batcher) {
	if t.path == nil || !at.Equal(at.Truncate(time.Minute)) {
		return
	}
	m := int(at.Sub(on.Opens) / time.Minute)
	for i := range t.data.Reference.Indices {
		if level := t.path.Index(i, m); level != 0 {
			out.add(model.Update{Kind: model.KindIndexLevel, ID: model.ID(i), At: at, Price: level})
		}
	}
	t.path.Minute(m, func(id model.ID, price num.Price, volume int64) {
		if len(t.frozen) > 0 {
			if _, halted := t.frozen[id]; halted {
				return
			}
		}
		t.volume[id] = volume
		u := out.next()
		u.Kind, u.Flags, u.ID, u.At, u.Price, u.Volume = model.KindQuote, model.FlagBar, id, at, price, volume
	})
}

// trades sends the single trades, and then the halts, of one instant.
func (t *teller) trades(at time.Time, out *batcher) {
	ticks := t.data.Ticks
	i, _ := slices.BinarySearchFunc(ticks, at, func(k dataset.Tick, at time.Time) int { return k.At.Compare(at) })
	for ; i < len(ticks) && ticks[i].At.Equal(at); i++ {
		k := ticks[i]
		if k.Volume == 0 && t.volume != nil {
			k.Volume = t.volume[k.ID]
		}
		out.add(model.Update{Kind: model.KindQuote, Flags: k.Flags, ID: k.ID, At: at, Price: k.Price, Volume: k.Volume})
	}
	halts := t.data.Halts
	i, _ = slices.BinarySearchFunc(halts, at, func(h dataset.Halt, at time.Time) int { return h.At.Compare(at) })
	for ; i < len(halts) && halts[i].At.Equal(at); i++ {
		h := halts[i]
		t.freeze(h)
		kind := model.KindHalt
		if h.Resume {
			kind = model.KindResume
		}
		out.add(model.Update{Kind: kind, ID: h.ID, At: at, Text: h.Code})
	}
}

// closes sends a session's official closes.
func (t *teller) closes(on session.Session, out *batcher) {
	ref := t.data.Reference
	for i := range ref.Indices {
		if k, ok := ref.Indices[i].DayOn(on.Date); ok {
			out.add(model.Update{
				Kind: model.KindIndexLevel, Flags: model.FlagOfficial, ID: model.ID(i), At: on.Closes, Price: ref.Indices[i].Days[k].Close,
			})
		}
	}
	k, ok := ref.CloseOn(on.Date)
	if !ok {
		return
	}
	for id, price := range ref.Closes[k].Price {
		if price != 0 {
			out.add(model.Update{
				Kind: model.KindOfficialClose, ID: model.ID(id), At: on.Closes, Price: price, Volume: ref.Closes[k].Volume[id],
			})
		}
	}
}
