package report_test

import (
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

// What a burst has overtaken is counted apart from what is lost.
func TestLostAndOvertakenAreCountedApart(t *testing.T) {
	s := uitest.FinalFrame()
	s.Feed.Dropped, s.Feed.Overtaken = 3, 19_920
	got := decode(t, s, report.Options{Window: session.Week})
	if lost, overtaken := look(t, got, "feed", "dropped"), look(t, got, "feed", "overtaken"); lost != 3.0 || overtaken != 19_920.0 {
		t.Errorf("%v are lost and %v overtaken, want 3 and 19,920", lost, overtaken)
	}
}

// A delay of days is said in days.
func TestALongDelayIsReadable(t *testing.T) {
	s := uitest.FinalFrame()
	s.Mode, s.Feed.Delay = model.ModeDelayed, 3343*time.Minute
	f, err := report.ParseFormat("text")
	if err != nil {
		t.Fatal(err)
	}
	if text := render(t, f, s, report.Options{Window: session.Week}); !strings.Contains(text, "DELAYED 2d 7h") || !strings.Contains(text, "delayed 2d 7h") {
		t.Errorf("it does not say DELAYED 2d 7h:\n%s", text)
	}
}
