//go:build realdata

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

// realCompanies is the SEC's list of November 2024: 10,077 tickers.
func realCompanies(tb testing.TB) (map[int64][]string, *importer.Report) {
	tb.Helper()
	companies, report, err := importer.Companies(realFile(tb, "fundamentals", "sec_company_tickers_2024-11.json.gz"), "tickers")
	if err != nil {
		tb.Fatal(err)
	}
	return companies, report
}

func TestRealCompanies(t *testing.T) {
	companies, report := realCompanies(t)
	if report.Read != 10_077 || report.Read != report.Kept+report.Omitted() {
		t.Errorf("the report:\n%s", report)
	}
	for number, want := range map[int64]string{320193: "AAPL", 1067983: "BRK.B BRK.A", 2033770: "DAIC", 1640147: "SNOW", 1652044: "GOOGL GOOG"} {
		if got := strings.Join(companies[number], " "); got != want {
			t.Errorf("CIK %d is %s, want %s", number, got, want)
		}
	}
}

// Snowflake filed 19 reports with a balance sheet, from its first one of
// October 2020, which had no cover page with shares yet. It had no debt to
// state before its convertibles of autumn 2024. In millions, from the last
// one: cash 2,243.083 and securities 1,667.601.
func TestRealCompanyFacts(t *testing.T) {
	companies, _ := realCompanies(t)
	batch, report, err := importer.CompanyFacts(realFile(t, "fundamentals", "sec_companyfacts_SNOW.json.gz"), "SNOW", companies)
	if err != nil {
		t.Fatal(err)
	}
	if len(batch.Facts) != 19 || len(batch.Shares) != 18 || report.Omitted() != 0 || len(report.Warnings) != 0 {
		t.Fatalf("%d facts, %d shares:\n%s", len(batch.Facts), len(batch.Shares), report)
	}
	facts := known(batch.Facts)
	same(t, "the first, the one before the convertibles, the first with them, the last",
		[]string{facts[0], facts[15], facts[16], facts[18]}, []string{
			"SNOW 2020-12-03 17:30 debt - cash 4754048000 preferred 0 minority -",
			"SNOW 2024-08-29 17:30 debt - cash 3230507000 preferred 0 minority 8587000",
			"SNOW 2024-11-27 17:30 debt 2269459000 cash 4156990000 preferred 0 minority 4964000",
			"SNOW 2025-05-30 17:30 debt 2273600000 cash 3910684000 preferred 0 minority 6854000",
		})
	shares := counted(batch.Shares)
	same(t, "shares", []string{shares[0], shares[17]}, []string{"SNOW 2021-03-31 17:30 288700000", "SNOW 2025-05-30 17:30 333700000"})
}

// The company came to the exchange with ordinary shares, but reports under IFRS
// on form 20-F, where a traded share may be several.
func TestRealCompanyWithoutUSGAAP(t *testing.T) {
	companies := map[int64][]string{1997711: {"LPA"}}
	batch, report, err := importer.CompanyFacts(realFile(t, "fundamentals", "sec_companyfacts_LPA.json.gz"), "LPA", companies)
	if err != nil || len(batch.Facts)+len(batch.Shares) != 0 {
		t.Fatalf("%d facts, %d shares, the error %v", len(batch.Facts), len(batch.Shares), err)
	}
	same(t, "reasons", reasons(report), []string{
		"1 it has no us-gaap facts: the company reports under another standard",
		"3 it counts the shares of a foreign filer, of which a traded one may be several",
	})
}

