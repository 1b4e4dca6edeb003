package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

// readSchema is the published schema, made strict: it takes no field that it
// does not describe.
func readSchema(t *testing.T) (raw map[string]any, strict *jsonschema.Schema) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "gyre.snapshot-1.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	raw = document.(map[string]any)
	walk(raw, "", func(_ string, node map[string]any) {
		if node["properties"] != nil {
			node["additionalProperties"] = false
		}
	})
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	strict, err = compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return raw, strict
}

// walk visits every object of a JSON document, with its place.
func walk(v any, at string, visit func(at string, node map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(at, v)
		for key, child := range v {
			walk(child, at+"/"+key, visit)
		}
	case []any:
		for _, child := range v {
			walk(child, at, visit)
		}
	}
}

func TestEveryFieldOfTheSchemaIsDescribed(t *testing.T) {
	raw, _ := readSchema(t)
	fields := 0
	walk(raw, "", func(at string, node map[string]any) {
		properties, _ := node["properties"].(map[string]any)
		for name, field := range properties {
			fields++
			if words, _ := field.(map[string]any)["description"].(string); !strings.HasSuffix(words, ".") {
				t.Errorf("%s/%s is described as %q, which is no sentence", at, name, words)
			}
		}
	})
	if fields < 150 {
		t.Errorf("the schema has %d fields; a snapshot has more", fields)
	}
}

func TestJSONFollowsItsSchema(t *testing.T) {
	_, schema := readSchema(t)
	for _, odd := range uitest.All() {
		for _, w := range session.Windows() {
			t.Run(odd.Name+" "+w.String(), func(t *testing.T) {
				text := render(t, report.JSON, odd.Snap, report.Options{Window: w, Statistic: model.Statistic(w % model.StatCount)})
				document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(document); err != nil {
					t.Error(err)
				}
				if !strings.HasSuffix(text, "}\n") || strings.HasSuffix(text, "\n\n") {
					t.Error("the document does not end in one newline")
				}
			})
		}
	}
}

func TestTheSchemaRefusesWhatIsNoSnapshot(t *testing.T) {
	_, schema := readSchema(t)
	cases := map[string]func(document map[string]any){
		"another version":       func(d map[string]any) { d["schema"] = "gyre.snapshot/2" },
		"a figure as a number":  func(d map[string]any) { d["size"].(map[string]any)["z0"].(map[string]any)["1W"] = 2.1 },
		"a true minus sign":     func(d map[string]any) { d["size"].(map[string]any)["z0"].(map[string]any)["1W"] = "−2.1" },
		"an unknown state":      func(d map[string]any) { d["verdict"].(map[string]any)["1W"].(map[string]any)["state"] = "MAYBE" },
		"a missing window":      func(d map[string]any) { delete(d["verdict"].(map[string]any), "YTD") },
		"a field not described": func(d map[string]any) { d["colour"] = "blue" },
		"a time without a zone": func(d map[string]any) { d["as_of"] = "2025-03-28 16:00" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			document := decode(t, uitest.FinalFrame(), week())
			spoil(document)
			if schema.Validate(document) == nil {
				t.Error("accepted")
			}
		})
	}
}

func decode(t *testing.T, s *model.Snapshot, o report.Options) map[string]any {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(render(t, report.JSON, s, o)), &document); err != nil {
		t.Fatal(err)
	}
	return document
}

// look finds the value at a path of keys and, for lists, places.
func look(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch key := step.(type) {
		case string:
			object, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v: no object at %q", path, key)
			}
			if v, ok = object[key]; !ok {
				t.Fatalf("%v: no field %q", path, key)
			}
		case int:
			list, ok := v.([]any)
			if !ok || key >= len(list) {
				t.Fatalf("%v: no place %d", path, key)
			}
			v = list[key]
		}
	}
	return v
}

