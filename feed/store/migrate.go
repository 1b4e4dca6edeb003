package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
)

//go:embed schema/*.sql
var schemas embed.FS

const (
	// application marks a database as gyre's: "gyre" in ASCII.
	application = 0x67797265
	// newest is the newest version of the schema, each one a file that makes it
	// from the version before.
	newest = 2
)

// What may be wrong with a file that is not a store of this version.
var (
	ErrForeign = errors.New("it is not a gyre store")
	ErrNewer   = errors.New("it was written by a newer gyre")
)

// migrate brings the schema up to date.
func (s *Store) migrate(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil || version == newest {
		return err
	}
	return explained(s.transaction(ctx, func(tx *sql.Tx) error {
		// Another gyre may have been faster.
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
			return err
		}
		for next := version + 1; next <= newest; next++ {
			text, err := schemas.ReadFile(fmt.Sprintf("schema/%d.sql", next))
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, string(text)); err != nil {
				return fmt.Errorf("its schema cannot be brought to version %d: %w", next, err)
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", newest, application))
		return err
	}))
}

// version is the schema's version, 0 of a new file.
func (s *Store) version(ctx context.Context) (int, error) {
	var version, owner, tables int
	for _, q := range []struct {
		text string
		to   *int
	}{
		{"PRAGMA user_version", &version},
		{"PRAGMA application_id", &owner},
		{"SELECT count(*) FROM sqlite_schema", &tables},
	} {
		if err := s.db.QueryRowContext(ctx, q.text).Scan(q.to); err != nil {
			if ctx.Err() != nil {
				return 0, ctx.Err()
			}
			return 0, foreign(err)
		}
	}
	switch {
	case tables > 0 && owner != application, version < 0:
		return 0, ErrForeign
	case version > newest:
		return 0, fmt.Errorf("%w, which knows version %d of the schema; this one knows %d", ErrNewer, version, newest)
	}
	return version, nil
}
