package alpaca

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// at is a time of Friday 28 March 2025 in New York.
func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05.999", "2025-03-28 "+clock, session.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

// stamp is a time as Alpaca writes it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

var friday = session.NewDate(2025, 3, 28)

func TestDecodeSnapshots(t *testing.T) {
	body := fmt.Sprintf(`{
		"AAA":{"latestTrade":{"t":%[1]q,"x":"V","p":12.3401,"s":40,"c":["@","I"],"i":1,"z":"C"},
		       "latestQuote":{"t":%[1]q,"ax":"V","ap":12.35,"as":1,"bx":"V","bp":12.33,"bs":1,"c":["R"]},
		       "minuteBar":{"t":%[2]q,"o":12,"h":12.5,"l":12,"c":12.34,"v":900,"n":8,"vw":12.2},
		       "dailyBar":{"t":%[3]q,"o":12,"h":12.5,"l":11.9,"c":12.34,"v":1234567.5,"n":80,"vw":12.2},
		       "prevDailyBar":{"t":%[4]q,"o":11,"h":11.5,"l":10.9,"c":11.2,"v":99,"n":8,"vw":11.2}},
		"BBB":null,
		"CCC":{"latestTrade":null,"minuteBar":null,"dailyBar":{"t":%[3]q,"c":0,"v":0},"prevDailyBar":null},
		"DDD":{"dailyBar":["not","a","bar"]},
		"EEE":{"latestTrade":{"t":"yesterday","p":5,"s":1,"c":[]}}
	}`, stamp(at("11:00:03.5")), stamp(at("10:59:00")), stamp(friday.Time()), stamp((friday - 1).Time()))
	found, refused, err := decodeSnapshots([]byte(body))
	if err != nil || refused != 1 || len(found) != 3 {
		t.Fatalf("%d snapshots, %d refused, %v; want 3, 1 (DDD), none", len(found), refused, err)
	}
	for _, s := range found {
		switch s.Symbol {
		case "AAA":
			if s.Trade.Price != 12_340_100 || !s.Trade.At.Equal(at("11:00:03.5")) || s.Day.Volume != 1_234_567 || s.Before.Close != 11_200_000 {
				t.Errorf("AAA is %+v", s)
			}
		case "CCC", "EEE":
			if s.Trade.Price != 0 || s.Day.Close != 0 {
				t.Errorf("%s has figures, although they are zero or without a time: %+v", s.Symbol, s)
			}
		default:
			t.Errorf("%s was found", s.Symbol)
		}
	}
}

func TestDecodeSnapshotsRefusesWhatIsNone(t *testing.T) {
	for name, body := range map[string]string{
		"empty": "", "a page": "<html>", "a list": "[]", "a text": `"busy"`, "half": `{"AAA":{"latestTrade":{"t":`,
	} {
		t.Run(name, func(t *testing.T) {
			if found, _, err := decodeSnapshots([]byte(body)); err == nil || !strings.Contains(err.Error(), "Alpaca") {
				t.Errorf("%v, %v, want an error that names Alpaca", found, err)
			}
		})
	}
}

