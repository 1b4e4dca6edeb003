package alpaca

import (
	"encoding/json"
	"time"

	"gyre/feed/clean"
	"gyre/model/num"
	"gyre/model/session"
)

// minute is from the beginning of a minute bar to the last instant that is in
// it: the minute before the open must not reach the open.
const minute = time.Minute - 1

// Trade is one print. The zero Trade is none.
type Trade struct {
	At         time.Time
	Price      num.Price
	Size       int64
	Conditions []string // sale condition codes, as the tape has them
	Tape       string   // A, B or C
}

// Bar is an aggregate of the trades that count for a last price. The zero Bar
// is none. Prices and volume that make no sense are 0.
type Bar struct {
	At                     time.Time // when it begins; a daily bar begins at midnight in New York
	Open, High, Low, Close num.Price
	Volume                 int64
}

// Date is the session of a daily bar; zero for the zero Bar.
func (b *Bar) Date() session.Date {
	if b.At.IsZero() {
		return 0
	}
	return session.DateOf(b.At)
}

// wireTrade is a trade as it is sent.
type wireTrade struct {
	Time       string      `json:"t"`
	Price      json.Number `json:"p"`
	Size       json.Number `json:"s"`
	Conditions []string    `json:"c"`
	Tape       string      `json:"z"`
}

// wireBar is a bar as it is sent.
type wireBar struct {
	Time   string      `json:"t"`
	Open   json.Number `json:"o"`
	High   json.Number `json:"h"`
	Low    json.Number `json:"l"`
	Close  json.Number `json:"c"`
	Volume json.Number `json:"v"`
}

// trade is the trade sent, or none where it has no time or no price.
func (w *wireTrade) trade() Trade {
	if w == nil {
		return Trade{}
	}
	t := Trade{At: instant(w.Time), Price: price(w.Price), Size: count(w.Size), Conditions: w.Conditions, Tape: w.Tape}
	if t.At.IsZero() || t.Price == 0 {
		return Trade{}
	}
	return t
}

// bar is the bar sent, or none where it has no time or no close.
func (w *wireBar) bar() Bar {
	if w == nil {
		return Bar{}
	}
	b := Bar{
		At: instant(w.Time), Open: price(w.Open), High: price(w.High), Low: price(w.Low),
		Close: price(w.Close), Volume: count(w.Volume),
	}
	if b.At.IsZero() || b.Close == 0 {
		return Bar{}
	}
	return b
}

// price is the price sent, and 0 for what is none: zero means absent.
func price(n json.Number) num.Price {
	p, err := clean.MachinePrice(n.String())
	if err != nil {
		return 0
	}
	return p
}

// count is the number of shares sent, and 0 for what is none.
func count(n json.Number) int64 {
	c, err := clean.MachineCount(n.String())
	if err != nil {
		return 0
	}
	return c
}

// instant is the time sent, and zero for what is none.
func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
