package calendar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
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
