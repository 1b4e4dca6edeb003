package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model/num"
)

// The same four holdings in every layout that the publisher has had: two
// stocks, the cash, and a future. The companies are invented. The layouts in
// German are in testdata.
const (
	american = "\uFEFFInvented Fund ETF\n" +
		"Fund Holdings as of,\"May 13, 2025\"\n" +
		"Inception Date,\"May 22, 2000\"\nShares Outstanding,\"303,600,000.00\"\nStock,\"-\"\nBond,\"-\"\nCash,\"-\"\nOther,\"-\"\n\u00a0\n" +
		"Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Quantity,Price,Location,Exchange,Currency,FX Rate,Market Currency,Accrual Date\n" +
		`"LAMP","NORTH LAMP INC CLASS A","Health Care","Equity","1,250,000.00","0.64","1,250,000.00","100,000.00","12.50","United States","NASDAQ","USD","1.00","USD","-"` + "\n" +
		`"QUAY","QUAY HARBOR CO","Real Estate","Equity","2,000.50","0.00","2,000.50","4,001.00","0.50","United States","New York Stock Exchange Inc.","USD","1.00","USD","-"` + "\n" +
		`"USD","USD CASH","Cash and/or Derivatives","Cash","-801,628,314.40","-1.14","-801,628,314.40","-801,628,314.00","100.00","United States","-","USD","1.00","USD","-"` + "\n" +
		`"RTYM5","RUSSELL 2000 EMINI CME JUN 25","Cash and/or Derivatives","Futures","0.00","0.00","204,083,440.00","1,936.00","2,108.30","-","Chicago Mercantile Exchange","USD","1.00","USD","-"` + "\n" +
		"\u00a0\n" +
		"\"The content contained herein is owned or licensed by somebody,\nand “quoted” words, in lines, with commas,\n\nmay follow. ©2025 Somebody, Inc\"\n"

	resaved = "Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Shares,CUSIP,ISIN,SEDOL,Price,Location,Exchange,Currency,FX Rate,Market Currency,Accrual Date\r\n" +
		`LAMP,NORTH LAMP INC CLASS A,Health Care,Equity,"1,250,000.00",0.64,"1,250,000.00","100,000.00",000000001,US0000000011,0000001,12.50,United States,NASDAQ,USD,1.0,USD,-` + "\r\n" +
		`QUAY,QUAY HARBOR CO,Real Estate,Equity,"2,000.50",0.0,"2,000.50","4,001.00",000000002,US0000000022,0000002,0.5,United States,New York Stock Exchange Inc.,USD,1.0,USD,-` + "\r\n" +
		`USD,USD CASH,Cash and/or Derivatives,Cash,"4,178,791.43",0.04,"4,178,791.43","4,178,791.00",-,-,-,100.00,United States,-,USD,1.0,USD,-` + "\r\n" +
		`RTYM5,RUSSELL 2000 EMINI CME JUN 25,Cash and/or Derivatives,Futures,0.00,0.0,"204,083,440.00","1,936.00",-,-,-,"2,108.30",-,Chicago Mercantile Exchange,USD,1.0,USD,-` + "\r\n"
)

func TestHoldingsInEveryLayout(t *testing.T) {
	want := []store.Member{
		{Symbol: "LAMP", Name: "NORTH LAMP INC CLASS A", Sector: "HC", Quantity: 100_000},
		{Symbol: "QUAY", Name: "QUAY HARBOR CO", Sector: "RE", Quantity: 4_001},
	}
	for name, text := range map[string]string{
		"United States":           american,
		"an empty line above":     strings.Replace(american, "\u00a0\nTicker", "\nTicker", 1),
		"no mark, Shares":         strings.Replace(strings.TrimPrefix(american, "\uFEFF"), ",Quantity,", ",Shares,", 1),
		"legal text without NBSP": strings.Replace(american, "\u00a0\n\"The", "\"The", 1),
		"legal text unquoted":     strings.NewReplacer("\"The content", "The content", "Somebody, Inc\"", "Somebody, Inc").Replace(american),
		"saved by a spreadsheet":  resaved,
		"and with the legal text": resaved + strings.Repeat(",", 17) + "\r\n\"The content, and more,\nfollows\"" + strings.Repeat(",", 17) + "\r\n",
		"Swiss":                   fixture(t, "swiss.csv"),
		"German, ISO 8859-1":      fixture(t, "german.csv"),
		"compressed":              gzipped(t, american),
	} {
		t.Run(name, func(t *testing.T) {
			got, report := list(t, text, importer.Options{Index: "RUT", AsOf: day(t, "2025-05-13")})
			if got.Index != "RUT" || got.AsOf != day(t, "2025-05-13") || !slices.Equal(got.Members, want) {
				t.Errorf("got %+v, want the members %+v", got, want)
			}
			if report.Read != 4 || report.Kept != 2 || report.Omitted() != 2 || len(report.Warnings) > 0 {
				t.Errorf("the report is\n%s", report)
			}
		})
	}
}

