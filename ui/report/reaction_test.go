package report_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

// reacted is the final frame in which everything is known of Friday's events:
// one from before the open, one at ten, one just before the close.
func reacted() *model.Snapshot {
	s := uitest.FinalFrame()
	day := session.NewDate(2025, time.March, 28)
	figure := func(hundredths int64) num.Figure { return num.NewFigure(decimal.New(hundredths, -2), 2) }
	core, mood := &s.Calendar[4], &s.Calendar[5]
	core.Reaction = model.Reaction{From: day.At(9, 30).Add(30 * time.Second), To: day.At(10, 0), AtOpen: true, Change: figure(-13)}
	core.Sigmas, core.Surprises = figure(184), 12
	mood.Reaction = model.Reaction{From: day.At(10, 0), To: day.At(10, 30), Change: figure(5)}
	late := *mood
	late.At, late.Title = day.At(15, 50), "Fed survey"
	late.Reaction = model.Reaction{From: late.At, To: day.At(16, 0)}
	s.Calendar = slices.Insert(s.Calendar, 6, late)
	return s
}

// lineWith is the line of a report that contains text, its blanks squeezed.
func lineWith(t *testing.T, whole, text string) string {
	t.Helper()
	for line := range strings.Lines(whole) {
		if strings.Contains(line, text) {
			return strings.Join(strings.Fields(line), " ")
		}
	}
	t.Fatalf("no line contains %q:\n%s", text, whole)
	return ""
}

func TestReactionsOnAPage(t *testing.T) {
	for format, wants := range map[report.Format]map[string]string{
		report.Text: {
			" Surprise ": "When Event Imp Cons Prev Actual Surprise After",
			"Core PCE":   "0.4% +0.1% (1.8σ) −0.13 o",
			"UMich":      "57.0 −0.9 +0.05",
			"Fed survey": "57.0 −0.9 n/a c",
			"GDP Q4":     "2.4% +0.1%",
			"After: ":    "After: Q4 − Q1 of 1D in the 30 minutes after, in pp; o: from the open; c: to",
		},
		report.Markdown: {
			"Core PCE": "| 0.4% | +0.1% (1.8σ) | −0.13 o |",
			"UMich":    "| 57.0 | −0.9 | +0.05 |",
		},
	} {
		page := render(t, format, reacted(), week())
		for text, want := range wants {
			if got := lineWith(t, page, text); !strings.HasSuffix(got, want) {
				t.Errorf("%q does not end in %q", got, want)
			}
		}
	}
	if page := render(t, report.Text, uitest.FinalFrame(), week()); strings.Contains(page, "After") {
		t.Errorf("nothing is known of what came after, and it is spoken of:\n%s", page)
	}
}

func TestReactionsThatAreStillRunningStayBlank(t *testing.T) {
	s := reacted()
	s.AsOf = session.NewDate(2025, time.March, 28).At(15, 55)
	if got := lineWith(t, render(t, report.Text, s, week()), "Fed survey"); !strings.HasSuffix(got, "57.0 −0.9") {
		t.Errorf("until the close it is %q", got)
	}
}

