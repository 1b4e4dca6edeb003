package live

import (
	"testing"
	"time"

	"gyre/model/num"
)

// BenchmarkQuote is one trade of a busy name: a burst has 300,000 in a second.
func BenchmarkQuote(b *testing.B) {
	clock := time.Now
	now := friday.At(15, 0)
	board, err := New(Options{Reference: reference(), Now: func() time.Time { clock(); return now }})
	if err != nil {
		b.Fatal(err)
	}
	at := friday.At(10, 0)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		board.Quote(Quote{Symbol: "ALPHA", At: at.Add(time.Duration(i)), Price: num.PriceScale + 1})
	}
}
