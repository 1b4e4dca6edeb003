package ndjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// writer writes numbered lines to a file, in pieces that do not end where lines do.
type writer struct {
	t    *testing.T
	path string
	file *os.File
	next int
}

func newWriter(t *testing.T, path string) *writer {
	t.Helper()
	w := &writer{t: t, path: path, next: 1}
	w.open()
	t.Cleanup(func() { _ = w.file.Close() })
	return w
}

func (w *writer) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *writer) open() {
	w.t.Helper()
	if w.file != nil {
		w.must(w.file.Close())
	}
	file, err := os.OpenFile(w.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	w.must(err)
	w.file = file
}

// write writes n lines.
func (w *writer) write(n int) {
	w.t.Helper()
	var text bytes.Buffer
	for range n {
		text.WriteString(line(w.next))
		w.next++
	}
	for text.Len() > 0 {
		_, err := w.file.Write(text.Next(37))
		w.must(err)
	}
}

// copyTo copies the file.
func (w *writer) copyTo(path string) {
	w.t.Helper()
	from, err := os.Open(w.path)
	w.must(err)
	defer func() { w.must(from.Close()) }()
	to, err := os.Create(path)
	w.must(err)
	_, err = io.Copy(to, from)
	w.must(err)
	w.must(to.Close())
}

// rotations are the ways in which files are rotated. Each leaves the writer with
// an empty file at the path.
func rotations() map[string]func(w *writer, n int) {
	return map[string]func(w *writer, n int){
		"renamed": func(w *writer, n int) {
			w.must(os.Rename(w.path, fmt.Sprintf("%s.%d", w.path, n)))
			w.open()
		},
		"renamed, and the numbers move on": func(w *writer, n int) {
			for k := n; k > 1; k-- {
				w.must(os.Rename(fmt.Sprintf("%s.%d", w.path, k-1), fmt.Sprintf("%s.%d", w.path, k)))
			}
			w.must(os.Rename(w.path, w.path+".1"))
			w.open()
		},
		"renamed, and the writer is late": func(w *writer, n int) {
			w.must(os.Rename(w.path, fmt.Sprintf("%s-202503%02d", w.path, n)))
			late := w.file
			w.file = nil
			w.open()
			w.file, late = late, w.file
			w.write(3)
			w.must(w.file.Close())
			w.file = late
		},
		"copied and cut": func(w *writer, n int) {
			w.copyTo(fmt.Sprintf("%s.%d", w.path, n))
			w.must(os.Truncate(w.path, 0))
		},
	}
}

// No line is lost or told twice over 100 rotations, none of which waits for
// anybody.
func TestTailOverRotations(t *testing.T) {
	for name, rotate := range rotations() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "quotes.ndjson")
			w := newWriter(t, path)
			w.write(5)
			l := newLedger()
			run(t, tail{path: path, poll: 50 * time.Millisecond, linger: tailLinger}, l.intake)
			l.count(t, 5)
			for n := range 100 {
				w.write(n % 7)
				rotate(w, n+1)
				w.write(n % 3)
			}
			w.write(1)
			total := w.next - 1
			l.until(t, func(got []int64) bool { return slices.Contains(got, int64(total)) && len(got) >= total })
			l.mu.Lock()
			defer l.mu.Unlock()
			slices.Sort(l.got)
			for i, n := range l.got {
				if n != int64(i+1) {
					t.Fatalf("of %d lines %d came, and line %d is wrong: %v", total, len(l.got), i+1, l.got[i:min(i+10, len(l.got))])
				}
			}
			if l.bad > 0 {
				t.Errorf("%d lines are bad, the last: %+v", l.bad, l.last)
			}
		})
	}
}

