package config

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// alertSettings is one setting for each rule; the key is the rule's name in
// lower case.
func alertSettings() []setting {
	about := func(key, text string, s setting) setting { return s.as(tableAlerts, key, text) }
	points := func(at func(r *alert.Rules) *float64) setting {
		return decimal(func(c *Config) *float64 { return at(&c.Alerts) })
	}
	count := func(at func(r *alert.Rules) *int, lo, hi int) setting {
		return integer(func(c *Config) *int { return at(&c.Alerts) }, lo, hi)
	}
	return []setting{
		setting{
			text: func(c *Config) string { return listed(c.OnAlert, strconv.Quote) },
			set: func(c *Config, v any) error {
				command, err := parseCommand(v)
				if err == nil {
					c.OnAlert = command
				}
				return err
			},
		}.as(tableAlerts, "on_alert", "Program that the local dashboard runs for each new alert, with its arguments; [] for none, which is the default. "+
			"It is handed to no shell, gets the alert as a line of JSON on its standard input, and is stopped after 10 s."),
		about("windows", "Windows whose verdict, spread, breadth and reconcile line are watched: "+strings.Join(windowNames(), ", ")+".",
			words(func(c *Config) *[]session.Window { return &c.Alerts.Windows }, session.ParseWindow, session.Window.String)),
		about("least_state", "Weakest state of an axis that is told: "+strings.Join(stateNames(), ", ")+".",
			word(func(c *Config) *model.AxisState { return &c.Alerts.LeastState }, parseState, stateName)),
		about("z_levels", "Levels of |z0| of a spread that are told, ascending.",
			list(func(c *Config) *[]float64 { return &c.Alerts.ZLevels }, parseNumber, number)),
		about("differ_sigmas", "How far from zero, in its sigmas, a spread lies for it to matter that mean and median differ in sign, 0 to 10.",
			points(func(r *alert.Rules) *float64 { return &r.DifferSigmas })),
		about("flip_sigmas", "How far beyond zero, in its sigmas, a spread lies for its new sign to count, 0 to 10.",
			points(func(r *alert.Rules) *float64 { return &r.FlipSigmas })),
		about("flip_points", "The same in percentage points, for spreads without a history, 0 to 100.",
			points(func(r *alert.Rules) *float64 { return &r.FlipPoints })),
		about("breadth_low", "Share of advancing names in a size bucket, in percent, below which it is told.",
			points(func(r *alert.Rules) *float64 { return &r.BreadthLow })),
		about("breadth_high", "The same share above which it is told.",
			points(func(r *alert.Rules) *float64 { return &r.BreadthHigh })),
		about("range_sigmas", "How near a bound of the forecast range is near, in weekly sigmas of the index, 0 to 10.",
			points(func(r *alert.Rules) *float64 { return &r.RangeSigmas })),
		about("worst_days", "How many of a month's worst days are told at the close, 0 to 23.",
			count(func(r *alert.Rules) *int { return &r.WorstDays }, 0, 23)),
		about("event_importance", "Least importance of events that are told, 1 to 3.",
			count(func(r *alert.Rules) *int { return &r.EventImportance }, 1, 3)),
		about("event_leads", `Times before an event at which it is announced, up to "24h"; "0m" is the event itself.`,
			list(func(c *Config) *[]time.Duration { return &c.Alerts.EventLeads }, parseDuration,
				func(d time.Duration) string { return strconv.Quote(short(d)) })),
		about("surprise_sigmas", "How unusual a surprise is told, in standard deviations of the release's earlier ones, 0 to 100.",
			points(func(r *alert.Rules) *float64 { return &r.SurpriseSigmas })),
		about("surprise_history", "How many earlier ones there must be, 5 or more.",
			count(func(r *alert.Rules) *int { return &r.SurpriseHistory }, 5, 1000)),
		about("coverage_amber", "Share of priced names, in percent, below which a universe is covered badly.",
			points(func(r *alert.Rules) *float64 { return &r.CoverageAmber })),
		about("coverage_red", "The same share below which there is no verdict.",
			points(func(r *alert.Rules) *float64 { return &r.CoverageRed })),
		about("halt_percent", "Share of halted names of a universe that is unusual, in percent.",
			points(func(r *alert.Rules) *float64 { return &r.HaltPercent })),
		about("reconcile_gap", "Gap between what the members imply and the printed index that is too wide, in percentage points.",
			points(func(r *alert.Rules) *float64 { return &r.ReconcileGap })),
		about("hysteresis", "Part of a threshold by which a value must come back before it can be crossed again, 0 to 0.9.",
			points(func(r *alert.Rules) *float64 { return &r.Hysteresis })),
		about("cooldown", `Least market time between two alerts of one kind about one subject, up to "24h".`,
			duration(func(c *Config) *time.Duration { return &c.Alerts.Cooldown })),
		about("off", "Kinds that are not told, out of "+strings.Join(kindNames(), ", ")+".",
			words(func(c *Config) *[]model.AlertKind { return &c.Alerts.Off }, parseKind, func(k model.AlertKind) string { return string(k) })),
	}
}

func kindNames() []string {
	names := make([]string, 0, len(alert.Kinds()))
	for _, k := range alert.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func parseKind(name string) (model.AlertKind, error) {
	if !slices.Contains(kindNames(), name) {
		return "", noSuch("alert", name, kindNames())
	}
	return model.AlertKind(name), nil
}

func stateNames() []string { return []string{"tilt", "rotation", "extreme"} }

func stateName(s model.AxisState) string { return stateNames()[s-model.StateTilt] }

func parseState(name string) (model.AxisState, error) {
	i := slices.Index(stateNames(), name)
	if i < 0 {
		return 0, noSuch("state", name, stateNames())
	}
	return model.StateTilt + model.AxisState(i), nil
}

// wrongRule is what is wrong with one or two rules.
type wrongRule struct {
	keys    []string
	message string
}

// wrongRules takes apart what the rules say about themselves: a line each,
// with the names of the rules before a colon.
func wrongRules(rules *alert.Rules) []wrongRule {
	err := rules.Validate()
	if err == nil {
		return nil
	}
	lines := []error{err}
	if joined := (interface{ Unwrap() []error })(nil); errors.As(err, &joined) {
		lines = joined.Unwrap()
	}
	wrong := make([]wrongRule, len(lines))
	for i, line := range lines {
		names, message, _ := strings.Cut(line.Error(), ": ")
		wrong[i] = wrongRule{strings.Split(names, ", "), message}
	}
	return wrong
}
