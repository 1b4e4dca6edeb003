package alpaca

import (
	"context"
	"time"

	"gyre/feed/live"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// errands are what a sweep does now and then: the trading days and the corporate
// actions once a day, the official closes after the close. What fails is tried
// again later; prices do not wait for it.
type errands struct {
	days    session.Date // the day for which the trading days were asked for
	actions session.Date // the day whose corporate actions are known
	closes  session.Date // the day whose official closes are being asked for
	asked   int          // how often they were
	again   time.Time    // before this nothing that failed is tried again
}

// pause is that after an errand that failed.
const pause = 10 * time.Minute

// run does what is due.
func (e *errands) run(ctx context.Context, w *watch, now time.Time, day session.Session) {
	if now.Before(e.again) {
		return
	}
	if e.days != day.Date && e.done(w, now, "trading days", w.tellDays(ctx)) {
		e.days = day.Date
	}
	if e.actions != day.Date && e.done(w, now, "corporate actions", w.tellActions(ctx, now, day.Date)) {
		e.actions = day.Date
	}
	if e.closes != day.Date {
		e.closes, e.asked = day.Date, 0
	}
	due := 0
	for _, at := range closesDue(day, w.feed) {
		if !now.Before(at) {
			due++
		}
	}
	if e.asked < due && e.done(w, now, "official closes", w.tellCloses(ctx, day)) {
		e.asked = due
	}
}

// done tells whether an errand went well, and tells the board where it did not.
func (e *errands) done(w *watch, now time.Time, name string, err error) bool {
	if err != nil {
		e.again = now.Add(pause)
		w.board.Aside(name, "no "+name+": "+err.Error())
		return false
	}
	w.board.Aside(name, "")
	return true
}

// closesDue is when the official closes are asked for: soon after the auctions,
// and once more for those that come late. Whoever has no subscription is told
// nothing of the tape's last 15 minutes.
func closesDue(day session.Session, feed Feed) []time.Time {
	if feed == FeedSIP {
		return []time.Time{day.Closes.Add(2 * time.Minute), day.Closes.Add(auctionsLast + time.Minute)}
	}
	first := day.Closes.Add(auctionsLast + delay + time.Minute)
	return []time.Time{first, first.Add(delay)}
}

// tellDays asks for the trading days ahead and tells the board, where they are
// not what it goes by. Few closures are known for longer than some days, and a
// dashboard may run for months.
func (w *watch) tellDays(ctx context.Context) error {
	calendar, err := w.calendar(ctx)
	if err != nil {
		return err
	}
	w.identity.Calendar = calendar
	w.board.Declare(w.identity)
	return nil
}

// tellCloses asks for the official closes of a day and tells the board.
func (w *watch) tellCloses(ctx context.Context, day session.Session) error {
	closes, err := w.client.OfficialCloses(ctx, w.board.Universe().Symbols(), day)
	if err != nil {
		return err
	}
	for _, c := range closes {
		w.board.Close(live.Close{Symbol: c.Symbol, Date: c.Date, Price: c.Price})
	}
	return nil
}

// tellActions asks for the corporate actions of a day and tells the board.
func (w *watch) tellActions(ctx context.Context, now time.Time, day session.Date) error {
	actions, _, err := w.client.Actions(ctx, day, day)
	if err != nil {
		return err
	}
	universe := w.board.Universe()
	for i := range actions {
		a := &actions[i]
		if _, known := universe.Find(a.Symbol); !known || !a.matters(w.previous[a.Symbol]) {
			continue
		}
		w.board.Action(a.Symbol, now, model.Action{
			ExDate: a.ExDate, Kind: a.Kind, New: a.New, Old: a.Old, Amount: a.Amount, Symbol: a.NewSymbol,
		})
	}
	return nil
}

// special is the part of the previous close, as one in so many, above which a
// special dividend changes the base of a return.
const special = 20

// matters tells whether an action changes what prices are compared with. A
// spin-off does, but what the child is worth is not told with it.
func (a *Action) matters(previous num.Price) bool {
	switch a.Kind {
	case model.ActionSpecial:
		return previous > 0 && a.Amount > previous/special
	case model.ActionSpinOff:
		return a.Amount > 0
	default:
		return true
	}
}
