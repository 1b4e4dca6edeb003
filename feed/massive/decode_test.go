package massive

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

var friday = session.NewDate(2025, 3, 28)

// at is a time of Friday 28 March 2025 in New York.
func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05.999", "2025-03-28 "+clock, session.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func TestInstantTellsTheUnit(t *testing.T) {
	when := at("11:00:00.25")
	for name, c := range map[string]struct {
		n    int64
		want time.Time
	}{
		"nanoseconds":  {when.UnixNano(), when},
		"microseconds": {when.UnixMicro(), when},
		"milliseconds": {when.UnixMilli(), when},
		"nothing":      {0, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := instant(json.Number(strconv.FormatInt(c.n, 10))); !got.Equal(c.want) {
				t.Errorf("%d is %s, want %s", c.n, got, c.want)
			}
		})
	}
	for _, bad := range []json.Number{"", "-5", "soon", "1e300"} {
		if got := instant(bad); !got.IsZero() {
			t.Errorf("%q is %s", bad, got)
		}
	}
}

func TestSpelling(t *testing.T) {
	for theirs, ours := range map[string]string{
		"AAPL": "AAPL", "BRK.B": "BRK.B", "KIMpL": "KIM.PRL", "BACp": "BAC.PR", "GEVw": "GEV.WI", "A": "A",
	} {
		if got := canonical(theirs); got != ours {
			t.Errorf("%s is %s, want %s", theirs, got, ours)
		}
		if got := ticker(ours); got != theirs {
			t.Errorf("%s is asked for as %s, want %s", ours, got, theirs)
		}
	}
	for _, odd := range []string{"", "p", "fooL", "ABCx", "ABCpxy"} {
		if got := canonical(odd); got != odd {
			t.Errorf("%q becomes %q although nobody knows what it means", odd, got)
		}
	}
}

func TestDecodeSnapshots(t *testing.T) {
	body := fmt.Sprintf(`{"count":4,"status":"OK","tickers":[
		{"ticker":"KIMpL","day":{"c":20.506,"h":20.64,"l":20.5,"o":20.64,"v":37216.6,"vw":20.6},
		 "lastQuote":{"P":20.6,"S":22,"p":20.5,"s":13,"t":%[1]d},"lastTrade":{"c":[14,41],"i":"7","p":20.51,"s":2416,"t":%[1]d,"x":4},
		 "min":{"av":37216,"c":20.5,"h":20.5,"l":20.5,"n":1,"o":20.5,"t":%[2]d,"v":5000,"vw":20.5},
		 "prevDay":{"c":20.63,"h":21,"l":20.5,"o":20.79,"v":292738,"vw":20.7},"todaysChange":-0.1,"todaysChangePerc":-0.6,"updated":%[1]d},
		{"ticker":"ZERO","day":{"c":0,"h":0,"l":0,"o":0,"v":0,"vw":0},"min":{"c":0,"t":0},"prevDay":{"c":5},"updated":0},
		{"ticker":"ODD","day":[]},
		{"ticker":"NULL","day":null,"lastTrade":{"c":null,"p":3,"t":%[1]d},"min":null,"updated":%[1]d}]}`,
		at("11:00:00.25").UnixNano(), at("10:59:00").UnixMilli())
	found, refused, err := decodeSnapshots([]byte(body))
	if err != nil || refused != 1 || len(found) != 3 {
		t.Fatalf("%d snapshots, %d refused, %v; want 3, 1 (ODD)", len(found), refused, err)
	}
	first := found[0]
	if first.Symbol != "KIM.PRL" || first.Trade.Price != 20_510_000 || !first.Trade.At.Equal(at("11:00:00.25")) ||
		!first.Minute.At.Equal(at("10:59:00")) || first.Day.Volume != 37_216 {
		t.Errorf("got %+v", first)
	}
	if _, _, _, ok := found[1].Last(session.New()); ok || found[1].Day != (Bar{}) {
		t.Errorf("a ticker of zeros has figures: %+v", found[1])
	}
}

