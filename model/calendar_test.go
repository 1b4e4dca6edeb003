package model

import (
	"slices"
	"testing"
	"time"

	"gyre/model/session"
)

func TestCalendarShowsNothingBeforeItIsKnown(t *testing.T) {
	t.Parallel()
	release := time.Date(2025, time.March, 26, 8, 30, 0, 0, session.Zone())
	durable := Event{At: release, Title: "Durable goods", Consensus: "-1.1%", Previous: "3.1%", Revised: "3.3%", Actual: "0.9%", KnownAt: release}
	headline := Event{At: release.Add(8 * time.Hour), Title: "Auto tariffs announced", Listed: release.Add(8 * time.Hour)}
	later := Event{At: release.Add(24 * time.Hour), Title: "GDP", Consensus: "2.3%", Actual: "2.4%"}
	events := []Event{later, headline, durable}

	before := calendarAt(schedule(events), release.Add(-time.Second))
	if len(before) != 2 || before[0].Title != "Durable goods" {
		t.Fatalf("before the release: %+v", before)
	}
	if e := before[0]; e.Actual != "" || e.Revised != "" || e.Past || e.Released || e.Surprise.Known() {
		t.Errorf("known too early: %+v", e)
	}
	after := calendarAt(schedule(events), release)
	if e := after[0]; e.Actual != "0.9%" || e.Revised != "3.3%" || !e.Past || !e.Released || e.Surprise.String() != "2.0" || e.Unit != "%" {
		t.Errorf("at the release: %+v", e)
	}
	if e := after[1]; e.Title != "GDP" || e.Actual != "" || e.Released {
		t.Errorf("an actual is taken as known at its time unless said otherwise: %+v", e)
	}
	if all := calendarAt(schedule(events), headline.At); len(all) != 3 || all[1].Title != headline.Title {
		t.Errorf("an unscheduled headline appears when it comes: %+v", all)
	}
	if events[2].Actual != "0.9%" {
		t.Error("the reference has been changed")
	}
}

func TestCalendarRowsAscendAndKeepTheirOrder(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, time.March, 28, 8, 30, 0, 0, session.Zone())
	events := []Event{
		{At: at.Add(90 * time.Minute), Title: "Consumer sentiment"},
		{At: at, Title: "Core PCE prices m/m"},
		{At: at, Title: "Core PCE prices y/y"},
		{At: at, Title: "PCE prices y/y"},
		{At: at.Add(-24 * time.Hour), Title: "GDP"},
	}
	var titles []string
	for _, e := range calendarAt(schedule(events), at) {
		titles = append(titles, e.Title)
	}
	want := []string{"GDP", "Core PCE prices m/m", "Core PCE prices y/y", "PCE prices y/y", "Consumer sentiment"}
	if !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
	if events[0].Title != "Consumer sentiment" {
		t.Error("the reference has been sorted")
	}
}

func TestCalendarEntryOverTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, time.April, 4, 8, 30, 0, 0, session.Zone())
	payrolls := Event{At: at, Title: "Payrolls", Importance: 3, Consensus: "140k", Previous: "151k", Revised: "117k", Actual: "228k"}
	late := payrolls
	late.KnownAt = at.Add(time.Minute)
	speech := Event{At: at, Title: "Powell speaks"}
	cases := map[string]struct {
		event           Event
		now             time.Time
		past, released  bool
		actual, revised string
		surprise        string
	}{
		"a week before":          {payrolls, at.AddDate(0, 0, -7), false, false, "", "", ""},
		"a nanosecond before":    {payrolls, at.Add(-1), false, false, "", "", ""},
		"at the minute":          {payrolls, at, true, true, "228k", "117k", "88"},
		"due, but not out":       {late, at, true, false, "", "", ""},
		"out a minute late":      {late, at.Add(time.Minute), true, true, "228k", "117k", "88"},
		"a speech has no actual": {speech, at.Add(time.Hour), true, false, "", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := calendarAt(schedule([]Event{c.event}), c.now)[0]
			if e.Past != c.past || e.Released != c.released || e.Actual != c.actual || e.Revised != c.revised || e.Surprise.String() != c.surprise {
				t.Errorf("%+v", e)
			}
			if e.Consensus != c.event.Consensus || e.Previous != c.event.Previous {
				t.Errorf("what was known all along has changed: %+v", e)
			}
		})
	}
}
