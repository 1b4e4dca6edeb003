package importer

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/session"
)

// ics reads an iCalendar file (RFC 5545).
func (c *calendarFile) ics(text []byte) error {
	lines := eventLines(text)
	if len(lines) > maxEvents {
		return fmt.Errorf("%w: it has more than %d events", ErrTooLarge, maxEvents)
	}
	if err := boundedICS(text); err != nil {
		return err
	}
	parsed, err := parseICS(text)
	if err != nil {
		return err
	}
	events := parsed.Events()
	for i, e := range events {
		c.report.Read++
		line := 0
		if len(lines) == len(events) {
			line = lines[i]
		}
		c.entry(line, e)
	}
	return nil
}

// Limits of an iCalendar file. The time that its parser takes grows with the
// square of a line's length, and it calls itself for components in components.
const (
	maxLineICS  = 16 << 10 // bytes of a line, its continuations included
	maxDepthICS = 8        // components in components
)

// boundedICS refuses a file that would keep its parser busy, or overflow its
// stack, which nothing can recover from. It sees lines and names as the parser
// does, which skips what cannot begin a name.
func boundedICS(text []byte) error {
	unfolded := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(text))
	depth := 0
	for line := range strings.Lines(unfolded) {
		name := strings.TrimLeftFunc(line, func(r rune) bool { return !inName(r) })
		if end := strings.IndexFunc(name, func(r rune) bool { return !inName(r) }); end >= 0 {
			name = name[:end]
		}
		switch name {
		case "BEGIN":
			depth++
		case "END":
			depth--
		}
		if len(line) > maxLineICS {
			return fmt.Errorf("%w: it has a line of more than %d bytes", ErrTooLarge, maxLineICS)
		}
		if depth > maxDepthICS {
			return fmt.Errorf("%w: it has more than %d components within each other", ErrTooLarge, maxDepthICS)
		}
	}
	return nil
}

// inName tells whether a letter can be part of the name of a property.
func inName(r rune) bool {
	return r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// parseICS parses the text. Its library is given no chance to panic on a file.
func parseICS(text []byte) (parsed *ical.Calendar, err error) {
	defer func() {
		if recover() != nil {
			parsed, err = nil, fmt.Errorf("%w: it is no iCalendar file", ErrContent)
		}
	}()
	parsed, err = ical.ParseCalendarWithOptions(bytes.NewReader(text), ical.WithUnknownPropertyHandler(ical.AcceptUnknownPropertyHandler))
	if err == nil && !bytes.Contains(bytes.ToUpper(text), []byte("END:VCALENDAR")) {
		err = errors.New("it ends before END:VCALENDAR; load it again")
	}
	if err != nil {
		reason, _ := clean.Text(err.Error())
		return nil, fmt.Errorf("%w: it is no iCalendar file: %s", ErrContent, reason)
	}
	return parsed, nil
}

// eventLines are the lines on which events begin.
func eventLines(text []byte) []int {
	var lines []int
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if bytes.Equal(bytes.TrimRight(line, "\r\n"), []byte("BEGIN:VEVENT")) {
			lines = append(lines, number)
		}
	}
	return lines
}

// entry takes in one event of the file.
func (c *calendarFile) entry(line int, e *ical.VEvent) {
	title, country, importance := summary(property(e, ical.ComponentPropertySummary))
	w, reason := startOf(e)
	switch {
	case strings.EqualFold(property(e, ical.ComponentPropertyStatus), "CANCELLED"):
		c.report.Omit(line, reasonCancelled, title)
		return
	case reason != "":
		c.report.Omit(line, reason, title)
		return
	case e.GetProperty(ical.ComponentPropertyRrule) != nil:
		c.report.Warn(line, "%s repeats by a rule; only its first date is taken", title)
	}
	c.add(line, "", w, model.Event{Title: title, Country: country, Importance: importance})
}

// property is the text of a property, "" where there is none.
func property(e *ical.VEvent, name ical.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return trim(p.Value)
	}
	return ""
}

// summary takes a title apart that has its currency before it and its
// importance in parentheses behind: USD ISM Services PMI(HIGH).
func summary(text string) (title, country string, importance int) {
	title, country = text, "US"
	if open := strings.LastIndexByte(title, '('); open >= 0 && strings.HasSuffix(title, ")") {
		word := title[open+1 : len(title)-1]
		if n := stars(word); n > 0 && strings.ToUpper(word) == word && !strings.ContainsAny(word, "123") {
			title, importance = trim(title[:open]), n
		}
	}
	if currency, rest, ok := strings.Cut(title, " "); ok && len(currency) == 3 {
		if named := countryOf(currency); named != currency {
			title, country = trim(rest), named
		}
	}
	return title, country, importance
}

// startOf is when an event begins, or why that cannot be said. Times without a
// zone are New York's: the library would take them as those of this machine.
func startOf(e *ical.VEvent) (w when, reason string) {
	p := e.GetProperty(ical.ComponentPropertyDtStart)
	if p == nil {
		return w, reasonBadTime
	}
	text := trim(p.Value)
	if day, err := time.Parse("20060102", text); err == nil {
		return when{date: session.NewDate(day.Date())}, ""
	}
	if at, err := time.Parse("20060102T150405Z", text); err == nil {
		return when{at: at}, ""
	}
	zone := session.Zone()
	if names := p.ICalParameters["TZID"]; len(names) > 0 {
		var ok bool
		if zone, ok = zoneOf(names[0]); !ok {
			return w, "its time zone is none that is known"
		}
	}
	at, err := time.ParseInLocation("20060102T150405", text, zone)
	if err != nil {
		return w, reasonBadTime
	}
	return when{at: at}, ""
}

// zoneOf is a time zone by its name. Publishers' own names for New York's are
// known; the Bureau of Labor Statistics calls it US-Eastern.
func zoneOf(name string) (*time.Location, bool) {
	switch fold(name) {
	case "useastern", "easternstandardtime", "eastern", "et", "est", "edt":
		return session.Zone(), true
	case "", "local": // package time means this machine's by them
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}
