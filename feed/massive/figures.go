package massive

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"gyre/feed/clean"
	"gyre/model/num"
)

// Bar is an aggregate of the trades that count for a last price. What is zero
// is absent: before a ticker's first trade all of a day is.
type Bar struct {
	At                     time.Time // when it begins, as far as that is told
	Open, High, Low, Close num.Price
	Volume                 int64
}

// Trade is one print. The zero Trade is none.
type Trade struct {
	At         time.Time
	Price      num.Price
	Conditions []int
}

// wireBar is a bar as it is sent.
type wireBar struct {
	Ticker string      `json:"T"`
	Time   json.Number `json:"t"`
	Open   json.Number `json:"o"`
	High   json.Number `json:"h"`
	Low    json.Number `json:"l"`
	Close  json.Number `json:"c"`
	Volume json.Number `json:"v"`
}

// bar is the bar sent.
func (w *wireBar) bar() Bar {
	if w == nil {
		return Bar{}
	}
	return Bar{
		At: instant(w.Time), Open: price(w.Open), High: price(w.High), Low: price(w.Low),
		Close: price(w.Close), Volume: count(w.Volume),
	}
}

// price is the price sent, and 0 for what is none: zero means absent.
func price(n json.Number) num.Price {
	p, err := clean.MachinePrice(n.String())
	if err != nil {
		return 0
	}
	return p
}

// count is the number of shares sent, and 0 for what is none. Volumes have
// fractions of shares.
func count(n json.Number) int64 {
	c, err := clean.MachineCount(n.String())
	if err != nil {
		return 0
	}
	return c
}

// instant is the time sent, and zero for what is none. Massive counts
// nanoseconds here, milliseconds there, and in places microseconds where its
// documents say milliseconds; the size of the number tells which: in
// milliseconds the year 5000 has 14 digits, in microseconds the year 1973 has 15.
func instant(n json.Number) time.Time {
	const micro, nano = 100_000_000_000_000, 100_000_000_000_000_000
	switch c, err := strconv.ParseInt(n.String(), 10, 64); {
	case err != nil, c <= 0:
		return time.Time{}
	case c >= nano:
		return time.Unix(0, c)
	case c >= micro:
		return time.UnixMicro(c)
	default:
		return time.UnixMilli(c)
	}
}

// canonical is a ticker as the tapes write it: a preferred share KIMpL is
// KIM.PRL, what trades when issued GEVw is GEV.WI. Others are the same.
func canonical(ticker string) string {
	i := strings.IndexFunc(ticker, func(r rune) bool { return r >= 'a' && r <= 'z' })
	if i <= 0 {
		return ticker
	}
	switch root, rest := ticker[:i], ticker[i:]; {
	case rest == "w":
		return root + ".WI"
	case rest[0] == 'p' && strings.ToUpper(rest[1:]) == rest[1:]:
		return root + ".PR" + rest[1:]
	default:
		return ticker
	}
}

// ticker is a symbol as Massive writes it, the reverse of canonical.
func ticker(symbol string) string {
	if root, ok := strings.CutSuffix(symbol, ".WI"); ok {
		return root + "w"
	}
	if root, class, ok := strings.Cut(symbol, ".PR"); ok {
		return root + "p" + class
	}
	return symbol
}
