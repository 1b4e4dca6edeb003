package alert_test

import (
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// at puts the R2000 at a level, against its range of 2,025 to 2,110.
func at(level string) change {
	return func(s *model.Snapshot) {
		i := &s.Indices[0]
		i.Level = fig(level)
		switch v := i.Level.Float(); {
		case v < 2025:
			i.Range.State = model.RangeBelow
		case v > 2110:
			i.Range.State = model.RangeAbove
		}
	}
}

func TestRangeIsLeftAndEnteredAgain(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{at("2060.00")})
	sc.see(20, []change{at("2025.00")}) // the bound belongs to the range
	sc.see(20, []change{at("2024.99")}, "range: R2000 fell below the range low 2,025 (2,024.99)")
	sc.see(20, []change{at("2013.00")})
	// A fifth of a quarter of a weekly sigma of 2.90 % is 0.145 %, 2.94 points.
	sc.see(20, []change{at("2027.93")})
	sc.see(20, []change{at("2027.94")})
	sc.see(10, []change{at("2027.94")}, "range: R2000 is back above the range low 2,025 (2,027.94)")
	sc.see(20, []change{at("2110.01")}, "range: R2000 rose above the range high 2,110 (2,110.01)")
	sc.see(20, []change{at("2107.00")})
	sc.see(20, []change{at("2106.90")})
	sc.see(10, []change{at("2106.90")}, "range: R2000 is back below the range high 2,110 (2,106.90)")
	sc.see(20, []change{at("2000.00")}, "range: R2000 fell below the range low 2,025 (2,000.00)")
	sc.see(20, []change{at("2120.00")}, "range: R2000 rose above the range high 2,110 (2,120.00)")
}

func TestRangeCrossingCoolsDown(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{at("2020.00")}, "range: R2000 fell below the range low 2,025 (2,020.00)")
	for range 4 {
		sc.see(1, []change{at("2040.00")})
		sc.see(1, []change{at("2020.00")})
	}
	sc.see(10, []change{at("2040.00")})
	sc.see(10, []change{at("2040.00")}, "range: R2000 is back above the range low 2,025 (2,040.00)")
}

func TestRangeWaitsForTheVerdict(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{at("2020.00"), withhold})
	sc.see(1, []change{at("2019.00")}, "range: R2000 fell below the range low 2,025 (2,019.00)")
}

func TestIndexWithoutMembersNeedsNoVerdict(t *testing.T) {
	alone := func(s *model.Snapshot) { s.Universes = nil }
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{alone, withhold})
	sc.see(1, []change{alone, withhold, at("2020.00")}, "range: R2000 fell below the range low 2,025 (2,020.00)")
}

func TestNewRangeStartsAnew(t *testing.T) {
	lower := func(s *model.Snapshot) { s.Indices[0].Range.Low = fig("2070.00") }
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{lower})
	sc.see(1, []change{lower})
}

func TestGapOpensOutsideTheRange(t *testing.T) {
	opens := session.NewDate(2025, time.March, 28).At(9, 30)
	for name, tc := range map[string]struct {
		first time.Time
		want  []string
	}{
		"watched from the open": {opens, []string{"range: R2000 fell below the range low 2,025 (2,020.00)"}},
		"watched from later on": {opens.Add(time.Minute), nil},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.now = tc.first
			sc.see(0, []change{withhold})
			sc.see(11, []change{at("2020.00")}, tc.want...)
			sc.see(1, []change{at("2020.00")})
		})
	}
}

func TestSessionThatOpensWhereItClosedHasNoGap(t *testing.T) {
	below := func(s *model.Snapshot) { s.Indices[0].PrevClose = fig("2011.00") }
	sc := newScene(t, alert.Defaults())
	sc.now = session.NewDate(2025, time.March, 28).At(9, 30)
	sc.see(0, []change{below, at("2010.00")})
	sc.see(1, []change{below, at("2009.00")})
	sc.see(9, []change{below, at("2060.00")})
	sc.see(10, []change{below, at("2060.00")}, "range: R2000 is back above the range low 2,025 (2,060.00)")
}

// lowest gives the session's low and highest its high.
func lowest(level string) change { return func(s *model.Snapshot) { s.Indices[0].Low = fig(level) } }

func highest(level string) change { return func(s *model.Snapshot) { s.Indices[0].High = fig(level) } }

func TestNewExtremesOfWeekAndMonth(t *testing.T) {
	for name, tc := range map[string]struct {
		beyond, further, bound change
		want                   string
	}{
		"low of the week": {
			lowest("2057.59"), lowest("2013.00"), lowest("2057.60"),
			"week-low: R2000 new low of the week, 2,057.59 (before: 2,057.60)",
		},
		"high of the week": {
			highest("2110.55"), highest("2150.00"), highest("2110.54"),
			"week-high: R2000 new high of the week, 2,110.55 (before: 2,110.54)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.see(0, nil)
			sc.see(20, []change{tc.bound})
			sc.see(20, []change{tc.beyond}, tc.want)
			sc.see(20, []change{tc.further})
			sc.see(20, []change{tc.further, withhold})
			sc.see(20, []change{tc.further})

			late := newScene(t, alert.Defaults())
			late.see(0, []change{tc.beyond}) // nobody knows when that was
			late.see(20, []change{tc.further})

			waits := newScene(t, alert.Defaults())
			waits.see(0, nil)
			waits.see(1, []change{tc.beyond, withhold})
			waits.see(1, []change{tc.beyond}, tc.want)

			gap := newScene(t, alert.Defaults())
			gap.now = session.NewDate(2025, time.March, 28).At(9, 30)
			gap.see(0, []change{tc.beyond, withhold})
			gap.see(10, []change{tc.beyond}, tc.want)
		})
	}
}