func TestLast(t *testing.T) {
	trade := func(when time.Time, codes ...int) Trade { return Trade{At: when, Price: 31, Conditions: codes} }
	day := Bar{Close: 29}
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
			Snapshot{Trade: trade(at("11:00:03"), 14, 41), Day: day, Updated: at("11:00:03")}, want{31, at("11:00:03"), true},
		},
		"an odd lot, so the minute": {
			Snapshot{Trade: trade(at("11:00:03"), 37), Minute: Bar{At: at("10:58:00"), Close: 30}, Day: day, Updated: at("11:00:03")},
			want{30, at("10:58:59.999"), false},
		},
		"a plan without trades": {
			Snapshot{Minute: Bar{At: at("10:59:00"), Close: 30}, Day: day, Updated: at("10:59:30")}, want{30, at("10:59:30"), false},
		},
		"no trade and no minute": {
			Snapshot{Day: day, Updated: at("11:00:03")}, want{29, at("11:00:03"), false},
		},
		"after the close": {
			Snapshot{Trade: trade(at("17:00:03"), 12), Minute: Bar{At: at("17:00:00"), Close: 31}, Day: day, Updated: at("17:00:03")},
			want{29, at("16:00:00"), false},
		},
		"before the open there is none": {
			Snapshot{Trade: trade(at("08:00:03"), 12), Minute: Bar{At: at("08:00:00"), Close: 31}, Updated: at("08:00:03")}, want{},
		},
		"the minute before the open is no print of the day": {
			Snapshot{Minute: Bar{At: at("09:29:00"), Close: 31}, Updated: at("09:30:00")}, want{},
		},
		"a Saturday": {
			Snapshot{Day: day, Updated: at("11:00:00").AddDate(0, 0, 1)}, want{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, when, single, ok := c.snapshot.Last(session.New())
			if ok != (c.want.price > 0) || p != c.want.price || !when.Truncate(time.Millisecond).Equal(c.want.at) || single != c.want.single {
				t.Errorf("got %d at %s, print %v, %v; want %+v", p, when, single, ok, c.want)
			}
		})
	}
}

func TestDecodeGrouped(t *testing.T) {
	bars, err := decodeGrouped([]byte(fmt.Sprintf(`{"adjusted":false,"queryCount":3,"results":[
		{"T":"KIMpL","c":25.9102,"h":26.25,"l":25.91,"n":74,"o":26.07,"t":%[1]d,"v":4369,"vw":26.0407},
		{"T":"TTT","c":23.4,"h":24.763,"l":22.65,"o":24.5,"t":%[1]d,"v":2.59336e+04},
		{"T":"ZZZ","c":0,"t":%[1]d,"v":0}],"resultsCount":3,"status":"OK"}`, at("16:00:00").UnixMilli())))
	if err != nil || len(bars) != 2 || bars[0].Symbol != "KIM.PRL" || bars[0].Close != 25_910_200 || bars[1].Volume != 25_933 {
		t.Errorf("%+v, %v", bars, err)
	}
	if session.DateOf(bars[0].At) != friday {
		t.Errorf("the bar is of %s, want %s", session.DateOf(bars[0].At), friday)
	}
	if bars, err := decodeGrouped([]byte(`{"queryCount":0,"resultsCount":0,"adjusted":true,"status":"OK"}`)); err != nil || len(bars) != 0 {
		t.Errorf("a holiday gives %v, %v", bars, err)
	}
}

func TestDecodeSplits(t *testing.T) {
	splits, refused, next, err := decodeSplits([]byte(`{"next_url":"https://api.massive.com/v3/reference/splits?cursor=abc","results":[
		{"execution_date":"2025-03-28","split_from":1,"split_to":20,"ticker":"AAA"},
		{"execution_date":"2025-03-28","split_from":2,"split_to":1,"ticker":"BBB"},
		{"execution_date":"2025-03-28","split_from":1,"split_to":1.5,"ticker":"CIG.C"},
		{"execution_date":"2025-03-28","split_from":0,"split_to":1,"ticker":"DDD"},
		{"execution_date":"","split_from":1,"split_to":2,"ticker":"EEE"}],"status":"OK"}`))
	want := []Split{{"AAA", friday, 20, 1}, {"BBB", friday, 1, 2}, {"CIG.C", friday, 3, 2}}
	if err != nil || refused != 2 || next != "https://api.massive.com/v3/reference/splits?cursor=abc" || len(splits) != len(want) {
		t.Fatalf("%+v, %d refused, next %q, %v", splits, refused, next, err)
	}
	for i := range want {
		if splits[i] != want[i] {
			t.Errorf("split %d is %+v, want %+v", i, splits[i], want[i])
		}
	}
	if a := want[1].Action(7); a != (model.Action{ID: 7, ExDate: friday, Kind: model.ActionSplit, New: 1, Old: 2}) {
		t.Errorf("the action is %+v", a)
	}
}

