package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
	sampledata "gyre/sample-data"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func shown() ui.Shown {
	size, state := ui.Size{W: 80, H: 24}, panel.State{Window: session.Week}
	return ui.Shown{Text: ui.Render(uitest.FinalFrame(), size, theme.New(theme.Options{}), state), Size: size, State: state}
}

// listedAlerts are those of the snapshot.
func listedAlerts(snap *model.Snapshot) []model.Alert { return snap.Alerts }

func TestExportNamesItsFilesByTheMarketsTime(t *testing.T) {
	folder := t.TempDir()
	where, err := exporter(folder, listedAlerts)(uitest.FinalFrame(), shown())
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
	where, err := exporter(folder, listedAlerts)(snap, screen)
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
	write := exporter(folder, listedAlerts)
	for _, want := range []string{"160000.json", "160000-2.json", "160000-3.json"} {
		where, err := write(uitest.FinalFrame(), shown())
		if err != nil || !strings.Contains(where, want) {
			t.Errorf("it says %q (%v), want a file %s", where, err, want)
		}
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	_, err := exporter(filepath.Join(t.TempDir(), "nowhere"), listedAlerts)(uitest.FinalFrame(), shown())
	if err == nil || !strings.Contains(err.Error(), "no such file or directory") {
		t.Errorf("into a folder that is not there: %v", err)
	}
}

// However a replay came to a moment, what is exported there is what gyre snapshot
// writes of it, also where the list on the screen is longer or lags behind.
func TestAnExportHasTheAlertsOfTheSession(t *testing.T) {
	const moment = "2025-03-25 11:57"
	for name, args := range map[string][]string{
		"played over two sessions": {"--from", "2025-03-24", "--to", moment, "--speed", "max"},
		"gone to":                  {"--at", moment, "--paused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			p := Program{Sample: sampledata.FS()}
			p.show = func(ctx context.Context, o ui.Options) error {
				for {
					snap, err := o.Source.Next(ctx)
					if err != nil {
						return err
					}
					if clock(snap.AsOf) == moment {
						_, err := o.Export(snap, shown())
						return err
					}
				}
			}
			var said bytes.Buffer
			env := []string{"HOME=" + t.TempDir()}
			if code := p.Run(t.Context(), args, strings.NewReader(""), &said, &said, env); code != ExitDone {
				t.Fatalf("it ends with %d and %s", code, &said)
			}
			exported, err := os.ReadFile("gyre-2025-03-25-115700.json")
			done(t, err)
			var written bytes.Buffer
			p.Run(t.Context(), []string{"snapshot", "--at", moment, "--format", "json"}, strings.NewReader(""), &written, &said, env)
			got, want := alertsIn(t, exported), alertsIn(t, written.Bytes())
			if len(want) == 0 || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("it has\n%v\nwant\n%v", got, want)
			}
		})
	}
}

// alertsIn is when and what the alerts of a snapshot's JSON are.
func alertsIn(t *testing.T, text []byte) []string {
	t.Helper()
	var page struct{ Alerts []struct{ At, Text string } }
	done(t, json.Unmarshal(text, &page))
	var all []string
	for _, a := range page.Alerts {
		all = append(all, a.At+" "+a.Text)
	}
	return all
}

// Of a live feed it is what was found since the open.
func TestAnExportOfALiveFeedHasTheAlertsOfTheSession(t *testing.T) {
	on := session.Session{Date: monday, Opens: monday.At(9, 30), Closes: monday.At(16, 0)}
	snap := &model.Snapshot{AsOf: monday.At(11, 0), Clock: model.Clock{Session: on}, Alerts: []model.Alert{
		{At: on.Opens.Add(-24 * time.Hour), Text: "yesterday"},
		{At: on.Opens.Add(-time.Second), Text: "before"},
		{At: on.Opens, Text: "open"},
		{At: monday.At(10, 0), Text: "later"},
	}}
	got := bareShell(t).ofTheSession(t.Context(), &connection{}, alert.Defaults)(snap)
	if len(got) != 2 || got[0].Text != "open" || got[1].Text != "later" || len(snap.Alerts) != 4 {
		t.Errorf("it has %v", got)
	}
}

func TestAlertsOfEarlierSessionsAreLeftOut(t *testing.T) {
	snap := *uitest.FinalFrame()
	opens := snap.Clock.Session.Opens
	snap.Alerts = []model.Alert{{At: opens.Add(-18 * time.Hour), Text: "yesterday"}, {At: opens, Text: "at the open"}, {At: opens.Add(time.Hour), Text: "later"}}
	got := sinceTheOpen(&snap)
	if len(got) != 2 || got[0].Text != "at the open" || len(snap.Alerts) != 3 {
		t.Errorf("of %v it takes %v", snap.Alerts, got)
	}
}
