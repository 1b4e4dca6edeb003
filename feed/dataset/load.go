package dataset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/session"
)

// Load reads the dataset in the root folder of fsys. The name is what error
// messages call it and, if dataset.toml has none, what it is called on the
// screen. Rows that are wrong are left out and listed in Problems; an error
// means that the dataset as a whole cannot be used, and says what to do.
func Load(ctx context.Context, fsys fs.FS, name string) (*Dataset, error) {
	entries, err := fs.ReadDir(fsys, ".")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the dataset folder %s is not there; give the path of a folder that holds instruments.csv and closes.csv: %w", name, fs.ErrNotExist)
	case errors.Is(err, syscall.ENOTDIR):
		return nil, fmt.Errorf("%s is no folder; give the path of a folder that holds instruments.csv and closes.csv", name)
	case err != nil:
		return nil, fmt.Errorf("the dataset folder %s cannot be read: %w", name, reason(err))
	case len(entries) == 0:
		return nil, fmt.Errorf("the dataset folder %s is empty; it must hold at least instruments.csv and closes.csv", name)
	}
	l := &loader{
		fsys:     fsys,
		calendar: session.New(),
		data:     &Dataset{Reference: &model.Reference{}},
	}
	l.ref = l.data.Reference
	if err := l.load(ctx); err != nil {
		return nil, fmt.Errorf("dataset %s: %w", name, err)
	}
	l.finish()
	if l.ref.Name = l.data.Settings.Name; l.ref.Name == "" {
		l.ref.Name, _ = clean.Text(path.Base(filepath.ToSlash(name)))
	}
	return l.data, nil
}

// loader carries a dataset while it is read.
type loader struct {
	fsys     fs.FS
	calendar *session.Calendar
	data     *Dataset
	ref      *model.Reference // of data
	ids      directory
	twins    []twin
	payouts  []payout
	sheet    *sheet // dataset.toml
	findings findings
}

// findings are what was wrong with some of the files.
type findings struct {
	problems []Problem // the first of them
	count    int       // all of them
	skipped  int       // rows
	missing  []string  // files
}

// reading is a file and what reads it.
type reading struct {
	name     string
	required bool
	read     func(*table)
}

// load reads all files. The instruments, which all others name, come first. The
// closes are most of the work and are read beside the rest.
func (l *loader) load(ctx context.Context) error {
	if err := l.settings(); err != nil {
		return err
	}
	if err := l.files(ctx, reading{"instruments.csv", true, l.instruments}); err != nil {
		return err
	}
	closes, rest := l.apart(), l.apart()
	var failed error
	var beside sync.WaitGroup
	beside.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				failed = clean.Broken("the reading of closes.csv", r)
			}
		}()
		failed = closes.files(ctx, reading{"closes.csv", true, closes.closes})
	})
	err := rest.files(ctx,
		reading{"members.csv", false, rest.members},
		reading{"shares.csv", false, rest.shares},
		reading{"facts.csv", false, rest.facts},
		reading{"indices.csv", false, rest.indices},
		reading{"actions.csv", false, rest.actions},
		reading{"events.csv", false, rest.events},
		reading{"ranges.csv", false, rest.ranges},
		reading{"rates.csv", false, rest.rates},
		reading{"halts.csv", false, rest.halts},
		reading{"ticks.csv", false, rest.ticks},
		reading{"spread_history.csv", false, rest.spreads},
	)
	beside.Wait()
	if err := cmp.Or(failed, err); err != nil {
		return err
	}
	l.findings.add(&closes.findings)
	l.findings.add(&rest.findings)
	if err := l.bounds(); err != nil {
		return err
	}
	l.contradictions(rest.payouts)
	l.note()
	return nil
}

// apart is a loader of other files of the same dataset, which may run at the
// same time: it looks instruments up and takes notes by itself.
func (l *loader) apart() *loader {
	return &loader{
		fsys: l.fsys, calendar: l.calendar, data: l.data, ref: l.ref,
		ids: directory{byKey: l.ids.byKey, keys: l.ids.keys},
	}
}

