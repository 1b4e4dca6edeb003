package dataset

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// table is one CSV file while it is read, line by line.
type table struct {
	name    string
	header  []string
	row     row
	limit   int // rows
	chunks  *chunks
	text    string // what is left of the current chunk
	skipped int    // rows that were refused
	problem func(Problem)
	err     error // what made the whole file unusable
}

// column is the place of a column in a table; a negative one is not there.
type column int

// newTable begins to read f: after it, header is known. Problems of single
// lines go to problem. The table must be closed.
func newTable(ctx context.Context, f *file, problem func(Problem)) *table {
	t := &table{name: f.name, limit: maxRows, chunks: newChunks(ctx, f), problem: problem}
	line, ok := t.line()
	if !ok {
		if t.err == nil {
			t.err = fmt.Errorf("%s is empty; its first line must name the columns", t.name)
		}
		return t
	}
	line = strings.TrimPrefix(line, "\ufeff")
	fields, _, broken := split(line, nil)
	if broken != nil {
		t.err = fmt.Errorf("%s:1:%d: the header is broken: %s", t.name, broken.column, broken.message)
	}
	for _, field := range fields {
		t.header = append(t.header, strings.ToLower(strings.TrimSpace(field)))
	}
	return t
}

// close ends the reading.
func (t *table) close() { t.chunks.close() }

// need is the place of a column that the file must have.
func (t *table) need(name string) column {
	c := t.may(name)
	if c < 0 && t.err == nil {
		t.err = fmt.Errorf("%s has no column %q; its first line must name it", t.name, name)
	}
	return c
}

// may is the place of a column that the file may have.
func (t *table) may(name string) column {
	found := slices.Index(t.header, name)
	if found >= 0 && slices.Contains(t.header[found+1:], name) && t.err == nil {
		t.err = fmt.Errorf("%s has two columns %q; keep one of them", t.name, name)
	}
	return column(found)
}

// rows yields the data rows. A row is valid until the next one. When the loop's
// body is done with it, what was wrong with it is reported.
func (t *table) rows(yield func(*row) bool) {
	count := 0
	for t.err == nil {
		line, ok := t.line()
		if !ok {
			return
		}
		if line == "" {
			continue
		}
		if count++; count > t.limit {
			t.err = fmt.Errorf("%s has more than %d rows", t.name, t.limit)
			return
		}
		t.parse(line)
		if t.row.ok() && !yield(&t.row) {
			return
		}
		if !t.row.ok() {
			t.skipped++
			t.report(t.row.wrong)
		}
	}
}

// parse splits a line into the row.
func (t *table) parse(line string) {
	fields, starts, broken := split(line, t.row.fields)
	t.row = row{table: t, line: t.row.line, fields: fields, starts: starts}
	switch {
	case broken != nil:
		t.row.wrong = *broken
	case len(fields) != len(t.header):
		t.row.wrong = wrong{1, fmt.Sprintf("the line has %d fields, the header %d", len(fields), len(t.header))}
	}
}

// report tells of something wrong in the current line.
func (t *table) report(w wrong) {
	t.problem(Problem{File: t.name, Line: t.row.line, Column: w.column, Message: w.message})
}

// line is the next line without its end; false at the end of the file.
func (t *table) line() (string, bool) {
	for t.text == "" {
		part, err := t.chunks.next()
		switch {
		case errors.Is(err, io.EOF):
			return "", false
		case err != nil:
			t.err = fmt.Errorf("%s cannot be read to its end: %w", t.name, reason(err))
			return "", false
		case part.tooLong:
			t.row.line++
			t.skipped++
			t.report(wrong{1, fmt.Sprintf("the line is longer than %d KiB", maxLine>>10)})
		}
		t.text = part.text
	}
	line, rest, _ := strings.Cut(t.text, "\n")
	t.text = rest
	t.row.line++
	return strings.TrimSuffix(line, "\r"), true
}

// split cuts a line into its fields, using the given slice. For a line with
// quoted fields it also gives the place where each field starts, counted from
// 1; without them the places follow from the fields.
func split(line string, fields []string) (cut []string, starts []int, broken *wrong) {
	cut = fields[:0]
	start := 0
	for i := range len(line) {
		switch line[i] {
		case ',':
			cut = append(cut, line[start:i])
			start = i + 1
		case '"':
			return splitQuoted(line, cut[:0])
		}
	}
	return append(cut, line[start:]), nil, nil
}

// splitQuoted is split for a line with quotes.
func splitQuoted(line string, cut []string) (fields []string, starts []int, broken *wrong) {
	r := csv.NewReader(strings.NewReader(line))
	quoted, err := r.Read()
	if err != nil {
		at := 1
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			at = parse.Column
		}
		return cut, nil, &wrong{at, "a quoted field does not end, or a quote stands where none may be"}
	}
	for i, field := range quoted {
		_, at := r.FieldPos(i)
		cut, starts = append(cut, field), append(starts, at)
	}
	return cut, starts, nil
}
