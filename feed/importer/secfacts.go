package importer

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gyre/feed/store"
	"gyre/model/session"
)

// filedHour and filedMinute are when a filing of a day is public at the latest:
// what the SEC accepts after 17:30 is dated the next business day.
const (
	filedHour   = 17
	filedMinute = 30
)

// CompanyFacts reads the SEC's companyfacts file of one company: debt, cash,
// preferred shares and minority interest of every balance sheet and the number
// of shares, each known from the day of its filing. Facts go to all symbols of
// the company, shares to the first one, as a count is of the company or of its
// main class.
//
// A company that reports under IFRS alone has no facts; that, and a company
// that is not among companies, is left out and is no error. The error wraps
// ErrWebPage, ErrContent, ErrNoData or ErrTooLarge, and then the batch is
// empty. The report, never nil, counts stated values as rows.
func CompanyFacts(r io.Reader, name string, companies map[int64][]string) (store.Batch, *Report, error) {
	report := NewReport(name)
	c, err := readCompany(r)
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	batch := store.Batch{Source: report.File}
	symbols := companies[c.number]
	if len(symbols) == 0 {
		report.Read++
		report.Omit(0, reasonNoSymbol, fmt.Sprintf("CIK %d %s", c.number, c.EntityName))
		return batch, report, nil
	}
	if len(c.Facts["us-gaap"]) == 0 {
		report.Read++
		report.Omit(0, "it has no us-gaap facts: the company reports under another standard", symbols[0]+" "+c.EntityName)
	}
	values, err := c.values(report)
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	l := ledger{report: report, symbols: symbols, anchors: append(anchorTags(), cashTags()[0])}
	l.write(&batch, values)
	sortFacts(&batch)
	report.Note(0, "%s has %d balance sheets with debt or cash and %d numbers of shares", symbols[0], len(batch.Facts)/len(symbols), len(batch.Shares))
	if len(symbols) > 1 && len(batch.Shares) > 0 {
		report.Note(0, "the company has %d symbols, its shares are given to %s", len(symbols), symbols[0])
	}
	return batch, report, nil
}

// companyFile is a companyfacts file. Concepts are read when they are wanted.
type companyFile struct {
	CIK        json.RawMessage                       `json:"cik"` // a number, or one in quotes
	EntityName string                                `json:"entityName"`
	Facts      map[string]map[string]json.RawMessage `json:"facts"`

	number int64
}

// companyFact is one value of a concept.
type companyFact struct {
	Start string      `json:"start"` // of what happens over time
	End   string      `json:"end"`
	Val   json.Number `json:"val"`
	Form  string      `json:"form"`
	Filed string      `json:"filed"`
}

// readCompany reads a companyfacts file.
func readCompany(r io.Reader) (*companyFile, error) {
	text, err := whole(r)
	if err != nil {
		return nil, err
	}
	var c companyFile
	if err := unmarshal(text, &c); err != nil {
		return nil, err
	}
	c.number, err = strconv.ParseInt(strings.Trim(string(c.CIK), `"`), 10, 64)
	if err != nil || c.Facts == nil {
		return nil, fmt.Errorf("%w: a file of company facts has a cik and facts", ErrContent)
	}
	return &c, nil
}

// values are the values of all concepts that are read, in a fixed order.
func (c *companyFile) values(report *Report) ([]stated, error) {
	var values []stated
	for _, taxonomy := range slices.Sorted(maps.Keys(c.Facts)) {
		concepts := c.Facts[taxonomy]
		for _, tag := range slices.Sorted(maps.Keys(concepts)) {
			shares, ok := wanted(taxonomy, tag)
			if !ok {
				continue
			}
			var concept struct {
				Units map[string][]companyFact `json:"units"`
			}
			if err := unmarshal(concepts[tag], &concept); err != nil {
				return nil, fmt.Errorf("%s/%s: %w", taxonomy, tag, err)
			}
			for _, unit := range slices.Sorted(maps.Keys(concept.Units)) {
				for i, f := range concept.Units[unit] {
					report.Read++
					x, reason := f.read(tag, unit, shares)
					if reason != "" {
						report.Omit(0, reason, fmt.Sprintf("%s[%d] %s %s", tag, i, f.End, f.Val))
						continue
					}
					report.Kept++
					values = append(values, x)
				}
			}
		}
	}
	return values, nil
}

// read is a value as it is used, or the reason why it is not.
func (f *companyFact) read(tag, unit string, shares bool) (x stated, reason string) {
	value, reason := valueOf(tag, string(f.Val), shares)
	end, errEnd := session.ParseDate(f.End)
	filed, errFiled := session.ParseDate(f.Filed)
	switch {
	case unit != unitOf(shares):
		return x, "it is not in US dollars or in shares"
	case f.Start != "":
		return x, "it is of a span of time and not of a date"
	case errEnd != nil || errFiled != nil || end < session.NewDate(firstYear, time.January, 1):
		return x, reasonBadDate
	case end > filed:
		return x, reasonFuture
	case shares && (strings.HasPrefix(f.Form, "20-F") || strings.HasPrefix(f.Form, "40-F")):
		return x, reasonForeign
	case reason != "":
		return x, reason
	default:
		return stated{tag: tag, end: end, known: filed.At(filedHour, filedMinute), value: value}, ""
	}
}

// unitOf is the unit in which a value is read.
func unitOf(shares bool) string {
	if shares {
		return "shares"
	}
	return "USD"
}
