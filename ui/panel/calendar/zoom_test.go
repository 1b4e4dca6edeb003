package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/calendar"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func zoomed(t *testing.T, in panel.Input, w, h int) []string {
	t.Helper()
	block := calendar.Zoom(in, w, h)
	uitest.Exact(t, block, w, h)
	texts := make([]string, h)
	for i, l := range block {
		texts[i] = strings.Trim(ansi.Strip(l), " │")
	}
	return texts
}

func TestTheWholeCalendar(t *testing.T) {
	got := zoomed(t, input(uitest.FinalFrame()), 120, 22)
	at := -1
	for _, e := range uitest.FinalFrame().Calendar {
		line := find(t, got, e.Title)
		if line <= at {
			t.Errorf("%s is on line %d, not below the event before it", e.Title, line)
		}
		at = line
	}
	past, now, coming := find(t, got, "UMich"), find(t, got, " now "), find(t, got, "Chicago PMI")
	if past != now-1 || coming != now+1 {
		t.Errorf("the last release is on line %d, now on %d, the next event on %d", past, now, coming)
	}
	if !strings.Contains(got[0], "13 events · next ★★★ in 3d 18h") {
		t.Errorf("the title is %q", got[0])
	}
	find(t, got, "Fed cuts priced for 2025: two")
}

func TestSurprisesHaveTheirUnit(t *testing.T) {
	s := uitest.FinalFrame()
	s.Calendar[2].Revised = "3.3%"
	got := zoomed(t, input(s), 120, 22)
	for title, want := range map[string]string{
		"Durable":    "★★ −1.1% 3.1% 3.3% 0.9% +2.0% ▲",
		"UMich":      "★★ 57.9 57.9 57.0 −0.9 ▼",
		"Chicago":    "★★ 45.0 45.5 in 2d 17h",
		"Reciprocal": "★★★ in 5d 00h",
	} {
		if row := strings.Join(strings.Fields(got[find(t, got, title)]), " "); !strings.HasSuffix(row, want) {
			t.Errorf("%q does not end in %q", row, want)
		}
	}
}

func TestOnlyTheImportantEvents(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Importance = 3
	got := zoomed(t, in, 120, 22)
	if text := strings.Join(got, "\n"); strings.Contains(text, "Chicago PMI") || !strings.Contains(text, "ISM services") {
		t.Errorf("of the highest importance there are\n%s", text)
	}
	if !strings.Contains(got[0], "7 events · from ★★★") {
		t.Errorf("the title is %q", got[0])
	}
	for i := range in.Snap.Calendar {
		in.Snap.Calendar[i].Importance = 1
	}
	find(t, zoomed(t, in, 120, 22), "no events of this importance")
}

// many is a snapshot with a hundred events on either side of now.
func many() *model.Snapshot {
	s := uitest.FinalFrame()
	first := slices.IndexFunc(s.Calendar, func(e model.CalendarEntry) bool { return !e.Past })
	var all []model.CalendarEntry
	for range 100 {
		all = append(all, s.Calendar[first-1])
	}
	for range 100 {
		all = append(all, s.Calendar[first])
	}
	all[0].Title, all[199].Title = "The very first", "The very last"
	s.Calendar = all
	return s
}

func TestTheCalendarBeginsAtNowAndScrollsToBothEnds(t *testing.T) {
	in := input(many())
	find(t, zoomed(t, in, 120, 22), " now ")
	start, e := calendar.Extent(in, 120, 22)
	for text, by := range map[string]int{"The very first": -1000, "The very last": 1000} {
		in.State.Scroll = e.Scroll(start, 0, by)
		find(t, zoomed(t, in, 120, 22), text)
	}
}

func TestScrollingMovesNothingSideways(t *testing.T) {
	s := many()
	s.Calendar[150].Consensus, s.Calendar[20].Revised = "123.45bn", "1.1%"
	in := input(s)
	place := func() int {
		return strings.Index(zoomed(t, in, 120, 22)[1], "surprise")
	}
	want := place()
	for in.State.Scroll = -120; in.State.Scroll < 120; in.State.Scroll += 7 {
		if got := place(); got != want {
			t.Fatalf("scrolled by %d the last column is at %d, not at %d", in.State.Scroll, got, want)
		}
	}
}

