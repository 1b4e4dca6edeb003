package alert_test

import (
	"testing"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

func week(state model.AxisState, z0 string) change {
	return func(s *model.Snapshot) { sizeAxis(s, state, z0) }
}

// everyState tells of tilts too.
func everyState() alert.Rules {
	rules := alert.Defaults()
	rules.LeastState = model.StateTilt
	return rules
}

func TestAxisTellsEveryStep(t *testing.T) {
	sc := newScene(t, everyState())
	sc.see(0, nil)
	sc.see(20, []change{week(model.StateTilt, "-0.8")}, "axis-state: Q4-Q1 1W TILT into large, z0 -0.8")
	sc.see(20, []change{week(model.StateRotation, "-1.5")}, "axis-state: Q4-Q1 1W ROTATION into large, z0 -1.5")
	sc.see(20, []change{week(model.StateExtreme, "-3.4")}, "axis-state: Q4-Q1 1W EXTREME into large, z0 -3.4")
	sc.see(20, []change{week(model.StateTilt, "-1.0")})
	sc.see(10, []change{week(model.StateTilt, "-1.0")}, "axis-state: Q4-Q1 1W TILT into large, z0 -1.0 (was EXTREME)")
	sc.see(20, []change{week(model.StateTilt, "1.0")}, "axis-state: Q4-Q1 1W TILT into small, z0 +1.0")
	sc.see(20, []change{week(model.StateNone, "0.1")})
	sc.see(10, []change{week(model.StateNone, "0.1")}, "axis-state: Q4-Q1 1W shows no rotation any more, z0 +0.1")
}

func TestWeakStatesAreNotToldByDefault(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(20, []change{week(model.StateTilt, "-0.8")})
	sc.see(20, []change{week(model.StateTilt, "0.8")})
	sc.see(20, []change{week(model.StateRotation, "1.9")}, "axis-state: Q4-Q1 1W ROTATION into small, z0 +1.9")
	sc.see(20, []change{week(model.StateTilt, "0.9")})
	sc.see(20, []change{week(model.StateTilt, "0.9")}, "axis-state: Q4-Q1 1W TILT into small, z0 +0.9 (was ROTATION)")
	sc.see(20, []change{week(model.StateNone, "0.1")})
	sc.see(20, []change{week(model.StateNone, "0.1")})
}

// TestAxisThatFlickers says that a state which comes and goes is told twice in
// two cool-downs at most: when it came, and when it was gone for one.
func TestAxisThatFlickers(t *testing.T) {
	on, off := week(model.StateRotation, "-1.7"), week(model.StateTilt, "-0.9")
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{on}, "axis-state: Q4-Q1 1W ROTATION into large, z0 -1.7")
	for range 8 {
		sc.see(9, []change{off})
		sc.see(9, []change{off})
		sc.see(1, []change{on})
	}
	sc.see(1, []change{off})
	for range 9 {
		sc.see(1, []change{off})
	}
	sc.see(1, []change{off}, "axis-state: Q4-Q1 1W TILT into large, z0 -0.9 (was ROTATION)")
	for range 9 {
		sc.see(1, []change{on})
	}
	sc.see(1, []change{on}, "axis-state: Q4-Q1 1W ROTATION into large, z0 -1.7")
}

func TestAxisWeakens(t *testing.T) {
	for name, tc := range map[string]struct {
		held change
		now  change
		want string
	}{
		"z0 within the hysteresis": {week(model.StateRotation, "-1.7"), week(model.StateTilt, "-1.3"), ""},
		"z0 at the level, as it is printed": {
			week(model.StateRotation, "-1.7"), week(model.StateTilt, "-1.5"), "",
		},
		"z0 beyond the hysteresis": {
			week(model.StateRotation, "-1.7"), week(model.StateTilt, "-1.2"),
			"axis-state: Q4-Q1 1W TILT into large, z0 -1.2 (was ROTATION)",
		},
		"interval includes zero, z0 unchanged": {
			week(model.StateRotation, "-1.7"), week(model.StateTilt, "-1.7"),
			"axis-state: Q4-Q1 1W TILT into large, z0 -1.7 (was ROTATION)",
		},
		"tilt fades a little": {week(model.StateTilt, "-0.8"), week(model.StateNone, "-0.7"), ""},
		"tilt fades": {
			week(model.StateTilt, "-0.8"), week(model.StateNone, "-0.6"),
			"axis-state: Q4-Q1 1W shows no rotation any more, z0 -0.6",
		},
		"history is not enough any more": {week(model.StateTilt, "-0.8"), week(model.StateNA, ""), ""},
		"z0 not printed": {
			week(model.StateTilt, "-0.8"),
			func(s *model.Snapshot) {
				s.Verdicts[session.Week].Size = model.AxisVerdict{State: model.StateNone, Sign: -1}
			},
			"axis-state: Q4-Q1 1W shows no rotation any more",
		},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, everyState())
			sc.see(0, []change{tc.held})
			sc.see(20, []change{tc.now})
			if tc.want == "" {
				sc.see(20, []change{tc.now})
			} else {
				sc.see(20, []change{tc.now}, tc.want)
			}
		})
	}
}

