package live

import (
	"slices"
	"time"

	"gyre/feed/clean"
	"gyre/model"
)

// change is that trading in a name stops or goes on.
type change struct {
	at      time.Time
	halted  bool
	reason  string
	resumes time.Time // of a halt: when trading goes on, as announced
}

// trading is whether a name trades. Changes wait until the data has come to
// their time: the halts are told live, the prices perhaps 15 minutes late.
type trading struct {
	now   change   // in force, and sent
	halt  change   // the last halt that was in force
	queue []change // ascending; each after now
}

// maxChanges is how many changes of one name may wait.
const maxChanges = 16

// Halt observes that trading in a name has stopped.
func (b *Board) Halt(h Halt) {
	reason, _ := clean.Text(h.Reason)
	b.change(h.Symbol, change{at: h.At, halted: true, reason: reason, resumes: h.Resumes})
}

// Resume observes that trading in a name goes on.
func (b *Board) Resume(r Resume) {
	reason, _ := clean.Text(r.Reason)
	b.change(r.Symbol, change{at: r.At, reason: reason})
}

func (b *Board) change(symbol string, c change) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(symbol)
	if !ok || !b.sound(c.at, 0) {
		return
	}
	t := b.halts[id]
	if t == nil {
		t = &trading{}
		b.halts[id] = t
	}
	if t.take(c) {
		b.counts.Taken++
	} else {
		b.counts.Same++
	}
}

// take takes in a change and tells whether it is news.
func (t *trading) take(c change) bool {
	if c.halted && c.at.Equal(t.halt.at) && !t.halt.at.IsZero() {
		return t.revise(c)
	}
	if !c.at.After(t.now.at) {
		return t.announce(c)
	}
	i, there := slices.BinarySearchFunc(t.queue, c, func(a, b change) int { return a.at.Compare(b.at) })
	switch {
	case there && (t.queue[i] == c || t.queue[i].halted && !c.halted):
		return false // known, or at the same instant as a halt, which is the safer of the two
	case there:
		t.queue[i] = c
	case len(t.queue) == maxChanges:
		return false
	default:
		t.queue = slices.Insert(t.queue, i, c)
	}
	return true
}

// announce takes in a halt that another source told with another time: all that
// is new of it is when trading goes on.
func (t *trading) announce(c change) bool {
	if !c.halted || !t.now.halted || !c.resumes.After(t.now.at) || c.resumes.Equal(t.now.resumes) {
		return false
	}
	t.halt = c
	t.now.resumes = c.resumes
	return true
}

// revise takes in what is said anew of the last halt: another resumption than
// was announced. One that was put off when it had taken effect already halts
// the name again.
func (t *trading) revise(c change) bool {
	if c.resumes.Equal(t.halt.resumes) {
		return false
	}
	announced := t.halt.resumes
	t.halt.resumes = c.resumes
	switch {
	case t.now.halted:
		t.now.resumes = c.resumes
		return true
	case t.now.at.Equal(announced) && c.resumes.After(announced):
		t.now = change{at: announced, reason: t.now.reason}
		again := c
		again.at = announced.Add(1) // a moment later, as the halt's own time is past
		t.queue = slices.Insert(t.queue, 0, again)
		return true
	}
	return false
}

// until brings a name to the time of the data and appends what has changed.
func (t *trading) until(at time.Time, id model.ID, to []model.Update) []model.Update {
	for {
		next, ok := t.next()
		if !ok || next.at.After(at) {
			return to
		}
		if len(t.queue) > 0 && next == t.queue[0] {
			t.queue = t.queue[1:]
		}
		if next.halted {
			t.halt = next
			if t.now.halted {
				next.at = t.now.at // told twice, with two times
				t.now = next
				continue
			}
		} else if !t.now.halted {
			t.now = next
			continue
		}
		t.now = next
		to = append(to, t.update(id))
	}
}

// next is the change that comes next: one that was told, or the resumption
// that was announced with the halt in force.
func (t *trading) next() (change, bool) {
	announced := t.now.halted && !t.now.resumes.IsZero()
	if announced && (len(t.queue) == 0 || t.queue[0].at.After(t.now.resumes)) {
		return change{at: t.now.resumes, reason: t.now.reason}, true
	}
	if len(t.queue) > 0 {
		return t.queue[0], true
	}
	return change{}, false
}

// update is the change in force.
func (t *trading) update(id model.ID) model.Update {
	u := model.Update{Kind: model.KindResume, ID: id, At: t.now.at, Text: t.now.reason}
	if t.now.halted {
		u.Kind = model.KindHalt
	}
	return u
}
