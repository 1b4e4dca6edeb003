package sampledata_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/shopspring/decimal"

	"gyre/feed/dataset"
	sampledata "gyre/sample-data"
)

// The closes are facts. What was published about them follows from them.
func TestIndexClosesGiveThePublishedReturns(t *testing.T) {
	s := read(t)
	if len(s.dates) != 70 || !slices.IsSorted(s.dates) {
		t.Fatalf("%d sessions, sorted: %t", len(s.dates), slices.IsSorted(s.dates))
	}
	for _, c := range []struct{ symbol, since, want string }{
		{"RUT", "2025-03-27", "-2.05"},
		{"RUT", week, "-1.64"},
		{"RUT", month, "-6.46"},
		{"RUT", quarter, "-9.86"},
		{"RUT", year, "-9.28"},
		{"SPX", "2025-03-27", "-1.97"},
		{"SPX", week, "-1.53"},
		{"SPX", month, "-6.27"},
		{"SPX", quarter, "-6.53"},
		{"SPX", year, "-5.11"},
	} {
		r := s.index[key{c.symbol, friday}].Div(s.index[key{c.symbol, c.since}]).Sub(decimal.NewFromInt(1))
		if got := r.Shift(2).StringFixed(2); got != c.want {
			t.Errorf("%s since %s: %s %%, want %s", c.symbol, c.since, got, c.want)
		}
	}
}

// Days without a session have no close: the day of mourning of 9 January and
// the holidays.
func TestNoClosesOnHolidays(t *testing.T) {
	s := read(t)
	for _, date := range []string{"2024-12-25", "2025-01-01", "2025-01-09", "2025-01-20", "2025-02-17"} {
		if slices.Contains(s.dates, date) {
			t.Errorf("there is a close on %s", date)
		}
	}
}

// 28 March was the third worst day of March, not the worst.
func TestRankOfTheLastDayInItsMonth(t *testing.T) {
	s := read(t)
	returnOn := func(d int) decimal.Decimal {
		return s.index[key{"RUT", s.dates[d]}].Div(s.index[key{"RUT", s.dates[d-1]}])
	}
	last := len(s.dates) - 1
	rank := 1
	for d := 1; d < last; d++ {
		if strings.HasPrefix(s.dates[d], "2025-03") && returnOn(d).LessThan(returnOn(last)) {
			rank++
		}
	}
	if rank != 3 {
		t.Errorf("28 March is number %d from below", rank)
	}
}

func TestIndexBarsOfTheLastWeek(t *testing.T) {
	bars := 0
	for _, r := range table(t, "indices.csv") {
		if r["open"] == "" {
			if r["high"]+r["low"]+r["high_at"]+r["low_at"] != "" || r["date"] >= "2025-03-24" {
				t.Errorf("%s of %s has half a bar", r["symbol"], r["date"])
			}
			continue
		}
		bars++
		open, high, low, closed := number(t, r["open"]), number(t, r["high"]), number(t, r["low"]), number(t, r["close"])
		if high.LessThan(decimal.Max(open, closed)) || low.GreaterThan(decimal.Min(open, closed)) {
			t.Errorf("%s of %s: %v", r["symbol"], r["date"], r)
		}
	}
	if bars != 10 {
		t.Errorf("%d bars, want five of each index", bars)
	}
}

// Nothing is known before it happened, and nothing of April is out on Friday.
func TestEventsAreKnownWithTheirRelease(t *testing.T) {
	events := table(t, "events.csv")
	if len(events) != 34 {
		t.Errorf("%d events, want 34", len(events))
	}
	previous := ""
	for _, e := range events {
		if e["known_at"] < e["at"] {
			t.Errorf("%s is known at %s, before %s", e["title"], e["known_at"], e["at"])
		}
		if e["at"] < previous {
			t.Errorf("%s is out of order", e["title"])
		}
		if e["source"] == "" || e["country"] != "US" {
			t.Errorf("%s has no source or no country", e["title"])
		}
		previous = e["at"]
	}
}

// The next releases of the highest importance after Friday's close.
func TestNextImportantEvents(t *testing.T) {
	var titles []string
	for _, e := range table(t, "events.csv") {
		if e["importance"] == "3" && e["at"] == "2025-04-01T10:00:00-04:00" {
			titles = append(titles, e["title"])
		}
		if at := e["at"]; e["importance"] == "3" && at > "2025-03-28T16" && at < "2025-04-01T10" {
			t.Errorf("%s comes before", e["title"])
		}
	}
	if want := []string{"ISM manufacturing, March", "JOLTS job openings, February"}; !slices.Equal(titles, want) {
		t.Errorf("%v, want %v", titles, want)
	}
}

