package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// FactsMapping tells how to read a file of balance-sheet items, a row for each
// company: which column is what. Column names are compared without regard to
// case, blanks and signs.
type FactsMapping struct {
	Symbol string // "" is Ticker, or Symbol where there is none

	// Columns in dollars and in shares that may be missing; "" there is none.
	Debt, Cash, Preferred, Minority, Shares string

	// KnownAt is the column of the moment from which a row is known: RFC 3339,
	// or a date, which means the close of its session. "" is the same Known for
	// all rows, which must then be given.
	KnownAt string
	Known   time.Time

	// Decorated numbers may have a $ before them and commas between thousands.
	Decorated bool

	// Calendar tells when sessions close; nil: that of the New York Stock Exchange.
	Calendar *session.Calendar
}

// Facts reads debt, cash, preferred shares, minority interest and numbers of
// shares from a file with columns. An empty field or NA is unknown, which is
// not zero.
//
// The error wraps ErrWebPage, ErrFormat, ErrColumns, ErrNoDate, ErrNoData or
// ErrTooLarge, and then the batch is empty. The report is never nil.
func Facts(r io.Reader, name string, m FactsMapping) (store.Batch, *Report, error) {
	report := NewReport(name)
	batch := store.Batch{Source: report.File}
	err := readFacts(r, report, &m, &batch)
	if err == nil && report.Kept == 0 {
		err = fmt.Errorf("%w: none of its %d rows has a figure that can be used", ErrNoData, report.Read)
	}
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	sortFacts(&batch)
	return batch, report, nil
}

// factsColumns are the places of a file's columns, -1 where there is none.
type factsColumns struct{ symbol, known, debt, cash, preferred, minority, shares int }

// readFacts reads all rows of a file.
func readFacts(r io.Reader, report *Report, m *FactsMapping, batch *store.Batch) error {
	text, err := whole(r)
	if err != nil {
		return err
	}
	t, err := tableOf(text)
	if err != nil {
		return err
	}
	if m.KnownAt == "" && m.Known.IsZero() {
		return fmt.Errorf("%w: give the column, or the day, from which its figures are known", ErrNoDate)
	}
	c, err := m.columnsIn(t)
	if err != nil {
		return err
	}
	if m.Calendar == nil {
		m.Calendar = session.New()
	}
	seen := map[store.Shares]bool{} // without a count
	return eachRow(t, report, func(fields []string) error {
		symbol, reason := stockName(fields[c.symbol])
		known := m.Known
		if c.known >= 0 {
			known, err = momentOf(field(fields, c.known), m.Calendar)
			if err != nil && reason == "" {
				reason = "the moment from which it is known is no date or time"
			}
		}
		row := store.Shares{Symbol: symbol, KnownAt: known.UTC()}
		if reason == "" && seen[row] {
			reason = "a row of the same symbol and moment stands above"
		}
		if reason == "" {
			seen[row] = true
			reason = m.row(batch, report, t.line, fields, c, store.Facts{Symbol: symbol, KnownAt: known})
		}
		if reason != "" {
			report.Omit(t.line, reason, fields[c.symbol])
			return nil
		}
		report.Kept++
		return nil
	})
}

// columnsIn finds the columns.
func (m *FactsMapping) columnsIn(t *table) (factsColumns, error) {
	f := finder{table: t}
	c := factsColumns{
		symbol: f.find(m.Symbol, "Ticker", "Symbol"), known: f.may(m.KnownAt),
		debt: f.may(m.Debt), cash: f.may(m.Cash), preferred: f.may(m.Preferred), minority: f.may(m.Minority), shares: f.may(m.Shares),
	}
	if c.debt < 0 && c.cash < 0 && c.shares < 0 && len(f.missing) == 0 {
		return c, fmt.Errorf("%w: name at least one column of debt, cash or shares; the file has %s", ErrColumns, t.named())
	}
	return c, f.err()
}

