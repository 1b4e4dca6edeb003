package importer

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/model/num"
	"gyre/model/session"
)

// point is one session of one symbol as the file has it; 0 where not given.
type point struct {
	date                    session.Date
	line                    int32
	open, high, low, closes num.Price
	volume                  int64
	cap                     num.Dollars
}

// Reasons for leaving a price out.
const (
	reasonNoPrice   = "it has no price (empty or zero)"
	reasonBadPrice  = "the price is not a number"
	reasonBadDate   = "the date is not a date"
	reasonClosed    = "the exchange was closed on that day"
	reasonDuplicate = "the same row stands above"
)

// priceRows reads a file of prices and keeps the rows that can be used.
type priceRows struct {
	mapping  Mapping
	report   *Report
	named    func(text string) (symbol string, reason string)
	calendar *session.Calendar
	layout   string

	dates    map[string]dated // texts seen: a file has few dates and many rows
	names    map[string]named
	bySymbol map[string]*series
}

// dated is what a text is as a date; a reason where it is none to use.
type dated struct {
	date   session.Date
	reason string
}

// named is what a text is as a symbol; a reason where it is none to use.
type named struct{ symbol, reason string }

// series is what the file has of one symbol.
type series struct {
	symbol string
	points []point
}

// readPrices reads all rows of a file. What a symbol is called, or why it is
// left out, is told by name.
func readPrices(r io.Reader, report *Report, m Mapping, name func(text string) (symbol, reason string)) ([]*series, error) {
	text, done, err := open(r, maxPrices)
	if err != nil {
		return nil, err
	}
	defer done()
	line, above, err := firstLine(text)
	if err != nil {
		return nil, err
	}
	t, err := newTable(text, delimiterOf(line), above)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrColumns, err)
	}
	p := &priceRows{
		mapping: m, report: report, named: name, calendar: m.Calendar, layout: m.DateLayout,
		dates: map[string]dated{}, names: map[string]named{}, bySymbol: map[string]*series{},
	}
	if p.calendar == nil {
		p.calendar = session.New()
	}
	if p.layout == "" {
		p.layout = time.DateOnly
	}
	if m.Wide {
		err = p.wide(t)
	} else {
		err = p.long(t)
	}
	if err != nil {
		return nil, err
	}
	return p.sorted(), nil
}

// each calls use with every row whose shape is right.
func (p *priceRows) each(t *table, use func(fields []string) error) error {
	for {
		fields, ok, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("it cannot be read to its end: %w", err)
		}
		p.report.Read++
		switch {
		case p.report.Read > maxRows:
			return fmt.Errorf("%w: it has more than %d rows", ErrTooLarge, maxRows)
		case !ok:
			p.report.Omit(t.line, "the quotes of the line do not match", "")
		case len(fields) != len(t.columns):
			p.report.Omit(t.line, "the line has not as many fields as the column names", fields[0])
		default:
			if err := use(fields); err != nil {
				return err
			}
		}
	}
}

// long reads a file with a row for each day and symbol.
func (p *priceRows) long(t *table) error {
	c, err := p.mapping.columnsIn(t)
	if err != nil {
		return err
	}
	return p.each(t, func(fields []string) error {
		text := p.mapping.Only
		if c.symbol >= 0 {
			text = fields[c.symbol]
		}
		day, who := p.day(fields[c.date]), p.name(text)
		x := point{date: day.date, line: int32(t.line)}
		reason := who.reason
		if reason == "" {
			reason = day.reason
		}
		if reason == "" {
			x.closes, reason = p.price(fields[c.closes])
		}
		if reason != "" {
			p.report.Omit(t.line, reason, strings.Join([]string{fields[c.date], trim(text), fields[c.closes]}, " "))
			return nil
		}
		x.open, x.high, x.low = p.optional(fields, c.open), p.optional(fields, c.high), p.optional(fields, c.low)
		x.volume, x.cap = p.whole(fields, c.volume), num.Dollars(p.whole(fields, c.cap))
		return p.add(who.symbol, x)
	})
}

