package alert_test

import (
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// minutesTo is an event of importance 3 so many minutes after start.
func minutesTo(minutes int, title, consensus string) model.CalendarEntry {
	return model.CalendarEntry{Event: model.Event{
		At: start().Add(time.Duration(minutes) * time.Minute), Title: title, Country: "US", Importance: 3, Consensus: consensus,
	}}
}

// calendar shows entries; those whose time has come, by the snapshot, are
// released with an actual where they have one.
func calendar(entries ...model.CalendarEntry) change {
	return func(s *model.Snapshot) {
		for _, e := range entries {
			e.Past = !e.At.After(s.AsOf)
			if e.Released = e.Past && e.Actual != ""; !e.Released {
				e.Actual, e.Surprise = "", fig("")
			}
			s.Calendar = append(s.Calendar, e)
		}
	}
}

func TestEventIsAnnounced(t *testing.T) {
	ism := minutesTo(60, "ISM manufacturing, March", "49.5")
	jolts := minutesTo(60, "JOLTS job openings, February", "7.63M")
	day := []change{calendar(ism, jolts)}
	sc := newScene(t, alert.Defaults())
	for range 45 {
		sc.see(1, nil)
	}
	sc = newScene(t, alert.Defaults())
	sc.see(0, day)
	sc.see(44, day)
	sc.see(1, day, "event-soon: in 15 min, at 12:00: ISM manufacturing, March (consensus 49.5); JOLTS job openings, February (consensus 7.63M)")
	for range 9 {
		sc.see(1, day)
	}
	sc.see(1, day, "event-soon: in 5 min, at 12:00: ISM manufacturing, March (consensus 49.5); JOLTS job openings, February (consensus 7.63M)")
	for range 4 {
		sc.see(1, day)
	}
	sc.see(1, day, "event-now: 12:00 now: ISM manufacturing, March (consensus 49.5); JOLTS job openings, February (consensus 7.63M)")
	sc.see(1, day)
}

func TestEventsOfDifferentTimesAreToldApart(t *testing.T) {
	day := []change{calendar(minutesTo(16, "A", ""), minutesTo(17, "B", ""))}
	sc := newScene(t, alert.Defaults())
	sc.see(0, day)
	sc.see(2, day, "event-soon: in 14 min, at 11:16: A", "event-soon: in 15 min, at 11:17: B")
}

func TestManyEventsAtOnceAreCounted(t *testing.T) {
	day := []change{calendar(minutesTo(5, "A", ""), minutesTo(5, "B", ""), minutesTo(5, "C", ""), minutesTo(5, "D", ""), minutesTo(5, "E", ""))}
	sc := newScene(t, alert.Defaults())
	sc.see(-1, day)
	sc.see(1, day, "event-soon: in 5 min, at 11:05: A; B; C; 2 more")
}

func TestEventImportanceIsASetting(t *testing.T) {
	minor := minutesTo(15, "Chicago PMI, March", "45.0")
	minor.Importance = 2
	for importance, want := range map[int][]string{3: nil, 2: {"event-soon: in 15 min, at 11:15: Chicago PMI, March (consensus 45.0)"}} {
		rules := alert.Defaults()
		rules.EventImportance = importance
		sc := newScene(t, rules)
		sc.see(-1, []change{calendar(minor)})
		sc.see(1, []change{calendar(minor)}, want...)
	}
}

func TestEventLeadsAreASetting(t *testing.T) {
	rules := alert.Defaults()
	rules.EventLeads = []time.Duration{time.Hour}
	sc := newScene(t, rules)
	day := []change{calendar(minutesTo(60, "Powell speaks", ""))}
	sc.see(-1, day)
	sc.see(1, day, "event-soon: in 60 min, at 12:00: Powell speaks")
	sc.see(45, day)
	sc.see(15, day) // no lead of 0: its time is not told
}

func TestLeadsThatALeapSkipsAreOneAlert(t *testing.T) {
	day := []change{calendar(minutesTo(60, "A", ""))}
	sc := newScene(t, alert.Defaults())
	sc.see(0, day)
	sc.see(57, day, "event-soon: in 3 min, at 12:00: A")
}

func TestEventsOfASkippedNight(t *testing.T) {
	released := minutesTo(60, "Core PCE prices m/m, February", "0.3%")
	released.Actual = "0.4%"
	speech := minutesTo(60, "Powell speaks", "")
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{calendar(released, speech)})
	sc.see(115, []change{calendar(released, speech)}, "release: 12:00 Core PCE prices m/m, February: 0.4%, consensus 0.3%")
}

