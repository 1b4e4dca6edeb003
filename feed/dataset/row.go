package dataset

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// row is one line of a table. Its readers check a field each; the first one
// that finds something wrong makes the row bad, and then the others' results
// mean nothing.
type row struct {
	table  *table
	line   int
	fields []string
	starts []int
	wrong  wrong
}

// wrong is what is wrong at a column of a line, counted in bytes from 1.
type wrong struct {
	column  int
	message string
}

// ok tells whether nothing was wrong so far.
func (r *row) ok() bool { return r.wrong.message == "" }

// refuse makes the row bad, because of the field in column c.
func (r *row) refuse(c column, format string, args ...any) {
	if r.ok() {
		r.wrong = wrong{r.start(c), fmt.Sprintf(format, args...)}
	}
}

// start is where the field in column c starts in the line, counted from 1.
func (r *row) start(c column) int {
	switch {
	case c < 0:
		return 1
	case r.starts != nil:
		return r.starts[c]
	}
	at := 1
	for _, field := range r.fields[:c] {
		at += len(field) + 1
	}
	return at
}

// raw is the field as it stands; "" where the column is not there.
func (r *row) raw(c column) string {
	if c < 0 {
		return ""
	}
	return r.fields[c]
}

// name is the column's name in the header.
func (r *row) name(c column) string {
	if c < 0 {
		return "the field"
	}
	return r.table.header[c]
}

// quote is the field as an error message may show it.
func (r *row) quote(c column) string {
	text, _ := clean.Text(r.raw(c))
	return fmt.Sprintf("%q", text)
}

// word is clean text that may be empty. Text that had to be cleaned is
// reported, and used.
func (r *row) word(c column) string {
	text, changed := clean.Text(r.raw(c))
	if changed {
		r.table.report(wrong{r.start(c), fmt.Sprintf("the text was not clean and is read as %q", text)})
	}
	return text
}

// text is clean text that may not be empty.
func (r *row) text(c column) string {
	text := r.word(c)
	if text == "" {
		r.refuse(c, "%s is empty", r.name(c))
	}
	return text
}

// price is a positive price.
func (r *row) price(c column) num.Price {
	p, err := clean.Price(r.raw(c))
	if err != nil {
		r.refuse(c, "%s %s", r.name(c), err)
	}
	return p
}

// optionalPrice is a positive price, 0 where the field is empty.
func (r *row) optionalPrice(c column) num.Price {
	if r.raw(c) == "" {
		return 0
	}
	return r.price(c)
}

// integer is a whole number from lo to hi.
func (r *row) integer(c column, lo, hi int64) int64 {
	n, err := clean.Integer(r.fields[c], lo, hi)
	if err != nil {
		r.refuse(c, "%s %s", r.name(c), err)
	}
	return n
}

// optionalInteger is a whole number from lo to hi, 0 where the field is empty.
func (r *row) optionalInteger(c column, lo, hi int64) int64 {
	if r.raw(c) == "" {
		return 0
	}
	return r.integer(c, lo, hi)
}

// decimal is a decimal number from -limit to limit.
func (r *row) decimal(c column, limit int64) decimal.Decimal {
	d, err := clean.Decimal(r.fields[c], limit)
	if err != nil {
		r.refuse(c, "%s %s", r.name(c), err)
	}
	return d
}

// date is a date.
func (r *row) date(c column) session.Date {
	d, err := session.ParseDate(r.raw(c))
	if err != nil {
		r.refuse(c, "%s %s is not a date; write it as 2025-03-28", r.name(c), r.quote(c))
	}
	return d
}

// optionalDate is a date, the zero Date where the field is empty.
func (r *row) optionalDate(c column) session.Date {
	if r.raw(c) == "" {
		return 0
	}
	return r.date(c)
}

// instant is a moment. A date alone is the close of its session.
func (r *row) instant(c column, calendar *session.Calendar) time.Time {
	t, _, err := parseInstant(r.raw(c), calendar)
	switch {
	case errors.Is(err, ErrSkipped):
		r.refuse(c, "%s: %s", r.name(c), err)
	case err != nil:
		r.refuse(c, "%s %s is not a time; write it as 2025-03-28T08:30:00-04:00", r.name(c), r.quote(c))
	}
	return t
}

// moment is an instant with its time of day.
func (r *row) moment(c column, calendar *session.Calendar) time.Time {
	t, dateOnly, err := parseInstant(r.raw(c), calendar)
	if err == nil && dateOnly {
		r.refuse(c, "%s %s has no time of day; write it as 2025-03-28T08:30:00-04:00", r.name(c), r.quote(c))
		return t
	}
	return r.instant(c, calendar)
}

// optionalInstant is a moment, the zero Time where the field is empty.
func (r *row) optionalInstant(c column, calendar *session.Calendar) time.Time {
	if r.raw(c) == "" {
		return time.Time{}
	}
	return r.instant(c, calendar)
}

// id is the instrument that a field names by its permanent id.
func (r *row) id(c column, ids *directory) model.ID {
	id, ok := ids.find(r.raw(c))
	if !ok {
		r.refuse(c, "there is no instrument %s in instruments.csv", r.quote(c))
	}
	return id
}

// closed is why a date cannot be a session.
func closed(date string) string {
	return fmt.Sprintf("the exchange was closed on %s, or the calendar does not reach that far", date)
}

// oneOf is a word out of a list, written in any case.
func (r *row) oneOf(c column, words ...string) string {
	got := strings.ToLower(r.raw(c))
	for _, word := range words {
		if got == strings.ToLower(word) {
			return word
		}
	}
	r.refuse(c, "%s %s must be %s", r.name(c), r.quote(c), strings.Join(words, ", "))
	return ""
}