func TestJSONValues(t *testing.T) {
	document := decode(t, uitest.FinalFrame(), week())
	cases := []struct {
		path []any
		want any
	}{
		{[]any{"schema"}, "gyre.snapshot/1"},
		{[]any{"as_of"}, "2025-03-28T16:00:00-04:00"},
		{[]any{"mode"}, "replay"},
		{[]any{"market"}, "closed"},
		{[]any{"phase"}, "post"},
		{[]any{"sample"}, true},
		{[]any{"look_ahead"}, false},
		{[]any{"window"}, "1W"},
		{[]any{"session", "date"}, "2025-03-28"},
		{[]any{"session", "next_close"}, nil},
		{[]any{"windows", "3M", "base"}, "2024-12-27"},
		{[]any{"windows", "1W", "sessions"}, 5.0},
		{[]any{"feed", "name"}, "replay"},
		{[]any{"feed", "state"}, "ok"},
		{[]any{"feed", "age_s"}, "0.2"},
		{[]any{"feed", "delay_s"}, "0"},
		{[]any{"feed", "problem"}, nil},
		{[]any{"coverage", "RUT", "members"}, 1960.0},
		{[]any{"coverage", "RMICRO", "pct"}, "96.1"},
		{[]any{"indices", 0, "symbol"}, "RUT"},
		{[]any{"indices", 0, "level"}, "2023.27"},
		{[]any{"indices", 0, "change"}, "-42.43"},
		{[]any{"indices", 0, "returns_pct", "YTD"}, "-9.28"},
		{[]any{"indices", 0, "base", "1W", "session"}, "2025-03-21"},
		{[]any{"indices", 0, "base", "1W", "close"}, "2056.98"},
		{[]any{"indices", 0, "month_worst_rank"}, 3.0},
		{[]any{"indices", 0, "range", "state"}, "below"},
		{[]any{"indices", 0, "range", "distance"}, "-1.73"},
		{[]any{"indices", 0, "low"}, "2013.00"},
		{[]any{"indices", 1, "name"}, "S&P 500"},
		{[]any{"indices", 1, "range"}, nil},
		{[]any{"size", "statistic"}, "mean"},
		{[]any{"size", "rank"}, "base"},
		{[]any{"size", "look_ahead"}, false},
		{[]any{"size", "ranked_on", "1W"}, "2025-03-21"},
		{[]any{"size", "buckets", 0, "id"}, "Q1"},
		{[]any{"size", "buckets", 0, "n"}, 490.0},
		{[]any{"size", "buckets", 0, "returns_pct", "1W"}, "0.35"},
		{[]any{"size", "buckets", 0, "median_pct", "1W"}, "-0.05"},
		{[]any{"size", "buckets", 0, "mean_median_differ"}, true},
		{[]any{"size", "buckets", 3, "returns_pct", "3M"}, "-19.08"},
		{[]any{"size", "buckets", 0, "advancing_pct"}, "49"},
		{[]any{"size", "spread_pp", "1W"}, "-2.44"},
		{[]any{"size", "ci95_pp", "1W", 0}, "-3.60"},
		{[]any{"size", "ci95_pp", "1W", 1}, "-1.28"},
		{[]any{"size", "ci_method", "1W"}, "bootstrap"},
		{[]any{"size", "ci95_sectors_pp", "1W", 0}, "-3.31"},
		{[]any{"size", "ci95_sectors_pp", "1D"}, nil},
		{[]any{"size", "beta_gap", "1W"}, "0.08"},
		{[]any{"size", "beta_adjusted_pp", "1W"}, "-2.30"},
		{[]any{"size", "buckets", 0, "relative_volume"}, "1.05"},
		{[]any{"size", "t", "1W"}, "-4.1"},
		{[]any{"size", "z0", "1W"}, "-2.1"},
		{[]any{"size", "trend", "1W"}, "speeding up"},
		{[]any{"size", "reconcile", "1W", "gap_pp"}, "0.002"},
		{[]any{"size", "reconcile", "1W", "state"}, "ok"},
		{[]any{"leverage", 0, "universe"}, "RUT"},
		{[]any{"leverage", 0, "buckets", 2, "id"}, "high"},
		{[]any{"leverage", 0, "spread_pp", "1W"}, "0.90"},
		{[]any{"leverage", 0, "sector_neutral_pp", "1W"}, "1.81"},
		{[]any{"leverage", 0, "excluded", "financials"}, 533.0},
		{[]any{"leverage", 0, "excluded", "ev_not_positive"}, 100.0},
		{[]any{"leverage", 1, "t", "1W"}, "2.6"},
		{[]any{"leverage", 1, "filing_age_days"}, "58"},
		{[]any{"pair", "a"}, "RUT"},
		{[]any{"pair", "spread_pp", "1W"}, "-0.11"},
		{[]any{"pair", "ratio"}, "0.3625"},
		{[]any{"pair", "beta"}, "1.08"},
		{[]any{"pair", "beta_adjusted_pp", "1W"}, "0.02"},
		{[]any{"pair", "state", "1W"}, "NONE"},
		{[]any{"pair", "z0", "1W"}, "-0.1"},
		{[]any{"verdict", "1W", "state"}, "ROTATION"},
		{[]any{"verdict", "1W", "size"}, "INTO LARGE"},
		{[]any{"verdict", "1W", "leverage"}, "INTO HIGH"},
		{[]any{"verdict", "1W", "dots"}, 4.0},
		{[]any{"rates", "cuts_priced"}, "2"},
		{[]any{"rates", "as_of"}, "2025-03-28"},
		{[]any{"calendar", 7, "title"}, "ISM manufacturing"},
		{[]any{"calendar", 7, "at"}, "2025-04-01T10:00:00-04:00"},
		{[]any{"calendar", 7, "consensus"}, "49.5"},
		{[]any{"calendar", 7, "actual"}, nil},
		{[]any{"calendar", 2, "actual"}, "0.9%"},
		{[]any{"calendar", 2, "surprise"}, "2.0"},
		{[]any{"quality", "rejected"}, 1.0},
	}
	for _, c := range cases {
		if got := look(t, document, c.path...); got != c.want {
			t.Errorf("%v is %v, want %v", c.path, got, c.want)
		}
	}
	if n := len(look(t, document, "missing").([]any)); n != 0 {
		t.Errorf("%d parts are missing", n)
	}
}