func TestEventsGoOnOverTheOpenOfASession(t *testing.T) {
	e := minutesTo(3*24*60+30, "ISM services, March", "53.0")
	e.Actual = "50.8"
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{calendar(e)})
	sc.now = sc.now.AddDate(0, 0, 3)
	sc.see(20, []change{calendar(e), onMonday}, "event-soon: in 10 min, at 11:30: ISM services, March (consensus 53.0)")
	sc.see(10, []change{calendar(e), onMonday}, "release: 11:30 ISM services, March: 50.8, consensus 53.0")
	sc.see(1, []change{calendar(e), onMonday})
}

func TestReleases(t *testing.T) {
	for name, tc := range map[string]struct {
		actual, consensus string
		want              []string
	}{
		"with consensus":        {"49.0", "49.5", []string{"release: 12:00 ISM manufacturing, March: 49.0, consensus 49.5"}},
		"without consensus":     {"49.0", "", []string{"release: 12:00 ISM manufacturing, March: 49.0"}},
		"without actual so far": {"", "", []string{"event-now: 12:00 now: ISM manufacturing, March"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := minutesTo(60, "ISM manufacturing, March", tc.consensus)
			e.Actual = tc.actual
			sc := newScene(t, alert.Defaults())
			sc.see(59, []change{calendar(e)})
			sc.see(1, []change{calendar(e)}, tc.want...)
			sc.see(1, []change{calendar(e)})
		})
	}
}

func TestReleaseAtTheFirstLookIsOld(t *testing.T) {
	e := minutesTo(0, "ISM manufacturing, March", "49.5")
	e.Actual = "49.0"
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{calendar(e)})
	sc.see(1, []change{calendar(e)})
}

func TestSurprise(t *testing.T) {
	const told = "release: 12:00 ISM services, March: 50.8k, consensus 53.0k"
	for name, tc := range map[string]struct {
		surprise, sigmas string
		before           int
		want             string
	}{
		"beyond one sigma":        {"-2.2", "-2.06", 5, "surprise: 12:00 ISM services, March: 50.8k, consensus 53.0k, a surprise of -2.2k (2.1 sigmas)"},
		"just beyond one sigma":   {"1.1", "1.01", 5, "surprise: 12:00 ISM services, March: 50.8k, consensus 53.0k, a surprise of +1.1k (1.0 sigmas)"},
		"one sigma":               {"1.1", "1.00", 5, told},
		"history too short":       {"-2.2", "-2.06", 4, told},
		"no history":              {"-2.2", "", 0, told},
		"surprise not known":      {"", "", 0, told},
		"history never surprised": {"-2.2", "", 8, told},
	} {
		t.Run(name, func(t *testing.T) {
			e := minutesTo(60, "ISM services, March", "53.0k")
			e.Actual, e.Surprise, e.Unit = "50.8k", fig(tc.surprise), "k"
			e.Sigmas, e.Surprises = fig(tc.sigmas), tc.before
			day := []change{calendar(e)}
			sc := newScene(t, alert.Defaults())
			sc.see(59, day)
			sc.see(1, day, tc.want)
		})
	}
}

func TestSurpriseComesAtTheHourOfNewYork(t *testing.T) {
	e := minutesTo(60, "ISM services, March", "")
	e.At, e.Actual = e.At.UTC(), "50.8"
	sc := newScene(t, alert.Defaults())
	sc.see(0, []change{calendar(e)})
	sc.see(60, []change{calendar(e)}, "release: "+e.At.In(session.Zone()).Format("15:04")+" ISM services, March: 50.8")
}

// TestSurpriseOfADataset goes the whole way from the rows of a calendar: five
// earlier releases with surprises of +1, -1, +2, -2 and 0, whose sample standard
// deviation is 1.58, and then one of +3.
func TestSurpriseOfADataset(t *testing.T) {
	ref := &model.Reference{Calendar: exchange}
	for month, actual := range []string{"51.0", "49.0", "52.0", "48.0", "50.0", "53.0"} {
		when := time.Date(2024, time.October+time.Month(month), 28, 11, 1, 0, 0, session.Zone())
		ref.Events = append(ref.Events, model.Event{
			At: when, Title: "ISM services, " + when.Month().String(), Country: "US", Importance: 3, Consensus: "50.0", Actual: actual,
		})
	}
	m := model.NewMarket()
	m.Apply(&model.Update{Kind: model.KindReset, At: start(), Payload: &model.Reset{Epoch: 1, Reference: ref}})
	w := alert.NewWatch(alert.Defaults())
	w.See(m.Snapshot(start(), model.Query{}))
	got := w.See(m.Snapshot(start().Add(time.Minute), model.Query{}))
	const want = "11:01 ISM services, March: 53.0, consensus 50.0, a surprise of +3.0 (1.9 sigmas)"
	if len(got) != 1 || got[0].Kind != alert.Surprise || got[0].Text != want {
		t.Errorf("got %v, want %q", got, want)
	}
}
