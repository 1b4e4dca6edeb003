package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// maxFile bounds the files that are read: some ten thousand keys.
const maxFile = 1 << 20

// pollEvery is how often the list is read where nothing says that it changed:
// not every file system does.
const pollEvery = 2 * time.Second

// settle is how long a file must be left alone before it is read: an editor may
// be in the middle of writing it.
const settle = 300 * time.Millisecond

// File is a list of keys on disk.
type File struct {
	Path string
	text []byte // as it was taken over last
	gone int    // how often in a row it was not there
	bad  bool   // it could not be read last time, which was told
}

// Changed is what has become of the list.
type Changed struct {
	List     *List   // nil: it stays as it was
	Problems []error // of its lines, or why it was not read
}

// Load reads the list. Without a single key it fails: nobody could log in.
func (f *File) Load() (*List, []error, error) {
	text, err := f.read()
	if err != nil {
		return nil, nil, err
	}
	list, problems := ParseList(f.Path, text)
	switch {
	case list.Len() > 0:
	case len(problems) == 1:
		return nil, problems, fmt.Errorf("nobody could log in: %w", problems[0])
	case len(problems) > 1:
		return nil, problems, fmt.Errorf("nobody could log in: %w; and %d more of its lines are refused", problems[0], len(problems)-1)
	default:
		return nil, nil, fmt.Errorf("%s: there is no key in it, so that nobody could log in; add a line as of a .pub file", f.Path)
	}
	f.text = text
	return list, problems, nil
}

// read reads the file, which nobody but its owner may be able to change.
func (f *File) read() ([]byte, error) {
	switch info, err := os.Stat(f.Path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no list of keys %s (%w); make it of the .pub files of those who may come in, or name another with --keys", f.Path, fs.ErrNotExist)
	case err == nil && !info.Mode().IsRegular(): // to open a pipe may wait for ever
		return nil, fmt.Errorf("%s is no file, so that it can be no list of keys; name another with --keys", f.Path)
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("the list of keys: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("the list of keys: %w", err)
	}
	if mode := info.Mode(); mode.Perm()&0o022 != 0 {
		return nil, fmt.Errorf("%s: the list of keys has the mode %04o, so that others could add a key; run chmod go-w on it", f.Path, mode.Perm())
	}
	return readAll(file, f.Path)
}

func readAll(r io.Reader, path string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s: it is longer than %d bytes", path, maxFile)
	}
	return text, nil
}

// Watch reads the list again whenever it changes, or a value comes from again,
// and tells changed, until ctx ends. A list that cannot be read stays as it
// was; one that is gone for two looks, or has no key any more, is empty.
func (f *File) Watch(ctx context.Context, again <-chan struct{}, changed func(Changed)) {
	var events <-chan fsnotify.Event
	var failures <-chan error
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer func() { _ = w.Close() }()
		// Of the folder: editors replace the file.
		if w.Add(filepath.Dir(f.Path)) == nil {
			events, failures = w.Events, w.Errors
		}
	}
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	settled := time.NewTimer(settle)
	settled.Stop()
	defer settled.Stop()
	for {
		select {
		case e := <-events:
			if filepath.Base(e.Name) == filepath.Base(f.Path) {
				settled.Reset(settle)
			}
		case err := <-failures:
			changed(Changed{nil, []error{err}}) // an event was missed, which the poll makes good
		case <-poll.C:
			if f.differs() {
				settled.Reset(settle)
			}
		case <-settled.C:
			f.take(false, changed)
		case <-again:
			f.take(true, changed)
		case <-ctx.Done():
			return
		}
	}
}

// differs tells whether there is something to take over. It counts how often
// the file is gone: between two versions it may be, for a moment.
func (f *File) differs() bool {
	text, err := f.read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.gone++
		return f.gone == goneFor
	case err != nil:
		return !f.bad
	}
	f.gone = 0
	return f.bad || !bytes.Equal(text, f.text)
}

// goneFor is after how many looks a file that is gone is gone for good.
const goneFor = 2

// take takes over what the file says now, and tells changed where that is
// something else or asked is set.
func (f *File) take(asked bool, changed func(Changed)) {
	text, err := f.read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if f.gone >= goneFor && f.text != nil || asked {
			f.text = nil
			list, _ := ParseList(f.Path, nil)
			changed(Changed{list, []error{err}})
		}
		return
	case err != nil:
		f.bad = true
		changed(Changed{nil, []error{err}})
		return
	}
	same := bytes.Equal(text, f.text) && !f.bad
	f.gone, f.bad, f.text = 0, false, text
	if same && !asked {
		return
	}
	list, problems := ParseList(f.Path, text)
	changed(Changed{list, problems})
}
