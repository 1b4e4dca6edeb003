package importer

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// maxCIK is the largest number by which the SEC can call a filer.
const maxCIK = 9_999_999_999

// Companies reads the SEC's list of its filers' tickers, company_tickers.json
// or company_tickers_exchange.json: from the filer's number (CIK) to the
// canonical symbols of its stocks, in the order of the file, which begins with
// the one that is traded most. Preferred shares, warrants, rights and units are
// left out where the ticker tells.
//
// The error wraps ErrWebPage, ErrContent, ErrNoData or ErrTooLarge, and then
// there is no map. The report is never nil.
func Companies(r io.Reader, name string) (map[int64][]string, *Report, error) {
	report := NewReport(name)
	rows, err := tickerRows(r)
	if err == nil && len(rows) == 0 {
		err = ErrNoData
	}
	if err != nil {
		return nil, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	companies := map[int64][]string{}
	owners := map[string]int64{}
	for _, row := range rows {
		report.Read++
		symbol, of := canonical(row.Ticker)
		if of == paperStock {
			of = fifthLetter(symbol)
		}
		owner, taken := owners[symbol]
		switch {
		case row.CIK < 1 || row.CIK > maxCIK:
			report.Omit(0, "its CIK is none", row.Ticker)
		case of != paperStock:
			report.Omit(0, "its ticker is that of "+of.String(), row.Ticker)
		case taken:
			report.Omit(0, reasonDuplicate, row.Ticker)
			if owner != row.CIK {
				report.Warn(0, "%s is the ticker of CIK %d, which is used, and of CIK %d", symbol, owner, row.CIK)
			}
		default:
			report.Kept++
			owners[symbol] = row.CIK
			companies[row.CIK] = append(companies[row.CIK], symbol)
		}
	}
	return companies, report, nil
}

// tickerRow is one ticker of the list.
type tickerRow struct {
	CIK    int64  `json:"cik_str"`
	Ticker string `json:"ticker"`
}

// tickerRows reads either form of the list.
func tickerRows(r io.Reader) ([]tickerRow, error) {
	text, err := whole(r)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := unmarshal(text, &all); err != nil {
		return nil, err
	}
	if _, ok := all["fields"]; ok {
		return tickerTable(text)
	}
	var rows []tickerRow
	numbers := make(map[int]string, len(all))
	for key := range all {
		n, err := strconv.Atoi(key)
		if err != nil {
			return nil, fmt.Errorf("%w: it has %.20q where company_tickers.json has a number", ErrContent, key)
		}
		numbers[n] = key
	}
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		var row tickerRow
		if err := unmarshal(all[numbers[n]], &row); err != nil {
			return nil, fmt.Errorf("row %d: %w", n, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// tickerTable reads company_tickers_exchange.json, a table with column names.
func tickerTable(text []byte) ([]tickerRow, error) {
	var t struct {
		Fields []string            `json:"fields"`
		Data   [][]json.RawMessage `json:"data"`
	}
	if err := unmarshal(text, &t); err != nil {
		return nil, err
	}
	number, ticker := slices.Index(t.Fields, "cik"), slices.Index(t.Fields, "ticker")
	if number < 0 || ticker < 0 {
		return nil, fmt.Errorf("%w: among its fields are not both cik and ticker", ErrContent)
	}
	rows := make([]tickerRow, 0, len(t.Data))
	for i, fields := range t.Data {
		if len(fields) != len(t.Fields) {
			return nil, fmt.Errorf("%w: data[%d] has %d fields and not %d", ErrContent, i, len(fields), len(t.Fields))
		}
		var row tickerRow
		if err := unmarshal(fields[number], &row.CIK); err != nil {
			return nil, fmt.Errorf("data[%d]: %w", i, err)
		}
		if err := unmarshal(fields[ticker], &row.Ticker); err != nil {
			return nil, fmt.Errorf("data[%d]: %w", i, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
