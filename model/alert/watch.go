package alert

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// Watch compares the snapshots of one market with those before them. Its
// memory is a few dozen entries and covers one session.
type Watch struct {
	rules    Rules
	started  bool // a snapshot of this epoch was seen
	epoch    uint64
	query    model.Query
	asOf     time.Time
	date     session.Date // of the session shown
	sawOpen  bool         // the session was watched from its open on
	memory   map[key]memory
	feed     map[model.AlertKind]memory // what of the feed's troubles was told
	released map[release]bool           // the releases that were out at the last look
	renewed  bool                       // the rules have changed since, and with them what is asked for
}

// key is one rule and its subject.
type key struct {
	kind    model.AlertKind
	subject string
}

// memory is what the watch holds for true of one rule and subject.
type memory struct {
	value   int       // as it was told, or passed over in silence
	told    time.Time // when it was told last
	ended   time.Time // when what was told came to its end
	fading  time.Time // since when the value is weaker than told; zero: it is not
	speaker string    // of an axis: whose spread it was told of
}

// NewWatch is a watch by rules, which should be valid. Windows that are none
// are passed over.
func NewWatch(rules Rules) *Watch {
	return &Watch{rules: usable(rules)}
}

// usable is a copy of rules without windows that are none.
func usable(rules Rules) Rules {
	rules = rules.clone()
	rules.Windows = slices.DeleteFunc(rules.Windows, func(w session.Window) bool { return w >= session.WindowCount })
	return rules
}

// SetRules changes the rules from the next snapshot on, which may answer another
// query. What lies beyond a new threshold already is how things stand, and is
// not told. What the session has told once is not told again.
func (w *Watch) SetRules(rules Rules) {
	w.rules, w.renewed = usable(rules), true
	maps.DeleteFunc(w.memory, func(k key, _ memory) bool { return !onceASession(k.kind) })
}

// onceASession tells whether a kind of alert rests on no threshold of the rules.
func onceASession(kind model.AlertKind) bool {
	switch kind {
	case Range, RangeClose, WeekLow, WeekHigh, MonthLow, MonthHigh, WorstDay:
		return true
	default:
		return false
	}
}

// See looks at the next snapshot and gives the alerts that it raises, in a
// fixed order; nothing for a snapshot without a time. Snapshots come in
// ascending market time. What is found at the first one of an epoch, and of a
// session, is how things stand: only what is news in itself is told, such as a
// close outside the range, or a feed that is silent.
//
// While the verdict is withheld nothing is said about spreads and levels; they
// are compared with how they stood before once it is back. Nor is anything said
// about them after the close. A new epoch, another query without new rules, and
// a step back in time make the watch forget everything.
func (w *Watch) See(s *model.Snapshot) []model.Alert {
	if s == nil || s.AsOf.IsZero() {
		return nil
	}
	w.turnTo(s)
	l := &look{Watch: w, snap: s, held: withheld(s), spoken: make(map[string]bool)}
	l.watchFeed()
	l.coverage()
	l.halts()
	l.heavyHalts()
	for _, window := range l.windows() {
		l.axes(window)
		l.spreads(window)
		l.breadth(window)
		l.reconcile(window)
	}
	for i := range s.Indices {
		l.index(&s.Indices[i])
	}
	l.events()
	w.started, w.asOf = true, s.AsOf
	return l.alerts
}

// windows are those to look at. Of two that have the same base, as day and week
// have on a Monday, only the one named first says anything.
func (l *look) windows() []session.Window {
	var distinct []session.Window
	for _, w := range l.rules.Windows {
		base := l.snap.Windows[w].Base
		same := func(other session.Window) bool { return base != 0 && l.snap.Windows[other].Base == base }
		if !slices.ContainsFunc(distinct, same) {
			distinct = append(distinct, w)
		}
	}
	return distinct
}

