// Package alert finds what has just happened to a market by comparing
// consecutive snapshots of it: edges, not states. A state that lasts is told
// once.
package alert

import "gyre/model"

// The kinds of alert. They are stable: scripts and configurations name them.
const (
	AxisState     model.AlertKind = "axis-state"     // the verdict of an axis changed its state
	SpreadFlip    model.AlertKind = "spread-flip"    // a spread changed its sign
	Z0            model.AlertKind = "z0"             // |z0| of a spread rose above a level
	MeanMedian    model.AlertKind = "mean-median"    // mean and median of a spread came to differ in sign
	LeverageSplit model.AlertKind = "leverage-split" // the leverage spreads of the two universes came to differ in sign
	Breadth       model.AlertKind = "breadth"        // few or nearly all names of a size bucket advance
	Range         model.AlertKind = "range"          // an index crossed a bound of its forecast range
	RangeNear     model.AlertKind = "range-near"     // an index came near such a bound
	RangeClose    model.AlertKind = "range-close"    // an official close lies outside the range
	WeekLow       model.AlertKind = "week-low"       // an index fell below the week's earlier sessions
	WeekHigh      model.AlertKind = "week-high"      // an index rose above them
	MonthLow      model.AlertKind = "month-low"      // an index fell below the month's earlier sessions
	MonthHigh     model.AlertKind = "month-high"     // an index rose above them
	WorstDay      model.AlertKind = "worst-day"      // at the close: among the worst days of the month
	EventSoon     model.AlertKind = "event-soon"     // an important event is some minutes away
	EventNow      model.AlertKind = "event-now"      // its time has come, and its figure has not
	Release       model.AlertKind = "release"        // its figure is out
	Surprise      model.AlertKind = "surprise"       // the same, unusually far from the consensus
	Coverage      model.AlertKind = "coverage"       // too few names of a universe are priced
	Halts         model.AlertKind = "halts"          // many names of a universe are halted, or one of the heaviest is
	Reconcile     model.AlertKind = "reconcile"      // the members do not add up to the printed index
	FeedStale     model.AlertKind = "feed-stale"     // the source has fallen silent
	FeedFailing   model.AlertKind = "feed-failing"   // the source cannot deliver
	FeedBack      model.AlertKind = "feed-back"      // the source is well again
)

// Kinds is every kind of alert.
func Kinds() []model.AlertKind {
	return []model.AlertKind{
		AxisState, SpreadFlip, Z0, MeanMedian, LeverageSplit, Breadth,
		Range, RangeNear, RangeClose, WeekLow, WeekHigh, MonthLow, MonthHigh, WorstDay,
		EventSoon, EventNow, Release, Surprise,
		Coverage, Halts, Reconcile, FeedStale, FeedFailing, FeedBack,
	}
}

// severity is how much a kind of alert asks of its reader.
func severity(kind model.AlertKind) model.Severity {
	switch kind {
	case RangeClose, Surprise, Coverage, FeedStale, FeedFailing:
		return model.SeverityUrgent
	case RangeNear, MeanMedian, WeekLow, WeekHigh, EventSoon, FeedBack:
		return model.SeverityInfo
	default:
		return model.SeverityNotice
	}
}
