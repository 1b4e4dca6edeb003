package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"gyre/model/session"
)

// Info is what there is in a store.
type Info struct {
	Path   string
	Bytes  int64
	Tables []Table
	Lists  []Listed // the newest of each index
}

// Table is how many rows there are of one kind, and of which days.
type Table struct {
	Name        string
	Rows        int
	First, Last session.Date // zero where the rows have none
}

// Listed is one list of an index.
type Listed struct {
	Index   string
	AsOf    session.Date
	Members int
}

// Info tells what there is.
func (s *Store) Info(ctx context.Context) (Info, error) {
	info := Info{Path: s.path}
	file, err := os.Stat(s.path)
	if err != nil {
		return Info{}, fmt.Errorf("the store %s cannot be read: %w", s.path, reason(err))
	}
	info.Bytes = file.Size()
	const days = "(%s / 86400000)"
	for _, t := range []struct{ name, date string }{
		{"instruments", "NULL"},
		{"closes", "date"},
		{"levels", "date"},
		{"shares", fmt.Sprintf(days, "known_at")},
		{"facts", fmt.Sprintf(days, "known_at")},
		{"actions", "ex_date"},
		{"events", fmt.Sprintf(days, "at")},
		{"rates", fmt.Sprintf(days, "known_at")},
		{"effr", "date"},
	} {
		table := Table{Name: t.name}
		query := fmt.Sprintf("SELECT count(*), coalesce(min(%s), 0), coalesce(max(%[1]s), 0) FROM %s", t.date, t.name)
		if err := s.db.QueryRowContext(ctx, query).Scan(&table.Rows, &table.First, &table.Last); err != nil {
			return Info{}, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
		}
		info.Tables = append(info.Tables, table)
	}
	info.Lists, err = s.lists(ctx)
	return info, err
}

// lists are the newest list of each index.
func (s *Store) lists(ctx context.Context) ([]Listed, error) {
	rows, err := s.db.QueryContext(ctx, `
SELECT list, as_of, count(*) FROM list_members
WHERE (list, as_of) IN (SELECT list, max(as_of) FROM lists GROUP BY list) GROUP BY list, as_of ORDER BY list`)
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	defer func() { _ = rows.Close() }()
	var lists []Listed
	for rows.Next() {
		var l Listed
		if err := rows.Scan(&l.Index, &l.AsOf, &l.Members); err != nil {
			return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
		}
		lists = append(lists, l)
	}
	return lists, rows.Err()
}

// Check looks for damage and for rows that contradict each other, and gives a
// sentence for each thing found.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var found []string
	for _, c := range []struct{ query, sentence string }{
		{"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "the file is damaged: %s"},
		{"SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check", "a row names something that is not there: %s"},
		{
			"SELECT i.key || ' on day ' || c.date FROM closes c JOIN instruments i ON i.id = c.instrument WHERE close <= 0 OR volume < 0 OR open < 0 OR high < 0 OR low < 0",
			"a close is not positive: %s",
		},
		{
			"SELECT a.symbol FROM symbols a JOIN symbols b ON a.symbol = b.symbol AND a.first < b.first WHERE a.ended IS NULL OR a.ended > b.first",
			"a symbol is two companies' at the same time: %s",
		},
		{
			"SELECT key FROM instruments WHERE company = id OR company IN (SELECT id FROM instruments WHERE company IS NOT NULL)",
			"a line's company is not a primary line: %s",
		},
		{
			"SELECT list || ' of day ' || as_of FROM lists WHERE NOT EXISTS (SELECT 1 FROM list_members m WHERE m.list = lists.list AND m.as_of = lists.as_of)",
			"a list is empty: %s",
		},
		{"SELECT i.key FROM shares JOIN instruments i ON i.id = instrument WHERE shares <= 0", "a share count is not positive: %s"},
	} {
		sentences, err := s.sentences(ctx, c.query, c.sentence)
		if err != nil {
			return nil, fmt.Errorf("the store %s cannot be checked: %w", s.path, err)
		}
		found = append(found, sentences...)
	}
	strays, err := s.strays(ctx)
	return append(found, strays...), err
}

// sentences puts each row of a query into a sentence.
func (s *Store) sentences(ctx context.Context, query, sentence string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var found []string
	for rows.Next() {
		var what sql.NullString
		if err := rows.Scan(&what); err != nil {
			return nil, err
		}
		found = append(found, fmt.Sprintf(sentence, what.String))
	}
	return found, rows.Err()
}

// strays finds closes of days on which there was no session.
func (s *Store) strays(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT DISTINCT date FROM closes UNION SELECT DISTINCT date FROM levels ORDER BY date")
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be checked: %w", s.path, err)
	}
	defer func() { _ = rows.Close() }()
	calendar := session.New()
	var found []string
	for rows.Next() {
		var date session.Date
		if err := rows.Scan(&date); err != nil {
			return nil, fmt.Errorf("the store %s cannot be checked: %w", s.path, err)
		}
		if _, ok := calendar.On(date); !ok {
			found = append(found, fmt.Sprintf("there are closes of %s, which was no session", date))
		}
	}
	return found, rows.Err()
}

// Vacuum gives the room of deleted rows back and tells the file's size before
// and after.
func (s *Store) Vacuum(ctx context.Context) (before, after int64, err error) {
	size := func() int64 {
		info, failed := os.Stat(s.path)
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("the store %s cannot be read: %w", s.path, reason(failed)))
			return 0
		}
		return info.Size()
	}
	before = size()
	for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, failed := s.db.ExecContext(ctx, statement); failed != nil {
			return before, before, fmt.Errorf("the store %s cannot be tidied: %w", s.path, failed)
		}
	}
	return before, size(), err
}