// What happens to a file beside rotation, each with the lines that come of it.
func TestTail(t *testing.T) {
	for name, c := range map[string]struct {
		before func(w *writer) // before anybody reads
		then   func(w *writer, l *ledger)
		want   []int64
	}{
		"it is read from its beginning": {
			before: func(w *writer) { w.write(3) },
			want:   []int64{1, 2, 3},
		},
		"it is not there yet": {
			before: func(w *writer) { w.must(os.Remove(w.path)) },
			then: func(w *writer, l *ledger) {
				l.untilTrouble(w.t, "the file is not there yet; waiting for it")
				w.open()
				w.write(2)
			},
			want: []int64{1, 2},
		},
		"it is deleted and comes again": {
			before: func(w *writer) { w.write(2) },
			then: func(w *writer, l *ledger) {
				l.count(w.t, 2)
				w.must(os.Remove(w.path))
				l.untilTrouble(w.t, "the file is gone; waiting for it to come back")
				w.write(1) // into the one that nobody can open any more
				w.open()
				w.write(1)
			},
			want: []int64{1, 2, 3, 4},
		},
		"another takes its place": {
			before: func(w *writer) { w.write(2) },
			then: func(w *writer, l *ledger) {
				l.count(w.t, 2)
				path := w.path
				w.path += ".new"
				w.open()
				w.write(2)
				w.must(os.Rename(w.path, path))
			},
			want: []int64{1, 2, 3, 4},
		},
		"it is written anew and longer": {
			before: func(w *writer) { w.write(2) },
			then: func(w *writer, l *ledger) {
				l.count(w.t, 2)
				text := line(3) + line(4) + line(5)
				w.must(os.WriteFile(w.path, []byte(text), 0o600))
			},
			want: []int64{1, 2, 3, 4, 5},
		},
		"it is cut by a writer that does not append": {
			before: func(w *writer) {
				w.must(os.WriteFile(w.path, []byte(line(1)+line(2)), 0o600))
			},
			then: func(w *writer, l *ledger) {
				l.count(w.t, 2)
				w.must(os.Truncate(w.path, 0))
				file, err := os.OpenFile(w.path, os.O_WRONLY, 0o600)
				w.must(err)
				_, err = file.WriteAt([]byte(line(3)), 400) // behind a hole
				w.must(errors.Join(err, file.Close()))
			},
			want: []int64{1, 2, 3},
		},
		"half a line is waited for": {
			before: func(w *writer) { w.write(1) },
			then: func(w *writer, l *ledger) {
				half := line(2)
				_, err := w.file.WriteString(half[:20])
				w.must(err)
				l.count(w.t, 1)
				_, err = w.file.WriteString(half[20:])
				w.must(err)
			},
			want: []int64{1, 2},
		},
		"what was rotated before is left alone": {
			before: func(w *writer) {
				w.write(2)
				w.must(os.Rename(w.path, w.path+".1"))
				w.open()
				w.write(1)
			},
			want: []int64{3},
		},
		"somebody's copy is left alone": {
			before: func(w *writer) { w.write(2) },
			then: func(w *writer, l *ledger) {
				l.count(w.t, 2)
				w.copyTo(w.path + ".1")
				w.write(1)
				w.must(os.Rename(w.path, w.path+".2"))
				w.open()
				w.write(1)
			},
			want: []int64{1, 2, 3, 4},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWriter(t, filepath.Join(t.TempDir(), "quotes.ndjson"))
			c.before(w)
			l := newLedger()
			stop := run(t, tail{path: w.path, poll: 10 * time.Millisecond, linger: tailLinger}, l.intake)
			if c.then != nil {
				c.then(w, l)
			}
			l.count(t, len(c.want))
			stop()
			slices.Sort(l.got)
			if !slices.Equal(l.got, c.want) || l.bad > 0 {
				t.Errorf("the lines %v came, want %v; %d were bad, the last %+v", l.got, c.want, l.bad, l.last)
			}
		})
	}
}

// Where the system does not tell of changes, looking now and then has to do.
func TestTailWithoutNotice(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "later")
	l := newLedger()
	run(t, tail{path: filepath.Join(folder, "quotes.ndjson"), poll: 10 * time.Millisecond, linger: tailLinger}, l.intake)
	l.untilTrouble(t, "the file is not there yet; waiting for it")
	if err := os.Mkdir(folder, 0o700); err != nil { // which nobody can watch before
		t.Fatal(err)
	}
	newWriter(t, filepath.Join(folder, "quotes.ndjson")).write(3)
	l.count(t, 3)
}

// What is no file is told, not waited for in vain.
func TestTailOfNoFile(t *testing.T) {
	folder := t.TempDir()
	l := newLedger()
	run(t, tail{path: folder, poll: 10 * time.Millisecond, linger: tailLinger}, l.intake)
	l.untilTrouble(t, "not a regular file; pipe it into gyre --feed ndjson:- instead")
}
