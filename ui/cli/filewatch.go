package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long a folder must be quiet before its file is read: an
	// editor writes, renames and removes several files to save one.
	settle = 100 * time.Millisecond
	// patience is how long a folder may be busy before it is read anyway.
	patience = time.Second
)

// fileWatch tells when a file may have changed. It watches folders, not the
// file: most editors put a new one in its place, and it may not be there yet.
type fileWatch struct {
	watcher *fsnotify.Watcher
	path    string // absolute
	log     *slog.Logger
}

// errOdd is what is wrong with a pipe, a socket or a device in the place of a
// file: it cannot be read a second time, and to try may wait for ever.
var errOdd = errors.New("it is a pipe, a socket or a device")

// odd tells whether path is one.
func odd(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

func watchFile(path string, log *slog.Logger) (*fileWatch, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be watched: %w", path, err)
	}
	if odd(path) {
		return nil, fmt.Errorf("%s cannot be watched: %w", path, errOdd)
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be watched: %w", path, err)
	}
	w := &fileWatch{watcher: watcher, path: path, log: log}
	if w.arm(); len(watcher.WatchList()) == 0 {
		return nil, errors.Join(fmt.Errorf("%s cannot be watched: no folder on the way to it can be", path), watcher.Close())
	}
	return w, nil
}

// arm watches the folder of the file and, where the file is a link, that of
// what it leads to. Where a folder is not there, the nearest one above it is
// watched until it is.
func (w *fileWatch) arm() {
	folders := []string{filepath.Dir(w.path)}
	if target, err := filepath.EvalSymlinks(w.path); err == nil {
		folders = append(folders, filepath.Dir(target))
	}
	wanted := map[string]bool{}
	for _, folder := range folders {
		// A second time, for a folder that was made just before the one above it
		// was watched.
		w.nearest(folder)
		wanted[w.nearest(folder)] = true
	}
	for _, folder := range w.watcher.WatchList() {
		if !wanted[folder] {
			_ = w.watcher.Remove(folder) // it may be gone already
		}
	}
}

// nearest watches the nearest folder that can be, and names it.
func (w *fileWatch) nearest(folder string) string {
	for {
		info, err := os.Stat(folder)
		if err == nil && info.IsDir() && w.watcher.Add(folder) == nil {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			return folder
		}
		folder = above
	}
}

// run calls changed until ctx ends, each time that the file may have changed.
func (w *fileWatch) run(ctx context.Context, changed func()) {
	defer func() { _ = w.watcher.Close() }()
	quiet := time.NewTimer(settle) // for what happened before it was watched
	defer quiet.Stop()
	var since time.Time // when the folder became busy; zero: it is quiet
	for {
		select {
		case _, open := <-w.watcher.Events:
			if !open {
				return
			}
			if since.IsZero() {
				since = time.Now()
			}
			if time.Since(since) < patience {
				quiet.Reset(settle)
			}
		case err := <-w.watcher.Errors:
			// Events may have been lost, so that all may have changed.
			w.log.Warn("watching the configuration", "error", err)
			quiet.Reset(settle)
		case <-quiet.C:
			since = time.Time{}
			w.arm()
			changed()
		case <-ctx.Done():
			return
		}
	}
}
