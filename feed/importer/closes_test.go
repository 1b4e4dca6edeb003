package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model/session"
)

func TestClosesOfLongFiles(t *testing.T) {
	const abc = "2025-03-28 ABC 10.5"
	for name, c := range map[string]struct {
		text    string
		mapping importer.Mapping
		want    []string
	}{
		"standard names":      {"Date,Symbol,Close\n2025-03-28,ABC,10.5\n", importer.Mapping{}, []string{abc}},
		"other names":         {"trade_date,exchange,ticker,last\n2025-03-28,nyse,ABC,10.5\n", importer.Mapping{Date: "Trade Date", Symbol: "Ticker", Close: "LAST"}, []string{abc}},
		"names in brackets":   {"<TICKER>,<DATE>,<CLOSE>\nABC,20250328,10.5\n", importer.Mapping{Symbol: "ticker", DateLayout: "20060102"}, []string{abc}},
		"no column of symbol": {"Date,Close\n2025-03-28,10.5\n", importer.Mapping{Only: "ABC"}, []string{abc}},
		"a zone in the date":  {"Date,Symbol,Close\n2025-03-28 00:00:00-04:00,ABC,10.5\n", importer.Mapping{DateLayout: "2006-01-02 15:04:05Z07:00"}, []string{abc}},
		"a midnight in UTC":   {"Date,Symbol,Close\n2025-03-28T00:00:00Z,ABC,10.5\n", importer.Mapping{DateLayout: time.RFC3339}, []string{abc}},
		"American dates":      {"Date,Symbol,Close\n03/28/2025,ABC,10.5\n", importer.Mapping{DateLayout: "01/02/2006"}, []string{abc}},
		"decorated":           {"Date,Symbol,Close\n2025-03-28,ABC,\"$1,210.50\"\n", importer.Mapping{Decorated: true}, []string{"2025-03-28 ABC 1210.5"}},
		"binary noise":        {"Date,Symbol,Close\n2025-03-28,ABC,158.4700012207\n2025-03-28,DEF,158.47000122070312\n", importer.Mapping{}, []string{"2025-03-28 ABC 158.470001", "2025-03-28 DEF 158.47"}},
		"sorted by date": {
			"Date,Symbol,Close\n2025-03-28,ABC,10.5\n2025-03-27,XYZ,3\n2025-03-27,ABC,10\n",
			importer.Mapping{},
			[]string{"2025-03-27 ABC 10", "2025-03-27 XYZ 3", abc},
		},
		"classes of shares": {
			"Date,Symbol,Close\n2025-03-28,BRK/B,1\n2025-03-28,BF-B,2\n2025-03-28,MOG.A,3\n2025-03-28,rusha,4\n2025-03-28,DAIC ,5\n2025-03-28,NA,6\n",
			importer.Mapping{},
			[]string{"2025-03-28 BF.B 2", "2025-03-28 BRK.B 1", "2025-03-28 DAIC 5", "2025-03-28 MOG.A 3", "2025-03-28 NA 6", "2025-03-28 RUSHA 4"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report := closes(t, c.text, c.mapping)
			if got := printed(batch); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, report)
			}
		})
	}
}

func TestClosesKeepTheDay(t *testing.T) {
	batch, _ := closes(t, "Date,Symbol,Open,High,Low,Close,Volume\n2025-03-28,ABC,10,11,9,10.5,\"1,234.6\"\n2025-03-28,XYZ,,0,bad,3,\n",
		importer.Mapping{Open: "Open", High: "High", Low: "Low", Volume: "Volume", Decorated: true})
	friday := day(t, "2025-03-28")
	want := []store.Close{
		{Date: friday, Symbol: "ABC", Open: 10_000_000, High: 11_000_000, Low: 9_000_000, Close: 10_500_000, Volume: 1235},
		{Date: friday, Symbol: "XYZ", Close: 3_000_000},
	}
	if !slices.Equal(batch.Closes, want) {
		t.Errorf("got %+v, want %+v", batch.Closes, want)
	}
}

func TestClosesOfWideFiles(t *testing.T) {
	text := "Day,ABC,BRK-B,ABR^D\n2025-03-27,10,,1\n2025-03-28,10.5,500,1\n2025-03-29,11,501,1\n2025-03-31,0,502,1\n"
	batch, report := closes(t, text, importer.Mapping{Wide: true})
	want := []string{"2025-03-27 ABC 10", "2025-03-28 ABC 10.5", "2025-03-28 BRK.B 500", "2025-03-31 BRK.B 502"}
	if got := printed(batch); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	wantReasons := []string{"1 a whole column: the symbol is that of a preferred share", "1 the exchange was closed on that day", "1 it has no price (empty or zero)"}
	if got := reasons(report); !slices.Equal(got, wantReasons) {
		t.Errorf("left out %q, want %q", got, wantReasons)
	}
	batch, _ = closes(t, "ABC,When\n7,2025-03-28\n", importer.Mapping{Wide: true, Date: "When"})
	if got := printed(batch); !slices.Equal(got, []string{"2025-03-28 ABC 7"}) {
		t.Errorf("with the date in the second column: %q", got)
	}
}

