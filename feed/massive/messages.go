package massive

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gyre/model"
	"gyre/model/num"
)

// told is one thing that the stream told of a symbol or an index.
type told struct {
	symbol string
	kind   model.Kind
	flags  model.Flags
	at     time.Time
	price  num.Price
	volume int64 // of the day so far
	text   string
}

// wireMessage has the fields of every kind of message. Letters of both cases
// are listed wherever one of them is: a field that is not would be read into
// its sibling.
type wireMessage struct {
	Event    string          `json:"ev"`
	Symbol   string          `json:"sym"`
	Ticker   string          `json:"T"`
	Time     json.Number     `json:"t"`
	Close    json.Number     `json:"c"`
	CapitalC json.RawMessage `json:"C"`
	Volume   json.Number     `json:"av"`
	End      json.Number     `json:"e"`
	CapitalE json.RawMessage `json:"E"`
	Value    json.Number     `json:"val"`
	Marks    []int           `json:"i"`
	CapitalI json.RawMessage `json:"I"`

	Status  string `json:"status"`
	Message string `json:"message"`
}

// errShape is what a stream that speaks something else than Massive's JSON gives.
var errShape = errors.New("the stream's message is not what Massive documents")

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
		if err := json.Unmarshal(element, &m); err != nil || m.Event == "" {
			refused++
			continue
		}
		messages = append(messages, m)
	}
	return messages, refused, nil
}

// The indicators of a limit-up-limit-down message that gyre knows. They exist
// for what is listed on Nasdaq only.
const (
	markHalted  = 17
	markResumed = 18
)

// tell is what a data message says, if it says anything that counts.
func (m *wireMessage) tell() (told, bool) {
	switch m.Event {
	case "A", "AM":
		t := told{
			symbol: canonical(m.Symbol), kind: model.KindQuote, flags: model.FlagBar,
			at: instant(m.End), price: price(m.Close), volume: count(m.Volume),
		}
		if !t.at.IsZero() {
			t.at = t.at.Add(-1) // the last instant in it: the second before the open must not reach the open
		}
		return t, t.symbol != "" && t.price > 0 && !t.at.IsZero()
	case "V":
		t := told{symbol: indexSymbol(m.Ticker), kind: model.KindIndexLevel, at: instant(m.Time), price: price(m.Value)}
		return t, t.symbol != "" && t.price > 0 && !t.at.IsZero()
	case "LULD":
		t := told{symbol: canonical(m.Ticker), at: instant(m.Time)}
		for _, mark := range m.Marks {
			switch mark {
			case markHalted:
				t.kind, t.text = model.KindHalt, "LUDP"
			case markResumed:
				t.kind, t.text = model.KindResume, ""
			default: // a band
			}
		}
		return t, t.kind != 0 && t.symbol != "" && !t.at.IsZero()
	default:
		return told{}, false
	}
}
