package ndjson

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// quote is a quote of AAA so long after noon.
func quote(after time.Duration, rest string) string {
	return `{"v":1,"t":"q","s":"AAA","ts":` + ts(after) + rest + `}`
}

// beat is a heartbeat so long after noon.
func beat(after time.Duration) string { return `{"v":1,"t":"k","ts":` + ts(after) + `}` }

// What a record says is what the hub is told.
func TestRecordsBecomeUpdates(t *testing.T) {
	const second = time.Second
	monday := session.NewDate(2025, 3, 31)
	at := noon().Add(second)
	for name, c := range map[string]struct {
		lines []string
		want  []model.Update
	}{
		"a quote": {
			[]string{quote(second, `,"p":10.5,"vol":100`)},
			[]model.Update{{Kind: model.KindQuote, ID: 0, At: at, Price: 10_500_000, Volume: 100}},
		},
		"another spelling": {
			[]string{`{"v":1,"t":"q","s":"BRK-B","ts":` + ts(second) + `,"p":31}`},
			[]model.Update{{Kind: model.KindQuote, ID: 2, At: at, Price: 31_000_000}},
		},
		"a bar": {
			[]string{quote(second, `,"p":10.5,"agg":true`)},
			[]model.Update{{Kind: model.KindQuote, Flags: model.FlagBar, At: at, Price: 10_500_000}},
		},
		"an odd lot counts for volume only": {
			[]string{quote(second, `,"p":10.5,"vol":7,"cond":["@","I"]`)},
			[]model.Update{{Kind: model.KindQuote, Flags: model.FlagNoLast, At: at, Volume: 7}},
		},
		"an index level": {
			[]string{`{"v":1,"t":"i","s":"RUT","ts":` + ts(second) + `,"p":2023.27}`},
			[]model.Update{{Kind: model.KindIndexLevel, At: at, Price: 2_023_270_000}},
		},
		"a halt and its end": {
			[]string{
				`{"v":1,"t":"h","s":"BBB","ts":` + ts(second) + `,"st":"H","rc":"T1"}`,
				`{"v":1,"t":"h","s":"BBB","ts":` + ts(2*second) + `,"st":"T"}`,
			},
			[]model.Update{
				{Kind: model.KindHalt, ID: 1, At: at, Text: "T1"},
				{Kind: model.KindResume, ID: 1, At: at.Add(second)},
			},
		},
		"a correction of what nobody has seen yet": {
			[]string{quote(second, `,"p":10.5`), `{"v":1,"t":"x","s":"AAA","ts":` + ts(2*second) + `,"ref":10.5,"p":10.4}`},
			[]model.Update{{Kind: model.KindQuote, At: at, Price: 10_400_000}},
		},
		"a split": {
			[]string{`{"v":1,"t":"c","s":"BBB","ts":` + ts(second) + `,"ex":"2025-03-31","old":10,"new":1}`},
			[]model.Update{{
				Kind: model.KindAction, ID: 1, At: at,
				Payload: &model.Action{ID: 1, ExDate: monday, Kind: model.ActionSplit, Old: 10, New: 1},
			}},
		},
		"a balance sheet keeps what it does not say": {
			[]string{
				`{"v":1,"t":"r","s":"BBB","ts":` + ts(second) + `,"cash":5}`,
				`{"v":1,"t":"r","s":"BBB","ts":` + ts(2*second) + `,"debt":0}`,
			},
			[]model.Update{
				{Kind: model.KindFacts, ID: 1, At: at, Payload: &model.Facts{
					ID: 1, KnownAt: at, Debt: model.Amount{Dollars: 700, Known: true}, Cash: model.Amount{Dollars: 5, Known: true},
				}},
				{Kind: model.KindFacts, ID: 1, At: at.Add(second), Payload: &model.Facts{
					ID: 1, KnownAt: at.Add(second), Debt: model.Amount{Known: true}, Cash: model.Amount{Dollars: 5, Known: true},
				}},
			},
		},
		"shares": {
			[]string{`{"v":1,"t":"r","s":"BBB","ts":` + ts(second) + `,"shares":1000}`},
			[]model.Update{{Kind: model.KindShares, ID: 1, At: at, Payload: &model.ShareCount{ID: 1, KnownAt: at, Shares: 1000}}},
		},
		"an event that is known gets its figure": {
			[]string{`{"v":1,"t":"e","ts":` + ts(second) + `,"at":` + ts(time.Hour) + `,"title":"PCE","actual":"0.4"}`},
			[]model.Update{{Kind: model.KindEvent, At: at, Payload: &model.Event{
				At: noon().Add(time.Hour), Title: "PCE", Importance: 3, Consensus: "0.3", Actual: "0.4", KnownAt: at,
			}}},
		},
		"a new event": {
			[]string{`{"v":1,"t":"e","ts":` + ts(second) + `,"at":` + ts(2*time.Hour) + `,"title":"ISM","previous":"50.3"}`},
			[]model.Update{{Kind: model.KindEvent, At: at, Payload: &model.Event{
				At: noon().Add(2 * time.Hour), Title: "ISM", Importance: 1, Previous: "50.3", KnownAt: noon().Add(2 * time.Hour), Listed: at,
			}}},
		},
		"a fed-funds contract": {
			[]string{`{"v":1,"t":"f","sym":"ZQZ5","ts":` + ts(second) + `,"p":96.365}`},
			[]model.Update{{Kind: model.KindFedFunds, At: at, Payload: &model.FedFunds{Year: 2025, Month: time.December, Price: 96_365_000}}},
		},
		"an unknown symbol": {[]string{`{"v":1,"t":"q","s":"ZZZ","ts":` + ts(second) + `,"p":1}`, beat(second)}, nil},
		"nothing but time":  {[]string{beat(second)}, nil},
		"a trade of tomorrow": {
			[]string{quote(24*time.Hour, `,"p":10.5`), quote(second, `,"p":10.6`)},
			[]model.Update{{Kind: model.KindQuote, At: at, Price: 10_600_000}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []model.Update
			for _, u := range told(t, options(), c.lines...) {
				switch u.Kind {
				case model.KindReset, model.KindHealth, model.KindHeartbeat:
				default:
					got = append(got, u)
				}
			}
			if text, want := describe(got), describe(c.want); text != want {
				t.Errorf("the hub is told\n%s\nwant\n%s", text, want)
			}
		})
	}
}

