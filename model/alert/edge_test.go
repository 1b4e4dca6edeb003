package alert_test

import (
	"testing"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// edge is one rule about one subject: on raises it, between is neither beyond
// the threshold nor back by the hysteresis. Quiet is off.
type edge struct {
	on, between change
	want        string
	off         string // what is told when it turns off again, "" for nothing
	atOnce      bool   // off is told at once, not when it has lasted
	data        bool   // about the data: not held back while the verdict is withheld
}

// end shows quiet snapshots until what was on is over, and told to be over.
func (sc *scene) end(e edge) {
	sc.t.Helper()
	var first, then []string
	switch {
	case e.off != "" && e.atOnce:
		first = []string{e.off}
	case e.off != "":
		then = []string{e.off}
	}
	sc.see(10, nil, first...)
	sc.see(10, nil, then...)
	sc.see(10, nil)
}

func edges() map[string]edge {
	return map[string]edge{
		"size axis": {
			on:      func(s *model.Snapshot) { sizeAxis(s, model.StateRotation, "-2.1") },
			between: func(s *model.Snapshot) { sizeAxis(s, model.StateTilt, "-1.3") },
			want:    "axis-state: Q4-Q1 1W ROTATION into large, z0 -2.1",
			off:     "axis-state: Q4-Q1 1W shows no rotation any more, z0 -0.4",
		},
		"leverage axis": {
			on:      func(s *model.Snapshot) { leverageAxis(s, model.StateExtreme, "3.1") },
			between: func(s *model.Snapshot) { leverageAxis(s, model.StateRotation, "2.9") },
			want:    "axis-state: Micro H-L 1W EXTREME into high debt/EV, z0 +3.1",
			off:     "axis-state: Micro H-L 1W shows no rotation any more, z0 +0.4",
		},
		"spread flip": {
			on:      func(s *model.Snapshot) { s.Size.Spread[session.Week] = spread("0.35", "0.30", "0.5") },
			between: func(s *model.Snapshot) { s.Size.Spread[session.Week] = spread("-0.30", "-0.30", "-0.4") },
			want:    "spread-flip: Q4-Q1 1W has turned positive, +0.35 pp",
			off:     "spread-flip: Q4-Q1 1W has turned negative, -0.40 pp", atOnce: true,
		},
		"pair flip": {
			on:      func(s *model.Snapshot) { pairSpread(s, "0.20", "0.9") },
			between: func(s *model.Snapshot) { pairSpread(s, "-0.09", "-0.4") },
			want:    "spread-flip: R2000-S&P 500 1D has turned positive, +0.20 pp",
			off:     "spread-flip: R2000-S&P 500 1D has turned negative, -0.21 pp", atOnce: true,
		},
		"z0": {
			on:      func(s *model.Snapshot) { s.Leverage[1].Spread[session.Week].Z0 = fig("2.0") },
			between: func(s *model.Snapshot) { s.Leverage[1].Spread[session.Week].Z0 = fig("1.7") },
			want:    "z0: Micro H-L 1W z0 +2.0 has reached +2",
		},
		"negative z0": {
			on:      func(s *model.Snapshot) { s.Size.Spread[session.Day].Z0 = fig("-1.6") },
			between: func(s *model.Snapshot) { s.Size.Spread[session.Day].Z0 = fig("-1.3") },
			want:    "z0: Q4-Q1 1D z0 -1.6 has reached -1.5",
		},
		"mean and median": {
			on:      func(s *model.Snapshot) { differ(s, "-1.4") },
			between: func(s *model.Snapshot) { differ(s, "-1.2") },
			want:    "mean-median: Q4-Q1 1W mean and median differ in sign: mean -1.60, median +0.11 pp",
		},
		"low breadth": {
			on:      func(s *model.Snapshot) { advancing(s, "19", 3) },
			between: func(s *model.Snapshot) { advancing(s, "23", 3) },
			want:    "breadth: 1D few names advance: Q4 19 %",
		},
		"high breadth": {
			on:      func(s *model.Snapshot) { advancing(s, "81", 0) },
			between: func(s *model.Snapshot) { advancing(s, "77", 0) },
			want:    "breadth: 1D nearly all names advance: Q1 81 %",
		},
		"near the low": {
			on:      func(s *model.Snapshot) { near(s, "-0.72", "3.50") },
			between: func(s *model.Snapshot) { near(s, "-0.86", "3.30") },
			want:    "range-near: R2000 is within 0.25 weekly sigmas of the range low 2,025 (2,060.00)",
		},
		"near the high": {
			on:      func(s *model.Snapshot) { near(s, "-3.50", "0.72") },
			between: func(s *model.Snapshot) { near(s, "-3.30", "0.86") },
			want:    "range-near: R2000 is within 0.25 weekly sigmas of the range high 2,110 (2,060.00)",
		},
		"reconcile": {
			on:      func(s *model.Snapshot) { reconcile(s, "-1.12", "0.520") },
			between: func(s *model.Snapshot) { reconcile(s, "-1.39", "0.250") },
			want:    "reconcile: R2000 members imply -1.12 % over 1D, the index says -1.64 %: gap +0.520 pp",
		},
		"reconcile below": {
			on:      func(s *model.Snapshot) { reconcile(s, "-1.95", "-0.310") },
			between: func(s *model.Snapshot) { reconcile(s, "-1.93", "-0.300") },
			want:    "reconcile: R2000 members imply -1.95 % over 1D, the index says -1.64 %: gap -0.310 pp",
		},
		"amber coverage": {
			on:      func(s *model.Snapshot) { s.Universes[0].Pct = fig("89.9") },
			between: func(s *model.Snapshot) { s.Universes[0].Pct = fig("91.9") },
			want:    "coverage: R2000 coverage 89.9 %, below 90", data: true,
		},
		"red coverage": {
			on:      func(s *model.Snapshot) { s.Universes[1].Pct = fig("62.0") },
			between: func(s *model.Snapshot) { s.Universes[1].Pct = fig("83.9") },
			want:    "coverage: Micro coverage 62.0 %, below 80: too little for a verdict", data: true,
		},
		"halts": {
			on:      func(s *model.Snapshot) { s.Universes[0].Halted = 20 },
			between: func(s *model.Snapshot) { s.Universes[0].Halted = 16 },
			want:    "halts: 20 of 1960 names of R2000 are halted", data: true,
		},
	}
}

func sizeAxis(s *model.Snapshot, state model.AxisState, z0 string) {
	s.Verdicts[session.Week].Size = model.AxisVerdict{State: state, Sign: fig(z0).Sign(), Z0: fig(z0)}
}

func leverageAxis(s *model.Snapshot, state model.AxisState, z0 string) {
	s.Verdicts[session.Week].Leverage = model.AxisVerdict{State: state, Sign: fig(z0).Sign(), Z0: fig(z0)}
}

// differ makes mean and median differ in sign.
func differ(s *model.Snapshot, z0 string) {
	s.Size.Spread[session.Week] = spread("-1.60", "0.11", z0)
	s.Size.Spread[session.Week].Differ = true
}

func pairSpread(s *model.Snapshot, points, z0 string) {
	s.Pair.Spread[session.Day], s.Pair.Z0[session.Day] = fig(points), fig(z0)
}

func advancing(s *model.Snapshot, pct string, buckets ...int) {
	for _, b := range buckets {
		s.Size.Buckets[b].Groups[session.Day].Advancing = fig(pct)
	}
}

func near(s *model.Snapshot, toLow, toHigh string) {
	s.Indices[0].Range.ToLowPct, s.Indices[0].Range.ToHighPct = fig(toLow), fig(toHigh)
}

func reconcile(s *model.Snapshot, implied, gap string) {
	s.Size.Recon[session.Day].Implied, s.Size.Recon[session.Day].Gap = fig(implied), fig(gap)
}

// edgeRules are the usual ones, except that mean and median matter a little
// below the first level of z0, so that each edge is one alert.
func edgeRules() alert.Rules {
	rules := alert.Defaults()
	rules.DifferSigmas = 1.4
	return rules
}

// eachEdge runs a test for every rule.
func eachEdge(t *testing.T, test func(t *testing.T, e edge, sc *scene)) {
	t.Helper()
	for name, e := range edges() {
		t.Run(name, func(t *testing.T) { test(t, e, newScene(t, edgeRules())) })
	}
}

func TestQuietMarketRaisesNothing(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	for range 60 {
		sc.see(1, nil)
	}
}

func TestEdgeIsToldOnceWhileItLasts(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on}, e.want)
		for range 30 {
			sc.see(1, []change{e.on})
		}
	})
}

