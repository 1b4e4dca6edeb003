package alert_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

func TestNothingToSee(t *testing.T) {
	for name, s := range map[string]*model.Snapshot{
		"no snapshot":       nil,
		"empty snapshot":    {},
		"only a time":       {AsOf: start()},
		"only names":        {AsOf: start(), Indices: []model.Index{{Symbol: "RUT", Official: true}}, Leverage: make([]model.Leverage, 2), Universes: make([]model.Coverage, 2)},
		"only a calendar":   {AsOf: start(), Calendar: make([]model.CalendarEntry, 3)},
		"unknown phase":     {AsOf: start(), Feed: model.Feed{Phase: 99}},
		"impossible states": {AsOf: start(), Verdicts: model.PerWindow[model.Verdict]{{Size: model.AxisVerdict{State: 99, Sign: 7}}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := alert.NewWatch(alert.Defaults())
			for range 3 {
				if got := w.See(s); len(got) > 0 {
					t.Errorf("got %v", got)
				}
			}
		})
	}
}

func TestEmptySnapshotIsPassedOver(t *testing.T) {
	sc := newScene(t, alert.Defaults())
	sc.see(0, nil)
	sc.watch.See(&model.Snapshot{Epoch: 1})
	sc.see(1, []change{feed(model.FeedFailing)}, failing)
}

func TestWindowsThatAreNoneArePassedOver(t *testing.T) {
	rules := alert.Defaults()
	rules.Windows = []session.Window{99, session.Day}
	w := alert.NewWatch(rules)
	for range 2 {
		if got := w.See(quiet()); len(got) > 0 {
			t.Errorf("got %v", got)
		}
	}
}

func TestWithoutRulesNothingOfTheMarketIsTold(t *testing.T) {
	w := alert.NewWatch(alert.Rules{})
	w.See(quiet())
	s := quiet()
	for _, e := range edges() {
		e.on(s)
	}
	s.Universes = quiet().Universes
	if got := w.See(s); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestSeverity(t *testing.T) {
	for name, tc := range map[string]struct {
		change change
		want   model.Severity
	}{
		"good to know":  {func(s *model.Snapshot) { near(s, "-0.10", "3.00") }, model.SeverityInfo},
		"worth a look":  {func(s *model.Snapshot) { sizeAxis(s, model.StateRotation, "-1.9") }, model.SeverityNotice},
		"trust it less": {coverage("50.0"), model.SeverityUrgent},
	} {
		t.Run(name, func(t *testing.T) {
			w := alert.NewWatch(alert.Defaults())
			w.See(quiet())
			s := quiet()
			tc.change(s)
			got := w.See(s)
			if len(got) != 1 || got[0].Severity != tc.want {
				t.Errorf("got %v, want one that is %s", got, tc.want)
			}
		})
	}
}

// TestFridayOfTheNote plays the session of 28 March 2025 as its index went:
// a fall through the week's low at the open, below the range at noon, the low
// of the day at 13:35, and the close 1.73 points below the range.
func TestFridayOfTheNote(t *testing.T) {
	price := func(level, low, high string) change {
		return func(s *model.Snapshot) {
			at(level)(s)
			lowest(low)(s)
			highest(high)(s)
		}
	}
	sc := newScene(t, alert.Defaults())
	sc.now = session.NewDate(2025, time.March, 28).At(9, 30)
	sc.see(0, []change{withhold, price("2063.31", "2063.31", "2063.31")})
	sc.see(8, []change{withhold, price("2052.00", "2051.80", "2063.31")})
	sc.see(3, []change{price("2050.00", "2050.00", "2063.31")}, "week-low: R2000 new low of the week, 2,050.00 (before: 2,057.60)")
	sc.see(109, []change{price("2033.00", "2033.00", "2063.31"), func(s *model.Snapshot) { near(s, "-0.39", "3.79") }},
		"range-near: R2000 is within 0.25 weekly sigmas of the range low 2,025 (2,033.00)")
	sc.see(40, []change{price("2024.10", "2024.10", "2063.31")}, "range: R2000 fell below the range low 2,025 (2,024.10)")
	sc.see(85, []change{price("2013.00", "2013.00", "2063.31")})
	sc.see(145, []change{price("2023.27", "2013.00", "2063.31"), closed("2023.27")},
		"range-close: R2000 closed below the range low 2,025 (2,023.27)",
		"worst-day: R2000 third worst day of March (-2.05 %)")
	sc.see(60, []change{price("2023.27", "2013.00", "2063.31"), closed("2023.27")})
}

// anyChange makes a snapshot differ at random.
func anyChange() *rapid.Generator[change] {
	number := func(t *rapid.T, places int32) string {
		if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
			return ""
		}
		return decimal.New(rapid.Int64Range(-5000, 5000).Draw(t, "number"), -places).StringFixed(places)
	}
	return rapid.Custom(func(t *rapid.T) change {
		w := rapid.IntRange(0, session.WindowCount-1).Draw(t, "window")
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0:
			v := model.AxisVerdict{State: model.AxisState(rapid.IntRange(0, 4).Draw(t, "state")), Sign: rapid.IntRange(-1, 1).Draw(t, "sign"), Z0: fig(number(t, 1))}
			return func(s *model.Snapshot) { s.Verdicts[w].Size = v }
		case 1:
			v := spread(number(t, 2), number(t, 2), number(t, 1))
			v.Differ = rapid.Bool().Draw(t, "differ")
			return func(s *model.Snapshot) { s.Size.Spread[w] = v }
		case 2:
			v := spread(number(t, 2), number(t, 2), number(t, 1))
			return func(s *model.Snapshot) { s.Leverage[1].Spread[w] = v }
		case 3:
			level := number(t, 2)
			return at(level)
		case 4:
			return coverage(number(t, 1))
		case 5:
			return feed(model.FeedPhase(rapid.IntRange(0, 5).Draw(t, "phase")))
		case 6:
			return withhold
		case 7:
			v := number(t, 0)
			return func(s *model.Snapshot) { s.Size.Buckets[1].Groups[w].Advancing = fig(v) }
		case 8:
			e := minutesTo(rapid.IntRange(-30, 300).Draw(t, "minutes"), "Event", number(t, 1))
			e.Actual = number(t, 1)
			return calendar(e)
		default:
			return unknown
		}
	})
}

