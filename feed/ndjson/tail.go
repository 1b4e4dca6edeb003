package ndjson

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// tail reads a file from its beginning and goes on as it grows. It survives
// that the file is renamed and a new one begun, is copied and cut to nothing,
// is replaced, or is deleted and comes again.
type tail struct {
	path   string
	poll   time.Duration // looks at least so often, whatever the system tells
	linger time.Duration // how long a file that was renamed may still be written to
}

// How often a file is looked at where the system does not tell of changes (a
// file on another machine), and how long its writer may take to notice that it
// was renamed.
const (
	tailPoll   = time.Second
	tailLinger = 5 * time.Second
)

func (t tail) run(ctx context.Context, in *intake) error {
	changes, stop := t.watch()
	defer stop()
	ticker := time.NewTicker(t.poll)
	defer ticker.Stop()
	w := newWalk(t, in)
	defer w.close()
	for thorough := false; ; {
		in.fail(w.look(ctx, thorough))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changes:
			thorough = false
		case <-ticker.C:
			thorough = true
		}
	}
}

// watch asks the system to tell of changes. Where it cannot, nothing ever comes.
func (t tail) watch() (changes <-chan struct{}, stop func()) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, func() {}
	}
	if err := watcher.Add(filepath.Dir(t.path)); err != nil {
		_ = watcher.Close() // the poll has to do
		return nil, func() {}
	}
	changed, done := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case event, open := <-watcher.Events:
				if !open {
					return
				}
				if filepath.Base(event.Name) != filepath.Base(t.path) {
					continue
				}
			case _, open := <-watcher.Errors: // too many changes at once: look
				if !open {
					return
				}
			}
			select {
			case changed <- struct{}{}:
			default: // it will look anyway
			}
		}
	}()
	return changed, func() {
		_ = watcher.Close() // ends the goroutine
		<-done
	}
}
