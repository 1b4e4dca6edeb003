package session

import "time"

// firstYear and lastYear are the years the exchange's own calendar covers. The
// NYSE has published its holidays up to 2027.
const (
	firstYear = 2007
	lastYear  = 2027
)

// firstJuneteenth is the first year in which the NYSE closed for Juneteenth.
const firstJuneteenth = 2022

// holidays lists the weekdays of year y on which the NYSE is closed by its
// Rule 7.2: a holiday on a Saturday is observed on the Friday before, one on a
// Sunday on the Monday after.
func holidays(y int) []Date {
	closed := []Date{
		nthWeekday(y, time.January, time.Monday, 3),    // Martin Luther King, Jr.
		nthWeekday(y, time.February, time.Monday, 3),   // Washington's birthday
		easter(y).AddDays(-2),                          // Good Friday
		nthWeekday(y, time.June, time.Monday, 1) - 7,   // Memorial Day, the last Monday of May
		observed(NewDate(y, time.July, 4)),             // Independence Day
		nthWeekday(y, time.September, time.Monday, 1),  // Labor Day
		nthWeekday(y, time.November, time.Thursday, 4), // Thanksgiving
		observed(NewDate(y, time.December, 25)),        // Christmas
	}
	// A Saturday New Year is not observed at all: the Friday before it ends the
	// accounting year, and the exchange stays open.
	if newYear := NewDate(y, time.January, 1); newYear.Weekday() != time.Saturday {
		closed = append(closed, observed(newYear))
	}
	if y >= firstJuneteenth {
		closed = append(closed, observed(NewDate(y, time.June, 19)))
	}
	return append(closed, specialClosures(y)...)
}

// specialClosures lists the full days without trading that no rule foretells.
func specialClosures(y int) []Date {
	switch y {
	case 2007:
		return []Date{NewDate(2007, time.January, 2)} // mourning for Gerald Ford
	case 2012:
		return []Date{NewDate(2012, time.October, 29), NewDate(2012, time.October, 30)} // hurricane Sandy
	case 2018:
		return []Date{NewDate(2018, time.December, 5)} // mourning for George H. W. Bush
	case 2025:
		return []Date{NewDate(2025, time.January, 9)} // mourning for Jimmy Carter
	}
	return nil
}

// halfDays lists the days of year y that close at 13:00 if they are sessions
// at all: the eve of Independence Day when both are weekdays, the day after
// Thanksgiving, and Christmas Eve.
func halfDays(y int) []Date {
	half := []Date{
		nthWeekday(y, time.November, time.Thursday, 4) + 1,
		NewDate(y, time.December, 24),
	}
	// A Saturday 4 July is observed on the 3rd itself, which closes it anyway.
	if eve := NewDate(y, time.July, 3); weekday(eve) && weekday(eve+1) {
		half = append(half, eve)
	}
	return half
}

// observed moves a holiday off the weekend.
func observed(d Date) Date {
	switch d.Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d + 1
	default:
		return d
	}
}

// nthWeekday is the n-th given weekday of a month, counted from 1.
func nthWeekday(y int, m time.Month, day time.Weekday, n int) Date {
	first := NewDate(y, m, 1)
	ahead := (int(day-first.Weekday()) + 7) % 7
	return first.AddDays(ahead + 7*(n-1))
}

// easter is Easter Sunday of year y in the Gregorian calendar, by the
// anonymous algorithm (Nature, 1876; Meeus, Astronomical Algorithms, 1991).
func easter(y int) Date {
	golden := y % 19
	century, yearOfCentury := y/100, y%100
	moonShift := (century - (century+8)/25 + 1) / 3
	epact := (19*golden + century - century/4 - moonShift + 15) % 30
	toSunday := (32 + 2*(century%4) + 2*(yearOfCentury/4) - epact - yearOfCentury%4) % 7
	late := (golden + 11*epact + 22*toSunday) / 451
	days := epact + toSunday - 7*late + 114
	return NewDate(y, time.Month(days/31), days%31+1)
}

// weekday tells whether d is not on a weekend.
func weekday(d Date) bool {
	day := d.Weekday()
	return day != time.Saturday && day != time.Sunday
}