func TestFirstSnapshotIsHowThingsStand(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, []change{e.on})
		sc.see(1, []change{e.on})
		sc.end(e)
		sc.see(1, []change{e.on}, e.want)
	})
}

func TestHysteresisKeepsAnEdgeOn(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on}, e.want)
		for range 3 {
			for range 20 {
				sc.see(1, []change{e.between})
			}
			sc.see(1, []change{e.on})
		}
	})
}

func TestEdgeIsToldAgainAfterItHasEnded(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		for range 3 {
			sc.see(1, []change{e.on}, e.want)
			sc.end(e)
		}
	})
}

func TestCooldownSwallowsWhatComesAndGoes(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on}, e.want)
		for range 4 {
			sc.see(1, nil)
			sc.see(1, []change{e.on})
		}
		sc.end(e)
	})
}

func TestWhatComesBackBeforeTheCooldownIsTheSameStory(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		if e.off != "" {
			return // its way off is told: see TestAxisThatFlickers
		}
		sc.see(0, nil)
		sc.see(1, []change{e.on}, e.want)
		for range 3 {
			sc.see(30, nil)
			sc.see(9, []change{e.on})
			sc.see(30, []change{e.on})
		}
		sc.see(1, nil)
		sc.see(10, []change{e.on}, e.want)
	})
}

