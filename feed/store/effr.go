package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"gyre/model/session"
)

// EFFR is the effective federal funds rate of one business day. The Federal
// Reserve Bank of New York publishes it at 09:00 of the next one.
type EFFR struct {
	Date    session.Date
	Percent decimal.Decimal
}

// EFFR is the newest effective federal funds rate of a day up to on; the zero
// EFFR where there is none.
func (s *Store) EFFR(ctx context.Context, on session.Date) (EFFR, error) {
	var r EFFR
	var percent string
	err := s.db.QueryRowContext(ctx, "SELECT date, percent FROM effr WHERE date <= ? ORDER BY date DESC LIMIT 1", on).Scan(&r.Date, &percent)
	if errors.Is(err, sql.ErrNoRows) {
		return EFFR{}, nil
	}
	if err == nil {
		r.Percent, err = decimal.NewFromString(percent)
	}
	if err != nil {
		return EFFR{}, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	return r, nil
}
