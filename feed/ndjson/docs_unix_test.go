//go:build unix

package ndjson

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gyre/feed/wire"
)

// docs is the folder of the documentation.
func docs(parts ...string) string {
	return filepath.Join(append([]string{"..", "..", "docs"}, parts...)...)
}

// checker checks lines as a reader of the documentation would: against the
// schema, and with gyre itself.
type checker struct {
	schema *jsonschema.Schema
	codec  *wire.Codec
}

func newChecker(t *testing.T) checker {
	t.Helper()
	text, err := os.ReadFile(docs("gyre.wire-1.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("urn:gyre:schema:wire:1", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("urn:gyre:schema:wire:1")
	if err != nil {
		t.Fatal(err)
	}
	return checker{schema, wire.New()}
}

func (c checker) check(t *testing.T, line string) wire.Record {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if err := c.schema.Validate(document); err != nil {
		t.Errorf("%s is not as the schema has it: %v", line, err)
	}
	record, err := c.codec.Decode([]byte(line))
	if err != nil {
		t.Errorf("%s: %v", line, err)
	}
	return record
}

// Every record that the documentation shows is one, and it shows all types.
func TestRecordsInTheDocumentation(t *testing.T) {
	c := newChecker(t)
	for file, want := range map[string]string{
		docs("writing-a-feed.md"):   "cefhikoqrx",
		docs("examples", "feed.py"): "kq",
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var types []byte
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, `{"v":1`) {
				types = append(types, byte(c.check(t, line).Type))
			}
		}
		slices.Sort(types)
		if got := string(slices.Compact(types)); got != want {
			t.Errorf("%s shows records of the types %s, want %s", file, got, want)
		}
	}
}

// The examples print what their readers will copy: a quote of every symbol, and
// then a heartbeat, again and again.
func TestExamples(t *testing.T) {
	c := newChecker(t)
	commands := map[string][]string{
		"shell": {"sh", docs("examples", "feed.sh")},
		"Go":    {"go", "run", "../../docs/examples/gofeed"},
	}
	if python, err := exec.LookPath("python3"); err == nil {
		commands["Python"] = []string{python, docs("examples", "feed.py")}
	}
	for name, command := range commands {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), command[0], append(command[1:], "AAPL", "BRK.B")...)
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			var said bytes.Buffer
			cmd.Stderr = &said
			output, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var got []string
			for lines := bufio.NewScanner(output); len(got) < 6 && lines.Scan(); {
				record := c.check(t, lines.Text())
				got = append(got, string(record.Type)+record.Symbol)
				if record.Type == wire.Quote && record.Price == 0 {
					t.Errorf("%s has no price", lines.Text())
				}
			}
			endGroup(cmd.Process.Pid)
			_ = cmd.Wait() // it was killed
			want := []string{"qAAPL", "qBRK.B", "k", "qAAPL", "qBRK.B", "k"}
			if !slices.Equal(got, want) {
				t.Errorf("it prints %q, want %q; it says %q", got, want, said.String())
			}
		})
	}
}
