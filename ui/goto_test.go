package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/uitest"
)

func date(y int, m time.Month, d int) session.Date { return session.NewDate(y, m, d) }

func TestMomentsAsTheyAreTyped(t *testing.T) {
	week := panel.Playback{
		From: date(2025, time.March, 24).At(9, 0), To: date(2025, time.March, 28).At(16, 0), Now: date(2025, time.March, 26).At(12, 0),
	}
	turn := panel.Playback{
		From: date(2024, time.December, 30).At(9, 0), To: date(2025, time.January, 3).At(16, 0), Now: date(2024, time.December, 31).At(10, 0),
	}
	cases := map[string]struct {
		text string
		at   panel.Playback
		want time.Time
	}{
		"day and time":           {"28 Mar 10:30", week, date(2025, time.March, 28).At(10, 30)},
		"American order":         {"Mar 28 10:30", week, date(2025, time.March, 28).At(10, 30)},
		"ISO":                    {"2025-03-28 10:30", week, date(2025, time.March, 28).At(10, 30)},
		"ISO with a T":           {"2025-03-28T10:30", week, date(2025, time.March, 28).At(10, 30)},
		"with a year":            {"28 Mar 2025 10:30", week, date(2025, time.March, 28).At(10, 30)},
		"time of the day shown":  {"10:30", week, date(2025, time.March, 26).At(10, 30)},
		"a short hour":           {"9:45", week, date(2025, time.March, 26).At(9, 45)},
		"a day is its open":      {"27 mar", week, date(2025, time.March, 27).At(9, 30)},
		"an ISO day is its open": {"2025-03-27", week, date(2025, time.March, 27).At(9, 30)},
		"end":                    {" END ", week, week.To},
		"start":                  {"start", week, week.From},
		"blanks":                 {"  28   Mar   10:30 ", week, date(2025, time.March, 28).At(10, 30)},
		"this side of new year":  {"31 Dec 11:00", turn, date(2024, time.December, 31).At(11, 0)},
		"the other side":         {"2 Jan 11:00", turn, date(2025, time.January, 2).At(11, 0)},
		"the very first moment":  {"24 Mar 09:00", week, week.From},
		"the very last moment":   {"28 Mar 16:00", week, week.To},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := parseMoment(c.text, c.at)
			if err != nil || !got.Equal(c.want) {
				t.Errorf("%q is %v (%v), want %v", c.text, got, err, c.want)
			}
		})
	}
}

func TestWhatIsNoMomentSaysWhatToType(t *testing.T) {
	week := panel.Playback{
		From: date(2025, time.March, 24).At(9, 0), To: date(2025, time.March, 28).At(16, 0), Now: date(2025, time.March, 26).At(12, 0),
	}
	cases := map[string]struct{ text, want string }{
		"nothing":          {"", `"" is no time; type 28 Mar 10:30, 10:30, start or end`},
		"words":            {"noon", `"noon" is no time; type 28 Mar 10:30, 10:30, start or end`},
		"no such time":     {"25:00", `"25:00" is no time; type 28 Mar 10:30, 10:30, start or end`},
		"no such day":      {"31 Feb 10:00", `"31 Feb 10:00" is no time; type 28 Mar 10:30, 10:30, start or end`},
		"after the replay": {"30 Mar 10:30", "30 Mar 2025 10:30 is not in the replay; type a time from 24 Mar 09:00 to 28 Mar 16:00"},
		"another year":     {"2024-03-28 10:30", "28 Mar 2024 10:30 is not in the replay; type a time from 24 Mar 09:00 to 28 Mar 16:00"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := parseMoment(c.text, week)
			if err == nil || err.Error() != c.want {
				t.Errorf("%q: %v\nwant %s", c.text, err, c.want)
			}
		})
	}
}

func TestTypingATime(t *testing.T) {
	a, _, play := replayed(uitest.FinalFrame())
	typed(a, ":", "2", "6", "space", "M", "a", "r", "x", "backspace", "space", "1", "0", ":", "3", "0")
	if screen := ansi.Strip(a.View().Content); !strings.Contains(screen, "go to 26 Mar 10:30") {
		t.Fatalf("what is typed is not on the screen:\n%s", screen)
	}
	typed(a, "enter")
	if got, want := play.orders(), []string{"seek 2025-03-26 10:30"}; !slices.Equal(got, want) {
		t.Errorf("the replay was told %q, want %q", got, want)
	}
	if a.state.Prompt.Open || a.prompt.Focused() {
		t.Error("the line is still open")
	}
	typed(a, ":")
	if a.state.Prompt.Text != "" {
		t.Errorf("the line opens again with %q", a.state.Prompt.Text)
	}
}

func TestATimeThatIsNoneKeepsTheLineOpen(t *testing.T) {
	a, _, play := replayed(uitest.FinalFrame())
	typed(a, ":", "9", "9", "enter")
	if screen := ansi.Strip(a.View().Content); !strings.Contains(screen, `go to 99`) || !strings.Contains(screen, `"99" is no time; type 28 Mar 10:30`) {
		t.Errorf("the screen does not say what is wrong and what to type:\n%s", screen)
	}
	typed(a, "backspace", "backspace", "e", "n", "d", "enter")
	if got, want := play.orders(), []string{"seek 2025-03-28 16:00"}; !slices.Equal(got, want) {
		t.Errorf("after the correction the replay was told %q, want %q", got, want)
	}
}

func TestLettersTypedAreNoCommands(t *testing.T) {
	a, src, play := replayed(uitest.FinalFrame())
	before := a.state
	typed(a, ":", "q", "t", "m", "r", "1", "?", "space")
	typed(a, "ctrl+c")
	before.Notice = ""
	if a.state != before || len(play.orders())+len(src.queries()) > 0 {
		t.Errorf("typing into the line changed something else: %+v", a.state)
	}
}

func TestEscClosesTheLine(t *testing.T) {
	a, _, play := replayed(uitest.FinalFrame())
	typed(a, ":", "1", "0", "esc")
	if a.state.Prompt.Open || len(play.orders()) > 0 {
		t.Errorf("the line is %+v, the replay was told %q", a.state.Prompt, play.orders())
	}
}

func TestPastesAreCleaned(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	typed(a, ":")
	send(a, tea.PasteMsg{Content: "10:\x1b[2J30\u202e\u200d日本\n" + strings.Repeat("9", 100)})
	if got := a.state.Prompt.Text; strings.Trim(got, "0123456789:[J ") != "" || len(got) > 32 {
		t.Errorf("the paste became %q", got)
	}
	typed(a, "esc")
	send(a, tea.PasteMsg{Content: "q"})
	if a.state.Prompt.Open {
		t.Error("a paste without an open line opened it")
	}
}
