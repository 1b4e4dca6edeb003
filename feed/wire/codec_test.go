package wire_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"gyre/feed/wire"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// noon is a moment of a session, as all examples here have it in ts.
const noon = "1743177600000000000"

func atNoon() time.Time { return time.Date(2025, 3, 28, 16, 0, 0, 0, time.UTC) }

// examples are one line or more of each type and what they say. They are
// written as gyre writes them.
func examples() map[string]struct {
	line string
	want wire.Record
} {
	const unit = num.PriceScale
	date := session.NewDate
	return map[string]struct {
		line string
		want wire.Record
	}{
		"a quote": {
			`{"v":1,"t":"q","s":"BRK.B","ts":` + noon + `,"p":201.12,"sz":100,"vol":1234567,"o":200,"h":203.5,"l":199.000001,` +
				`"bid":201.11,"ask":201.13,"pc":198.3,"pcd":"2025-03-27","ses":"reg","cond":["@","I"],"agg":true,"oc":200.9,` +
				`"src":"alpaca.delayed_sip","dly":900,"seq":42}`,
			wire.Record{
				Type: wire.Quote, Symbol: "BRK.B", At: atNoon(), Price: 201_120_000, Size: 100, Volume: 1_234_567,
				Open: 200 * unit, High: 203_500_000, Low: 199_000_001, Bid: 201_110_000, Ask: 201_130_000,
				PreviousClose: 198_300_000, PreviousDate: date(2025, 3, 27), OfficialClose: 200_900_000,
				Session: wire.Regular, Conditions: []string{"@", "I"}, Aggregate: true,
				Source: "alpaca.delayed_sip", Delay: wire.Delay{Seconds: 900, Known: true}, Sequence: 42,
			},
		},
		"a quote that says next to nothing": {
			`{"v":1,"t":"q","s":"A","ts":` + noon + `}`, wire.Record{Type: wire.Quote, Symbol: "A", At: atNoon()},
		},
		"no delay is not an unknown one": {
			`{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":0.0001,"dly":0}`,
			wire.Record{Type: wire.Quote, Symbol: "A", At: atNoon(), Price: 100, Delay: wire.Delay{Known: true}},
		},
		"a cancel": {
			`{"v":1,"t":"x","s":"A","ts":` + noon + `,"ref":20.5}`,
			wire.Record{Type: wire.Cancel, Symbol: "A", At: atNoon(), Cancelled: 20_500_000},
		},
		"a correction": {
			`{"v":1,"t":"x","s":"A","ts":` + noon + `,"ref":20.5,"p":20.4}`,
			wire.Record{Type: wire.Cancel, Symbol: "A", At: atNoon(), Cancelled: 20_500_000, Price: 20_400_000},
		},
		"a halt": {
			`{"v":1,"t":"h","s":"A","ts":` + noon + `,"st":"P","rc":"LUDP","resume":1743177900000000000}`,
			wire.Record{
				Type: wire.Halt, Symbol: "A", At: atNoon(), State: wire.Paused, Reason: "LUDP",
				Resumes: atNoon().Add(5 * time.Minute),
			},
		},
		"a reverse split": {
			`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","kind":"split","old":20,"new":1}`,
			wire.Record{
				Type: wire.Action, Symbol: "A", At: atNoon(), ExDate: date(2025, 3, 31),
				Kind: model.ActionSplit, Old: 20, New: 1,
			},
		},
		"a takeover": {
			`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","kind":"cash_merger","amount":12.75}`,
			wire.Record{
				Type: wire.Action, Symbol: "A", At: atNoon(), ExDate: date(2025, 3, 31),
				Kind: model.ActionCashMerger, Amount: 12_750_000,
			},
		},
		"a new name": {
			`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","kind":"rename","new_symbol":"AA"}`,
			wire.Record{
				Type: wire.Action, Symbol: "A", At: atNoon(), ExDate: date(2025, 3, 31),
				Kind: model.ActionRename, NewSymbol: "AA",
			},
		},
		"a balance sheet": {
			`{"v":1,"t":"r","s":"A","ts":` + noon + `,"shares":41000000,"debt":0,"minority":-5000000,"cash":12,"asof":"2024-12-31"}`,
			wire.Record{
				Type: wire.Reference, Symbol: "A", At: atNoon(), Shares: 41_000_000,
				Debt: model.Amount{Known: true}, Minority: model.Amount{Dollars: -5_000_000, Known: true},
				Cash: model.Amount{Dollars: 12, Known: true}, AsOf: date(2024, 12, 31),
			},
		},
		"an event": {
			`{"v":1,"t":"e","ts":` + noon + `,"at":1743170400000000000,"title":"Michigan \"final\" sentiment","country":"US",` +
				`"importance":3,"consensus":"57.9","previous":"64.7","actual":"57.0","source":"UMich"}`,
			wire.Record{
				Type: wire.Event, At: atNoon(), EventAt: atNoon().Add(-2 * time.Hour), Title: `Michigan "final" sentiment`,
				Country: "US", Importance: 3, Consensus: "57.9", Previous: "64.7", Actual: "57.0", EventSource: "UMich",
			},
		},
		"a fed-funds contract": {
			`{"v":1,"t":"f","sym":"ZQZ5","ts":` + noon + `,"p":96.365}`,
			wire.Record{Type: wire.FedFunds, Symbol: "ZQZ5", At: atNoon(), Price: 96_365_000},
		},
		"a heartbeat": {
			`{"v":1,"t":"k","ts":` + noon + `,"lag_ms":120,"n":2460,"src":"mine"}`,
			wire.Record{Type: wire.Heartbeat, At: atNoon(), Lag: 120 * time.Millisecond, Records: 2460, Source: "mine"},
		},
		"an index level": {
			`{"v":1,"t":"i","s":"RUT","ts":` + noon + `,"p":2023.27}`,
			wire.Record{Type: wire.Index, Symbol: "RUT", At: atNoon(), Price: 2_023_270_000},
		},
		"an index's official close": {
			`{"v":1,"t":"i","s":"RUT","ts":` + noon + `,"oc":2023.27}`,
			wire.Record{Type: wire.Index, Symbol: "RUT", At: atNoon(), OfficialClose: 2_023_270_000},
		},
		"an official close": {
			`{"v":1,"t":"o","s":"A","ts":` + noon + `,"p":20.5,"vol":900}`,
			wire.Record{Type: wire.Close, Symbol: "A", At: atNoon(), Price: 20_500_000, Volume: 900},
		},
	}
}

