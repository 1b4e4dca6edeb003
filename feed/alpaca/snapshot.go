package alpaca

import (
	"encoding/json"
	"fmt"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// Snapshot is what is known of one symbol. What is missing is zero.
type Snapshot struct {
	Symbol string
	Trade  Trade // the last print of any kind
	Minute Bar
	Day    Bar // of the last session with a regular print: before today's first one, yesterday's
	Before Bar // of the session before Day
}

// Close is an official or at least a final close, and the session it is of.
type Close struct {
	Date  session.Date
	Price num.Price
}

// decodeSnapshots reads a map of symbols to snapshots. Symbols without data
// are null or absent. Refused counts those whose figures are of another shape.
func decodeSnapshots(body []byte) (found []Snapshot, refused int, err error) {
	var bySymbol map[string]json.RawMessage
	if err := json.Unmarshal(body, &bySymbol); err != nil {
		return nil, 0, fmt.Errorf("the snapshots are not what Alpaca documents: %w", err)
	}
	found = make([]Snapshot, 0, len(bySymbol))
	for symbol, raw := range bySymbol {
		var wire *struct {
			Trade  *wireTrade `json:"latestTrade"`
			Minute *wireBar   `json:"minuteBar"`
			Day    *wireBar   `json:"dailyBar"`
			Before *wireBar   `json:"prevDailyBar"`
		}
		if err := json.Unmarshal(raw, &wire); err != nil {
			refused++
			continue
		}
		if wire == nil {
			continue
		}
		found = append(found, Snapshot{
			Symbol: symbol, Trade: wire.Trade.trade(), Minute: wire.Minute.bar(), Day: wire.Day.bar(), Before: wire.Before.bar(),
		})
	}
	return found, refused, nil
}

// PreviousClose is the close of the last session before today that the symbol
// traded in. Which of the two bars that is depends on whether there was a
// regular print today; the date decides, never the name of the field. The zero
// Close means that there is none.
func (s *Snapshot) PreviousClose(today session.Date) Close {
	for _, bar := range []*Bar{&s.Day, &s.Before} {
		if date := bar.Date(); date != 0 && date < today {
			return Close{Date: date, Price: bar.Close}
		}
	}
	return Close{}
}

// Last is the last price of the session of the daily bar, when it was made,
// and whether it is one print rather than the bar's close. There is none where
// the daily bar is none or not of a session.
//
// The last print of any kind is taken where it may be a last price and lies in
// the session. Else the daily bar has the price, whose time nobody tells: it is
// that of the last minute with regular prints as far as that is known, the
// session's close where there are later prints, and else the open, so that a
// price looks too old rather than too new.
func (s *Snapshot) Last(calendar *session.Calendar) (p num.Price, at time.Time, single, ok bool) {
	day, ok := calendar.On(s.Day.Date())
	if !ok {
		return 0, time.Time{}, false, false
	}
	within := func(t time.Time) bool { return !t.Before(day.Opens) && !t.After(day.Closes) }
	if within(s.Trade.At) && s.Trade.lasting() {
		return s.Trade.Price, s.Trade.At, true, true
	}
	switch end := s.Minute.At.Add(minute); {
	case s.Trade.At.After(day.Closes):
		at = day.Closes
	case within(end) && end.After(s.Trade.At) && within(s.Trade.At):
		at = s.Trade.At
	case within(end):
		at = end
	default:
		at = day.Opens
	}
	return s.Day.Close, at, false, true
}