// describe writes updates so that equal moments look equal.
func describe(updates []model.Update) string {
	var b strings.Builder
	for _, u := range updates {
		u.At = u.At.In(session.Zone())
		switch p := u.Payload.(type) {
		case *model.Facts:
			p.KnownAt = p.KnownAt.In(session.Zone())
		case *model.ShareCount:
			p.KnownAt = p.KnownAt.In(session.Zone())
		case *model.Event:
			p.At, p.KnownAt, p.Listed = p.At.In(session.Zone()), p.KnownAt.In(session.Zone()), p.Listed.In(session.Zone())
		}
		payload := u.Payload
		u.Payload = nil
		fmt.Fprintf(&b, "%+v %+v\n", u, payload)
	}
	return b.String()
}

// The official close and the previous close go to the session that they are of.
func TestCloses(t *testing.T) {
	evening := session.NewDate(2025, 3, 28).At(16, 20)
	opts := options()
	opts.Now = func() time.Time { return evening }
	opts.Reference.Closes = nil
	all := told(t, opts,
		`{"v":1,"t":"q","s":"AAA","ts":`+ts(0)+`,"pc":9.9,"pcd":"2025-03-27"}`,
		`{"v":1,"t":"q","s":"AAA","ts":`+ts(4*time.Hour)+`,"oc":10.1,"vol":500}`,
		`{"v":1,"t":"o","s":"BBB","ts":`+ts(4*time.Hour)+`,"p":20.1}`,
		`{"v":1,"t":"i","s":"RUT","ts":`+ts(4*time.Hour)+`,"oc":2023.27}`,
		beat(4*time.Hour))
	closes := map[string]string{}
	var ref *model.Reference
	for _, u := range all {
		switch {
		case u.Kind == model.KindOfficialClose:
			closes[ref.Instruments[u.ID].Symbol] = fmt.Sprint(u.Price.Decimal(), " ", u.Volume)
		case u.Kind == model.KindIndexLevel && u.Flags&model.FlagOfficial != 0:
			closes[ref.Indices[u.ID].Symbol] = u.Price.Decimal().String()
		case u.Kind == model.KindReset:
			ref = u.Payload.(*model.Reset).Reference
		}
	}
	if want := map[string]string{"AAA": "10.1 500", "BBB": "20.1 0", "RUT": "2023.27"}; !reflect.DeepEqual(closes, want) {
		t.Errorf("the official closes are %v, want %v", closes, want)
	}
	if n := len(ref.Closes); n != 1 || ref.Closes[0].Price[0] != 9_900_000 || ref.Closes[0].Date != session.NewDate(2025, 3, 27) {
		t.Errorf("the closes of the session before are %+v", ref.Closes)
	}
}

