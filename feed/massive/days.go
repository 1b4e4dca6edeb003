package massive

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gyre/feed/clean"
	"gyre/model/session"
)

// Status is what the market does now.
type Status struct {
	Now    time.Time // the server's time
	Market string    // open, closed, extended-hours
}

// Holiday is a coming day that is no session, or a short one.
type Holiday struct {
	Date    session.Date
	Name    string
	Session session.Session // of a short day; the zero Session where it is closed
}

// decodeStatus reads the market's status.
func decodeStatus(body []byte) (Status, error) {
	var wire struct {
		Market string `json:"market"`
		Time   string `json:"serverTime"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return Status{}, fmt.Errorf("the market's status is not what Massive documents: %w", err)
	}
	now, err := time.Parse(time.RFC3339, wire.Time)
	if err != nil {
		return Status{}, fmt.Errorf("the market's status has no time that can be read: %w", err)
	}
	market, _ := clean.Text(wire.Market)
	return Status{Now: now, Market: market}, nil
}

// decodeHolidays reads the coming holidays of the New York Stock Exchange.
// Those of other exchanges, and what makes no sense, are left out.
func decodeHolidays(body []byte) ([]Holiday, error) {
	var wire []struct {
		Exchange string `json:"exchange"`
		Name     string `json:"name"`
		Date     string `json:"date"`
		Status   string `json:"status"`
		Open     string `json:"open"`
		Close    string `json:"close"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, fmt.Errorf("the holidays are not what Massive documents: %w", err)
	}
	var days []Holiday
	for _, w := range wire {
		date, err := session.ParseDate(w.Date)
		if err != nil || w.Exchange != "NYSE" {
			continue
		}
		name, _ := clean.Text(w.Name)
		day := Holiday{Date: date, Name: name}
		switch w.Status {
		case "closed":
		case "early-close":
			opens, errOpen := time.Parse(time.RFC3339Nano, w.Open)
			closes, errClose := time.Parse(time.RFC3339Nano, w.Close)
			if errOpen != nil || errClose != nil {
				continue
			}
			day.Session = session.Session{Date: date, Opens: opens.In(session.Zone()), Closes: closes.In(session.Zone())}
		default:
			continue
		}
		days = append(days, day)
	}
	return days, nil
}

// revise is the calendar with the holidays in it; the calendar itself where it
// has them.
func revise(calendar *session.Calendar, days []Holiday) (*session.Calendar, error) {
	var shut []session.Date
	var short []session.Session
	for _, d := range days {
		on, open := calendar.On(d.Date)
		switch {
		case d.Session.Date == 0 && open:
			shut = append(shut, d.Date)
		case d.Session.Date != 0 && (!on.Opens.Equal(d.Session.Opens) || !on.Closes.Equal(d.Session.Closes)):
			short = append(short, d.Session)
		}
	}
	if len(shut)+len(short) == 0 {
		return calendar, nil
	}
	revised, err := calendar.Without(shut...).With(short...)
	if err != nil {
		return nil, fmt.Errorf("the holidays of Massive: %w", err)
	}
	return revised, nil
}

// indexSymbol is an index's ticker without Massive's prefix.
func indexSymbol(ticker string) string { return strings.TrimPrefix(ticker, "I:") }

// problemCode is the word that an answer has for what is wrong.
func problemCode(s string) string {
	code, _ := clean.Text(s)
	return code
}
