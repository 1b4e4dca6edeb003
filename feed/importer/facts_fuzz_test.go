package importer_test

import (
	"bytes"
	"testing"
	"time"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
)

// soundBatch fails where a batch holds what no store should take in, or where
// a refused file gives anything at all.
func soundBatch(tb testing.TB, batch *store.Batch, report *importer.Report, err error) {
	tb.Helper()
	if report == nil {
		tb.Fatal("there is no report")
	}
	if err != nil && (batch.Source != "" || len(batch.Facts)+len(batch.Shares)+len(batch.Events)+len(batch.Actions) > 0) {
		tb.Fatalf("a refused file gives %+v", batch)
	}
	if err == nil && report.Read != report.Kept+report.Omitted() {
		tb.Fatalf("a row is not accounted for:\n%s", report)
	}
	for _, f := range batch.Facts {
		for _, a := range []model.Amount{f.Debt, f.Preferred, f.Cash} {
			if a.Dollars < 0 || a.Dollars > num.MaxDollars || !a.Known && a.Dollars != 0 {
				tb.Fatalf("the facts %+v", f)
			}
		}
		if !sound(f.Symbol) || f.KnownAt.IsZero() {
			tb.Fatalf("the facts %+v", f)
		}
	}
	for _, s := range batch.Shares {
		if s.Shares <= 0 || !sound(s.Symbol) {
			tb.Fatalf("the shares %+v", s)
		}
	}
	for _, e := range batch.Events {
		if e.Title == "" || e.Importance < 1 || e.Importance > 3 || e.KnownAt.Before(e.At) || bytes.ContainsAny([]byte(e.Title+e.Country+e.Actual), "\x00\x1b\n") {
			tb.Fatalf("the event %+v", e)
		}
	}
	for _, a := range batch.Actions {
		if !sound(a.Symbol) || a.Kind == model.ActionSplit && (a.New <= 0 || a.Old <= 0) {
			tb.Fatalf("the action %+v", a)
		}
	}
}

func FuzzICS(f *testing.F) {
	f.Add([]byte(bureau))
	f.Add([]byte(inICS("DTSTART;VALUE=DATE:20250714", "SUMMARY:USD CPI(HIG", " H)", "STATUS:CANCELLED")))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = append([]byte("BEGIN:VCALENDAR\n"), bytes.TrimPrefix(text, []byte("BEGIN:VCALENDAR\n"))...)
		batch, report, err := importer.Calendar(bytes.NewReader(text), "x.ics", importer.EventMapping{})
		soundBatch(t, &batch, report, err)
	})
}

func FuzzSECJSON(f *testing.F) {
	f.Add([]byte(companyFile(f, fact{tag: "Cash", end: "2025-03-31", filed: "2025-05-01", val: 3}, fact{tag: "Assets", end: "2025-03-31", filed: "2025-05-01", val: 9})))
	f.Add([]byte(`{"taxonomy":"us-gaap","tag":"Cash","ccp":"CY2024Q4I","uom":"USD","data":[` + part("0000004711-25-000001", 4711, "2024-12-31", 10) + `]}`))
	f.Add([]byte(`{"fields":["cik","ticker"],"data":[[4711,"BRK-B"]]}`))
	f.Add([]byte(`{"0":{"cik_str":4711,"ticker":"DAIC "}}`))
	f.Add([]byte(`{"events":[{"title":"FOMC Meeting","type":"FOMC","month":"2026-12","days":"8, 9","time":"2:00 p.m."}]}`))
	f.Add([]byte(`[{"title":"CPI","country":"USD","date":"2026-08-16T18:45:00-04:00","impact":"Low"}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		companies := map[int64][]string{4711: {"ABC", "ABC.B"}}
		batch, report, err := importer.CompanyFacts(bytes.NewReader(text), "x.json", companies)
		soundBatch(t, &batch, report, err)
		batch, report, err = importer.Frames([]importer.File{{Name: "x", Text: bytes.NewReader(text)}}, companies, time.Time{})
		soundBatch(t, &batch, report, err)
		if _, report, err := importer.Companies(bytes.NewReader(text), "x.json"); err == nil && report.Read != report.Kept+report.Omitted() {
			t.Fatalf("a row is not accounted for:\n%s", report)
		}
		batch, report, err = importer.Calendar(bytes.NewReader(text), "x.json", importer.EventMapping{})
		soundBatch(t, &batch, report, err)
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("Ticker,Total Debt,Cash,Shares\nABC,5,NA,1e3\n"))
	f.Add([]byte("Date,Title,Actual,Previous\n2025-03-28,\"CPI (Feb)\",2%,1%\n"))
	f.Add([]byte("id,ex_date,kind,ratio,amount,new_symbol\nABC,2025-03-28,split,1:10,,\n"))
	f.Add([]byte("symbol;ex_date;new_rate;old_rate\nABC;2025-03-28;1.05;1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		batch, report, err := importer.Facts(bytes.NewReader(text), "x.csv", importer.FactsMapping{
			Debt: "Total Debt", Cash: "Cash", Shares: "Shares", Known: time.Unix(1_700_000_000, 0), Decorated: true, Calendar: nyse,
		})
		soundBatch(t, &batch, report, err)
		batch, report, err = importer.Calendar(bytes.NewReader(text), "x.csv", importer.EventMapping{})
		soundBatch(t, &batch, report, err)
		batch, report, err = importer.Actions(bytes.NewReader(text), "x.csv", importer.ActionMapping{Calendar: nyse})
		soundBatch(t, &batch, report, err)
	})
}
