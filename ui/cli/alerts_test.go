package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// alerted is a snapshot some minutes after noon, with alerts of those minutes.
func alerted(epoch uint64, minute int, alerts ...int) *model.Snapshot {
	noon := session.NewDate(2025, time.March, 28).At(12, 0)
	snap := &model.Snapshot{Epoch: epoch, AsOf: noon.Add(time.Duration(minute) * time.Minute), Sample: true}
	for _, m := range alerts {
		snap.Alerts = append(snap.Alerts, model.Alert{
			At: noon.Add(time.Duration(m) * time.Minute), Kind: alert.Z0, Severity: model.SeverityNotice, Text: fmt.Sprintf("minute %d", m),
		})
	}
	return snap
}

// alerterOf is an alerter with a command, its log, and what it told.
func alerterOf(t *testing.T, command ...string) (a *alerter, log *bytes.Buffer, told chan string) {
	t.Helper()
	log, told = &bytes.Buffer{}, make(chan string, 10)
	s := bareShell(t)
	s.env, s.log, s.config.OnAlert = os.Environ(), slog.New(slog.NewTextHandler(log, nil)), command
	return newAlerter(s, func(_ context.Context, notice string) { told <- notice }), log, told
}

// queued is what waits for the command.
func queued(a *alerter) string {
	var all []string
	for len(a.queue) > 0 {
		all = append(all, (<-a.queue).Text)
	}
	return strings.Join(all, ", ")
}

func TestOnlyNewAlertsAreHandedOver(t *testing.T) {
	a, _, _ := alerterOf(t, "true")
	for i, step := range []struct {
		snap *model.Snapshot
		want string
	}{
		{alerted(1, 0), ""},
		{alerted(1, 0, -30, -2), ""},
		{alerted(1, 1, -30, -2, 1), "minute 1"},
		{alerted(1, 4, -30, -2, 1, 3, 4), "minute 3, minute 4"},
		{alerted(2, 60), ""},
		{alerted(2, 60, 10, 50), ""},
		{alerted(2, 61, 10, 50, 61), "minute 61"},
	} {
		a.see(step.snap)
		if got := queued(a); got != step.want {
			t.Errorf("step %d: handed over are %q, want %q", i, got, step.want)
		}
	}
}

func TestWithoutACommandNothingIsHandedOver(t *testing.T) {
	a, _, _ := alerterOf(t)
	a.see(alerted(1, 0))
	a.see(alerted(1, 1, 1))
	if got := queued(a); got != "" {
		t.Errorf("handed over are %q", got)
	}
	a.set([]string{"true"})
	a.see(alerted(1, 2, 1, 2))
	if got := queued(a); got != "minute 2" {
		t.Errorf("with a command handed over are %q: the first was there before it", got)
	}
}

func TestASlowCommandLosesAlertsAndTheyAreCounted(t *testing.T) {
	a, log, _ := alerterOf(t, "true")
	a.see(alerted(1, 0))
	var minutes []int
	for m := 1; m <= alertQueue+3; m++ {
		minutes = append(minutes, m)
	}
	a.see(alerted(1, 60, minutes...))
	if len(a.queue) != alertQueue || !strings.Contains(log.String(), "dropped=3 ") {
		t.Errorf("%d wait; the log is %s", len(a.queue), log)
	}
}

// TestTheDocumentedAlert compares the example of the page with what is handed over.
func TestTheDocumentedAlert(t *testing.T) {
	page, err := os.ReadFile("../../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```json\n(.*?)\n```").FindSubmatch(page)
	if example == nil {
		t.Fatal("there is no example")
	}
	snap := &model.Snapshot{Sample: true}
	line := lineOf(snap, &model.Alert{
		At: session.NewDate(2025, time.March, 28).At(16, 0), Kind: alert.RangeClose, Severity: model.SeverityUrgent,
		Text: "R2000 closed below the range low 2,025 (2,023.27)",
	})
	text, err := json.Marshal(line)
	if err != nil || string(text) != string(example[1]) {
		t.Errorf("the page has\n%s, handed over is\n%s", example[1], text)
	}
	for field := range strings.SplitSeq("schema at kind severity text mode sample", " ") {
		if !bytes.Contains(page, []byte("| `"+field+"` |")) {
			t.Errorf("the page does not say what %s is", field)
		}
	}
	for _, kind := range alert.Kinds() {
		if !bytes.Contains(page, []byte("`"+string(kind)+"`")) {
			t.Errorf("the page does not say what %s is", kind)
		}
	}
}

func TestTheModeOfAnAlert(t *testing.T) {
	for mode, want := range map[model.Mode]string{model.ModeReplay: "replay", model.ModeLive: "live", model.ModeDelayed: "delayed"} {
		if line := lineOf(&model.Snapshot{Mode: mode}, &model.Alert{}); line.Mode != want {
			t.Errorf("%d is %q", mode, line.Mode)
		}
	}
}
