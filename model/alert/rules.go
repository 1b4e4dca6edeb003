package alert

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// Rules are the thresholds of all alerts. A value must go beyond its threshold:
// breadth of exactly 20 % raises nothing. Only a level of |z0| is crossed when
// it is reached, as the states of the verdict are.
type Rules struct {
	// Windows are those whose verdicts, spreads, breadth and reconcile line are watched.
	Windows []session.Window
	// LeastState is the weakest state of an axis whose coming and going is told.
	LeastState model.AxisState
	// ZLevels are the levels of |z0| that are worth a word, ascending.
	ZLevels []float64
	// DifferSigmas is how far from zero, in its own sigmas, a spread must lie for
	// it to matter that its mean and median differ in sign.
	DifferSigmas float64
	// FlipSigmas is how far beyond zero, in its own sigmas (z0), a spread must
	// lie for its sign to count; FlipPoints is the same in percentage points, for
	// spreads without a z0.
	FlipSigmas, FlipPoints float64
	// BreadthLow and BreadthHigh bound the usual share of advancing names of a
	// size bucket, in percent.
	BreadthLow, BreadthHigh float64
	// RangeSigmas is how near a bound of the forecast range is near, in weekly
	// sigmas of the index.
	RangeSigmas float64
	// WorstDays is how many of a month's worst days are told at the close.
	WorstDays int
	// EventImportance is the least importance, 1 to 3, of events that are told.
	EventImportance int
	// EventLeads are the times before an event at which it is announced; 0 is
	// the event itself.
	EventLeads []time.Duration
	// SurpriseSigmas is how unusual a surprise must be, in standard deviations
	// of the same release's earlier surprises; SurpriseHistory is how many of
	// those there must be, model.LeastSurprises or more.
	SurpriseSigmas  float64
	SurpriseHistory int
	// CoverageAmber and CoverageRed are the shares of priced names, in percent,
	// below which a universe is covered badly, and too badly for a verdict.
	CoverageAmber, CoverageRed float64
	// HaltPercent is the share of halted names of a universe that is unusual.
	HaltPercent float64
	// ReconcileGap is the gap between what the members imply and the printed
	// index, in percentage points, that is too wide.
	ReconcileGap float64
	// Hysteresis is the part of a threshold by which a value must come back
	// before the threshold can be crossed again, from 0 to below 1.
	Hysteresis float64
	// Cooldown is the least market time between two alerts of one kind about
	// one subject. What has ended must have been over for as long to be told
	// again, and a state that weakens must have been weaker for as long.
	Cooldown time.Duration
	// Off are the kinds that are not told.
	Off []model.AlertKind
}

// Defaults is the usual set of rules.
func Defaults() Rules {
	return Rules{
		Windows:         []session.Window{session.Day, session.Week},
		LeastState:      model.StateRotation,
		ZLevels:         []float64{1.5, 2, 3},
		DifferSigmas:    1.5, // from there on it costs the verdict a state
		FlipSigmas:      0.5,
		FlipPoints:      0.10,
		BreadthLow:      20,
		BreadthHigh:     80,
		RangeSigmas:     0.25,
		WorstDays:       3,
		EventImportance: 3,
		EventLeads:      []time.Duration{15 * time.Minute, 5 * time.Minute, 0},
		SurpriseSigmas:  1,
		SurpriseHistory: model.LeastSurprises,
		CoverageAmber:   90,
		CoverageRed:     80,
		HaltPercent:     1,
		ReconcileGap:    0.30,
		Hysteresis:      0.20,
		Cooldown:        10 * time.Minute,
	}
}

// Bounds of what a rule may ask for.
const (
	maxImportance = 3
	maxWorstDays  = 23 // a month has no more sessions
	longest       = 24 * time.Hour
)

