package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func shown() ui.Shown {
	size, state := ui.Size{W: 80, H: 24}, panel.State{Window: session.Week}
	return ui.Shown{Text: ui.Render(uitest.FinalFrame(), size, theme.New(theme.Options{}), state), Size: size, State: state}
}

func TestExportNamesItsFilesByTheMarketsTime(t *testing.T) {
	folder := t.TempDir()
	where, err := exporter(folder)(uitest.FinalFrame(), shown())
	if err != nil {
		t.Fatal(err)
	}
	stem := filepath.Join(folder, "gyre-2025-03-28-160000")
	if want := stem + ".json, .csv and .svg"; where != want {
		t.Errorf("it says %q, want %q", where, want)
	}
	for end, want := range map[string]string{".json": `"gyre.snapshot/1"`, ".csv": "2023.27", ".svg": "Russell"} {
		content, err := os.ReadFile(stem + end)
		if err != nil || !strings.Contains(string(content), want) {
			t.Errorf("%s does not have %q in it (%v)", end, want, err)
		}
	}
}

func TestExportOfTheMembersHasTheTable(t *testing.T) {
	folder, screen := t.TempDir(), shown()
	screen.State.View = panel.ViewMembers
	screen.State.Members.Sort, screen.State.Members.Ascending = panel.ColumnSymbol, true
	snap := uitest.FinalFrame()
	where, err := exporter(folder)(snap, screen)
	if err != nil || !strings.HasSuffix(where, ".json, .csv, -members.csv and .svg") {
		t.Fatalf("it says %q (%v)", where, err)
	}
	content, err := os.ReadFile(filepath.Join(folder, "gyre-2025-03-28-160000-members.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	inGroup := 0
	for i := range snap.Members {
		if screen.State.Members.Group.Has(&snap.Members[i], session.Week) {
			inGroup++
		}
	}
	if inGroup == 0 || len(lines) != inGroup+1 || !strings.HasPrefix(lines[0], "rank,symbol,name,sector,cap,last,last_trade,1D_pct,") {
		t.Errorf("%d companies on %d lines, first\n%s", inGroup, len(lines), lines[0])
	}
}

func TestExportNeverWritesOverAFile(t *testing.T) {
	folder := t.TempDir()
	write := exporter(folder)
	for _, want := range []string{"160000.json", "160000-2.json", "160000-3.json"} {
		where, err := write(uitest.FinalFrame(), shown())
		if err != nil || !strings.Contains(where, want) {
			t.Errorf("it says %q (%v), want a file %s", where, err, want)
		}
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	_, err := exporter(filepath.Join(t.TempDir(), "nowhere"))(uitest.FinalFrame(), shown())
	if err == nil || !strings.Contains(err.Error(), "no such file or directory") {
		t.Errorf("into a folder that is not there: %v", err)
	}
}
