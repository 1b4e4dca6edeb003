package store

import (
	"context"
	"fmt"

	"gyre/model/num"
	"gyre/model/session"
)

// Closes are the closes of one day by symbol. Every symbol that is known on
// that day is there; 0 where it has no close.
func (s *Store) Closes(ctx context.Context, on session.Date) (map[string]num.Price, error) {
	rows, err := s.db.QueryContext(ctx, `
SELECT symbol, coalesce((SELECT close FROM closes c WHERE c.date = ?1 AND c.instrument = s.instrument), 0)
FROM symbols s WHERE first <= ?1 AND (ended IS NULL OR ?1 < ended)`, on)
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	defer func() { _ = rows.Close() }()
	closes := map[string]num.Price{}
	for rows.Next() {
		var symbol string
		var price num.Price
		if err := rows.Scan(&symbol, &price); err != nil {
			return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
		}
		closes[symbol] = price
	}
	return closes, rows.Err()
}

// Symbols are the present symbols of the members of the newest list of every
// index, in order.
func (s *Store) Symbols(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `
SELECT DISTINCT symbol FROM symbols JOIN list_members USING (instrument)
WHERE ended IS NULL AND (list, as_of) IN (SELECT list, max(as_of) FROM lists GROUP BY list) ORDER BY symbol`)
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	defer func() { _ = rows.Close() }()
	var symbols []string
	for rows.Next() {
		var symbol string
		if err := rows.Scan(&symbol); err != nil {
			return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
		}
		symbols = append(symbols, symbol)
	}
	return symbols, rows.Err()
}
