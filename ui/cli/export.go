package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/picture"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// exporter writes a screen into a folder: the snapshot behind it as JSON and
// CSV, and a picture of it as SVG. The files are named by the market's time; a
// number follows where there are such files already.
func exporter(folder string) func(*model.Snapshot, ui.Shown) (string, error) {
	return func(snap *model.Snapshot, shown ui.Shown) (string, error) {
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
		for end, content := range map[string][]byte{".csv": csv, ".svg": svg} {
			if err := create(stem+end, content); err != nil {
				return "", err
			}
		}
		return stem + ".json, .csv and .svg", nil
	}
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
