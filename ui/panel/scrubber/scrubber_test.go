package scrubber_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/scrubber"
	"gyre/ui/theme"
)

var (
	monday = session.NewDate(2025, time.March, 24)
	friday = session.NewDate(2025, time.March, 28)
)

func week(now time.Time) panel.Playback {
	return panel.Playback{
		Known: true, Playing: true, Speed: 60, Calendar: session.New(),
		From: monday.At(9, 0), To: friday.At(16, 0), Now: now,
	}
}

func line(t *testing.T, p panel.Playback, w int) string {
	t.Helper()
	block := scrubber.Render(panel.Input{Theme: theme.New(theme.Options{}), State: panel.State{Playback: p}}, w, 1)
	if len(block) != 1 || draw.Width(block[0]) != w {
		t.Fatalf("%d lines, the first %d cells wide; want 1 of %d", len(block), draw.Width(block[0]), w)
	}
	return ansi.Strip(block[0])
}

// place is how far along its track the knob stands, 0 to 1.
func place(t *testing.T, text string) float64 {
	t.Helper()
	track := strings.Trim(text, " ×0123456789:MarendpusxmF")
	runes := []rune(track)
	for i, r := range runes {
		if r == '●' {
			return float64(i) / float64(len(runes)-1)
		}
	}
	t.Fatalf("there is no knob in %q", text)
	return 0
}

func TestTheKnobMovesWithTradingTime(t *testing.T) {
	cases := map[string]struct {
		now  time.Time
		want float64
	}{
		"before the first open":  {monday.At(9, 0), 0},
		"midday of the first":    {monday.At(12, 45), 0.1},
		"the first close":        {monday.At(16, 0), 0.2},
		"the night has no width": {monday.At(23, 0), 0.2},
		"the second open":        {monday.AddDays(1).At(9, 30), 0.2},
		"the end":                {friday.At(16, 0), 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := place(t, line(t, week(c.now), 160)); got < c.want-0.01 || got > c.want+0.01 {
				t.Errorf("the knob stands at %.3f, want %.3f", got, c.want)
			}
		})
	}
}

func TestLabels(t *testing.T) {
	paused, over, fast := week(monday.At(12, 0)), week(friday.At(16, 0)), week(monday.At(12, 0))
	paused.Playing, over.Ended, fast.Speed = false, true, 0
	cases := map[string]struct {
		at   panel.Playback
		want []string
	}{
		"playing":  {week(monday.At(12, 0)), []string{" 24 Mar ", " 28 Mar 16:00 ", "×60"}},
		"paused":   {paused, []string{"paused"}},
		"over":     {over, []string{" end "}},
		"no limit": {fast, []string{"×max"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for _, want := range c.want {
				if got := line(t, c.at, 120); !strings.Contains(got, want) {
					t.Errorf("%q does not contain %q", got, want)
				}
			}
		})
	}
}

func TestSessionsAreMarkedWhereThereIsRoom(t *testing.T) {
	if got := strings.Count(line(t, week(monday.At(9, 0)), 120), "┼"); got != 4 {
		t.Errorf("%d marks between five sessions, want 4", got)
	}
	year := week(monday.At(9, 0))
	year.From, year.To = session.NewDate(2025, time.January, 2).At(9, 0), session.NewDate(2025, time.December, 31).At(16, 0)
	if got := strings.Count(line(t, year, 120), "┼"); got != 0 {
		t.Errorf("%d marks between 250 sessions on one line, want none", got)
	}
}

func TestWithoutACalendarTimeIsEven(t *testing.T) {
	p := week(monday.At(9, 0))
	p.Calendar, p.Now = nil, p.From.Add(p.To.Sub(p.From)/2)
	if got := place(t, line(t, p, 160)); got < 0.49 || got > 0.51 {
		t.Errorf("the knob stands at %.3f, want the middle", got)
	}
}

func TestWithoutAReplayThereIsNothing(t *testing.T) {
	for name, p := range map[string]panel.Playback{"live": {}, "no length": {Known: true}} {
		if got := line(t, p, 80); strings.TrimSpace(got) != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestEveryWidthIsExact(t *testing.T) {
	for w := range 250 {
		line(t, week(monday.At(12, 0)), w)
	}
}
