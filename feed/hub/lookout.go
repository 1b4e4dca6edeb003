package hub

import (
	"slices"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// maxAlerts is how many alerts are kept: more than anybody reads back.
const maxAlerts = 200

// lookout finds the alerts of the updates that it takes in. It has a Market of
// its own.
//
// In replay it looks at instants that follow from the data alone, so that the
// alerts do not depend on how fast the replay goes or whether it jumps: at the
// end of every minute in which something was told, at each session's open, and
// when an event of the calendar is near, due or known. A live feed it is told
// to look at.
type lookout struct {
	market *model.Market
	rules  alert.Rules
	watch  *alert.Watch
	brief  model.Query
	live   bool

	begun    bool // there was a heartbeat since the last reset
	complete bool // a heartbeat came after everything else
	news     bool // something was told since the last heartbeat
	until    time.Time

	minute time.Time   // the end of the minute with the news; zero: nothing is due
	opens  time.Time   // of the next session; zero: none
	events []time.Time // ascending; those to come
	known  []model.Event

	alerts []model.Alert // since the last reset, newest last
	found  int           // how many there were, the forgotten ones included
}

func newLookout(rules alert.Rules, live bool) *lookout {
	rules = orDefaults(rules)
	return &lookout{market: model.NewMarket(), rules: rules, watch: alert.NewWatch(rules), brief: briefFor(rules), live: live}
}

func orDefaults(rules alert.Rules) alert.Rules {
	if len(rules.Windows) == 0 {
		return alert.Defaults()
	}
	return rules
}

// briefFor is what has to be asked for the rules. Whether there is a verdict at
// all is said for the day.
func briefFor(rules alert.Rules) model.Query {
	return model.Query{Only: session.WindowSetOf(append(slices.Clone(rules.Windows), session.Day)...)}
}

// setRules changes the rules from the next look on.
func (l *lookout) setRules(rules alert.Rules) {
	l.rules = orDefaults(rules)
	l.watch.SetRules(l.rules)
	l.brief = briefFor(l.rules)
	l.plan()
}

// apply takes in a batch and, in replay, looks at every instant that it passes.
func (l *lookout) apply(batch []model.Update) {
	troubled := false
	for i := range batch {
		u := &batch[i]
		if u.Kind == model.KindReset {
			l.reset(u)
		}
		if l.complete {
			l.lookBefore(u.At)
		}
		l.market.Apply(u)
		switch u.Kind {
		case model.KindHeartbeat:
			l.beat(u.At)
		case model.KindHealth:
			troubled = true
		case model.KindEvent:
			if e, ok := u.Payload.(*model.Event); ok && e != nil {
				l.expect([]model.Event{*e})
			}
			l.news, l.complete = true, false
		default:
			l.news, l.complete = true, false
		}
	}
	if troubled && !l.live {
		l.look(l.market.Now())
	}
}

// reset begins a new epoch.
func (l *lookout) reset(u *model.Update) {
	*l = lookout{market: l.market, rules: l.rules, watch: l.watch, brief: l.brief, live: l.live}
	if r, ok := u.Payload.(*model.Reset); ok && r != nil {
		l.until = r.Until
		if r.Reference != nil {
			l.expect(r.Reference.Events)
		}
	}
}

// expect notes the instants at which there may be something to say of events.
func (l *lookout) expect(events []model.Event) {
	if !l.live {
		l.known = append(l.known, events...)
		l.plan()
	}
}

// plan lists these instants by the rules.
func (l *lookout) plan() {
	l.events = nil
	for i := range l.known {
		e := &l.known[i]
		l.events = append(l.events, e.At, e.KnownAt, e.Listed)
		for _, lead := range l.rules.EventLeads {
			l.events = append(l.events, e.At.Add(-lead))
		}
	}
	now := l.market.Now()
	l.events = slices.DeleteFunc(l.events, func(t time.Time) bool { return l.begun && !t.After(now) })
	slices.SortFunc(l.events, time.Time.Compare)
}

// beat ends a moment.
func (l *lookout) beat(at time.Time) {
	l.complete = true
	if l.live {
		l.begun = true
		return
	}
	if l.news {
		l.news, l.minute = false, endOfMinute(at)
	}
	if next := l.next(); !l.begun || !next.IsZero() && !next.After(at) {
		l.begun = true
		l.look(at)
	}
}

// lookBefore looks at every instant before t, when nothing has been told of t yet.
func (l *lookout) lookBefore(t time.Time) {
	if l.live {
		return
	}
	for next := l.next(); l.begun && !next.IsZero() && next.Before(t); next = l.next() {
		l.look(next)
	}
}

// next is the next instant to look at, zero where there is none.
func (l *lookout) next() time.Time {
	next := l.minute
	for _, t := range [...]time.Time{l.opens, first(l.events)} {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	return next
}

// look looks at the market as it stands at t.
func (l *lookout) look(t time.Time) {
	snap := l.market.Snapshot(t, l.brief)
	raised := l.watch.See(snap)
	l.found += len(raised)
	l.alerts = append(l.alerts, raised...)
	l.alerts = l.alerts[max(len(l.alerts)-maxAlerts, 0):]
	l.opens = snap.Clock.NextOpen
	if !l.minute.After(t) {
		l.minute = time.Time{}
	}
	for len(l.events) > 0 && !l.events[0].After(t) {
		l.events = l.events[1:]
	}
}

// caughtUp tells whether all that came before the moment that is shown has
// been looked at.
func (l *lookout) caughtUp() bool { return l.begun && !l.market.Now().Before(l.until) }

// endOfMinute is t where it is a whole minute, else the next one.
func endOfMinute(t time.Time) time.Time {
	if whole := t.Truncate(time.Minute); whole.Before(t) {
		return whole.Add(time.Minute)
	}
	return t
}

// first is the first of all, zero where there is none.
func first(all []time.Time) time.Time {
	if len(all) == 0 {
		return time.Time{}
	}
	return all[0]
}
