package model

import (
	"slices"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// builder is what the parts of one snapshot have in common.
type builder struct {
	m      *Market
	now    time.Time
	query  Query
	names  []live
	size   *sizeGroups
	lever  *[universeCount]leverageGroups
	kept   *intervals
	method CIMethod
	snap   *Snapshot

	resampled []resampled // spreads that wait for their intervals

	// Unrounded z0 of the spreads, for the verdicts and the intensity.
	sizeZ0   PerWindow[score]
	leverZ0  [universeCount]PerWindow[score]
	pairZ0   PerWindow[score]
	universe []int // those that the reference has
}

// score is an unrounded z0, where there is one.
type score struct {
	z0    float64
	known bool
}

// Snapshot is the market as it is known at now, or at the newest heartbeat if
// that is later. Before the first reset, and before the first session, it is
// empty but well-formed.
func (m *Market) Snapshot(now time.Time, q Query) *Snapshot {
	snap := &Snapshot{Query: q}
	if m.book == nil {
		snap.AsOf = now.In(session.Zone())
		return snap
	}
	m.settle()
	now = later(now, m.heartbeat)
	snap.AsOf = now.In(session.Zone())
	m.roll(now)
	snap.Epoch, snap.Mode = m.source.reset.Epoch, m.source.reset.Mode
	snap.Name, snap.Sample = m.book.ref.Name, m.book.ref.Sample
	snap.Missing = slices.Clone(m.book.ref.Missing)
	snap.Clock = m.clockAt(now)
	snap.Feed = m.feedAt(now)
	snap.Rates = m.ratesAt(now)
	snap.Calendar = calendarAt(m.book.events.schedule(), now)
	snap.Quality.Skipped = m.book.ref.Skipped
	if m.frame == nil {
		return snap
	}
	b := builder{
		m: m, now: now, query: q, snap: snap,
		names:  m.look(now),
		size:   m.groupings.size(m, q.Rank, now),
		lever:  m.groupings.leverage(m, q.Financials),
		kept:   m.keptIntervals(q),
		method: intervalMethod(m.frame.session, now),
	}
	for u := range universeCount {
		if len(m.book.members[u]) > 0 {
			b.universe = append(b.universe, u)
		}
	}
	b.build()
	return snap
}

// build fills the parts that need a session.
func (b *builder) build() {
	m := b.m
	for w := range b.snap.Windows {
		if win := &m.frame.windows[w]; win.known() || m.frame.hasClose(win.base.Date) {
			b.snap.Windows[w] = WindowInfo{Base: win.base.Date, Sessions: win.sessions}
		}
	}
	for _, u := range b.universe {
		b.snap.Universes = append(b.snap.Universes, m.coverage(u, b.names))
	}
	b.snap.Quality = m.quality(b.names)
	m.reactions(b.snap.Calendar)
	b.indices()
	b.sizes()
	b.snap.Leverage = make([]Leverage, len(b.universe))
	for i, u := range b.universe {
		b.leverage(&b.snap.Leverage[i], u)
	}
	b.drawIntervals()
	if b.query.charts() {
		b.curves()
	}
	b.reconcile()
	b.verdicts()
	b.details()
}

// details fills what the query asks for beyond the dashboard.
func (b *builder) details() {
	b.intensities()
	if b.query.Detail&DetailMembers != 0 {
		b.snap.Members = b.members()
	}
	if b.query.Page != "" {
		b.snap.Page = b.page(b.query.Page)
	}
	if b.query.Detail&DetailMap != 0 {
		b.snap.Maps = b.maps()
	}
	if b.query.Detail&DetailHistory != 0 {
		b.snap.History, b.snap.Regimes = b.history(), b.regimes()
	}
}

// spread fills the difference first - second of two groups over a window, with
// everything that is said about it.
func (b *builder) spread(s *Spread, w session.Window, axis Axis, universe int, first, second *summary) score {
	var difference num.Difference
	*s, difference = b.m.spreadOf(first, second)
	if !difference.Known() {
		return score{}
	}
	s.BetaGap, s.BetaAdjusted = b.betaAdjusted(difference.Return(), w, first, second)
	b.interval(s, seedOf(b.m.frame.session.Date, w, axis, universe), w, first, second)
	var z score
	s.Z0, s.Z, s.History, s.Trend, z.z0, z.known = scoreSpread(zInput{
		spread:   difference.Return(),
		prior:    b.trail(b.m.frame.windows[w].sessions, axis, universe).values,
		dayPrior: b.trail(1, axis, universe).values,
		sessions: b.m.frame.windows[w].sessions,
		elapsed:  b.m.frame.session.Elapsed(b.now),
		closed:   b.m.closed(b.now),
	})
	return z
}

// trail is the earlier values of a spread over a number of sessions.
func (b *builder) trail(sessions int, axis Axis, universe int) *pastSpreads {
	t := b.m.frame.trailOver(sessions)
	if axis == AxisSize {
		return &t.size
	}
	return &t.leverage[universe]
}

// verdicts says what every window amounts to.
func (b *builder) verdicts() {
	for _, w := range session.Windows() {
		if !b.query.wants(w) {
			continue
		}
		in := judgeInput{
			window:    w,
			size:      b.snap.Size.Spread[w],
			sizeZ0:    b.sizeZ0[w].z0,
			sizeKnown: b.sizeZ0[w].known,
			leverage:  b.snap.Leverage,
		}
		for _, u := range b.universe {
			in.levZ0 = append(in.levZ0, b.leverZ0[u][w].z0)
			in.levKnown = append(in.levKnown, b.leverZ0[u][w].known)
		}
		if len(b.snap.Universes) > 0 {
			c := b.snap.Universes[0]
			in.coveragePct = 100 * float64(c.Valid) / float64(max(c.Members, 1))
			in.coverage = num.Share(c.Valid, c.Members, 1)
		}
		b.snap.Verdicts[w] = judge(in)
	}
}
