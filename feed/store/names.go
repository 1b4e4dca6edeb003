package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gyre/model/session"
)

// tenure is the time in which a symbol was an instrument's.
type tenure struct {
	instrument   int64
	first, ended session.Date // ended excluded; zero: open
}

// names finds instruments by symbol and date.
type names struct {
	bySymbol map[string][]tenure // ascending by first
	created  int
}

func readNames(ctx context.Context, tx *sql.Tx) (*names, error) {
	n := &names{bySymbol: map[string][]tenure{}}
	rows, err := tx.QueryContext(ctx, "SELECT symbol, instrument, first, coalesce(ended, 0) FROM symbols ORDER BY symbol, first")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var symbol string
		var t tenure
		if err := rows.Scan(&symbol, &t.instrument, &t.first, &t.ended); err != nil {
			return nil, err
		}
		n.bySymbol[symbol] = append(n.bySymbol[symbol], t)
	}
	return n, rows.Err()
}

// find is whose the symbol was on a date. Before anything is known of the
// symbol it is the first one's who had it: vendors tell a company's past under
// its present symbol.
func (n *names) find(symbol string, on session.Date) (int64, bool) {
	tenures := n.bySymbol[symbol]
	for _, t := range slices.Backward(tenures) {
		if t.first <= on {
			return t.instrument, t.ended == 0 || on < t.ended
		}
	}
	if len(tenures) > 0 {
		return tenures[0].instrument, true
	}
	return 0, false
}

// need is find, with a new instrument where there is none.
func (n *names) need(ctx context.Context, tx *sql.Tx, symbol string, on session.Date) (int64, error) {
	if id, ok := n.find(symbol, on); ok {
		return id, nil
	}
	var first session.Date
	key := symbol
	if len(n.bySymbol[symbol]) > 0 { // somebody else's before
		first, key = on, fmt.Sprintf("%s@%s", symbol, on)
	}
	done, err := tx.ExecContext(ctx, "INSERT INTO instruments (key) VALUES (?)", key)
	if err != nil {
		return 0, fmt.Errorf("the instrument %s: %w", symbol, err)
	}
	id, err := done.LastInsertId()
	if err != nil {
		return 0, err
	}
	n.created++
	return id, n.begin(ctx, tx, symbol, tenure{instrument: id, first: first})
}

// begin gives a symbol to an instrument.
func (n *names) begin(ctx context.Context, tx *sql.Tx, symbol string, t tenure) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO symbols (instrument, symbol, first) VALUES (?, ?, ?)", t.instrument, symbol, t.first)
	n.bySymbol[symbol] = append(n.bySymbol[symbol], t)
	slices.SortFunc(n.bySymbol[symbol], func(a, b tenure) int { return cmp.Compare(a.first, b.first) })
	return err
}

// rename lets what was called before be called after from a date on. Where
// both were taken for two companies so far, they become one.
func (n *names) rename(ctx context.Context, tx *sql.Tx, before, after string, on session.Date) error {
	id, err := n.need(ctx, tx, before, on-1)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE symbols SET ended = ? WHERE instrument = ? AND symbol = ? AND first < ? AND ended IS NULL",
		on, id, before, on); err != nil {
		return err
	}
	for i, t := range n.bySymbol[before] {
		if t.instrument == id && t.first < on && t.ended == 0 {
			n.bySymbol[before][i].ended = on
		}
	}
	other, known := n.find(after, on)
	switch {
	case !known:
		return n.begin(ctx, tx, after, tenure{instrument: id, first: on})
	case other == id:
		return nil
	}
	return n.merge(ctx, tx, other, id)
}

// merge makes one instrument of two. What both have told of the same day
// stays as into has it.
func (n *names) merge(ctx context.Context, tx *sql.Tx, from, into int64) error {
	for _, table := range []string{"list_members", "closes", "shares", "facts", "actions", "symbols"} {
		if _, err := tx.ExecContext(ctx, "UPDATE OR IGNORE "+table+" SET instrument = ? WHERE instrument = ?", into, from); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE instrument = ?", from); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		"UPDATE instruments SET company = ?1 WHERE company = ?2 AND id <> ?1",
		"UPDATE instruments SET company = NULL WHERE id = ?1 AND company = ?2",
		"UPDATE instruments SET (name, sector) = (SELECT iif(a.name = '', b.name, a.name), iif(a.sector = '', b.sector, a.sector)" +
			" FROM instruments a, instruments b WHERE a.id = ?1 AND b.id = ?2) WHERE id = ?1",
		"DELETE FROM instruments WHERE id = ?2 AND ?1 <> ?2",
	} {
		if _, err := tx.ExecContext(ctx, statement, into, from); err != nil {
			return err
		}
	}
	for _, tenures := range n.bySymbol {
		for i := range tenures {
			if tenures[i].instrument == from {
				tenures[i].instrument = into
			}
		}
	}
	return nil
}
