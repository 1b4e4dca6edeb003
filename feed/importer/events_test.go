package importer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gyre/feed/importer"
	"gyre/model"
	"gyre/model/session"
)

// calendar reads a file of events that must be good.
func calendar(tb testing.TB, text string, m importer.EventMapping) ([]model.Event, *importer.Report) {
	tb.Helper()
	batch, report, err := importer.Calendar(strings.NewReader(text), "calendar", m)
	if err != nil {
		tb.Fatal(err)
	}
	return batch.Events, report
}

// planned are events in short, in UTC, which no clock change moves:
// "2025-03-07 13:30 US 3 Employment Situation".
func planned(events []model.Event) []string {
	var all []string
	for _, e := range events {
		all = append(all, fmt.Sprintf("%s %s %d %s", e.At.UTC().Format("2006-01-02 15:04"), e.Country, e.Importance, e.Title))
	}
	return all
}

// The shape of the statistics bureau's file: a zone of its own making, blank
// lines, no end and no stamp, texts with escapes, line feeds only. In 2025
// clocks went forward on 9 March and back on 2 November.
const bureau = `BEGIN:VCALENDAR
PRODID:-//Invented//EN
VERSION:2.0
SUMMARY:Release Schedule
X-WR-TIMEZONE:US-Eastern
BEGIN:VTIMEZONE
TZID:US-Eastern
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE


BEGIN:VEVENT
UID:1
DTSTART;TZID=US-Eastern:20250307T083000
DURATION:PT0M
SUMMARY:Employment Situation
LOCATION:Washington\, DC
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=US-Eastern:20250312T083000
SUMMARY:Consumer Price
  Index
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;TZID="US-Eastern":20251031T083000
SUMMARY:State Job Openings\, and Labor Turnover
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;TZID=America/Chicago:20251103T090000
SUMMARY:Job Openings and Labor Turnover Survey
END:VEVENT
END:VCALENDAR
`

func TestICSOnBothSidesOfAClockChange(t *testing.T) {
	want := []string{
		"2025-03-07 13:30 US 3 Employment Situation",
		"2025-03-12 12:30 US 3 Consumer Price Index",
		"2025-10-31 12:30 US 1 State Job Openings, and Labor Turnover",
		"2025-11-03 15:00 US 2 Job Openings and Labor Turnover Survey",
	}
	for name, text := range map[string]string{"line feeds": bureau, "both": strings.ReplaceAll(bureau, "\n", "\r\n"), "a mark before": "\uFEFF" + bureau} {
		t.Run(name, func(t *testing.T) {
			events, report := calendar(t, text, importer.EventMapping{Source: "bureau"})
			same(t, "events", planned(events), want)
			for _, e := range events {
				if !e.KnownAt.Equal(e.At) || !e.Listed.IsZero() || e.Source != "bureau" {
					t.Errorf("the event %+v", e)
				}
			}
			if report.Read != 4 || report.Kept != 4 {
				t.Errorf("the report:\n%s", report)
			}
		})
	}
}

// inICS is a calendar of one event with the given lines.
func inICS(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

func TestICSEvents(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"currency and importance":    {[]string{"DTSTART:20251014T122500Z", "SUMMARY:USD Fed's Chair speech(HIGH)"}, "2025-10-14 12:25 US 3 Fed's Chair speech"},
		"importance across lines":    {[]string{"DTSTART:20251014T122500Z", "SUMMARY:EUR Flash PMI (MoM)(MEDI", " UM)"}, "2025-10-14 12:25 EU 2 Flash PMI (MoM)"},
		"parentheses of the title":   {[]string{"DTSTART:20251014T122500Z", "SUMMARY:CPI (YoY)"}, "2025-10-14 12:25 US 3 CPI (YoY)"},
		"a three-letter first word":  {[]string{"DTSTART:20251014T140000Z", "SUMMARY:ISM Manufacturing PMI"}, "2025-10-14 14:00 US 3 ISM Manufacturing PMI"},
		"no zone is New York's":      {[]string{"DTSTART:20250714T083000", "SUMMARY:PPI"}, "2025-07-14 12:30 US 2 PPI"},
		"a day and its usual time":   {[]string{"DTSTART;VALUE=DATE:20250714", "SUMMARY:FOMC Statement"}, "2025-07-14 18:00 US 3 FOMC Statement"},
		"a day and no usual time":    {[]string{"DTSTART;VALUE=DATE:20250714", "SUMMARY:A conference"}, "2025-07-14 12:30 US 1 A conference"},
		"control characters":         {[]string{"DTSTART:20251014T122500Z", "SUMMARY:Retail\x1b[2J Sales"}, "2025-10-14 12:25 US 1 Retail[2J Sales"},
		"another zone by its name":   {[]string{"DTSTART;TZID=Europe/Berlin:20250714T141500", "SUMMARY:ECB decision"}, "2025-07-14 12:15 US 1 ECB decision"},
		"the zone of a mail program": {[]string{"DTSTART;TZID=Eastern Standard Time:20250714T083000", "SUMMARY:PPI"}, "2025-07-14 12:30 US 2 PPI"},
	} {
		t.Run(name, func(t *testing.T) {
			events, _ := calendar(t, inICS(c.lines...), importer.EventMapping{})
			same(t, "events", planned(events), []string{c.want})
		})
	}
}

