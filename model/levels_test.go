package model

import (
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

func (f floor) level(index ID, clock string, points num.Price, flags Flags) {
	f.t.Helper()
	f.Apply(&Update{Kind: KindIndexLevel, ID: index, At: f.at(clock), Price: points * num.PriceScale, Flags: flags})
}

// Open, high and low are of the session; the level is the newest.
func TestIndexLevels(t *testing.T) {
	f := onFriday(t)
	f.level(0, "09:29:00", 1900, 0) // before the open
	f.level(0, "09:30:00", 2063, 0)
	f.level(0, "10:00:00", 2070, 0)
	f.level(0, "11:00:00", 2013, 0)
	f.level(0, "12:00:00", 2040, 0)
	f.level(0, "11:30:00", 2100, 0) // out of order
	f.level(0, "12:01:00", 2200, FlagExtended)
	f.level(0, "12:02:00", 0, 0)
	f.level(0, "12:02:00", -5, 0)
	f.level(0, "12:02:00", 2_000_000_000, 0)
	f.level(7, "12:02:00", 2100, 0)
	f.level(-1, "12:02:00", 2100, 0)
	x := f.see("12:05:00").Indices[0]
	if x.Level.String() != "2040.00" || x.Open.String() != "2063.00" || x.High.String() != "2070.00" || x.Low.String() != "2013.00" || !x.At.Equal(f.at("12:00:00")) {
		t.Errorf("the index is at %s since %s, open %s, high %s, low %s", x.Level, x.At, x.Open, x.High, x.Low)
	}
	if x.Prelim || x.Official {
		t.Error("during the session the level is final")
	}
	if other := f.see("12:05:00").Indices[1]; other.Level.Known() {
		t.Errorf("the other index is at %s", other.Level)
	}
}

// After the close a level is preliminary until the official one, which is final
// and brings the official range of the day.
func TestOfficialLevels(t *testing.T) {
	f := onFriday(t)
	f.level(1, "15:59:00", 5600, 0)
	f.level(1, "15:59:30", 5580, FlagOfficial) // too early to be
	if x := f.see("16:00:00").Indices[1]; !x.Prelim || x.Level.String() != "5600.00" {
		t.Errorf("after the close the index is at %s, preliminary: %t", x.Level, x.Prelim)
	}
	f.level(1, "16:00:01", 5700, 0)
	f.level(1, "16:05:00", 5581, FlagOfficial)
	f.level(1, "16:06:00", 5700, 0)
	x := f.see("16:10:00").Indices[1]
	day := f.ref.Indices[1].Days[69]
	if x.Prelim || !x.Official || x.Level.String() != "5581.00" || x.High != level(day.High) || x.Low != level(day.Low) {
		t.Errorf("after the official close the index is at %s (official: %t), high %s, low %s", x.Level, x.Official, x.High, x.Low)
	}
}

// An official close that is the session's first word says nothing about its
// range, where the reference does not have it.
func TestOfficialLevelAlone(t *testing.T) {
	f := onFriday(t)
	f.ref.Indices[1].Days = f.ref.Indices[1].Days[:69]
	f.Market = start(f.ref)
	heartbeat(f.Market, f.at("10:00:00"))
	f.level(1, "16:05:00", 5581, FlagOfficial)
	x := f.see("16:10:00").Indices[1]
	if x.Level.String() != "5581.00" || x.Open.Known() || x.High.Known() || x.Low.Known() {
		t.Errorf("the index is at %s, open %s, high %s, low %s", x.Level, x.Open, x.High, x.Low)
	}
}

// The pair is the Russell 2000 against the S&P 500, whatever their order; else
// the first two indices.
func TestPairOfIndices(t *testing.T) {
	for name, c := range map[string]struct {
		symbols []string
		want    string
	}{
		"in order":        {[]string{"RUT", "SPX"}, "RUT SPX"},
		"the other way":   {[]string{"SPX", "RUT"}, "RUT SPX"},
		"among others":    {[]string{"NDX", "SPX", "DJI", "RUT"}, "RUT SPX"},
		"other indices":   {[]string{"NDX", "DJI", "RUT"}, "NDX DJI"},
		"one index":       {[]string{"RUT"}, " "},
		"no index at all": {nil, " "},
	} {
		f := onFriday(t)
		days := f.ref.Indices[0].Days
		f.ref.Indices = nil
		for _, symbol := range c.symbols {
			f.ref.Indices = append(f.ref.Indices, IndexSeries{Symbol: symbol, Days: days})
		}
		f.Market = start(f.ref)
		for i := range c.symbols {
			f.level(ID(i), "10:00:00", 2000, 0)
		}
		p := f.see("10:00:00").Pair
		if got := p.A + " " + p.B; got != c.want || p.Known != (c.want != " ") {
			t.Errorf("%s: the pair is %q", name, got)
		}
	}
}

// The days before a session are in order, once each, and hold closes.
func TestSeriesBefore(t *testing.T) {
	day := func(s string, p num.Price) IndexDay { return IndexDay{Date: date(t, s), Close: p} }
	b := newBook(&Reference{Indices: []IndexSeries{{Symbol: "RUT", Days: []IndexDay{
		day("2025-03-26", 26), day("2025-03-25", 25), day("2025-03-24", 0), day("2025-03-21", -4), day("2025-03-20", num.MaxPrice+1), day("2025-03-28", 28),
	}}}})
	got := b.seriesBefore(date(t, "2025-03-28"), [][]IndexDay{{day("2025-03-26", 99), day("2025-03-27", 27)}})[0]
	if len(got.Days) != 3 || got.Days[0].Close != 25 || got.Days[1].Close != 26 || got.Days[2].Close != 27 || got.Symbol != "RUT" {
		t.Errorf("the days are %+v", got.Days)
	}
}

// A base that only an index has is a base all the same.
func TestBaseOfAnIndexAlone(t *testing.T) {
	f := onFriday(t)
	f.ref.Closes = nil
	f.Market = start(f.ref)
	heartbeat(f.Market, f.at("10:00:00"))
	s := f.see("10:00:00")
	if got := s.Windows[session.Week].Base.String(); got != "2025-03-21" || s.Windows[session.Week].Sessions != 5 {
		t.Errorf("the week is measured from %q over %d sessions", got, s.Windows[session.Week].Sessions)
	}
	if len(s.Size.Buckets) != 0 || s.Universes[0].Valid != 0 {
		t.Error("without closes there are groups")
	}
}

// Who joins in the middle of a session has not seen its open, and perhaps not
// its high and low. The official range of the day is known at its end.
func TestALateJoinerKnowsNoOpen(t *testing.T) {
	for name, c := range map[string]struct {
		first string
		knows bool
	}{
		"at the open":           {"09:30:00", true},
		"a minute after":        {"09:31:00", true},
		"a minute and a second": {"09:31:01", false},
		"in the middle":         {"12:00:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			f.level(0, c.first, 2063, 0)
			f.level(0, "16:00:00", 2070, 0)
			x := f.see("16:00:00").Indices[0]
			if x.Level.String() != "2070.00" || x.Open.Known() != c.knows || x.High.Known() != c.knows || x.Low.Known() != c.knows {
				t.Errorf("the index is at %s, open %s, high %s, low %s", x.Level, x.Open, x.High, x.Low)
			}
			f.level(0, "16:05:00", 2071, FlagOfficial)
			if x, day := f.see("16:10:00").Indices[0], f.ref.Indices[0].Days[69]; x.High != level(day.High) || x.Low != level(day.Low) {
				t.Errorf("after the official close the high is %s and the low %s", x.High, x.Low)
			}
		})
	}
}