func TestWithheldVerdictHoldsTheMarketBack(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		var now, later []string
		if e.data {
			now = []string{e.want}
		} else {
			later = []string{e.want}
		}
		sc.see(0, nil)
		sc.see(1, []change{e.on, withhold}, now...)
		sc.see(1, []change{e.on, withhold})
		sc.see(1, []change{e.on}, later...)
		sc.see(1, []change{e.on})
	})
}

func TestWhatPassesWhileTheVerdictIsWithheldIsNotTold(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		if e.data {
			return
		}
		sc.see(0, nil)
		sc.see(1, []change{e.on, withhold})
		sc.see(1, nil)
		sc.see(1, []change{withhold})
		sc.see(1, nil)
	})
}

func TestAfterTheCloseTheMarketIsSilent(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		if e.data {
			return
		}
		sc.see(300, nil) // 16:00
		sc.see(1, []change{e.on})
		sc.see(1, []change{e.on})
	})
}

func TestSessionWithoutPricesBeginsWithTheFirstVerdict(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		if e.data {
			return
		}
		sc.see(0, []change{withhold})
		sc.see(5, []change{withhold})
		sc.see(5, []change{e.on})
		sc.see(1, []change{e.on})
	})
}

func TestNewEpochForgets(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on, nextEpoch})
		sc.see(1, []change{e.on, nextEpoch})
	})
}

func TestNewSessionBeginsAnew(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.now = sc.now.AddDate(0, 0, 3)
		sc.see(0, []change{e.on, onMonday})
		sc.see(1, []change{e.on, onMonday})
	})
}

func TestStepBackForgets(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(-1, []change{e.on})
		sc.see(1, []change{e.on})
	})
}

func TestAnotherQueryForgets(t *testing.T) {
	ranked := func(s *model.Snapshot) { s.Query.Rank = model.RankNow }
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on, ranked})
		sc.see(1, []change{e.on, ranked})
	})
}

func TestKindThatIsOffIsNotTold(t *testing.T) {
	for name, e := range edges() {
		t.Run(name, func(t *testing.T) {
			rules := edgeRules()
			rules.Off = alert.Kinds()
			sc := newScene(t, rules)
			sc.see(0, nil)
			sc.see(1, []change{e.on})
		})
	}
}

func TestUnknownFiguresChangeNothing(t *testing.T) {
	eachEdge(t, func(_ *testing.T, e edge, sc *scene) {
		sc.see(0, nil)
		sc.see(1, []change{e.on}, e.want)
		for range 20 {
			sc.see(1, []change{unknown})
		}
		sc.see(1, []change{e.on})
	})
}

// TestWindowsWithOneBaseSpeakOnce is about Mondays, when the week is the day.
func TestWindowsWithOneBaseSpeakOnce(t *testing.T) {
	monday := func(s *model.Snapshot) {
		s.Windows[session.Day].Base, s.Windows[session.Week].Base = 20170, 20170
		for _, w := range []session.Window{session.Day, session.Week} {
			s.Size.Spread[w].Z0 = fig("-2.0")
		}
	}
	tuesday := func(s *model.Snapshot) {
		monday(s)
		s.Windows[session.Week].Base--
	}
	for name, tc := range map[string]struct {
		change change
		want   []string
	}{
		"one base":  {monday, []string{"z0: Q4-Q1 1D z0 -2.0 has reached -2"}},
		"two bases": {tuesday, []string{"z0: Q4-Q1 1D z0 -2.0 has reached -2", "z0: Q4-Q1 1W z0 -2.0 has reached -2"}},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.see(0, nil)
			sc.see(1, []change{tc.change}, tc.want...)
		})
	}
}