func TestICSEventsLeftOut(t *testing.T) {
	good := "DTSTART:20251014T122500Z\r\nSUMMARY:PPI\r\nEND:VEVENT\r\nBEGIN:VEVENT"
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"no title":        {[]string{"DTSTART:20251014T122500Z"}, "1 it has no title"},
		"no time":         {[]string{"SUMMARY:CPI"}, "1 its time is none"},
		"a time of words": {[]string{"DTSTART:tomorrow", "SUMMARY:CPI"}, "1 its time is none"},
		"a zone unknown":  {[]string{"DTSTART;TZID=Middle-Earth:20251014T122500", "SUMMARY:CPI"}, "1 its time zone is none that is known"},
		"this machine's":  {[]string{"DTSTART;TZID=Local:20251014T122500", "SUMMARY:CPI"}, "1 its time zone is none that is known"},
		"a path as zone":  {[]string{"DTSTART;TZID=../../etc/passwd:20251014T122500", "SUMMARY:CPI"}, "1 its time zone is none that is known"},
		"cancelled":       {[]string{"DTSTART:20251014T122500Z", "SUMMARY:CPI", "STATUS:CANCELLED"}, "1 it is cancelled"},
		"twice":           {[]string{"DTSTART:20251014T122500Z", "SUMMARY:PPI"}, "1 the same row stands above"},
		"long ago":        {[]string{"DTSTART:00010101T000000Z", "SUMMARY:CPI"}, "1 its date is beyond belief"},
	} {
		t.Run(name, func(t *testing.T) {
			events, report := calendar(t, inICS(append([]string{good}, c.lines...)...), importer.EventMapping{})
			same(t, "reasons", reasons(report), []string{c.want})
			if len(events) != 1 || report.Read != 2 || report.Omissions[0].First[0].Line != 7 {
				t.Errorf("%d events:\n%s", len(events), report)
			}
		})
	}
	_, report := calendar(t, inICS("DTSTART:20251014T122500Z", "RRULE:FREQ=WEEKLY", "SUMMARY:Jobless Claims"), importer.EventMapping{})
	if !mentions(report.Warnings, 3, "Jobless Claims", "repeats") {
		t.Errorf("nothing says that an event repeats:\n%s", report)
	}
}