func TestHoldingsThatAreRefused(t *testing.T) {
	noDate := strings.Replace(american, "Fund Holdings as of", "Fund", 1)
	for name, c := range map[string]struct {
		text string
		opts importer.Options
		want error
		says string
	}{
		"no data":             {strings.Replace(american, `"May 13, 2025"`, `"-"`, 1), importer.Options{}, importer.ErrNoData, "trading day"},
		"no data, no table":   {"ETF\nFund Holdings as of,\"-\"\n", importer.Options{}, importer.ErrNoData, "trading day"},
		"too few for RUT":     {american, importer.Options{Index: "RUT"}, importer.ErrCountBand, "it lists 2 stocks, and RUT has 1800 to 2100"},
		"too few for RMICRO":  {american, importer.Options{Index: "RMICRO"}, importer.ErrCountBand, "1100 to 1800"},
		"too few for SPX":     {american, importer.Options{Index: "SPX"}, importer.ErrCountBand, "495 to 510"},
		"too many":            {american, importer.Options{CountBand: importer.CountBand{Low: 1, High: 1}}, importer.ErrCountBand, "1 to 1"},
		"no date":             {noDate, importer.Options{}, importer.ErrNoDate, "give the day"},
		"no stock":            {strings.ReplaceAll(american, `"Equity"`, `"Fund"`), importer.Options{}, importer.ErrNoData, "no stock"},
		"another table":       {"Date,Close\n2025-03-28,1\n", importer.Options{}, importer.ErrColumns, "Ticker"},
		"a column is missing": {strings.Replace(american, "Market Value", "Worth", 1), importer.Options{}, importer.ErrColumns, "Market Value"},
		"only column names":   {"Ticker,Name,Asset Class,Market Value,Shares\n", importer.Options{AsOf: 1}, importer.ErrNoData, "no stock"},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Holdings(strings.NewReader(c.text), "list.csv", c.opts)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want %v that says %q", err, c.want, c.says)
			}
			if len(batch.Lists) > 0 || report == nil {
				t.Errorf("%d lists, report %v", len(batch.Lists), report)
			}
		})
	}
}

func TestDayOfAList(t *testing.T) {
	for written, want := range map[string]string{
		`"May 13, 2025"`: "2025-05-13", "13-May-25": "2025-05-13", "2025-05-13": "2025-05-13", "13/May/2025": "2025-05-13",
		"13.05.2025": "2025-05-13", `"Jan 02, 2026"`: "2026-01-02", "31.Dez.2024": "2024-12-31", "05.Mrz.2025": "2025-03-05",
	} {
		got, report := list(t, strings.Replace(american, `"May 13, 2025"`, written, 1), importer.Options{})
		if got.AsOf != day(t, want) || len(report.Warnings) > 0 {
			t.Errorf("%s is read as %s, want %s\n%s", written, got.AsOf, want, report)
		}
	}
	t.Run("another day was said", func(t *testing.T) {
		got, report := list(t, american, importer.Options{AsOf: day(t, "2025-05-14")})
		if got.AsOf != day(t, "2025-05-13") || !mentions(report.Warnings, 2, "2025-05-13", "2025-05-14") {
			t.Errorf("as of %s\n%s", got.AsOf, report)
		}
	})
	t.Run("no session", func(t *testing.T) {
		_, report := list(t, resaved, importer.Options{AsOf: day(t, "2025-05-10")})
		if !mentions(report.Warnings, 0, "closed on 2025-05-10") {
			t.Errorf("nothing is said of a Saturday:\n%s", report)
		}
	})
}

