package config

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// places are the offsets at which keys and tables stand in a file, by their
// full name as in "screen.theme"; the names of two keys are joined by sep.
type places map[string]int

// sep cannot stand in a TOML key, quoted or not: control bytes must be escaped,
// and an escaped one gives at worst a wrong place, never a wrong value.
const sep = "\x00"

// locate finds the keys of a file that is valid TOML.
func locate(data []byte) places {
	found := places{}
	var table []string
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = found.add(nil, e)
		case unstable.KeyValue:
			found.addValue(table, e)
		default: // a comment
		}
	}
	return found
}

// addValue adds a key and, where its value is an inline table, those in it.
func (p places) addValue(under []string, e *unstable.Node) {
	path := p.add(under, e)
	if value := e.Value(); value.Kind == unstable.InlineTable {
		for children := value.Children(); children.Next(); {
			p.addValue(path, children.Node())
		}
	}
}

// add adds every part of a dotted key where it stands first, and returns its
// full path.
func (p places) add(under []string, e *unstable.Node) []string {
	path := slices.Clone(under)
	for key := e.Key(); key.Next(); {
		path = append(path, string(key.Node().Data))
		name := strings.Join(path, sep)
		if _, known := p[name]; !known {
			p[name] = int(key.Node().Raw.Offset)
		}
	}
	return path
}

// of is where the key with that path stands, and whether it is in the file.
func (p places) of(path ...string) (int, bool) {
	at, ok := p[strings.Join(path, sep)]
	return at, ok
}

// position is an offset as line and column, counted from 1.
func position(data []byte, offset int) (line, column int) {
	before := data[:offset]
	return bytes.Count(before, []byte("\n")) + 1, offset - bytes.LastIndexByte(before, '\n')
}