func TestRowsWithoutAClose(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"empty":                     {"2025-03-28,ABC,", "it has no price (empty or zero)"},
		"zero":                      {"2025-03-28,ABC,0.00", "it has no price (empty or zero)"},
		"not a number":              {"2025-03-28,ABC,NaN", "it has no price (empty or zero)"},
		"n/a":                       {"2025-03-28,ABC,N/A", "it has no price (empty or zero)"},
		"negative":                  {"2025-03-28,ABC,-3", "it has no price (empty or zero)"},
		"exponent":                  {"2025-03-28,ABC,1e3", "the price is not a number"},
		"decorated without mapping": {"2025-03-28,ABC,$3", "the price is not a number"},
		"too large":                 {"2025-03-28,ABC,99999999999", "the price is not a number"},
		"good Friday":               {"2025-04-18,ABC,3", "the exchange was closed on that day"},
		"a Saturday":                {"2025-03-29,ABC,3", "the exchange was closed on that day"},
		"no date":                   {"28/03/2025,ABC,3", "the date is not a date"},
		"a preferred share":         {"2025-03-28,ABR^D,3", "the symbol is that of a preferred share"},
		"a preferred one of Yahoo":  {"2025-03-28,ABR-PD,3", "the symbol is that of a preferred share"},
		"a warrant":                 {"2025-03-28,RAC/WS,3", "the symbol is that of a warrant"},
		"a unit":                    {"2025-03-28,RAC.U,3", "the symbol is that of a unit"},
		"a right":                   {"2025-03-28,RAC RT,3", "the symbol is that of a right"},
		"no symbol":                 {"2025-03-28,,3", "the symbol is that of no symbol"},
		"an attack":                 {"2025-03-28,\x1b[2J,3", "the symbol is that of no symbol"},
		"not as many fields":        {"2025-03-28,ABC", "the line has not as many fields as the column names"},
		"quotes that do not match":  {`2025-03-28,"A"BC,3`, "the quotes of the line do not match"},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report := closes(t, "Date,Symbol,Close\n2025-03-28,XYZ,1\n"+c.row+"\n2025-03-28,QUAY,2\n", importer.Mapping{})
			if got := printed(batch); !slices.Equal(got, []string{"2025-03-28 QUAY 2", "2025-03-28 XYZ 1"}) {
				t.Errorf("got %q", got)
			}
			if got := reasons(report); !slices.Equal(got, []string{"1 " + c.want}) || report.Omissions[0].First[0].Line != 3 {
				t.Errorf("left out %q at %v, want line 3: %q", got, report.Omissions, c.want)
			}
			if report.Read != 3 || report.Kept != 2 {
				t.Errorf("%d read, %d kept", report.Read, report.Kept)
			}
		})
	}
}

func TestClosesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		mapping importer.Mapping
		want    error
		says    string
	}{
		"a column is missing": {"Date,Symbol,Last\n2025-03-28,ABC,1\n", importer.Mapping{}, importer.ErrColumns, `no column "Close"; the file has Date, Symbol, Last`},
		"a mapped one too":    {twoCloses, importer.Mapping{MarketCap: "cap"}, importer.ErrColumns, `"cap"`},
		"no symbols":          {"Date,Close\n2025-03-28,1\n", importer.Mapping{}, importer.ErrColumns, `"Symbol"`},
		"wide with one":       {"Date\n2025-03-28\n", importer.Mapping{Wide: true}, importer.ErrColumns, "wide"},
		"wide without date":   {"Date,ABC\n2025-03-28,1\n", importer.Mapping{Wide: true, Date: "Day"}, importer.ErrColumns, `"Day"`},
		"nothing to use":      {"Date,Symbol,Close\n2025-03-29,ABC,1\n", importer.Mapping{}, importer.ErrNoData, "none of its 1 rows"},
		"no rows":             {"Date,Symbol,Close\n", importer.Mapping{}, importer.ErrNoData, "none of its 0 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Closes(strings.NewReader(c.text), "closes.csv", c.mapping)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "closes.csv") {
				t.Errorf("the error is %v, want %v that says %q", err, c.want, c.says)
			}
			if len(batch.Closes) > 0 || report == nil {
				t.Errorf("%d closes, report %v", len(batch.Closes), report)
			}
		})
	}
}

