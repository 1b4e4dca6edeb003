package importer

import (
	"fmt"
	"strings"

	"gyre/model/session"
)

// Mapping tells how to read a file of daily prices: which column is what.
// Column names are compared without regard to case, blanks and signs.
type Mapping struct {
	// Wide files have a row for each day and a column for each symbol, which
	// names it. The others are long: a row for each day and symbol.
	Wide bool

	Date  string // column of the date; "" is the first column of a wide file, and Date of a long one
	Close string // column of the close in a long file; "" is Close

	// Columns of long files that may be missing; "" there is none.
	Symbol, Open, High, Low, Volume, MarketCap string

	// Only is the symbol of every row of a long file that has no such column.
	Only string

	// DateLayout is how a date is written, as package time has it; "" is
	// 2006-01-02. A time of day and a zone in it are read and not used.
	DateLayout string

	// Decorated numbers may have a $ before them, a % behind them and commas
	// between thousands. In other files such a number is refused.
	Decorated bool

	// Calendar tells which days are sessions; nil: that of the New York Stock
	// Exchange.
	Calendar *session.Calendar
}

// priceColumns are the places of a file's columns, -1 where there is none.
type priceColumns struct {
	date, symbol, open, high, low, closes, volume, cap int
}

// columnsIn finds the columns of a long file.
func (m *Mapping) columnsIn(t *table) (priceColumns, error) {
	c := priceColumns{}
	var missing []string
	find := func(place *int, name, standard string) {
		*place = -1
		if name == "" {
			name = standard
		}
		if name == "" {
			return
		}
		if *place = t.column(fold(name)); *place < 0 {
			missing = append(missing, fmt.Sprintf("%q", name))
		}
	}
	symbol := m.Symbol
	if symbol == "" && m.Only == "" {
		symbol = "Symbol"
	}
	find(&c.date, m.Date, "Date")
	find(&c.symbol, symbol, "")
	find(&c.open, m.Open, "")
	find(&c.high, m.High, "")
	find(&c.low, m.Low, "")
	find(&c.closes, m.Close, "Close")
	find(&c.volume, m.Volume, "")
	find(&c.cap, m.MarketCap, "")
	if len(missing) > 0 {
		return c, fmt.Errorf("%w: there is no column %s; the file has %s",
			ErrColumns, strings.Join(missing, ", "), strings.Join(t.columns[:min(len(t.columns), 12)], ", "))
	}
	return c, nil
}

// wideDate is the place of the date in a wide file.
func (m *Mapping) wideDate(t *table) (int, error) {
	if len(t.columns) < 2 {
		return 0, fmt.Errorf("%w: a wide file has a column of dates and at least one of prices", ErrColumns)
	}
	if m.Date == "" {
		return 0, nil
	}
	at := t.column(fold(m.Date))
	if at < 0 {
		return 0, fmt.Errorf("%w: there is no column %q", ErrColumns, m.Date)
	}
	return at, nil
}
