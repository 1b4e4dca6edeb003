package wire_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"gyre/feed/wire"
)

// readSchema is the published schema, and one that is as strict, but takes no
// field that it does not describe.
func readSchema(t *testing.T) (published, strict *jsonschema.Schema, raw map[string]any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "gyre.wire-1.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	compile := func(change func(map[string]any)) *jsonschema.Schema {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		raw = document.(map[string]any)
		change(raw)
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource("urn:gyre:schema:wire:1", raw); err != nil {
			t.Fatal(err)
		}
		schema, err := compiler.Compile("urn:gyre:schema:wire:1")
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
	strict = compile(func(raw map[string]any) { raw["unevaluatedProperties"] = false })
	published = compile(func(map[string]any) {})
	return published, strict, raw
}

func validate(schema *jsonschema.Schema, line string) error {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

// The schema describes every field that is written.
func TestSchemaDescribesWhatIsWritten(t *testing.T) {
	_, strict, _ := readSchema(t)
	for name, c := range examples() {
		if err := validate(strict, c.line); err != nil {
			t.Errorf("%s is not as the schema has it: %v", name, err)
		}
	}
	codec := wire.New()
	rapid.Check(t, func(rt *rapid.T) {
		r := draw{rt}.record()
		line, err := codec.Append(nil, &r)
		if err != nil {
			rt.Fatal(err)
		}
		if err := validate(strict, string(line)); err != nil {
			rt.Fatalf("%s is not as the schema has it: %v", line, err)
		}
	})
}

// Every field that the schema describes is read: nonsense in it is refused.
func TestEveryFieldOfTheSchemaIsRead(t *testing.T) {
	_, _, raw := readSchema(t)
	codec := wire.New()
	common := raw["properties"].(map[string]any)
	for _, c := range examples() {
		var example map[string]any
		decoder := json.NewDecoder(strings.NewReader(c.line))
		decoder.UseNumber()
		if err := decoder.Decode(&example); err != nil {
			t.Fatal(err)
		}
		for _, fields := range []map[string]any{common, ofType(t, raw, example["t"])} {
			for field := range fields {
				was, there := example[field]
				example[field] = map[string]any{"non": "sense"}
				line, err := json.Marshal(example)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := codec.Decode(line); err == nil || !strings.Contains(err.Error(), field+" ") {
					t.Errorf("%s: the nonsense in %s gives the error %v", line, field, err)
				}
				if example[field] = was; !there {
					delete(example, field)
				}
			}
		}
	}
}

// ofType are the fields of a type of record.
func ofType(t *testing.T, raw map[string]any, kind any) map[string]any {
	t.Helper()
	for _, def := range raw["$defs"].(map[string]any) {
		properties, ok := def.(map[string]any)["properties"].(map[string]any)
		if ok && properties["t"].(map[string]any)["const"] == kind {
			return properties
		}
	}
	t.Fatalf("the schema does not describe the type %v", kind)
	return nil
}

// The schema refuses what gyre refuses, as far as a schema can say it.
func TestSchemaRefuses(t *testing.T) {
	published, _, _ := readSchema(t)
	untold := map[string]string{ // why a schema cannot know
		"a field twice":          "a parser of JSON sees one of them",
		"an unknown one twice":   "a parser of JSON sees one of them",
		"one in disguise":        "a parser of JSON sees one of them",
		"too deep":               "depth is no matter of schemas",
		"too long":               "nor are bytes",
		"an exponent":            "it is the same number",
		"next to nothing":        "it rounds to zero",
		"half a surrogate":       "a parser of JSON puts something in its place",
		"a split of one for one": "it compares two fields",
		"a name of nothing":      "nothing of it is left when it is clean",
	}
	for name, c := range refusals() {
		if err := validate(published, c[0]); (err == nil) != (untold[name] != "") {
			t.Errorf("%s: the schema says %v of %.200s", name, err, c[0])
		}
	}
	for name, why := range untold {
		if _, ok := refusals()[name]; !ok {
			t.Errorf("%s (%s) is not refused at all", name, why)
		}
	}
}
