package importer

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gyre/feed/store"
	"gyre/model/num"
	"gyre/model/session"
)

// Options tell what a list is and what is known beside it.
type Options struct {
	Index string // RUT, RMICRO, SPX
	// AsOf is the list's day where the file does not say it.
	AsOf session.Date
	// Known tells whether a symbol (BRK.B) is one that closes are known of, and
	// the close of the list's day, 0 where there is none of that day. Without
	// Known, wrong symbols cannot be found.
	Known func(symbol string) (price num.Price, ok bool)
	// CountBand is how many stocks the list may have; zero: what the index has.
	CountBand CountBand
}

// CountBand is the least and the most stocks that a list may have.
type CountBand struct{ Low, High int }

// band is the count band of an index, zero where any number will do.
func band(index string) CountBand {
	switch index {
	case "RUT":
		return CountBand{1800, 2100}
	case "RMICRO":
		return CountBand{1100, 1800}
	case "SPX":
		return CountBand{495, 510}
	default:
		return CountBand{}
	}
}

// Holdings reads the members of an index from a list of holdings of an iShares
// fund that follows it, in any of its layouts. The batch has one List: the
// stocks alone, each once, under canonical symbols.
//
// The error wraps ErrWebPage, ErrFormat, ErrColumns, ErrNoData, ErrNoDate or
// ErrCountBand, and then the batch is empty. The report is never nil.
func Holdings(r io.Reader, name string, opts Options) (store.Batch, *Report, error) {
	report := NewReport(name)
	list, err := holdings(r, report, opts)
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	return store.Batch{Source: report.File, Lists: []store.List{list}}, report, nil
}

// holdings is Holdings without the name of the file in its errors.
func holdings(r io.Reader, report *Report, opts Options) (store.List, error) {
	text, done, err := open(r, maxHoldings)
	if err != nil {
		return store.List{}, err
	}
	defer done()
	head, err := readHead(text)
	if err != nil {
		return store.List{}, err
	}
	asOf, err := listDay(head, opts.AsOf, report)
	if err != nil {
		return store.List{}, err
	}
	lines, err := readHoldings(head, report)
	if err != nil {
		return store.List{}, err
	}
	lines = newResolver(opts.Known, lines, report).resolve(lines)
	lines = merge(lines, report)
	report.Kept = len(lines)
	if err := inBand(len(lines), opts); err != nil {
		return store.List{}, err
	}
	return store.List{Index: opts.Index, AsOf: asOf, Members: members(lines)}, nil
}

// listDay is the day of a list.
func listDay(head *head, given session.Date, report *Report) (session.Date, error) {
	day := head.asOf
	switch {
	case head.noData:
		return 0, fmt.Errorf("%w: the publisher had no holdings for the day that was asked for; ask for a trading day", ErrNoData)
	case day == 0 && given == 0:
		return 0, fmt.Errorf("%w; give the day of its holdings", ErrNoDate)
	case day == 0:
		day = given
	case given != 0 && given != day:
		report.Warn(head.asOfLine, "the list is of %v, not of %v as was said; the file's own date is used", day, given)
	}
	if _, ok := session.New().On(day); !ok {
		report.Warn(head.asOfLine, "the exchange was closed on %v, the day of the list", day)
	}
	return day, nil
}

// inBand refuses a list that cannot be the index's.
func inBand(count int, opts Options) error {
	allowed := opts.CountBand
	if allowed == (CountBand{}) {
		allowed = band(opts.Index)
	}
	if count == 0 {
		return fmt.Errorf("%w: there is no stock among its holdings", ErrNoData)
	}
	if allowed != (CountBand{}) && (count < allowed.Low || count > allowed.High) {
		return fmt.Errorf("%w: it lists %d stocks, and %s has %d to %d; the file is cut off, or another fund's",
			ErrCountBand, count, opts.Index, allowed.Low, allowed.High)
	}
	return nil
}

// members are the lines as the store takes them.
func members(lines []holding) []store.Member {
	primaries := primaryLines(lines)
	list := make([]store.Member, 0, len(lines))
	for i := range lines {
		h := &lines[i]
		list = append(list, store.Member{
			Symbol: h.symbol, Name: h.name, Sector: h.sector, Quantity: h.quantity.Round(0).IntPart(), Company: primaries[i],
		})
	}
	return list
}

// readHoldings reads the lines of a list that are of stocks.
func readHoldings(head *head, report *Report) ([]holding, error) {
	rows, err := head.rows(report)
	if err != nil {
		return nil, err
	}
	numbers := head.style(rows)
	var lines []holding
	unknown := map[string]bool{}
	for _, row := range rows {
		h, reason := head.holding(row, numbers)
		if reason != "" {
			report.Omit(row.line, reason, h.ticker+" "+h.name)
			continue
		}
		if h.sector == "" && !unknown[h.sectorName] {
			unknown[h.sectorName] = true
			report.Warn(row.line, "the sector %q is not known; its stocks have none", h.sectorName)
		}
		lines = append(lines, h)
	}
	return lines, nil
}

// rows reads the rows of the table, which ends at its first line that has one
// field at most: below it stands the publisher's legal text.
func (h *head) rows(report *Report) ([]holdingRow, error) {
	var rows []holdingRow
	for {
		fields, ok, err := h.table.next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, fmt.Errorf("it cannot be read to its end: %w", err)
		case ok && trim(strings.Join(fields[1:], "")) == "":
			return rows, nil
		}
		report.Read++
		switch {
		case !ok:
			report.Omit(h.table.line, "the quotes of the line do not match", "")
		case len(fields) != len(h.table.columns):
			report.Omit(h.table.line, "the line has not as many fields as the column names", fields[0])
		case len(rows) == maxSymbols:
			return nil, fmt.Errorf("%w: it has more than %d rows", ErrTooLarge, maxSymbols)
		default:
			rows = append(rows, holdingRow{line: h.table.line, fields: append([]string(nil), fields...)})
		}
	}
}