// wide reads a file with a column for each symbol.
func (p *priceRows) wide(t *table) error {
	date, err := p.mapping.wideDate(t)
	if err != nil {
		return err
	}
	who := make([]named, len(t.columns))
	for i, column := range t.columns {
		if i == date {
			continue
		}
		if who[i] = p.name(column); who[i].reason != "" {
			p.report.Omit(t.above+1, "a whole column: "+who[i].reason, column)
		}
	}
	return p.each(t, func(fields []string) error {
		day := p.day(fields[date])
		if day.reason != "" {
			p.report.Omit(t.line, day.reason, fields[date])
			return nil
		}
		for i, text := range fields {
			if i == date || who[i].reason != "" || trim(text) == "" {
				continue
			}
			closes, reason := p.price(text)
			if reason != "" {
				p.report.Omit(t.line, reason, day.date.String()+" "+t.columns[i]+" "+text)
				continue
			}
			if err := p.add(who[i].symbol, point{date: day.date, line: int32(t.line), closes: closes}); err != nil {
				return err
			}
		}
		return nil
	})
}

// add takes in one point.
func (p *priceRows) add(symbol string, x point) error {
	s := p.bySymbol[symbol]
	if s == nil {
		if len(p.bySymbol) == maxSymbols {
			return fmt.Errorf("%w: it has more than %d symbols", ErrTooLarge, maxSymbols)
		}
		s = &series{symbol: symbol}
		p.bySymbol[symbol] = s
	}
	s.points = append(s.points, x)
	return nil
}

// day reads a date.
func (p *priceRows) day(text string) dated {
	if seen, ok := p.dates[text]; ok {
		return seen
	}
	d := dated{reason: reasonBadDate}
	if t, err := time.Parse(p.layout, trim(text)); err == nil {
		d = dated{date: session.NewDate(t.Date())}
		if _, ok := p.calendar.On(d.date); !ok {
			d.reason = reasonClosed
		}
	}
	const most = 20_000 // texts of a file that is no longer worth remembering
	if len(p.dates) < most {
		p.dates[strings.Clone(text)] = d
	}
	return d
}

// name reads a symbol.
func (p *priceRows) name(text string) named {
	if seen, ok := p.names[text]; ok {
		return seen
	}
	var n named
	n.symbol, n.reason = p.named(text)
	n.symbol = strings.Clone(n.symbol)
	if len(p.names) < maxSymbols {
		p.names[strings.Clone(text)] = n
	}
	return n
}

// number is a number as the mapping says that they are written.
func (p *priceRows) number(text string) string {
	if p.mapping.Decorated {
		return undecorated(text)
	}
	return trim(text)
}

// price reads a price, or tells why it is none.
func (p *priceRows) price(text string) (num.Price, string) {
	plain := p.number(text)
	switch strings.ToUpper(plain) {
	case "", "-", "NA", "N/A", "NAN", "NULL", "NONE":
		return 0, reasonNoPrice
	}
	x, err := price(plain)
	switch {
	case err == nil:
		return x, ""
	case errors.Is(err, num.ErrNotPositive):
		return 0, reasonNoPrice
	default:
		return 0, reasonBadPrice
	}
}

// optional reads a price that may be missing, 0 where it is.
func (p *priceRows) optional(fields []string, column int) num.Price {
	if column < 0 {
		return 0
	}
	x, _ := p.price(fields[column])
	return x
}

// whole reads an amount that is not below zero and may be missing, rounded to a
// whole number, 0 where it is missing.
func (p *priceRows) whole(fields []string, column int) int64 {
	if column < 0 {
		return 0
	}
	x, err := clean.Decimal(p.number(fields[column]), maxNumber)
	if err != nil || x.LessThan(decimal.Zero) {
		return 0
	}
	return x.Round(0).IntPart()
}
