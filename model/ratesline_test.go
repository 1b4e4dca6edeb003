package model

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/session"
)

func TestQuotedCuts(t *testing.T) {
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
			r := quotedAt(c.quotes, c.now)
			if r.Cuts != c.cuts || r.Source != c.source || r.Known != (c.cuts != "") {
				t.Errorf("%+v, want %q by %q", r, c.cuts, c.source)
			}
			if r.Known && (!r.Quoted || r.Year != 2025 || r.AsOf.After(c.now)) {
				t.Errorf("a quote is a claim with a year and a time: %+v", r)
			}
		})
	}
}

// The futures of late March 2025, when 2.4 to 3 cuts were said to be priced: the
// December contract at 96.365 and that of November, a month without a decision,
// at 96.280 imply 3.595 percent after the decision of 10 December, which is
// (4.33 − 3.595) / 0.25 = 2.94 cuts from the effective rate of 4.33 percent.
func TestCutsFromFutures(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, time.November, 12, 11, 0, 0, 0, session.Zone())
	rate := func(known time.Time, percent string) EffectiveRate {
		return EffectiveRate{KnownAt: known, Percent: decimal.RequireFromString(percent)}
	}
	contract := func(month time.Month, price string) Update {
		p, err := num.ParsePrice(price)
		if err != nil && price != "" {
			t.Fatal(err)
		}
		return Update{Kind: KindFedFunds, At: now, Payload: &FedFunds{Year: 2025, Month: month, Price: p}}
	}
	strip := []Update{contract(time.November, "96.28"), contract(time.December, "96.365")}
	today := []EffectiveRate{rate(now.Add(-26*time.Hour), "4.40"), rate(now.Add(-2*time.Hour), "4.33"), rate(now.Add(22*time.Hour), "4.08")}
	said := []RateQuote{{KnownAt: now.Add(-time.Hour), CutsPriced: "2", Year: 2025, Source: "a broker"}}
	for name, c := range map[string]struct {
		effective []EffectiveRate
		told      []Update
		cuts      string
		quoted    bool
	}{
		"both are there":               {today, strip, "2.9", false},
		"a contract that is told anew": {today, append([]Update{contract(time.December, "96.0")}, strip...), "2.9", false},
		"the newest price counts":      {today, append(append([]Update{}, strip...), contract(time.December, "96.5")), "3.7", false},
		"no rate":                      {nil, strip, "2", true},
		"a rate of last week":          {[]EffectiveRate{rate(now.Add(-8*24*time.Hour), "4.33")}, strip, "2", true},
		"a rate of tomorrow":           {today[2:], strip, "2", true},
		"no contracts":                 {today, nil, "2", true},
		"contracts that do not reach":  {today, strip[1:], "2", true},
		"a contract without a price":   {today, append(append([]Update{}, strip...), contract(time.December, "")), "2.9", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := NewMarket()
			m.Apply(&Update{Kind: KindReset, At: now, Payload: &Reset{Epoch: 1, Reference: &Reference{
				Calendar: session.New(), Rates: said, Effective: c.effective,
			}}})
			for i := range c.told {
				m.Apply(&c.told[i])
			}
			m.Apply(&Update{Kind: KindHeartbeat, At: now})
			if r := m.Snapshot(now, Query{}).Rates; !r.Known || r.Cuts != c.cuts || r.Quoted != c.quoted || r.Year != 2025 {
				t.Errorf("it is %+v, want %s", r, c.cuts)
			}
		})
	}
}