// Validate tells everything that is wrong with r, a line each: the name of the
// rule in lower case, as in z_levels, and what it must be.
func (r *Rules) Validate() error {
	var wrong []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			wrong = append(wrong, fmt.Errorf(format, args...))
		}
	}
	check(len(r.Windows) > 0 && !slices.ContainsFunc(r.Windows, func(w session.Window) bool { return w >= session.WindowCount }),
		"windows: name one window or more")
	check(r.LeastState >= model.StateTilt && r.LeastState <= model.StateExtreme, "least_state: it must be tilt, rotation or extreme")
	check(ascending(r.ZLevels), "z_levels: %v must be above 0 and ascending", r.ZLevels)
	check(within(r.DifferSigmas, 0, 10), "differ_sigmas: %v must be from 0 to 10", r.DifferSigmas)
	check(within(r.FlipSigmas, 0, 10), "flip_sigmas: %v must be from 0 to 10", r.FlipSigmas)
	check(within(r.FlipPoints, 0, 100), "flip_points: %v must be from 0 to 100 percentage points", r.FlipPoints)
	check(within(r.BreadthLow, 0, r.BreadthHigh) && within(r.BreadthHigh, r.BreadthLow, 100),
		"breadth_low, breadth_high: %v and %v must be percentages, the low one first", r.BreadthLow, r.BreadthHigh)
	check(within(r.RangeSigmas, 0, 10), "range_sigmas: %v must be from 0 to 10 weekly sigmas", r.RangeSigmas)
	check(r.WorstDays >= 0 && r.WorstDays <= maxWorstDays, "worst_days: %d must be from 0 to %d", r.WorstDays, maxWorstDays)
	check(r.EventImportance >= 1 && r.EventImportance <= maxImportance, "event_importance: %d must be 1, 2 or 3", r.EventImportance)
	check(!slices.ContainsFunc(r.EventLeads, func(d time.Duration) bool { return d < 0 || d > longest }),
		"event_leads: %v must each be from 0 to %v", r.EventLeads, longest)
	check(within(r.SurpriseSigmas, 0, 100), "surprise_sigmas: %v must be from 0 to 100", r.SurpriseSigmas)
	check(r.SurpriseHistory >= model.LeastSurprises, "surprise_history: %d must be %d or more", r.SurpriseHistory, model.LeastSurprises)
	check(within(r.CoverageRed, 0, r.CoverageAmber) && within(r.CoverageAmber, r.CoverageRed, 100),
		"coverage_red, coverage_amber: %v and %v must be percentages, the red one first", r.CoverageRed, r.CoverageAmber)
	check(within(r.HaltPercent, 0, 100), "halt_percent: %v must be from 0 to 100", r.HaltPercent)
	check(within(r.ReconcileGap, 0, 100), "reconcile_gap: %v must be from 0 to 100 percentage points", r.ReconcileGap)
	check(within(r.Hysteresis, 0, 0.9), "hysteresis: %v must be from 0 to 0.9", r.Hysteresis)
	check(r.Cooldown >= 0 && r.Cooldown <= longest, "cooldown: %v must be from 0 to %v", r.Cooldown, longest)
	for _, kind := range r.Off {
		check(slices.Contains(Kinds(), kind), "off: there is no alert %q", string(kind))
	}
	return errors.Join(wrong...)
}

// within tells whether v is a number from lo to hi.
func within(v, lo, hi float64) bool { return v >= lo && v <= hi }

// ascending tells whether the levels are above zero and strictly ascending.
func ascending(levels []float64) bool {
	last := 0.0
	for _, level := range levels {
		if !within(level, 0, 1000) || level <= last {
			return false
		}
		last = level
	}
	return true
}

// clone is a copy that shares nothing with r.
func (r Rules) clone() Rules {
	r.Windows, r.ZLevels = slices.Clone(r.Windows), slices.Clone(r.ZLevels)
	r.EventLeads, r.Off = slices.Clone(r.EventLeads), slices.Clone(r.Off)
	return r
}
