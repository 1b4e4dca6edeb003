package alpaca

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDecodeMessages is a thousand trades of the stream.
func BenchmarkDecodeMessages(b *testing.B) {
	var trades []string
	for i := range 1000 {
		trades = append(trades, fmt.Sprintf(`{"T":"t","i":%d,"S":"S%d","x":"D","p":126.55,"s":1,"t":"2025-03-28T15:00:00.208123456Z","c":["@","I"],"z":"C"}`, i, i))
	}
	body := []byte("[" + strings.Join(trades, ",") + "]")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		messages, _, err := decodeMessages(body)
		if err != nil || len(messages) != len(trades) {
			b.Fatal(len(messages), err)
		}
		for i := range messages {
			if _, ok := messages[i].tell(); !ok {
				b.Fatal(i)
			}
		}
	}
}