func TestDecodeIndices(t *testing.T) {
	indices, err := decodeIndices([]byte(fmt.Sprintf(`{"results":[
		{"last_updated":%d,"market_status":"open","name":"Russell 2000","session":{"close":2023,"previous_close":2065.7},"ticker":"I:RUT","type":"indices","value":2023.27},
		{"error":"NOT_FOUND","message":"Ticker not found.","ticker":"I:XXX"},
		{"error":"NOT_ENTITLED","message":"Not entitled to this ticker.","ticker":"I:SPX"},
		{"ticker":"I:NIL","value":0,"last_updated":1}],"status":"OK"}`, at("11:00:00").UnixNano())))
	if err != nil || len(indices) != 3 {
		t.Fatalf("%+v, %v; want three", indices, err)
	}
	rut := indices[0]
	if rut.Symbol != "RUT" || rut.Level != 2_023_270_000 || rut.Previous != 2_065_700_000 || !rut.At.Equal(at("11:00:00")) {
		t.Errorf("RUT is %+v", rut)
	}
	if indices[1].Problem != "NOT_FOUND" || indices[2].Problem != "NOT_ENTITLED" || indices[2].Symbol != "SPX" {
		t.Errorf("the problems are %+v", indices[1:])
	}
}

func TestDays(t *testing.T) {
	days, err := decodeHolidays([]byte(`[
		{"exchange":"NYSE","name":"Good Friday","date":"2025-04-18","status":"closed"},
		{"exchange":"NASDAQ","name":"A day off","date":"2025-04-21","status":"closed"},
		{"exchange":"NYSE","name":"Short","date":"2025-04-17","status":"early-close","open":"2025-04-17T13:30:00.000Z","close":"2025-04-17T17:00:00.000Z"},
		{"exchange":"NYSE","name":"Odd","date":"2025-04-16","status":"early-close","open":"","close":""},
		{"exchange":"NYSE","name":"Mourning","date":"2025-04-15","status":"closed"}]`))
	if err != nil || len(days) != 3 {
		t.Fatalf("%+v, %v; want three", days, err)
	}
	revised, err := revise(session.New(), days)
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := revised.On(session.NewDate(2025, 4, 17)); !ok || s.Minutes() != 210 {
		t.Errorf("17 April is %+v, %v; want a half day", s, ok)
	}
	for date, want := range map[session.Date]bool{
		session.NewDate(2025, 4, 15): false, session.NewDate(2025, 4, 16): true,
		session.NewDate(2025, 4, 18): false, session.NewDate(2025, 4, 21): true,
	} {
		if _, ok := revised.On(date); ok != want {
			t.Errorf("%s is a session: %v, want %v", date, ok, want)
		}
	}
	status, err := decodeStatus([]byte(`{"market":"extended-hours","earlyHours":false,"afterHours":true,"serverTime":"2025-03-28T16:48:08-04:00","exchanges":{}}`))
	if err != nil || status.Market != "extended-hours" || !status.Now.Equal(at("16:48:08")) {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestDecodersRefuseWhatIsNone(t *testing.T) {
	for name, decode := range map[string]func([]byte) error{
		"snapshots": func(b []byte) error { _, _, err := decodeSnapshots(b); return err },
		"grouped":   func(b []byte) error { _, err := decodeGrouped(b); return err },
		"splits":    func(b []byte) error { _, _, _, err := decodeSplits(b); return err },
		"indices":   func(b []byte) error { _, err := decodeIndices(b); return err },
		"holidays":  func(b []byte) error { _, err := decodeHolidays(b); return err },
		"status":    func(b []byte) error { _, err := decodeStatus(b); return err },
		"messages":  func(b []byte) error { _, _, err := decodeMessages(b); return err },
	} {
		for _, body := range []string{"", "<html>busy</html>", `"text"`, `{"tickers":`, "\x00"} {
			if err := decode([]byte(body)); err == nil {
				t.Errorf("%s: %q is read without an error", name, body)
			}
		}
	}
}

func TestStreamMessages(t *testing.T) {
	second := fmt.Sprintf(`"s":%d,"e":%d`, at("10:59:59").UnixMilli(), at("11:00:00").UnixMilli())
	for name, c := range map[string]struct {
		message string
		want    told // zero: nothing
	}{
		"a second": {
			`{"ev":"A","sym":"AAA","v":200,"av":8642007,"op":25.66,"vw":25.3981,"o":25.39,"c":25.4,"h":25.41,"l":25.39,"a":25.3714,"z":50,` + second + `}`,
			told{symbol: "AAA", kind: model.KindQuote, flags: model.FlagBar, at: at("11:00:00").Add(-1), price: 25_400_000, volume: 8_642_007},
		},
		"a preferred share": {
			`{"ev":"A","sym":"KIMpL","av":1,"c":25,` + second + `}`,
			told{symbol: "KIM.PRL", kind: model.KindQuote, flags: model.FlagBar, at: at("11:00:00").Add(-1), price: 25_000_000, volume: 1},
		},
		"an index level": {
			fmt.Sprintf(`{"ev":"V","val":3988.5,"T":"I:SPX","t":%d}`, at("11:00:00").UnixMilli()),
			told{symbol: "SPX", kind: model.KindIndexLevel, at: at("11:00:00"), price: 3_988_500_000},
		},
		"a halt, told in microseconds": {
			fmt.Sprintf(`{"ev":"LULD","T":"AAA","h":218.96,"l":198.11,"i":[21,17],"z":3,"t":%d,"q":290317}`, at("11:00:00").UnixMicro()),
			told{symbol: "AAA", kind: model.KindHalt, at: at("11:00:00"), text: "LUDP"},
		},
		"trading again": {
			fmt.Sprintf(`{"ev":"LULD","T":"AAA","h":218.96,"l":198.11,"i":[18],"z":3,"t":%d}`, at("11:00:00").UnixMilli()),
			told{symbol: "AAA", kind: model.KindResume, at: at("11:00:00")},
		},
		"bands":         {fmt.Sprintf(`{"ev":"LULD","T":"AAA","h":2,"l":1,"i":[21],"t":%d}`, at("11:00:00").UnixMilli()), told{}},
		"no price":      {`{"ev":"A","sym":"AAA","c":0,` + second + `}`, told{}},
		"no time":       {`{"ev":"A","sym":"AAA","c":1}`, told{}},
		"no symbol":     {`{"ev":"A","c":1,` + second + `}`, told{}},
		"a trade":       {`{"ev":"T","sym":"AAA","p":1,"t":1743174000000}`, told{}},
		"something new": {`{"ev":"NEW","sym":"AAA"}`, told{}},
	} {
		t.Run(name, func(t *testing.T) {
			messages, refused, err := decodeMessages([]byte("[" + c.message + "]"))
			if err != nil || refused != 0 || len(messages) != 1 {
				t.Fatalf("%d messages, %d refused, %v", len(messages), refused, err)
			}
			got, ok := messages[0].tell()
			if !ok {
				got = told{}
			}
			got.at, c.want.at = got.at.UTC(), c.want.at.UTC()
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestConditions(t *testing.T) {
	for _, c := range []struct {
		codes []int
		want  bool
	}{
		{nil, true},
		{[]int{14, 41}, true},
		{[]int{8}, true},
		{[]int{25}, true},
		{[]int{38}, true},
		{[]int{99}, true},
		{[]int{37}, false},
		{[]int{14, 37, 41}, false},
		{[]int{12, 37}, false},
		{[]int{15}, false},
		{[]int{16}, false},
		{[]int{2}, false},
		{[]int{53}, false},
	} {
		trade := Trade{Conditions: c.codes}
		if got := trade.lasting(); got != c.want {
			t.Errorf("conditions %v may be a last price: %v, want %v", c.codes, got, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"tickers":[{"ticker":"KIMpL","day":{"c":1},"lastTrade":{"p":1,"t":1},"updated":1}],"results":[{"T":"A","c":1,"t":1}]}`))
	f.Add([]byte(`[{"ev":"LULD","T":"p","i":[17],"t":1}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		found, _, _ := decodeSnapshots(body)
		for i := range found {
			if p, at, _, ok := found[i].Last(session.New()); ok && (p <= 0 || at.IsZero()) {
				t.Errorf("%q has the last price %d at %s", body, p, at)
			}
		}
		_, _ = decodeGrouped(body)
		_, _ = decodeIndices(body)
		_, _, _, _ = decodeSplits(body)
		messages, _, _ := decodeMessages(body)
		for i := range messages {
			messages[i].tell()
		}
	})
}

func TestDecodePlan(t *testing.T) {
	for name, c := range map[string]struct {
		results string
		want    Plan
	}{
		"live trade":        {`{"ticker":"SPY","last_trade":{"timeframe":"REAL-TIME"}}`, PlanLive},
		"delayed minute":    {`{"ticker":"SPY","last_minute":{"timeframe":"DELAYED"}}`, PlanDelayed},
		"some of it late":   {`{"ticker":"SPY","last_trade":{"timeframe":"REAL-TIME"},"last_quote":{"timeframe":"DELAYED"}}`, PlanDelayed},
		"an index":          {`{"ticker":"I:SPX","timeframe":"REAL-TIME"}`, PlanLive},
		"nothing said":      {`{"ticker":"SPY","session":{"close":1}}`, PlanDelayed},
		"another word":      {`{"ticker":"SPY","timeframe":"SOON"}`, PlanDelayed},
		"an error":          {`{"ticker":"SPY","error":"NOT_ENTITLED"}`, PlanDelayed},
		"no result, no say": {``, PlanDelayed},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := decodePlan([]byte(`{"results":[` + c.results + `]}`)); got != c.want || err != nil {
				t.Errorf("%s, %v; want %s", got, err, c.want)
			}
		})
	}
	if plan, err := decodePlan([]byte(`[]`)); err == nil {
		t.Errorf("a list is the plan %s", plan)
	}
}
