package alpaca

import (
	"testing"
	"time"

	"gyre/model"
)

func TestStreamMessages(t *testing.T) {
	const when = `"t":"2025-03-28T15:00:00Z"`
	quote := told{symbol: "AAA", kind: model.KindQuote, at: at("11:00:00"), price: 12_500_000}
	with := func(change func(*told)) told {
		changed := quote
		change(&changed)
		return changed
	}
	for name, c := range map[string]struct {
		message string
		want    told // zero: nothing
	}{
		"a trade":            {`{"T":"t","i":96921,"S":"AAA","x":"D","p":12.5,"s":100,` + when + `,"c":["@"],"z":"C"}`, quote},
		"in another order":   {`{"s":100,"p":12.5,` + when + `,"c":["@"],"S":"AAA","T":"t"}`, quote},
		"without conditions": {`{"T":"t","S":"AAA","p":12.5,"s":100,` + when + `,"c":null}`, quote},
		"an odd lot": {
			`{"T":"t","S":"AAA","p":12.5,"s":1,` + when + `,"c":["@","I"],"z":"C"}`, with(func(t *told) { t.flags = model.FlagNoLast }),
		},
		"a minute": {
			`{"T":"b","S":"AAA","o":12,"h":13,"l":12,"c":12.5,"v":900,"t":"2025-03-28T14:59:00Z","n":3,"vw":12.1}`,
			with(func(t *told) { t.flags, t.at = model.FlagBar, at("11:00:00").Add(-1) }),
		},
		"a changed minute": {
			`{"T":"u","S":"AAA","c":12.5,"v":900,"t":"2025-03-28T14:59:00Z"}`,
			with(func(t *told) { t.flags, t.at = model.FlagBar, at("11:00:00").Add(-1) }),
		},
		"a cancelled trade": {
			`{"T":"x","S":"AAA","i":96921,"x":"D","p":12.5,"s":1,"a":"C","z":"C",` + when + `}`,
			with(func(t *told) { t.kind = model.KindCancel }),
		},
		"a corrected trade": {
			`{"T":"c","S":"AAA","x":"D","oi":1,"op":12.5,"os":1,"oc":["@"],"ci":2,"cp":12.75,"cs":1,"cc":["@"],"z":"C",` + when + `}`,
			with(func(t *told) { t.kind, t.becomes = model.KindCancel, 12_750_000 }),
		},
		"corrected to an odd lot": {
			`{"T":"c","S":"AAA","op":12.5,"oc":["@"],"cp":12.75,"cc":["@","I"],"z":"C",` + when + `}`,
			with(func(t *told) { t.kind = model.KindCancel }),
		},
		"a halt": {
			`{"T":"s","S":"AAA","sc":"H","sm":"Trading Halt","rc":"T12","rm":"Trading Halted","z":"C",` + when + `}`,
			told{symbol: "AAA", kind: model.KindHalt, at: at("11:00:00"), text: "T12"},
		},
		"a volatility pause": {
			`{"T":"s","S":"AAA","sc":"P","sm":"Volatility Trading Pause","rc":"","z":"C",` + when + `}`,
			told{symbol: "AAA", kind: model.KindHalt, at: at("11:00:00"), text: "LUDP"},
		},
		"a halt on the other tape": {
			`{"T":"s","S":"AAA","sc":"2","sm":"Trading Halt","rc":"","z":"A",` + when + `}`,
			told{symbol: "AAA", kind: model.KindHalt, at: at("11:00:00"), text: "halt"},
		},
		"trading again": {
			`{"T":"s","S":"AAA","sc":"T","sm":"Trading Resumption","rc":"C3","z":"C",` + when + `}`,
			told{symbol: "AAA", kind: model.KindResume, at: at("11:00:00")},
		},
		"quoted, not yet traded": {`{"T":"s","S":"AAA","sc":"Q","z":"C",` + when + `}`, told{}},
		"a short-sale notice":    {`{"T":"s","S":"AAA","sc":"E","z":"A",` + when + `}`, told{}},
		"a quote of a market":    {`{"T":"q","S":"AAA","bp":1,"ap":2,"c":["R"],` + when + `}`, told{}},
		"bands":                  {`{"T":"l","S":"AAA","u":3.24,"d":2.65,"i":"B",` + when + `}`, told{}},
		"no price":               {`{"T":"t","S":"AAA","p":0,"s":1,` + when + `,"c":["@"]}`, told{}},
		"a negative price":       {`{"T":"t","S":"AAA","p":-5,"s":1,` + when + `,"c":["@"]}`, told{}},
		"no time":                {`{"T":"t","S":"AAA","p":5,"s":1,"c":["@"]}`, told{}},
		"no symbol":              {`{"T":"t","p":5,"s":1,` + when + `,"c":["@"]}`, told{}},
		"conditions of a shape":  {`{"T":"t","S":"AAA","p":5,"s":1,` + when + `,"c":{"a":1}}`, told{}},
		"something new":          {`{"T":"new","S":"AAA",` + when + `}`, told{}},
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

func TestOneBadMessageDoesNotSpoilTheRest(t *testing.T) {
	messages, refused, err := decodeMessages([]byte(`[{"T":"t","S":"AAA","p":1,"t":"2025-03-28T15:00:00Z"},7,{"T":5},{},{"T":"t","S":"BBB","p":2,"t":"2025-03-28T15:00:00Z"}]`))
	if err != nil || refused != 3 || len(messages) != 2 || messages[1].Symbol != "BBB" {
		t.Errorf("%+v, %d refused, %v; want AAA and BBB, 3 refused", messages, refused, err)
	}
	for _, body := range []string{"", "{}", "hello", `[{"T":"t"`, "\x00\xff"} {
		if messages, _, err := decodeMessages([]byte(body)); err == nil {
			t.Errorf("%q gives %+v", body, messages)
		}
	}
}

func FuzzDecodeMessages(f *testing.F) {
	f.Add([]byte(`[{"T":"t","S":"AAA","p":12.5,"s":100,"t":"2025-03-28T15:00:00Z","c":["@"],"z":"C"}]`))
	f.Add([]byte(`[{"T":"c","S":"AAA","op":12.5,"cp":1e3,"cc":["@"],"t":"2025-03-28T15:00:00Z"},null]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		messages, _, err := decodeMessages(body)
		if err != nil {
			return
		}
		for i := range messages {
			if told, ok := messages[i].tell(); ok && (told.symbol == "" || told.at.IsZero() || told.at.Before(time.Time{})) {
				t.Errorf("%q tells %+v", body, told)
			}
		}
	})
}
