package massive

import (
	"encoding/json"
	"fmt"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// Snapshot is what is known of one symbol. What is missing is zero.
type Snapshot struct {
	Symbol  string // as the tapes write it
	Trade   Trade  // plans without trades have none
	Minute  Bar
	Day     Bar // without a time: of the day of Updated
	Updated time.Time
}

// wireStatus is how every answer says whether it is one.
type wireStatus struct {
	Status  string `json:"status"`
	Message string `json:"message"`
	Error   string `json:"error"`
	Next    string `json:"next_url"`
}

// decodeSnapshots reads the snapshot of the whole market. Refused counts the
// tickers whose figures are of another shape.
func decodeSnapshots(body []byte) (found []Snapshot, refused int, err error) {
	var wire struct {
		Tickers []json.RawMessage `json:"tickers"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, 0, fmt.Errorf("the snapshot is not what Massive documents: %w", err)
	}
	found = make([]Snapshot, 0, len(wire.Tickers))
	for _, raw := range wire.Tickers {
		var w struct {
			Ticker string `json:"ticker"`
			Trade  struct {
				Time       json.Number `json:"t"`
				Price      json.Number `json:"p"`
				Conditions []int       `json:"c"`
			} `json:"lastTrade"`
			Minute  wireBar     `json:"min"`
			Day     wireBar     `json:"day"`
			Updated json.Number `json:"updated"`
		}
		if err := json.Unmarshal(raw, &w); err != nil || w.Ticker == "" {
			refused++
			continue
		}
		found = append(found, Snapshot{
			Symbol:  canonical(w.Ticker),
			Trade:   Trade{At: instant(w.Trade.Time), Price: price(w.Trade.Price), Conditions: w.Trade.Conditions},
			Minute:  w.Minute.bar(),
			Day:     w.Day.bar(),
			Updated: instant(w.Updated),
		})
	}
	return found, refused, nil
}

// Last is the last price of a session, when it was made, and whether it is one
// print rather than an aggregate. There is none where nothing is known of a
// regular session, as before the first regular trade of a day.
//
// The last trade is taken where it may be a last price and lies in the
// session, then the last minute, then the day. The day's close has no time of
// its own: it is the session's close where something is known of later, else
// when the snapshot was updated.
func (s *Snapshot) Last(calendar *session.Calendar) (p num.Price, at time.Time, single, ok bool) {
	day, ok := calendar.On(session.DateOf(s.Updated))
	if !ok || s.Updated.IsZero() {
		return 0, time.Time{}, false, false
	}
	within := func(t time.Time) bool { return !t.Before(day.Opens) && !t.After(day.Closes) }
	end := s.Minute.At.Add(minute)
	switch {
	case s.Trade.Price > 0 && within(s.Trade.At) && s.Trade.lasting():
		return s.Trade.Price, s.Trade.At, true, true
	case s.Minute.Close > 0 && within(s.Minute.At) && within(end) && !s.Updated.After(day.Closes):
		if end.After(s.Updated) {
			end = s.Updated
		}
		return s.Minute.Close, end, false, true
	case s.Day.Close > 0 && s.Updated.After(day.Closes):
		return s.Day.Close, day.Closes, false, true
	case s.Day.Close > 0 && within(s.Updated):
		return s.Day.Close, s.Updated, false, true
	default:
		return 0, time.Time{}, false, false
	}
}

// minute is from the beginning of a minute bar to the last instant in it.
const minute = time.Minute - 1
