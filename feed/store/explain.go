package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// codes are SQLite's result code and its extended one; zero where err is none of
// SQLite's.
func codes(err error) (code, extended int) {
	const primary = 0xff
	if known, ok := errors.AsType[*sqlite.Error](err); ok {
		return known.Code() & primary, known.Code()
	}
	return 0, 0
}

// foreign is why a file cannot be read at all: it is no database, or something is
// in the way.
func foreign(err error) error {
	switch code, _ := codes(err); code {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR:
		return fmt.Errorf("%w, or it is damaged: %w", ErrForeign, err)
	}
	return explained(err)
}

// explained says what to do about what is in SQLite's way.
func explained(err error) error {
	switch code, extended := codes(err); {
	case code == sqlite3.SQLITE_FULL, extended == sqlite3.SQLITE_IOERR_SHMSIZE: // which is a log without room
		return fmt.Errorf("the disk is full; make room, and try again: %w", err)
	case code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM:
		return fmt.Errorf("gyre may not write to the file or to its folder, which it must to read it, too; use a copy: %w", err)
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("another program is writing to it; try again when that has ended: %w", err)
	}
	return err
}
