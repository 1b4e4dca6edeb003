package cli_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestScripts(t *testing.T) {
	var viewers desk
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("TERM", "xterm-256color")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"json":     checkJSON,
			"event":    checkEvent,
			"unknown":  checkUnknownAfter,
			"stronger": checkStronger,
			"plain":    checkPlain,
			"invent":   invent,
			"key":      makeKey,
			"keys":     makeList,
			"noted":    awaitLog,
			"ssh":      askServer,
			"watch":    viewers.watch,
			"left":     viewers.left,
			"hangup":   hangUp,
		},
	})
}

// document decodes a JSON file of the script; stdout is the last output.
func document(ts *testscript.TestScript, file string) any {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &v))
	return v
}

// find is the value at a path like indices.0.level.
func find(v any, path string) (any, error) {
	for key := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			child, ok := at[key]
			if !ok {
				return nil, fmt.Errorf("%s: there is no %q", path, key)
			}
			v = child
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				return nil, fmt.Errorf("%s: there is no place %q", path, key)
			}
			v = at[i]
		default:
			return nil, fmt.Errorf("%s: nothing is in %q", path, key)
		}
	}
	return v, nil
}

// checkJSON is "[!] json FILE PATH VALUE": the value at a path of a JSON file.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] json file path value")
	}
	v, err := find(document(ts, args[0]), args[1])
	ts.Check(err)
	if same := fmt.Sprint(v) == args[2]; same == neg {
		ts.Fatalf("%s is %v", args[1], v)
	}
}

// checkEvent is "event FILE TITLE FIELD VALUE": a field of a calendar entry.
func checkEvent(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 4 {
		ts.Fatalf("usage: [!] event file title field value")
	}
	list, err := find(document(ts, args[0]), "calendar")
	ts.Check(err)
	for _, e := range list.([]any) {
		if entry := e.(map[string]any); entry["title"] == args[1] {
			if same := fmt.Sprint(entry[args[2]]) == args[3]; same == neg {
				ts.Fatalf("%s of %s is %v", args[2], args[1], entry[args[2]])
			}
			return
		}
	}
	ts.Fatalf("there is no event %q", args[1])
}

// checkUnknownAfter is "unknown FILE TIME": no actual, revision or surprise of
// an event after the time is told, and every event before it is past.
func checkUnknownAfter(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: unknown file time")
	}
	now, err := time.Parse(time.RFC3339, args[1])
	ts.Check(err)
	list, err := find(document(ts, args[0]), "calendar")
	ts.Check(err)
	later := 0
	for _, e := range list.([]any) {
		entry := e.(map[string]any)
		at, err := time.Parse(time.RFC3339, entry["at"].(string))
		ts.Check(err)
		if entry["past"] != !at.After(now) {
			ts.Fatalf("%v at %v: past is %v", entry["title"], at, entry["past"])
		}
		if !at.After(now) {
			continue
		}
		later++
		if entry["actual"] != nil || entry["revised"] != nil || entry["surprise"] != nil {
			ts.Fatalf("%v is known before %v", entry["title"], at)
		}
	}
	if later == 0 {
		ts.Fatalf("there is no event after %v", now)
	}
}

// checkStronger is "stronger FILE OTHER PATH BY": a figure has the same sign
// and is larger in size than in the other file, by so much at least.
func checkStronger(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 4 || neg {
		ts.Fatalf("usage: stronger file other path by")
	}
	var figures [2]float64
	for i := range figures {
		v, err := find(document(ts, args[i]), args[2])
		ts.Check(err)
		figures[i], err = strconv.ParseFloat(fmt.Sprint(v), 64)
		ts.Check(err)
	}
	by, err := strconv.ParseFloat(args[3], 64)
	ts.Check(err)
	if figures[0]*figures[1] <= 0 || figures[0]/figures[1] < 1 || abs(figures[0])-abs(figures[1]) < by {
		ts.Fatalf("%s is %v and %v", args[2], figures[0], figures[1])
	}
}

func abs(f float64) float64 { return max(f, -f) }

// checkPlain is "plain FILE…": no control bytes but newlines.
func checkPlain(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: plain file...")
	}
	for _, file := range args {
		text := ts.ReadFile(file)
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }); i >= 0 {
			ts.Fatalf("%s holds %q at %d", file, text[i], i)
		}
	}
}
