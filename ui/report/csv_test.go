package report_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"gyre/model"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

func rows(t *testing.T, s *model.Snapshot) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(render(t, report.CSV, s, week()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCSVIsLongForm(t *testing.T) {
	all := rows(t, uitest.FinalFrame())
	if want := []string{"as_of", "section", "universe", "item", "window", "metric", "value"}; !slices.Equal(all[0], want) {
		t.Fatalf("the heading is %v", all[0])
	}
	seen := map[string]bool{}
	for n, row := range all[1:] {
		if row[0] != "2025-03-28T16:00:00-04:00" {
			t.Errorf("row %d is as of %q", n+2, row[0])
		}
		if row[6] == "" {
			t.Errorf("row %d has no value: %v", n+2, row)
		}
		key := strings.Join(row[:6], "|")
		if seen[key] && row[1] != "quality" && row[1] != "alert" {
			t.Errorf("row %d says what another row said: %v", n+2, row)
		}
		seen[key] = true
	}
}

func TestCSVValues(t *testing.T) {
	all := rows(t, uitest.FinalFrame())
	for _, want := range [][]string{
		{"meta", "", "snapshot", "", "schema", "gyre.snapshot/1"},
		{"coverage", "RUT", "", "", "valid", "1902"},
		{"index", "", "RUT", "", "level", "2023.27"},
		{"index", "", "SPX", "YTD", "return_pct", "-5.11"},
		{"size", "RUT", "Q1", "1W", "mean_pct", "0.35"},
		{"size", "RUT", "Q4", "3M", "mean_pct", "-19.08"},
		{"size", "RUT", "Q1", "1W", "cap_weighted_pct", "-1.24"},
		{"size", "RUT", "spread", "1W", "ci95_low_pp", "-3.60"},
		{"size", "RUT", "spread", "1W", "ci95_sectors_high_pp", "-1.42"},
		{"size", "RUT", "spread", "1W", "beta_adjusted_pp", "-2.30"},
		{"size", "RUT", "Q1", "1W", "relative_volume", "1.05"},
		{"leverage", "RMICRO", "spread", "1W", "mean_pp", "2.30"},
		{"leverage", "RUT", "excluded", "1W", "ev_not_positive", "100"},
		{"pair", "", "RUT-SPX", "1W", "spread_pp", "-0.11"},
		{"pair", "", "RUT-SPX", "", "beta", "1.08"},
		{"pair", "", "RUT-SPX", "1W", "beta_adjusted_pp", "0.02"},
		{"verdict", "", "", "1W", "state", "ROTATION"},
		{"verdict", "", "", "3M", "state", "TILT"},
		{"rates", "", "2025", "", "cuts_priced", "2"},
		{"calendar", "", "2025-04-01T10:00:00-04:00 ISM manufacturing", "", "actual", "n/a"},
		{"calendar", "", "2025-03-26T08:30:00-04:00 Durable goods Feb", "", "consensus", "-1.1%"},
		{"quality", "", "", "", "late", "14"},
	} {
		if !slices.ContainsFunc(all, func(row []string) bool { return slices.Equal(row[1:], want) }) {
			var near []string
			for _, row := range all {
				if slices.Equal(row[1:6], want[:5]) {
					near = row[1:]
				}
			}
			t.Errorf("no row %v; there is %v", want, near)
		}
	}
}

func TestCSVHoldsNoFormulas(t *testing.T) {
	cases := map[string]string{ // consensus as printed: as written
		"=1+1":             "'=1+1",
		"@SUM(A1)":         "'@SUM(A1)",
		"+cmd|' /C calc'!": "'+cmd|' /C calc'!",
		"-2+3":             "'-2+3",
		"--1":              "'--1",
		"-":                "'-",
		"-1.1%":            "-1.1%",
		"+0.5":             "+0.5",
		"-$123.5bn":        "'-$123.5bn",
		"140k":             "140k",
		"49.5":             "49.5",
	}
	for printed, want := range cases {
		t.Run(printed, func(t *testing.T) {
			s := uitest.FinalFrame()
			s.Calendar = s.Calendar[:1]
			s.Calendar[0].Consensus = printed
			for _, row := range rows(t, s) {
				if row[5] == "consensus" && row[6] != want {
					t.Errorf("written as %q, want %q", row[6], want)
				}
			}
		})
	}
}
