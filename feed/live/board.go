package live

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Board takes in what adapters observe and sends what is new. All methods may
// be called by several goroutines at once; none but Run waits for the hub.
type Board struct {
	now  func() time.Time
	wake chan struct{} // holds one token: there is something to send

	mu       sync.Mutex
	identity Identity
	ref      *model.Reference // of the running epoch, or of the next one
	day      session.Session
	began    time.Time // when the day began
	nextDay  time.Time // when the next trading day begins; zero past the calendar's end
	universe *Universe

	names   []name
	dirty   []model.ID // names with something to send
	indices []index
	halts   map[model.ID]*trading
	notes   notes
	cancels []model.Update // to be sent once, in order

	before closes    // of the session before, where the reference has none
	moment time.Time // everything up to it is observed
	epochs epochs
	health model.Health
	unsaid bool // the health is to be sent
	aside  map[string]string
	lost   uint64
	told   losses // as they were sent last
	ended  bool   // nothing more will be observed
	counts Report
}

// errNoCalendar is a reference that cannot tell when the market trades.
var errNoCalendar = errors.New("a live feed needs the exchange's calendar, and the reference has none")

// New prepares a board. It fails where the reference has no calendar or more
// than MaxSymbols instruments.
func New(opts Options) (*Board, error) {
	if opts.Reference == nil || opts.Reference.Calendar == nil {
		return nil, errNoCalendar
	}
	b := &Board{
		now:      opts.Now,
		wake:     make(chan struct{}, 1),
		identity: opts.Identity,
		ref:      opts.Reference,
		names:    make([]name, len(opts.Reference.Instruments)),
		indices:  make([]index, len(opts.Reference.Indices)),
		halts:    map[model.ID]*trading{},
		aside:    map[string]string{},
		epochs:   epochs{wait: firstRegroup},
	}
	if b.now == nil {
		b.now = time.Now
	}
	b.adoptCalendar(opts.Calendar)
	return b, b.begin(tradingDay(b.ref.Calendar, b.dataTime()))
}

// begin turns to a day.
func (b *Board) begin(day session.Session) error {
	universe, err := NewUniverse(b.ref, day.Date)
	if err != nil {
		return err
	}
	b.universe, b.day, b.began = universe, day, dayBegins(day.Date)
	b.plan()
	return nil
}

// plan asks the calendar for the days before and after the running one.
func (b *Board) plan() {
	b.nextDay = time.Time{}
	if next, ok := b.ref.Calendar.After(b.day.Date); ok {
		b.nextDay = dayBegins(next.Date)
	}
	if last, _ := b.ref.Calendar.Before(b.day.Date); last.Date != b.before.date {
		b.before = closes{date: last.Date}
	}
}

// adoptCalendar puts a calendar in the place of the reference's.
func (b *Board) adoptCalendar(calendar *session.Calendar) {
	if calendar == nil || calendar == b.ref.Calendar {
		return
	}
	ref := *b.ref
	ref.Calendar = calendar
	b.ref = &ref
}

// dataTime is the time that data which arrives now is of.
func (b *Board) dataTime() time.Time { return b.now().Add(-b.identity.Delay) }

// Run sends updates until ctx ends, and returns its error, or until everything
// is sent that will ever be observed, and then returns io.EOF, or an error where
// that was nothing. The first update is a reset.
func (b *Board) Run(ctx context.Context, out chan<- []model.Update) error {
	for {
		batches, more := b.next()
		for _, batch := range batches {
			select {
			case out <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if !more {
			return b.ending()
		}
		if len(batches) > 0 {
			continue
		}
		select {
		case <-b.wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// end says that nothing more will be observed: Run sends what is complete and
// returns io.EOF.
func (b *Board) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	b.rouse()
}

// errNothing is what a source ends with that has shown nothing.
var errNothing = errors.New("the feed ended before it told a whole moment")

// ending is how Run ends when nothing more will be observed.
func (b *Board) ending() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.epochs.live {
		return errNothing
	}
	return io.EOF
}

// rouse lets Run look for something to send.
func (b *Board) rouse() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Universe is the symbols of the running day.
func (b *Board) Universe() *Universe {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	return b.universe
}

// Day is the running trading day: from 04:00 on a day with a session to 04:00
// on the next such day, by the time of the data.
func (b *Board) Day() session.Session {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	return b.day
}

// Calendar is the calendar in force.
func (b *Board) Calendar() *session.Calendar {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ref.Calendar
}

// Declare says who the source is, once it knows better than its options did:
// after it has found out what its key is entitled to. It takes effect with the
// next complete moment, as a new epoch where anything has changed. Data that are
// later than was thought are called so at once, and are complete up to that much
// earlier.
func (b *Board) Declare(id Identity) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id.Calendar == nil {
		id.Calendar = b.identity.Calendar
	}
	if id == b.identity {
		return
	}
	later := id.Delay > b.identity.Delay
	b.identity = id
	b.adoptCalendar(id.Calendar)
	b.epochs.due = true
	day := tradingDay(b.ref.Calendar, b.dataTime())
	if ahead := day.Date > b.day.Date; ahead || day.Date < b.day.Date && id.Delay == 0 {
		b.rollOver(day)
		return
	}
	if on, ok := b.ref.Calendar.On(b.day.Date); ok {
		b.day = on // perhaps with another close
	}
	b.plan()
	if later && b.epochs.live {
		b.stepBack()
	}
}

// Complete says that everything up to at, by the vendor's clock, has been
// observed: for data that is delayed, at lies that much behind now. A moment
// that lies before the last one changes nothing, and one ahead of our clock is
// taken as now.
func (b *Board) Complete(at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	if now := b.now(); at.After(now) {
		at = now
	}
	if at.After(b.moment) {
		b.moment = at
		b.rouse()
	}
}

// Health says how the source is doing; the problem is one sentence, which is
// cleaned. It is sent at once, whether a moment is complete or not.
func (b *Board) Health(state model.FeedPhase, problem string) {
	problem, _ = clean.Text(problem)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.health.State == state && b.health.Problem == problem {
		return
	}
	b.health.State, b.health.Problem = state, problem
	b.unsaid = true
	b.rouse()
}

// Aside says how something beside the prices is doing, under its own name; no
// problem is "". It is shown while there is nothing worse to show.
func (b *Board) Aside(name, problem string) {
	problem, _ = clean.Text(problem)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.aside[name] == problem {
		return
	}
	b.aside[name] = problem
	b.unsaid = true
	b.rouse()
}

// Lost counts updates that the adapter lost before it could observe them.
func (b *Board) Lost(n uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lost += n
}

// sound tells whether something could have happened at an instant, and to a
// price, and counts where it could not.
func (b *Board) sound(at time.Time, p num.Price) bool {
	switch {
	case at.IsZero() || p < 0 || p > num.MaxPrice:
		b.counts.Refused++
	case at.After(b.now().Add(maxAhead)):
		b.counts.Future++
	default:
		return true
	}
	return false
}

// find is the instrument of a symbol; unknown ones are counted.
func (b *Board) find(symbol string) (model.ID, bool) {
	id, ok := b.universe.Find(symbol)
	if !ok {
		b.counts.Unknown++
	}
	return id, ok
}
