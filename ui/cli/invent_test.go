package cli_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// How many stocks an invented index has: as many as the Russell 2000 may.
const invented = 1900

// ticker is the symbol of an invented stock: AAAA, AAAB ….
func ticker(i int) string {
	name := []byte("AAAA")
	for at := len(name) - 1; i > 0; at, i = at-1, i/26 {
		name[at] += byte(i % 26)
	}
	return string(name)
}

// invent is "invent": it writes iwm.csv, a list of holdings of 1,900 stocks as
// the publisher of the fund writes it, and closes.csv, their closes of a week.
// Each has 100,000 shares more than the one before it. All are at $10 on
// Thursday; on Friday the smaller half is 1 % up and the larger one 1 % down.
func invent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: invent")
	}
	var list, closes strings.Builder
	list.WriteString("\uFEFFInvented Fund ETF\nFund Holdings as of,\"May 13, 2025\"\nInception Date,\"May 22, 2000\"\n" +
		"Shares Outstanding,\"303,600,000.00\"\nStock,\"-\"\nBond,\"-\"\nCash,\"-\"\nOther,\"-\"\n\u00a0\n" +
		"Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Quantity,Price,Location,Exchange,Currency,FX Rate,Market Currency,Accrual Date\n")
	closes.WriteString("trade_date,ticker,Last,vol,Cap\n")
	for i := range invented {
		symbol := ticker(i)
		fmt.Fprintf(&list, "%q,\"%s HOLDINGS INC\",\"Industrials\",\"Equity\",\"1,000.00\",\"0.05\",\"1,000.00\",\"100.00\",\"10.00\","+
			"\"United States\",\"NASDAQ\",\"USD\",\"1.00\",\"USD\",\"-\"\n", symbol, symbol)
		cents := [...]int{980, 1000, 1005, 1000, 1010} // of Monday 12 May and the days after it
		if i >= invented/2 {
			cents[4] = 990
		}
		for day, price := range cents {
			fmt.Fprintf(&closes, "2025-05-%d,%s,%d.%02d,%d,%d\n", 12+day, symbol, price/100, price%100, 5000+day, (i+1)*1000*price)
		}
	}
	list.WriteString(`"USD","USD CASH","Cash and/or Derivatives","Cash","-801.40","-1.14","-801.40","-801.00","100.00","United States","-","USD","1.00","USD","-"` + "\n" +
		`"RTYM5","RUSSELL 2000 EMINI CME JUN 25","Cash and/or Derivatives","Futures","0.00","0.00","4,440.00","1,936.00","2,108.30","-","Chicago Mercantile Exchange","USD","1.00","USD","-"` + "\n" +
		`"AAAAW","AAAA HOLDINGS INC WARRANT","Industrials","Equity","0.10","0.00","0.10","10.00","0.01","United States","NASDAQ","USD","1.00","USD","-"` + "\n" +
		"\u00a0\n\"The content contained herein is owned or licensed by somebody,\nand quoted words may follow.\"\n")
	ts.Check(writeFile(ts, "iwm.csv", list.String()))
	ts.Check(writeFile(ts, "closes.csv", closes.String()))
}

func writeFile(ts *testscript.TestScript, name, text string) error {
	return os.WriteFile(ts.MkAbs(name), []byte(text), 0o600)
}
