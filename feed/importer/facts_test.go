package importer_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gyre/feed/importer"
)

// Unknown is not zero, a figure that is none is unknown and told, and a row
// without any figure is left out. NA is a symbol too.
func TestFactsFromColumns(t *testing.T) {
	text := `,Ticker,Share Issued,Cash And Cash Equivalents,Total Debt,Minority,As of
0,ABC,1000000.0,25.5,0.0,-3,2025-03-28
1,BRK-B,,NA,40,,2025-03-28
2,NA,5,,,,2025-03-29
3,DEF,,,,7,2025-03-28
4,GHI,0,1e3,-4,,2025-03-28
5,JKL,7,90000000000000,1,,2025-03-28
6,ABC-WT,7,1,1,,2025-03-28
7,MNO,7,1,1,,soon
8,ABC,7,1,1,,2025-03-28
9,ABC,7
10,PQR,7,1,,,2025-07-03T09:00:00-04:00
`
	batch, report, err := importer.Facts(strings.NewReader(text), "facts.csv", importer.FactsMapping{
		Shares: "share issued", Cash: "Cash And Cash Equivalents", Debt: "TotalDebt", Minority: "Minority", KnownAt: "As of",
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "facts", known(batch.Facts), []string{
		"ABC 2025-03-28 16:00 debt 0 cash 26 preferred - minority -3",
		"BRK.B 2025-03-28 16:00 debt 40 cash - preferred - minority -",
		"JKL 2025-03-28 16:00 debt 1 cash - preferred - minority -",
		"PQR 2025-07-03 09:00 debt - cash 1 preferred - minority -",
	})
	same(t, "shares", counted(batch.Shares), []string{
		"ABC 2025-03-28 16:00 1000000", "JKL 2025-03-28 16:00 7", "NA 2025-03-29 16:00 5", "PQR 2025-07-03 09:00 7",
	})
	same(t, "reasons", reasons(report), []string{
		"2 it has neither debt nor cash nor shares",
		"1 the symbol is that of a warrant",
		"1 the moment from which it is known is no date or time",
		"1 a row of the same symbol and moment stands above",
		"1 the line has not as many fields as the column names",
	})
	if report.Read != 11 || report.Kept != 5 || !mentions(report.Warnings, 6, "1e3", "GHI", "not a number") || !mentions(report.Warnings, 6, "below zero") || !mentions(report.Warnings, 7, "beyond belief") {
		t.Errorf("the report:\n%s", report)
	}
}

func TestFactsOfOneMoment(t *testing.T) {
	moment := time.Date(2025, time.May, 6, 20, 0, 0, 0, time.UTC)
	batch, _, err := importer.Facts(strings.NewReader("\n\nSymbol;Debt\nABC;$1,234\n"), "facts.csv", importer.FactsMapping{Debt: "Debt", Known: moment, Decorated: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(batch.Facts) != 1 || batch.Facts[0].Debt.Dollars != 1234 || !batch.Facts[0].KnownAt.Equal(moment) {
		t.Errorf("facts %+v", batch.Facts)
	}
}

func TestFactsThatAreRefused(t *testing.T) {
	given := importer.FactsMapping{Debt: "Total Debt", Known: time.Date(2025, time.May, 6, 20, 0, 0, 0, time.UTC)}
	for name, c := range map[string]struct {
		text    string
		mapping importer.FactsMapping
		err     error
		says    string
	}{
		"no date at all":   {"Ticker,Total Debt\nABC,5\n", importer.FactsMapping{Debt: "Total Debt"}, importer.ErrNoDate, "known"},
		"another file":     {"Ticker,EV\nABC,5\n", given, importer.ErrColumns, `"Total Debt"`},
		"no column at all": {"Ticker,EV\nABC,5\n", importer.FactsMapping{Known: given.Known}, importer.ErrColumns, "at least one"},
		"no symbols":       {"Name,Total Debt\nABC,5\n", given, importer.ErrColumns, `"Ticker"`},
		"a web page":       {"<html><body>Sign in</body></html>", given, importer.ErrWebPage, ""},
		"only names":       {"Ticker,Total Debt\n", given, importer.ErrNoData, "0 rows"},
		"nothing":          {"", given, importer.ErrNoData, "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Facts(strings.NewReader(c.text), "facts.csv", c.mapping)
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error %v", err)
			}
			if report == nil || batch.Source != "" {
				t.Errorf("a refused file gives %+v", batch)
			}
		})
	}
}
