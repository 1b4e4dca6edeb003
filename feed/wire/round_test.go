package wire_test

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/feed/clean"
	"gyre/feed/wire"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// draw draws the parts of a record.
type draw struct{ *rapid.T }

func (t draw) price() num.Price {
	return num.Price(rapid.Int64Range(1, int64(num.MaxPrice)).Draw(t.T, "price"))
}

func (t draw) maybePrice() num.Price {
	return num.Price(rapid.Int64Range(0, int64(num.MaxPrice)).Draw(t.T, "price, perhaps"))
}

func (t draw) count() int64 { return rapid.Int64Range(0, 1<<53).Draw(t.T, "count") }

func (t draw) moment() time.Time {
	const from, to = 946_684_800_000_000_000, 4_102_444_800_000_000_000 // 2000 to 2100
	return time.Unix(0, rapid.Int64Range(from, to).Draw(t.T, "moment")).UTC()
}

func (t draw) date() session.Date {
	return session.Date(rapid.Int32Range(10_000, 40_000).Draw(t.T, "date"))
}

// text is any text at all, which has passed the cleaner.
func (t draw) text() string {
	s, _ := clean.Text(rapid.OneOf(rapid.String(), hostile()).Draw(t.T, "text"))
	return s
}

// symbol is clean text that is not empty.
func (t draw) symbol() string {
	return cmp.Or(t.text(), "A")
}

func (t draw) amount() model.Amount {
	if !rapid.Bool().Draw(t.T, "known") {
		return model.Amount{}
	}
	return model.Amount{Dollars: num.Dollars(t.count() % int64(num.MaxDollars)), Known: true}
}

// hostile is text made to hurt.
func hostile() *rapid.Generator[string] {
	pieces := []string{
		`"`, `\`, `\"`, "\\u0041", "\x1b[2J", "\x1b]0;x\x07", "\u009b", "\u202e", "\u200b", "\ufeff", "\r", "\n", "\x00",
		"\xff\xfe", "\ud7ff", "\U0001F469\u200d\U0001F680", "a\u0301\u0301\u0301", "}", "{", ",", ":", "界", "\u2028", "</script>", " ",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
	})
}

// record is a record of any type with any contents that it may have.
func (t draw) record() wire.Record {
	r := wire.Record{
		Type:   wire.Type(rapid.SampledFrom([]byte("qxhcrefkio")).Draw(t.T, "type")),
		At:     t.moment(),
		Source: t.text(), Sequence: t.count(),
	}
	if rapid.Bool().Draw(t.T, "delayed") {
		r.Delay = wire.Delay{Seconds: rapid.Int64Range(0, 86_400).Draw(t.T, "delay"), Known: true}
	}
	if r.Type != wire.Event && r.Type != wire.Heartbeat {
		r.Symbol = t.symbol()
	}
	switch r.Type {
	case wire.Quote:
		t.quote(&r)
	case wire.Cancel:
		r.Cancelled, r.Price = t.price(), t.maybePrice()
	case wire.Halt:
		r.State = rapid.SampledFrom([]string{wire.Halted, wire.Paused, wire.Quoting, wire.Trading}).Draw(t.T, "state")
		r.Reason, r.Resumes = t.text(), t.moment()
	case wire.Action:
		r.ExDate, r.Amount, r.NewSymbol = t.date(), t.price(), t.symbol()
		r.Kind = model.ActionKind(rapid.IntRange(int(model.ActionSplit), int(model.ActionRename)).Draw(t.T, "kind"))
		r.Old = rapid.Int64Range(1, 1000).Draw(t.T, "old")
		r.New = r.Old + 1
	case wire.Reference:
		r.Shares, r.AsOf = t.count(), t.date()
		r.Debt, r.Preferred, r.Minority, r.Cash = t.amount(), t.amount(), t.amount(), t.amount()
		r.Minority.Dollars = -r.Minority.Dollars
	case wire.Event:
		r.EventAt, r.Title, r.Country = t.moment(), t.symbol(), t.text()
		r.Importance = rapid.Int64Range(0, 3).Draw(t.T, "importance")
		r.Consensus, r.Previous, r.Revised, r.Actual, r.EventSource = t.text(), t.text(), t.text(), t.text(), t.text()
	case wire.FedFunds:
		r.Price = t.price()
		r.Symbol = "ZQ" + rapid.StringMatching(`[FGHJKMNQUVXZ]\d\d?`).Draw(t.T, "contract")
	case wire.Heartbeat:
		r.Lag, r.Records = time.Duration(t.count()%1_000_000)*time.Millisecond, t.count()
	case wire.Index:
		r.Price, r.OfficialClose = t.price(), t.maybePrice()
	case wire.Close:
		r.Price, r.Volume = t.price(), t.count()
	}
	return r
}

