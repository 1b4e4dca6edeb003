package alert_test

import (
	"slices"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
)

// feed sets how the source is doing.
func feed(phase model.FeedPhase) change {
	return func(s *model.Snapshot) {
		s.Feed.Phase = phase
		if phase == model.FeedStale {
			s.Feed.Age = 42*time.Second + 300*time.Millisecond
		}
	}
}

const (
	stale   = "feed-stale: feed poll is stale: nothing for 42s"
	failing = "feed-failing: feed poll is failing"
	isBack  = "feed-back: feed poll is back"
)

func TestFeedInTroubleAndBack(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(20, []change{feed(model.FeedStale)}, stale)
	sc.see(1, []change{feed(model.FeedStale)})
	sc.see(1, []change{feed(model.FeedFailing)}, failing)
	sc.see(1, []change{feed(model.FeedStale)}) // a failing feed that is stale again is no news
	sc.see(1, nil, isBack)
	sc.see(1, nil)
}

func TestFeedInTroubleAtTheFirstLookIsAFact(t *testing.T) {
	for phase, want := range map[model.FeedPhase]string{model.FeedStale: stale, model.FeedFailing: failing} {
		sc := newScene(t, alert.Defaults())
		sc.see(0, []change{feed(phase)}, want)
		sc.see(1, []change{feed(phase)})
		sc.see(1, nil, isBack)
	}
}

func TestFeedThatFlapsCoolsDown(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{feed(model.FeedStale)}, stale)
	sc.see(1, nil, isBack)
	for range 3 {
		sc.see(1, []change{feed(model.FeedStale)})
		sc.see(1, nil) // what was not told is not taken back
	}
	sc.see(1, []change{feed(model.FeedStale)})
	sc.see(1, []change{feed(model.FeedStale)})
	sc.see(1, []change{feed(model.FeedStale)}, stale)
}

func TestFeedThatConnectsOrEndsIsNoTrouble(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{feed(model.FeedConnecting)})
	sc.see(1, nil)
	sc.see(1, []change{feed(model.FeedEnded)})
}

func TestFeedTroubleLastsOverTheOpenOfASession(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{feed(model.FeedStale)}, stale)
	sc.now = sc.now.AddDate(0, 0, 3)
	sc.see(0, []change{feed(model.FeedStale), onMonday})
	sc.see(1, []change{onMonday}, isBack)
}

func coverage(pct string) change {
	return func(s *model.Snapshot) { s.Universes[0].Pct = fig(pct) }
}

func TestCoverageFallsByLevels(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{coverage("90.0")})
	sc.see(1, []change{coverage("89.9")}, "coverage: R2000 coverage 89.9 %, below 90")
	sc.see(1, []change{coverage("80.0")})
	sc.see(1, []change{coverage("79.9")}, "coverage: R2000 coverage 79.9 %, below 80: too little for a verdict")
	sc.see(20, []change{coverage("84.0")}) // enough for the red level only
	sc.see(20, []change{coverage("79.0")}, "coverage: R2000 coverage 79.0 %, below 80: too little for a verdict")
	sc.see(20, []change{coverage("92.0")}) // enough for both
	sc.see(20, []change{coverage("70.0")}, "coverage: R2000 coverage 70.0 %, below 80: too little for a verdict")
	sc.see(20, []change{coverage("85.0")}) // amber went with it
}

func TestCoverageThatGrowsAfterTheOpenIsNoAlarm(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.now = start().Add(-90 * time.Minute)
	for _, pct := range []string{"0.0", "35.0", "62.0", "79.0", "85.0", "91.0", "95.0", "97.0"} {
		sc.see(1, []change{coverage(pct), withhold})
	}
	sc.see(1, []change{coverage("97.0")})
	sc.see(20, []change{coverage("75.0")}, "coverage: R2000 coverage 75.0 %, below 80: too little for a verdict")
}

func TestUniverseWithoutMembersIsNotWatched(t *testing.T) {
	empty := func(s *model.Snapshot) { s.Universes[0] = model.Coverage{Universe: "RUT", Pct: fig("0.0"), Halted: 9} }
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{empty})
}

func TestHaltsAreAShareOfTheUniverse(t *testing.T) {
	halted := func(n int) change {
		return func(s *model.Snapshot) { s.Universes[1].Halted = n }
	}
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{halted(15)}) // one percent of 1,500
	sc.see(1, []change{halted(16)}, "halts: 16 of 1500 names of Micro are halted")
	sc.see(20, []change{halted(13)})
	sc.see(20, []change{halted(16)})
	sc.see(20, []change{halted(12)})
	sc.see(20, []change{halted(16)}, "halts: 16 of 1500 names of Micro are halted")
}

func TestHaltsOfTheHeaviestNames(t *testing.T) {
	heavy := func(halted ...string) []change {
		return []change{func(s *model.Snapshot) {
			for _, symbol := range []string{"S0001", "S0002", "S0003"} {
				s.Quality.Heaviest = append(s.Quality.Heaviest, model.Heavy{Symbol: symbol, Halted: slices.Contains(halted, symbol)})
			}
		}}
	}
	first := "halts: S0001 is halted, one of the 3 heaviest names of R2000"
	third := "halts: S0003 is halted, one of the 3 heaviest names of R2000"
	sc := newScene(t, alert.Defaults())
	sc.see(0, heavy("S0002")) // at the first look it is how things stand
	sc.see(1, heavy("S0002", "S0001"), first)
	sc.see(1, heavy("S0001", "S0003"), third)
	sc.see(1, heavy("S0003"))
	sc.see(5, heavy("S0001", "S0003")) // the same story
	sc.see(5, heavy())
	sc.see(10, heavy("S0003", "S0001"), first, third)
}

func TestThresholdOfZeroEndsAtNothing(t *testing.T) {
	rules := alert.Defaults()
	rules.HaltPercent = 0
	one := func(s *model.Snapshot) { s.Universes[0].Halted = 1 }
	sc := newScene(t, rules)
	sc.see(0, nil)
	sc.see(20, []change{one}, "halts: 1 of 1960 names of R2000 are halted")
	sc.see(20, nil)
	sc.see(20, []change{one}, "halts: 1 of 1960 names of R2000 are halted")
}
