package alert

import (
	"math"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// index tells of one index: against its range and against its earlier
// sessions while it trades, and what the official close has made of the day.
func (l *look) index(i *model.Index) {
	if i.Official {
		l.closing(i)
		return
	}
	if l.held || !i.Level.Known() {
		return
	}
	if i.Range != nil && i.Range.Low.Known() && i.Range.High.Known() {
		l.crossing(i)
		l.near(i)
	}
	for _, span := range [...]struct {
		window    session.Window
		word      string
		low, high model.AlertKind
	}{
		{session.Week, "week", WeekLow, WeekHigh},
		{session.MonthToDate, "month", MonthLow, MonthHigh},
	} {
		l.extreme(i, span.low, "low of the "+span.word, i.Low, i.PriorLow[span.window], -1)
		l.extreme(i, span.high, "high of the "+span.word, i.High, i.PriorHigh[span.window], 1)
	}
}

// crossing tells when an index leaves its forecast range or has come back. A
// session that was watched from its open starts where the last one closed, so
// that a gap counts as a crossing.
func (l *look) crossing(i *model.Index) {
	r := i.Range
	k := rangeKey(Range, i)
	if l.sawOpen && i.PrevClose.Known() {
		l.begin(k, l.place(i, i.PrevClose, inside))
	}
	was := l.memory[k].value
	now := l.place(i, i.Level, was)
	if !l.turn(k, now) {
		return
	}
	switch {
	case now == below:
		l.raise(Range, "%s fell below the range low %s (%s)", short(i.Symbol), bound(r.Low), i.Level.Grouped())
	case now == above:
		l.raise(Range, "%s rose above the range high %s (%s)", short(i.Symbol), bound(r.High), i.Level.Grouped())
	case was == below:
		l.raise(Range, "%s is back above the range low %s (%s)", short(i.Symbol), bound(r.Low), i.Level.Grouped())
	default:
		l.raise(Range, "%s is back below the range high %s (%s)", short(i.Symbol), bound(r.High), i.Level.Grouped())
	}
}

// Where a level lies against a range.
const (
	below  = -1
	inside = 0
	above  = 1
)

// rangeKey names the range as well as the index: a new forecast starts anew.
func rangeKey(kind model.AlertKind, i *model.Index) key {
	return key{kind, i.Symbol + " " + i.Range.Low.String() + " " + i.Range.High.String()}
}

// place is where a level lies against the range. What was outside comes back
// once it is inside by the hysteresis of the near distance.
func (l *look) place(i *model.Index, at num.Figure, was int) int {
	v, low, high := at.Float(), i.Range.Low.Float(), i.Range.High.Float()
	depth := l.rules.RangeSigmas * l.rules.Hysteresis * i.WeekSigma.Float() / 100
	switch {
	case v < low, was == below && v < low*(1+depth):
		return below
	case v > high, was == above && v > high*(1-depth):
		return above
	default:
		return inside
	}
}

// near tells when an index inside its range comes near to a bound.
func (l *look) near(i *model.Index) {
	sigma := i.WeekSigma.Float()
	if sigma <= 0 || i.Range.State != model.RangeInside {
		return
	}
	for _, side := range [...]struct {
		word         string
		move, bounds num.Figure
	}{
		{"low", i.Range.ToLowPct, i.Range.Low},
		{"high", i.Range.ToHighPct, i.Range.High},
	} {
		if !side.move.Known() {
			continue
		}
		k := rangeKey(RangeNear, i)
		k.subject += " " + side.word
		if l.falls(k, math.Abs(side.move.Float())/sigma, l.rules.RangeSigmas) {
			l.raise(RangeNear, "%s is within %s weekly sigmas of the range %s %s (%s)",
				short(i.Symbol), plain(l.rules.RangeSigmas), side.word, bound(side.bounds), i.Level.Grouped())
		}
	}
}

// extreme tells once a session when an index goes beyond the earlier sessions
// of the week or month. The session's own high and low only ever move outward,
// so nothing turns this off again.
func (l *look) extreme(i *model.Index, kind model.AlertKind, what string, now, prior num.Figure, direction float64) {
	if !now.Known() || !prior.Known() {
		return
	}
	k := key{kind, i.Symbol}
	if l.sawOpen {
		l.begin(k, 0)
	}
	if l.latch(k, direction*(now.Float()-prior.Float()) > 0, false) {
		l.raise(kind, "%s new %s, %s (before: %s)", short(i.Symbol), what, now.Grouped(), prior.Grouped())
	}
}

// closing tells what is certain with the official close, on the day of the
// close itself.
func (l *look) closing(i *model.Index) {
	if !i.Level.Known() || session.DateOf(l.snap.AsOf) != l.snap.Clock.Session.Date {
		return
	}
	if l.fact(key{RangeClose, i.Symbol}) && i.Range != nil {
		switch r := i.Range; r.State {
		case model.RangeBelow:
			l.raise(RangeClose, "%s closed below the range low %s (%s)", short(i.Symbol), bound(r.Low), i.Level.Grouped())
		case model.RangeAbove:
			l.raise(RangeClose, "%s closed above the range high %s (%s)", short(i.Symbol), bound(r.High), i.Level.Grouped())
		case model.RangeInside:
		}
	}
	day := i.Returns[session.Day]
	if l.fact(key{WorstDay, i.Symbol}) && day.Sign() < 0 &&
		i.MonthRank > 0 && i.MonthRank <= l.rules.WorstDays && i.MonthDays > l.rules.WorstDays {
		_, month, _ := l.snap.Clock.Session.Date.Civil()
		l.raise(WorstDay, "%s %s day of %s (%s %%)", short(i.Symbol), worst(i.MonthRank), month, day)
	}
}
