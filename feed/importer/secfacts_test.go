package importer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
)

// fact is one value of an invented filing.
type fact struct {
	tag, end, filed string
	val             any
	form            string
}

// companyFile writes facts as the SEC does.
func companyFile(tb testing.TB, facts ...fact) string {
	tb.Helper()
	type value = map[string]any
	taxonomies := map[string]map[string]map[string]map[string][]value{}
	for _, f := range facts {
		taxonomy, unit := "us-gaap", "USD"
		switch f.tag {
		case "EntityCommonStockSharesOutstanding":
			taxonomy, unit = "dei", "shares"
		case "CommonStockSharesOutstanding":
			unit = "shares"
		}
		if f.form == "" {
			f.form = "10-Q"
		}
		if taxonomies[taxonomy] == nil {
			taxonomies[taxonomy] = map[string]map[string]map[string][]value{}
		}
		if taxonomies[taxonomy][f.tag] == nil {
			taxonomies[taxonomy][f.tag] = map[string]map[string][]value{"units": {}}
		}
		units := taxonomies[taxonomy][f.tag]["units"]
		units[unit] = append(units[unit], value{"end": f.end, "val": f.val, "filed": f.filed, "form": f.form})
	}
	text, err := json.Marshal(map[string]any{"cik": 4711, "entityName": "INVENTED INC.", "facts": taxonomies})
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// known are facts in short: "2025-05-01 17:30 debt 5 cash 7", - for unknown.
func known(facts []store.Facts) []string {
	show := func(a model.Amount) string {
		if !a.Known {
			return "-"
		}
		return strconv.FormatInt(int64(a.Dollars), 10)
	}
	var all []string
	for _, f := range facts {
		all = append(all, fmt.Sprintf("%s %s debt %s cash %s preferred %s minority %s", f.Symbol, f.KnownAt.Format("2006-01-02 15:04"),
			show(f.Debt), show(f.Cash), show(f.Preferred), show(f.Minority)))
	}
	return all
}

// counted are shares in short.
func counted(shares []store.Shares) []string {
	var all []string
	for _, s := range shares {
		all = append(all, fmt.Sprintf("%s %s %d", s.Symbol, s.KnownAt.Format("2006-01-02 15:04"), s.Shares))
	}
	return all
}

// same compares lists of lines.
func same(tb testing.TB, what string, got, want []string) {
	tb.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		tb.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// companyFacts reads a file that must be good.
func companyFacts(tb testing.TB, text string, symbols ...string) (store.Batch, *importer.Report) {
	tb.Helper()
	batch, report, err := importer.CompanyFacts(strings.NewReader(text), "facts.json", map[int64][]string{4711: symbols})
	if err != nil {
		tb.Fatal(err)
	}
	return batch, report
}

// Every way of stating debt, with figures added by hand.
func TestDebtByItsConcepts(t *testing.T) {
	for name, c := range map[string]struct {
		stated map[string]int64
		want   string
	}{
		"none stated is unknown":              {map[string]int64{}, "-"},
		"zero stated is zero":                 {map[string]int64{"LongTermDebt": 0}, "0"},
		"a total":                             {map[string]int64{"LongTermDebt": 100}, "100"},
		"a total wins over its parts":         {map[string]int64{"LongTermDebt": 100, "LongTermDebtNoncurrent": 80, "LongTermDebtCurrent": 20}, "100"},
		"two parts":                           {map[string]int64{"LongTermDebtNoncurrent": 80, "LongTermDebtCurrent": 20}, "100"},
		"one part":                            {map[string]int64{"LongTermDebtNoncurrent": 80}, "80"},
		"with leases":                         {map[string]int64{"LongTermDebtAndCapitalLeaseObligations": 70, "LongTermDebtAndCapitalLeaseObligationsCurrent": 6}, "76"},
		"debt before debt with leases":        {map[string]int64{"LongTermDebtNoncurrent": 80, "LongTermDebtAndCapitalLeaseObligations": 90}, "80"},
		"long and short in one":               {map[string]int64{"DebtLongtermAndShorttermCombinedAmount": 55, "ShortTermBorrowings": 5}, "55"},
		"convertibles":                        {map[string]int64{"ConvertibleDebtNoncurrent": 40, "ConvertibleDebtCurrent": 2}, "42"},
		"convertible notes":                   {map[string]int64{"ConvertibleNotesPayableNoncurrent": 40, "ConvertibleNotesPayableCurrent": 3}, "43"},
		"notes":                               {map[string]int64{"NotesPayable": 9, "ShortTermBorrowings": 1}, "10"},
		"short-term borrowings on top":        {map[string]int64{"LongTermDebtNoncurrent": 80, "LongTermDebtCurrent": 20, "ShortTermBorrowings": 7}, "107"},
		"commercial paper on top":             {map[string]int64{"LongTermDebtNoncurrent": 80, "CommercialPaper": 4}, "84"},
		"never both of them":                  {map[string]int64{"LongTermDebtNoncurrent": 80, "ShortTermBorrowings": 7, "CommercialPaper": 4}, "87"},
		"current debt holds both parts":       {map[string]int64{"LongTermDebtNoncurrent": 80, "LongTermDebtCurrent": 20, "ShortTermBorrowings": 7, "DebtCurrent": 27}, "107"},
		"current debt holds more":             {map[string]int64{"LongTermDebtNoncurrent": 80, "LongTermDebtCurrent": 20, "DebtCurrent": 30}, "110"},
		"current debt beside a total":         {map[string]int64{"LongTermDebt": 100, "LongTermDebtCurrent": 20, "DebtCurrent": 27}, "107"},
		"current debt beside a split total":   {map[string]int64{"LongTermDebt": 100, "LongTermDebtNoncurrent": 80, "DebtCurrent": 27}, "107"},
		"current debt beside an unsplit one":  {map[string]int64{"LongTermDebt": 100, "DebtCurrent": 27}, "100"},
		"only current debt":                   {map[string]int64{"DebtCurrent": 27}, "27"},
		"only short-term borrowings":          {map[string]int64{"ShortTermBorrowings": 7}, "7"},
		"parts that contradict their total":   {map[string]int64{"LongTermDebt": 100, "LongTermDebtNoncurrent": 120, "DebtCurrent": 27}, "100"},
		"operating leases are no debt":        {map[string]int64{"OperatingLeaseLiability": 500}, "-"},
		"only the current part of a long one": {map[string]int64{"LongTermDebtCurrent": 20}, "20"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := []fact{{tag: "CashAndCashEquivalentsAtCarryingValue", end: "2025-03-31", filed: "2025-05-01", val: 1}}
			for tag, val := range c.stated {
				facts = append(facts, fact{tag: tag, end: "2025-03-31", filed: "2025-05-01", val: val})
			}
			batch, _ := companyFacts(t, companyFile(t, facts...), "ABC")
			same(t, "facts", known(batch.Facts), []string{"ABC 2025-05-01 17:30 debt " + c.want + " cash 1 preferred - minority -"})
		})
	}
}

// Cash is the first of its concepts, with the first of short-term investments.
func TestCashByItsConcepts(t *testing.T) {
	for name, c := range map[string]struct {
		stated map[string]int64
		want   []string
	}{
		"with investments":      {map[string]int64{"CashAndCashEquivalentsAtCarryingValue": 10, "ShortTermInvestments": 5, "MarketableSecuritiesCurrent": 5}, []string{"ABC 2025-05-01 17:30 debt - cash 15 preferred - minority -"}},
		"with securities":       {map[string]int64{"CashAndCashEquivalentsAtCarryingValue": 10, "AvailableForSaleSecuritiesDebtSecuritiesCurrent": 6}, []string{"ABC 2025-05-01 17:30 debt - cash 16 preferred - minority -"}},
		"under another name":    {map[string]int64{"Cash": 3}, []string{"ABC 2025-05-01 17:30 debt - cash 3 preferred - minority -"}},
		"investments alone":     {map[string]int64{"ShortTermInvestments": 5}, nil},
		"preferred, minority":   {map[string]int64{"Cash": 3, "PreferredStockValue": 4, "MinorityInterest": -2}, []string{"ABC 2025-05-01 17:30 debt - cash 3 preferred 4 minority -2"}},
		"nothing that is known": {map[string]int64{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			facts := []fact{{tag: "Assets", end: "2025-03-31", filed: "2025-05-01", val: 99}}
			for tag, val := range c.stated {
				facts = append(facts, fact{tag: tag, end: "2025-03-31", filed: "2025-05-01", val: val})
			}
			batch, _ := companyFacts(t, companyFile(t, facts...), "ABC")
			same(t, "facts", known(batch.Facts), c.want)
		})
	}
}

// What was known is told filing by filing: last year's column of a new filing
// is no news, an amendment is from its own day on, and a late amendment of an
// older balance sheet changes nothing.
func TestFactsByFiling(t *testing.T) {
	cash, debt := "CashAndCashEquivalentsAtCarryingValue", "LongTermDebt"
	text := companyFile(t,
		fact{tag: cash, end: "2024-12-31", filed: "2025-02-20", val: 100, form: "10-K"},
		fact{tag: debt, end: "2024-12-31", filed: "2025-02-20", val: 50, form: "10-K"},
		fact{tag: debt, end: "2024-12-31", filed: "2025-03-14", val: 60, form: "10-K/A"}, // restated
		fact{tag: cash, end: "2024-12-31", filed: "2025-05-01", val: 100},                // beside the new quarter
		fact{tag: cash, end: "2025-03-31", filed: "2025-05-01", val: 110},
		fact{tag: debt, end: "2025-03-31", filed: "2025-05-01", val: 60},
		fact{tag: debt, end: "2025-04-20", filed: "2025-05-01", val: 999},                // a later event, no balance sheet
		fact{tag: debt, end: "2024-12-31", filed: "2025-06-02", val: 70, form: "10-K/A"}, // of the older one
		fact{tag: cash, end: "2025-06-30", filed: "2025-08-01", val: 110},                // a new quarter with the same figures
		fact{tag: debt, end: "2025-06-30", filed: "2025-08-01", val: 60},
	)
	batch, report := companyFacts(t, text, "ABC")
	same(t, "facts", known(batch.Facts), []string{
		"ABC 2025-02-20 17:30 debt 50 cash 100 preferred - minority -",
		"ABC 2025-03-14 17:30 debt 60 cash 100 preferred - minority -",
		"ABC 2025-05-01 17:30 debt 60 cash 110 preferred - minority -",
		"ABC 2025-08-01 17:30 debt 60 cash 110 preferred - minority -",
	})
	if report.Read != 10 || report.Kept != 10 {
		t.Errorf("%d read, %d kept, want 10 of 10", report.Read, report.Kept)
	}
}

func TestSharesByFiling(t *testing.T) {
	cover, sheet := "EntityCommonStockSharesOutstanding", "CommonStockSharesOutstanding"
	for name, c := range map[string]struct {
		facts   []fact
		want    []string
		warned  bool
		omitted string
	}{
		"the cover page is newer": {
			facts: []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 1_050_000}, {tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000_000}},
			want:  []string{"ABC 2025-05-01 17:30 1050000"},
		},
		"only the balance sheet": {
			facts: []fact{{tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000_000}},
			want:  []string{"ABC 2025-05-01 17:30 1000000"},
		},
		"a count of a day that has not come": {
			facts:   []fact{{tag: cover, end: "2029-04-03", filed: "2025-05-01", val: 1_050_000}, {tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000_000}},
			want:    []string{"ABC 2025-05-01 17:30 1000000"},
			omitted: "it is as of a date after its filing, which is a mistake of the filer's",
		},
		"in thousands, and nothing tells which": {
			facts:  []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 1_050}, {tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000_000}},
			warned: true,
		},
		"in thousands, and the count before tells": {
			facts: []fact{
				{tag: cover, end: "2025-01-28", filed: "2025-02-01", val: 990_000},
				{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 1_050_000},
				{tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000},
			},
			want:   []string{"ABC 2025-02-01 17:30 990000", "ABC 2025-05-01 17:30 1050000"},
			warned: true,
		},
		"a hundred times is just possible": {
			facts: []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 10_000}, {tag: sheet, end: "2025-03-31", filed: "2025-05-01", val: 1_000_000}},
			want:  []string{"ABC 2025-05-01 17:30 10000"},
		},
		"none":            {facts: []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 0}}, omitted: "it says that there are no shares"},
		"more than exist": {facts: []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: int64(2e12)}}, omitted: "its value is beyond belief"},
		"below zero":      {facts: []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: -5}}, omitted: "its value is below zero"},
		"of a foreign filer": {
			facts:   []fact{{tag: cover, end: "2025-04-28", filed: "2025-05-01", val: 1_050_000, form: "20-F/A"}},
			omitted: "it counts the shares of a foreign filer, of which a traded one may be several",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := append(c.facts, fact{tag: "Assets", end: "2025-03-31", filed: "2025-05-01", val: 5})
			batch, report := companyFacts(t, companyFile(t, facts...), "ABC")
			same(t, "shares", counted(batch.Shares), c.want)
			if got := len(report.Warnings) > 0; got != c.warned {
				t.Errorf("warned %v, want %v:\n%s", got, c.warned, report)
			}
			if c.omitted != "" && report.OmittedFor(c.omitted) != 1 {
				t.Errorf("not left out because %s:\n%s", c.omitted, report)
			}
		})
	}
}