// A value is known when it comes out and not before: at the usual time of a
// release that keeps to one, and in the evening where nobody says when.
func TestEventsFromColumns(t *testing.T) {
	text := `data,evento,atual,previsao,anterior
2025/02/07,Nonfarm Payrolls (Jan),143K,169K,256K
2025/03/07,Nonfarm Payrolls (Feb),151K,159K,111K
2025/03/12,CPI (YoY) (Feb),2.8%,2.9%,3.0%
2025/03/12,Crude Oil Inventories,1.448M,2.100M,3.614M
2025/03/13,Fed Chair Speaks,,,
2025/03/15,FOMC Statement,4.50%,,
2025/03/13,Fed Chair Speaks,,,
soon,CPI,,,
2025/03/14,,1,2,3
2025/03/14,CPI
`
	events, report := calendar(t, text, importer.EventMapping{Date: "data", Title: "evento", Actual: "atual", Consensus: "previsao", Previous: "anterior", Source: "vendor"})
	same(t, "events", planned(events), []string{
		"2025-02-07 13:30 US 3 Nonfarm Payrolls (Jan)", "2025-03-07 13:30 US 3 Nonfarm Payrolls (Feb)", "2025-03-12 12:30 US 3 CPI (YoY) (Feb)",
		"2025-03-12 14:30 US 1 Crude Oil Inventories", "2025-03-13 12:30 US 1 Fed Chair Speaks", "2025-03-15 18:00 US 3 FOMC Statement",
	})
	var knowns []string
	for _, e := range events {
		knowns = append(knowns, fmt.Sprintf("%s %q %q %q %q", e.KnownAt.UTC().Format("15:04"), e.Consensus, e.Previous, e.Revised, e.Actual))
	}
	same(t, "values", knowns, []string{
		`13:30 "169K" "256K" "" "143K"`, `13:30 "159K" "143K" "" "151K"`, `12:30 "2.9%" "3.0%" "" "2.8%"`,
		`21:00 "2.100M" "3.614M" "" "1.448M"`, `21:00 "" "" "" ""`, `21:00 "" "" "" "4.50%"`,
	})
	same(t, "reasons", reasons(report), []string{
		"1 the same row stands above", "1 its time is none", "1 it has no title", "1 the line has not as many fields as the column names",
	})
	if !mentions(report.Notes, 6, "time assumed", "Fed Chair Speaks") || !mentions(report.Notes, 0, "1 previous values") || !mentions(report.Notes, 0, "5 events", "usual time") {
		t.Errorf("the report:\n%s", report)
	}
}

func TestEventsFromColumnsWithTimes(t *testing.T) {
	text := "Event;Currency;Impact;Date;At;Actual;Forecast;Previous;Revised\n" +
		"CPI y/y;EUR;High;2025-07-01;5:00 a.m.;2.0%;2.0%;1.9%;1.8%\nPPI;USD;**;2025-01-14;08:30;;;;\nTIC;USD;?;2025-01-15;noon;;;;\n"
	events, report := calendar(t, text, importer.EventMapping{Time: "At"})
	same(t, "events", planned(events), []string{"2025-01-14 13:30 US 2 PPI", "2025-07-01 09:00 EU 3 CPI y/y"})
	if e := events[1]; e.Previous != "1.9%" || e.Revised != "1.8%" || e.Actual != "2.0%" || e.Consensus != "2.0%" || !e.KnownAt.Equal(e.At) {
		t.Errorf("the event %+v", e)
	}
	same(t, "reasons", reasons(report), []string{"1 its time is none"})
	events, _ = calendar(t, "Date,Name\n2025-07-01T05:00:00-04:00,CPI\n", importer.EventMapping{})
	same(t, "events", planned(events), []string{"2025-07-01 09:00 US 3 CPI"})
}

func TestWeeklyList(t *testing.T) {
	text := `[{"title":"FPI m\/m","country":"NZD","date":"2026-08-16T18:45:00-04:00","impact":"Low","forecast":"","previous":"0.6%"},
{"title":"FOMC Meeting Minutes","country":"USD","date":"2026-08-19T14:00:00-04:00","impact":"High","forecast":"","previous":""},
{"title":"Bank Holiday","country":"GBP","date":"2026-08-31T03:00:00-04:00","impact":"Holiday","forecast":"","previous":""},
{"title":"Nothing","country":"USD","date":"soon","impact":"High","forecast":"","previous":""}]`
	events, report := calendar(t, text, importer.EventMapping{})
	same(t, "events", planned(events), []string{
		"2026-08-16 22:45 NZ 1 FPI m/m", "2026-08-19 18:00 US 3 FOMC Meeting Minutes", "2026-08-31 07:00 GB 1 Bank Holiday",
	})
	if events[0].Previous != "0.6%" || events[0].Actual != "" || report.Read != 4 || report.OmittedFor("its time is none") != 1 || !strings.Contains(report.String(), "[3] soon") {
		t.Errorf("%+v\n%s", events[0], report)
	}
}

