package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
	"gyre/ui/picture"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// exporter writes a screen into a folder: the snapshot behind it as JSON and
// CSV, a picture of it as SVG, and where it shows the table of members, that as
// CSV too. The files are named by the market's time; a
// number follows where there are such files already. The alerts in them are what
// alerts gives.
func exporter(folder string, alerts func(*model.Snapshot) []model.Alert) func(*model.Snapshot, ui.Shown) (string, error) {
	return func(shownSnap *model.Snapshot, shown ui.Shown) (string, error) {
		snap := new(*shownSnap)
		snap.Alerts = alerts(shownSnap)
		options := report.Options{Window: shown.State.Window, Statistic: shown.State.Stat}
		json, err := report.Render(report.JSON, snap, options)
		if err != nil {
			return "", err
		}
		csv, err := report.Render(report.CSV, snap, options)
		if err != nil {
			return "", err
		}
		ground := picture.Dark()
		if shown.Look.Ground == theme.Light {
			ground = picture.Light()
		}
		svg := picture.SVG(shown.Text, shown.Size.W, shown.Size.H, ground)
		name := "gyre-" + snap.AsOf.In(session.Zone()).Format("2006-01-02-150405")
		stem, err := reserve(folder, name, ".json", json)
		if err != nil {
			return "", err
		}
		files := map[string][]byte{".csv": csv, ".svg": svg}
		says := stem + ".json, .csv and .svg"
		if shown.State.View == panel.ViewMembers {
			table, err := listed(snap, shown.State)
			if err != nil {
				return "", err
			}
			files["-members.csv"], says = table, stem+".json, .csv, -members.csv and .svg"
		}
		for end, content := range files {
			if err := create(stem+end, content); err != nil {
				return "", err
			}
		}
		return says, nil
	}
}

// ofTheSession is the alerts of the session that a snapshot shows, up to it. The
// list on the screen is another: it goes back to where one began to watch, and
// may be some moments behind a fast replay. Those of a replay are found anew, as
// gyre snapshot finds them.
func (s *shell) ofTheSession(ctx context.Context, c *connection, rules func() alert.Rules) func(*model.Snapshot) []model.Alert {
	return func(snap *model.Snapshot) []model.Alert {
		if c.player != nil {
			return hub.AtWithAlerts(until(ctx, c.stateAt(snap.AsOf)), model.Query{Only: session.WindowSetOf(session.Day)}, rules()).Alerts
		}
		return sinceTheOpen(snap)
	}
}

// sinceTheOpen is those of a snapshot's alerts that belong to the session that it
// shows.
func sinceTheOpen(snap *model.Snapshot) []model.Alert {
	return slices.DeleteFunc(slices.Clone(snap.Alerts), func(a model.Alert) bool { return a.At.Before(snap.Clock.Session.Opens) })
}

// listed is every company of the table of members, in its order, also those
// beyond the screen's edge.
func listed(snap *model.Snapshot, state panel.State) ([]byte, error) {
	view := members.NewView(snap, state.Members, state.Window)
	all := report.Members{N: view.Contributors.N}
	for row := range view.Rows {
		all.Rows = append(all.Rows, view.Member(row))
	}
	return all.Render(state.Window)
}

// reserve creates the first file of a name that is free, and gives its path
// without the ending.
func reserve(folder, name, end string, content []byte) (string, error) {
	const most = 1000
	for i := 1; ; i++ {
		stem := filepath.Join(folder, name)
		if i > 1 {
			stem += fmt.Sprintf("-%d", i)
		}
		err := create(stem+end, content)
		if err == nil || i >= most || !errors.Is(err, fs.ErrExist) {
			return stem, err
		}
	}
}

// create writes a file that is not there yet. What cannot be written whole is
// taken away again.
func create(path string, content []byte) error {
	const mode = 0o644
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode) //nolint:gosec // a report to be read by anyone
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	return nil
}
