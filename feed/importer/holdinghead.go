package importer

import (
	"bufio"
	"encoding/csv"
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

// maxPreamble is how many lines may stand above the column names.
const maxPreamble = 60

// head is what stands above the rows of a list: its day and its columns, a
// column being -1 where the layout has none.
type head struct {
	asOf     session.Date
	asOfLine int
	noData   bool // the file says that there are no holdings

	table *table
	ticker, name, kind, sector, class, value, weight, quantity, price, exchange,
	isin int
}

// holdingRow is one row of a list as it stands.
type holdingRow struct {
	line   int
	fields []string
}

// readHead reads a list down to its column names.
func readHead(text *bufio.Reader) (*head, error) {
	h := &head{}
	for above := range maxPreamble {
		line, err := text.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if delimiter := delimiterOf(line); isColumnNames(line, delimiter) {
			return h, h.columns(io.MultiReader(strings.NewReader(line), text), delimiter, above)
		}
		h.preamble(line, above+1)
	}
	if h.noData {
		return h, nil
	}
	return nil, fmt.Errorf("%w: no line has the names Ticker, Name and Asset Class", ErrColumns)
}

// isColumnNames tells whether a line begins the table.
func isColumnNames(line string, delimiter rune) bool {
	first, _, _ := strings.Cut(line, string(delimiter))
	switch fold(first) {
	case "ticker", "emittententicker", "issuerticker":
		return true
	}
	return false
}

// columns finds the columns, by their English and their German names.
func (h *head) columns(r io.Reader, delimiter rune, above int) error {
	t, err := newTable(r, delimiter, above)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrColumns, err)
	}
	h.table = t
	h.ticker = 0
	h.name = t.column("name")
	h.kind = t.column("type")
	h.sector = t.column("sector", "sektor")
	h.class = t.column("assetclass", "anlageklasse")
	h.value = t.column("marketvalue", "marktwert")
	h.weight = t.column("weight", "gewichtung")
	h.quantity = t.column("quantity", "shares", "nominale", "anteile", "stck")
	h.price = t.column("price", "kurs")
	h.exchange = t.column("exchange", "brse")
	h.isin = t.column("isin", "cusip")
	var missing []string
	for _, needed := range [...]struct {
		name string
		at   int
	}{{"Name", h.name}, {"Asset Class", h.class}, {"Market Value", h.value}, {"Quantity or Shares", h.quantity}} {
		if needed.at < 0 {
			missing = append(missing, needed.name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: there is no column %s", ErrColumns, strings.Join(missing, " and no column "))
	}
	return nil
}

// preamble looks for the list's day in a line above the table, written as
// "Fund Holdings as of" or as its German form and a date.
func (h *head) preamble(line string, number int) {
	reader := csv.NewReader(strings.NewReader(line))
	reader.Comma = delimiterOf(line)
	fields, err := reader.Read()
	if err != nil || len(fields) < 2 {
		return
	}
	key, value := fold(fields[0]), trim(fields[1])
	if !strings.HasSuffix(key, "asof") && (!strings.HasPrefix(key, "fonds") || !strings.HasSuffix(key, "per")) {
		return
	}
	h.asOfLine = number
	if value == "-" || value == "" {
		h.noData = true
		return
	}
	h.asOf, _ = writtenDate(value)
}

// writtenDate reads a date in one of the forms in which lists are dated.
func writtenDate(text string) (session.Date, bool) {
	for _, month := range [...][2]string{{"Mrz", "Mar"}, {"Mär", "Mar"}, {"Mai", "May"}, {"Okt", "Oct"}, {"Dez", "Dec"}} {
		text = strings.Replace(text, month[0], month[1], 1)
	}
	for _, layout := range [...]string{
		"Jan 2, 2006", "January 2, 2006", time.DateOnly, "2-Jan-06", "2-Jan-2006", "2/Jan/2006", "2.Jan.2006", "02.01.2006", "1/2/2006",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return session.NewDate(t.Date()), true
		}
	}
	return 0, false
}

// style is how the file writes its numbers.
func (h *head) style(rows []holdingRow) style {
	var sample vote
	for _, row := range rows {
		for _, column := range [...]int{h.weight, h.price, h.value, h.quantity} {
			if text := field(row.fields, column); text != "" {
				sample.take(text)
			}
		}
	}
	return sample.style()
}

// holding reads one row; reason says why it is left out.
func (h *head) holding(row holdingRow, numbers style) (line holding, reason string) {
	line = holding{
		line:       row.line,
		ticker:     strings.ToUpper(field(row.fields, h.ticker)),
		sectorName: field(row.fields, h.sector),
		exchange:   field(row.fields, h.exchange),
		isin:       field(row.fields, h.isin),
		swap:       fold(field(row.fields, h.kind)) == "swap",
	}
	line.name, _ = clean.Text(field(row.fields, h.name))
	line.sector = sectorOf(line.sectorName)
	if reason := notEquity(field(row.fields, h.class)); reason != "" {
		return line, reason
	}
	if reason := line.noShare(); reason != "" {
		return line, reason
	}
	var ok, alsoOK bool
	line.value, ok = numbers.number(field(row.fields, h.value))
	line.quantity, alsoOK = numbers.number(field(row.fields, h.quantity))
	if !ok || !alsoOK {
		return line, "the market value or the quantity is not a number"
	}
	price, priced := numbers.number(field(row.fields, h.price))
	if !line.value.IsPositive() || !line.quantity.IsPositive() || priced && !price.IsPositive() {
		return line, reasonWorthless
	}
	unit := line.value.Shift(num.PriceDigits).DivRound(line.quantity, 0)
	if !unit.IsPositive() || unit.GreaterThan(decimal.NewFromInt(int64(num.MaxPrice))) {
		return line, "its market value over its quantity is no price"
	}
	line.price = num.Price(unit.IntPart())
	return line, ""
}
