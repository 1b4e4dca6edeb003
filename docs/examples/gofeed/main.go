// Command gofeed is a feed for gyre in Go: invented prices of the symbols given
// as arguments, once a second.
//
//	gyre --feed "exec:go run ./docs/examples/gofeed AAPL BRK.B"
package main

import (
	"encoding/json"
	"log"
	"math/rand/v2"
	"os"
	"time"
)

// record is one line. What is not known is left out, never written as 0.
type record struct {
	Version int     `json:"v"`
	Type    string  `json:"t"`
	Symbol  string  `json:"s,omitempty"`
	Time    int64   `json:"ts"` // nanoseconds since 1970
	Price   float64 `json:"p,omitempty"`
	Source  string  `json:"src,omitempty"`
}

func main() {
	lines := json.NewEncoder(os.Stdout) // which writes one line a record, at once
	say := func(r record) {
		r.Version = 1
		if err := lines.Encode(r); err != nil {
			log.Fatalf("gofeed: writing a record: %v", err)
		}
	}
	for now := time.Now(); ; now = <-time.After(time.Second) {
		for _, symbol := range os.Args[1:] {
			price := 20 + float64(rand.IntN(100))/100 //nolint:gosec // replace this with a real price
			say(record{Type: "q", Symbol: symbol, Time: now.UnixNano(), Price: price, Source: "example"})
		}
		// All symbols are told: the screen may show this moment.
		say(record{Type: "k", Time: now.UnixNano()})
	}
}