func TestPreviousCloseIsChosenByDate(t *testing.T) {
	day := func(d session.Date, p num.Price) Bar { return Bar{At: d.Time(), Close: p} }
	for name, c := range map[string]struct {
		day, before Bar
		want        Close
	}{
		"after today's first print": {day(friday, 30), day(friday-1, 20), Close{friday - 1, 20}},
		"before it":                 {day(friday-1, 20), day(friday-2, 10), Close{friday - 1, 20}},
		"not traded for a week":     {day(friday-7, 20), day(friday-8, 10), Close{friday - 7, 20}},
		"listed today":              {day(friday, 30), Bar{}, Close{}},
		"nothing":                   {Bar{}, Bar{}, Close{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := Snapshot{Day: c.day, Before: c.before}
			if got := s.PreviousClose(friday); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestLast(t *testing.T) {
	today, yesterday := Bar{At: friday.Time(), Close: 30}, Bar{At: (friday - 1).Time(), Close: 20}
	thursday := func(clock string) time.Time { return at(clock).AddDate(0, 0, -1) }
	regular := func(when time.Time, codes ...string) Trade {
		return Trade{At: when, Price: 31, Conditions: codes, Tape: "C"}
	}
	type want struct {
		price  num.Price
		at     time.Time
		single bool
	}
	for name, c := range map[string]struct {
		snapshot Snapshot
		want     want
	}{
		"a regular print": {
			Snapshot{Day: today, Trade: regular(at("11:00:03"), "@", "F")}, want{31, at("11:00:03"), true},
		},
		"an odd lot, the minute before known": {
			Snapshot{Day: today, Trade: regular(at("11:00:03"), "@", "I"), Minute: Bar{At: at("10:57:00"), Close: 30}},
			want{30, at("10:57:59.999"), false},
		},
		"an odd lot in the minute of the bar": {
			Snapshot{Day: today, Trade: regular(at("10:57:40"), "@", "I"), Minute: Bar{At: at("10:57:00"), Close: 30}},
			want{30, at("10:57:40"), false},
		},
		"an odd lot, and no minute": {
			Snapshot{Day: today, Trade: regular(at("11:00:03"), "I")}, want{30, at("09:30:00"), false},
		},
		"an odd lot, and a minute from before the open": {
			Snapshot{Day: today, Trade: regular(at("09:31:03"), "I"), Minute: Bar{At: at("09:29:00"), Close: 30}},
			want{30, at("09:30:00"), false},
		},
		"after the close": {
			Snapshot{Day: today, Trade: regular(at("17:20:00"), "@", "T"), Minute: Bar{At: at("17:19:00"), Close: 31}},
			want{30, at("16:00:00"), false},
		},
		"after the close, last traded before it": {
			Snapshot{Day: today, Trade: regular(at("14:10:00"), "@")}, want{31, at("14:10:00"), true},
		},
		"before the open": {
			Snapshot{Day: yesterday, Trade: regular(at("08:20:00"), "@", "T"), Minute: Bar{At: at("08:19:00"), Close: 31}},
			want{20, thursday("16:00:00"), false},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, when, single, ok := c.snapshot.Last(session.New())
			got := want{p, when.Truncate(time.Millisecond), single}
			if !ok || got.price != c.want.price || !got.at.Equal(c.want.at) || got.single != c.want.single {
				t.Errorf("got %v at %s, print %v, %v; want %+v", p, when.In(session.Zone()), single, ok, c.want)
			}
		})
	}
	for name, snapshot := range map[string]Snapshot{
		"no daily bar":        {Trade: regular(at("11:00:00"))},
		"a bar of a Saturday": {Day: Bar{At: (friday + 1).Time(), Close: 30}, Trade: regular(at("11:00:00"))},
	} {
		if p, _, _, ok := snapshot.Last(session.New()); ok {
			t.Errorf("%s: there is a last price %v", name, p)
		}
	}
}

func TestConditions(t *testing.T) {
	for _, c := range []struct {
		codes, tape string
		want        bool
	}{
		{"@", "C", true},
		{" ", "A", true},
		{"", "A", true},
		{"@ F", "C", true},
		{"@ O X", "C", true},
		{"6", "A", true},
		{"E", "A", true},
		{"@ I", "C", false},
		{"@ F T I", "C", false},
		{"M", "C", false},
		{"Q", "C", false},
		{"4", "C", false},
		{"@ 7 V", "C", false},
		{"Z", "A", false},
		{"W", "C", false},
		{"B", "A", false},
		{"B", "C", true},
		{"?", "C", true},
	} {
		trade := Trade{Conditions: strings.Split(c.codes, " "), Tape: c.tape}
		if got := trade.lasting(); got != c.want {
			t.Errorf("conditions %q on tape %s may be a last price: %v, want %v", c.codes, c.tape, got, c.want)
		}
	}
}
