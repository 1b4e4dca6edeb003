package alerts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func at(day, hour, minute int) time.Time {
	return session.NewDate(2025, time.March, day).At(hour, minute)
}

// some is the final frame with three alerts, two of them at the close.
func some() panel.Input {
	s := uitest.FinalFrame()
	s.Alerts = []model.Alert{
		{At: at(27, 10, 0), Kind: "release", Severity: model.SeverityInfo, Text: "Pending home sales 2.0% -0.5 sigmas"},
		{At: at(28, 16, 0), Kind: "range-close", Severity: model.SeverityUrgent, Text: "R2000 closed below the week's range 2,023.27 < 2,025"},
		{At: at(28, 16, 0), Kind: "worst-day", Severity: model.SeverityNotice, Text: "R2000 third worst day of March (-2.05 %)"},
	}
	return panel.Input{Snap: s, Theme: theme.New(theme.Options{}), State: panel.State{ViewState: panel.ViewState{View: panel.ViewAlerts}}}
}

func lines(in panel.Input, w, h int) []string {
	return strings.Split(ansi.Strip(alerts.Render(in, w, h).String()), "\n")
}

func TestTheNewestFirstAndOfThoseTheMostUrgent(t *testing.T) {
	got := lines(some(), 90, 6)
	for i, want := range []string{
		"Fri 28 16:00  ● urgent  R2000 closed below the week's range 2,023.27 < 2,025",
		"Fri 28 16:00  ○ notice  R2000 third worst day of March (−2.05 %)",
		"Thu 27 10:00    info    Pending home sales 2.0% −0.5 sigmas",
	} {
		if !strings.Contains(got[i+1], want) {
			t.Errorf("row %d is %q, want %q", i, got[i+1], want)
		}
	}
}

// TestANarrowListKeepsTheFigures leaves out how urgent an alert is, and the date
// of today's, and folds what is still too long.
func TestANarrowListKeepsTheFigures(t *testing.T) {
	got := lines(some(), 60, 7)
	for i, want := range []string{
		"│ 16:00  R2000 closed below the week's range 2,023.27 <    │",
		"│        2,025                                             │",
		"│ 16:00  R2000 third worst day of March (−2.05 %)          │",
		"│ Thu 27 10:00  Pending home sales 2.0% −0.5 sigmas        │",
	} {
		if got[i+1] != want {
			t.Errorf("row %d is %q, want %q", i, got[i+1], want)
		}
	}
}

// TestNoWordOfALongAlertIsLost reads a list of long alerts back at every width
// that has room for words.
func TestNoWordOfALongAlertIsLost(t *testing.T) {
	in := some()
	const long = "Micro H-L 1D ROTATION into high debt/EV, z0 +2.1 (R2000 H-L was EXTREME)"
	in.Snap.Alerts = append(in.Snap.Alerts, model.Alert{At: at(28, 16, 0), Severity: model.SeverityUrgent, Text: long})
	want := strings.Fields(alerts.Text(in.Theme, &model.Alert{Text: long}))
	for w := 40; w <= 130; w++ {
		var words []string
		for _, line := range lines(in, w, 30)[1:] {
			words = append(words, strings.Fields(strings.Trim(line, "│╰╯─"))...)
		}
		if !strings.Contains(strings.Join(words, " "), strings.Join(want, " ")) {
			t.Errorf("in %d cells the list says %q", w, words)
		}
		short := strings.Fields(ansi.Strip(alerts.Folded(in, &in.Snap.Alerts[3], w).String()))
		if got := strings.Join(short, " "); got != "16:00 "+strings.Join(want, " ") {
			t.Errorf("in %d cells the dashboard says %q", w, got)
		}
	}
}

// TestTheTopIsAnAlert whichever of its rows stands there.
func TestTheTopIsAnAlert(t *testing.T) {
	in := some()
	for scroll, want := range []string{"R2000 closed", "R2000 closed", "R2000 third", "Pending home"} {
		in.State.Scroll = scroll
		if a := alerts.Top(in, 60, 3); a == nil || !strings.HasPrefix(a.Text, want) {
			t.Errorf("scrolled by %d the top is %v, want %q", scroll, a, want)
		}
	}
	in.Snap.Alerts = nil
	if a := alerts.Top(in, 60, 3); a != nil {
		t.Errorf("the top of nothing is %v", a)
	}
}