// A record that is used again holds nothing of the line before.
func TestDecodeInto(t *testing.T) {
	codec := wire.New()
	var r wire.Record
	for _, line := range []string{
		`{"v":1,"t":"q","s":"A","ts":1743191999900000000,"p":1,"vol":5,"cond":["I"],"agg":true,"src":"x","dly":900,"seq":7}`,
		`{"v":1,"t":"e","ts":1743191999900000000,"at":1743191999900000000,"title":"Jobs","importance":3}`,
		`{"v":1,"t":"q","s":"B","ts":1743191999900000000,"p":null}`,
		`{"v":1,"t":"k","ts":1743191999900000000}`,
		"no JSON",
		`{"v":1,"t":"q","s":"B","ts":1743191999900000000,"vol":6}`,
	} {
		want, wantErr := codec.Decode([]byte(line))
		err := codec.DecodeInto(&r, []byte(line))
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && !reflect.DeepEqual(r, want) {
			t.Errorf("%s is\n%+v, %v, want\n%+v, %v", line, r, err, want, wantErr)
		}
	}
}

func TestDecode(t *testing.T) {
	codec := wire.New()
	for name, c := range examples() {
		t.Run(name, func(t *testing.T) {
			got, err := codec.Decode([]byte(c.line))
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("Decode(%s) =\n%+v, %v, want\n%+v", c.line, got, err, c.want)
			}
		})
	}
}

func TestAppend(t *testing.T) {
	codec := wire.New()
	for name, c := range examples() {
		t.Run(name, func(t *testing.T) {
			got, err := codec.Append([]byte("before "), &c.want)
			if err != nil || string(got) != "before "+c.line {
				t.Errorf("Append gives\n%s, %v, want\n%s", got, err, c.line)
			}
		})
	}
}

