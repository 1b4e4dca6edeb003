package hub

import (
	"time"

	"gyre/feed/clean"
	"gyre/model"
)

// pulseEvery is how often a live feed is looked after when nothing comes: its
// age grows, and when it grows too old the Market calls it stale.
const pulseEvery = 500 * time.Millisecond

// silence is how long a live feed may leave a moment half told. What there is
// of it is shown then, as part of a feed that is going stale.
const silence = 5 * time.Second

// desk is what the hub's goroutine owns: the Market, and what was served of it.
type desk struct {
	hub    *Hub
	market *model.Market

	until    time.Time // before the heartbeat of this moment nothing is shown
	complete bool      // the moment is: a heartbeat came after everything else
	shown    bool      // there was a complete moment since the last reset
	news     bool      // something changed since the last round of snapshots
	asked    bool      // viewers may be waiting for an answer
	answers  map[model.Query]*answer

	guard  *sentry
	alerts []model.Alert // of this epoch; shared by the snapshots that show them

	due    *time.Timer // the next round of snapshots
	round  time.Time   // wall time of the last one
	ticker *time.Ticker
	pulse  <-chan time.Time // of a live feed

	heard  time.Time    // when the last word came
	health model.Health // as the source told it last
}

// answer is what was worked out for a query, and the same with the alerts.
type answer struct {
	bare, whole *model.Snapshot
}

func newDesk(h *Hub, guard *sentry) *desk {
	d := &desk{hub: h, guard: guard, market: model.NewMarket(), due: time.NewTimer(h.opts.MinInterval)}
	d.due.Stop()
	if h.opts.Now != nil {
		d.ticker = time.NewTicker(pulseEvery)
		d.pulse = d.ticker.C
		d.heard = h.opts.Now()
	}
	return d
}

func (d *desk) close() {
	d.due.Stop()
	if d.ticker != nil {
		d.ticker.Stop()
	}
}

// apply takes in a batch.
func (d *desk) apply(batch []model.Update) {
	if d.hub.opts.Now != nil {
		d.heard = d.hub.opts.Now()
	}
	if d.complete && d.idle(batch) {
		return
	}
	d.guard.put(batch)
	for i := range batch {
		u := &batch[i]
		switch u.Kind {
		case model.KindReset:
			d.reset(u)
		case model.KindHeartbeat:
			d.complete = !u.At.Before(d.until)
			d.shown = d.shown || d.complete
		case model.KindHealth:
			if h, ok := u.Payload.(*model.Health); ok {
				d.health = *h
			}
		default:
			d.complete = false
		}
		d.market.Apply(u)
	}
	d.change()
}

// idle tells whether a batch says nothing new.
func (d *desk) idle(batch []model.Update) bool {
	return len(batch) == 0 || len(batch) == 1 && batch[0].Kind == model.KindHeartbeat && batch[0].At.Equal(d.market.Now())
}

// reset begins a new epoch.
func (d *desk) reset(u *model.Update) {
	d.complete, d.shown, d.until, d.alerts = false, false, time.Time{}, nil
	if r, ok := u.Payload.(*model.Reset); ok {
		d.until = r.Until
	}
}

// change notes that earlier snapshots are out of date.
func (d *desk) change() {
	d.news = true
	d.answers = nil
}

// ended tells the viewers that no more updates come.
func (d *desk) ended(failure error) {
	h := model.Health{State: model.FeedEnded, Dropped: d.health.Dropped, Overtaken: d.health.Overtaken}
	if failure != nil {
		h.State = model.FeedFailing
		h.Problem, _ = clean.Text(failure.Error())
	}
	end := []model.Update{{Kind: model.KindHealth, At: d.now(), Payload: &h}}
	d.guard.put(end)
	d.market.Apply(&end[0])
	d.complete, d.shown = true, true // as complete as it will ever be
	d.change()
}

// look shows a live feed's age, though nothing came.
func (d *desk) look() {
	if d.now().Sub(d.heard) >= silence {
		d.complete = d.shown
	}
	d.change()
}

// listen takes in what the sentry has seen. The snapshots stay as they are,
// but for their alerts.
func (d *desk) listen() {
	alerts := d.guard.list()
	if len(alerts) == 0 && len(d.alerts) == 0 {
		return
	}
	d.alerts, d.news = alerts, true
	for _, a := range d.answers {
		a.whole = nil
	}
}

// now is the wall clock of a live feed, else the time of the newest heartbeat.
func (d *desk) now() time.Time {
	if d.hub.opts.Now != nil {
		return d.hub.opts.Now()
	}
	return d.market.Now()
}

// serve answers the viewers that wait, at once, and brings the others up to
// date, if the time has come.
func (d *desk) serve() {
	if !d.complete {
		return
	}
	wait := d.hub.opts.MinInterval - time.Since(d.round)
	everyone := d.news && wait <= 0
	if d.asked || everyone {
		d.asked = false
		for s, query := range d.viewers(everyone) {
			s.put(d.answer(query))
		}
	}
	switch {
	case everyone:
		d.news, d.round = false, time.Now()
	case d.news:
		d.due.Reset(wait)
	}
}

// viewers are the subscriptions and their queries: all of them, or those that
// wait for an answer.
func (d *desk) viewers(everyone bool) map[*Subscription]model.Query {
	d.hub.mu.Lock()
	defer d.hub.mu.Unlock()
	found := make(map[*Subscription]model.Query)
	for s := range d.hub.subs {
		if query, waits := s.asks(); waits || everyone {
			found[s] = query
		}
	}
	return found
}

// answer is the snapshot for a query, made once for all who ask it.
func (d *desk) answer(query model.Query) *model.Snapshot {
	a := d.answers[query]
	if a == nil {
		a = &answer{bare: d.market.Snapshot(d.now(), query)}
		if d.answers == nil {
			d.answers = make(map[model.Query]*answer)
		}
		d.answers[query] = a
	}
	if a.whole == nil {
		whole := *a.bare
		whole.Alerts = d.alerts
		a.whole = &whole
	}
	return a.whole
}
