package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"gyre/feed/dataset"
	"gyre/model/session"
)

// preOpen is how long before a session's open its replay begins.
const preOpen = 5 * time.Minute

// moment is a time as the flags take it. What a date alone and "end" mean
// depends on the dataset. The zero moment is not given.
type moment struct {
	at   time.Time
	date session.Date // a date alone
	end  bool         // the end of the dataset
	text string
}

// parseMoment reads RFC 3339, "2025-03-26 12:00" on New York's clocks, a date
// alone, or "end".
func parseMoment(text string) (moment, error) {
	m := moment{text: text}
	if strings.EqualFold(text, "end") {
		m.end = true
		return m, nil
	}
	if date, err := session.ParseDate(text); err == nil {
		m.date = date
		return m, nil
	}
	var err error
	if m.at, err = time.Parse(time.RFC3339, text); err == nil {
		m.at = m.at.In(session.Zone())
		return m, nil
	}
	switch m.at, err = dataset.ParseLocal(text); {
	case err == nil:
		return m, nil
	case errors.Is(err, dataset.ErrSkipped):
		return moment{}, fmt.Errorf("%w; give a time before or after it", err)
	}
	return moment{}, fmt.Errorf("%q is not a time; write 2025-03-26T12:00:00-04:00, \"2025-03-26 12:00\", 2025-03-26 or end", text)
}

// given tells whether there is a moment.
func (m moment) given() bool { return m != moment{} }

// resolve is the instant. A date alone is its close, or what comes shortly
// before its open where something begins; on a day without a session it is
// 16:00, or midnight.
func (m moment) resolve(calendar *session.Calendar, begins bool, end time.Time) time.Time {
	switch {
	case m.end:
		return end
	case m.date == 0:
		return m.at
	}
	on, ok := calendar.On(m.date)
	switch {
	case ok && begins:
		return on.Opens.Add(-preOpen)
	case ok:
		return on.Closes
	case begins:
		return m.date.Time()
	}
	return m.date.At(16, 0)
}