func TestAxisThatTurnsIsToldAtOnce(t *testing.T) {
	sc := newScene(t, everyState())
	sc.see(0, []change{week(model.StateTilt, "-0.8")})
	sc.see(1, []change{week(model.StateTilt, "0.8")}, "axis-state: Q4-Q1 1W TILT into small, z0 +0.8")
}

// TestVerdictSaysItForZ0 says that the level which makes a rotation one is not
// told a second time.
func TestVerdictSaysItForZ0(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	both := func(s *model.Snapshot) {
		sizeAxis(s, model.StateRotation, "-1.6")
		s.Size.Spread[session.Week].Z0 = fig("-1.6")
		s.Size.Spread[session.Day].Z0 = fig("-1.6")
	}
	sc.see(1, []change{both}, "z0: Q4-Q1 1D z0 -1.6 has reached -1.5", "axis-state: Q4-Q1 1W ROTATION into large, z0 -1.6")
	sc.see(1, []change{both})
}

func TestAxisWindowsAreASetting(t *testing.T) {
	rules := alert.Defaults()
	rules.Windows = []session.Window{session.YearToDate}
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(1, []change{week(model.StateRotation, "-2.1")})
	sc.see(1, []change{func(s *model.Snapshot) {
		s.Verdicts[session.YearToDate].Size = model.AxisVerdict{State: model.StateRotation, Sign: -1, Z0: fig("-1.6")}
	}}, "axis-state: Q4-Q1 YTD ROTATION into large, z0 -1.6")
}

func TestLeverageAxisWithoutASpeaker(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) {
		leverageAxis(s, model.StateRotation, "-1.9")
		s.Verdicts[session.Week].LeverageIn = ""
	}}, "axis-state: H-L 1W ROTATION into low debt/EV, z0 -1.9")
}

func TestHalvesAreCalledByTheirNames(t *testing.T) {
	halves := func(s *model.Snapshot) {
		s.Size.Buckets = s.Size.Buckets[:2]
		s.Size.Buckets[0].ID, s.Size.Buckets[1].ID = "H1", "H2"
	}
	none := func(s *model.Snapshot) { s.Size.Buckets = nil }
	for want, buckets := range map[string]change{"H2-H1": halves, "size": none} {
		sc := newScene(t, alert.Defaults())
		sc.see(0, []change{buckets})
		sc.see(1, []change{buckets, week(model.StateRotation, "-1.6")}, "axis-state: "+want+" 1W ROTATION into large, z0 -1.6")
	}
}

// TestTheLeverageAxisNamesItsSpeakers lets one universe tell of a state and the
// other one of what comes after: the state was not its own.
func TestTheLeverageAxisNamesItsSpeakers(t *testing.T) {
	spoken := func(universe string, state model.AxisState, z0 string) []change {
		return []change{func(s *model.Snapshot) {
			leverageAxis(s, state, z0)
			s.Verdicts[session.Week].LeverageIn = universe
		}}
	}
	for name, tc := range map[string]struct {
		first, then []change
		atOnce      bool // what is weaker is told when it has lasted
		want        string
	}{
		"weaker, in the other universe": {
			spoken("RUT", model.StateExtreme, "3.4"), spoken("RMICRO", model.StateRotation, "1.9"), false,
			"axis-state: Micro H-L 1W ROTATION into high debt/EV, z0 +1.9 (R2000 H-L was EXTREME)",
		},
		"weaker, in the same": {
			spoken("RMICRO", model.StateExtreme, "3.4"), spoken("RMICRO", model.StateRotation, "1.9"), false,
			"axis-state: Micro H-L 1W ROTATION into high debt/EV, z0 +1.9 (was EXTREME)",
		},
		"the other way, in the other universe": {
			spoken("RUT", model.StateExtreme, "3.4"), spoken("RMICRO", model.StateRotation, "-1.9"), true,
			"axis-state: Micro H-L 1W ROTATION into low debt/EV, z0 -1.9",
		},
		"no rotation, and the other universe is nearest to one": {
			spoken("RUT", model.StateRotation, "1.8"), spoken("RMICRO", model.StateNone, "0.4"), false,
			"axis-state: R2000 H-L 1W shows no rotation any more, nor does Micro H-L, z0 +0.4",
		},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.see(0, tc.first)
			for i := range 4 {
				var want []string
				if (i == 0) == tc.atOnce && i < 2 {
					want = []string{tc.want}
				}
				sc.see(10, tc.then, want...)
			}
		})
	}
}
