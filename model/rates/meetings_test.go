package rates_test

import (
	"testing"
	"time"

	"gyre/model/rates"
	"gyre/model/session"
)

// Eight a year, in the order of time, on Wednesdays on which the exchange is
// open, and never two in a month: their effects could not be told apart.
func TestScheduledMeetings(t *testing.T) {
	t.Parallel()
	calendar, count := session.New(), map[int]int{}
	var last session.Date
	var lastMonth time.Month
	for _, d := range rates.Scheduled() {
		year, month, _ := d.Civil()
		count[year]++
		if _, open := calendar.On(d); d.Time().Weekday() != time.Wednesday || year < 2028 && !open {
			t.Errorf("%s is a %s", d, d.Time().Weekday())
		}
		if d <= last || month == lastMonth {
			t.Errorf("%s follows %s", d, last)
		}
		last, lastMonth = d, month
	}
	if count[2025] != 8 || count[2026] != 8 || count[2027] != 8 {
		t.Errorf("in a year there are %v", count)
	}
}