// row is one row of the American layout.
func row(ticker, name, class, value, quantity, price, exchange string) string {
	return fmt.Sprintf("%q,%q,\"Energy\",%q,%q,\"0.10\",%q,%q,%q,\"United States\",%q,\"USD\",\"1.00\",\"USD\",\"-\"\n",
		ticker, name, class, value, value, quantity, price, exchange)
}

// file is a list of the given rows.
func file(rows ...string) string {
	above, _, _ := strings.Cut(american, `"LAMP"`)
	return above + strings.Join(rows, "")
}

func TestWhatIsNoStock(t *testing.T) {
	const nasdaq, nyse = "NASDAQ", "New York Stock Exchange Inc."
	for name, c := range map[string]struct {
		row  string
		want string // "" kept
	}{
		"a stock":                     {row("LAMP", "NORTH LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), ""},
		"a stock below a dollar":      {row("LAMP", "NORTH LAMP INC", "Equity", "3.00", "10.00", "0.30", nasdaq), ""},
		"CVR is the company":          {row("CVI", "CVR LAMPS INC", "Equity", "100.00", "10.00", "10.00", nyse), ""},
		"bright is no right":          {row("BRT", "BRIGHT LAMPS INC", "Equity", "100.00", "10.00", "10.00", nyse), ""},
		"non-voting":                  {row("LMP", "NORTH LAMP NON VOTING INC", "Equity", "100.00", "10.00", "10.00", nyse), ""},
		"units in a name":             {row("STAYS", "NORTH STAY UNITS INC", "Equity", "100.00", "10.00", "10.00", nyse), ""},
		"money market":                {row("XTSLA", "FUND TREASURY", "Money Market", "100.00", "10.00", "1.00", "-"), "its asset class is Money Market"},
		"cash":                        {row("CAD", "CAD CASH", "Cash", "0.01", "0.00", "71.53", "-"), "its asset class is Cash"},
		"a future":                    {row("RTYZ5", "EMINI", "Futures", "0.00", "10.00", "2,108.30", "CME"), "its asset class is Futures"},
		"no class":                    {row("LAMP", "NORTH LAMP INC", "", "100.00", "10.00", "10.00", nasdaq), "it has no asset class"},
		"no ticker":                   {row("-", "LAMP INC $15.00 VESTING Prvt", "Equity", "1.31", "10.00", "0.13", nasdaq), "it has no ticker"},
		"unlisted":                    {row("INH", "LAMP INC", "Equity", "100.00", "10.00", "10.00", "NO MARKET (E.G. UNLISTED)"), "it is not listed on an exchange"},
		"off exchange":                {row("P5N994", "Lamp Inc", "Equity", "100.00", "10.00", "10.00", "Non-Nms Quotation Service (Nnqs)"), "it is not listed on an exchange"},
		"contingent value right":      {row("GTX", "LAMP INC - CVR", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"rights":                      {row("SEVN", "SEVEN LAMPS RIGHTS", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"rights in short":             {row("SEVN", "SEVEN LAMPS RT", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"a right by its ticker":       {row("MPT RT", "LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"escrow":                      {row("LMP", "Lamp Inc Escrow", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"warrants":                    {row("LMP", "LAMP EQUITY WARRANTS SERIE", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"contra":                      {row("LMP", "LAMP TECHNOLOGIES CONTRA", "Equity", "100.00", "10.00", "10.00", nasdaq), "its name says"},
		"dead":                        {row("PDLI", "PD LAMPS INC", "Equity", "0.12", "12,000.00", "0.00", nasdaq), "it is worth nothing"},
		"sold short":                  {row("LAMP", "NORTH LAMP INC", "Equity", "-100.00", "-10.00", "10.00", nasdaq), "it is worth nothing"},
		"no number":                   {row("LAMP", "NORTH LAMP INC", "Equity", "1e9", "10.00", "10.00", nasdaq), "the market value or the quantity is not a number"},
		"a warrant by its letter":     {row("LAMPW", "NORTH LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), "its ticker is that of a warrant; import the closes first"},
		"a right by its letter":       {row("LAMPR", "NORTH LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), "its ticker is that of a right; import the closes first"},
		"no symbol":                   {row("LA$MP", "NORTH LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), "its ticker is that of no symbol"},
		"a preferred share":           {row("ABR^D", "NORTH LAMP INC", "Equity", "100.00", "10.00", "10.00", nasdaq), "its ticker is that of a preferred share"},
		"quotes that do not match":    {`"LAMP","NORTH "LAMP" INC","Energy","Equity"` + "\n", "the quotes of the line do not match"},
		"not as many fields as names": {"LAMP,NORTH LAMP INC,Energy\n", "the line has not as many fields"},
	} {
		t.Run(name, func(t *testing.T) {
			other := row("QUAY", "QUAY HARBOR CO", "Equity", "5.00", "1.00", "5.00", nyse)
			got, report := list(t, file(other, c.row, row("PIER", "PIER CO", "Equity", "5.00", "1.00", "5.00", nyse)), importer.Options{})
			if c.want == "" {
				if len(got.Members) != 3 {
					t.Errorf("it is left out:\n%s", report)
				}
				return
			}
			if !slices.Equal(symbols(got), []string{"QUAY", "PIER"}) {
				t.Errorf("the members are %v", symbols(got))
			}
			if o := report.Omissions; len(o) != 1 || !strings.HasPrefix(o[0].Reason, c.want) || o[0].First[0].Line != 12 {
				t.Errorf("the report is\n%swant line 12: %s", report, c.want)
			}
		})
	}
}

func TestSymbolsOfAList(t *testing.T) {
	known := map[string]string{ // the closes of the day; "" none of that day
		"LAMP": "10", "LAMPW": "0.25", "RUSHA": "50", "RUSH": "12", "MOG.A": "185", "QUAY": "5", "QUAYW": "5.01", "OLD": "", "VOTE": "9.9",
	}
	for name, c := range map[string]struct {
		ticker, price string
		unknowing     bool // nothing is known
		want          string
		warns         string // "" nothing
	}{
		"as it stands":                       {ticker: "LAMP", price: "10.00", want: "LAMP"},
		"a symbol with a class in it":        {ticker: "RUSHA", price: "50.10", want: "RUSHA"},
		"a class of shares":                  {ticker: "MOGA", price: "185.18", want: "MOG.A"},
		"with a blank":                       {ticker: "MOG A", price: "185.18", want: "MOG.A"},
		"with a slash":                       {ticker: "MOG/A", price: "185.18", want: "MOG.A"},
		"a known class without closes":       {ticker: "GEFB", price: "60.00", want: "GEF.B", warns: "no close is known of 1 symbols: GEF.B"},
		"no class, no closes":                {ticker: "NEWA", price: "60.00", want: "NEWA", warns: "NEWA"},
		"the stock under its warrant":        {ticker: "LAMPW", price: "10.00", want: "LAMP", warns: "LAMPW is the symbol of a warrant and closed at 0.25; the list has NAME at 10, the close of LAMP"},
		"the warrant itself":                 {ticker: "LAMPW", price: "0.25", want: ""},
		"a warrant worth its stock":          {ticker: "QUAYW", price: "5.50", want: ""},
		"when issued":                        {ticker: "VOTEV", price: "9.90", want: "VOTE", warns: "VOTEV is the symbol of a stock when issued"},
		"when issued, no close":              {ticker: "ELSEV", price: "9.90", want: "ELSE", warns: "ELSEV is the symbol of a stock when issued; no close tells"},
		"a price of another day":             {ticker: "QUAY", price: "6.00", want: "QUAY", warns: "the list has QUAY at 6 and its close is 5"},
		"a price a little off":               {ticker: "QUAY", price: "5.09", want: "QUAY"},
		"no close of that day":               {ticker: "OLD", price: "3.00", want: "OLD"},
		"nothing known: as it stands":        {unknowing: true, ticker: "RUSHA", price: "50.00", want: "RUSHA"},
		"nothing known: a class":             {unknowing: true, ticker: "BRKB", price: "500.00", want: "BRK.B"},
		"nothing known: a letter like one":   {unknowing: true, ticker: "UAA", price: "7.00", want: "UAA"},
		"nothing known: perhaps a warrant":   {unknowing: true, ticker: "LAMPW", price: "10.00", want: ""},
		"nothing known: when issued":         {unknowing: true, ticker: "VOTEV", price: "9.90", want: "VOTE", warns: "when issued"},
		"nothing known: lower case, a blank": {unknowing: true, ticker: "brk b", price: "500.00", want: "BRK.B"},
	} {
		t.Run(name, func(t *testing.T) {
			opts := importer.Options{Known: func(symbol string) (num.Price, bool) {
				text, ok := known[symbol]
				if text == "" {
					return 0, ok
				}
				return dollars(t, text), ok
			}}
			if c.unknowing {
				opts.Known = nil
			}
			quantity := dollars(t, strings.TrimSpace(c.price)).Decimal().Shift(2).String()
			rows := []string{row(c.ticker, "NAME", "Equity", quantity, "100.00", c.price, "NASDAQ")}
			for _, s := range []string{"LAMP", "RUSH"} { // the closes are of the list's day
				value := dollars(t, known[s]).Decimal().Shift(1).String()
				rows = append(rows, row(s, "OTHER "+s, "Equity", value, "10.00", known[s], "NASDAQ"))
			}
			got, report := list(t, file(rows...), opts)
			found := ""
			for _, m := range got.Members {
				if m.Quantity >= 100 {
					found = m.Symbol
				}
			}
			if found != c.want {
				t.Errorf("%s is read as %q, want %q\n%s", c.ticker, found, c.want, report)
			}
			var warned []string
			for _, w := range report.Warnings {
				if !strings.Contains(w.Text, "the larger one is used") {
					warned = append(warned, w.Text)
				}
			}
			if said := strings.Join(warned, "\n"); (c.warns == "") != (said == "") || !strings.Contains(said, c.warns) {
				t.Errorf("it warns %q, want %q", said, c.warns)
			}
		})
	}
}

// Closes of another day would make every symbol look wrong. They say nothing,
// and the report says so once.
func TestClosesOfAnotherDayTellNothing(t *testing.T) {
	var rows []string
	for _, ticker := range []string{"AAA", "BBB", "CCC", "DDDDW"} {
		rows = append(rows, row(ticker, ticker+" CO", "Equity", "1,000.00", "100.00", "10.00", "NASDAQ"))
	}
	got, report := list(t, file(rows...), importer.Options{Known: func(string) (num.Price, bool) { return dollars(t, "14"), true }})
	if !slices.Equal(symbols(got), []string{"AAA", "BBB", "CCC"}) || len(report.Warnings) != 1 || !mentions(report.Warnings, 0, "of 4 prices", "only 0", "not of the same day") {
		t.Errorf("members %v\n%s", symbols(got), report)
	}
}

func TestTheSameSymbolTwice(t *testing.T) {
	first := row("LAMP", "NORTH LAMP INC", "Equity", "1,000.00", "100.00", "10.00", "NASDAQ")
	for name, c := range map[string]struct {
		second   string
		quantity int64
		reason   string
		warns    bool
	}{
		"the same line":    {first, 100, "1 the same line stands above", false},
		"a second holding": {row("LAMP", "NORTH LAMP INC", "Equity", "500.00", "50.00", "10.00", "NASDAQ"), 150, "1 a swap on, or a second line of, a stock that is there: its quantity is added to it", false},
		"another company":  {row("LAMP", "SOUTH LAMP LTD", "Equity", "500.00", "50.00", "10.00", "NASDAQ"), 100, "1 another line has the same symbol and is larger", true},
		"a larger company": {row("LAMP", "SOUTH LAMP LTD", "Equity", "9,000.00", "900.00", "10.00", "NASDAQ"), 900, "1 another line has the same symbol and is larger", true},
	} {
		t.Run(name, func(t *testing.T) {
			got, report := list(t, file(first, c.second), importer.Options{})
			if len(got.Members) != 1 || got.Members[0].Quantity != c.quantity || !slices.Equal(reasons(report), []string{c.reason}) {
				t.Errorf("members %+v, want one of %d\n%s", got.Members, c.quantity, report)
			}
			if (len(report.Warnings) > 0) != c.warns {
				t.Errorf("warnings: %v", report.Warnings)
			}
		})
	}
}

// A swap is equity to the publisher, with a column of its own that tells.
func TestSwapsAddToTheirStock(t *testing.T) {
	text := "Ticker,Name,Type,Sector,Asset Class,Market Value,Weight (%),Shares,ISIN,Price,Exchange\n" +
		`LAMP,NORTH LAMP INC,Equity,Energy,Equity,"1,000.00",0.33,100.00,US1,10.00,NASDAQ` + "\n" +
		`LAMP,NORTH LAMP INC,Swap,Energy,Equity,"1,000.00",0.33,100.00,US1,10.00,NASDAQ` + "\n"
	got, report := list(t, text, importer.Options{AsOf: day(t, "2025-05-13")})
	if len(got.Members) != 1 || got.Members[0].Quantity != 200 || report.Omitted() != 1 {
		t.Errorf("members %+v\n%s", got.Members, report)
	}
}

func TestShareClassesOfOneCompany(t *testing.T) {
	got, _ := list(t, file(
		row("LMPA", "NORTH LAMP INC CLASS A", "Equity", "1,000.00", "100.00", "10.00", "NASDAQ"),
		row("LMPB", "NORTH LAMP INC CLASS B", "Equity", "3,000.00", "300.00", "10.00", "NASDAQ"),
		row("BANK", "FIRST BANCORP", "Equity", "1,000.00", "100.00", "10.00", "NASDAQ"),
		row("FBNK", "FIRST BANCORP", "Equity", "3,000.00", "300.00", "10.00", "NASDAQ"),
		row("QUAY", "QUAY CLASS A CORP", "Equity", "3,000.00", "300.00", "10.00", "NASDAQ"),
		row("QUAYB", "QUAY CORP", "Equity", "30.00", "3.00", "10.00", "NASDAQ"),
	), importer.Options{})
	companies := map[string]string{}
	for _, m := range got.Members {
		companies[m.Symbol] = m.Company
	}
	for symbol, want := range map[string]string{"LMPA": "LMPB", "LMPB": "", "BANK": "", "FBNK": "", "QUAY": "", "QUAYB": "QUAY"} {
		if companies[symbol] != want {
			t.Errorf("the company of %s is %q, want %q", symbol, companies[symbol], want)
		}
	}
}

func TestSectors(t *testing.T) {
	for name, want := range map[string]string{
		"Communication": "COM", "Communication Services": "COM", "Kommunikation": "COM", "Consumer Discretionary": "CD",
		"Nicht-Basiskonsumgüter": "CD", "Consumer Staples": "STP", "Basiskonsumgüter": "STP", "Energy": "EN", "Energie": "EN",
		"Financials": "FIN", "Health Care": "HC", "Industrials": "IND", "Industrie": "IND", "Information Technology": "IT", "IT": "IT",
		"Materials": "MAT", "Materialien": "MAT", "Real Estate": "RE", "Utilities": "UTL", "Versorger": "UTL",
	} {
		got, _ := list(t, strings.Replace(american, "Health Care", name, 1), importer.Options{})
		if got.Members[0].Sector != want {
			t.Errorf("%s is %q, want %q", name, got.Members[0].Sector, want)
		}
	}
	got, report := list(t, strings.Replace(american, "Health Care", "Other", 1), importer.Options{})
	if got.Members[0].Sector != "" || !mentions(report.Warnings, 11, "Other") {
		t.Errorf("a sector that is not known is %q\n%s", got.Members[0].Sector, report)
	}
}
