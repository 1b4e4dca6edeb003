package alert_test

import (
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// TestThresholdsAreSettings moves one threshold and shows a value on either
// side of where it then lies, both on the same side of the usual one.
func TestThresholdsAreSettings(t *testing.T) {
	for name, tc := range map[string]struct {
		set      func(r *alert.Rules)
		no, then change
		want     string
	}{
		"flip points": {
			func(r *alert.Rules) { r.FlipPoints = 0.2 }, sizeSpread("0.19"), sizeSpread("0.20"),
			"spread-flip: Q4-Q1 1D has turned positive, +0.20 pp",
		},
		"flip sigmas": {
			func(r *alert.Rules) { r.FlipSigmas = 0.9 },
			func(s *model.Snapshot) { pairSpread(s, "-0.30", "-0.9") }, func(s *model.Snapshot) { pairSpread(s, "0.30", "0.9") },
			"spread-flip: R2000-S&P 500 1D has turned positive, +0.30 pp",
		},
		"differ sigmas": {
			func(r *alert.Rules) { r.DifferSigmas = 1 },
			func(s *model.Snapshot) { differ(s, "-0.9") }, func(s *model.Snapshot) { differ(s, "-1.0") },
			"mean-median: Q4-Q1 1W mean and median differ in sign: mean -1.60, median +0.11 pp",
		},
		"least state": {
			func(r *alert.Rules) { r.LeastState = model.StateExtreme },
			week(model.StateRotation, "-2.9"), week(model.StateExtreme, "-3.0"),
			"axis-state: Q4-Q1 1W EXTREME into large, z0 -3.0",
		},
		"breadth low": {
			func(r *alert.Rules) { r.BreadthLow = 10 },
			func(s *model.Snapshot) { advancing(s, "11", 0) }, func(s *model.Snapshot) { advancing(s, "9", 0) },
			"breadth: 1D few names advance: Q1 9 %",
		},
		"breadth high": {
			func(r *alert.Rules) { r.BreadthHigh = 90 },
			func(s *model.Snapshot) { advancing(s, "89", 0) }, func(s *model.Snapshot) { advancing(s, "91", 0) },
			"breadth: 1D nearly all names advance: Q1 91 %",
		},
		"range sigmas": {
			func(r *alert.Rules) { r.RangeSigmas = 0.5 },
			func(s *model.Snapshot) { near(s, "-1.46", "3.00") }, func(s *model.Snapshot) { near(s, "-1.44", "3.00") },
			"range-near: R2000 is within 0.5 weekly sigmas of the range low 2,025 (2,060.00)",
		},
		"amber coverage": {
			func(r *alert.Rules) { r.CoverageAmber = 85 }, coverage("86.0"), coverage("84.0"),
			"coverage: R2000 coverage 84.0 %, below 85",
		},
		"red coverage": {
			func(r *alert.Rules) { r.CoverageAmber, r.CoverageRed = 70, 50 }, coverage("71.0"), coverage("49.0"),
			"coverage: R2000 coverage 49.0 %, below 50: too little for a verdict",
		},
		"halts": {
			func(r *alert.Rules) { r.HaltPercent = 5 },
			func(s *model.Snapshot) { s.Universes[0].Halted = 98 }, func(s *model.Snapshot) { s.Universes[0].Halted = 99 },
			"halts: 99 of 1960 names of R2000 are halted",
		},
		"reconcile": {
			func(r *alert.Rules) { r.ReconcileGap = 1 },
			func(s *model.Snapshot) { reconcile(s, "-0.64", "1.000") }, func(s *model.Snapshot) { reconcile(s, "-0.63", "1.001") },
			"reconcile: R2000 members imply -0.63 % over 1D, the index says -1.64 %: gap +1.001 pp",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rules := alert.Defaults()
			tc.set(&rules)
			sc := newScene(t, rules)
			sc.see(0, nil)
			sc.see(1, []change{tc.no})
			sc.see(1, []change{tc.then}, tc.want)
		})
	}
}

func TestWorstDaysAreASetting(t *testing.T) {
	fifth := func(s *model.Snapshot) {
		closed("2060.00")(s)
		s.Indices[0].MonthRank = 5
	}
	for days, want := range map[int][]string{4: nil, 5: {"worst-day: R2000 fifth worst day of March (-2.05 %)"}} {
		rules := alert.Defaults()
		rules.WorstDays = days
		sc := newScene(t, rules)
		sc.see(300, []change{fifth}, want...)
	}
}