// What a feed may write differently, and means the same.
func TestDecodeTakes(t *testing.T) {
	codec := wire.New()
	plain := wire.Record{Type: wire.Quote, Symbol: "A", At: atNoon(), Price: 20_500_000, Volume: 900}
	for name, line := range map[string]string{
		"another order":          `{"p":20.5,"vol":900,"ts":` + noon + `,"s":"A","t":"q","v":1}`,
		"white space":            " {\t\"v\" : 1 ,\"t\": \"q\", \"s\" :\"A\",\"ts\":" + noon + ",\"p\":20.5 , \"vol\": 900 }\r",
		"binary arithmetic":      `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.500000000000004,"vol":900.25}`,
		"needless zeros":         `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.50,"vol":900.0}`,
		"unknown fields":         `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.5,"vol":900,"venue":"X","deep":{"p":[1,{"p":"}]"}]}}`,
		"names in other letters": `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.5,"vol":900,"P":1,"Vol":2}`,
		"another type's fields":  `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.5,"vol":900,"title":7,"source":{}}`,
		"escapes":                `{"v":1,"\u0074":"\u0071","s":"\u0041","ts":` + noon + `,"p":20.5,"vol":900}`,
		"no conditions":          `{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":20.5,"vol":900,"cond":[ ]}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := codec.Decode([]byte(line))
			if err != nil || !reflect.DeepEqual(got, plain) {
				t.Errorf("Decode(%s) =\n%+v, %v, want\n%+v", line, got, err, plain)
			}
		})
	}
}

// refusals are lines that nobody takes, and a part of what is said about them.
func refusals() map[string][2]string {
	quote := func(more string) string { return `{"v":1,"t":"q","s":"A","ts":` + noon + more + `}` }
	other := func(kind, more string) string { return `{"v":1,"t":"` + kind + `","s":"A","ts":` + noon + more + `}` }
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	many := strings.Builder{}
	for i := range wire.MaxFields {
		many.WriteString(`,"x` + strings.Repeat("y", i) + `":1`)
	}
	return map[string][2]string{
		"nothing":              {``, "not JSON"},
		"text":                 {`AAPL 20.50`, "column 1 is not JSON"},
		"half a line":          {`{"v":1,"t":"q","s":"A","ts":17`, "not JSON"},
		"two records":          {quote("") + quote(""), "not JSON"},
		"a list":               {`[1]`, "a record is a JSON object"},
		"a number":             {`20.5`, "a record is a JSON object"},
		"no version":           {`{"t":"q","s":"A","ts":` + noon + `}`, `v is missing; this version of gyre reads records with "v":1`},
		"version 2":            {`{"v":2,"t":"q","s":"A","ts":` + noon + `}`, `v is "2"; this version of gyre reads`},
		"version 1.0":          {`{"v":1.0,"t":"q"}`, `v is "1.0"`},
		"no type":              {`{"v":1,"s":"A","ts":` + noon + `}`, "t, the type of the record, is missing"},
		"an unknown type":      {other("z", ""), `t is "z"; the types of record are`},
		"a long type":          {other("quote", ""), `t is "quote"`},
		"a type in letters":    {`{"v":1,"t":113}`, "t is not text"},
		"a field twice":        {quote(`,"p":1,"p":2`), `"p" is there twice`},
		"an unknown one twice": {quote(`,"zz":1,"zz":2`), `"zz" is there twice`},
		"one in disguise":      {quote(`,"p":1,"\u0070":2`), `"p" is there twice`},
		"too many fields":      {quote(many.String()), "more than 64 fields"},
		"too deep":             {quote(`,"zz":` + deep(wire.MaxDepth)), "more than 16 deep"},
		"much too deep":        {quote(`,"zz":` + deep(10_001)), "not JSON"},
		"too long":             {quote(`,"zz":"` + strings.Repeat("x", wire.MaxLine) + `"`), "longer than 1048576 bytes"},

		"no symbol":       {`{"v":1,"t":"q","ts":` + noon + `}`, "s is missing; a record of type q has it"},
		"no moment":       {`{"v":1,"t":"q","s":"A"}`, "ts is missing"},
		"an empty symbol": {`{"v":1,"t":"q","s":"","ts":` + noon + `}`, "s is empty"},
		"a symbol that overwrites its line": {
			`{"v":1,"t":"q","s":"A\rEVIL","ts":` + noon + `}`, "s holds characters that do not belong there",
		},
		"a symbol in disguise": {"{\"v\":1,\"t\":\"q\",\"s\":\"A\u200bB\",\"ts\":" + noon + "}", "s holds characters"},
		"half a surrogate":     {`{"v":1,"t":"q","s":"A\ud800","ts":` + noon + `}`, "s holds characters"},
		"a symbol as number":   {`{"v":1,"t":"q","s":7,"ts":` + noon + `}`, "s is not text"},
		"seconds":              {`{"v":1,"t":"q","s":"A","ts":1743177600}`, "ts is not a moment; write nanoseconds"},
		"milliseconds":         {`{"v":1,"t":"q","s":"A","ts":1743177600000}`, "ts is not a moment"},
		"a fraction":           {`{"v":1,"t":"q","s":"A","ts":1743177600.5}`, "ts is not a moment"},
		"year 1":               {`{"v":1,"t":"q","s":"A","ts":-62135596800000000000}`, "ts is not a moment"},
		"year 9999":            {`{"v":1,"t":"q","s":"A","ts":253402300799000000000}`, "ts is not a moment"},
		"a written moment":     {`{"v":1,"t":"q","s":"A","ts":"2025-03-28T12:00:00Z"}`, "ts is not a number"},

		"a price of zero":       {quote(`,"p":0`), "a price is above zero"},
		"minus zero":            {quote(`,"p":-0`), "a price is written with digits"},
		"a negative price":      {quote(`,"p":-1.5`), "a price is above zero"},
		"next to nothing":       {quote(`,"p":0.0000001`), "a price is above zero"},
		"an exponent":           {quote(`,"p":1e3`), "p has an exponent"},
		"1e300":                 {quote(`,"p":1E300`), "p has an exponent"},
		"too large":             {quote(`,"p":1000000001`), "at most 1000000000"},
		"no number":             {quote(`,"p":NaN`), "not JSON"},
		"infinity":              {quote(`,"p":Infinity`), "not JSON"},
		"hexadecimal":           {quote(`,"p":0x10`), "not JSON"},
		"underscores":           {quote(`,"p":1_000`), "not JSON"},
		"a price as text":       {quote(`,"p":"20.5"`), "p is not a number; write digits without quotes"},
		"no price is left out":  {quote(`,"p":null`), "p is null; leave out what is not known"},
		"Arabic digits":         {quote(`,"p":"٢٠"`), "p is not a number"},
		"a negative volume":     {quote(`,"vol":-1`), "vol"},
		"a volume out of range": {quote(`,"vol":9223372036854775807`), "out of range"},
		"a close without day":   {quote(`,"pc":20`), "pc and pcd go together"},
		"a day without close":   {quote(`,"pcd":"2025-03-27"`), "pc and pcd go together"},
		"a date in words":       {quote(`,"pc":20,"pcd":"27 March"`), "pcd is not a date"},
		"no such day":           {quote(`,"pc":20,"pcd":"2025-02-30"`), "pcd is not a date"},
		"a date of year 1":      {quote(`,"pc":20,"pcd":"0001-01-01"`), "pcd is not a date"},
		"no such session":       {quote(`,"ses":"lunch"`), "ses is none of [pre reg post ovn]"},
		"conditions as text":    {quote(`,"cond":"@"`), "cond is not a list"},
		"conditions in numbers": {quote(`,"cond":["@",12]`), "cond has an entry that is not text"},
		"17 conditions":         {quote(`,"cond":[` + strings.Repeat(`"@",`, 16) + `"@"]`), "cond has more than 16 entries"},
		"a word for a flag":     {quote(`,"agg":"yes"`), "agg is neither true nor false"},
		"a negative delay":      {quote(`,"dly":-1`), "dly"},
		"a delay of years":      {quote(`,"dly":99999999`), "dly"},

		"a cancel of nothing":     {other("x", `,"p":20`), "ref is missing"},
		"a halt without a state":  {other("h", `,"rc":"T1"`), "st is missing"},
		"no such state":           {other("h", `,"st":"halted"`), "st is none of [H P Q T]"},
		"an action without a day": {other("c", `,"old":1,"new":2`), "ex is missing"},
		"no such action":          {other("c", `,"ex":"2025-03-31","kind":"party"`), "kind is none of split"},
		"a split into nothing":    {other("c", `,"ex":"2025-03-31","old":10`), "a split needs old and new"},
		"a split of one for one":  {other("c", `,"ex":"2025-03-31","old":1,"new":1`), "a split needs old and new"},
		"a takeover for nothing":  {other("c", `,"ex":"2025-03-31","kind":"cash_merger"`), "needs amount"},
		"a rename to nothing":     {other("c", `,"ex":"2025-03-31","kind":"rename"`), "needs new_symbol"},
		"negative debt":           {other("r", `,"debt":-1`), "not below zero"},
		"debt of all the world":   {other("r", `,"debt":900000000000000`), "debt"},
		"an event without a name": {other("e", `,"at":`+noon), "title is missing"},
		"a name of nothing":       {other("e", `,"at":`+noon+`,"title":"\u202e\u001b"`), "title is empty"},
		"importance 4":            {other("e", `,"at":`+noon+`,"title":"x","importance":4`), "it goes from 1 to 3"},
		"a contract on pork":      {`{"v":1,"t":"f","sym":"LHZ5","ts":` + noon + `,"p":96}`, "no fed-funds contract"},
		"a contract of no price":  {`{"v":1,"t":"f","sym":"ZQZ5","ts":` + noon + `}`, "p is missing"},
		"an index of no level":    {other("i", ""), "p is missing; a record of type i"},
		"a close at no price":     {other("o", `,"vol":1`), "p is missing"},
	}
}

func TestDecodeRefuses(t *testing.T) {
	codec := wire.New()
	for name, c := range refusals() {
		t.Run(name, func(t *testing.T) {
			_, err := codec.Decode([]byte(c[0]))
			if err == nil || !strings.Contains(err.Error(), c[1]) {
				t.Errorf("Decode(%.200s) gives the error %v, want one that says %q", c[0], err, c[1])
			}
		})
	}
}

// What no line may say cannot be written either.
func TestAppendRefuses(t *testing.T) {
	codec := wire.New()
	quote := func(change func(*wire.Record)) wire.Record {
		r := wire.Record{Type: wire.Quote, Symbol: "A", At: atNoon()}
		change(&r)
		return r
	}
	for name, r := range map[string]wire.Record{
		"no type":             {Symbol: "A", At: atNoon()},
		"no symbol":           {Type: wire.Quote, At: atNoon()},
		"no moment":           {Type: wire.Quote, Symbol: "A"},
		"a moment of 1969":    quote(func(r *wire.Record) { r.At = time.Unix(-1, 0) }),
		"year 2500":           quote(func(r *wire.Record) { r.At = time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC) }),
		"a hostile symbol":    quote(func(r *wire.Record) { r.Symbol = "A\x1b[2J" }),
		"a negative price":    quote(func(r *wire.Record) { r.Price = -1 }),
		"too high a price":    quote(func(r *wire.Record) { r.Price = num.MaxPrice + 1 }),
		"a negative volume":   quote(func(r *wire.Record) { r.Volume = -1 }),
		"half a close":        quote(func(r *wire.Record) { r.PreviousClose = 1 }),
		"a day of year 1":     quote(func(r *wire.Record) { r.PreviousClose, r.PreviousDate = 1, session.NewDate(1, 1, 1) }),
		"no such session":     quote(func(r *wire.Record) { r.Session = "lunch" }),
		"an empty condition":  quote(func(r *wire.Record) { r.Conditions = []string{""} }),
		"17 conditions":       quote(func(r *wire.Record) { r.Conditions = strings.Split(strings.Repeat("@", 17), "") }),
		"a negative delay":    quote(func(r *wire.Record) { r.Delay = wire.Delay{Seconds: -1, Known: true} }),
		"a negative lag":      {Type: wire.Heartbeat, At: atNoon(), Lag: -time.Second},
		"debt without bounds": {Type: wire.Reference, Symbol: "A", At: atNoon(), Debt: model.Amount{Dollars: num.MaxDollars + 1, Known: true}},
		"a party":             {Type: wire.Action, Symbol: "A", At: atNoon(), ExDate: 20_000, Kind: 77},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := codec.Append([]byte("before"), &r); err == nil || string(got) != "before" {
				t.Errorf("Append gives %s, %v", got, err)
			}
		})
	}
}

// Text that people read is cleaned on its way in and on its way out.
func TestTextIsCleaned(t *testing.T) {
	codec := wire.New()
	hostile := "\x1b]0;gone\x07PCE\u202e\u009b31m\r\n  " + strings.Repeat("x", 100)
	clean := "]0;gonePCE31m " + strings.Repeat("x", 64-len("]0;gonePCE31m "))
	r := wire.Record{Type: wire.Event, At: atNoon(), EventAt: atNoon(), Title: hostile}
	line, err := codec.Append(nil, &r)
	if err != nil || !strings.Contains(string(line), `"title":"`+clean+`"`) {
		t.Errorf("Append gives %s, %v", line, err)
	}
	const escaped = `\u001b]0;gone\u0007PCE\u202e\u009b31m\r\n  `
	got, err := codec.Decode([]byte(`{"v":1,"t":"e","ts":` + noon + `,"at":` + noon + `,"title":"` + escaped + strings.Repeat("x", 100) + `"}`))
	if err != nil || got.Title != clean {
		t.Errorf("the title is read as %q, %v, want %q", got.Title, err, clean)
	}
}