func TestNarrowCalendarsKeepTheConsensusOfWhatComes(t *testing.T) {
	got := zoomed(t, input(uitest.FinalFrame()), 76, 20)
	for event, want := range map[string]string{"Chicago PMI": "2d 17h 45.0", "ISM manufacturing": "3d 18h 49.5", "UMich": "57.0 −0.9 ▼"} {
		if row := strings.Join(strings.Fields(got[find(t, got, event)]), " "); !strings.Contains(row, want) {
			t.Errorf("%q does not have %q", row, want)
		}
	}
	if head := strings.Join(strings.Fields(got[1]), " "); !strings.Contains(head, "actual cons/surp") {
		t.Errorf("the heads are %q", head)
	}
}

func TestNarrowCalendarsKeepTheOutcome(t *testing.T) {
	in := input(uitest.FinalFrame())
	for w, want := range map[int]string{60: "57.0 −0.9 ▼", 44: "57.0"} {
		got := zoomed(t, in, w, 20)
		if row := strings.Join(strings.Fields(got[find(t, got, "UMich")]), " "); !strings.HasSuffix(row, want) {
			t.Errorf("%d cells: %q does not end in %q", w, row, want)
		}
	}
}

func TestZoomsWithoutEvents(t *testing.T) {
	find(t, zoomed(t, input(uitest.Empty()), 60, 12), "no events in this dataset")
	find(t, zoomed(t, input(nil), 60, 12), "waiting for the first prices")
	if _, e := calendar.Extent(input(nil), 60, 12); e.Rows != 0 {
		t.Errorf("no calendar has %d rows", e.Rows)
	}
}

func TestEveryZoomIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th, Bare: w%3 == 0}
		in.State.Scroll, in.State.Importance = h%7-3, w%4
		return calendar.Zoom(in, w, h)
	})
}

// TestTheNextEventAndTheImportantOnes is what the panel of the dashboard is
// for: what comes first, and what matters in the days after.
func TestTheNextEventAndTheImportantOnes(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 60, 12)
	now := find(t, got, " now ")
	for i, want := range []string{"Chicago PMI", "ISM manufacturing", "Reciprocal tariffs", "ISM services", "Payrolls"} {
		if !strings.Contains(got[now+1+i], want) {
			t.Errorf("row %d below now is %q, want %s", i+1, got[now+1+i], want)
		}
	}
}

// reacted is the final frame with all that may be known of an event.
func reacted() *model.Snapshot {
	s := uitest.FinalFrame()
	day := session.NewDate(2025, time.March, 28)
	half := func(hour, minute, length int, change string) model.Reaction {
		from := day.At(hour, minute)
		return model.Reaction{From: from, To: from.Add(time.Duration(length) * time.Minute), Change: figure(change)}
	}
	for i := range s.Calendar {
		switch e := &s.Calendar[i]; e.Title {
		case "Core PCE m/m":
			e.Reaction = half(9, 30, 30, "-0.13")
			e.Reaction.From, e.Reaction.AtOpen = e.Reaction.From.Add(30*time.Second), true
			e.Sigmas, e.Surprises = figure("1.84"), 12
		case "UMich sentiment":
			e.Reaction = half(10, 0, 30, "0.05")
			e.Sigmas, e.Surprises = figure("-0.35"), 5
		}
	}
	return s
}

func figure(text string) num.Figure {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return num.Figure{}
	}
	return num.NewFigure(d, -d.Exponent())
}

func TestWhatTheSpreadDidAfterAnEvent(t *testing.T) {
	got := zoomed(t, input(reacted()), 130, 24)
	for title, want := range map[string]string{
		"New York":     "surprise sigmas Q4−Q1",
		"Core PCE m/m": "0.4% +0.1% ▲ 1.8σ −0.13 o",
		"UMich":        "57.0 −0.9 ▼ 0.4σ +0.05",
		"GDP Q4":       "2.4% +0.1% ▲",
		"Fed cuts":     "Q4−Q1: pp in the 30 min after · o from the open",
	} {
		if row := strings.Join(strings.Fields(got[find(t, got, title)]), " "); !strings.HasSuffix(row, want) {
			t.Errorf("%q does not end in %q", row, want)
		}
	}
}

