package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/calendar"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week}}
}

// lines are the lines drawn, without colours, frame and blanks at both ends.
func lines(t *testing.T, in panel.Input, w, h int) []string {
	t.Helper()
	block := calendar.Render(in, w, h)
	if len(block) != h {
		t.Fatalf("%d lines, want %d", len(block), h)
	}
	texts := make([]string, h)
	for i, l := range block {
		if draw.Width(l) != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", i, draw.Width(l), w, l)
		}
		texts[i] = strings.Trim(ansi.Strip(l), " │")
	}
	return texts
}

// find is the line that contains text.
func find(t *testing.T, all []string, text string) int {
	t.Helper()
	for i, l := range all {
		if strings.Contains(l, text) {
			return i
		}
	}
	t.Fatalf("no line contains %q:\n%s", text, strings.Join(all, "\n"))
	return -1
}

func TestPastAboveNowAndComingBelow(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 60, 12)
	past, now, coming := find(t, got, "UMich sentiment"), find(t, got, " now "), find(t, got, "Chicago PMI")
	if past != now-1 || coming != now+1 {
		t.Errorf("the last release is on line %d, now on %d, the next on %d", past, now, coming)
	}
	find(t, got, "Core PCE m/m")
	if rates := find(t, got, "Fed cuts priced for 2025: two"); rates != len(got)-2 {
		t.Errorf("the rates are on line %d, want the last one before the border", rates)
	}
}

func TestTheNextImportantEventIsInTheTitle(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 60, 12)
	if !strings.Contains(got[0], "Calendar") || !strings.Contains(got[0], "next ★★★ in 3d 18h") {
		t.Errorf("the title is %q", got[0])
	}
	s := uitest.FinalFrame()
	for i := range s.Calendar {
		s.Calendar[i].Importance = 2
	}
	if got := lines(t, input(s), 60, 12); strings.Contains(got[0], "next") {
		t.Errorf("there is no important event to come, and the title is %q", got[0])
	}
}

func TestRowsOfFigures(t *testing.T) {
	at := session.NewDate(2025, time.March, 28).At(10, 0)
	event := func(e model.Event, past, released bool, surprise string) model.CalendarEntry {
		e.At, e.Title, e.Importance = at, "Payrolls", 3
		if !past {
			e.At = at.Add(50 * time.Hour)
		}
		entry := model.CalendarEntry{Event: e, Past: past, Released: released}
		switch surprise {
		case "up":
			entry.Surprise = num.Count(1)
		case "down":
			entry.Surprise = num.Count(-1)
		}
		return entry
	}
	cases := map[string]struct {
		entry model.CalendarEntry
		want  string
	}{
		"above the consensus":   {event(model.Event{Consensus: "140k", Previous: "151k", Actual: "228k"}, true, true, "up"), "140k 151k 228k ▲"},
		"below the consensus":   {event(model.Event{Consensus: "140k", Previous: "151k", Actual: "99k"}, true, true, "down"), "140k 151k 99k ▼"},
		"no consensus":          {event(model.Event{Previous: "151k", Actual: "99k"}, true, true, ""), "★★★ 151k 99k"},
		"time gone, not out":    {event(model.Event{Consensus: "140k", Previous: "151k"}, true, false, ""), "140k 151k due"},
		"an event with no data": {event(model.Event{}, true, false, ""), "★★★ past"},
		"to come":               {event(model.Event{Consensus: "140k", Previous: "151k"}, false, false, ""), "140k 151k 1d 20h"},
		"revised":               {event(model.Event{Consensus: "140k", Previous: "151k", Revised: "117k", Actual: "228k"}, true, true, "up"), "140k 151k 117k 228k ▲"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := uitest.FinalFrame()
			s.Calendar = []model.CalendarEntry{c.entry}
			got := lines(t, input(s), 80, 12)
			row := strings.Join(strings.Fields(got[find(t, got, "Payrolls")]), " ")
			if !strings.HasSuffix(row, c.want) {
				t.Errorf("the row is %q, want it to end in %q", row, c.want)
			}
		})
	}
}

func TestFewRowsKeepTheImportantEvents(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.Bare = true
	for h := 1; h <= 3; h++ {
		got := lines(t, in, 60, h)
		if !strings.Contains(got[0], "ISM manufacturing") {
			t.Errorf("%d rows: the first is %q, want the next important event", h, got[0])
		}
		for _, l := range got {
			if !strings.Contains(l, "★★★") {
				t.Errorf("%d rows: %q is not important", h, l)
			}
		}
	}
}

func TestNarrowRowsDropColumnsAndKeepTheTimeToGo(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.Bare = true
	wants := map[int]string{
		60: "49.5  50.3  3d 18h",
		44: "49.5  3d 18h",
		38: "★★★  3d 18h",
		24: "3d 18h",
	}
	for w, want := range wants {
		if got := lines(t, in, w, 1)[0]; !strings.HasSuffix(got, want) {
			t.Errorf("%d cells: %q does not end in %q", w, got, want)
		}
	}
}