func TestClosesUseTheGivenCalendar(t *testing.T) {
	saturday := day(t, "2025-03-29")
	calendar, err := session.New().With(session.FullDay(saturday))
	if err != nil {
		t.Fatal(err)
	}
	batch, _ := closes(t, "Date,Symbol,Close\n2025-03-29,ABC,1\n", importer.Mapping{Calendar: calendar})
	if got := printed(batch); !slices.Equal(got, []string{"2025-03-29 ABC 1"}) {
		t.Errorf("got %q", got)
	}
}

func TestTheSameDayTwice(t *testing.T) {
	batch, report := closes(t, "Date,Symbol,Close\n2025-03-28,ABC,10\n2025-03-28,ABC,10\n2025-03-28,ABC,12\n", importer.Mapping{})
	if got := printed(batch); !slices.Equal(got, []string{"2025-03-28 ABC 10"}) {
		t.Errorf("got %q, want the first", got)
	}
	if !slices.Equal(reasons(report), []string{"2 the same row stands above"}) || len(report.Warnings) != 1 || !mentions(report.Warnings, 4, "ABC", "10 in line 2", "12") {
		t.Errorf("want a warning of line 4 alone:\n%s", report)
	}
}

// A vendor that has no new row for a symbol repeats its last one. Its close is
// not that of the day.
func TestCarriedCloses(t *testing.T) {
	batch, report := closes(t, "Date,Symbol,Close,Volume\n"+
		"2025-03-24,ABC,10,50000\n2025-03-25,ABC,10,50000\n2025-03-26,ABC,10,\n2025-03-27,ABC,10,50000\n2025-03-28,ABC,10,50001\n"+
		"2025-03-24,THIN,10,200\n2025-03-25,THIN,10,200\n"+
		"2025-03-24,FLAT,10,70000\n2025-03-25,FLAT,10,60000\n", importer.Mapping{Volume: "Volume"})
	want := []string{
		"2025-03-24 ABC 10", "2025-03-24 FLAT 10", "2025-03-24 THIN 10", "2025-03-25 FLAT 10", "2025-03-25 THIN 10",
		"2025-03-26 ABC 10", "2025-03-28 ABC 10",
	}
	if got := printed(batch); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := reasons(report); len(got) != 1 || !strings.HasPrefix(got[0], "2 it is carried over") {
		t.Errorf("left out %q", got)
	}
}

func TestAWholeDayThatIsOld(t *testing.T) {
	var b strings.Builder
	b.WriteString("Date,Symbol,Close,Volume\n")
	for i, symbol := range []string{"AAA", "BBB", "CCC"} {
		for _, date := range []string{"2025-03-26", "2025-03-27"} {
			fmt.Fprintf(&b, "%s,%s,%d,%d\n", date, symbol, 10+i, 5000+i)
		}
		fmt.Fprintf(&b, "2025-03-28,%s,%d,%d\n", symbol, 11+i, 6000+i)
	}
	_, report := closes(t, b.String(), importer.Mapping{Volume: "Volume"})
	if len(report.Warnings) != 1 || !mentions(report.Warnings, 0, "3 of 3 prices of 2025-03-27", "before the vendor had the day") {
		t.Errorf("the report is\n%s", report)
	}
}

func TestLevels(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		mapping importer.Mapping
		want    []store.Level
	}{
		"wide, Yahoo's symbols": {
			"Date,^RUT,^GSPC\n2025-03-28,2023.27001953125,5580.93994140625\n",
			importer.Mapping{Wide: true},
			[]store.Level{{Index: "RUT", Close: 2_023_270_000}, {Index: "SPX", Close: 5_580_940_000}},
		},
		"long, another vendor's": {
			"Date,Symbol,Close\n2025-03-28,I:SPX,5580.94\n2025-03-28,.RUT,2023.27\n",
			importer.Mapping{},
			[]store.Level{{Index: "RUT", Close: 2_023_270_000}, {Index: "SPX", Close: 5_580_940_000}},
		},
		"one index, the whole day": {
			"Date,Open,High,Low,Close\n2025-03-28,2063.31,2063.31,2013.00,2023.27\n",
			importer.Mapping{Only: "^RUT", Open: "Open", High: "High", Low: "Low"},
			[]store.Level{{Index: "RUT", Open: 2_063_310_000, High: 2_063_310_000, Low: 2_013_000_000, Close: 2_023_270_000}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Levels(strings.NewReader(c.text), "levels.csv", c.mapping)
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.want {
				c.want[i].Date = day(t, "2025-03-28")
			}
			if !slices.Equal(batch.Levels, c.want) || report.Kept != len(c.want) {
				t.Errorf("got %+v, want %+v\n%s", batch.Levels, c.want, report)
			}
		})
	}
	if _, _, err := importer.Levels(strings.NewReader("Date,^RUT\n2025-03-29,1\n"), "levels.csv", importer.Mapping{Wide: true}); !errors.Is(err, importer.ErrNoData) {
		t.Errorf("a file of a Saturday gives %v", err)
	}
}
