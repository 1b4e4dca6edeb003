package wire

import (
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// layout is what a type of record is made of.
type layout struct {
	fields   []field
	required int            // the first so many of them must be there
	byName   map[string]int // places in fields
}

// layoutOf is a layout of the fields that must be there and those that may.
func layoutOf(required, optional []field) layout {
	l := layout{fields: append(required, optional...), required: len(required), byName: map[string]int{}}
	l.fields = append(l.fields, text("src", func(r *Record) *string { return &r.Source }),
		delay("dly", func(r *Record) *Delay { return &r.Delay }),
		count("seq", func(r *Record) *int64 { return &r.Sequence }))
	for i := range l.fields {
		l.byName[l.fields[i].name] = i
	}
	return l
}

// layouts are the layouts of all types of record, in the order in which they
// are written.
func layouts() map[Type]layout {
	symbol := name("s", func(r *Record) *string { return &r.Symbol })
	at := moment("ts", func(r *Record) *time.Time { return &r.At })
	last := price("p", func(r *Record) *num.Price { return &r.Price })
	volume := count("vol", func(r *Record) *int64 { return &r.Volume })
	official := price("oc", func(r *Record) *num.Price { return &r.OfficialClose })
	return map[Type]layout{
		Quote: layoutOf([]field{symbol, at}, append(append([]field{last}, quoteFields(volume)...), official)),
		Cancel: layoutOf([]field{
			symbol, at,
			price("ref", func(r *Record) *num.Price { return &r.Cancelled }),
		}, []field{last}),
		Halt: layoutOf([]field{
			symbol, at,
			name("st", func(r *Record) *string { return &r.State }, Halted, Paused, Quoting, Trading),
		}, []field{
			text("rc", func(r *Record) *string { return &r.Reason }),
			moment("resume", func(r *Record) *time.Time { return &r.Resumes }),
		}),
		Action: layoutOf([]field{
			symbol, at,
			date("ex", func(r *Record) *session.Date { return &r.ExDate }),
		}, actionFields()),
		Reference: layoutOf([]field{symbol, at}, referenceFields()),
		Event: layoutOf([]field{
			at,
			moment("at", func(r *Record) *time.Time { return &r.EventAt }),
			text("title", func(r *Record) *string { return &r.Title }),
		}, eventFields()),
		FedFunds: layoutOf([]field{
			name("sym", func(r *Record) *string { return &r.Symbol }),
			at, last,
		}, nil),
		Heartbeat: layoutOf([]field{at}, []field{
			millis("lag_ms", func(r *Record) *time.Duration { return &r.Lag }),
			count("n", func(r *Record) *int64 { return &r.Records }),
		}),
		Index: layoutOf([]field{symbol, at}, []field{last, official}),
		Close: layoutOf([]field{symbol, at, last}, []field{volume}),
	}
}

func quoteFields(volume field) []field {
	return []field{
		count("sz", func(r *Record) *int64 { return &r.Size }),
		volume,
		price("o", func(r *Record) *num.Price { return &r.Open }),
		price("h", func(r *Record) *num.Price { return &r.High }),
		price("l", func(r *Record) *num.Price { return &r.Low }),
		price("bid", func(r *Record) *num.Price { return &r.Bid }),
		price("ask", func(r *Record) *num.Price { return &r.Ask }),
		price("pc", func(r *Record) *num.Price { return &r.PreviousClose }),
		date("pcd", func(r *Record) *session.Date { return &r.PreviousDate }),
		name("ses", func(r *Record) *string { return &r.Session }, PreMarket, Regular, PostMarket, Overnight),
		names("cond", func(r *Record) *[]string { return &r.Conditions }),
		flag("agg", func(r *Record) *bool { return &r.Aggregate }),
	}
}

func actionFields() []field {
	return []field{
		kind("kind", func(r *Record) *model.ActionKind { return &r.Kind }),
		count("old", func(r *Record) *int64 { return &r.Old }),
		count("new", func(r *Record) *int64 { return &r.New }),
		price("amount", func(r *Record) *num.Price { return &r.Amount }),
		name("new_symbol", func(r *Record) *string { return &r.NewSymbol }),
	}
}

func referenceFields() []field {
	return []field{
		count("shares", func(r *Record) *int64 { return &r.Shares }),
		amount("debt", func(r *Record) *model.Amount { return &r.Debt }),
		amount("preferred", func(r *Record) *model.Amount { return &r.Preferred }),
		amount("minority", func(r *Record) *model.Amount { return &r.Minority }),
		amount("cash", func(r *Record) *model.Amount { return &r.Cash }),
		date("asof", func(r *Record) *session.Date { return &r.AsOf }),
	}
}

func eventFields() []field {
	return []field{
		text("country", func(r *Record) *string { return &r.Country }),
		count("importance", func(r *Record) *int64 { return &r.Importance }),
		text("consensus", func(r *Record) *string { return &r.Consensus }),
		text("previous", func(r *Record) *string { return &r.Previous }),
		text("revised", func(r *Record) *string { return &r.Revised }),
		text("actual", func(r *Record) *string { return &r.Actual }),
		text("source", func(r *Record) *string { return &r.EventSource }),
	}
}
