package importer

import (
	"fmt"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// eventColumns are the places of a file's columns, -1 where there is none.
type eventColumns struct {
	date, hour, title, country, importance, actual, consensus, previous, revised int
}

// columnsIn finds the columns.
func (m *EventMapping) columnsIn(t *table) (eventColumns, error) {
	f := finder{table: t}
	may := func(name string, usual ...string) int {
		if name != "" {
			return f.find(name)
		}
		return t.column(usual...)
	}
	c := eventColumns{
		date: f.find(m.Date, "Date"), hour: f.may(m.Time), title: f.find(m.Title, "Title", "Event", "Name"),
		country: may(m.Country, "country", "currency"), importance: may(m.Importance, "importance", "impact"),
		actual: may(m.Actual, "actual"), consensus: may(m.Consensus, "consensus", "forecast"),
		previous: may(m.Previous, "previous"), revised: may(m.Revised, "revised"),
	}
	return c, f.err()
}

// csv reads a file with columns.
func (c *calendarFile) csv(text []byte) error {
	t, err := tableOf(text)
	if err != nil {
		return err
	}
	columns, err := c.mapping.columnsIn(t)
	if err != nil {
		return err
	}
	c.unrevised = columns.revised < 0
	return eachRow(t, c.report, func(fields []string) error {
		if c.report.Read > maxEvents {
			return fmt.Errorf("%w: it has more than %d events", ErrTooLarge, maxEvents)
		}
		w, ok := c.mapping.when(field(fields, columns.date), field(fields, columns.hour))
		title := field(fields, columns.title)
		if !ok {
			c.report.Omit(t.line, reasonBadTime, field(fields, columns.date)+" "+title)
			return nil
		}
		e := model.Event{
			Title: strings.Clone(title), Country: countryOf(field(fields, columns.country)), Importance: stars(field(fields, columns.importance)),
			Actual: field(fields, columns.actual), Consensus: field(fields, columns.consensus),
			Previous: field(fields, columns.previous), Revised: field(fields, columns.revised),
		}
		if columns.country < 0 {
			e.Country = "US"
		}
		c.add(t.line, field(fields, columns.date), w, e)
		return nil
	})
}

// when reads a date and a time of day.
func (m *EventMapping) when(date, hour string) (when, bool) {
	if at, err := time.Parse(time.RFC3339, date); err == nil && m.DateLayout == "" {
		return when{at: at}, true
	}
	layouts := []string{time.DateOnly, "2006/01/02"}
	if m.DateLayout != "" {
		layouts = []string{m.DateLayout}
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, date)
		if err != nil {
			continue
		}
		day := session.NewDate(t.Date())
		if hour == "" {
			return when{date: day}, true
		}
		clock, ok := clockOf(hour)
		return when{at: day.At(clock.Hour(), clock.Minute())}, ok
	}
	return when{}, false
}

// clockOf reads a time of day: 14:00, 2:00 PM, 2:00 p.m.
func clockOf(text string) (time.Time, bool) {
	plain := strings.ToUpper(strings.NewReplacer(".", "", " ", "").Replace(trim(text)))
	for _, layout := range []string{"15:04", "15:04:05", "3:04PM", "3PM"} {
		if t, err := time.Parse(layout, plain); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// lastPrinted is the last actual value of each release.
type lastPrinted map[string]printedValue

// printedValue is a value as it was printed on a day.
type printedValue struct {
	text string
	day  session.Date
}

// maxGap is how many days may lie between two releases of a series.
const maxGap = 45

// correct puts what the release before had printed in place of a previous value
// that differs. Files without a column of revisions carry there what the value
// was revised to, often much later: shown before the release, it would tell
// what nobody knew. Events come in the order of time. It tells whether it did.
func (p lastPrinted) correct(e *model.Event) bool {
	series, day := e.Country+" "+seriesOf(e.Title), session.DateOf(e.At)
	last, ok := p[series]
	if e.Actual != "" {
		p[series] = printedValue{e.Actual, day}
	}
	if !ok || e.Previous == "" || last.text == e.Previous || int(day-last.day) > maxGap {
		return false
	}
	e.Previous = last.text
	return true
}

// seriesOf is a title without the period that it is of: (Feb), (Q4), (2024).
func seriesOf(title string) string {
	at := strings.LastIndexByte(title, '(')
	if at < 0 || !strings.HasSuffix(title, ")") {
		return title
	}
	period := title[at+1 : len(title)-1]
	if _, err := time.Parse("Jan", period); err == nil {
		return strings.TrimSpace(title[:at])
	}
	if len(period) == 2 && period[0] == 'Q' {
		return strings.TrimSpace(title[:at])
	}
	return title
}
