package alert

import (
	"math"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// watchFeed tells of a source in trouble, and of one that is well again after
// a trouble that was told.
func (l *look) watchFeed() {
	feed := l.snap.Feed
	switch feed.Phase {
	case model.FeedStale:
		if l.trouble(FeedStale) {
			l.raise(FeedStale, "feed %s is stale: nothing for %s", feed.Name, feed.Age.Round(time.Second))
		}
	case model.FeedFailing:
		if l.trouble(FeedFailing) {
			l.raise(FeedFailing, "feed %s is failing", feed.Name)
		}
	case model.FeedOK:
		if l.recovered() {
			l.raise(FeedBack, "feed %s is back", feed.Name)
		}
	case model.FeedConnecting, model.FeedEnded:
	}
}

// trouble tells whether a trouble of the feed is an alert.
func (l *look) trouble(kind model.AlertKind) bool {
	m := l.feed[kind]
	if m.value == 1 || !l.since(m.told) {
		return false
	}
	l.feed[kind] = memory{value: 1, told: l.snap.AsOf}
	return true
}

// recovered ends the feed's troubles and tells whether one of them was told.
func (l *look) recovered() bool {
	was := false
	for kind, m := range l.feed {
		was = was || m.value == 1
		l.feed[kind] = memory{told: m.told}
	}
	return was
}

// coverage tells when too few names of a universe have a price. Of both
// levels crossed at once the worse is told.
func (l *look) coverage() {
	for i := range l.snap.Universes {
		u := &l.snap.Universes[i]
		if u.Members == 0 || !u.Pct.Known() {
			continue
		}
		pct := u.Pct.Float()
		if l.covers(key{Coverage, u.Universe + " red"}, pct, l.rules.CoverageRed) {
			l.covers(key{Coverage, u.Universe + " amber"}, pct, l.rules.CoverageAmber)
			l.raise(Coverage, "%s coverage %s %%, below %s: too little for a verdict", short(u.Universe), u.Pct, plain(l.rules.CoverageRed))
		} else if l.covers(key{Coverage, u.Universe + " amber"}, pct, l.rules.CoverageAmber) {
			l.raise(Coverage, "%s coverage %s %%, below %s", short(u.Universe), u.Pct, plain(l.rules.CoverageAmber))
		}
	}
}

// covers is latch for a share that may fall below a threshold. The hysteresis
// is a part of what lies above it, so that full coverage always ends the alarm.
func (l *look) covers(k key, pct, threshold float64) bool {
	return l.latch(k, pct < threshold, pct >= threshold+l.rules.Hysteresis*(100-threshold)-grain)
}

// halts tells when unusually many names of a universe are halted.
func (l *look) halts() {
	for i := range l.snap.Universes {
		u := &l.snap.Universes[i]
		if u.Members == 0 {
			continue
		}
		pct := 100 * float64(u.Halted) / float64(u.Members)
		if l.exceeds(key{Halts, u.Universe}, pct, l.rules.HaltPercent) {
			l.raise(Halts, "%d of %d names of %s are halted", u.Halted, u.Members, short(u.Universe))
		}
	}
}

// heavyHalts tells when one of the heaviest names is halted.
func (l *look) heavyHalts() {
	for _, heavy := range l.snap.Quality.Heaviest {
		if l.latch(key{Halts, "heavy " + heavy.Symbol}, heavy.Halted, !heavy.Halted) {
			l.raise(Halts, "%s is halted, one of the %d heaviest names of %s", heavy.Symbol, len(l.snap.Quality.Heaviest), short(l.snap.Size.Universe))
		}
	}
}

// reconcile tells when the members do not add up to the printed index.
func (l *look) reconcile(w session.Window) {
	r := l.snap.Size.Recon[w]
	if l.held || !r.Gap.Known() {
		return
	}
	if l.exceeds(key{Reconcile, w.String()}, math.Abs(r.Gap.Float()), l.rules.ReconcileGap) {
		l.raise(Reconcile, "%s members imply %s %% over %s, the index says %s %%: gap %s pp",
			short(l.snap.Size.Universe), signed(r.Implied), w, signed(r.Printed), signed(r.Gap))
	}
}