// Facts are a company's and go to all its symbols; a count of shares would be
// counted twice.
func TestCompanyWithSeveralSymbols(t *testing.T) {
	text := companyFile(t, fact{tag: "Cash", end: "2025-03-31", filed: "2025-05-01", val: 3},
		fact{tag: "Assets", end: "2025-03-31", filed: "2025-05-01", val: 9},
		fact{tag: "EntityCommonStockSharesOutstanding", end: "2025-04-28", filed: "2025-05-01", val: 77})
	batch, report := companyFacts(t, text, "XY.B", "XY.A")
	same(t, "facts", known(batch.Facts), []string{
		"XY.A 2025-05-01 17:30 debt - cash 3 preferred - minority -", "XY.B 2025-05-01 17:30 debt - cash 3 preferred - minority -",
	})
	same(t, "shares", counted(batch.Shares), []string{"XY.B 2025-05-01 17:30 77"})
	if !mentions(report.Notes, 0, "2 symbols", "XY.B") {
		t.Errorf("the report does not say who has the shares:\n%s", report)
	}
}

func TestCompaniesWithoutFacts(t *testing.T) {
	ifrs := `{"cik":"0000004711","entityName":"ABROAD PLC","facts":{"ifrs-full":{"Borrowings":{"units":{"EUR":[{"end":"2025-03-31","val":5,"filed":"2025-05-01"}]}}}}}`
	for name, c := range map[string]struct{ text, want string }{
		"another standard":     {ifrs, "1 it has no us-gaap facts: the company reports under another standard"},
		"no symbol":            {`{"cik":12,"entityName":"OTHER","facts":{}}`, "1 its company has no symbol in the list of companies"},
		"in another currency":  {`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"CAD":[{"end":"2025-03-31","val":5,"filed":"2025-05-01"}]}}}}}`, "1 it is not in US dollars or in shares"},
		"of a span of time":    {`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"USD":[{"start":"2025-01-01","end":"2025-03-31","val":5,"filed":"2025-05-01"}]}}}}}`, "1 it is of a span of time and not of a date"},
		"without a value":      {`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"USD":[{"end":"2025-03-31","filed":"2025-05-01"}]}}}}}`, "1 its value is not a whole number"},
		"without a date":       {`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"USD":[{"end":"2025-02-31","val":5,"filed":"2025-05-01"}]}}}}}`, "1 the date is not a date"},
		"a sum beyond all sum": {`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"USD":[{"end":"2025-02-28","val":1e13,"filed":"2025-05-01"},{"end":"2025-02-28","val":1.1e13,"filed":"2025-05-01"}]}}}}}`, "1 its value is beyond belief"},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report := companyFacts(t, c.text, "ABC")
			same(t, "reasons", reasons(report), []string{c.want})
			if len(batch.Facts)+len(batch.Shares) != 0 || report.Read != report.Kept+report.Omitted() {
				t.Errorf("%d facts, %d shares:\n%s", len(batch.Facts), len(batch.Shares), report)
			}
		})
	}
}

