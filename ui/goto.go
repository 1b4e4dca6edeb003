package ui

import (
	"fmt"
	"strings"
	"time"

	"gyre/model/session"
	"gyre/ui/panel"
)

// parseMoment reads what is typed after the : key as a moment of the replay,
// New York time: "28 Mar 10:30", "2025-03-28 10:30", "10:30" on the day that
// is shown, a day alone for its open, "start" or "end".
func parseMoment(text string, at panel.Playback) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch strings.ToLower(text) {
	case "end":
		return at.To, nil
	case "start":
		return at.From, nil
	}
	moment, ok := readMoment(text, at)
	if !ok {
		return time.Time{}, fmt.Errorf("%q is no time; type 28 Mar 10:30, 10:30, start or end", text)
	}
	if moment.Before(at.From) || moment.After(at.To) {
		const day = "2 Jan 15:04"
		return time.Time{}, fmt.Errorf("%s is not in the replay; type a time from %s to %s",
			moment.Format("2 Jan 2006 15:04"), at.From.In(session.Zone()).Format(day), at.To.In(session.Zone()).Format(day))
	}
	return moment, nil
}

// readMoment tries the forms of a time one after the other. A day without a
// year is looked for in each year that the replay touches.
func readMoment(text string, at panel.Playback) (time.Time, bool) {
	zone := session.Zone()
	today := at.Now.In(zone)
	if t, err := time.ParseInLocation("15:04", text, zone); err == nil {
		return session.DateOf(today).At(t.Hour(), t.Minute()), true
	}
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02", "2 Jan 2006 15:04", "2 Jan 2006"} {
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return atOpen(t, form), true
		}
	}
	for _, form := range []string{"2 Jan 15:04", "2 Jan", "Jan 2 15:04", "Jan 2"} {
		t, err := time.ParseInLocation(form+" 2006", text+" 2000", zone)
		if err != nil {
			continue
		}
		t = atOpen(t, form)
		for year := at.From.In(zone).Year(); year <= at.To.In(zone).Year(); year++ {
			moment := session.NewDate(year, t.Month(), t.Day()).At(t.Hour(), t.Minute())
			if !moment.Before(at.From) && !moment.After(at.To) {
				return moment, true
			}
		}
		return session.NewDate(today.Year(), t.Month(), t.Day()).At(t.Hour(), t.Minute()), true
	}
	return time.Time{}, false
}

// atOpen is t, or 09:30 of its day where form has no time of day.
func atOpen(t time.Time, form string) time.Time {
	if strings.Contains(form, "15:04") {
		return t
	}
	return session.DateOf(t).At(9, 30)
}
