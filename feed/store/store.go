// Package store keeps history and reference data in an embedded SQLite
// database: instruments with permanent ids, lists of members and balance-sheet
// facts by the date they were known, closes, corporate actions, events.
//
// Two programs may use one store at the same time: a reader sees whole imports
// only, and a writer waits for the other.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the database/sql driver
)

// Store is an open database. Its methods may be called from several goroutines.
type Store struct {
	db   *sql.DB
	path string
	made made // by Open, and to be taken away again where nothing is put in
}

// Open opens the store at path. Where there is none it makes one, and the
// folder for it, both readable by their owner alone. Close takes them away again
// unless something was put in.
func Open(ctx context.Context, path string) (*Store, error) {
	made := made{folders: missingFolders(filepath.Dir(path))}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the store %s cannot be made: %w", path, reason(err))
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if made.file = err == nil; errors.Is(err, fs.ErrExist) {
		if err := ordinary(path); err != nil {
			return nil, err
		}
		f, err = os.OpenFile(path, os.O_RDWR, 0)
	}
	if err != nil {
		made.remove(path)
		return nil, fmt.Errorf("the store %s cannot be opened: %w", path, reason(err))
	}
	_ = f.Close()
	s, err := open(ctx, path)
	if err != nil {
		made.remove(path)
		return nil, err
	}
	s.made = made
	return s, nil
}

// OpenExisting opens the store at path, which must be there.
func OpenExisting(ctx context.Context, path string) (*Store, error) {
	if err := ordinary(path); err != nil {
		return nil, err
	}
	return open(ctx, path)
}

// ordinary refuses what is no file.
func ordinary(path string) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return missing(path)
	case err != nil:
		return fmt.Errorf("the store %s cannot be opened: %w", path, reason(err))
	case info.IsDir():
		return fmt.Errorf("%s is a folder, not a store", path)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is a pipe, a socket or a device, not a store", path)
	}
	return nil
}

// missing is a store that is not there.
type missing string

// Error says what to do.
func (path missing) Error() string {
	return fmt.Sprintf("there is no store at %s; gyre import or gyre sync makes one", string(path))
}

// Is makes a missing store a file that does not exist.
func (missing) Is(target error) bool { return target == fs.ErrNotExist }

func open(ctx context.Context, path string) (*Store, error) {
	// A writer takes its lock when it begins, so that it waits there and not half way.
	settings := url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)"},
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be opened: %w", path, err)
	}
	s := &Store{db: db, path: path}
	if err := s.migrate(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("the store %s: %w", path, err)
	}
	return s, nil
}

// Close closes the store. One that Open has made is taken away again where there
// is nothing in it and nobody else has it open.
func (s *Store) Close() error {
	if s.made.file && s.unused() {
		defer s.made.remove(s.path)
	}
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("the store %s: %w", s.path, err)
	}
	return nil
}

// transaction runs do as a whole or not at all.
func (s *Store) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // a full disk has rolled it back already; the cause is what counts
		return err
	}
	return tx.Commit()
}

// reason is the cause of an error about a file, without the path, which the
// sentence around it names already.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
