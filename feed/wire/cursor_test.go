package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// anything is a JSON value that nests up to so deep, with white space wherever
// it may be.
func anything(t *rapid.T, depth int) string {
	space := rapid.SampledFrom([]string{"", "", " ", "\t", " \r "}).Draw(t, "space")
	kind := rapid.IntRange(0, 7).Draw(t, "kind")
	if depth == 0 {
		kind %= 6
	}
	switch kind {
	case 0:
		return space + rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "word") + space
	case 1, 2:
		return space + rapid.StringMatching(`-?(0|[1-9]\d{0,8})(\.\d{1,5})?([eE][+-]?\d{1,2})?`).Draw(t, "number") + space
	case 3, 4, 5:
		return space + quoted(t) + space
	case 6:
		var entries []string
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			entries = append(entries, anything(t, depth-1))
		}
		return space + "[" + space + strings.Join(entries, ",") + "]" + space
	default:
		var entries []string
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			entries = append(entries, space+quoted(t)+space+":"+anything(t, depth-1))
		}
		return space + "{" + space + strings.Join(entries, ",") + "}" + space
	}
}

// quoted is a JSON string, with everything in it that means something outside.
func quoted(t *rapid.T) string {
	pieces := []string{`\"`, `\\`, `\/`, `\n`, `\u0041`, `\ud83d\ude00`, `\ud800`, "{", "}", "[", "]", ",", ":", "a", "é", "界", " "}
	return `"` + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "") + `"`
}

// The fields of a line are those that the standard library finds, byte by byte;
// a name that is there twice, which it lets pass, is refused.
func TestMembersAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var line strings.Builder
		line.WriteString("{")
		names := map[string]bool{}
		twice := false
		for i := range rapid.IntRange(0, 8).Draw(rt, "fields") {
			name := quoted(rt)
			var plain string
			if err := json.Unmarshal([]byte(name), &plain); err != nil {
				rt.Fatal(err)
			}
			twice = twice || names[plain]
			names[plain] = true
			if i > 0 {
				line.WriteString(" ,")
			}
			line.WriteString(" " + name + " :" + anything(rt, 4))
		}
		line.WriteString("}")

		got, err := members([]byte(line.String()), nil)
		if twice != (err != nil) {
			rt.Fatalf("%s: a name is there twice: %t; the error is %v", line.String(), twice, err)
		}
		if twice {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line.String()), &want); err != nil {
			rt.Fatal(err)
		}
		found := map[string]json.RawMessage{}
		for _, m := range got {
			found[string(m.name)] = json.RawMessage(m.value)
		}
		if !maps.EqualFunc(found, want, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
			rt.Fatalf("%s has the fields %s, want %s", line.String(), found, want)
		}
	})
}

// Depth is counted as a reader would: the record itself is the first level.
func TestDepth(t *testing.T) {
	nested := func(open, end string, levels int) string {
		return `{"x":` + strings.Repeat(open, levels-1) + "1" + strings.Repeat(end, levels-1) + "}"
	}
	for name, c := range map[string]struct {
		line string
		want error
	}{
		"16 lists":                  {nested("[", "]", 16), nil},
		"17 lists":                  {nested("[", "]", 17), errDepth},
		"16 objects":                {nested(`{"y":`, "}", 16), nil},
		"17 objects":                {nested(`{"y":`, "}", 17), errDepth},
		"wide, not deep":            {`{"x":[` + strings.Repeat("[],", 1000) + `[]]}`, nil},
		"brackets in text":          {`{"x":"` + strings.Repeat("[", 1000) + `"}`, nil},
		"deep in the second field":  {`{"w":1,"x":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + "}", errDepth},
		"deep behind an escape":     {`{"w":"\\","x":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + "}", errDepth},
		"deep behind a quoted mark": {`{"w":"\"","x":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + "}", errDepth},
	} {
		if _, err := members([]byte(c.line), nil); !errors.Is(err, c.want) {
			t.Errorf("%s gives the error %v, want %v", name, err, c.want)
		}
	}
}

// 64 fields are taken and 65 are not; looking for a name that is there twice
// does not take longer the longer the line is.
func TestFieldCount(t *testing.T) {
	line := func(fields int) []byte {
		var names []string
		for i := range fields {
			names = append(names, `"x`+strconv.Itoa(i)+`":1`)
		}
		return []byte("{" + strings.Join(names, ",") + "}")
	}
	got, err := members(line(MaxFields), nil)
	if err != nil || len(got) != MaxFields {
		t.Errorf("of %d fields %d are found: %v", MaxFields, len(got), err)
	}
	for _, fields := range []int{MaxFields + 1, 50_000} {
		if _, err := members(line(fields), nil); !errors.Is(err, errFields) {
			t.Errorf("%d fields give the error %v", fields, err)
		}
	}
}

// Every type of record has the fields that all have, and no name twice.
func TestLayouts(t *testing.T) {
	for kind, l := range layouts() {
		var names []string
		for _, f := range l.fields {
			names = append(names, f.name)
		}
		if len(names) > MaxFields-2 {
			t.Errorf("%c has %d fields, which do not fit a record", kind, len(names))
		}
		for _, want := range []string{"ts", "src", "dly", "seq"} {
			if !slices.Contains(names, want) {
				t.Errorf("%c has no field %s", kind, want)
			}
		}
		if slices.Sort(names); len(slices.Compact(names)) != len(l.fields) {
			t.Errorf("%c has a field twice: %v", kind, names)
		}
	}
}
