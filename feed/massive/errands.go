package massive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gyre/feed/live"
	"gyre/feed/web"
	"gyre/model/session"
)

// errands are what goes with the sweeps: the index levels with each, the
// holidays, the previous closes and the splits once a day. What fails is tried again later;
// prices do not wait for it.
type errands struct {
	days   session.Date // the day for which the holidays were asked for
	closes session.Date // the day whose previous closes are known
	splits session.Date // the day whose splits are known
	again  time.Time    // before this nothing that failed is tried again
	denied []string     // indices that the plan does not have
}

// pause is that after an errand that failed.
const pause = 10 * time.Minute

// run does what is due.
func (e *errands) run(ctx context.Context, w *watch, now time.Time, day session.Session, over bool) {
	e.levels(ctx, w, day, over)
	if now.Before(e.again) {
		return
	}
	if e.days != day.Date && e.done(w, now, "holidays", w.tellDays(ctx)) {
		e.days = day.Date
	}
	if e.closes != day.Date && e.done(w, now, "previous closes", w.tellCloses(ctx, day.Date)) {
		e.closes = day.Date
	}
	if e.splits != day.Date && e.done(w, now, "splits", w.tellSplits(ctx, now, day.Date)) {
		e.splits = day.Date
	}
}

// tellDays asks for the coming holidays and tells the board, where they are not
// what it goes by: few closures are known for long.
func (w *watch) tellDays(ctx context.Context) error {
	calendar, err := w.calendar(ctx)
	if err != nil {
		return err
	}
	w.identity.Calendar = calendar
	w.board.Declare(w.identity)
	return nil
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

// levelsWithin is how long the levels, which come with every sweep, may keep the
// prices waiting.
const levelsWithin = 2 * time.Second

var errLevels = errors.New("the indices took too long")

// levels tells the board the levels of the indices that the plan has. After
// the close the last level is the official one.
func (e *errands) levels(ctx context.Context, w *watch, day session.Session, over bool) {
	wanted := slices.DeleteFunc(slices.Clone(w.board.Universe().Indices()), func(symbol string) bool {
		return slices.Contains(e.denied, symbol)
	})
	if len(wanted) == 0 {
		return
	}
	ctx, cancel := context.WithTimeoutCause(ctx, levelsWithin, errLevels)
	defer cancel()
	indices, err := w.client.Indices(ctx, wanted)
	if web.KindOf(err) == web.Denied {
		e.denied = append(e.denied, wanted...)
		err = nil
	}
	if err != nil {
		w.board.Aside("indices", "no index levels: "+err.Error())
		return
	}
	for _, index := range indices {
		switch {
		case index.Problem != "":
			e.denied = append(e.denied, index.Symbol)
		case over && session.DateOf(index.At) == day.Date:
			w.board.IndexClose(live.Close{Symbol: index.Symbol, Date: day.Date, Price: index.Level})
		default:
			w.board.Level(live.Level{Symbol: index.Symbol, At: index.At, Price: index.Level})
		}
	}
	problem := ""
	if len(e.denied) > 0 {
		problem = fmt.Sprintf("the Massive plan does not have %s", strings.Join(e.denied, ", "))
	}
	w.board.Aside("indices", problem)
}

// tellCloses asks for the closes of the session before a day and tells the
// board. What the sweep calls the previous day has no date; these have one.
func (w *watch) tellCloses(ctx context.Context, day session.Date) error {
	before, ok := w.board.Calendar().Before(day)
	if !ok {
		return nil
	}
	bars, err := w.client.Closes(ctx, before.Date)
	if err != nil {
		return err
	}
	universe := w.board.Universe()
	for i := range bars {
		if _, known := universe.Find(bars[i].Symbol); known {
			w.board.Close(live.Close{Symbol: bars[i].Symbol, Date: before.Date, Price: bars[i].Close, Volume: bars[i].Volume})
		}
	}
	return nil
}

// tellSplits asks for the splits of a day and tells the board.
func (w *watch) tellSplits(ctx context.Context, now time.Time, day session.Date) error {
	splits, _, err := w.client.Splits(ctx, day, day)
	if err != nil {
		return err
	}
	universe := w.board.Universe()
	for i := range splits {
		if id, known := universe.Find(splits[i].Symbol); known {
			w.board.Action(splits[i].Symbol, now, splits[i].Action(id))
		}
	}
	return nil
}
