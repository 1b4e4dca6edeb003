package massive

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDecodeSnapshots is the snapshot of the whole market, ten thousand
// tickers.
func BenchmarkDecodeSnapshots(b *testing.B) {
	var tickers []string
	for i := range 10_000 {
		tickers = append(tickers, fmt.Sprintf(`{"day":{"c":20.506,"h":20.64,"l":20.506,"o":20.64,"v":37216,"vw":20.616},`+
			`"lastQuote":{"P":20.6,"S":22,"p":20.5,"s":13,"t":%[2]d},"lastTrade":{"c":[14,41],"i":"71675577320245","p":20.506,"s":2416,"t":%[2]d,"x":4},`+
			`"min":{"av":37216,"c":20.506,"h":20.506,"l":20.506,"n":1,"o":20.506,"t":1743174000000,"v":5000,"vw":20.5105},`+
			`"prevDay":{"c":20.63,"h":21,"l":20.5,"o":20.79,"v":292738,"vw":20.6939},"ticker":"T%[1]d","todaysChange":-0.124,"todaysChangePerc":-0.601,"updated":%[2]d}`,
			i, at("11:00:00").UnixNano()))
	}
	body := []byte(`{"count":10000,"status":"OK","tickers":[` + strings.Join(tickers, ",") + `]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if found, _, err := decodeSnapshots(body); err != nil || len(found) != len(tickers) {
			b.Fatal(len(found), err)
		}
	}
}

// BenchmarkDecodeMessages is what a second tells of a thousand tickers.
func BenchmarkDecodeMessages(b *testing.B) {
	var events []string
	for i := range 1000 {
		events = append(events, fmt.Sprintf(`{"ev":"A","sym":"T%d","v":200,"av":8642007,"op":25.66,"vw":25.3981,"o":25.39,"c":25.39,"h":25.39,"l":25.39,"a":25.3714,"z":50,"s":%d,"e":%d}`,
			i, at("10:59:59").UnixMilli(), at("11:00:00").UnixMilli()))
	}
	body := []byte("[" + strings.Join(events, ",") + "]")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		messages, _, err := decodeMessages(body)
		if err != nil || len(messages) != len(events) {
			b.Fatal(len(messages), err)
		}
		for i := range messages {
			if _, ok := messages[i].tell(); !ok {
				b.Fatal(i)
			}
		}
	}
}