func TestSignsInTheNamesOfSpreads(t *testing.T) {
	th := theme.New(theme.Options{})
	for text, want := range map[string]string{
		"Q4-Q1 1W z0 -2.0 has reached -2":             "Q4−Q1 1W z0 −2.0 has reached −2",
		"Micro H-L 1D EXTREME":                        "Micro H−L 1D EXTREME",
		"R2000-S&P 500 1D has turned positive":        "R2000−S&P 500 1D has turned positive",
		"Case-Shiller home prices 2.0% in 10 minutes": "Case-Shiller home prices 2.0% in 10 minutes",
		"1-year inflation expectations":               "1-year inflation expectations",
	} {
		if got := alerts.Text(th, &model.Alert{Text: text}); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestTheTitleCounts(t *testing.T) {
	in := some()
	if got := lines(in, 90, 6)[0]; !strings.Contains(got, "Alerts") || !strings.Contains(got, "3 in all") || strings.Contains(got, "new") {
		t.Errorf("the title is %q", got)
	}
	in.State.Unread = 2
	if got := lines(in, 90, 6)[0]; !strings.Contains(got, "3 in all · 2 new") {
		t.Errorf("with two new ones the title is %q", got)
	}
}

func TestNewOnesStandOut(t *testing.T) {
	in := some()
	in.State.Unread = 2
	for i, line := range alerts.Render(in, 90, 6)[1:4] {
		if got, want := strings.Contains(line, in.Theme.Prefix(theme.AccentStrong)), i < 2; got != want {
			t.Errorf("row %d stands out: %v, want %v", i, got, want)
		}
	}
}

func TestWhatHasJustComeIsMarkedForAMoment(t *testing.T) {
	in := some()
	in.Snap.Clock.Phase = session.Open
	marked := func(age time.Duration) bool {
		in.Snap.AsOf = at(28, 16, 0).Add(age)
		return strings.Contains(alerts.Short(in, &in.Snap.Alerts[1]), in.Theme.Prefix(theme.Changed))
	}
	for age, want := range map[time.Duration]bool{0: true, time.Minute: true, 2 * time.Minute: false, time.Hour: false, -time.Minute: false} {
		if got := marked(age); got != want {
			t.Errorf("after %v it is marked: %v, want %v", age, got, want)
		}
	}
	in.Snap.Clock.Phase = session.Post
	if marked(time.Minute) {
		t.Error("after the close, when time may stand still, it stays marked")
	}
}

func TestScrolledToTheOldest(t *testing.T) {
	in := some()
	for i := range 40 {
		in.Snap.Alerts = slices.Insert(in.Snap.Alerts, i, model.Alert{At: at(24, 10, i), Text: fmt.Sprintf("number %d", i)})
	}
	start, e := alerts.Extent(in, 90, 12)
	if e.Rows != 43 || e.Height != 10 {
		t.Fatalf("the list has %+v", e)
	}
	in.State.Scroll = e.Scroll(start, 0, 1000)
	if got := lines(in, 90, 12); !strings.Contains(got[10], "number 0") {
		t.Errorf("the last row is %q", got[10])
	}
}

func TestWhereThereIsNothing(t *testing.T) {
	in := some()
	in.Snap.Alerts = nil
	if got := lines(in, 60, 5)[1]; !strings.Contains(got, "nothing yet") {
		t.Errorf("without alerts: %q", got)
	}
	in.Snap = nil
	if got := lines(in, 60, 5)[1]; !strings.Contains(got, "waiting for the first prices") {
		t.Errorf("before the first snapshot: %q", got)
	}
	if _, e := alerts.Extent(in, 60, 5); e.Rows != 0 {
		t.Errorf("a list of nothing has %d rows", e.Rows)
	}
}

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th, Bare: w%3 == 0}
		in.State.Scroll, in.State.Unread = w%4, h%3
		return alerts.Render(in, w, h)
	})
}
