package importer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// weekly reads the list that calendars of foreign exchange publish each week.
// It never has actual values.
func (c *calendarFile) weekly(text []byte) error {
	var list []struct {
		Title, Country, Date, Impact, Forecast, Previous string
	}
	if err := unmarshal(text, &list); err != nil {
		return err
	}
	if len(list) > maxEvents {
		return fmt.Errorf("%w: it has more than %d events", ErrTooLarge, maxEvents)
	}
	for i := range list {
		x := &list[i]
		c.report.Read++
		where := fmt.Sprintf("[%d]", i)
		at, err := time.Parse(time.RFC3339, x.Date)
		if err != nil {
			c.report.Omit(0, reasonBadTime, where+" "+x.Date+" "+x.Title)
			continue
		}
		c.add(0, where, when{at: at}, model.Event{
			Title: x.Title, Country: countryOf(x.Country), Importance: stars(x.Impact), Consensus: x.Forecast, Previous: x.Previous,
		})
	}
	return nil
}

// federalEvent is one entry of the Federal Reserve's calendar.
type federalEvent struct {
	Title string `json:"title"`
	Type  string `json:"type"`
	Month string `json:"month"` // 2026-12
	Days  string `json:"days"`  // 9, or 8, 9, or 8-9
	Time  string `json:"time"`  // 2:00 p.m., or nothing
}

// federal reads the Federal Reserve's calendar.json.
func (c *calendarFile) federal(text []byte) error {
	var file struct {
		Events []federalEvent `json:"events"`
	}
	if err := unmarshal(text, &file); err != nil {
		return err
	}
	if file.Events == nil {
		return fmt.Errorf("%w: the Federal Reserve's calendar has events", ErrContent)
	}
	if len(file.Events) > maxEvents/maxDays {
		return fmt.Errorf("%w: it has more than %d events", ErrTooLarge, maxEvents/maxDays)
	}
	for i := range file.Events {
		x := &file.Events[i]
		where := fmt.Sprintf("events[%d]", i)
		dates := x.dates()
		clock, timed := clockOf(x.Time)
		if len(dates) == 0 || !timed && trim(x.Time) != "" {
			c.report.Read++
			c.report.Omit(0, reasonBadTime, where+" "+x.Month+" "+x.Days+" "+x.Time+" "+x.Title)
			continue
		}
		for _, date := range dates {
			c.report.Read++
			w := when{date: date}
			if timed {
				w = when{at: date.At(clock.Hour(), clock.Minute())}
			}
			c.add(0, where, w, model.Event{Title: x.named(), Country: "US"})
		}
	}
	return nil
}

// maxDays is how many days an entry may have.
const maxDays = 31

// meeting tells whether an entry is a meeting of the committee, whose days are
// of one event.
func (x *federalEvent) meeting() bool {
	text := strings.ToLower(x.Type + " " + x.Title)
	return strings.Contains(text, "fomc") && strings.Contains(text, "meeting") && !strings.Contains(text, "minutes")
}

// named is the title, with the committee's name where only the type has it.
func (x *federalEvent) named() string {
	if strings.EqualFold(trim(x.Type), "FOMC") && !strings.Contains(strings.ToUpper(x.Title), "FOMC") {
		return "FOMC " + x.Title
	}
	return x.Title
}

// dates are the days of an entry. A meeting of two days ends with the decision
// and is dated by its last one; the days of a statistical release are one each.
func (x *federalEvent) dates() []session.Date {
	month, err := time.Parse("2006-01", trim(x.Month))
	if err != nil {
		return nil
	}
	var dates []session.Date
	for _, text := range strings.FieldsFunc(x.Days, func(r rune) bool { return strings.ContainsRune(", -–", r) }) {
		day, err := strconv.Atoi(text)
		if err != nil || day < 1 || len(dates) == maxDays {
			return nil
		}
		d := session.NewDate(month.Year(), month.Month(), day)
		if _, m, _ := d.Civil(); m != month.Month() {
			return nil
		}
		dates = append(dates, d)
	}
	if len(dates) > 1 && (x.meeting() || strings.ContainsAny(x.Days, "-–")) {
		return dates[len(dates)-1:]
	}
	return dates
}
