package alpaca

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
)

// told is one thing that the stream told of a symbol.
type told struct {
	symbol  string
	kind    model.Kind
	flags   model.Flags
	at      time.Time
	price   num.Price
	becomes num.Price // of a correction: what the trade's price was in truth; 0 where it vanished
	text    string    // of a halt: the reason's code
}

// wireMessage has the fields of every kind of message. Letters of both cases
// are listed wherever one of them is: a field that is not would be read into
// its sibling.
type wireMessage struct {
	Type      string          `json:"T"`
	Time      string          `json:"t"`
	Symbol    string          `json:"S"`
	Size      json.Number     `json:"s"`
	Price     json.Number     `json:"p"`
	CloseOrC  json.RawMessage `json:"c"` // a trade's conditions, a bar's close
	CapitalC  json.RawMessage `json:"C"`
	CapitalP  json.RawMessage `json:"P"`
	Tape      string          `json:"z"`
	CapitalZ  json.RawMessage `json:"Z"`
	Status    string          `json:"sc"`
	Reason    string          `json:"rc"`
	Original  json.Number     `json:"op"`
	Corrected json.Number     `json:"cp"`
	Replaced  []string        `json:"cc"` // the corrected trade's conditions

	Code   int      `json:"code"`
	Note   string   `json:"msg"`
	Trades []string `json:"trades"`
	Bars   []string `json:"bars"`
}

// errShape is what a stream that speaks something else than Alpaca's JSON gives.
var errShape = errors.New("the stream's message is not what Alpaca documents")

// decodeMessages reads one message of the stream, which is a list. An element
// of another shape is left out and counted; what is no list is an error.
func decodeMessages(body []byte) (messages []wireMessage, refused int, err error) {
	var elements []json.RawMessage
	if err := json.Unmarshal(body, &elements); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errShape, err)
	}
	messages = make([]wireMessage, 0, len(elements))
	for _, element := range elements {
		var m wireMessage
		if err := json.Unmarshal(element, &m); err != nil || m.Type == "" {
			refused++
			continue
		}
		messages = append(messages, m)
	}
	return messages, refused, nil
}

// tell is what a data message says, if it says anything that counts.
func (m *wireMessage) tell() (told, bool) {
	t := told{symbol: m.Symbol, at: instant(m.Time)}
	if t.at.IsZero() || t.symbol == "" {
		return told{}, false
	}
	switch m.Type {
	case "t":
		return t, m.trade(&t)
	case "b", "u": // a minute, or a late change of one
		t.kind, t.flags, t.at = model.KindQuote, model.FlagBar, t.at.Add(minute)
		var c json.Number
		if json.Unmarshal(m.CloseOrC, &c) == nil {
			t.price = price(c)
		}
		return t, t.price > 0
	case "x":
		t.kind, t.price = model.KindCancel, price(m.Price)
		return t, t.price > 0
	case "c":
		t.kind, t.price = model.KindCancel, price(m.Original)
		corrected := Trade{Conditions: m.Replaced, Tape: m.Tape}
		if corrected.lasting() {
			t.becomes = price(m.Corrected)
		}
		return t, t.price > 0
	case "s":
		return t, m.halt(&t)
	default:
		return told{}, false
	}
}

// trade reads a trade into t.
func (m *wireMessage) trade(t *told) bool {
	sent := Trade{Tape: m.Tape}
	if len(m.CloseOrC) > 0 && json.Unmarshal(m.CloseOrC, &sent.Conditions) != nil {
		return false
	}
	t.kind, t.price = model.KindQuote, price(m.Price)
	if !sent.lasting() {
		t.flags |= model.FlagNoLast
	}
	return t.price > 0
}

// halt reads a trading status into t. The two tapes have their own codes; what
// is neither a halt nor its end is of no interest, and a quotation that resumes
// is not yet a trade.
func (m *wireMessage) halt(t *told) bool {
	t.text, _ = clean.Text(m.Reason)
	switch m.Status {
	case "2", "H":
		t.kind = model.KindHalt
	case "P": // a volatility pause
		t.kind = model.KindHalt
		if t.text == "" {
			t.text = "LUDP"
		}
	case "3", "T":
		t.kind, t.text = model.KindResume, ""
	default:
		return false
	}
	if t.kind == model.KindHalt && t.text == "" {
		t.text = "halt"
	}
	return true
}
