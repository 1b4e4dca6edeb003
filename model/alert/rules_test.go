package alert_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

func TestDefaultsAreValid(t *testing.T) {
	rules := alert.Defaults()
	if err := rules.Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestRulesThatAreWrong(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(r *alert.Rules)
		want   string
	}{
		"no window":                  {func(r *alert.Rules) { r.Windows = nil }, "windows:"},
		"window that is none":        {func(r *alert.Rules) { r.Windows = []session.Window{session.WindowCount} }, "windows:"},
		"z level of zero":            {func(r *alert.Rules) { r.ZLevels = []float64{0, 1} }, "z_levels:"},
		"z levels descend":           {func(r *alert.Rules) { r.ZLevels = []float64{2, 1.5} }, "z_levels:"},
		"z level that is no number":  {func(r *alert.Rules) { r.ZLevels = []float64{math.NaN()} }, "z_levels:"},
		"no state at all":            {func(r *alert.Rules) { r.LeastState = model.StateNone }, "least_state:"},
		"differ below zero":          {func(r *alert.Rules) { r.DifferSigmas = -1 }, "differ_sigmas:"},
		"flip sigmas below zero":     {func(r *alert.Rules) { r.FlipSigmas = -1 }, "flip_sigmas:"},
		"flip below zero":            {func(r *alert.Rules) { r.FlipPoints = -0.1 }, "flip_points:"},
		"breadth the wrong way":      {func(r *alert.Rules) { r.BreadthLow, r.BreadthHigh = 80, 20 }, "breadth_low, breadth_high:"},
		"breadth above 100":          {func(r *alert.Rules) { r.BreadthHigh = 101 }, "breadth_low, breadth_high:"},
		"range infinitely near":      {func(r *alert.Rules) { r.RangeSigmas = math.Inf(1) }, "range_sigmas:"},
		"more days than a month has": {func(r *alert.Rules) { r.WorstDays = 32 }, "worst_days:"},
		"importance of 4":            {func(r *alert.Rules) { r.EventImportance = 4 }, "event_importance:"},
		"importance of 0":            {func(r *alert.Rules) { r.EventImportance = 0 }, "event_importance:"},
		"lead after the event":       {func(r *alert.Rules) { r.EventLeads = []time.Duration{-time.Minute} }, "event_leads:"},
		"lead of two days":           {func(r *alert.Rules) { r.EventLeads = []time.Duration{48 * time.Hour} }, "event_leads:"},
		"surprise below zero":        {func(r *alert.Rules) { r.SurpriseSigmas = -1 }, "surprise_sigmas:"},
		"history of four":            {func(r *alert.Rules) { r.SurpriseHistory = 4 }, "surprise_history:"},
		"coverage the wrong way":     {func(r *alert.Rules) { r.CoverageRed = 95 }, "coverage_red, coverage_amber:"},
		"halts above 100":            {func(r *alert.Rules) { r.HaltPercent = 150 }, "halt_percent:"},
		"gap that is no number":      {func(r *alert.Rules) { r.ReconcileGap = math.NaN() }, "reconcile_gap:"},
		"hysteresis of all":          {func(r *alert.Rules) { r.Hysteresis = 1 }, "hysteresis:"},
		"cool-down below zero":       {func(r *alert.Rules) { r.Cooldown = -time.Second }, "cooldown:"},
		"kind that is none":          {func(r *alert.Rules) { r.Off = []model.AlertKind{"weather"} }, `off: there is no alert "weather"`},
	} {
		t.Run(name, func(t *testing.T) {
			rules := alert.Defaults()
			tc.change(&rules)
			err := rules.Validate()
			if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("got %v, want %s …", err, tc.want)
			}
		})
	}
}

func TestEverythingThatIsWrongIsTold(t *testing.T) {
	err := (&alert.Rules{Hysteresis: 2, Cooldown: -1}).Validate()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"windows:", "event_importance:", "surprise_history:", "hysteresis:", "cooldown:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not speak of %s", err, want)
		}
	}
}

func TestWatchKeepsItsOwnRules(t *testing.T) {
	rules := alert.Defaults()
	sc := newScene(t, rules)
	rules.Windows[0], rules.Windows[1], rules.ZLevels[0], rules.EventLeads[0] = session.Quarter, session.Quarter, 9, 0
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) { s.Size.Spread[session.Week].Z0 = fig("1.6") }}, "z0: Q4-Q1 1W z0 +1.6 has reached +1.5")
}

func TestEveryKindIsNamedOnce(t *testing.T) {
	seen := map[model.AlertKind]bool{}
	for _, kind := range alert.Kinds() {
		if seen[kind] {
			t.Errorf("%s is there twice", kind)
		}
		seen[kind] = true
	}
	if len(seen) != 24 {
		t.Errorf("%d kinds", len(seen))
	}
}