// TestAnySnapshots says that whatever comes, the watch does not panic, gives
// the same alerts for the same snapshots, and writes them in plain ASCII.
func TestAnySnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := alert.NewWatch(alert.Defaults()), alert.NewWatch(alert.Defaults())
		now := start()
		for range rapid.IntRange(1, 40).Draw(t, "snapshots") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "minutes")) * time.Minute)
			s := quiet()
			s.AsOf = now
			for _, c := range rapid.SliceOfN(anyChange(), 0, 4).Draw(t, "changes") {
				c(s)
			}
			got := a.See(s)
			if again := b.See(s); !slices.Equal(got, again) {
				t.Fatalf("got %v and %v", got, again)
			}
			for _, raised := range got {
				if !slices.Contains(alert.Kinds(), raised.Kind) || !raised.At.Equal(now) || !plainASCII(raised.Text) {
					t.Fatalf("got %+v", raised)
				}
			}
		}
	})
}

// TestOneAlertInTenMinutes says that the same sentence about how things stand
// never comes twice within the cool-down.
func TestOneAlertInTenMinutes(t *testing.T) {
	all := edges()
	names := slices.Sorted(maps.Keys(all))
	rapid.Check(t, func(t *rapid.T) {
		e := all[rapid.SampledFrom(names).Draw(t, "edge")]
		w := alert.NewWatch(alert.Defaults())
		told := map[string]time.Time{}
		now := start()
		for range 60 {
			now = now.Add(time.Duration(rapid.IntRange(1, 4).Draw(t, "minutes")) * time.Minute)
			s := quiet()
			s.AsOf = now
			if c := rapid.SampledFrom([]change{nil, e.on, e.between}).Draw(t, "state"); c != nil {
				c(s)
			}
			for _, raised := range w.See(s) {
				if last, ok := told[raised.Text]; ok && now.Sub(last) < 10*time.Minute {
					t.Fatalf("%q at %v and %v", raised.Text, last, now)
				}
				told[raised.Text] = now
			}
		}
	})
}

func plainASCII(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < ' ' || c > '~' })
}

// TestNewRulesTellNoStates changes thresholds to below what is so already.
func TestNewRulesTellNoStates(t *testing.T) {
	rules := alert.Defaults()
	rules.HaltPercent, rules.LeastState = 5, model.StateExtreme
	w := alert.NewWatch(rules)
	at := func(minute, halted int, state model.AxisState) *model.Snapshot {
		s := quiet()
		s.AsOf = start().Add(time.Duration(minute) * time.Minute)
		s.Universes[0].Halted = halted
		s.Verdicts[session.Week].Size = model.AxisVerdict{State: state, Sign: -1, Z0: fig("-1.2")}
		return s
	}
	w.See(at(0, 0, model.StateTilt))
	if raised := w.See(at(1, 60, model.StateTilt)); len(raised) > 0 {
		t.Fatalf("3 %% of halts and a tilt raise %v", raised)
	}
	w.SetRules(alert.Defaults()) // halts above 1 %
	lower := alert.Defaults()
	lower.LeastState = model.StateTilt
	w.SetRules(lower)
	if raised := w.See(at(2, 60, model.StateTilt)); len(raised) > 0 {
		t.Errorf("what is so already is told: %v", raised)
	}
	if raised := w.See(at(3, 0, model.StateTilt)); len(raised) > 0 {
		t.Errorf("its end is told: %v", raised)
	}
	if raised := w.See(at(30, 60, model.StateTilt)); len(raised) != 1 || raised[0].Kind != alert.Halts {
		t.Errorf("what comes after it raises %v", raised)
	}
}

// TestNewRulesRepeatNothing closes outside of the range, and changes the windows
// after that: the snapshots answer another query then.
func TestNewRulesRepeatNothing(t *testing.T) {
	w := alert.NewWatch(alert.Defaults())
	closed := func(query model.Query) *model.Snapshot {
		s := quiet()
		s.AsOf, s.Query = s.Clock.Session.Closes, query
		i := &s.Indices[0]
		i.Official, i.Level = true, fig("2023.27")
		i.Range.State = model.RangeBelow
		return s
	}
	w.See(quiet())
	if raised := w.See(closed(model.Query{})); !slices.ContainsFunc(raised, func(a model.Alert) bool { return a.Kind == alert.RangeClose }) {
		t.Fatalf("the close raises %v", raised)
	}
	rules := alert.Defaults()
	rules.Windows = []session.Window{session.Quarter}
	w.SetRules(rules)
	other := model.Query{Only: session.WindowSetOf(session.Quarter)}
	if raised := w.See(closed(other)); len(raised) > 0 {
		t.Errorf("with new rules the same close raises %v", raised)
	}
	if raised := w.See(closed(model.Query{})); len(raised) == 0 {
		t.Error("another query without new rules does not begin anew")
	}
}
