package alpaca

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gyre/model/session"
)

// Clock is what the trading host says of the time.
type Clock struct {
	Now       time.Time // its own time
	Open      bool
	NextOpen  time.Time
	NextClose time.Time
}

// decodeCalendar reads trading days; what is no day is left out.
func decodeCalendar(body []byte) ([]session.Session, error) {
	var wire []struct {
		Date  string `json:"date"`
		Open  string `json:"open"`
		Close string `json:"close"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, fmt.Errorf("the trading days are not what Alpaca documents: %w", err)
	}
	days := make([]session.Session, 0, len(wire))
	for _, w := range wire {
		date, err := session.ParseDate(w.Date)
		if err != nil {
			continue
		}
		opens, err := time.Parse("15:04", w.Open)
		if err != nil {
			continue
		}
		closes, err := time.Parse("15:04", w.Close)
		if err != nil || !opens.Before(closes) {
			continue
		}
		days = append(days, session.Session{
			Date: date, Opens: date.At(opens.Hour(), opens.Minute()), Closes: date.At(closes.Hour(), closes.Minute()),
		})
	}
	return days, nil
}

// decodeClock reads the trading host's clock.
func decodeClock(body []byte) (Clock, error) {
	var wire struct {
		Timestamp string `json:"timestamp"`
		IsOpen    bool   `json:"is_open"`
		NextOpen  string `json:"next_open"`
		NextClose string `json:"next_close"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return Clock{}, fmt.Errorf("the clock is not what Alpaca documents: %w", err)
	}
	c := Clock{Now: instant(wire.Timestamp), Open: wire.IsOpen, NextOpen: instant(wire.NextOpen), NextClose: instant(wire.NextClose)}
	if c.Now.IsZero() {
		return Clock{}, fmt.Errorf("the clock has no time that can be read: %.40q", wire.Timestamp)
	}
	return c, nil
}

// maxShut is how many sessions a vendor may take away at once: a list that
// leaves out more is cut short rather than news.
const maxShut = 5

// revise is the calendar with what the vendor says of the days from the first
// to the last that it names: days that it leaves out are no sessions. It is the
// calendar itself where that says the same.
func revise(calendar *session.Calendar, days []session.Session) (*session.Calendar, error) {
	if len(days) == 0 {
		return calendar, nil
	}
	told := map[session.Date]bool{}
	first, last := days[0].Date, days[0].Date
	for _, d := range days {
		told[d.Date] = true
		first, last = min(first, d.Date), max(last, d.Date)
	}
	var shut []session.Date
	for _, s := range calendar.Range(first, last) {
		if !told[s.Date] {
			shut = append(shut, s.Date)
		}
	}
	if len(shut) > maxShut {
		return nil, fmt.Errorf("the trading days of Alpaca leave out %d sessions from %s to %s, which is more than can be true", len(shut), first, last)
	}
	if slices.Equal(calendar.Range(first, last), days) {
		return calendar, nil
	}
	revised, err := calendar.Without(shut...).With(days...)
	if err != nil {
		return nil, fmt.Errorf("the trading days of Alpaca: %w", err)
	}
	return revised, nil
}