func TestNewExtremesOfBothSpansAreBothTold(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(1, []change{lowest("1990.00")},
		"week-low: R2000 new low of the week, 1,990.00 (before: 2,057.60)",
		"month-low: R2000 new low of the month, 1,990.00 (before: 1,993.69)")
	sc.see(1, []change{lowest("1990.00"), highest("2170.00")},
		"week-high: R2000 new high of the week, 2,170.00 (before: 2,110.54)",
		"month-high: R2000 new high of the month, 2,170.00 (before: 2,163.00)")
}

func TestFirstSessionOfAWeekHasNoExtremesToBeat(t *testing.T) {
	first := func(s *model.Snapshot) { s.Indices[0].PriorLow[session.Week] = fig("") }
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{first})
	sc.see(1, []change{first, lowest("2000.00")})
}

// closed is the moment of the official close at a level.
func closed(level string) change {
	return func(s *model.Snapshot) {
		at(level)(s)
		s.Clock.Phase = session.Post
		i := &s.Indices[0]
		i.Official, i.MonthRank = true, 3
		i.Returns[session.Day] = fig("-2.05")
	}
}

func TestOfficialCloseIsAFact(t *testing.T) {
	want := []string{
		"range-close: R2000 closed below the range low 2,025 (2,023.27)",
		"worst-day: R2000 third worst day of March (-2.05 %)",
	}
	t.Run("at the close", func(t *testing.T) {
		sc := newScene(t, alert.Defaults())
		sc.see(0, []change{at("2024.00")})
		sc.see(300, []change{closed("2023.27")}, want...)
		sc.see(1, []change{closed("2023.27")})
	})
	t.Run("at the first look", func(t *testing.T) {
		sc := newScene(t, alert.Defaults())
		sc.see(301, []change{closed("2023.27")}, want...)
		sc.see(60, []change{closed("2023.27")})
	})
	t.Run("whatever the coverage", func(t *testing.T) {
		sc := newScene(t, alert.Defaults())
		sc.see(300, []change{closed("2023.27"), withhold}, want...)
	})
	t.Run("not on the days after", func(t *testing.T) {
		sc := newScene(t, alert.Defaults())
		sc.now = sc.now.AddDate(0, 0, 1)
		sc.see(0, []change{closed("2023.27")})
		sc.now = sc.now.AddDate(0, 0, 2)
		sc.see(0, []change{closed("2023.27")})
	})
	t.Run("once in each session", func(t *testing.T) {
		sc := newScene(t, alert.Defaults())
		sc.see(300, []change{closed("2023.27")}, want...)
		sc.now = sc.now.AddDate(0, 0, 3)
		sc.see(0, []change{closed("2011.91"), onMonday},
			"range-close: R2000 closed below the range low 2,025 (2,011.91)",
			"worst-day: R2000 third worst day of March (-2.05 %)")
	})
}

func TestClose(t *testing.T) {
	rank := func(rank, days int, day string) change {
		return func(s *model.Snapshot) {
			i := &s.Indices[0]
			i.MonthRank, i.MonthDays = rank, days
			i.Returns[session.Day] = fig(day)
		}
	}
	for name, tc := range map[string]struct {
		changes []change
		want    []string
	}{
		"above the range": {
			[]change{closed("2110.01"), rank(20, 20, "1.00")},
			[]string{"range-close: R2000 closed above the range high 2,110 (2,110.01)"},
		},
		"inside the range": {[]change{closed("2060.00"), rank(9, 20, "-0.10")}, nil},
		"the worst day": {
			[]change{closed("2060.00"), rank(1, 20, "-2.81")},
			[]string{"worst-day: R2000 worst day of March (-2.81 %)"},
		},
		"the fourth worst":                     {[]change{closed("2060.00"), rank(4, 20, "-1.96")}, nil},
		"few days to be compared with":         {[]change{closed("2060.00"), rank(1, 3, "-2.81")}, nil},
		"the worst of good days is not bad":    {[]change{closed("2060.00"), rank(1, 5, "0.10")}, nil},
		"no rank":                              {[]change{closed("2060.00"), rank(0, 0, "-2.81")}, nil},
		"no range and no rank, nothing to say": {[]change{closed("2060.00"), rank(0, 0, ""), func(s *model.Snapshot) { s.Indices[0].Range = nil }}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			sc := newScene(t, alert.Defaults())
			sc.see(300, tc.changes, tc.want...)
		})
	}
}

func TestAfterTheOfficialCloseNothingCrosses(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.see(300, []change{closed("2060.00"), func(s *model.Snapshot) {
		near(s, "-0.10", "3.00")
		s.Indices[0].MonthRank = 9
	}, lowest("1900.00")})
}