// files reads CSV files, one after the other.
func (l *loader) files(ctx context.Context, files ...reading) error {
	for _, f := range files {
		if err := l.file(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// file reads one CSV file.
func (l *loader) file(ctx context.Context, file reading) error {
	f, err := open(l.fsys, file.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && file.required:
		return fmt.Errorf("%w; without it there is nothing to show", err)
	case errors.Is(err, fs.ErrNotExist):
		l.findings.missing = append(l.findings.missing, file.name)
		return nil
	case err != nil:
		return err
	}
	defer f.Close()
	t := newTable(ctx, f, l.problem)
	defer t.close()
	if t.err == nil {
		file.read(t)
	}
	l.findings.skipped += t.skipped
	return t.err
}

// problem keeps a problem, if it is among the first.
func (l *loader) problem(p Problem) {
	l.findings.add(&findings{problems: []Problem{p}, count: 1})
}

// add adds what was found in later files.
func (f *findings) add(later *findings) {
	room := min(MaxProblems-len(f.problems), len(later.problems))
	f.problems = append(f.problems, later.problems[:room]...)
	f.count += later.count
	f.skipped += later.skipped
	f.missing = append(f.missing, later.missing...)
}

// finish puts everything into the order that Reference promises. Rows that
// compare equal keep the order of the file.
func (l *loader) finish() {
	l.ref.Calendar = l.calendar
	l.data.Problems, l.data.ProblemCount = l.findings.problems, l.findings.count
	l.ref.Skipped, l.ref.Missing = l.findings.skipped, l.findings.missing
	slices.SortStableFunc(l.ref.Members, func(a, b model.Membership) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From))
	})
	slices.SortStableFunc(l.ref.Shares, func(a, b model.ShareCount) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.KnownAt.Compare(b.KnownAt))
	})
	slices.SortStableFunc(l.ref.Facts, func(a, b model.Facts) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.KnownAt.Compare(b.KnownAt))
	})
	slices.SortStableFunc(l.ref.Actions, func(a, b model.Action) int {
		return cmp.Or(cmp.Compare(a.ExDate, b.ExDate), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(l.ref.Events, func(a, b model.Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Title, b.Title))
	})
	slices.SortStableFunc(l.ref.Ranges, func(a, b model.Range) int { return a.KnownAt.Compare(b.KnownAt) })
	slices.SortStableFunc(l.ref.Rates, func(a, b model.RateQuote) int { return a.KnownAt.Compare(b.KnownAt) })
	slices.SortStableFunc(l.ref.Spreads, func(a, b model.SpreadPoint) int { return cmp.Compare(a.Date, b.Date) })
	slices.SortStableFunc(l.data.Halts, func(a, b Halt) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(l.data.Ticks, func(a, b Tick) int { return a.At.Compare(b.At) })
}

// directory finds instruments by their permanent ids.
type directory struct {
	byKey map[string]model.ID
	keys  []string // by ID
	next  int      // the ID after the one found last
}

// add gives the next ID to key; false if key is there already.
func (d *directory) add(key string) bool {
	if d.byKey == nil {
		d.byKey = make(map[string]model.ID)
	}
	if _, there := d.byKey[key]; there {
		return false
	}
	d.byKey[key] = model.ID(len(d.keys))
	d.keys = append(d.keys, key)
	return true
}

// find is the ID of key. Files list instruments in the same order again and
// again, so it first looks at the one after the last.
func (d *directory) find(key string) (model.ID, bool) {
	if d.next >= len(d.keys) {
		d.next = 0
	}
	if d.next < len(d.keys) && d.keys[d.next] == key {
		d.next++
		return model.ID(d.next - 1), true
	}
	id, ok := d.byKey[key]
	if ok {
		d.next = int(id) + 1
	}
	return id, ok
}
