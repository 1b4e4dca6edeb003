package live

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// maxNotes is how many rare things are kept in a run. Where there are more, one
// in forgetPart of the headlines gives way at once, the oldest first.
const (
	maxNotes   = 20_000
	forgetPart = 4
)

// notes are the rare things that are told once: actions, filings, events. They
// are kept, as a new epoch has to hear them again.
type notes struct {
	all   []model.Update
	dirty map[int]bool // places of those to be sent: once each, however often they changed
	place map[any]int  // of what was told, by what makes it itself

	gone    time.Time // events up to here that are not known have been forgotten
	forgot  uint64    // events
	refused uint64    // what there was no room for
}

// occasion is what makes an event itself, whatever else is said of it.
type occasion struct {
	at    int64
	title string
}

// put keeps a note under a key and tells whether it is news. A note that was
// told under the same key before is replaced where it differs.
func (n *notes) put(key any, u model.Update, same func(old model.Payload) bool) bool {
	if i, ok := n.place[key]; ok {
		if same(n.all[i].Payload) {
			return false
		}
		n.all[i] = u
		n.dirty[i] = true
		return true
	}
	if n.place == nil {
		n.place, n.dirty = map[any]int{}, map[int]bool{}
	}
	n.place[key] = len(n.all)
	n.dirty[len(n.all)] = true
	n.all = append(n.all, u)
	return true
}

// updates appends what is to be sent; all of it again where the hub has
// forgotten everything.
func (n *notes) updates(again bool, to []model.Update) []model.Update {
	if again {
		clear(n.dirty)
		return append(to, n.all...)
	}
	for _, i := range slices.Sorted(maps.Keys(n.dirty)) {
		to = append(to, n.all[i])
	}
	clear(n.dirty)
	return to
}

// forget makes room and tells how many events it forgot: those of the earliest
// time, as others are still to come. What figures rest on stays.
func (n *notes) forget() int {
	var times []time.Time
	for i := range n.all {
		if e, ok := n.all[i].Payload.(*model.Event); ok {
			times = append(times, e.At)
		}
	}
	if len(times) == 0 {
		return 0
	}
	slices.SortFunc(times, time.Time.Compare)
	n.gone = times[len(times)/forgetPart]
	kept, moved, dirty := make([]model.Update, 0, maxNotes), make([]int, len(n.all)), map[int]bool{}
	for i := range n.all {
		moved[i] = -1
		if e, ok := n.all[i].Payload.(*model.Event); ok && !e.At.After(n.gone) {
			continue
		}
		moved[i] = len(kept)
		if n.dirty[i] {
			dirty[len(kept)] = true
		}
		kept = append(kept, n.all[i])
	}
	maps.DeleteFunc(n.place, func(_ any, i int) bool { return moved[i] < 0 })
	for key, i := range n.place {
		n.place[key] = moved[i]
	}
	count := len(n.all) - len(kept)
	n.all, n.dirty = kept, dirty
	n.forgot += uint64(count)
	return count
}

// shortage says what is not kept, "" where everything is.
func (n *notes) shortage() string {
	switch {
	case n.refused > 0:
		return fmt.Sprintf("%d actions, filings and counts of shares came after the %d that a run keeps, and are lost", n.refused, maxNotes)
	case n.forgot > 0:
		return fmt.Sprintf("the %d oldest headlines gave way to newer ones: a run keeps %d", n.forgot, maxNotes)
	default:
		return ""
	}
}

// acts tells whether a corporate action of a name that was told takes effect
// on a date.
func (n *notes) acts(id model.ID, d session.Date) bool {
	for i := range n.all {
		if a, ok := n.all[i].Payload.(*model.Action); ok && a.ID == id && a.ExDate == d {
			return true
		}
	}
	return false
}

// note keeps a note of the board.
func (b *Board) note(key any, u model.Update, same func(old model.Payload) bool) {
	_, known := b.notes.place[key]
	if event, ok := u.Payload.(*model.Event); ok && !known && b.notes.forgot > 0 && !event.At.After(b.notes.gone) {
		b.counts.Late++ // it was told before, or is older than all that is kept
		return
	}
	if !known && len(b.notes.all) == maxNotes && !b.makeRoom() {
		return
	}
	switch {
	case b.notes.put(key, u, same):
		b.counts.Taken++
	default:
		b.counts.Same++
	}
}

// makeRoom tells whether there is room for a note, and the reader of what had
// to go, or of what is lost without it.
func (b *Board) makeRoom() bool {
	forgotten := b.notes.forget()
	b.lost += uint64(forgotten)
	if forgotten == 0 {
		b.notes.refused++
		b.lost++
	}
	b.aside["notes"] = b.notes.shortage()
	b.unsaid = true
	b.rouse()
	return forgotten > 0
}

func always(model.Payload) bool { return true }

// Action observes a corporate action of a name, of which a.ID is filled in.
func (b *Board) Action(symbol string, at time.Time, a model.Action) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(symbol)
	if !ok || !b.sound(at, a.Amount) {
		return
	}
	a.ID = id
	a.Symbol, _ = clean.Text(a.Symbol)
	for _, known := range b.ref.Actions {
		if known == a {
			b.counts.Same++
			return
		}
	}
	b.note(a, model.Update{Kind: model.KindAction, ID: id, At: at, Payload: &a}, always)
}

// Facts observes a filing that is known from at on; f.ID and f.KnownAt are
// filled in.
func (b *Board) Facts(symbol string, at time.Time, f model.Facts) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(symbol)
	if !ok || !b.sound(at, 0) {
		return
	}
	f.ID, f.KnownAt = id, at.Round(0)
	b.note(f, model.Update{Kind: model.KindFacts, ID: id, At: at, Payload: &f}, always)
}

// Shares observes a number of shares outstanding, known from at on.
func (b *Board) Shares(symbol string, at time.Time, shares int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	id, ok := b.find(symbol)
	if !ok || !b.sound(at, 0) {
		return
	}
	if shares <= 0 {
		b.counts.Refused++
		return
	}
	s := model.ShareCount{ID: id, KnownAt: at.Round(0), Shares: shares}
	b.note(s, model.Update{Kind: model.KindShares, ID: id, At: at, Payload: &s}, always)
}

// Event observes a calendar event, which is known from at on. What is said of
// the same event later replaces it.
func (b *Board) Event(at time.Time, e model.Event) {
	for _, text := range []*string{&e.Title, &e.Country, &e.Consensus, &e.Previous, &e.Revised, &e.Actual, &e.Source} {
		*text, _ = clean.Text(*text)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	if !b.sound(at, 0) {
		return
	}
	b.note(occasion{e.At.Unix(), e.Title}, model.Update{Kind: model.KindEvent, At: at, Payload: &e}, func(old model.Payload) bool {
		known, ok := old.(*model.Event)
		return ok && *known == e
	})
}

// FedFunds observes a contract of the fed-funds strip.
func (b *Board) FedFunds(at time.Time, year int, month time.Month, price num.Price) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	if price == 0 || !b.sound(at, price) {
		return
	}
	type key struct {
		year  int
		month time.Month
	}
	contract := model.FedFunds{Year: year, Month: month, Price: price}
	b.note(key{year, month}, model.Update{Kind: model.KindFedFunds, At: at, Payload: &contract}, func(old model.Payload) bool {
		known, ok := old.(*model.FedFunds)
		return ok && *known == contract
	})
}
