package model

import (
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// lastWeek is the Russell 2000 with the highs and lows of 24 to 28 March 2025.
func lastWeek(t *testing.T) *IndexSeries {
	t.Helper()
	rut, _ := publishedIndices(t)
	for i, hl := range [][2]string{
		{"2110.54", "2075.48"}, {"2110.08", "2090.04"}, {"2103.71", "2066.30"}, {"2079.30", "2057.60"}, {"2063.31", "2013.00"},
	} {
		day := &rut.Days[65+i]
		day.High, day.Low = price(t, hl[0]), price(t, hl[1])
	}
	return rut
}

func TestExtremesBeforeTheSessionShown(t *testing.T) {
	t.Parallel()
	rut := lastWeek(t)
	cases := map[string]struct {
		day       int // of March
		window    session.Window
		high, low string
	}{
		"a day has no earlier session":               {28, session.Day, "", ""},
		"Monday's week has none either":              {24, session.Week, "", ""},
		"Tuesday knows Monday":                       {25, session.Week, "2110.54", "2075.48"},
		"Friday's own low does not count":            {28, session.Week, "2110.54", "2057.60"},
		"closes where there is no high or low":       {28, session.MonthToDate, "2110.54", "1993.69"},
		"the base is left out":                       {4, session.MonthToDate, "2102.24", "2102.24"},
		"since the year began":                       {28, session.YearToDate, "2317.97", "1993.69"},
		"the high of January, the low before Monday": {24, session.Quarter, "2317.97", "1993.69"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := buildIndex(atClose(t, rut, session.NewDate(2025, time.March, c.day)))
			if high, low := x.PriorHigh[c.window].String(), x.PriorLow[c.window].String(); high != c.high || low != c.low {
				t.Errorf("high %q low %q, want %q %q", high, low, c.high, c.low)
			}
		})
	}
}

func TestExtremesHoldTheClose(t *testing.T) {
	t.Parallel()
	// A printed high of five-minute bars may lie below the official close.
	days := []IndexDay{{Date: 2, High: 10 * num.PriceScale, Low: 9 * num.PriceScale, Close: 11 * num.PriceScale}, {Date: 3, Close: 8 * num.PriceScale}}
	if high, low := extremesAfter(days, 1); high != 11*num.PriceScale || low != 8*num.PriceScale {
		t.Errorf("high %v low %v", high.Decimal(), low.Decimal())
	}
	if high, low := extremesAfter(days, 0); high != 0 || low != 0 {
		t.Errorf("a window without a base has a high %v and a low %v", high.Decimal(), low.Decimal())
	}
}
