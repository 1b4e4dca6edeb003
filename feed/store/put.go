package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// Result is what a batch changed in the store.
type Result struct {
	Rows      int // of the batch
	Written   int // that were new or said something else than the store
	Companies int // instruments that were not known before
}

// Put takes in a batch as a whole, or nothing of it. To put the same batch
// again changes nothing.
func (s *Store) Put(ctx context.Context, b Batch) (Result, error) {
	var result Result
	err := s.transaction(ctx, func(tx *sql.Tx) error {
		known, err := readNames(ctx, tx)
		if err != nil {
			return err
		}
		w := &writer{ctx: ctx, tx: tx, names: known, statements: map[string]*sql.Stmt{}}
		defer w.close()
		w.batch(&b)
		result = Result{Rows: w.rows, Written: w.written, Companies: known.created}
		return w.err
	})
	if err != nil {
		return Result{}, fmt.Errorf("nothing of %s was taken into the store: %w", b.Source, explained(err))
	}
	return result, nil
}

// writer writes rows until the first one fails.
type writer struct {
	ctx        context.Context
	tx         *sql.Tx
	names      *names
	statements map[string]*sql.Stmt
	rows       int
	written    int
	err        error
}

func (w *writer) close() {
	for _, s := range w.statements {
		_ = s.Close()
	}
}

// batch writes everything. Changes of symbols come first: what follows is told
// under both.
func (w *writer) batch(b *Batch) {
	for i := range b.Actions {
		w.action(&b.Actions[i])
	}
	for i := range b.Lists {
		w.list(&b.Lists[i])
	}
	for i := range b.Closes {
		c := &b.Closes[i]
		w.row(putClose, c.Date, w.instrument(c.Symbol, c.Date), c.Open, c.High, c.Low, c.Close, c.Volume)
	}
	for i := range b.Levels {
		l := &b.Levels[i]
		w.row(putLevel, l.Index, l.Date, l.Open, l.High, l.Low, l.Close)
	}
	for i := range b.Shares {
		c := &b.Shares[i]
		w.row(putShares, w.instrument(c.Symbol, session.DateOf(c.KnownAt)), c.KnownAt.UnixMilli(), c.Shares)
	}
	for i := range b.Facts {
		f := &b.Facts[i]
		w.row(putFacts, w.instrument(f.Symbol, session.DateOf(f.KnownAt)), f.KnownAt.UnixMilli(),
			money(f.Debt), money(f.Preferred), money(f.Minority), money(f.Cash))
	}
	for i := range b.Events {
		e := &b.Events[i]
		w.row(putEvent, e.At.UnixMilli(), e.Title, e.Country, e.Importance, e.Consensus, e.Previous, e.Revised, e.Actual,
			instant(e.KnownAt), instant(e.Listed), e.Source)
	}
	for _, r := range b.Rates {
		w.row(putRate, r.KnownAt.UnixMilli(), r.Year, r.Source, r.CutsPriced)
	}
	for _, r := range b.EFFR {
		w.row(putEFFR, r.Date, r.Percent.String())
	}
}

// action writes a corporate action, and a change of symbols into the symbols.
func (w *writer) action(a *Action) {
	if w.err != nil {
		return
	}
	if a.Kind == model.ActionRename {
		if w.err = w.names.rename(w.ctx, w.tx, a.Symbol, a.NewSymbol, a.ExDate); w.err != nil {
			return
		}
	}
	w.row(putAction, w.instrument(a.Symbol, a.ExDate-1), a.ExDate, a.Kind, a.New, a.Old, a.Amount, a.NewSymbol, a.Inferred)
}

// list writes a whole list, in place of the one of the same day.
func (w *writer) list(l *List) {
	w.exec("INSERT INTO lists (list, as_of) VALUES (?, ?) ON CONFLICT DO NOTHING", l.Index, l.AsOf)
	here := make(map[int64]bool, len(l.Members))
	for i := range l.Members {
		m := &l.Members[i]
		id := w.instrument(m.Symbol, l.AsOf)
		here[id] = true
		w.row(putMember, l.Index, l.AsOf, id, m.Quantity)
		var company any
		if m.Company != "" && m.Company != m.Symbol {
			company = w.instrument(m.Company, l.AsOf)
		}
		w.exec(describe, m.Name, m.Sector, company, id)
	}
	w.leave(l, here)
}

// leave takes those out of a day's list that an earlier import had in it.
func (w *writer) leave(l *List, here map[int64]bool) {
	if w.err != nil {
		return
	}
	members, err := w.members(l)
	if err != nil {
		w.err = err
		return
	}
	for _, id := range members {
		if !here[id] {
			w.exec("DELETE FROM list_members WHERE list = ? AND as_of = ? AND instrument = ?", l.Index, l.AsOf, id)
		}
	}
}

// members are the instruments of a list as it is stored.
func (w *writer) members(l *List) ([]int64, error) {
	rows, err := w.tx.QueryContext(w.ctx, "SELECT instrument FROM list_members WHERE list = ? AND as_of = ?", l.Index, l.AsOf)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var members []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		members = append(members, id)
	}
	return members, rows.Err()
}

// instrument is whose a symbol was on a date.
func (w *writer) instrument(symbol string, on session.Date) int64 {
	if w.err != nil {
		return 0
	}
	if symbol == "" {
		w.err = errors.New("a row has no symbol")
		return 0
	}
	var id int64
	id, w.err = w.names.need(w.ctx, w.tx, symbol, on)
	return id
}

// row counts and writes a row of the batch.
func (w *writer) row(statement string, args ...any) {
	w.rows++
	w.written += w.exec(statement, args...)
}

// exec runs a statement and tells how many rows it changed.
func (w *writer) exec(text string, args ...any) int {
	if w.err != nil {
		return 0
	}
	statement, ready := w.statements[text]
	if !ready {
		if statement, w.err = w.tx.PrepareContext(w.ctx, text); w.err != nil {
			return 0
		}
		w.statements[text] = statement
	}
	done, err := statement.ExecContext(w.ctx, args...)
	if err != nil {
		w.err = err
		return 0
	}
	changed, err := done.RowsAffected()
	w.err = err
	return int(changed)
}

// money is an amount as the store has it: nothing where it is not known.
func money(a model.Amount) any {
	if !a.Known {
		return nil
	}
	return int64(a.Dollars)
}

// instant is a moment as the store has it: nothing for no moment.
func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
