package store

import (
	"context"
	"os"
	"path/filepath"
)

// made is what was made for a store that was not there.
type made struct {
	file    bool
	folders []string // the innermost first
}

// missingFolders are the folders on the way to dir, and dir itself, that are not
// there, the innermost first.
func missingFolders(dir string) []string {
	var folders []string
	for {
		if _, err := os.Lstat(dir); err == nil || filepath.Dir(dir) == dir {
			return folders
		}
		folders = append(folders, dir)
		dir = filepath.Dir(dir)
	}
}

// remove takes it away again: the file with what SQLite keeps beside it, and the
// folders, unless something else has come into them.
func (m made) remove(path string) {
	if m.file {
		for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
			_ = os.Remove(path + ending)
		}
	}
	for _, folder := range m.folders {
		_ = os.Remove(folder)
	}
}

// unused tells whether there is nothing in the store and nobody else has it open:
// only then can SQLite go back from its log to a journal.
func (s *Store) unused() bool {
	ctx := context.Background() // also of a program that was told to end
	var rows int
	var mode string
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM instruments) + (SELECT count(*) FROM lists) +
  (SELECT count(*) FROM levels) + (SELECT count(*) FROM events) + (SELECT count(*) FROM rates) +
  (SELECT count(*) FROM effr) + (SELECT count(*) FROM asked)`).Scan(&rows)
	if err != nil || rows > 0 {
		return false
	}
	err = s.db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	return err == nil && mode == "delete"
}
