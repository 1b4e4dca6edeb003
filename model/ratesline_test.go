package model

import (
	"testing"
	"time"

	"gyre/model/session"
)

func TestRatesAt(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, time.March, 28, 9, 0, 0, 0, session.Zone())
	broker := RateQuote{KnownAt: at, CutsPriced: "2", Year: 2025, Source: "a broker"}
	futures := RateQuote{KnownAt: at.AddDate(0, 0, 5), CutsPriced: "3", Year: 2025, Source: "futures"}
	corrected := futures
	corrected.CutsPriced = "3.1"
	cases := map[string]struct {
		quotes []RateQuote
		now    time.Time
		cuts   string
		source string
	}{
		"none at all":                        {nil, at, "", ""},
		"a second before it is known":        {[]RateQuote{broker}, at.Add(-time.Second), "", ""},
		"at the instant":                     {[]RateQuote{broker, futures}, at, "2", "a broker"},
		"the newest counts":                  {[]RateQuote{broker, futures}, at.AddDate(0, 0, 6), "3", "futures"},
		"whatever their order":               {[]RateQuote{futures, broker}, at.AddDate(0, 0, 6), "3", "futures"},
		"the later row of one instant":       {[]RateQuote{broker, futures, corrected}, at.AddDate(0, 0, 6), "3.1", "futures"},
		"a later one does not hide an older": {[]RateQuote{broker, futures}, at.AddDate(0, 0, 4), "2", "a broker"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ratesAt(c.quotes, c.now)
			if r.Cuts != c.cuts || r.Source != c.source || r.Known != (c.cuts != "") {
				t.Errorf("%+v, want %q by %q", r, c.cuts, c.source)
			}
			if r.Known && (!r.Quoted || r.Year != 2025 || r.AsOf.After(c.now)) {
				t.Errorf("a quote is a claim with a year and a time: %+v", r)
			}
		})
	}
}
