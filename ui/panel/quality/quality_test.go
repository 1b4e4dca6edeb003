package quality_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/quality"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week}}
}

// quiet is a panel without alerts.
func quiet(snap *model.Snapshot) panel.Input {
	snap.Alerts = nil
	return input(snap)
}

func text(t *testing.T, in panel.Input, w, h int) string {
	t.Helper()
	block := quality.Render(in, w, h)
	if len(block) != h {
		t.Fatalf("%d lines, want %d", len(block), h)
	}
	for i, l := range block {
		if draw.Width(l) != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", i, draw.Width(l), w, l)
		}
	}
	return ansi.Strip(block.String())
}

func TestCountsOfTheSession(t *testing.T) {
	got := text(t, input(uitest.FinalFrame()), 120, 8)
	for _, want := range []string{
		"priced R2000 1,902/1,960 · Micro 1,442/1,500",
		"58 stale · 2 halted · 1 rejected · 58 in all without a price",
		"members reconcile with the index to 0.00 pp",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestMembersThatDoNotAddUpAreSaidSo(t *testing.T) {
	in := input(uitest.Stale())
	if got, want := text(t, in, 120, 8), "members imply −1.12, the index says −1.64"; !strings.Contains(got, want) {
		t.Errorf("%q is not in\n%s", want, got)
	}
}

func TestTroubleWithTheFeedComesFirst(t *testing.T) {
	in := input(uitest.Stale())
	in.Bare = true
	want := "feed: no answer from the source for 42 s · 12 updates lost"
	for h := 1; h <= 6; h++ {
		if got := text(t, in, 80, h); !strings.HasPrefix(got, want) {
			t.Errorf("%d rows do not start with %q:\n%s", h, want, got)
		}
	}
	in.Snap.Feed.Problem = ""
	if got := text(t, in, 80, 3); !strings.HasPrefix(got, "feed: the feed is behind · 12 updates lost") {
		t.Errorf("lost updates are not said:\n%s", got)
	}
}

func TestIncidentsNewestFirst(t *testing.T) {
	in := quiet(uitest.FinalFrame())
	in.Bare = true
	got := strings.Split(text(t, in, 50, 8), "\n")
	wants := []string{
		" 11:07  S1902 tick rejected  0.41 (8.9 MAD)",
		" 10:12  S1480 halted  LUDP",
		" 10:12  S1481 halted  T1",
		" 09:31  14 names had not printed by 09:30:30",
		"26 Mar  S1911 split  1:10",
		"25 Mar  S0733 merged  cash 41.50",
	}
	for i, want := range wants {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("row %d is %q, want %q", i, got[i], want)
		}
	}
}

func TestEveryKindOfIncidentHasItsWords(t *testing.T) {
	for kind := model.IncidentRejected; kind <= model.IncidentCorrection; kind++ {
		s := uitest.FinalFrame()
		s.Quality.Incidents = []model.Incident{{At: s.AsOf, Kind: kind, Symbol: "AAA"}}
		in := quiet(s)
		in.Bare = true
		row, _, _ := strings.Cut(text(t, in, 60, 4), "\n")
		if words := strings.Fields(row); len(words) < 3 || words[1] != "AAA" {
			t.Errorf("kind %d: the row is %q", kind, row)
		}
	}
	s := uitest.FinalFrame()
	s.Quality.Incidents = []model.Incident{{At: s.AsOf, Kind: model.IncidentLateOpen, Count: 1, Detail: "1 not printed"}}
	if got := text(t, input(s), 60, 6); !strings.Contains(got, "1 name had not printed by 09:30:30  ") || strings.Contains(got, "1 not printed") {
		t.Errorf("one late name:\n%s", got)
	}
}

func TestIncidentsStandInColumnsWhereNoneIsCut(t *testing.T) {
	in := quiet(uitest.FinalFrame())
	in.Bare = true
	rows := strings.Split(text(t, in, 120, 4), "\n")
	if !strings.Contains(rows[0], "S1902") || !strings.Contains(rows[0], "S1481") {
		t.Errorf("the first of two rows has not the newest and the third: %q", rows[0])
	}
	for w := 60; w <= 200; w++ {
		if got := text(t, in, w, 4); strings.Contains(got, "…") {
			t.Errorf("%d cells: something is cut:\n%s", w, got)
		}
	}
}

func TestTheNewestAlertsStandAboveTheCounts(t *testing.T) {
	got := strings.Split(text(t, input(uitest.FinalFrame()), 120, 4), "\n")
	for _, want := range []string{"16:00  R2000 closed below the week's range 2,023.27 < 2,025", "13:35  R2000 day low 2,013.00 −2.55 %"} {
		if !strings.Contains(got[1], want) {
			t.Errorf("%q is not in %q", want, got[1])
		}
	}
	if !strings.Contains(got[2], "58 stale") {
		t.Errorf("below them stands %q", got[2])
	}
	in := input(uitest.FinalFrame())
	in.State.Unread = 2
	if got := text(t, in, 120, 4); !strings.Contains(got, "2 new · priced R2000") {
		t.Errorf("two are new, and the title is\n%s", got)
	}
}

func TestRoomIsSharedWithIncidents(t *testing.T) {
	s := uitest.FinalFrame()
	for i := range 20 {
		s.Alerts = append(s.Alerts, model.Alert{At: s.AsOf.Add(time.Duration(i-20) * time.Minute), Text: "something changed"})
	}
	got := text(t, input(s), 60, 13)
	// The newest one takes two rows of the five.
	if n := strings.Count(got, "something changed"); n != 3 || !strings.Contains(got, "2,025 ") || !strings.Contains(got, "S1902 tick rejected") {
		t.Errorf("%d alerts are shown beside the incidents:\n%s", n, got)
	}
}

func TestInTheirOwnViewAlertsAreElsewhere(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.View = panel.ViewAlerts
	if got := text(t, in, 120, 8); strings.Contains(got, "closed below") || strings.Contains(got, "Alerts") || !strings.Contains(got, "Data") {
		t.Errorf("the data below the list of alerts is\n%s", got)
	}
}

func TestMissingPartsAreNamed(t *testing.T) {
	s := uitest.FinalFrame()
	s.Missing = []string{"events.csv", "ranges.csv"}
	if got := text(t, input(s), 80, 8); !strings.Contains(got, "not in this dataset: events.csv, ranges.csv") {
		t.Errorf("what is missing is not named:\n%s", got)
	}
}

func TestOvertakenPricesAreCounted(t *testing.T) {
	s := uitest.Empty()
	s.Feed.Overtaken = 1_234_567
	got := text(t, input(s), 80, 4)
	if !strings.Contains(got, "no stale, halted or rejected prices · 1,234,567 overtaken by newer ones") || strings.Contains(got, "lost") {
		t.Errorf("it says\n%s", got)
	}
}

func TestNothingWrong(t *testing.T) {
	s := uitest.Empty()
	s.AsOf = time.Date(2025, 3, 28, 16, 0, 0, 0, session.Zone())
	if got := text(t, input(s), 80, 4); !strings.Contains(got, "no stale, halted or rejected prices") {
		t.Errorf("a clean session is not called clean:\n%s", got)
	}
	if got := text(t, input(nil), 80, 4); !strings.Contains(got, "waiting for the first prices") {
		t.Errorf("before the first snapshot:\n%s", got)
	}
}

// TestTheTitleHasWholeFigures: a universe that the frame has no room for is left
// out and not cut within its figures.
func TestTheTitleHasWholeFigures(t *testing.T) {
	in := panel.Input{Snap: uitest.FinalFrame(), Theme: theme.New(theme.Options{})}
	in.State.Unread = 34
	both := 0
	for w := 30; w <= 90; w++ {
		top := ansi.Strip(quality.Render(in, w, 8)[0])
		if strings.Contains(top, "…") {
			t.Errorf("%d cells: %s", w, top)
		}
		if strings.Contains(top, "34 new · priced R2000 ") && strings.Contains(top, " · Micro ") {
			both++
		}
	}
	if both == 0 || both == 61 {
		t.Errorf("of 61 widths %d have both universes", both)
	}
}
