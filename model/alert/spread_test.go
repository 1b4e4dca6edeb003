package alert_test

import (
	"testing"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// sizeSpread is the day's spread, without a z0.
func sizeSpread(mean string) change {
	return func(s *model.Snapshot) { s.Size.Spread[session.Day] = spread(mean, "", "") }
}

func TestSignNearZeroIsNoSign(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{sizeSpread("-0.40")})
	for _, mean := range []string{"-0.05", "0.00", "0.09", "-0.09", "0.05"} {
		sc.see(20, []change{sizeSpread(mean)})
	}
	sc.see(20, []change{sizeSpread("0.10")}, "spread-flip: Q4-Q1 1D has turned positive, +0.10 pp")
	for _, mean := range []string{"0.05", "-0.09", "0.30"} {
		sc.see(20, []change{sizeSpread(mean)})
	}
	sc.see(20, []change{sizeSpread("-0.10")}, "spread-flip: Q4-Q1 1D has turned negative, -0.10 pp")
}

func TestSignIsMeasuredInSigmasWhereTheyAreKnown(t *testing.T) {
	with := func(mean, z0 string) change {
		return func(s *model.Snapshot) { s.Size.Spread[session.Day] = spread(mean, "", z0) }
	}
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{with("-0.40", "-0.8")})
	sc.see(20, []change{with("0.20", "0.4")})
	sc.see(20, []change{with("0.05", "0.5")}, "spread-flip: Q4-Q1 1D has turned positive, +0.05 pp")
	sc.see(20, []change{with("-0.20", "-0.4")})
	sc.see(20, []change{with("-0.25", "-0.5")}, "spread-flip: Q4-Q1 1D has turned negative, -0.25 pp")
}

func TestFlipWaitsForTheCooldown(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{sizeSpread("-0.40")})
	sc.see(1, []change{sizeSpread("0.40")}, "spread-flip: Q4-Q1 1D has turned positive, +0.40 pp")
	for range 9 {
		sc.see(1, []change{sizeSpread("-0.40")})
	}
	sc.see(1, []change{sizeSpread("-0.40")}, "spread-flip: Q4-Q1 1D has turned negative, -0.40 pp")
}

func TestFirstSignIsNoFlip(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{sizeSpread("0.02")})
	sc.see(1, []change{sizeSpread("0.40")})
	sc.see(1, []change{sizeSpread("-0.40")}, "spread-flip: Q4-Q1 1D has turned negative, -0.40 pp")
}

// TestMeanAndMedian is about when it matters that they differ.
func TestMeanAndMedian(t *testing.T) {
	with := func(mean, z0 string, differs bool) change {
		return func(s *model.Snapshot) {
			s.Size.Spread[session.Day] = spread(mean, "0.02", z0)
			s.Size.Spread[session.Day].Differ = differs
		}
	}
	rules := alert.Defaults()
	rules.ZLevels = nil
	const want = "mean-median: Q4-Q1 1D mean and median differ in sign: mean -0.60, median +0.02 pp"
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(20, []change{with("-0.60", "-1.4", true)}) // too small a spread
	sc.see(20, []change{with("-0.60", "-1.5", true)}, want)
	sc.see(20, []change{with("-0.60", "-1.3", true)})
	sc.see(20, []change{with("-0.60", "-1.5", true)})
	sc.see(20, []change{with("-0.60", "-1.2", true)}) // over
	sc.see(20, []change{with("-0.60", "-1.5", true)}, want)
	sc.see(20, []change{with("-0.60", "-1.5", false)}) // they agree
	sc.see(20, []change{with("-0.60", "", true)}, want)
	sc.see(20, []change{with("-0.09", "", true)}) // too small where sigma is not known
	sc.see(20, []change{with("-0.60", "", true)}, want)
}

