package importer

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"gyre/feed/clean"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/session"
)

// EventMapping tells how to read a file of scheduled releases. Of a calendar in
// ICS or JSON only Source is used; the rest names the columns of a CSV file,
// without regard to case, blanks and signs.
type EventMapping struct {
	Date  string // "" is Date. It may hold the time of day as well, as RFC 3339
	Time  string // column of the time of day, New York's clocks (15:04); "" there is none
	Title string // "" is Title, Event or Name

	// Columns that may be missing; "" is the column of this name where there is
	// one (Consensus: or Forecast).
	Country, Importance, Actual, Consensus, Previous, Revised string

	// DateLayout is how a date is written, as package time has it; "" is
	// 2006-01-02, or 2006/01/02.
	DateLayout string

	// Source is named on every event; "" is the file.
	Source string
}

// Calendar reads scheduled releases from an iCalendar file (ICS), a file with
// columns, the weekly JSON list of the foreign-exchange calendars (title,
// country, date, impact, forecast, previous) or the Federal Reserve's
// calendar.json; the content tells which it is.
//
// A release is known to come at all times, its actual value from the moment of
// the release. Where a file has dates alone, well-known releases get their
// usual time. Others get 08:30, which the report says, and their actual values
// count as known from 17:00, as nobody says when they came out. Values stay as
// they were printed.
//
// The error wraps ErrWebPage, ErrFormat, ErrColumns, ErrContent, ErrNoData or
// ErrTooLarge, and then the batch is empty. The report is never nil.
func Calendar(r io.Reader, name string, m EventMapping) (store.Batch, *Report, error) {
	report := NewReport(name)
	c := calendarFile{report: report, mapping: m, source: m.Source, seen: map[eventKey]bool{}}
	if c.source == "" {
		c.source = report.File
	}
	c.source, _ = clean.Text(c.source)
	err := c.read(r)
	if err == nil && report.Kept == 0 {
		err = fmt.Errorf("%w: none of its %d entries is an event that can be used", ErrNoData, report.Read)
	}
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	c.finish()
	return store.Batch{Source: report.File, Events: c.events}, report, nil
}

// calendarFile collects the events of one file.
type calendarFile struct {
	report  *Report
	mapping EventMapping
	source  string
	events  []model.Event
	seen    map[eventKey]bool

	unrevised      bool // the file has previous values, and no column of revisions
	usual, assumed int  // events that got their usual time, and 08:30
	rewritten      int  // previous values that were not what had been printed
}

// eventKey is what no two events share.
type eventKey struct {
	at             int64
	title, country string
}

// maxEvents bounds the events of a file.
const maxEvents = 200_000

// Reasons for leaving an event out.
const (
	reasonNoTitle   = "it has no title"
	reasonBadTime   = "its time is none"
	reasonFarAway   = "its date is beyond belief"
	reasonCancelled = "it is cancelled"
)

// read finds out what the file is and reads it.
func (c *calendarFile) read(r io.Reader) error {
	text, err := whole(r)
	if err != nil {
		return err
	}
	start := bytes.ToUpper(bytes.TrimSpace(text[:min(len(text), peekSize)]))
	switch {
	case bytes.HasPrefix(start, []byte("BEGIN:VCALENDAR")):
		return c.ics(text)
	case bytes.HasPrefix(start, []byte("[")):
		return c.weekly(text)
	case bytes.HasPrefix(start, []byte("{")):
		return c.federal(text)
	default:
		return c.csv(text)
	}
}

// when is the time of an event as its file gives it.
type when struct {
	at   time.Time
	date session.Date // where there is no time of day
}

// add takes in one event. In the report it is named by its line, 0 where the
// file has none, and by where: a path in JSON. On a weekend no release comes at
// its usual time.
func (c *calendarFile) add(line int, where string, w when, e model.Event) {
	title, _ := clean.Text(e.Title)
	e.Country, _ = clean.Text(e.Country)
	e.Title, e.Source = title, c.source
	for _, value := range []*string{&e.Actual, &e.Consensus, &e.Previous, &e.Revised} {
		*value, _ = clean.Text(*value)
	}
	release := releaseOf(title)
	if e.Importance == 0 {
		e.Importance = release.stars
	}
	e.At = w.at
	if w.date != 0 {
		e.At = w.date.At(release.hour, release.minute)
	}
	e.At = e.At.In(session.Zone())
	key := eventKey{e.At.Unix(), e.Title, e.Country}
	switch year := e.At.Year(); {
	case e.Title == "":
		c.report.Omit(line, reasonNoTitle, where)
		return
	case year < firstYear || year > lastYear:
		c.report.Omit(line, reasonFarAway, where+" "+e.Title)
		return
	case c.seen[key]:
		c.report.Omit(line, reasonDuplicate, where+" "+e.Title)
		return
	}
	c.seen[key] = true
	e.KnownAt = e.At
	if w.date != 0 {
		c.usual++
		weekday := w.date.Weekday()
		if !release.sure || weekday == time.Saturday || weekday == time.Sunday {
			e.KnownAt = w.date.At(lateHour, 0)
		}
		if !release.known {
			c.usual--
			c.assumed++
			c.report.Note(line, "time assumed: %s of %s at 08:30", e.Title, w.date.String())
		}
	}
	c.report.Kept++
	c.events = append(c.events, e)
}

// lastYear is the last one of which a calendar can be.
const lastYear = 2100

// finish sorts the events and puts what was found out about all of them before
// what was found out about each.
func (c *calendarFile) finish() {
	slices.SortStableFunc(c.events, func(a, b model.Event) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Title, b.Title))
	})
	if printed := (lastPrinted{}); c.unrevised {
		for i := range c.events {
			if printed.correct(&c.events[i]) {
				c.rewritten++
			}
		}
	}
	single := c.report.Notes
	c.report.Notes = nil
	if c.usual > 0 {
		c.report.Note(0, "%d events have a date without a time: they got the usual time of their release", c.usual)
	}
	if c.assumed > 0 {
		c.report.Note(0, "%d events have a date without a time and no usual one: time assumed, 08:30, and their values are known from 17:00", c.assumed)
	}
	if c.rewritten > 0 {
		c.report.Note(0, "%d previous values are not what the release before had printed but later revisions, of which nobody says when they were known: the printed ones are used", c.rewritten)
	}
	c.report.Notes = append(c.report.Notes, single...)
}

// stars is an importance as files write it: 1 to 3, asterisks, or a word; 0
// where it is none.
func stars(text string) int {
	text = trim(text)
	if text != "" && strings.Trim(text, "*★") == "" {
		return min(len([]rune(text)), 3)
	}
	switch fold(text) {
	case "3", "high":
		return 3
	case "2", "medium", "moderate":
		return 2
	case "1", "low", "none", "holiday", "noneconomic":
		return 1
	default:
		return 0
	}
}

// countryOf is a country by its currency, as calendars of foreign exchange name
// it; other texts stay as they are.
func countryOf(text string) string {
	text = trim(text)
	switch strings.ToUpper(text) {
	case "USD", "USA", "UNITED STATES":
		return "US"
	case "EUR":
		return "EU"
	case "GBP":
		return "GB"
	case "JPY":
		return "JP"
	case "CNY":
		return "CN"
	case "CAD":
		return "CA"
	case "AUD":
		return "AU"
	case "NZD":
		return "NZ"
	case "CHF":
		return "CH"
	default:
		return text
	}
}
