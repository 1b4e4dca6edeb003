package ndjson

import (
	"time"

	"gyre/feed/live"
	"gyre/feed/wire"
	"gyre/model"
	"gyre/model/session"
)

// How long a moment may stay open. A feed that sends heartbeats says itself when
// one is complete; of one that does not, what has come is.
const (
	openWithout = 200 * time.Millisecond
	openWith    = 5 * time.Second
)

// teller tells a board what records say.
type teller struct {
	board    *live.Board
	now      func() time.Time
	identity live.Identity
	declared live.Identity
	named    bool // by the records
	again    bool // the feed has started again: its delay may be another
	known    memory

	newest  time.Time // of all records, in their time
	last    time.Time // up to which moment everything was told
	waits   bool      // records came since
	since   time.Time // by our clock: when the first of them did
	beating bool      // the feed sends heartbeats
	lost    uint64    // bad lines that the board knows of
}

func newTeller(opts Options, name string, board *live.Board) *teller {
	t := &teller{board: board, now: opts.Now, identity: opts.Identity, known: newMemory(opts.Reference)}
	if t.identity.Feed == "" {
		t.identity.Feed = name
	}
	t.declared = t.identity
	return t
}

// tell takes in a record.
func (t *teller) tell(r *wire.Record) {
	t.declare(r)
	if r.Type == wire.Heartbeat {
		t.beating = true
		t.complete(r.At)
		return
	}
	switch {
	case !t.waits:
		t.waits, t.since = true, t.now()
	case t.now().Sub(t.since) > t.patience():
		t.complete(t.newest) // a flood must not keep the moment open
		t.waits, t.since = true, t.now()
	}
	if !r.At.After(t.now().Add(maxAhead)) {
		t.newest = later(t.newest, r.At)
	}
	switch r.Type {
	case wire.Quote:
		t.quote(r)
	case wire.Index:
		t.index(r)
	case wire.Close:
		t.board.Close(live.Close{Symbol: r.Symbol, Date: session.DateOf(r.At), Price: r.Price, Volume: r.Volume})
	case wire.Cancel:
		t.board.Cancel(live.Cancel{Symbol: r.Symbol, At: r.At, Price: r.Cancelled, Instead: r.Price})
	case wire.Halt:
		t.halt(r)
	default:
		t.rare(r)
	}
}

// rare tells what belongs to the reference.
func (t *teller) rare(r *wire.Record) {
	switch r.Type {
	case wire.Action:
		t.board.Action(r.Symbol, r.At, model.Action{
			ExDate: r.ExDate, Kind: r.Kind, New: r.New, Old: r.Old, Amount: r.Amount, Symbol: r.NewSymbol,
		})
	case wire.Reference:
		if r.Shares > 0 {
			t.board.Shares(r.Symbol, r.At, r.Shares)
		}
		if id, ok := t.board.Universe().Find(r.Symbol); ok && saysFacts(r) {
			t.board.Facts(r.Symbol, r.At, t.known.facts(id, r))
		}
	case wire.Event:
		t.board.Event(r.At, t.known.event(r))
	case wire.FedFunds:
		if year, month, err := wire.Contract(r.Symbol, r.At); err == nil {
			t.board.FedFunds(r.At, year, month, r.Price)
		}
	default: // there are no others
	}
}

func (t *teller) quote(r *wire.Record) {
	if r.PreviousClose > 0 {
		t.board.Close(live.Close{Symbol: r.Symbol, Date: r.PreviousDate, Price: r.PreviousClose})
	}
	if r.OfficialClose > 0 {
		t.board.Close(live.Close{Symbol: r.Symbol, Date: session.DateOf(r.At), Price: r.OfficialClose, Volume: r.Volume})
	}
	if r.Price == 0 && r.Volume == 0 {
		return
	}
	t.board.Quote(live.Quote{
		Symbol: r.Symbol, At: r.At, Price: r.Price, Volume: r.Volume, Flags: flags(r), Sequence: r.Sequence,
	})
}

// flags are those of a quote. Sale conditions are written as the consolidated
// tape does: odd lot I, average price W, sold late L, out of sequence Z, prior
// reference price P and derivatively priced 4 count for volume only; so does a
// trade of extended hours, T and U, that is told in the session.
func flags(r *wire.Record) model.Flags {
	var f model.Flags
	if r.Aggregate {
		f |= model.FlagBar
	}
	for _, condition := range r.Conditions {
		switch condition {
		case "I", "W", "L", "Z", "P", "4":
			f |= model.FlagNoLast
		case "T", "U":
			f |= model.FlagExtended
		}
	}
	switch r.Session {
	case wire.PreMarket, wire.PostMarket, wire.Overnight:
		f |= model.FlagExtended
	}
	return f
}

func (t *teller) index(r *wire.Record) {
	if r.OfficialClose > 0 {
		t.board.IndexClose(live.Close{Symbol: r.Symbol, Date: session.DateOf(r.At), Price: r.OfficialClose})
	}
	if r.Price > 0 {
		t.board.Level(live.Level{Symbol: r.Symbol, At: r.At, Price: r.Price})
	}
}

func (t *teller) halt(r *wire.Record) {
	if r.State == wire.Trading {
		t.board.Resume(live.Resume{Symbol: r.Symbol, At: r.At, Reason: r.Reason})
		return
	}
	t.board.Halt(live.Halt{Symbol: r.Symbol, At: r.At, Reason: r.Reason, Resumes: r.Resumes})
}

// begin tells that the feed has started again.
func (t *teller) begin() { t.again = true }

// declare takes in what a record says of the feed itself. The first name stays,
// and of delays the longest since it started: what is mixed is as late as its
// latest part.
func (t *teller) declare(r *wire.Record) {
	if r.Source != "" && !t.named {
		t.identity.Feed, t.named = r.Source, true
	}
	if delay := time.Duration(r.Delay.Seconds) * time.Second; r.Delay.Known && (t.again || delay > t.identity.Delay) {
		if delay > t.identity.Delay {
			t.newest, t.last = time.Time{}, time.Time{} // the moments go back with it
		}
		t.identity.Delay, t.again = delay, false
	}
	if t.identity != t.declared {
		t.declared = t.identity
		t.board.Declare(t.identity)
	}
}

// patience is how long a moment may stay open.
func (t *teller) patience() time.Duration {
	if t.beating {
		return openWith
	}
	return openWithout
}

// maxAhead is how far a feed's clock may be ahead of ours. What is further
// ahead says nothing about what is complete.
const maxAhead = 5 * time.Second

// complete tells that everything up to a moment was told. A record that came
// after its moment was complete makes that moment a little longer.
func (t *teller) complete(at time.Time) {
	if now := t.now(); at.After(now) {
		at = now
	}
	if at.IsZero() {
		return // all that came is ahead of its time
	}
	if t.waits && !at.After(t.last) {
		at = t.last.Add(1)
	}
	t.newest, t.last, t.waits = later(t.newest, at), later(t.last, at), false
	t.board.Complete(at)
}

// flush tells what has been open for long enough, and how the feed is doing.
func (t *teller) flush(in *intake) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if t.waits && t.now().Sub(t.since) >= t.patience() {
		t.complete(t.newest)
	}
	t.board.Lost(in.bad - t.lost)
	t.lost = in.bad
	t.board.Health(in.health())
}

// finish tells everything that there is: nothing more comes.
func (t *teller) finish(in *intake) {
	in.mu.Lock()
	if t.waits {
		t.complete(t.newest)
	}
	in.mu.Unlock()
	t.flush(in)
}
