package model

import (
	"fmt"
	"strings"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// A level that is off by a factor
// is not shown until two more agree with it; a crash is.
func TestBadLevels(t *testing.T) {
	for name, c := range map[string]struct {
		levels   []num.Price // every five seconds from 10:00:00 on
		shown    string
		rejected int
		told     string
	}{
		"ordinary":                             {[]num.Price{2060, 2050, 2070}, "2070.00", 0, ""},
		"ten times too high":                   {[]num.Price{2060, 20600}, "2060.00", 1, "20600.00 (+900 % from the last level)"},
		"a hundredth":                          {[]num.Price{2060, 20}, "2060.00", 1, "20.00 (-99 % from the last level)"},
		"the first of the day":                 {[]num.Price{20657}, "", 1, "20657.00 (+913 % from the previous close)"},
		"the first, and then an ordinary one":  {[]num.Price{20657, 2050}, "2050.00", 1, "from the previous close"},
		"a bad one between good ones":          {[]num.Price{2060, 5600, 2061, 5600, 2062}, "2062.00", 2, "5600.00"},
		"twice":                                {[]num.Price{2060, 5600, 5601}, "2060.00", 2, "5600.00"},
		"two more agree":                       {[]num.Price{2060, 1800, 1801, 1799}, "1799.00", 0, "1800.00 (-13 % from the last level)"},
		"those that follow do not agree":       {[]num.Price{2060, 20600, 206, 20600}, "2060.00", 3, "20600.00"},
		"nine per cent in one step":            {[]num.Price{2060, 1880}, "1880.00", 0, ""},
		"a crash in steps":                     {[]num.Price{2060, 1900, 1750, 1600}, "1600.00", 0, ""},
		"after a believed jump the old one is": {[]num.Price{2060, 1800, 1800, 1800, 2060}, "1800.00", 1, "2060.00 (+14 % from the last level)"},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			for i, p := range c.levels {
				f.level(0, fmt.Sprintf("10:00:%02d", 5*i), p, 0)
			}
			s := f.see("10:02:00")
			x := s.Indices[0]
			if got := x.Level.String(); x.Level.Known() && got != c.shown || !x.Level.Known() && c.shown != "" {
				t.Errorf("the index is at %s, want %q", got, c.shown)
			}
			if s.Quality.Rejected != c.rejected {
				t.Errorf("%d levels are rejected, want %d", s.Quality.Rejected, c.rejected)
			}
			told := ""
			for _, i := range s.Quality.Incidents {
				if i.Symbol == "RUT" && i.Kind == IncidentRejected {
					told = i.Detail
				}
			}
			if (told == "") != (c.told == "") || !strings.Contains(told, c.told) {
				t.Errorf("told %q, want %q", told, c.told)
			}
		})
	}
}

// What was not believed is in no figure of the session.
func TestBadLevelsLeaveNoTrace(t *testing.T) {
	f := onFriday(t)
	f.level(0, "09:30:00", 2060, 0)
	f.level(0, "10:00:00", 2070, 0)
	f.level(0, "10:00:01", 20700, 0)
	f.level(0, "10:00:01", 20700, 0) // told twice is not confirmed
	f.level(0, "10:00:01", 20700, 0)
	f.level(0, "10:06:00", 2065, 0)
	x := f.see("10:30:00").Indices[0]
	if x.High.String() != "2070.00" || x.Low.String() != "2060.00" || x.Level.String() != "2065.00" {
		t.Errorf("the index is at %s, high %s, low %s", x.Level, x.High, x.Low)
	}
	for _, v := range x.Curves[session.Day].Lines[0] {
		if v > 2070 {
			t.Errorf("the chart goes to %v", v)
		}
	}
}

// An official close is told once. Far from the session's last hour it is a
// mistake; far from a level of the morning, or from none, it may be a crash.
func TestBadOfficialLevels(t *testing.T) {
	for name, c := range map[string]struct {
		last  string // when the last level came
		close num.Price
		shown string
		is    bool
	}{
		"as usual":                   {"15:59:00", 2062, "2062.00", true},
		"off by a factor":            {"15:59:00", 206, "2060.00", false},
		"long after the last level":  {"10:00:00", 1800, "1800.00", true},
		"the only word of the day":   {"", 1800, "1800.00", true},
		"an hour and a minute later": {"14:59:00", 1800, "1800.00", true},
	} {
		t.Run(name, func(t *testing.T) {
			f := onFriday(t)
			f.ref.Indices[0].Days = f.ref.Indices[0].Days[:69]
			f.Market = start(f.ref)
			heartbeat(f.Market, f.at("09:31:00"))
			if c.last != "" {
				f.level(0, c.last, 2060, 0)
			}
			f.level(0, "16:05:00", c.close, FlagOfficial)
			s := f.see("16:10:00")
			if x := s.Indices[0]; x.Level.String() != c.shown || x.Official != c.is || s.Quality.Rejected > 0 == c.is {
				t.Errorf("the index is at %s (official: %t), %d rejected", x.Level, x.Official, s.Quality.Rejected)
			}
		})
	}
}

// Without a close of the day before the first level stands for itself, and a
// wrong one gives way to those that follow.
func TestAFirstLevelThatNothingIsKnownOf(t *testing.T) {
	f := onFriday(t)
	f.ref.Indices[0].Days = nil
	f.Market = start(f.ref)
	heartbeat(f.Market, f.at("09:31:00"))
	f.level(0, "10:00:00", 20600, 0)
	f.level(0, "10:00:05", 2060, 0)
	f.level(0, "10:00:10", 2061, 0)
	f.level(0, "10:00:15", 2062, 0)
	if x := f.see("10:02:00").Indices[0]; x.Level.String() != "2062.00" {
		t.Errorf("the index is at %s", x.Level)
	}
}