func TestThePastOfTheLastDayGoesByImportance(t *testing.T) {
	s := uitest.FinalFrame()
	for i := range s.Calendar {
		if e := &s.Calendar[i]; e.Title == "GDP Q4 third estimate" {
			e.Importance = 3 // of the day before
		}
	}
	late := s.Calendar[5] // UMich sentiment
	late.Title, late.Importance = "Rig count", 1
	s.Calendar = slices.Insert(s.Calendar, 6, late)
	got := lines(t, input(s), 60, 12)
	now := find(t, got, " now ")
	if !strings.Contains(got[now-2], "Core PCE m/m") || !strings.Contains(got[now-1], "Rig count") {
		t.Errorf("above now stand %q and %q", got[now-2], got[now-1])
	}
}

func TestMinorEventsGiveWay(t *testing.T) {
	s := uitest.FinalFrame()
	first := slices.IndexFunc(s.Calendar, func(e model.CalendarEntry) bool { return !e.Past })
	minor := s.Calendar[first]
	minor.Title, minor.Importance = "Rig count", 1
	s.Calendar = slices.Insert(s.Calendar, first, minor)
	if got := strings.Join(lines(t, input(s), 60, 12), "\n"); strings.Contains(got, "Rig count") {
		t.Errorf("an event of one star takes the room of others:\n%s", got)
	}
	find(t, lines(t, input(s), 60, 30), "Rig count")
}

func TestLongTitlesLoseTheirMonthFirst(t *testing.T) {
	s := uitest.FinalFrame()
	for i := range s.Calendar {
		s.Calendar[i].Title = "Consumer mood, final, March"
	}
	in := input(s)
	in.Bare = true
	for w, want := range map[int]string{70: "Consumer mood, final, March  ", 58: "Consumer mood, final ", 54: "Consumer mood  ", 42: "Consumer mo…"} {
		if got := lines(t, in, w, 2)[0]; !strings.Contains(got, want) {
			t.Errorf("%d cells: %q does not contain %q", w, got, want)
		}
	}
}

func TestCutTitlesKeepAShortLastWord(t *testing.T) {
	s := uitest.FinalFrame()
	for i := range s.Calendar {
		s.Calendar[i].Title = []string{"Core consumer prices m/m", "Core consumer prices y/y"}[i%2]
	}
	in := input(s)
	in.Bare = true
	for w := 54; w <= 58; w++ {
		got := lines(t, in, w, 8)
		if first, second := got[find(t, got, "m/m")], got[find(t, got, "y/y")]; first == second || !strings.Contains(first, "… m/m") {
			t.Errorf("%d cells: the rows are %q and %q", w, first, second)
		}
	}
}

func TestMinusSignsAreReal(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 70, 30)
	if row := got[find(t, got, "Durable goods")]; !strings.Contains(row, "−1.1%") {
		t.Errorf("the consensus is not −1.1%%: %q", row)
	}
}

func TestSpareRowsShowMoreOfThePast(t *testing.T) {
	got := lines(t, input(uitest.FinalFrame()), 70, 30)
	find(t, got, "S&P flash PMI")
}

func TestWhereThereIsNothing(t *testing.T) {
	empty := uitest.Empty()
	find(t, lines(t, input(empty), 60, 8), "no events in this dataset")
	find(t, lines(t, input(nil), 60, 8), "waiting for the first prices")
	empty.Rates = model.Rates{Known: true, Cuts: "2.9", Year: 2025}
	find(t, lines(t, input(empty), 60, 8), "Fed cuts priced for 2025: 2.9, from futures")
}

func TestASCIISaysTheSameInASCII(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.Theme = theme.New(theme.Options{ASCII: true})
	for _, l := range calendar.Render(in, 60, 12) {
		for _, r := range ansi.Strip(l) {
			if r > '~' {
				t.Fatalf("%q is not ASCII: %q", r, ansi.Strip(l))
			}
		}
	}
}

// TestARangeOfForecastsIsNotCut has a range in a panel as narrow as half of 120
// cells: what it loses says nothing.
func TestARangeOfForecastsIsNotCut(t *testing.T) {
	s := uitest.FinalFrame()
	for i := range s.Calendar {
		if strings.HasPrefix(s.Calendar[i].Title, "Chicago") {
			s.Calendar[i].Title, s.Calendar[i].Consensus = "Chicago PMI, March", "45.0-45.5"
		}
	}
	got := lines(t, input(s), 60, 14)
	if row := got[find(t, got, "Chicago PMI")]; !strings.Contains(row, " 45-45.5 ") {
		t.Errorf("the range is not in %q", row)
	}
}

func TestTheRatesSaySoInTheirRoom(t *testing.T) {
	s := uitest.FinalFrame()
	s.Rates = model.Rates{Known: true, Year: 2025, Cuts: "2", Quoted: true, Source: "Freedom Broker note: market expects two"}
	for w, want := range map[int]string{
		110: "Fed cuts priced for 2025: two, quoted from the Freedom Broker note: market expects two",
		74:  "Fed cuts priced for 2025: two, quoted from the Freedom Broker note",
		60:  "Fed cuts in 2025: two (quoted, Freedom Broker note)",
		46:  "Fed cuts priced for 2025: two, quoted",
		36:  "Fed cuts in 2025: two, quoted",
	} {
		got := lines(t, input(s), w, 12)
		if row := got[find(t, got, "Fed cuts")]; row != want {
			t.Errorf("%d cells: %q is not %q", w, row, want)
		}
	}
}