func (t draw) quote(r *wire.Record) {
	r.Price, r.Size, r.Volume, r.OfficialClose = t.maybePrice(), t.count(), t.count(), t.maybePrice()
	r.Open, r.High, r.Low, r.Bid, r.Ask = t.maybePrice(), t.maybePrice(), t.maybePrice(), t.maybePrice(), t.maybePrice()
	if rapid.Bool().Draw(t.T, "previous") {
		r.PreviousClose, r.PreviousDate = t.price(), t.date()
	}
	r.Session = rapid.SampledFrom([]string{"", wire.PreMarket, wire.Regular, wire.PostMarket, wire.Overnight}).Draw(t.T, "session")
	for range rapid.IntRange(0, 4).Draw(t.T, "conditions") {
		r.Conditions = append(r.Conditions, t.symbol())
	}
	r.Aggregate = rapid.Bool().Draw(t.T, "aggregate")
}

// What was written is what is read, and writing that again gives the same line.
func TestRoundTrip(t *testing.T) {
	codec := wire.New()
	rapid.Check(t, func(rt *rapid.T) {
		want := draw{rt}.record()
		line, err := codec.Append(nil, &want)
		if err != nil {
			rt.Fatalf("%+v cannot be written: %s", want, err)
		}
		if bytes.ContainsAny(line, "\r\n\x1b\x00") {
			rt.Fatalf("the line %q is more than one, or acts on a terminal", line)
		}
		got, err := codec.Decode(line)
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Fatalf("%s is read as\n%+v, %v, want\n%+v", line, got, err, want)
		}
		again, err := codec.Append(nil, &got)
		if err != nil || !bytes.Equal(again, line) {
			rt.Fatalf("%s is written again as %s, %v", line, again, err)
		}
	})
}

// Whatever bytes come in: no panic, and what is taken can be written and is
// then read as the same record.
func FuzzDecode(f *testing.F) {
	for _, c := range examples() {
		f.Add([]byte(c.line))
	}
	for _, c := range refusals() {
		if len(c[0]) < 1000 {
			f.Add([]byte(c[0]))
		}
	}
	codec := wire.New()
	f.Fuzz(func(t *testing.T, line []byte) {
		before := slices.Clone(line)
		r, err := codec.Decode(line)
		if !bytes.Equal(line, before) {
			t.Fatalf("%q was changed into %q", before, line)
		}
		if err != nil {
			return
		}
		canonical, err := codec.Append(nil, &r)
		if err != nil {
			t.Fatalf("%q is read as %+v, which cannot be written: %s", line, r, err)
		}
		again, err := codec.Decode(canonical)
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%q is read as\n%+v, but written as %s and read as\n%+v, %v", line, r, canonical, again, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	codec := wire.New()
	line := []byte(`{"v":1,"t":"q","s":"BRK.B","ts":1743191999900000000,"p":201.12,"vol":1234567,"cond":["@"],"src":"mine","dly":900}`)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	var r wire.Record
	for b.Loop() {
		if err := codec.DecodeInto(&r, line); err != nil {
			b.Fatal(err)
		}
	}
}
