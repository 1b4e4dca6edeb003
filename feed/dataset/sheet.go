package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"gyre/feed/clean"
)

// sheet is a TOML file, of whose keys those outside of tables are read. The first
// mistake is kept.
type sheet struct {
	name    string
	text    []byte
	values  map[string]any // by the key in lower case
	offsets map[string]int // likewise
	err     error
}

// newSheet reads the file.
func newSheet(name string, text []byte) (*sheet, error) {
	var doc map[string]any
	if err := toml.Unmarshal(text, &doc); err != nil {
		return nil, tomlError(name, err)
	}
	s := &sheet{name: name, text: text, values: map[string]any{}, offsets: map[string]int{}}
	for key, value := range doc {
		s.values[strings.ToLower(key)] = value
	}
	var p unstable.Parser
	p.Reset(text)
	tables := false // keys behind the first one are a table's
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.KeyValue && tables {
			continue
		}
		tables = tables || e.Kind != unstable.KeyValue
		key := e.Key()
		key.Next()
		s.offsets[strings.ToLower(string(key.Node().Data))] = int(key.Node().Raw.Offset)
	}
	return s, nil
}

// refuse keeps that something is wrong with a key.
func (s *sheet) refuse(key, format string, args ...any) {
	if s.err != nil {
		return
	}
	before := s.text[:s.offsets[key]]
	line, column := bytes.Count(before, []byte("\n"))+1, len(before)-bytes.LastIndexByte(before, '\n')
	s.err = fmt.Errorf("%s:%d:%d: %s: %w", s.name, line, column, key, fmt.Errorf(format, args...))
}

// read is the value of a key; the zero value where there is none, or one of
// another kind than is wanted.
func read[T any](s *sheet, key, wanted string) T {
	value, ok := s.values[key].(T)
	if s.values[key] != nil && !ok {
		s.refuse(key, "%s is not allowed; %s", said(s.values[key]), wanted)
	}
	return value
}

// said is a value as a sentence has it.
func said(value any) string {
	switch value := value.(type) {
	case map[string]any:
		return "a table"
	case []any:
		return "a list"
	case string:
		text, _ := clean.Text(value)
		return strconv.Quote(text)
	default:
		text, _ := clean.Text(fmt.Sprint(value))
		return text
	}
}

// tomlError says where a file is no TOML.
func tomlError(name string, err error) error {
	message, _ := clean.Text(strings.TrimPrefix(err.Error(), "toml: "))
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, column := at.Position()
		return fmt.Errorf("%s:%d:%d: this is not TOML: %s", name, line, column, message)
	}
	return fmt.Errorf("%s: this is not TOML: %s", name, message)
}