// row adds one row to the batch, or tells why it cannot.
func (m *FactsMapping) row(batch *store.Batch, report *Report, line int, fields []string, c factsColumns, facts store.Facts) (reason string) {
	value := func(column int, below bool, limit int64) model.Amount {
		a, reason := m.amount(field(fields, column), below, limit)
		if reason != "" {
			report.Warn(line, "%s of %s is taken as unknown: %s", field(fields, column), facts.Symbol, reason)
		}
		return a
	}
	facts.Debt, facts.Cash = value(c.debt, false, maxAmount), value(c.cash, false, maxAmount)
	facts.Preferred, facts.Minority = value(c.preferred, false, maxAmount), value(c.minority, true, maxAmount)
	shares := value(c.shares, false, maxShares)
	if facts.Debt.Known || facts.Cash.Known {
		batch.Facts = append(batch.Facts, facts)
	}
	if shares.Known && shares.Dollars > 0 {
		batch.Shares = append(batch.Shares, store.Shares{Symbol: facts.Symbol, KnownAt: facts.KnownAt, Shares: int64(shares.Dollars)})
	} else if !facts.Debt.Known && !facts.Cash.Known {
		return "it has neither debt nor cash nor shares"
	}
	return ""
}

// amount reads one figure; why it is unknown, where the field is not empty.
func (m *FactsMapping) amount(text string, below bool, limit int64) (model.Amount, string) {
	switch strings.ToUpper(text) {
	case "", "-", "--", "NA", "N/A", "NAN", "NULL", "NONE":
		return model.Amount{}, ""
	}
	if m.Decorated {
		text = undecorated(text)
	}
	x, err := clean.Decimal(text, limit)
	switch {
	case errors.Is(err, clean.ErrRange):
		return model.Amount{}, reasonBeyond
	case err != nil:
		return model.Amount{}, "it is not a number"
	case x.LessThan(decimal.Zero) && !below:
		return model.Amount{}, reasonBelow
	default:
		return model.Amount{Dollars: num.Dollars(x.Round(0).IntPart()), Known: true}, ""
	}
}

// closingHour is when a date that is no session ends for what is known of it.
const closingHour = 16

// momentOf reads a moment: RFC 3339, or a date, which means the close.
func momentOf(text string, calendar *session.Calendar) (time.Time, error) {
	if d, err := session.ParseDate(text); err == nil {
		if s, ok := calendar.On(d); ok {
			return s.Closes, nil
		}
		return d.At(closingHour, 0), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	return t.In(session.Zone()), err
}

// tableOf begins to read a text with columns.
func tableOf(text []byte) (*table, error) {
	above := 0
	for {
		line, rest, found := bytes.Cut(text, []byte("\n"))
		if trim(string(line)) != "" {
			t, err := newTable(bytes.NewReader(text), delimiterOf(string(line)), above)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrColumns, err)
			}
			return t, nil
		}
		if !found {
			return nil, ErrNoData
		}
		text = rest
		above++
	}
}

// eachRow calls use with every row whose shape is right.
func eachRow(t *table, report *Report, use func(fields []string) error) error {
	rows := priceRows{report: report}
	return rows.each(t, use)
}

// finder finds columns and remembers which are missing.
type finder struct {
	table   *table
	missing []string
}

// find is the place of a column that must be there: the one that is named, or
// else the first of the usual ones.
func (f *finder) find(name string, usual ...string) int {
	names := slices.Clone(usual)
	if name != "" {
		names = []string{name}
	}
	for i := range names {
		if at := f.table.column(fold(names[i])); at >= 0 {
			return at
		}
	}
	f.missing = append(f.missing, strconv.Quote(names[0]))
	return -1
}

// may is the place of a column that must be there if it is named.
func (f *finder) may(name string) int {
	if name == "" {
		return -1
	}
	return f.find(name)
}

// err tells of the columns that are missing.
func (f *finder) err() error {
	if len(f.missing) == 0 {
		return nil
	}
	return fmt.Errorf("%w: there is no column %s; the file has %s", ErrColumns, strings.Join(f.missing, ", "), f.table.named())
}

// named are the first columns' names, as they are shown in an error.
func (t *table) named() string {
	const most = 20
	names := make([]string, 0, most)
	for _, name := range t.columns[:min(len(t.columns), most)] {
		text, _ := clean.Text(name)
		names = append(names, text)
	}
	return strings.Join(names, ", ")
}