func TestHighestZ0LevelSpeaks(t *testing.T) {
	at := func(z0 string) change {
		return func(s *model.Snapshot) { s.Size.Spread[session.Week].Z0 = fig(z0) }
	}
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{at("-2.3")}, "z0: Q4-Q1 1W z0 -2.3 has reached -2")
	sc.see(1, []change{at("-3.0")}, "z0: Q4-Q1 1W z0 -3.0 has reached -3")
	sc.see(20, []change{at("-2.5")}) // still within the hysteresis of 3
	sc.see(20, []change{at("-3.1")})
	sc.see(20, []change{at("-1.3")}) // 3 and 2 are over, 1.5 is not
	sc.see(20, []change{at("-1.6")})
	sc.see(20, []change{at("-2.0")}, "z0: Q4-Q1 1W z0 -2.0 has reached -2")
	sc.see(20, []change{at("1.5")}, "z0: Q4-Q1 1W z0 +1.5 has reached +1.5")
}

func TestZ0LevelsAreASetting(t *testing.T) {
	rules := alert.Defaults()
	rules.ZLevels = []float64{2.5}
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) { s.Pair.Z0[session.Day] = fig("2.4") }})
	sc.see(1, []change{func(s *model.Snapshot) { s.Pair.Z0[session.Day] = fig("2.5") }}, "z0: R2000-S&P 500 1D z0 +2.5 has reached +2.5")
}

func TestPairThatIsNotThereIsNotWatched(t *testing.T) {
	away := func(s *model.Snapshot) { s.Pair.Known = false }
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{away, func(s *model.Snapshot) { s.Pair.Spread[session.Day], s.Pair.Z0[session.Day] = fig("2.00"), fig("3.0") }})
}

// leverage sets the spreads of both universes over the week.
func leverage(russell, micro string) change {
	return func(s *model.Snapshot) {
		s.Leverage[0].Spread[session.Week] = spread(russell, "", "")
		s.Leverage[1].Spread[session.Week] = spread(micro, "", "")
	}
}

func TestLeverageSpreadsDisagree(t *testing.T) {
	const split = "leverage-split: R2000 H-L +0.30 pp, but Micro H-L -0.50 pp over 1W"
	flipped := "spread-flip: Micro H-L 1W has turned negative, -0.50 pp"
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{leverage("0.30", "0.50")})
	sc.see(20, []change{leverage("0.30", "-0.50")}, flipped, split)
	sc.see(20, []change{leverage("0.30", "-0.50")})
	sc.see(20, []change{leverage("0.05", "-0.50")}) // near zero it neither agrees nor disagrees
	sc.see(20, []change{leverage("0.30", "-0.50")})
	sc.see(20, []change{leverage("-0.30", "-0.50")}, "spread-flip: R2000 H-L 1W has turned negative, -0.30 pp")
	sc.see(20, []change{leverage("0.30", "-0.50")}, "spread-flip: R2000 H-L 1W has turned positive, +0.30 pp", split)
}

func TestLeverageSplitNeedsTwoUniverses(t *testing.T) {
	for name, alter := range map[string]change{
		"one universe": func(s *model.Snapshot) { s.Leverage = s.Leverage[:1] },
		"one figure":   leverage("0.30", ""),
		"both weak":    leverage("0.09", "-0.09"),
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.see(0, nil)
			sc.see(1, []change{alter})
		})
	}
}

func TestBucketsThatTurnTogetherShareAnAlert(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) { advancing(s, "18", 1, 2) }}, "breadth: 1D few names advance: Q2 18 %, Q3 18 %")
	sc.see(1, []change{func(s *model.Snapshot) { advancing(s, "12", 1, 2, 3) }}, "breadth: 1D few names advance: Q4 12 %")
	sc.see(1, []change{func(s *model.Snapshot) { advancing(s, "95", 0, 1, 2, 3) }},
		"breadth: 1D nearly all names advance: Q1 95 %, Q2 95 %, Q3 95 %, Q4 95 %")
}

func TestBreadthAtTheBoundIsUsual(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{func(s *model.Snapshot) { advancing(s, "20", 0); advancing(s, "80", 1) }})
}
