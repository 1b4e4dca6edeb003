package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Asked is when a publisher last answered a question, as Ask was told; the zero
// time where it never did.
func (s *Store) Asked(ctx context.Context, what string) (time.Time, error) {
	var at int64
	err := s.db.QueryRowContext(ctx, "SELECT at FROM asked WHERE what = ?", what).Scan(&at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	return time.UnixMilli(at).UTC(), nil
}

// Ask keeps that a publisher has answered a question at a moment, so that it
// need not be asked again too soon.
func (s *Store) Ask(ctx context.Context, what string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO asked (what, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at", what, at.UnixMilli())
	if err != nil {
		return fmt.Errorf("the store %s cannot be written: %w", s.path, err)
	}
	return nil
}
