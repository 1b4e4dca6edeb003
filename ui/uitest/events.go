package uitest

import (
	"time"

	"gyre/model"
)

// events are the week's releases and those of the week after, as they are
// known on the evening of 28 March.
func events() []model.CalendarEntry {
	return []model.CalendarEntry{
		past(24, 9, 45, 2, "S&P flash PMI manufacturing Mar", "51.8", "52.7", "49.8", "-2.0", ""),
		past(25, 10, 0, 3, "Consumer confidence Mar", "94.2", "98.3", "92.9", "-1.3", ""),
		past(26, 8, 30, 2, "Durable goods Feb", "-1.1%", "3.1%", "0.9%", "2.0", "%"),
		past(27, 8, 30, 2, "GDP Q4 third estimate", "2.3%", "2.3%", "2.4%", "0.1", "%"),
		past(28, 8, 30, 3, "Core PCE m/m", "0.3%", "0.3%", "0.4%", "0.1", "%"),
		past(28, 10, 0, 2, "UMich sentiment", "57.9", "57.9", "57.0", "-0.9", ""),
		coming(time.March, 31, 9, 45, 2, "Chicago PMI", "45.0", "45.5", ""),
		coming(time.April, 1, 10, 0, 3, "ISM manufacturing", "49.5", "50.3", ""),
		coming(time.April, 1, 10, 0, 3, "JOLTS job openings Feb", "7.63M", "7.740M", "M"),
		coming(time.April, 2, 8, 15, 2, "ADP employment Mar", "120k", "77k", "k"),
		coming(time.April, 2, 16, 0, 3, "Reciprocal tariffs", "", "", ""),
		coming(time.April, 3, 10, 0, 3, "ISM services", "53.0", "53.5", ""),
		coming(time.April, 4, 8, 30, 3, "Payrolls, jobless", "140k", "151k", "k"),
	}
}

// past is a release of March that is out.
func past(day, hour, minute, importance int, title, consensus, previous, actual, surprise, unit string) model.CalendarEntry {
	when := at(time.March, day, hour, minute)
	return model.CalendarEntry{
		Event: model.Event{
			At: when, KnownAt: when, Title: title, Country: "US", Importance: importance,
			Consensus: consensus, Previous: previous, Actual: actual, Source: "sample",
		},
		Past: true, Released: true, Surprise: fig(surprise), Unit: unit,
	}
}

func coming(month time.Month, day, hour, minute, importance int, title, consensus, previous, unit string) model.CalendarEntry {
	return model.CalendarEntry{
		Event: model.Event{
			At: at(month, day, hour, minute), Title: title, Country: "US", Importance: importance,
			Consensus: consensus, Previous: previous, Source: "sample",
		},
		Unit: unit,
	}
}