// A file that is none is refused whole, with what it is and where.
func TestFilesThatAreNotTheSECs(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		err  error
		says string
	}{
		"a web page":     {"<!DOCTYPE html><html>Request Rate Threshold Exceeded</html>", importer.ErrWebPage, "web page"},
		"nothing":        {" \n", importer.ErrNoData, "empty"},
		"cut off":        {"{\"cik\": 4711,\n \"facts\": {\"us-gaap\": {", importer.ErrContent, "line 2"},
		"another object": {`{"message":"Forbidden"}`, importer.ErrContent, "cik"},
		"another kind":   {`{"cik":4711,"facts":[]}`, importer.ErrContent, "facts"},
		"a part of another kind": {
			`{"cik":4711,"facts":{"us-gaap":{"Cash":{"units":{"USD":[{"end":5}]}}}}}`, importer.ErrContent, "Cash",
		},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.CompanyFacts(strings.NewReader(c.text), "facts.json", map[int64][]string{4711: {"ABC"}})
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "facts.json") {
				t.Errorf("the error %v", err)
			}
			if report == nil || len(batch.Facts) != 0 || batch.Source != "" {
				t.Errorf("a refused file gives %+v", batch)
			}
		})
	}
}

func TestCompanies(t *testing.T) {
	plain := `{"1":{"cik_str":20,"ticker":"BRK-A","title":"B"},"0":{"cik_str":20,"ticker":"BRK-B","title":"B"},"10":{"cik_str":30,"ticker":"DAIC ","title":"C"},
		"2":{"cik_str":20,"ticker":"BRK-PA","title":"B"},"3":{"cik_str":30,"ticker":"DAICW","title":"C"},"4":{"cik_str":0,"ticker":"NIL"},"5":{"cik_str":40,"ticker":"DAIC"}}`
	table := `{"fields":["cik","name","ticker","exchange"],"data":[[20,"B","BRK-B","NYSE"],[20,"B","BRK-A",null],[30,"C","DAIC ","Nasdaq"]]}`
	for name, c := range map[string]struct {
		text       string
		read, kept int
	}{"by number": {plain, 7, 3}, "with exchanges": {table, 3, 3}} {
		t.Run(name, func(t *testing.T) {
			companies, report, err := importer.Companies(strings.NewReader(c.text), "tickers.json")
			if err != nil {
				t.Fatal(err)
			}
			want := "map[20:[BRK.B BRK.A] 30:[DAIC]]"
			if name == "by number" { // the row numbered 5 stands before the one numbered 10
				want = "map[20:[BRK.B BRK.A] 40:[DAIC]]"
			}
			if fmt.Sprint(companies) != want || report.Read != c.read || report.Kept != c.kept {
				t.Errorf("%v, want %s\n%s", companies, want, report)
			}
		})
	}
	for name, text := range map[string]string{
		"a message": `{"message":"no"}`, "fields without data": `{"fields":["a"],"data":[[1]]}`, "a short row": `{"fields":["cik","ticker"],"data":[[1]]}`, "a number in words": `{"0":{"cik_str":"x","ticker":"A"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if companies, _, err := importer.Companies(strings.NewReader(text), "tickers.json"); !errors.Is(err, importer.ErrContent) || companies != nil {
				t.Errorf("%v, the error %v", companies, err)
			}
		})
	}
}

// frame is an invented frame.
func frame(taxonomy, tag, unit string, parts ...string) importer.File {
	text := fmt.Sprintf(`{"taxonomy":%q,"tag":%q,"ccp":"CY2024Q4I","uom":%q,"pts":%d,"data":[%s]}`, taxonomy, tag, unit, len(parts), strings.Join(parts, ","))
	return importer.File{Name: tag + ".json", Text: strings.NewReader(text)}
}

// part is one filer's value in a frame.
func part(accession string, cik int, end string, val int64) string {
	return fmt.Sprintf(`{"accn":%q,"cik":%d,"entityName":"E","loc":"US-NY","end":%q,"val":%d}`, accession, cik, end, val)
}

// Frames do not say when a value was filed: 90 days after its date it was, 30
// for the cover page; 31 December and 90 days is 31 March. What was filed again
// in a later year may be restated. Nothing is younger than its loading.
func TestFramesAreKnownLate(t *testing.T) {
	companies := map[int64][]string{4711: {"ABC"}, 12: {"DEF"}}
	files := func() []importer.File {
		return []importer.File{
			frame("us-gaap", "CashAndCashEquivalentsAtCarryingValue", "USD", part("0000004711-25-000001", 4711, "2024-12-31", 10), part("0000000012-26-000009", 12, "2024-12-31", 20), part("1-25-1", 99, "2024-12-31", 5)),
			frame("us-gaap", "LongTermDebt", "USD", part("0000004711-25-000001", 4711, "2024-12-31", 4), part("0000000012-25-000001", 12, "2024-12-31", 6), part("0000004711-25-000001", 4711, "2029-12-31", 4)),
			frame("dei", "EntityCommonStockSharesOutstanding", "shares", part("0000004711-25-000001", 4711, "2025-01-30", 1000)),
		}
	}
	batch, report, err := importer.Frames(files(), companies, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "facts", known(batch.Facts), []string{
		"ABC 2025-03-31 17:30 debt 4 cash 10 preferred - minority -",
		"DEF 2026-01-01 17:30 debt 6 cash 20 preferred - minority -",
	})
	same(t, "shares", counted(batch.Shares), []string{"ABC 2025-03-01 17:30 1000"})
	same(t, "reasons", reasons(report), []string{"1 its company has no symbol in the list of companies", "1 it is as of a date after its filing, which is a mistake of the filer's"})
	if report.Read != 7 || report.Kept != 5 || !mentions(report.Notes, 0, "frames do not say") || !mentions(report.Notes, 0, "2 values were filed again") {
		t.Errorf("the report:\n%s", report)
	}
	fetched := time.Date(2025, time.February, 10, 12, 0, 0, 0, time.UTC)
	batch, _, err = importer.Frames(files(), companies, fetched)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range batch.Facts {
		if !f.KnownAt.Equal(fetched) {
			t.Errorf("%s is known from %v, although it was loaded on %v", f.Symbol, f.KnownAt, fetched)
		}
	}
}

func TestFramesThatAreRefused(t *testing.T) {
	good := func() importer.File {
		return frame("us-gaap", "LongTermDebt", "USD", part("1-25-1", 4711, "2024-12-31", 4))
	}
	for name, c := range map[string]struct {
		file importer.File
		err  error
	}{
		"another concept": {frame("us-gaap", "Revenues", "USD"), importer.ErrContent},
		"another unit":    {frame("us-gaap", "Cash", "EUR"), importer.ErrContent},
		"a span of time":  {importer.File{Name: "x", Text: strings.NewReader(`{"taxonomy":"us-gaap","tag":"Cash","ccp":"CY2024Q4","uom":"USD","data":[]}`)}, importer.ErrContent},
		"company facts":   {importer.File{Name: "x", Text: strings.NewReader(`{"cik":5,"facts":{}}`)}, importer.ErrContent},
		"a web page":      {importer.File{Name: "x", Text: strings.NewReader(`<html>`)}, importer.ErrWebPage},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Frames([]importer.File{good(), c.file}, map[int64][]string{4711: {"ABC"}}, time.Time{})
			if !errors.Is(err, c.err) || report == nil || len(batch.Facts) != 0 {
				t.Errorf("%d facts, the error %v", len(batch.Facts), err)
			}
		})
	}
}

// Whatever is filed in whatever order, what is known at a moment comes from
// filings up to it alone: cutting off the later ones changes nothing before.
func TestFactsDoNotLookAhead(t *testing.T) {
	days := []string{"2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"}
	filings := []string{"2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10"}
	tags := []string{"CashAndCashEquivalentsAtCarryingValue", "LongTermDebt", "DebtCurrent", "EntityCommonStockSharesOutstanding", "CommonStockSharesOutstanding"}
	rapid.Check(t, func(t *rapid.T) {
		var all, early []fact
		for range rapid.IntRange(1, 20).Draw(t, "facts") {
			f := fact{
				tag: rapid.SampledFrom(tags).Draw(t, "tag"), end: rapid.SampledFrom(days).Draw(t, "end"),
				filed: rapid.SampledFrom(filings).Draw(t, "filed"), val: rapid.Int64Range(0, 100_000).Draw(t, "val"),
			}
			all = append(all, f)
			if f.filed < filings[2] {
				early = append(early, f)
			}
		}
		batch := func(facts []fact) store.Batch {
			taxonomies := map[string]map[string]any{"us-gaap": {}, "dei": {}}
			for _, tag := range tags {
				var values []any
				for _, f := range facts {
					if f.tag == tag {
						values = append(values, map[string]any{"end": f.end, "val": f.val, "filed": f.filed})
					}
				}
				taxonomy, unit := "us-gaap", "USD"
				if strings.Contains(tag, "Shares") {
					unit = "shares"
				}
				if strings.HasPrefix(tag, "Entity") {
					taxonomy = "dei"
				}
				taxonomies[taxonomy][tag] = map[string]any{"units": map[string]any{unit: values}}
			}
			text, err := json.Marshal(map[string]any{"cik": 4711, "facts": taxonomies})
			if err != nil {
				t.Fatal(err)
			}
			b, _, err := importer.CompanyFacts(strings.NewReader(string(text)), "f", map[int64][]string{4711: {"ABC"}})
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		whole, cut := batch(all), batch(early)
		if len(whole.Facts) < len(cut.Facts) || len(whole.Shares) < len(cut.Shares) {
			t.Fatal("later filings take away earlier facts")
		}
		for i, f := range cut.Facts {
			if whole.Facts[i] != f {
				t.Fatalf("%+v became %+v by later filings", f, whole.Facts[i])
			}
			if f.Debt.Dollars < 0 || f.Debt.Dollars > num.Dollars(300_000) {
				t.Fatalf("debt %d of parts up to 100,000", f.Debt.Dollars)
			}
		}
		for i, s := range cut.Shares {
			if whole.Shares[i] != s {
				t.Fatalf("%+v became %+v by later filings", s, whole.Shares[i])
			}
		}
	})
}