func TestSurpriseRulesAreSettings(t *testing.T) {
	e := minutesTo(60, "ISM services, March", "53.0")
	e.Actual, e.Surprise, e.Unit = "50.8", fig("-2.2"), "k"
	e.Sigmas, e.Surprises = fig("-2.06"), 8
	for name, tc := range map[string]struct {
		set  func(r *alert.Rules)
		want string
	}{
		"three sigmas":      {func(r *alert.Rules) { r.SurpriseSigmas = 3 }, "release: 12:00 ISM services, March: 50.8, consensus 53.0"},
		"a longer history":  {func(r *alert.Rules) { r.SurpriseHistory = 9 }, "release: 12:00 ISM services, March: 50.8, consensus 53.0"},
		"as long a history": {func(r *alert.Rules) { r.SurpriseHistory = 8 }, "surprise: 12:00 ISM services, March: 50.8, consensus 53.0, a surprise of -2.2k (2.1 sigmas)"},
	} {
		t.Run(name, func(t *testing.T) {
			rules := alert.Defaults()
			tc.set(&rules)
			day := []change{calendar(e)}
			sc := newScene(t, rules)
			sc.see(59, day)
			sc.see(1, day, tc.want)
		})
	}
}

func TestWithoutHysteresisTheThresholdItselfEndsAnEdge(t *testing.T) {
	rules := alert.Defaults()
	rules.Hysteresis = 0
	low := func(pct string) change { return func(s *model.Snapshot) { advancing(s, pct, 0) } }
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(20, []change{low("19")}, "breadth: 1D few names advance: Q1 19 %")
	sc.see(20, []change{low("20")})
	sc.see(20, []change{low("19")}, "breadth: 1D few names advance: Q1 19 %")
}

func TestCooldownIsASetting(t *testing.T) {
	low := func(s *model.Snapshot) { advancing(s, "19", 0) }
	const want = "breadth: 1D few names advance: Q1 19 %"
	for cooldown, again := range map[time.Duration][]string{0: {want}, 2 * time.Minute: {want}, 3 * time.Minute: nil} {
		rules := alert.Defaults()
		rules.Cooldown = cooldown
		sc := newScene(t, rules)
		sc.see(0, nil)
		sc.see(1, []change{low}, want)
		sc.see(1, nil)
		sc.see(2, []change{low}, again...)
	}
}

func TestWithoutCooldownEveryStepIsTold(t *testing.T) {
	rules := everyState()
	rules.Cooldown = 0
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(1, []change{week(model.StateTilt, "-0.8")}, "axis-state: Q4-Q1 1W TILT into large, z0 -0.8")
	sc.see(1, nil, "axis-state: Q4-Q1 1W shows no rotation any more, z0 -0.4")
	sc.see(1, []change{week(model.StateTilt, "-0.8")}, "axis-state: Q4-Q1 1W TILT into large, z0 -0.8")
}

func TestSubjectsCoolDownOnTheirOwn(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) { s.Size.Spread[session.Week].Z0 = fig("-1.6") }}, "z0: Q4-Q1 1W z0 -1.6 has reached -1.5")
	sc.see(1, []change{func(s *model.Snapshot) { s.Size.Spread[session.Day].Z0 = fig("-1.6") }}, "z0: Q4-Q1 1D z0 -1.6 has reached -1.5")
	sc.see(1, []change{func(s *model.Snapshot) { s.Leverage[0].Spread[session.Day].Z0 = fig("-1.6") }}, "z0: R2000 H-L 1D z0 -1.6 has reached -1.5")
	sc.see(1, []change{coverage("85.0")}, "coverage: R2000 coverage 85.0 %, below 90")
	sc.see(1, []change{func(s *model.Snapshot) { s.Universes[1].Pct = fig("85.0") }}, "coverage: Micro coverage 85.0 %, below 90")
}

func TestIndicesAreWatchedOnTheirOwn(t *testing.T) {
	with := func(level, low string) change {
		return func(s *model.Snapshot) {
			second := s.Indices[0]
			r := *second.Range
			second.Symbol, second.Level, second.Low, second.Range = "SPX", fig(level), fig(low), &r
			s.Indices = append(s.Indices, second)
		}
	}
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{with("2060.00", "2058.00")})
	sc.see(1, []change{with("2020.00", "2020.00")},
		"range: S&P 500 fell below the range low 2,025 (2,020.00)",
		"week-low: S&P 500 new low of the week, 2,020.00 (before: 2,057.60)")
	sc.see(1, []change{with("2020.00", "2020.00"), at("2019.00")}, "range: R2000 fell below the range low 2,025 (2,019.00)")
}

func TestNamesWithoutAShortFormStay(t *testing.T) {
	other := func(s *model.Snapshot) { s.Universes[0].Universe = "SP600" }
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{other})
	sc.see(1, []change{coverage("85.0"), other}, "coverage: SP600 coverage 85.0 %, below 90")
}
