package importer

import (
	"cmp"
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

// A frame does not say when a value was filed. The last day for an annual
// report of the smallest filers is 90 days after the end of the year; a
// quarterly one is due sooner. A cover page is dated days before its filing.
const (
	reportedAfter = 90 // days
	coveredAfter  = 30
)

// File is a file to read and its name as the user knows it.
type File struct {
	Name string
	Text io.Reader
}

// Frames reads XBRL frames of the SEC: each is one concept of all filers for
// one quarter. Files of several concepts and quarters are taken together; the
// batch is that of all of them or none.
//
// Frames carry no filing dates, and of a value that was filed more than once
// they name the last filing. So a value is known from 90 days after its date
// (30 for the cover page's shares), or from the first day of the year of the
// filing that is named where that is later, but no later than from fetched, the
// moment at which the frames were loaded; the zero time where that is not known.
//
// Errors and report are as those of CompanyFacts.
func Frames(files []File, companies map[int64][]string, fetched time.Time) (store.Batch, *Report, error) {
	f := frames{companies: companies, fetched: fetched, of: map[int64][]framed{}, lost: map[int64]bool{}}
	names := make([]string, len(files))
	for i := range files {
		names[i] = files[i].Name
	}
	f.report = NewReport(strings.Join(names[:min(len(names), 1)], ""))
	if len(files) > 1 {
		f.report = NewReport(fmt.Sprintf("%d frames", len(files)))
	}
	for i := range files {
		if err := f.read(files[i]); err != nil {
			name := NewReport(files[i].Name).File
			return store.Batch{}, f.report, fmt.Errorf("%s cannot be imported: %w", name, err)
		}
	}
	return f.batch(), f.report, nil
}

// frames collects the values of frames by company.
type frames struct {
	report    *Report
	companies map[int64][]string
	fetched   time.Time
	of        map[int64][]framed
	lost      map[int64]bool // companies without a symbol
	late      int            // values whose last filing is of a later year
}

// framed is a value with the year of the last filing that has it.
type framed struct {
	stated
	year int
}

// frameFile is a frame.
type frameFile struct {
	Taxonomy string      `json:"taxonomy"`
	Tag      string      `json:"tag"`
	Period   string      `json:"ccp"`
	Unit     string      `json:"uom"`
	Data     []framePart `json:"data"`
}

// framePart is one filer's value.
type framePart struct {
	Filing string      `json:"accn"`
	CIK    int64       `json:"cik"`
	Entity string      `json:"entityName"`
	End    string      `json:"end"`
	Val    json.Number `json:"val"`
}

// read takes in one frame.
func (f *frames) read(file File) error {
	text, err := whole(file.Text)
	if err != nil {
		return err
	}
	var frame frameFile
	if err := unmarshal(text, &frame); err != nil {
		return err
	}
	shares, ok := wanted(frame.Taxonomy, frame.Tag)
	switch {
	case frame.Tag == "" || frame.Data == nil:
		return fmt.Errorf("%w: a frame has a tag and data", ErrContent)
	case !ok:
		return fmt.Errorf("%w: facts are not made of the concept %s/%s", ErrContent, frame.Taxonomy, frame.Tag)
	case !strings.HasSuffix(frame.Period, "I"):
		return fmt.Errorf("%w: %.20q is a span of time; a balance sheet has the frame of a date, as CY2024Q4I", ErrContent, frame.Period)
	case frame.Unit != unitOf(shares):
		return fmt.Errorf("%w: it is in %.20q and not in %s", ErrContent, frame.Unit, unitOf(shares))
	}
	for i := range frame.Data {
		part := &frame.Data[i]
		f.report.Read++
		x, reason := f.one(part, frame.Tag, shares)
		if reason != "" {
			f.report.Omit(0, reason, fmt.Sprintf("%s data[%d] %s %s", frame.Tag, i, part.End, part.Entity))
			continue
		}
		f.report.Kept++
		f.of[part.CIK] = append(f.of[part.CIK], x)
	}
	return nil
}

// one is a value as it is used, or the reason why it is not.
func (f *frames) one(part *framePart, tag string, shares bool) (x framed, reason string) {
	if len(f.companies[part.CIK]) == 0 {
		f.lost[part.CIK] = true
		return x, reasonNoSymbol
	}
	value, reason := valueOf(tag, string(part.Val), shares)
	end, err := session.ParseDate(part.End)
	year, ok := filingYear(part.Filing)
	switch {
	case err != nil || end < session.NewDate(firstYear, time.January, 1):
		return x, reasonBadDate
	case !ok:
		return x, "its accession number is none"
	case end > session.NewDate(year, time.December, 31), !f.fetched.IsZero() && end > session.DateOf(f.fetched):
		return x, reasonFuture
	case reason != "":
		return x, reason
	}
	return framed{stated: stated{tag: tag, end: end, value: value}, year: year}, ""
}

// filingYear is the year of an accession number, 0001640147-25-000110.
func filingYear(accession string) (int, bool) {
	parts := strings.Split(accession, "-")
	if len(parts) != 3 || len(parts[1]) != 2 {
		return 0, false
	}
	year, err := strconv.Atoi(parts[1])
	if err != nil || year < 0 {
		return 0, false
	}
	if year += 2000; year >= 2000+firstYear%100 {
		year -= 100
	}
	return year, true
}

// batch is what the values of all companies come to.
func (f *frames) batch() store.Batch {
	batch := store.Batch{Source: f.report.File}
	several := 0
	for _, number := range slices.Sorted(maps.Keys(f.of)) {
		l := ledger{report: f.report, symbols: f.companies[number]}
		before := len(batch.Shares)
		l.write(&batch, f.dated(f.of[number]))
		if len(l.symbols) > 1 && len(batch.Shares) > before {
			several++
		}
	}
	sortFacts(&batch)
	f.report.Note(0, "frames do not say when a value was filed: it is taken as known %d days after its date, the number of shares %d days", reportedAfter, coveredAfter)
	if f.late > 0 {
		f.report.Note(0, "%d values were filed again in a later year, perhaps changed, and are known from then or from the loading of the frames", f.late)
	}
	if len(f.lost) > 0 {
		f.report.Note(0, "%d companies have no symbol in the list of companies", len(f.lost))
	}
	if several > 0 {
		f.report.Note(0, "%d companies have several symbols; their shares are given to the first", several)
	}
	return batch
}

// dated gives a company's values the moment from which they are known, the same
// for all amounts of a date: parts of a balance sheet mean nothing.
func (f *frames) dated(values []framed) []stated {
	type sheet struct {
		end    session.Date
		shares bool
	}
	years := map[sheet]int{}
	of := func(x *framed) sheet { return sheet{x.end, x.tag == tagCoverShares || x.tag == tagShares} }
	for i := range values {
		s := of(&values[i])
		years[s] = max(years[s], values[i].year)
	}
	dated := make([]stated, 0, len(values))
	for i := range values {
		x := values[i].stated
		days := reportedAfter
		if x.tag == tagCoverShares {
			days = coveredAfter
		}
		x.known = x.end.AddDays(days).At(filedHour, filedMinute)
		if again := session.NewDate(years[of(&values[i])], time.January, 1).At(filedHour, filedMinute); again.After(x.known) {
			x.known = again
			f.late++
		}
		if !f.fetched.IsZero() && f.fetched.Before(x.known) {
			x.known = f.fetched
		}
		dated = append(dated, x)
	}
	slices.SortStableFunc(dated, func(a, b stated) int { return cmp.Compare(a.end, b.end) })
	return dated
}