func TestReactionsAsData(t *testing.T) {
	text := render(t, report.JSON, reacted(), week())
	_, strict := readSchema(t)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := strict.Validate(document); err != nil {
		t.Error(err)
	}
	var got struct {
		Calendar []struct {
			Title     string  `json:"title"`
			Sigmas    *string `json:"surprise_sigmas"`
			Surprises int     `json:"surprises_before"`
			Reaction  *struct {
				From   string  `json:"from"`
				To     string  `json:"to"`
				AtOpen bool    `json:"at_open"`
				Change *string `json:"change_pp"`
			} `json:"reaction"`
		} `json:"calendar"`
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	core, mood, late, next := got.Calendar[4], got.Calendar[5], got.Calendar[6], got.Calendar[7]
	if core.Sigmas == nil || *core.Sigmas != "1.84" || core.Surprises != 12 || mood.Sigmas != nil {
		t.Errorf("the sigmas are %v of %d, and %v", core.Sigmas, core.Surprises, mood.Sigmas)
	}
	if r := core.Reaction; r == nil || !r.AtOpen || r.From != "2025-03-28T09:30:30-04:00" || r.To != "2025-03-28T10:00:00-04:00" || *r.Change != "-0.13" {
		t.Errorf("after %s: %+v", core.Title, r)
	}
	if r := late.Reaction; r == nil || r.Change != nil || next.Reaction != nil {
		t.Errorf("what is not known is %+v, what is to come %+v", r, next.Reaction)
	}
	table := render(t, report.CSV, reacted(), week())
	for _, want := range []string{
		"Core PCE m/m,,surprise_sigmas,1.84", "Core PCE m/m,,reaction_from,2025-03-28T09:30:30-04:00",
		"Core PCE m/m,,reaction_to,2025-03-28T10:00:00-04:00", "Core PCE m/m,,reaction_pp,-0.13", "Fed survey,,reaction_pp,n/a",
	} {
		if !strings.Contains(table, want+"\n") {
			t.Errorf("the table has no %q", want)
		}
	}
	if strings.Contains(table, "Chicago PMI,,reaction_from") {
		t.Error("an event to come has a reaction")
	}
}

// TestTheReleasesThatMatterAreNamed has a morning of many releases: those with
// three stars stay, though others came later, and titles lose their month
// before anything else.
func TestTheReleasesThatMatterAreNamed(t *testing.T) {
	s := uitest.FinalFrame()
	at := time.Date(2025, time.March, 28, 8, 30, 0, 0, session.Zone())
	s.Calendar = nil
	release := func(at time.Time, stars int, title string) {
		e := model.CalendarEntry{Past: true, Released: true}
		e.At, e.Title, e.Importance = at, title, stars
		e.Consensus, e.Previous, e.Actual = "0.3%", "0.3%", "0.4%"
		e.Reaction.From = at
		s.Calendar = append(s.Calendar, e)
	}
	release(at.AddDate(0, 0, -1), 3, "GDP, third estimate")
	release(at, 3, "Core PCE prices m/m, February")
	for _, title := range []string{"PCE prices y/y, February", "Personal income, February", "Personal spending, February", "Inflation expectations, March", "Consumer sentiment, March"} {
		release(at, 2, title)
	}
	released := releases(t, s)
	for _, want := range []string{" Core PCE prices m/m ", " Personal income ", " Personal spending ", " Consumer sentiment "} {
		if !strings.Contains(released, want) {
			t.Errorf("no %q in\n%s", want, released)
		}
	}
	for _, never := range []string{"GDP", " PCE prices y/y", "Febr"} {
		if strings.Contains(strings.ReplaceAll(released, "Core PCE", ""), never) {
			t.Errorf("%q is in\n%s", never, released)
		}
	}
}

// releases is the section of the releases on a page of text.
func releases(t *testing.T, s *model.Snapshot) string {
	t.Helper()
	_, section, _ := strings.Cut(render(t, report.Text, s, week()), "RELEASED")
	section, _, _ = strings.Cut(section, "ALERTS")
	return section
}

// TestNoWordOfALongTitleIsLost where the page has no room for it in one line: it
// goes on below, and only its month is left out.
func TestNoWordOfALongTitleIsLost(t *testing.T) {
	s := reacted()
	for i := range s.Calendar {
		s.Calendar[i].Title = "One-year consumer expectations, March final"
	}
	section := releases(t, s)
	var titles []string
	for line := range strings.Lines(section) {
		if from, to := len("Fri 28 Mar 08:30  "), len("Fri 28 Mar 08:30  One-year consumer"); len(line) > from && !strings.Contains(line, ":  ") {
			words := strings.Fields(line[from:min(len(line), to)])
			if len(words) > 0 && strings.Contains("One-year consumer expectations", words[0]) {
				titles = append(titles, words[0])
			}
		}
	}
	want := strings.TrimSpace(strings.Repeat("One-year consumer expectations ", 5))
	if got := strings.Join(titles, " "); got != want {
		t.Errorf("the titles are %q in\n%s", got, section)
	}
}
