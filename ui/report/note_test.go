package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

// aNote has a claim of every verdict that the final frame allows.
func aNote() []claim.Claim {
	friday := session.NewDate(2025, time.March, 28)
	return []claim.Claim{
		{ID: "week", Text: "lost just over 1.6%", Subject: "RUT", Metric: claim.Return, Window: "1W", Value: "-1.6", Precision: claim.JustOver, AsOf: friday, Source: "a broker"},
		{ID: "year", Text: "year-to-date decline to about 10%, which is a long sentence that no page has room for", Subject: "RUT", Metric: claim.Return, Window: "YTD", Value: "-10", Precision: claim.About, AsOf: friday},
		{ID: "rank", Text: "the worst one-day performance of the month", Subject: "RUT", Metric: claim.MonthRank, Window: "1D", Value: "1", Precision: claim.Rank, AsOf: friday},
		{ID: "range", Text: "a range of 2,025-2,110 points", Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110", Precision: claim.Quoted, Source: "a broker"},
		{ID: "monday", Text: "fell by 1%", Subject: "RUT", Metric: claim.Return, Window: "1D", Value: "-1", Precision: claim.Exact, AsOf: friday + 3},
		{ID: "gold", Text: "gold rose", Subject: "XAU", Metric: claim.Return, Window: "1D", Value: "0", Precision: claim.Over},
	}
}

// checked is what a report is given of a note.
func checked(s *model.Snapshot) report.Options {
	return report.Options{Window: session.Week, Note: &report.Note{
		Title: "Trends in small caps", Publisher: "a paper", Published: session.NewDate(2025, time.March, 31),
		Results: claim.Check(aNote(), s),
	}}
}

// noteOf is the part of a text or a Markdown page that is about the note.
func noteOf(t *testing.T, page string) string {
	t.Helper()
	for _, heads := range [][2]string{{"NOTE CHECK", "\nDATA"}, {"## Note check", "\n## Data"}} {
		if _, rest, ok := strings.Cut(page, heads[0]); ok {
			part, _, _ := strings.Cut(rest, heads[1])
			return heads[0] + part
		}
	}
	t.Fatal("there is nothing about the note")
	return ""
}

func TestNoteOnAPage(t *testing.T) {
	s := uitest.FinalFrame()
	for _, f := range []report.Format{report.Text, report.Markdown} {
		t.Run(f.String(), func(t *testing.T) {
			part := noteOf(t, render(t, f, s, checked(s)))
			for line := range strings.Lines(part) {
				if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); f == report.Text && w > 80 {
					t.Errorf("%d cells wide: %s", w, line)
				}
			}
			golden.RequireEqual(t, part)
		})
	}
}

func TestNoteAsJSON(t *testing.T) {
	s := uitest.FinalFrame()
	document := decode(t, s, checked(s))
	for _, tc := range []struct {
		path []any
		want any
	}{
		{[]any{"note", "title"}, "Trends in small caps"},
		{[]any{"note", "publisher"}, "a paper"},
		{[]any{"note", "published"}, "2025-03-31"},
		{[]any{"note", "claims", 0, "id"}, "week"},
		{[]any{"note", "claims", 0, "subject"}, "RUT"},
		{[]any{"note", "claims", 0, "metric"}, "return"},
		{[]any{"note", "claims", 0, "window"}, "1W"},
		{[]any{"note", "claims", 0, "value"}, "-1.6"},
		{[]any{"note", "claims", 0, "high"}, nil},
		{[]any{"note", "claims", 0, "precision"}, "just over"},
		{[]any{"note", "claims", 0, "as_of"}, "2025-03-28"},
		{[]any{"note", "claims", 0, "source"}, "a broker"},
		{[]any{"note", "claims", 0, "here"}, "-1.64"},
		{[]any{"note", "claims", 0, "figure"}, "-1.64"},
		{[]any{"note", "claims", 0, "verdict"}, "ok"},
		{[]any{"note", "claims", 1, "verdict"}, "rounded"},
		{[]any{"note", "claims", 2, "here"}, "third worst day of March"},
		{[]any{"note", "claims", 2, "verdict"}, "false"},
		{[]any{"note", "claims", 3, "window"}, nil},
		{[]any{"note", "claims", 3, "high"}, "2110"},
		{[]any{"note", "claims", 3, "here"}, "below the low by 1.73"},
		{[]any{"note", "claims", 3, "verdict"}, "quoted"},
		{[]any{"note", "claims", 4, "verdict"}, "not yet"},
		{[]any{"note", "claims", 5, "here"}, nil},
		{[]any{"note", "claims", 5, "figure"}, nil},
		{[]any{"note", "claims", 5, "verdict"}, "unknown"},
		{[]any{"note", "tally", "ok"}, 1.0},
		{[]any{"note", "tally", "rounded"}, 1.0},
		{[]any{"note", "tally", "false"}, 1.0},
		{[]any{"note", "tally", "quoted"}, 1.0},
		{[]any{"note", "tally", "not_yet"}, 1.0},
		{[]any{"note", "tally", "unknown"}, 1.0},
	} {
		if got := look(t, document, tc.path...); got != tc.want {
			t.Errorf("%v is %v, want %v", tc.path, got, tc.want)
		}
	}
	if got := look(t, decode(t, s, week()), "note"); got != nil {
		t.Errorf("a note that nobody asked for is %v", got)
	}
	_, schema := readSchema(t)
	text := render(t, report.JSON, s, checked(s))
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(parsed); err != nil {
		t.Error(err)
	}
}

