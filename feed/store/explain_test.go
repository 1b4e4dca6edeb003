package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsInTheWayIsSaid lets SQLite fail in ways in which the file is a store
// all the same.
func TestWhatIsInTheWayIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		settings string
		before   string // by somebody else
		do       string
		want     string
	}{
		"a full disk":       {"_pragma=max_page_count(2)", "", "CREATE TABLE a (x); CREATE TABLE b (x)", "the disk is full; make room, and try again: "},
		"it is read-only":   {"mode=ro", "CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "gyre may not write to the file or to its folder, which it must to read it, too; use a copy: "},
		"it is not there":   {"mode=ro", "", "SELECT count(*) FROM sqlite_schema", "gyre may not write to the file or to its folder, which it must to read it, too; use a copy: "},
		"it is in use":      {"", "CREATE TABLE a (x); BEGIN EXCLUSIVE", "INSERT INTO a VALUES (1)", "another program is writing to it; try again when that has ended: "},
		"a mistake of ours": {"", "", "SELECT nothing", "SQL logic error: "},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gyre.db")
			if c.before != "" {
				if err := executed(t, path, "", c.before); err != nil {
					t.Fatal(err)
				}
			}
			err := executed(t, path, c.settings, c.do)
			if got := explained(err); got == nil || !strings.HasPrefix(got.Error(), c.want) || !errors.Is(got, err) {
				t.Errorf("it says %v, want %q", got, c.want)
			}
			if ours := c.do == "SELECT nothing"; errors.Is(foreign(err), ErrForeign) != ours {
				t.Errorf("a file that cannot be read for that is %v", foreign(err))
			}
		})
	}
}

// executed executes statements on a connection that stays open during the test.
func executed(t *testing.T, path, settings, statements string) error {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+settings)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	_, err = db.ExecContext(context.Background(), statements)
	return err
}