// turnTo forgets what does not concern the epoch and the session of s.
func (w *Watch) turnTo(s *model.Snapshot) {
	if w.started && (s.Epoch != w.epoch || s.Query != w.query && !w.renewed || s.AsOf.Before(w.asOf)) {
		*w = Watch{rules: w.rules}
	}
	w.query, w.renewed = s.Query, false
	shown := s.Clock.Session
	if w.started && shown.Date == w.date {
		return
	}
	if !w.started {
		w.feed = make(map[model.AlertKind]memory)
	}
	w.epoch, w.date = s.Epoch, shown.Date
	w.memory = make(map[key]memory)
	w.sawOpen = !shown.Opens.IsZero() && s.AsOf.Sub(shown.Opens) < time.Minute
}

// withheld tells whether there is no market to judge: there are too few prices,
// or the session is over. A dataset without members has no verdict to withhold.
func withheld(s *model.Snapshot) bool {
	if s.AsOf.After(s.Clock.Session.Closes) {
		return true
	}
	members := slices.ContainsFunc(s.Universes, func(u model.Coverage) bool { return u.Members > 0 })
	return members && s.Verdicts[session.Day].Withheld
}

// look is one call of See.
type look struct {
	*Watch

	snap   *model.Snapshot
	held   bool            // nothing is said of the market
	spoken map[string]bool // windows and spreads of which the verdict was told
	alerts []model.Alert
}

// raise adds an alert.
func (l *look) raise(kind model.AlertKind, format string, args ...any) {
	if !slices.Contains(l.rules.Off, kind) {
		l.alerts = append(l.alerts, model.Alert{
			At: l.snap.AsOf, Kind: kind, Severity: severity(kind), Text: fmt.Sprintf(format, args...),
		})
	}
}

// begin sets how things stood before the first look at a subject, and tells
// whether this is it.
func (l *look) begin(k key, value int) bool {
	_, known := l.memory[k]
	if !known {
		l.memory[k] = memory{value: value}
	}
	return !known
}

// latch turns a subject on and off and tells whether turning it on is an
// alert. Where a value is neither, between the threshold and the hysteresis,
// the subject stays as it is. What comes on again before it was off for the
// cool-down is the same story, and is not told again.
func (l *look) latch(k key, on, off bool) bool {
	first := 0
	if on {
		first = 1
	}
	l.begin(k, first)
	m := l.memory[k]
	tell := false
	switch {
	case on && m.value == 0:
		tell = l.since(m.ended)
		m.value = 1
	case !on && off && m.value == 1:
		m.value, m.ended = 0, l.snap.AsOf
	}
	l.memory[k] = m
	return tell
}

// turn moves a subject to a value, whose sign is its direction and whose size
// is its strength, and tells whether that is an alert. What is stronger than
// before, or has another direction, is told at once, at most once in a
// cool-down; what is weaker is told when it has been so for the cool-down, so
// that a value that flickers about a level says so once.
func (l *look) turn(k key, value int) bool {
	l.begin(k, value)
	m := l.memory[k]
	weaker := value*m.value >= 0 && max(value, -value) < max(m.value, -m.value)
	tell := false
	switch {
	case value == m.value:
	case weaker && m.fading.IsZero():
		m.fading = l.snap.AsOf
		tell = l.since(m.fading)
	case weaker:
		tell = l.since(m.fading)
	default:
		tell = l.since(m.told)
	}
	if !weaker {
		m.fading = time.Time{}
	}
	if tell {
		m = memory{value: value, told: l.snap.AsOf}
	}
	l.memory[k] = m
	return tell
}

// since tells whether a cool-down has passed since t, or t never was.
func (l *look) since(t time.Time) bool {
	return t.IsZero() || l.snap.AsOf.Sub(t) >= l.rules.Cooldown
}

// fact tells whether something is told for the first time in the session.
func (l *look) fact(k key) bool {
	l.begin(k, 0)
	return l.latch(k, true, false)
}

// grain is less than any printed figure can differ from a threshold, and more
// than arithmetic on thresholds is off.
const grain = 1e-9

// exceeds is latch for a value that may rise above a threshold.
func (l *look) exceeds(k key, value, threshold float64) bool {
	return l.latch(k, value > threshold, value <= threshold*(1-l.rules.Hysteresis)+grain)
}

// falls is latch for a value that may fall below a threshold.
func (l *look) falls(k key, value, threshold float64) bool {
	return l.latch(k, value < threshold, value >= threshold*(1+l.rules.Hysteresis)-grain)
}