func TestOptionsChooseWhatIsShownOnce(t *testing.T) {
	s := uitest.FinalFrame()
	s.Size.Buckets[0].Groups[session.Quarter].N = 488
	document := decode(t, s, report.Options{Window: session.Quarter, Statistic: model.Median})
	if got := look(t, document, "size", "buckets", 0, "n"); got != 488.0 {
		t.Errorf("n is %v, not that of the window", got)
	}
	for _, c := range []struct {
		path []any
		want string
	}{
		{[]any{"window"}, "3M"},
		{[]any{"size", "statistic"}, "median"},
		{[]any{"leverage", 0, "statistic"}, "median"},
		{[]any{"size", "buckets", 0, "returns_pct", "1W"}, "-0.05"},
		{[]any{"size", "buckets", 0, "mean_pct", "1W"}, "0.35"},
		{[]any{"size", "spread_pp", "1W"}, "-2.26"},
		{[]any{"size", "ci95_pp", "1W", 0}, "-3.60"},
	} {
		if got := look(t, document, c.path...); got != c.want {
			t.Errorf("%v is %v, want %v", c.path, got, c.want)
		}
	}
}

func TestUnknownIsNullAndNotZero(t *testing.T) {
	document := decode(t, uitest.Unknowns(), week())
	for _, path := range [][]any{
		{"indices", 0, "level"},
		{"indices", 0, "returns_pct", "1W"},
		{"indices", 0, "month_worst_rank"},
		{"indices", 0, "base", "1W", "session"},
		{"indices", 0, "range", "state"},
		{"size", "buckets", 0, "returns_pct", "1W"},
		{"size", "ci95_pp", "1W"},
		{"size", "ci_method", "1W"},
		{"size", "trend", "1W"},
		{"size", "reconcile", "1W", "state"},
		{"leverage", 0, "filing_age_days"},
		{"pair"},
		{"rates"},
		{"verdict", "1W", "coverage_pct"},
		{"verdict", "1W", "leverage_universe"},
	} {
		if got := look(t, document, path...); got != nil {
			t.Errorf("%v is %v, want null", path, got)
		}
	}
	if got := look(t, document, "verdict", "1W", "state"); got != "n/a" {
		t.Errorf("the state is %v, want n/a", got)
	}
}

// keys lists the keys of the document's top object as they are written.
func keys(t *testing.T, text string) []string {
	t.Helper()
	var found []string
	dec := json.NewDecoder(strings.NewReader(text))
	depth, key := 0, true
	for {
		token, err := dec.Token()
		if err != nil {
			return found
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		default:
			if depth == 1 && key {
				found = append(found, token.(string))
				key = false
				continue
			}
		}
		key = depth == 1
	}
}

func TestFieldsKeepTheirOrder(t *testing.T) {
	want := []string{
		"schema", "as_of", "mode", "market", "phase", "sample", "look_ahead", "dataset", "window", "session", "windows", "feed",
		"coverage", "indices", "size", "leverage", "pair", "verdict", "rates", "calendar", "alerts", "note", "quality", "missing",
	}
	text := render(t, report.JSON, uitest.FinalFrame(), week())
	if got := keys(t, text); !slices.Equal(got, want) {
		t.Errorf("the fields are %v", got)
	}
	if strings.Index(text, `"RUT": {`) > strings.Index(text, `"RMICRO": {`) {
		t.Error("the coverage does not keep the universes' order")
	}
}
