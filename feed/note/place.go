package note

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"
)

// top stands for the note itself where otherwise a claim is counted.
const top = -1

// places are the offsets at which keys stand in the file; those of the note
// come first, then those of each claim. The key "" is the claim's header.
type places []map[string]int

// locate finds the keys of a note that is valid TOML. Claims that are written
// as inline tables have no places of their own.
func locate(data []byte) places {
	found := places{{}}
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue && e.Kind != unstable.ArrayTable {
			continue
		}
		key := e.Key()
		key.Next()
		name, offset := string(key.Node().Data), int(key.Node().Raw.Offset)
		switch {
		case e.Kind == unstable.KeyValue:
			found[len(found)-1][name] = offset
		case name == "claim":
			found = append(found, map[string]int{"": offset})
		}
	}
	return found
}

// of is where a key of a claim stands, its header where the key is missing,
// and the file's beginning where that is not known either.
func (p places) of(claim int, key string) int {
	if claim+1 >= len(p) {
		return 0
	}
	if at, ok := p[claim+1][key]; ok {
		return at
	}
	return p[claim+1][""]
}

// position is an offset as line and column, counted from 1.
func position(data []byte, offset int) (line, column int) {
	before := data[:offset]
	return bytes.Count(before, []byte("\n")) + 1, offset - bytes.LastIndexByte(before, '\n')
}