// Of 570 companies, 14 have no debt and 3 no cash; 9 have no shares. Korea's KB
// and KEP are in won: the debt of both and KB's cash are beyond any company's
// dollars.
func TestRealFactsFromColumns(t *testing.T) {
	batch, report, err := importer.Facts(realFile(t, "fundamentals", "yfinance_debt_cash_570_2025-05.csv"), "yfinance", importer.FactsMapping{
		Debt: "Total Debt", Cash: "Cash And Cash Equivalents", Shares: "Share Issued", Known: session.NewDate(2025, time.May, 5).At(16, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	debt, cash, zero := 0, 0, 0
	for _, f := range batch.Facts {
		if f.Debt.Known {
			debt++
			if f.Debt.Dollars == 0 {
				zero++
			}
		}
		if f.Cash.Known {
			cash++
		}
	}
	won := len(report.Warnings)
	if report.Read != 570 || report.Kept != 570 || debt+cash != 570-14+570-3-won || zero != 4 || len(batch.Shares) != 570-9 || won != 3 {
		t.Errorf("%d with debt, %d of them zero, %d with cash, %d with shares:\n%s", debt, zero, cash, len(batch.Shares), report)
	}
	_, _, err = importer.Facts(realFile(t, "fundamentals", "iwc_microcap_EV_2026-01.csv"), "EV", importer.FactsMapping{Debt: "Total Debt", Known: time.Now()})
	if !errors.Is(err, importer.ErrColumns) {
		t.Errorf("a file of enterprise values gives %v, want ErrColumns", err)
	}
}

// 321 events of two years, monthly ones 24 times, each at New York's hour: the
// jobs report was at 08:30 on both sides of every clock change.
func TestRealStatisticsCalendar(t *testing.T) {
	events, report := realCalendar(t, "bls_2023_2024.ics", importer.EventMapping{})
	if len(events) != 321 || report.Read != 321 {
		t.Fatalf("%d events:\n%s", len(events), report)
	}
	count := map[string]int{}
	offsets := map[string]int{}
	for _, line := range planned(events) {
		count[line[len("2006-01-02 15:04 US 3 "):]]++
		if strings.HasSuffix(line, "US 3 Employment Situation") {
			offsets[line[len("2006-01-02 "):len("2006-01-02 15:04")]]++
		}
	}
	if count["Employment Situation"] != 24 || count["Consumer Price Index"] != 24 || count["Employment Situation of Veterans"] != 2 {
		t.Errorf("counts %v", count)
	}
	// March's report comes before the change in both years, November's on the
	// first Friday: 3 November 2023 before it, 1 November 2024 too.
	if offsets["13:30"] != 8 || offsets["12:30"] != 16 {
		t.Errorf("the jobs report came at %v in UTC", offsets)
	}
	for i := range events {
		if at := events[i].At; at.Hour() != 8 && at.Hour() != 10 || at.Location() != session.Zone() {
			t.Errorf("%s comes at %v", events[i].Title, at)
		}
	}
}

// 2,357 events in UTC; 26 have their importance across two lines, 19 are days
// without a time.
func TestRealOtherCalendar(t *testing.T) {
	events, report := realCalendar(t, "USA_macro_first_2025-10.ics", importer.EventMapping{})
	stars := map[int]int{}
	for i := range events {
		stars[events[i].Importance]++
		if events[i].Country != "US" || strings.Contains(events[i].Title, "HIGH") {
			t.Errorf("the event %+v", events[i])
		}
	}
	if len(events) != 2357 || stars[3] != 271+26 || stars[2] != 724 || stars[1] != 1322+14 || !mentions(report.Notes, 0, "19 events", "time assumed") {
		t.Errorf("%d events, by importance %v:\n%s", len(events), stars, report)
	}
}

// 100 events of all countries, 22 of the United States.
func TestRealWeeklyList(t *testing.T) {
	events, _ := realCalendar(t, "ff_calendar_thisweek_2026-08.json", importer.EventMapping{})
	stars, american := map[int]int{}, 0
	for i := range events {
		stars[events[i].Importance]++
		if events[i].Country == "US" {
			american++
		}
	}
	if len(events) != 100 || american != 22 || fmt.Sprint(stars) != "map[1:76 2:16 3:8]" {
		t.Errorf("%d events, %d American, by importance %v", len(events), american, stars)
	}
}

// 2,815 rows, 7 of them twice. The month's inflation and the week's claims are
// as printed; January's jobs, 143K, are what was known before February's came,
// and not what the file says they were revised to by whom knows when.
func TestRealValues(t *testing.T) {
	events, report := realCalendar(t, "us_events_actual_forecast_2020_2025-10.csv", importer.EventMapping{
		Date: "data", Title: "evento", Actual: "atual", Consensus: "previsao", Previous: "anterior",
	})
	if report.Read != 2815 || len(events) != 2808 || report.OmittedFor("the same row stands above") != 7 {
		t.Fatalf("%d events:\n%s", len(events), report)
	}
	want := map[string]string{
		"2025-03-28 08:30 Core PCE Price Index (MoM) (Feb)": "0.4% 0.3% 0.3%",
		"2025-03-27 08:30 Initial Jobless Claims":           "224K 225K 223K",
		"2025-03-07 08:30 Nonfarm Payrolls (Feb)":           "151K 159K 143K",
		"2025-03-03 10:00 ISM Manufacturing PMI (Feb)":      "50.3 50.6 50.9",
	}
	for i := range events {
		e := &events[i]
		key := e.At.Format("2006-01-02 15:04 ") + e.Title
		if values, ok := want[key]; ok {
			if got := e.Actual + " " + e.Consensus + " " + e.Previous; got != values || !e.KnownAt.Equal(e.At) {
				t.Errorf("%s: %s known from %v, want %s", key, got, e.KnownAt, values)
			}
			delete(want, key)
		}
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// realCalendar reads a file of the folder of calendars, which must be good.
func realCalendar(tb testing.TB, name string, m importer.EventMapping) ([]model.Event, *importer.Report) {
	tb.Helper()
	batch, report, err := importer.Calendar(realFile(tb, "calendar", name), name, m)
	if err != nil {
		tb.Fatal(err)
	}
	return batch.Events, report
}