// A meeting of two days decides on the second one; a weekly release has its
// days one by one. Eastern time is that of the season.
func TestFederalReserve(t *testing.T) {
	text := "\uFEFF" + `{"events":[
{"title":"FOMC Meeting","type":"FOMC","month":"2026-12","days":"8, 9","time":"2:00 p.m."},
{"title":"FOMC Meeting","type":"FOMC","month":"2026-07","days":"28-29","time":""},
{"title":"Minutes","type":"FOMC","month":"2026-12","days":"30","time":"2:00 p.m."},
{"title":"H.4.1 Factors","type":"Statistical Release","month":"2026-07","days":"2, 9","time":"4:30 p.m."},
{"title":"Speech - Governor","type":"Speeches","month":"2026-07","days":"9","time":""},
{"title":"Beige Book","type":"Beige","month":"2026-02","days":"30","time":"2:00 p.m."},
{"title":"Beige Book","type":"Beige","month":"2026-02","days":"4","time":"later"}]}`
	events, report := calendar(t, text, importer.EventMapping{})
	same(t, "events", planned(events), []string{
		"2026-07-02 20:30 US 1 H.4.1 Factors", "2026-07-09 12:30 US 1 Speech - Governor", "2026-07-09 20:30 US 1 H.4.1 Factors",
		"2026-07-29 18:00 US 3 FOMC Meeting", "2026-12-09 19:00 US 3 FOMC Meeting", "2026-12-30 19:00 US 3 FOMC Minutes",
	})
	if report.Read != 8 || report.OmittedFor("its time is none") != 2 || !mentions(report.Notes, 0, "time assumed: Speech") {
		t.Errorf("the report:\n%s", report)
	}
}

func TestCalendarsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		err  error
	}{
		"a web page":          {"<html>Access Denied</html>", importer.ErrWebPage},
		"nothing":             {"", importer.ErrNoData},
		"no event":            {"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", importer.ErrNoData},
		"a calendar cut off":  {bureau[:len(bureau)-200], importer.ErrContent},
		"no end":              {strings.TrimSuffix(bureau, "END:VCALENDAR\n"), importer.ErrContent},
		"a broken line":       {inICS("DTSTART;TZID", "SUMMARY:x"), importer.ErrContent},
		"other columns":       {"Ticker,Debt\nABC,5\n", importer.ErrColumns},
		"a message":           {`{"error":"no"}`, importer.ErrContent},
		"a list of numbers":   {`[1,2]`, importer.ErrContent},
		"an empty list":       {`[]`, importer.ErrNoData},
		"nothing to be used":  {"Date,Title\nsoon,CPI\n", importer.ErrNoData},
		"a line without end":  {inICS("DTSTART:20251014T122500Z", "SUMMARY:"+strings.Repeat("PPI\r\n ", 6000)), importer.ErrTooLarge},
		"parts without end":   {"BEGIN:VCALENDAR\n" + strings.Repeat("BEG\n IN:VEVENT\n", 100_000), importer.ErrTooLarge},
		"a calendar in a zip": {"PK\x03\x04BEGIN:VCALENDAR", importer.ErrFormat},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Calendar(strings.NewReader(c.text), "calendar", importer.EventMapping{})
			if !errors.Is(err, c.err) || report == nil || len(batch.Events) != 0 || batch.Source != "" {
				t.Errorf("%d events, the error %v", len(batch.Events), err)
			}
		})
	}
}

// zeroes is a file that never ends.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { return copy(p, strings.Repeat(" ", len(p))), nil }

func TestFilesWithoutEnd(t *testing.T) {
	_, _, err := importer.Calendar(zeroes{}, "calendar", importer.EventMapping{})
	if !errors.Is(err, importer.ErrTooLarge) {
		t.Errorf("the error %v, want ErrTooLarge", err)
	}
}

// A replay before a release shows neither its value nor a revision.
func TestReplayShowsNoActualBeforeItsTime(t *testing.T) {
	events, _ := calendar(t, "Date,Title,Actual\n2025-03-28,Core PCE Price Index (MoM) (Feb),0.4%\n2025-03-28,A survey,7\n", importer.EventMapping{})
	friday := session.NewDate(2025, time.March, 28)
	for _, e := range events {
		want := friday.At(8, 30)
		if e.Title == "A survey" {
			want = friday.At(17, 0)
		}
		if !e.KnownAt.Equal(want) {
			t.Errorf("%s is known from %v, want %v", e.Title, e.KnownAt, want)
		}
	}
}