func TestNoteAsCSV(t *testing.T) {
	s := uitest.FinalFrame()
	text := render(t, report.CSV, s, checked(s))
	for _, want := range []string{
		",note,,week,1W,verdict,ok\n", ",note,,week,1W,here,-1.64\n", ",note,,rank,1D,why,third worst day of March\n", ",note,,gold,1D,here,n/a\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q", want)
		}
	}
	if strings.Contains(render(t, report.CSV, s, week()), ",note,") {
		t.Error("a note that nobody asked for is there")
	}
}

func TestNoteBeforeItIsKnown(t *testing.T) {
	s := uitest.FinalFrame()
	o := report.Options{Note: &report.Note{Title: "Trends"}}
	if got := noteOf(t, render(t, report.Text, s, o)); !strings.Contains(got, "Trends.\nNo claim is known yet.\n") {
		t.Errorf("it says %q", got)
	}
	if got := look(t, decode(t, s, o), "note", "claims"); len(got.([]any)) != 0 {
		t.Errorf("the claims are %v", got)
	}
}

// TestNoteIsClean hands over a note that nobody has cleaned.
func TestNoteIsClean(t *testing.T) {
	s := uitest.FinalFrame()
	for name, text := range payloads() {
		t.Run(name, func(t *testing.T) {
			bad := claim.Claim{ID: text, Text: text, Subject: text, Metric: claim.Metric(text), Window: text, Value: text, High: text, Precision: claim.Precision(text), Source: text}
			o := report.Options{Note: &report.Note{Title: text, Publisher: text, Results: []claim.Result{{Claim: bad, Here: text, Why: text}}}}
			for _, f := range []report.Format{report.Text, report.Markdown, report.JSON, report.CSV} {
				out := render(t, f, s, o)
				if i := strings.IndexFunc(out, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }); i >= 0 {
					t.Errorf("%s holds %q", f, out[i])
				}
			}
			if o.Note.Title != text || o.Note.Results[0].Here != text {
				t.Error("the note that was handed over was changed")
			}
		})
	}
}

// TestOnlyTheNewestAlertsAreOnAPage has more of them than a page has room for.
func TestOnlyTheNewestAlertsAreOnAPage(t *testing.T) {
	s := uitest.FinalFrame()
	s.Alerts = nil
	for i := range 20 {
		s.Alerts = append(s.Alerts, model.Alert{At: s.AsOf, Kind: "z0", Severity: model.SeverityUrgent, Text: fmt.Sprintf("alert %d", i)})
	}
	for _, f := range []report.Format{report.Text, report.Markdown} {
		text := render(t, f, s, week())
		if strings.Count(text, " alert ") != 8 || strings.Contains(text, "alert 11\n") || !strings.Contains(text, "alert 19\n") {
			t.Errorf("%s has other alerts than the last eight", f)
		}
	}
	all := look(t, decode(t, s, week()), "alerts").([]any)
	if len(all) != 20 || look(t, all[3], "severity") != "urgent" {
		t.Errorf("JSON has %d alerts, one of them %v", len(all), all[3])
	}
}
