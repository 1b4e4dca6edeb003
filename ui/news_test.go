package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/model"
	"gyre/model/claim"
	"gyre/ui/panel"
	"gyre/ui/uitest"
)

var errDisk = errors.New("the disk is full")

func TestUnreadAlerts(t *testing.T) {
	snap := uitest.FinalFrame()
	a, _, _ := full(snap)
	if a.state.Unread != 2 || !strings.Contains(text(a), "2 new") {
		t.Errorf("%d alerts are new, want 2", a.state.Unread)
	}
	if typed(a, "a"); !strings.Contains(text(a), "2 new") {
		t.Error("what is new is not marked where it is read")
	}
	if typed(a, "esc"); a.state.Unread != 0 || strings.Contains(text(a), " new ") {
		t.Errorf("after a look %d are new", a.state.Unread)
	}
	later := *snap
	later.AsOf = snap.AsOf.Add(time.Minute)
	later.Alerts = append(slices.Clone(snap.Alerts), model.Alert{At: later.AsOf, Text: "one more"})
	if send(a, snapshotMsg{snap: &later}); a.state.Unread != 1 {
		t.Errorf("one has come, and %d are new", a.state.Unread)
	}
	if send(a, snapshotMsg{snap: snap}); a.state.Unread != 0 {
		t.Errorf("back in time %d are new", a.state.Unread)
	}
}

func TestTheBellRingsForUrgentAlertsOnly(t *testing.T) {
	snap := uitest.FinalFrame()
	with := func(s model.Severity) *model.Snapshot {
		later := *snap
		later.AsOf = snap.AsOf.Add(time.Minute)
		later.Alerts = append(slices.Clone(snap.Alerts), model.Alert{At: later.AsOf, Severity: s})
		return &later
	}
	rang := func(a *App, snap *model.Snapshot) bool {
		a.feed.next = func() tea.Msg { return nil }
		_, cmd := a.Update(snapshotMsg{snap: snap})
		batch, _ := cmd().(tea.BatchMsg)
		return slices.ContainsFunc(batch, func(c tea.Cmd) bool { return c() == tea.Raw(bel)() })
	}
	for severity, want := range map[model.Severity]bool{model.SeverityInfo: false, model.SeverityNotice: false, model.SeverityUrgent: true} {
		a, _, _ := full(snap)
		if got := rang(a, with(severity)); got != want {
			t.Errorf("%v rings: %v, want %v", severity, got, want)
		}
		if rang(a, with(severity)) {
			t.Errorf("%v rings twice", severity)
		}
	}
	first, _, _ := full(nil)
	if rang(first, with(model.SeverityUrgent)) {
		t.Error("the first snapshot rings for what is long past")
	}
	quiet, _, _ := full(snap)
	quiet.prefs.bell = false
	if rang(quiet, with(model.SeverityUrgent)) {
		t.Error("without the bell it rings")
	}
}

func TestTheNoteIsCheckedOncePerSnapshot(t *testing.T) {
	a, _, _ := full(uitest.FinalFrame())
	if a.state.Note != nil {
		t.Error("the note is checked while nobody looks")
	}
	typed(a, "n")
	note := a.state.Note
	if note == nil || len(note.Results) != 2 || note.Results[1].Verdict != claim.False {
		t.Fatalf("the check is %+v", note)
	}
	if typed(a, "m", "down"); a.state.Note != note {
		t.Error("a key checks the note again")
	}
	if send(a, snapshotMsg{snap: uitest.FinalFrame()}); a.state.Note == note {
		t.Error("a new snapshot is not checked")
	}
}

func TestWithoutANoteOrAnExportTheirKeysAreDeadAndHidden(t *testing.T) {
	a, _, _ := replayed(uitest.FinalFrame())
	typed(a, "n", "e")
	if a.state.View != panel.ViewDashboard || a.state.Notice != "" {
		t.Errorf("a key did something: %+v", a.state)
	}
	if typed(a, "?"); strings.Contains(text(a), "note check") || strings.Contains(text(a), "write the screen") {
		t.Errorf("the help has keys that do nothing:\n%s", text(a))
	}
}

func TestExport(t *testing.T) {
	a, _, _ := full(nil)
	if typed(a, "e"); a.state.Notice != "There is nothing to write yet" {
		t.Errorf("without a snapshot it says %q", a.state.Notice)
	}
	send(a, snapshotMsg{snap: uitest.FinalFrame()})
	want := a.View().Content
	var got Shown
	a.write = func(_ *model.Snapshot, s Shown) (string, error) { got = s; return "x.json", nil }
	if typed(a, "e"); a.state.Notice != "Written to x.json" || !strings.Contains(text(a), "Written to x.json") {
		t.Errorf("it says %q", a.state.Notice)
	}
	if got.Size != (Size{120, 40}) || len(got.Text) < len(want)/2 || strings.Contains(got.Text, "nothing to write") {
		t.Errorf("written was a screen of %v:\n%s", got.Size, got.Text)
	}
	a.write = func(*model.Snapshot, Shown) (string, error) { return "", errDisk }
	if typed(a, "e"); a.state.Notice != "The screen was not written: the disk is full" {
		t.Errorf("after a failure it says %q", a.state.Notice)
	}
}