// lastReset is the newest epoch's.
func lastReset(all []model.Update) (last *model.Reset) {
	for _, u := range all {
		if r, ok := u.Payload.(*model.Reset); ok {
			last = r
		}
	}
	return last
}

// The records say who the feed is and how late its data.
func TestFeedIsDeclared(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"it says nothing":             {[]string{quote(0, `,"p":10`)}, "stdin 0s live"},
		"it has a name":               {[]string{quote(0, `,"p":10,"src":"mine"`)}, "mine 0s live"},
		"the first name stays":        {[]string{quote(0, `,"p":10,"src":"mine"`), quote(1, `,"p":10,"src":"halts"`)}, "mine 0s live"},
		"its data is late":            {[]string{quote(0, `,"p":10,"dly":900`)}, "stdin 15m0s delayed"},
		"a part of its data is late":  {[]string{quote(0, `,"p":10,"dly":900`), beat(0), quote(1, `,"p":10,"dly":0`)}, "stdin 15m0s delayed"},
		"a part of it is even later":  {[]string{quote(0, `,"p":10,"dly":15`), beat(0), quote(1, `,"p":10,"dly":60`)}, "stdin 1m0s delayed"},
		"its name is not what it was": {[]string{quote(0, `,"p":10,"src":"\u001b[2Jevil"`)}, "[2Jevil 0s live"},
	} {
		t.Run(name, func(t *testing.T) {
			opts := options()
			opts.Now = func() time.Time { return noon().Add(20 * time.Minute) }
			r := lastReset(told(t, opts, c.lines...))
			mode := map[model.Mode]string{model.ModeLive: "live", model.ModeDelayed: "delayed"}[r.Mode]
			if got := fmt.Sprint(r.Feed, " ", r.Delay, " ", mode); got != c.want || r.Interval != time.Second {
				t.Errorf("it is declared as %q every %s, want %q", got, r.Interval, c.want)
			}
		})
	}
}

// A line in the middle that is wrong costs nothing but itself, and is named on
// the screen and, in full length, in the log.
func TestBadLines(t *testing.T) {
	var log logbook
	opts := options()
	opts.Log = slog.New(slog.NewTextHandler(&log, nil))
	lines := []string{}
	for i := range 1000 {
		lines = append(lines, quote(time.Duration(i), fmt.Sprintf(`,"p":%d`, i+1)))
	}
	lines[500] = quote(500, `,"p":null`)
	lines[600] = strings.Repeat("x", 2<<20)
	all := told(t, opts, lines...)
	var health model.Health
	var price string
	for _, u := range all {
		if h, ok := u.Payload.(*model.Health); ok {
			health = *h
		}
		if u.Kind == model.KindQuote {
			price = u.Price.Decimal().String()
		}
	}
	if price != "1000" {
		t.Errorf("the last price is %s", price)
	}
	if want := "stdin:601: the line is longer than 1048576 bytes"; health.Problem != want || health.State != model.FeedOK {
		t.Errorf("the health is %+v, want the problem %q", health, want)
	}
	if !strings.Contains(log.String(), "stdin:501: p is null; leave out what is not known") {
		t.Errorf("the log says %s", log.String())
	}
	if health.Dropped != 2 {
		t.Errorf("%d updates are counted as lost, want the two bad lines", health.Dropped)
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"":              "write ndjson:- or ndjson:PATH or ndjson:unix:PATH or exec:COMMAND",
		"replay":        `"replay" is no feed of this kind`,
		"ndjson:":       "needs a path",
		"ndjson:unix:":  "needs a path",
		"exec:":         "needs a command",
		"exec:  ":       "needs a command",
		"ndjson:-":      "no standard input",
		"ndjson:quotes": "",
		"exec:./a b":    "",
	} {
		f, err := New(address, Options{})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) || (f == nil) != (err != nil) {
			t.Errorf("%q gives the error %v, want %q", address, err, want)
		}
	}
}