// note.toml holds what was claimed; index claims can be held against the closes.
func TestNoteQuotesItsSource(t *testing.T) {
	text, err := sampledata.FS().Open("note.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = text.Close() }()
	var note struct {
		KnownAt time.Time `toml:"known_at"`
		Claim   []struct{ ID, Text, Subject, Universe, Metric, Window, Value, Precision string }
	}
	if err := toml.NewDecoder(text).Decode(&note); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2025, 3, 28, 13, 0, 0, 0, time.UTC); !note.KnownAt.Equal(want) {
		t.Errorf("known at %s, want %s", note.KnownAt, want)
	}
	kinds := map[string]int{}
	seen := map[string]bool{}
	for _, c := range note.Claim {
		kinds[c.Precision]++
		if seen[c.ID] || c.Text == "" || c.Metric == "" || c.Value == "" {
			t.Errorf("claim %q is incomplete or there twice", c.ID)
		}
		seen[c.ID] = true
	}
	if len(note.Claim) != 15 || kinds["quoted"] != 2 || kinds["rank"] != 1 || kinds["about"] != 1 {
		t.Errorf("%d claims: %v", len(note.Claim), kinds)
	}
}

// gyre's own reader takes the whole folder, without a complaint.
func TestDatasetIsClean(t *testing.T) {
	data, err := dataset.Load(context.Background(), sampledata.FS(), "sample")
	if err != nil {
		t.Fatal(err)
	}
	if data.ProblemCount > 0 || len(data.Reference.Missing) > 0 || data.Reference.Skipped > 0 {
		t.Errorf("%d problems, the first: %v; missing: %v", data.ProblemCount, data.Problems[:min(1, len(data.Problems))], data.Reference.Missing)
	}
	if !data.Reference.Sample || !data.Settings.Synthetic || data.Reference.Name != "sample" {
		t.Errorf("it does not say that it is a sample: %+v", data.Settings)
	}
	if n := len(data.Reference.Instruments); n != 2461 {
		t.Errorf("%d instruments", n)
	}
}

// Synthetic names must not look like listed ones.
func TestSymbolsCannotBeMistaken(t *testing.T) {
	for _, r := range table(t, "instruments.csv") {
		if !strings.ContainsAny(r["symbol"], "0123456789") || !strings.HasPrefix(r["name"], "Sample ") {
			t.Errorf("%s %q could be a real company", r["symbol"], r["name"])
		}
	}
}

// What happens in the week, each once, as README.md lists it.
func TestIncidentsOfTheWeek(t *testing.T) {
	s := read(t)
	kinds := map[string]string{}
	for _, r := range table(t, "actions.csv") {
		kinds[r["kind"]] = r["ex_date"]
	}
	want := map[string]string{"cash_merger": "2025-03-25", "split": "2025-03-26", "rename": "2025-03-27"}
	for kind, date := range want {
		if kinds[kind] != date {
			t.Errorf("%s on %q, want %s", kind, kinds[kind], date)
		}
	}
	for id, since := range s.merged {
		if _, trades := s.close[key{id, since}]; trades {
			t.Errorf("%s trades on after it was bought", id)
		}
		last := s.close[key{id, "2025-03-24"}]
		if premium := s.merger[id].Div(last).InexactFloat64(); premium < 1 || premium > 1.03 {
			t.Errorf("%s is bought at %.3f of its last price", id, premium)
		}
	}
	for id := range s.split {
		before, after := s.close[key{id, "2025-03-25"}], s.close[key{id, "2025-03-26"}]
		if ratio := after.Div(before).InexactFloat64(); ratio < 7 || ratio > 13 {
			t.Errorf("%s goes from %s to %s over a reverse split of ten into one", id, before, after)
		}
	}
	halts := table(t, "halts.csv")
	if len(halts) != 2 || halts[0]["code"] != "T1" || halts[1]["code"] != "LUDP" {
		t.Errorf("halts: %v", halts)
	}
	ticks := table(t, "ticks.csv")
	bad := ticks[0]
	if price := s.close[key{bad["id"], "2025-03-27"}]; bad["price"] != "0.4100" || price.LessThan(decimal.RequireFromString("0.5")) {
		t.Errorf("the bad tick of a name at %s is %v", price, bad)
	}
	opens := ticks[1:]
	for _, o := range opens {
		if o["conditions"] != "O" || o["at"] < "2025-03-28T09:33:00" || o["at"] > "2025-03-28T09:44:59" {
			t.Errorf("late open: %v", o)
		}
	}
	if len(opens) != 14 {
		t.Errorf("%d late opens", len(opens))
	}
}