func TestReactionsInTheMaking(t *testing.T) {
	day := session.NewDate(2025, time.March, 28)
	for name, c := range map[string]struct {
		now, from, to time.Time
		change, want  string
		foot          string
	}{
		"it runs":                 {day.At(10, 12), day.At(10, 0), day.At(10, 30), "", "…10:30", "Q4−Q1: pp in the 30 min after"},
		"nobody watched":          {day.At(11, 0), day.At(10, 0), day.At(10, 30), "", "n/a", "Q4−Q1: pp in the 30 min after"},
		"nothing happened":        {day.At(11, 0), day.At(10, 0), day.At(10, 30), "0.00", "0.00", "Q4−Q1: pp in the 30 min after"},
		"until the close":         {day.At(17, 0), day.At(15, 50), day.At(16, 0), "-1.20", "−1.20 c", "Q4−Q1: pp in the 30 min after · c to the close"},
		"it runs until the close": {day.At(15, 55), day.At(15, 50), day.At(16, 0), "", "…16:00", "Q4−Q1: pp in the 30 min after · c to the close"},
	} {
		t.Run(name, func(t *testing.T) {
			s := uitest.FinalFrame()
			s.AsOf = c.now
			e := &s.Calendar[5] // UMich sentiment
			e.Reaction = model.Reaction{From: c.from, To: c.to, Change: figure(c.change)}
			got := zoomed(t, input(s), 130, 24)
			for title, want := range map[string]string{"UMich": c.want, "Fed cuts": c.foot} {
				if row := strings.Join(strings.Fields(got[find(t, got, title)]), " "); !strings.HasSuffix(row, want) {
					t.Errorf("%q does not end in %q", row, want)
				}
			}
		})
	}
}

func TestColumnsThatNothingIsKnownForAreLeftOut(t *testing.T) {
	got := zoomed(t, input(uitest.FinalFrame()), 130, 24)
	if !strings.HasSuffix(got[1], "surprise") || strings.Contains(strings.Join(got, "\n"), "30 min") {
		t.Errorf("the heads are %q", got[1])
	}
	narrow := input(reacted())
	if text := strings.Join(zoomed(t, narrow, 60, 24), "\n"); strings.Contains(text, "Q4−Q1") {
		t.Errorf("there is no room for the spread, and it is spoken of:\n%s", text)
	}
	if text := strings.Join(zoomed(t, narrow, 80, 24), "\n"); !strings.Contains(text, "−0.13 o") {
		t.Errorf("80 cells have room for the spread:\n%s", text)
	}
}

// abroad is a snapshot with events of three countries.
func abroad() *model.Snapshot {
	s := reacted()
	for i, code := range map[int]string{1: "DE", 7: "DE", 9: "JP", 10: ""} {
		s.Calendar[i].Country = code
	}
	return s
}

func TestTheEventsOfOneCountry(t *testing.T) {
	in := input(abroad())
	for country, want := range map[string]string{
		"": "13 events · next", "DE": "2 events · DE · next ★★★ in 3d 18h", "JP": "1 event · JP · next", "FR": "13 events · next",
	} {
		in.State.Zoom.Country = country
		got := zoomed(t, in, 120, 24)
		if !strings.Contains(got[0], want) {
			t.Errorf("%q: the title is %q", country, got[0])
		}
		for _, line := range got[2 : len(got)-1] {
			if other := strings.Contains(line, " US "); other && (country == "DE" || country == "JP") {
				t.Errorf("%s: %q", country, line)
			}
		}
	}
	in.State.Zoom.Country, in.State.Importance = "JP", 3
	find(t, zoomed(t, in, 120, 22), "no events of this importance in JP")
}

func TestSeveralCountriesAreToldApart(t *testing.T) {
	for snap, want := range map[*model.Snapshot]bool{reacted(): false, abroad(): true} {
		got := zoomed(t, input(snap), 80, 24)
		if row := got[find(t, got, "Durable")]; strings.Contains(row, " US ") != want {
			t.Errorf("the row is %q", row)
		}
	}
}

func TestEveryZoomWithAllColumnsIsExact(t *testing.T) {
	for _, look := range uitest.Looks() {
		snap := abroad()
		for w := range 140 {
			for _, h := range []int{w % 3, 5 + w%7, 24} {
				in := panel.Input{Snap: snap, Theme: look, Bare: w%3 == 0}
				in.State.Zoom.Country = []string{"", "DE", "JP"}[(w+h)%3]
				uitest.Exact(t, calendar.Zoom(in, w, h), w, h)
			}
		}
	}
}
