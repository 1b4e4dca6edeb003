package massive

import (
	"encoding/json"
	"fmt"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// DailyBar is a session of one symbol.
type DailyBar struct {
	Symbol string
	Bar
}

// Split is a forward or reverse split.
type Split struct {
	Symbol   string
	ExDate   session.Date
	New, Old int64
}

// Index is the level of an index.
type Index struct {
	Symbol   string // without Massive's "I:"
	At       time.Time
	Level    num.Price
	Previous num.Price // the close of the session before
	Problem  string    // NOT_FOUND or NOT_ENTITLED where there is no level
}

// decodeGrouped reads the daily bars of every symbol on one date.
func decodeGrouped(body []byte) ([]DailyBar, error) {
	var wire struct {
		Results []wireBar `json:"results"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, fmt.Errorf("the daily closes are not what Massive documents: %w", err)
	}
	bars := make([]DailyBar, 0, len(wire.Results))
	for i := range wire.Results {
		if bar := wire.Results[i].bar(); bar.Close > 0 && !bar.At.IsZero() && wire.Results[i].Ticker != "" {
			bars = append(bars, DailyBar{Symbol: canonical(wire.Results[i].Ticker), Bar: bar})
		}
	}
	return bars, nil
}

// decodeSplits reads one page of splits, and where the next one is. Refused
// counts those that make no sense.
func decodeSplits(body []byte) (splits []Split, refused int, next string, err error) {
	var wire struct {
		wireStatus
		Results []struct {
			Ticker string      `json:"ticker"`
			Date   string      `json:"execution_date"`
			From   json.Number `json:"split_from"`
			To     json.Number `json:"split_to"`
		} `json:"results"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, 0, "", fmt.Errorf("the splits are not what Massive documents: %w", err)
	}
	for _, w := range wire.Results {
		date, err := session.ParseDate(w.Date)
		to, from := price(w.To), price(w.From) // as prices, since they may have decimals
		if err != nil || to == 0 || from == 0 || w.Ticker == "" {
			refused++
			continue
		}
		d := divisor(int64(to), int64(from))
		splits = append(splits, Split{Symbol: canonical(w.Ticker), ExDate: date, New: int64(to) / d, Old: int64(from) / d})
	}
	return splits, refused, wire.Next, nil
}

// Action is the split as a corporate action of an instrument.
func (s *Split) Action(id model.ID) model.Action {
	return model.Action{ID: id, ExDate: s.ExDate, Kind: model.ActionSplit, New: s.New, Old: s.Old}
}

// divisor is the greatest that a and b have in common.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// decodeIndices reads index levels. An index that does not exist or that the
// plan does not have is an error of its own inside an answer that is none.
func decodeIndices(body []byte) ([]Index, error) {
	var wire struct {
		Results []struct {
			Ticker  string      `json:"ticker"`
			Value   json.Number `json:"value"`
			Updated json.Number `json:"last_updated"`
			Session struct {
				Previous json.Number `json:"previous_close"`
			} `json:"session"`
			Error string `json:"error"`
		} `json:"results"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, fmt.Errorf("the index levels are not what Massive documents: %w", err)
	}
	var indices []Index
	for _, w := range wire.Results {
		index := Index{Symbol: indexSymbol(w.Ticker), At: instant(w.Updated), Level: price(w.Value), Previous: price(w.Session.Previous), Problem: problemCode(w.Error)}
		if index.Problem == "" && (index.Level == 0 || index.At.IsZero()) {
			continue
		}
		indices = append(indices, index)
	}
	return indices, nil
}
