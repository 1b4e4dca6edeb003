package importer

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// table reads the rows of a file below its line of column names.
type table struct {
	columns []string
	csv     *csv.Reader
	above   int // lines above the first one that csv reads
	line    int // of the row read last
}

// newTable begins at the line of column names, of which above lines stand
// higher in the file.
func newTable(r io.Reader, delimiter rune, above int) (*table, error) {
	t := &table{csv: csv.NewReader(r), above: above}
	t.csv.Comma = delimiter
	t.csv.FieldsPerRecord = -1
	names, err := t.csv.Read()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		t.columns = append(t.columns, trim(name))
	}
	t.csv.ReuseRecord = true
	return t, nil
}

// next is the next row, and io.EOF after the last one. Where ok is false, the
// quotes of the row do not match. A row is valid until the next one.
func (t *table) next() (fields []string, ok bool, err error) {
	fields, err = t.csv.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		t.line = t.above + broken.StartLine
		return nil, false, nil
	case err != nil:
		return nil, false, err
	default:
		line, _ := t.csv.FieldPos(0)
		t.line = t.above + line
		return fields, true, nil
	}
}

// column is the place of the first column with one of the given folded names,
// -1 where there is none.
func (t *table) column(names ...string) int {
	for _, name := range names {
		for i, column := range t.columns {
			if fold(column) == name {
				return i
			}
		}
	}
	return -1
}

// field is the text in a column, "" where there is none.
func field(fields []string, column int) string {
	if column < 0 || column >= len(fields) {
		return ""
	}
	return trim(fields[column])
}

// delimiterOf is the character between the fields of a line of column names.
func delimiterOf(line string) rune {
	best, count := ',', strings.Count(line, ",")
	for _, other := range [...]rune{';', '\t', '|'} {
		if n := strings.Count(line, string(other)); n > count {
			best, count = other, n
		}
	}
	return best
}

// firstLine is the first line of a text that is not blank, and how many lines
// stand above it. The line stays to be read.
func firstLine(text *bufio.Reader) (line string, above int, err error) {
	for {
		head, err := text.Peek(text.Size())
		if err != nil && !errors.Is(err, io.EOF) {
			return "", 0, err
		}
		if len(head) == 0 {
			return "", 0, ErrNoData
		}
		line, _, _ = strings.Cut(string(head), "\n")
		if trim(line) != "" {
			return line, above, nil
		}
		if _, err := text.ReadString('\n'); err != nil {
			return "", 0, ErrNoData
		}
		above++
	}
}
